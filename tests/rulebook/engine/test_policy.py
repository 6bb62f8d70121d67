"""What may be applied: status, confidence, doubt, the budget, and that one copy always stays."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from cleaner import edits as arithmetic
from cleaner.document import Document
from cleaner.features import line_shape
from cleaner.model import Edit, Match
from cleaner.rulebook.engine import policy
from cleaner.rulebook.engine.fixpoint import Reduction, reduce
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from cleaner.options import Level

PROSE = "The harbour master opened the gate at six, and the first boats went out before dawn."


def tried(rules: str, text: str, level: Level = "standard") -> Reduction:
    return reduce(
        Document(text=text),
        load_text(rules).require(),
        level,
        lambda body: Document(text=body),
    )


@pytest.mark.parametrize(
    ("confidence", "level", "acts"),
    (
        ("high", "cautious", True),
        ("medium", "cautious", False),
        ("low", "cautious", False),
        ("high", "standard", True),
        ("medium", "standard", True),
        ("low", "standard", False),
        ("low", "bold", True),
    ),
)
def test_confidence(confidence: str, level: Level, acts: bool) -> None:  # noqa: FBT001 - a column of the table
    reduction = tried(
        rule("remove_lines: AD", confidence=confidence), f"{PROSE}\nAD", level
    )
    assert (reduction.body == PROSE) is acts
    if not acts:
        assert [refusal.why for refusal in reduction.refused] == ["confidence"]
        assert "--level" in reduction.refused[0].detail


def test_a_watch_rule_is_counted_and_changes_nothing() -> None:
    reduction = tried(rule("remove_lines: AD", status="watch"), f"AD\n{PROSE}\nAD")
    assert reduction.body == f"AD\n{PROSE}\nAD"
    assert [(edit.rule, edit.start) for edit in reduction.watched] == [
        ("test.rule", 0),
        ("test.rule", 88),
    ]
    assert reduction.refused == ()


def test_what_only_follows_a_shape_has_a_budget() -> None:
    run = rule("remove_run: {after: More, max_lines: 50}")
    headlines = "\n".join(
        f"Harbour gate number {number} was open until six and closed at ten"
        for number in range(5)
    )
    short = f"{PROSE}\nMore\n{headlines}"
    reduction = tried(run, short)
    assert reduction.body == short
    assert reduction.flags == ("needs_review:budget",)
    assert {refusal.why for refusal in reduction.refused} == {"budget"}
    long = f"{(PROSE + chr(10)) * 20}More\n{headlines}"
    assert tried(run, long).body == (PROSE + "\n") * 19 + PROSE


def test_the_budget_takes_the_unproved_and_leaves_the_proved() -> None:
    run = rule("remove_run: {after: More, max_lines: 50}", name="a.run")
    line = rule("remove_lines: AD", name="b.line")
    headlines = "\n".join(
        f"Harbour gate number {number} was open until six and closed at ten"
        for number in range(9)
    )
    reduction = tried(run + line, f"AD\n{PROSE}\nMore\n{headlines}")
    assert reduction.body == f"{PROSE}\nMore\n{headlines}"


@pytest.mark.parametrize(
    ("total", "unproved", "is_applied"),
    ((80, 40, True), (80, 41, False), (400, 100, True), (400, 101, False)),
)
def test_the_budget_is_forty_words_or_a_quarter(
    total: int,
    unproved: int,
    is_applied: bool,  # noqa: FBT001 - a column of the table
) -> None:
    document = Document(text=" ".join(["word"] * total))
    match = Match(start=0, end=5 * unproved, line=0, proved=False)
    edit = Edit(rule="a", category="other", match=match)
    verdict = policy.decide(document, [edit], "standard")
    assert bool(verdict.accepted) is is_applied
    assert bool(verdict.refused) is not is_applied


@pytest.mark.parametrize("level", ("cautious", "standard", "bold"))
def test_nothing_becomes_empty(level: Level) -> None:
    reduction = tried(rule("remove_lines: AD"), "AD\n\nAD\n", level)
    assert reduction.body == "AD\n\nAD\n"
    assert reduction.flags == ("needs_review:little_left",)


def test_nothing_becomes_very_short() -> None:
    row = "AD AD AD AD AD AD AD AD AD AD\n"
    assert tried(
        rule(f"remove_lines: {row}"), f"Six words are left of it.\n{row * 20}"
    ).flags == ("needs_review:little_left",)
    assert (
        tried(rule(f"remove_lines: {row}"), f"{PROSE} {PROSE}\n{row * 20}").body
        == f"{PROSE} {PROSE}\n"
    )


def test_two_rules_for_one_place_are_both_credited() -> None:
    rules = rule("remove_lines: AD", name="a.line") + rule(
        "remove_text: AD", name="b.text"
    )
    (edit,) = tried(rules, f"{PROSE}\nAD\nx").edits
    assert (edit.rule, edit.also) == ("a.line", ("b.text",))


def copy(line: int, start: int, end: int, witness: int | None, name: str = "a") -> Edit:
    return Edit(
        rule=name,
        category="other",
        match=Match(start=start, end=end, line=line, witness=witness),
    )


class TestWitnesses:
    document = Document(text="aa\nbb\naa\ncc")

    def test_a_copy_goes_where_the_other_stays(self) -> None:
        only = copy(0, 0, 3, 2)
        assert policy.witnessed(self.document, [only]) == [only]

    def test_of_two_that_point_at_each_other_the_first_goes(self) -> None:
        first, second = copy(0, 0, 3, 2), copy(2, 6, 9, 0)
        assert policy.witnessed(self.document, [second, first]) == [first]

    def test_a_copy_stays_where_another_copy_went_for_it(self) -> None:
        document = Document(text="aa\nbb\naa\ncc\naa")
        chain = [copy(0, 0, 3, 2), copy(2, 6, 9, 4)]
        assert policy.witnessed(document, chain) == chain[:1]

    def test_a_copy_stays_where_something_else_takes_the_other(self) -> None:
        tail = copy(1, 3, 11, None, "cut")
        assert policy.witnessed(self.document, [copy(0, 0, 3, 2), tail]) == [tail]

    def test_what_needs_no_copy_is_left_alone(self) -> None:
        some = [copy(0, 0, 3, None), copy(1, 3, 6, None)]
        assert policy.witnessed(self.document, some) == some


def test_words_that_stay_are_counted_where_they_may_be_few() -> None:
    chance = random.Random(11)  # noqa: S311 - the same texts every time
    pieces = ("ferry", " ", "  ", "\n", "港", "湾局", "é", " a ")
    counted = 0
    for _ in range(2_000):
        document = Document(text="".join(chance.choices(pieces, k=120)))
        cuts = sorted(
            chance.sample(range(len(document.text)), 2 * chance.randint(1, 12))
        )
        matches = (
            Match(
                start=start,
                end=end,
                line=0,
                replacement=chance.choice(("", "", "x", " ")),
            )
            for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        )
        edits = [Edit(rule="a", category="ads", match=match) for match in matches]
        left = line_shape.words(arithmetic.apply(document.text, edits))
        known = policy._words_left(document, edits)
        counted += known is not None
        assert known == (left if left < policy.LITTLE_WORDS else None)
    assert 0 < counted < 2_000

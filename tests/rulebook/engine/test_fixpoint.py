"""Passes: until nothing more is found, with one account in terms of the first text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cleaner import edits
from cleaner.document import Document
from cleaner.rulebook.engine.fixpoint import MAX_PASSES, Reduction, reduce
from cleaner.rulebook.loading.load import load_text
from cleaner.verbs.remove_lines import RemoveLines
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from cleaner.model import Match
    from cleaner.verbs.api.view import View

PROSE = "The harbour master opened the gate at six, and the first boats went out before dawn."


def read(text: str) -> Document:
    return Document(text=text)


def tried(rules: str, text: str) -> Reduction:
    return reduce(read(text), load_text(rules).require(), "bold", read)


BYLINE = rule("lift: By <authors:name>\nwhen: {first_lines: 1}", name="a.byline")
LABEL = rule("remove_lines: NEWS\nwhen: {first_lines: 1}", name="b.label")


def test_what_a_removal_lays_open_goes_too() -> None:
    reduction = tried(BYLINE + LABEL, f"NEWS\nBy Jane Doe\nNEWS\nBy John Roe\n{PROSE}")
    assert reduction.body == PROSE
    assert [(edit.rule, edit.start, edit.end) for edit in reduction.edits] == [
        ("b.label", 0, 5),
        ("a.byline", 5, 17),
        ("b.label", 17, 22),
        ("a.byline", 22, 34),
    ]
    assert [fact.value for edit in reduction.applied for fact in edit.match.facts] == [
        "Jane Doe",
        "John Roe",
    ]


def test_what_one_rule_takes_inside_of_what_another_takes_later_is_credited() -> None:
    text = rule("remove_text: ad", name="a.text")
    line = rule("remove_lines: One two", name="b.line")
    (edit,) = tried(text + line, f"{PROSE}\nOne ad two\nx").edits
    assert (edit.rule, edit.also, edit.start, edit.end) == (
        "b.line",
        ("a.text",),
        85,
        96,
    )


def test_a_replacement_that_another_rule_takes_leaves_nothing_behind() -> None:
    swap = rule("replace:\n- {find: red, with: green}", name="a.swap")
    line = rule("remove_lines: The green boat", name="b.line")
    reduction = tried(swap + line, f"{PROSE}\nThe red boat\nx")
    assert reduction.body == f"{PROSE}\nx"
    assert edits.apply(f"{PROSE}\nThe red boat\nx", reduction.edits) == reduction.body


def test_two_removals_that_meet_in_a_replacement() -> None:
    swap = rule("replace:\n- {find: q, with: one two}", name="a.swap")
    left, right = (
        rule("remove_text: x one", name="b.left"),
        rule("remove_text: two y", name="c.right"),
    )
    text = f"{PROSE}\nA x q y B"
    reduction = tried(swap + left + right, text)
    assert reduction.body == f"{PROSE}\nA B"
    assert edits.apply(text, reduction.edits) == reduction.body


def test_rules_without_end_are_barred_and_the_others_are_not() -> None:
    swap = rule("replace:\n- {find: red, with: green}", name="a.swap")
    back = rule("replace:\n- {find: green, with: red}", name="b.back")
    line = rule("remove_lines: AD", name="c.line")
    text = f"{PROSE}\nThe red boat\nAD"
    reduction = tried(swap + back + line, text)
    assert reduction.body == f"{PROSE}\nThe red boat"
    assert reduction.flags == ("needs_review:passes",)
    assert {(refusal.rule, refusal.why) for refusal in reduction.refused} == {
        ("a.swap", "passes")
    }


def test_a_label_at_the_top_that_goes_on_and_on_stays() -> None:
    few, many = "NEWS\n" * MAX_PASSES, "NEWS\n" * (MAX_PASSES + 1)
    assert tried(LABEL, few + PROSE).body == PROSE
    reduction = tried(LABEL, many + PROSE)
    assert (reduction.body, reduction.flags) == (many + PROSE, ("needs_review:passes",))


def test_what_was_barred_may_finish_when_the_others_are_done() -> None:
    few = "By Jane Doe\n" * MAX_PASSES
    reduction = tried(BYLINE + LABEL, f"NEWS\n{few}{PROSE}")
    assert (reduction.body, reduction.flags) == (PROSE, ())
    many = "By Jane Doe\n" * 40
    reduction = tried(BYLINE + LABEL, f"NEWS\n{many}{PROSE}")
    assert (reduction.body, reduction.flags) == (many + PROSE, ("needs_review:passes",))
    assert tried(BYLINE + LABEL, reduction.body).body == reduction.body


RULES = load_text(
    rule("remove_lines: |\n  AD\n  AD AD\n", name="lines")
    + rule("remove_text: big ad", name="text")
    + rule(
        "replace:\n- {find: /(x+)y/, with: '\\1'}\n- {find: big, with: small ad}",
        name="swap",
    )
    + rule(
        "lift: <title:headline>\nwhen: {first_lines: 1, followed_by: paragraph}",
        name="title",
    )
    + rule("remove_repeats: {min_words: 8, keep: in_flow}", name="repeats")
    + rule(
        "remove_repeats: {min_words: 8, keep: last, first_lines: 2, field: standfirst}",
        name="standfirst",
    )
    + rule("remove_run: {after: More, max_lines: 4}", name="run")
    + rule("remove_block: {from: begin, to: end}", name="block")
    + rule("cut_from: Related\nwhen: {followed_by: cards}", name="cut")
    + rule("remove_sequence: |\n  <word>\n  <ago>\n", name="cards")
).require()
LINES = (
    "AD", "ad AD", PROSE, PROSE.replace("six", "ten"), f"{PROSE} big ad", "big ad", "xxy big AD", "Mayor wins", "More", "Ferry late",
    "begin", "end", "Related", "Herald", "3 hours ago", "", "  ", "😀 xy 日本", "xyxy big big ad ad",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_all_verbs_together_keep_the_promises(text: str) -> None:
    once = reduce(read(text), RULES, "bold", read)
    assert edits.apply(text, once.edits) == once.body
    assert edits.unite(once.edits) == once.edits
    again = reduce(read(once.body), RULES, "bold", read)
    assert again.body == once.body
    assert not text.strip() or once.body.strip()


def test_a_rule_that_is_not_sure_enough_is_asked_once_and_refused_in_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    find = RemoveLines.find

    def counted(verb: RemoveLines, view: View) -> Iterator[Match]:
        asked.append(verb.phrases[0])
        return find(verb, view)

    monkeypatch.setattr(RemoveLines, "find", counted)
    top = rule("remove_lines: Top\nwhen: {first_lines: 1}", name="a.top")
    unsure = rule("remove_lines: Unsure", name="b.unsure", confidence="low")
    next_ = rule("remove_lines: Next\nwhen: {first_lines: 1}", name="c.next")
    text = f"Top\nNext\n{PROSE}\nUnsure\nTop\nNext\n{PROSE} It rained."
    done = reduce(
        read(text), load_text(top + unsure + next_).require(), "standard", read
    )
    assert done.body == text.removeprefix("Top\nNext\n")
    refused = [(one.rule, one.why, one.line) for one in done.refused]
    assert refused == [
        ("a.top", "first_lines", 4),
        ("b.unsure", "confidence", 3),
        ("c.next", "first_lines", 5),
    ]
    assert (asked.count("Unsure"), asked.count("Next")) == (1, 3)

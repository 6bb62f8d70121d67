"""Of two copies one goes and one stays, whatever else is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document
from cleaner.rulebook.load import load_text
from cleaner.rulebook.passes import reduce
from tests.verbs.conftest import EXAMPLES, FIRST, HEAD, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.passes import Reduction


def verb(**options: object) -> str:
    return "remove_repeats: {" + ", ".join(f"{key}: {value}" for key, value in options.items()) + "}\n"


@pytest.mark.parametrize(
    ("keep", "after"),
    (
        ("first", f"{FIRST}\n{SECOND}\n{THIRD}"),
        ("last", f"{SECOND}\n{FIRST}\n{THIRD}"),
        ("in_flow", f"{SECOND}\n{FIRST}\n{THIRD}"),
    ),
)
def test_which_copy_stays(clean: Callable[[str, str], str], keep: str, after: str) -> None:
    assert clean(verb(min_words=8, keep=keep), f"{FIRST}\n{SECOND}\n{FIRST}\n{THIRD}") == after


@pytest.mark.parametrize("copy", (FIRST.upper(), FIRST.replace(", ", ",\u00a0"), f"  {FIRST}", FIRST.replace("'", "’")))
def test_typography_makes_no_difference(clean: Callable[[str, str], str], copy: str) -> None:
    assert clean(verb(min_words=8), f"{FIRST}\n{SECOND}\n{copy}") == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    (
        "“No.”",
        "“We will never, ever give this harbour away,” they sang on the quay.",
        "'We will never, ever give this harbour away,' they sang on the quay.",
        "«Nous ne donnerons jamais ce port à personne d'autre», chantaient-ils.",
        "„Wir geben diesen Hafen niemals her“, sangen sie am Kai, und noch einmal.",
        "Olé, olé, olé!",
        "Yes, yes, yes, yes.",
        "1 2 3 4 5 6 7 8 9",
    ),
)
def test_refrains_and_answers_stay(clean: Callable[[str, str], str], line: str) -> None:
    text = f"{line}\n{FIRST}\n{line}\n{SECOND}\n{line}"
    assert clean(verb(min_words=8), text) == text


def test_another_paragraph_is_no_copy(clean: Callable[[str, str], str]) -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST.replace('six', 'ten')}"
    assert clean(verb(min_words=8), text) == text


def test_alike_is_enough_where_the_rule_says_so(clean: Callable[[str, str], str]) -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST.replace('six', 'ten')}"
    assert clean(verb(min_words=8, similarity=90), text) == f"{FIRST}\n{SECOND}"


def test_only_the_head_may_lose_its_copy(clean: Callable[[str, str], str]) -> None:
    late = f"{SECOND}\n{THIRD}\n{FIRST}\n{FIRST}"
    assert clean(verb(min_words=8, keep="last", first_lines=2), late) == late
    early = f"{FIRST}\n{SECOND}\n{THIRD}\n{FIRST}"
    assert clean(verb(min_words=8, keep="last", first_lines=2), early) == f"{SECOND}\n{THIRD}\n{FIRST}"


def test_the_copy_becomes_a_fact(attempt: Callable[[str, str], Reduction]) -> None:
    reduction = attempt(verb(min_words=8, keep="last", field="standfirst"), f"{FIRST}\n{SECOND}\n{FIRST}")
    assert [fact for edit in reduction.applied for fact in edit.match.facts] == [("standfirst", FIRST)]


def test_a_whole_article_printed_twice_is_left_once(clean: Callable[[str, str], str]) -> None:
    once = f"{FIRST}\n{SECOND}\n{THIRD}"
    assert clean(verb(min_words=8), f"{once}\n{once}\n{once}") == once


def book(*verbs: str) -> str:
    return "".join(
        HEAD.replace("test.rule", f"test.rule-{number}") + f"  {each}" + EXAMPLES for number, each in enumerate(verbs)
    )


@pytest.mark.parametrize(
    "text",
    (
        f"{FIRST}\n{SECOND}\n{FIRST}",
        f"{FIRST}\n{FIRST}",
        f"{FIRST}\n{SECOND}\n{FIRST}\n{SECOND}",
        f"{FIRST}\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}",
    ),
)
def test_two_rules_that_keep_different_copies_leave_one(text: str) -> None:
    rules = load_text(
        book(verb(min_words=8, keep="first"), verb(min_words=8, keep="last"), verb(min_words=8, keep="in_flow"))
    ).require()
    left = reduce(Document(text=text), rules, "bold", lambda body: Document(text=body)).body
    assert sorted(left.split()) == sorted(word for line in {*text.split("\n")} for word in line.split())


def test_a_copy_in_a_tail_that_is_cut_does_not_count() -> None:
    cut = "cut_from: More stories\n  when: {followed_by: cards}\n"
    rules = load_text(book(verb(min_words=8, keep="last"), cut)).require()
    tail = f"More stories\nHerald\n3 hours ago\n- Herald\n{FIRST}"
    text = f"{FIRST}\n{SECOND}\n{THIRD}\n{tail}"
    left = reduce(Document(text=text), rules, "bold", lambda body: Document(text=body)).body
    assert left == f"{FIRST}\n{SECOND}\n{THIRD}"

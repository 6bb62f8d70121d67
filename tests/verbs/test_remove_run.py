"""A label goes with the headlines under it, and never with a paragraph or a sub-head of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = """
remove_run:
  after: |
    Read more
    Mehr zum Thema
  max_lines: 3
"""
AT_LEAST_TWO = VERB + "  min_lines: 2\n"


@pytest.mark.parametrize(
    ("before", "after"),
    (
        (
            f"{FIRST}\nRead more\nMayor keeps her seat\nFerry is late again\n{SECOND}",
            f"{FIRST}\n{SECOND}",
        ),
        (f"{FIRST}\nRead more\n{SECOND}", f"{FIRST}\n{SECOND}"),
        (
            f"{FIRST}\n\nREAD MORE\n\nMayor keeps her seat\n\nFerry late\n\n{SECOND}",
            f"{FIRST}\n\n{SECOND}",
        ),
        (f"{FIRST}\nMehr zum Thema\nWer zahlt?\nFähre zu spät!", FIRST),
        (
            f"{FIRST}\nRead more\nA b\nC d\nE f\nG h\n{SECOND}",
            f"{FIRST}\nG h\n{SECOND}",
        ),
        (
            f"{FIRST}\nRead more\nMayor wins\nRead more\nFerry late\n{SECOND}",
            f"{FIRST}\n{SECOND}",
        ),
    ),
)
def test_goes(clean: Callable[[str, str], str], before: str, after: str) -> None:
    assert clean(VERB, before) == after


@pytest.mark.parametrize(
    "text",
    (
        f"{FIRST}\nRead more about it in the book.\nMayor keeps her seat\n{SECOND}",
        f"{FIRST}\nPeople read more\nMayor keeps her seat\n{SECOND}",
        f"{FIRST}\nRead more:\nMayor keeps her seat\n{SECOND}",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_the_only_headline_above_a_paragraph_is_its_subhead(
    clean: Callable[[str, str], str],
) -> None:
    text = f"{FIRST}\nRead more\nWind from the north\n{SECOND}"
    assert clean(VERB, text) == f"{FIRST}\nWind from the north\n{SECOND}"


@pytest.mark.parametrize(
    "line", ("He left.", "They asked:", "Red, green,", "It goes on…", "彼は去った。")
)
def test_a_line_that_is_no_headline_ends_the_run(
    clean: Callable[[str, str], str], line: str
) -> None:
    assert (
        clean(VERB, f"{FIRST}\nRead more\nA b\nC d\n{line}\n{SECOND}")
        == f"{FIRST}\n{line}\n{SECOND}"
    )


def test_too_few_headlines_leave_the_label(clean: Callable[[str, str], str]) -> None:
    few = f"{FIRST}\nRead more\n{SECOND}"
    assert clean(AT_LEAST_TWO, few) == few
    assert (
        clean(AT_LEAST_TWO, f"{FIRST}\nRead more\nA b\nC d\n{SECOND}")
        == f"{FIRST}\n{SECOND}"
    )


def test_a_list_that_is_most_of_the_text_is_kept(
    attempt: Callable[[str, str], object],
) -> None:
    rows = "\n".join(
        f"Harbour gate number {number} was open until six and closed at ten"
        for number in range(12)
    )
    text = f"{FIRST}\nRead more\n{rows}"
    reduction = attempt(VERB.replace("max_lines: 3", "max_lines: 50"), text)
    assert reduction.body == text  # type: ignore[attr-defined]
    assert reduction.flags == ("needs_review:budget",)  # type: ignore[attr-defined]

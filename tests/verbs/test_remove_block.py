"""A block goes from its first marker to its last, where the last one follows soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = """
remove_block:
  from: skip past the box
  to: |
    after the box
    end of box
  max_lines: 5
"""
KEEPS_END = VERB + "  keep_end: true\n"


@pytest.mark.parametrize(
    ("before", "after"),
    (
        ("One.\nSkip past the box\nJoin us\nAfter the box\nTwo.", "One.\nTwo."),
        ("One.\n\nskip past the box\n\n\nafter the box\n\nTwo.", "One.\n\nTwo."),
        ("skip past the box\nA b c.\nA b c.\nA b c.\nend of box\nTwo.", "Two."),
        (
            "One.\nskip past the box\nafter the box\nTwo.\nskip past the box\nend of box",
            "One.\nTwo.",
        ),
    ),
)
def test_goes(clean: Callable[[str, str], str], before: str, after: str) -> None:
    assert clean(VERB, before) == after


@pytest.mark.parametrize(
    "text",
    (
        "One.\nskip past the box\nTwo.",
        "One.\nafter the box\nTwo.\nskip past the box",
        "One.\nskip past the box\nA.\nB.\nC.\nD.\nafter the box\nTwo.",
        "One.\nThey had to skip past the box\nafter the box\nTwo.",
        "skip past the box",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_the_end_may_stay(clean: Callable[[str, str], str]) -> None:
    text = "One.\nskip past the box\nJoin us\nafter the box\nTwo."
    assert clean(KEEPS_END, text) == "One.\nafter the box\nTwo."


def test_a_block_that_is_most_of_the_article_is_kept_and_flagged(
    attempt: Callable[[str, str], object],
) -> None:
    inside = (
        "This is a paragraph of the article, which somebody has put between the two markers by mistake. "
        * 3
    )
    text = f"One.\nskip past the box\n{inside}\nafter the box\nTwo."
    reduction = attempt(VERB.replace("5", "50"), text.replace("bold", "standard"))
    assert reduction.body == text  # type: ignore[attr-defined]
    assert reduction.flags == ("needs_review:budget",)  # type: ignore[attr-defined]

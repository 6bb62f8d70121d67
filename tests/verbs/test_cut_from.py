"""A tail goes where what follows proves that it is one; the marker alone proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

CARDS = """
cut_from: |
  Related Articles
  Mehr zum Thema
when: {followed_by: cards}
"""
END = "cut_from: |\n  Comments\nwhen: {followed_by: no-paragraphs, last_lines: 10}\n"
HEADLINES = "cut_from: |\n  Most read\nwhen: {followed_by: headlines}\n"
NEAR = "cut_from: |\n  Related Articles\nwhen:\n  near: |\n    Copyright <number>\n    All rights reserved\n  near_min: 2\n"

ARTICLE = f"{FIRST}\n{SECOND}\n{THIRD}"
CARD = "Herald\n38 minutes ago\n- Herald\nMayor keeps her seat"


@pytest.mark.parametrize(
    "tail",
    (
        f"Related Articles\n{CARD}",
        f"\n\nRELATED ARTICLES\n\n\n{CARD}\n{'The mayor has kept her seat. ' * 80}\n\n{CARD}",
        "Mehr zum Thema\nTagblatt\nvor 3 Stunden\nBürgermeisterin bleibt\nTagblatt\nvor 4 Stunden\nFähre zu spät",
        f"Related Articles\nFerry is late again\n{'The ferry was late. ' * 90}",
    ),
)
def test_goes(clean: Callable[[str, str], str], tail: str) -> None:
    assert clean(CARDS, f"{ARTICLE}\n{tail}") == ARTICLE


@pytest.mark.parametrize(
    "tail",
    (
        f"Related Articles\n{FIRST}",
        f"Related Articles\n{CARD}\n{FIRST}\n{SECOND}\n{THIRD}",
        "Related Articles",
        "Related Articles\nMayor keeps her seat\nFerry is late again",
        f"Related Articles of the treaty\n{CARD}",
        f"The officer listed Related Articles\n{CARD}",
    ),
)
def test_stays(clean: Callable[[str, str], str], tail: str) -> None:
    assert clean(CARDS, f"{ARTICLE}\n{tail}") == f"{ARTICLE}\n{tail}"


def test_the_stories_are_kept_as_metadata(
    attempt: Callable[[str, str], Reduction],
) -> None:
    reduction = attempt(
        CARDS, f"{ARTICLE}\nRelated Articles\n{CARD}\n{CARD.replace('Mayor', 'Ferry')}"
    )
    stories = [story for edit in reduction.applied for story in edit.match.related]
    assert [(story.outlet, story.age, story.title) for story in stories] == [
        ("Herald", "38 minutes ago", "Mayor keeps her seat"),
        ("Herald", "38 minutes ago", "Ferry keeps her seat"),
    ]


def test_a_second_marker_below_the_first_adds_nothing(
    attempt: Callable[[str, str], Reduction],
) -> None:
    reduction = attempt(
        CARDS, f"{ARTICLE}\nRelated Articles\n{CARD}\nRelated Articles\n{CARD}"
    )
    assert reduction.body == ARTICLE
    assert (
        len([story for edit in reduction.applied for story in edit.match.related]) == 2
    )


def test_reader_comments_go_and_paragraphs_do_not(
    clean: Callable[[str, str], str],
) -> None:
    assert clean(END, f"{ARTICLE}\nComments\nGreat piece!\nI was there.") == ARTICLE
    long = f"{ARTICLE}\nComments\n{FIRST} {SECOND} {THIRD}"
    assert clean(END, long) == long
    early = f"Comments\n{ARTICLE}" + "\nA line." * 12
    assert clean(END, early) == early


def test_headlines_have_to_go_on_to_the_end(clean: Callable[[str, str], str]) -> None:
    assert clean(HEADLINES, f"{ARTICLE}\nMost read\nMayor wins\nFerry late") == ARTICLE
    text = f"{ARTICLE}\nMost read\nMayor wins\nHe left."
    assert clean(HEADLINES, text) == text


def test_evidence_may_stand_near(clean: Callable[[str, str], str]) -> None:
    assert (
        clean(NEAR, f"{ARTICLE}\nRelated Articles\nCopyright 2025\nAll rights reserved")
        == ARTICLE
    )
    one = f"{ARTICLE}\nRelated Articles\nCopyright 2025\nCopyright 2025"
    assert clean(NEAR, one) == ARTICLE, "two different lines are there"
    only = f"{ARTICLE}\nRelated Articles\nCopyright 2025"
    assert clean(NEAR, only) == only


def test_a_cut_that_leaves_little_is_not_made(
    attempt: Callable[[str, str], Reduction],
) -> None:
    text = f"Short.\nRelated Articles\n{CARD}\n{'The mayor has kept her seat. ' * 80}"
    reduction = attempt(CARDS, text)
    assert reduction.body == text
    assert reduction.flags == ("needs_review:little_left",)

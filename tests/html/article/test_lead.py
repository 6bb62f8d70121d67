"""The lead: what stands apart above the first paragraph, and is neither too long nor part of the story."""

from __future__ import annotations

import pytest

from cleaner.html.article import lead
from cleaner.html.article.choose import read_features
from cleaner.html.tree import load

LEAD = "Two years late and a little cheaper than planned, the bridge over the river is open to everybody at last."
STORY = "The mayor cut the ribbon on Monday morning, and about four hundred people walked across in the first hour."


def found(above: str) -> list[str]:
    """Return the lines that are taken for the lead of a story with this markup above it."""
    facts = read_features(load(f"<html><body><div>{above}<p>{STORY}</p></div></body>"))
    places = lead.find_lead(facts, [True] * len(facts.texts), [5.0] * len(facts.texts))
    return [facts.texts[place] for place in places]


def test_a_lead_is_set_apart_from_the_paragraphs() -> None:
    assert found(f'<h2 class="standfirst">{LEAD}</h2>') == [LEAD]


def test_a_line_like_the_paragraphs_is_the_first_of_them() -> None:
    facts = read_features(
        load(
            f'<html><head><meta name="description" content="{LEAD}"></head>'
            f"<body><div><p>{LEAD}</p><p>{STORY}</p></div></body></html>"
        )
    )
    assert facts.column("description")[0]
    assert lead.find_lead(facts, [True, True], [5.0, 5.0]) == []


@pytest.mark.parametrize(
    ("words", "is_lead"),
    (
        (lead.LEAST_WORDS - 1, False),
        (lead.LEAST_WORDS, True),
        (120, True),
        (121, False),
    ),
)
def test_a_lead_has_six_to_120_words(words: int, is_lead: bool) -> None:  # noqa: FBT001 - a column of the table
    line = " ".join(["word"] * (words - 1) + ["end."])
    assert bool(found(f'<h2 class="standfirst">{line}</h2>')) is is_lead


@pytest.mark.parametrize(("lines", "is_lead"), ((3, True), (4, False)))
def test_a_lead_has_three_lines_at_most(lines: int, is_lead: bool) -> None:  # noqa: FBT001 - a column of the table
    assert bool(found(f'<h2 class="standfirst">{LEAD}</h2>' * lines)) is is_lead

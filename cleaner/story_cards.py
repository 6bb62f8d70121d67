"""Cards: how aggregators and sites print other stories under an article.

A card is some of: the outlet's name, the story's age ("38 minutes ago"), the outlet again behind a dash, a headline,
a teaser or the whole story as one paragraph. None of these proves anything alone; two kinds of them close together do.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner import dates
from cleaner.features import line_shape
from cleaner.model import Related

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 8
"""Filled lines under a marker in which the evidence has to stand."""
KINDS_NEEDED = 2
PROSE_RUN = 3
"""So many paragraphs in a row, with no headline, outlet or age between them, are an article and no cards."""
OUTLET_WORDS = 6

_AGE = re.compile(rf"(?:(?:updated|published|posted)\W+)?{dates.AGO}", re.IGNORECASE)
_DASHED = re.compile(r"[-–—•·]\s+(.+)")


def is_age(text: str) -> bool:
    """Tell whether a line is a story's age and nothing else.

    >>> is_age("38 minutes ago"), is_age("an hour ago"), is_age("It began an hour ago")
    (True, True, False)
    """
    return len(text) < 60 and _AGE.fullmatch(text.strip()) is not None  # noqa: PLR2004 - an age is short


def kinds(lines: Sequence[str]) -> set[str]:
    """Return the kinds of evidence for cards in some neighbouring filled lines.

    >>> sorted(kinds(["BBC News", "38 minutes ago", "- BBC News", "Labour might be down"]))
    ['age', 'dashed outlet', 'headline', 'outlet']
    """
    found = set()
    outlets = _outlets(lines)
    for line in lines:
        bare = line.strip()
        dashed = _DASHED.fullmatch(bare)
        if is_age(bare):
            found.add("age")
        elif dashed and dashed[1] in outlets:
            found.add("dashed outlet")
        elif bare in outlets:
            found.add("outlet")
        elif line_shape.is_wall(bare):
            found.add("wall of text")
        elif line_shape.is_headline(bare):
            found.add("headline")
    return found


def _outlets(lines: Sequence[str]) -> set[str]:
    """Return the lines that name an outlet: short, and printed again behind a dash or just before an age."""
    bare = [line.strip() for line in lines]
    dashed = {found[1] for line in bare if (found := _DASHED.fullmatch(line))}
    before_age = {line for line, below in pairwise(bare) if is_age(below)}
    short = {
        line
        for line in bare
        if len(line.split()) <= OUTLET_WORDS and line_shape.is_headline(line)
    }
    return short & (dashed | before_age)


def begin(lines: Sequence[str]) -> bool:
    """Tell whether the filled lines under a marker begin with cards: two kinds of evidence among the first eight."""
    return len(kinds(lines[:WINDOW])) >= KINDS_NEEDED


def last_article(lines: Sequence[str]) -> int:
    """Return the last place in some filled lines at which a run of paragraphs begins that only an article has.

    -1 where there is none. Cards that go on to the end lie below it.
    """
    run = 0
    for place in range(len(lines) - 1, -1, -1):
        run = run + 1 if line_shape.is_sentence(lines[place]) else 0
        if run >= PROSE_RUN:
            return place
    return -1


def related(lines: Sequence[str]) -> tuple[Related, ...]:
    """Return the stories that cards announce: outlet, age and title of each card that shows its age.

    >>> related(["BBC News", "an hour ago", "- BBC News", "Mayors look back", "The mayors …"])
    (Related(title='Mayors look back', outlet='BBC News', age='an hour ago', url=None),)
    """
    filled = [line.strip() for line in lines if line.strip()]
    outlets = _outlets(filled)
    stories = []
    for number, line in enumerate(filled):
        if is_age(line):
            outlet = (
                filled[number - 1] if number and filled[number - 1] in outlets else None
            )
            below = (
                text
                for text in filled[number + 1 : number + 3]
                if not _DASHED.fullmatch(text)
            )
            stories.append(Related(title=next(below, None), outlet=outlet, age=line))
    return tuple(stories)

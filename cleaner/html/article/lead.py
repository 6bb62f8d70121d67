"""The head of an article: its title, and the lead above its first paragraph, which sites print apart from the body.

The title is a field of the record; where the page prints it above the article, it goes from the body. A line is the lead where the page says so itself, by its description or its class words, it stands above the article's
first paragraph, set apart from it, and it reads like a sentence and not like a label. Whether it is kept in the body is the caller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.html.class_words import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.html.article.block_features import BlockFacts

_LEAD = FAMILIES.index("lead")
LEAST_WORDS = 6
MOST_WORDS = 120
MOST_LINES = 3
"""A longer lead is an introduction, and part of the article."""
FAR = 12
"""Lines between a lead and the article's first paragraph: a byline, a date, a caption, buttons."""
BARELY = -4.0
"""Points below which a line is not taken for the lead, whatever it is called."""
_LINKED = 50
"""Per cent of links from which a line is a teaser."""
_OTHERS = (
    "related",
    "newsletter",
    "comment",
    "ad",
    "nav",
    "footer",
    "caption",
    "cookie",
    "tools",
    "sidebar",
)
_AGAINST = sum(1 << FAMILIES.index(name) for name in _OTHERS)


def titles(facts: BlockFacts, stays: Sequence[bool]) -> list[int]:
    """Return the places above the first paragraph where the page's title stands among what stays."""
    first = _first_paragraph(facts, stays)
    titled = facts.column("title")
    return [
        place
        for place in range(len(stays) if first is None else first)
        if stays[place] and titled[place]
    ]


def _first_paragraph(facts: BlockFacts, stays: Sequence[bool]) -> int | None:
    return next(
        (
            place
            for place, stay in enumerate(stays)
            if stay and _is_paragraph(facts, place)
        ),
        None,
    )


def find(
    facts: BlockFacts, stays: Sequence[bool], points: Sequence[float]
) -> list[int]:
    """Return the places of the lead's lines, none where the article has no lead that can be told."""
    first = _first_paragraph(facts, stays)
    if first is None:
        return []
    described, titled, kin = (
        facts.column("description"),
        facts.column("title"),
        facts.kin(),
    )
    found: list[int] = []
    for place in range(max(0, first - FAR), first):
        is_set_apart = kin[place] != kin[first]
        is_lead = (
            (described[place] or _is_called_lead(facts, place))
            and is_set_apart
            and not titled[place]
        )
        if is_lead and _reads_like_one(facts, place) and points[place] >= BARELY:
            found.append(place)
    return found if len(found) <= MOST_LINES else []


def _is_paragraph(facts: BlockFacts, place: int) -> bool:
    return (
        bool(facts.column("sentence")[place])
        and not facts.column("description")[place]
        and not _is_called_lead(facts, place)
    )


def _is_called_lead(facts: BlockFacts, place: int) -> bool:
    region = facts.blocks[place].region
    own = region.families | (region.parent.families if region.parent else 0)
    return bool(own >> _LEAD & 1) and not own & _AGAINST


def _reads_like_one(facts: BlockFacts, place: int) -> bool:
    words = facts.column("words")[place]
    return (
        LEAST_WORDS <= words <= MOST_WORDS
        and facts.column("linked")[place] < _LINKED
        and not facts.column("hidden")[place]
    )

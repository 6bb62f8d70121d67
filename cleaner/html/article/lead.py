"""Find the printed title of an article, and the lead above its first paragraph, which sites set apart from the body.

The title is a field of the record; where the page prints it above the article, it leaves the body. A line is the lead where
the page's description or class words mark it as such, it is above the article's first paragraph, set apart from it, and it
reads like a sentence and not like a label. The caller decides whether it stays in the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.html.class_words import Family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.html.article.block_features import BlockFeatures

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
    Family.RELATED
    | Family.NEWSLETTER
    | Family.COMMENT
    | Family.AD
    | Family.NAV
    | Family.FOOTER
    | Family.CAPTION
    | Family.COOKIE
    | Family.TOOLS
    | Family.SIDEBAR
)
"""Families that are never a lead's, whatever else its class words are."""


def printed_titles(features: BlockFeatures, stays: Sequence[bool]) -> list[int]:
    """Return the places above the first paragraph where the page's title is among the kept lines."""
    first = _first_paragraph(features, stays)
    titled = features.column("title")
    found = []
    for place, stay in enumerate(stays):
        if place == first:
            break
        if stay and titled[place]:
            found.append(place)
    return found


def _first_paragraph(features: BlockFeatures, stays: Sequence[bool]) -> int | None:
    for place, stay in enumerate(stays):
        if stay and _is_paragraph(features, place):
            return place
    return None


def find_lead(
    features: BlockFeatures, stays: Sequence[bool], points: Sequence[float]
) -> list[int]:
    """Return the places of the lead's lines, none where the article has no recognisable lead."""
    first = _first_paragraph(features, stays)
    if first is None:
        return []
    kin = features.kin()
    found: list[int] = []
    for place in range(max(0, first - FAR), first):
        is_set_apart = kin[place] != kin[first]
        if not is_set_apart or points[place] < BARELY:
            continue
        if _is_marked(features, place) and _reads_like_one(features, place):
            found.append(place)
    return found if len(found) <= MOST_LINES else []


def _is_marked(features: BlockFeatures, place: int) -> bool:
    """Tell whether the page marks a line as the lead, and not as the title."""
    if features.column("title")[place]:
        return False
    is_described = bool(features.column("description")[place])
    return is_described or _is_called_lead(features, place)


def _is_paragraph(features: BlockFeatures, place: int) -> bool:
    if not features.column("sentence")[place]:
        return False
    if features.column("description")[place]:
        return False
    return not _is_called_lead(features, place)


def _is_called_lead(features: BlockFeatures, place: int) -> bool:
    region = features.blocks[place].region
    parent = region.parent
    families = region.families
    if parent:
        families |= parent.families
    if families & _OTHERS:
        return False
    return bool(families & Family.LEAD)


def _reads_like_one(features: BlockFeatures, place: int) -> bool:
    words = features.column("words")[place]
    if not LEAST_WORDS <= words <= MOST_WORDS:
        return False
    if features.column("linked")[place] >= _LINKED:
        return False
    return not features.column("hidden")[place]

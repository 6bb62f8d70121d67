"""Authors as a page shows them: microdata, links to authors, elements that are marked as a byline, lines that begin with "By"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.html.metadata import person_names
from cleaner.html.metadata.scan import elsewhere
from cleaner.html.tree import UNSEEN
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from cleaner.html.metadata.publication_date import HeadlinePosition
    from cleaner.html.metadata.scan import PageScan

_MAX_TRIED = 25
_BEFORE, _AFTER = 25, 60
"""Elements before and after the headline among which a byline is looked for that nothing marks."""
_INLINE = frozenset(
    {
        "a",
        "b",
        "strong",
        "em",
        "i",
        "font",
        "u",
        "mark",
        "small",
        "abbr",
        "cite",
        "span",
    }
)
_CROWD = 8
"""More names than this in one box are no byline."""
_TO_AUTHOR = re.compile(r"/(?:authors?|autor(?:en|es|in)?|auteurs?|profil(?:e|es)?|people|person|staff|redaktion|redakteure?|team|writers?|"
    r"journalist(?:s|en)?|contributors?|firmas?|forfatter|by|user|users)/[^/]", re.IGNORECASE)  # fmt: skip
_BYLINE = re.compile(r"\s*(?:(?:written |posted |words |story )?by|von|par|por|av|af|door|autor(?:in)?:|author:|text:|redaktion:|ein artikel von|"
    r"(?:blog ?)?beitrag von)\b\s*:?\s*(\S.*)?", re.IGNORECASE | re.DOTALL)  # fmt: skip


def claims(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    """Yield the authors that microdata names and those that are printed, the surest first."""
    marked = sorted(
        found.marked["byline"], key=lambda each: place.distance(found.places[each])
    )
    tagged = [element for prop, element in found.props if prop == "author"]
    if people := _microdata(tagged, place):
        yield Claim("microdata", "authors", people)
    linked = [each for each in marked if "author" in (each.get("rel") or "").split()]
    if people := _group(linked, place, marked=True):
        yield Claim("html", "authors", people)
    if people := _group(marked, place) or _unmarked(found, place):
        yield Claim("html", "authors", people, "medium")


def _microdata(elements: Iterable[HtmlElement], place: HeadlinePosition) -> list[str]:
    people: list[str] = []
    for element in list(elements)[:_MAX_TRIED]:
        if not elsewhere(element, place.around):
            name = next(
                (
                    each
                    for each in element.iter()
                    if "name" in (each.get("itemprop") or "").split()
                ),
                element,
            )
            people += person_names.printed(
                name.get("content") or _lines(name), marked=True
            )
    return list(dict.fromkeys(people))


def _group(
    elements: Iterable[HtmlElement], place: HeadlinePosition, *, marked: bool = False
) -> list[str]:
    """Return the names of the first element that has any, and of its like beside it."""
    people: list[str] = []
    first: HtmlElement | None = None
    for element in list(elements)[:_MAX_TRIED]:
        if first is not None and not (
            _alike(first, element) and element.getparent() is first.getparent()
        ):
            continue
        if elsewhere(element, place.around):
            continue
        if (
            0
            < len(here := person_names.printed(_lines(element), marked=marked))
            < _CROWD
        ):
            first = element if first is None else first
            people += here
    return list(dict.fromkeys(people))


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    return (one.tag, one.get("class")) == (other.tag, other.get("class"))


def _unmarked(found: PageScan, place: HeadlinePosition) -> list[str]:
    """Return the names near the headline that a link to an author shows, or a line that begins with "By"."""
    if place.head is None:
        return []
    after = found.elements[place.head + 1 : place.head + _AFTER]
    before = found.elements[max(0, place.head - _BEFORE) : place.head][::-1]
    for element in (*after, *before):
        if element.tag == "a" and _TO_AUTHOR.search((element.get("href") or "")[:500]):
            people = person_names.printed(_lines(element))
        elif (
            match := _BYLINE.match((element.text or "")[: person_names.MAX_LINE])
        ) and element.tag not in UNSEEN:
            people = person_names.printed(
                _lines(element) if not match[1] or len(element) else element.text
            )
        else:
            continue
        if people and not elsewhere(element, place.around):
            return people
    return []


def _lines(element: HtmlElement) -> str:
    """Return what an element says, a new line wherever another box begins or ends."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "start" and each.tag in UNSEEN:
            walk.skip_subtree()
            continue
        text = (
            each.text if event == "start" else each.tail if each is not element else ""
        )
        pieces += [_edge(each.tag, pieces, text), " ".join((text or "").split("\n"))]
        if (
            sum(map(len, pieces[-2:])) > person_names.MAX_LINE
            or len(pieces) > person_names.MAX_LINE
        ):
            break
    return "".join(pieces)


def _edge(tag: str, pieces: list[str], text: str | None) -> str:
    """Return what parts two strings of text: a new line between boxes, and where words would run together."""
    before = next((piece for piece in reversed(pieces) if piece), " ")
    after = (text or " ")[0]
    if (
        before[-1].isalnum()
        and after.isupper()
        and not (len(before) == 1 or before[-2:].isupper())
    ):
        return "\n"
    return "" if tag in _INLINE or before[-1].isspace() or after.isspace() else "\n"

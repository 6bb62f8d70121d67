"""Find authors as a page shows them: microdata, links to authors, elements marked as a byline, lines that begin with "By"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from cleaner.html.metadata import person_names
from cleaner.html.metadata.scan import elsewhere
from cleaner.html.tree import UNSEEN
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.metadata.publication_date import HeadlinePosition
    from cleaner.html.metadata.scan import PageScan

_MAX_TRIED = 25
_MAX_HREF = 500
_BEFORE, _AFTER = 25, 60
"""Elements before and after the headline among which a byline is looked for that nothing marks."""
_INLINE = frozenset({
    "a", "b", "strong", "em", "i", "font", "u", "mark", "small", "abbr", "cite", "span",
})  # fmt: skip
_CROWD = 8
"""More names than this in one box are no byline."""
_TO_AUTHOR = re.compile(r"/(?:authors?|autor(?:en|es|in)?|auteurs?|profil(?:e|es)?|people|person|staff|redaktion|redakteure?|team|writers?|"
    r"journalist(?:s|en)?|contributors?|firmas?|forfatter|by|user|users)/[^/]", re.IGNORECASE)  # fmt: skip
_BYLINE = re.compile(r"\s*(?:(?:written |posted |words |story )?by|von|par|por|av|af|door|autor(?:in)?:|author:|text:|redaktion:|ein artikel von|"
    r"(?:blog ?)?beitrag von)\b\s*:?\s*(\S.*)?", re.IGNORECASE | re.DOTALL)  # fmt: skip


def claims(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    """Yield the authors that microdata names and those that are printed, the surest first."""
    tagged = [element for prop, element in scan.props if prop == "author"]
    people = _microdata(tagged, headline)
    if people:
        yield Claim("microdata", "authors", people)
    marked = headline.nearest_first(scan.marked["byline"], scan)
    linked = list(filter(_is_author_link, marked))
    people = _group(linked, headline, marked=True)
    if people:
        yield Claim("html", "authors", people)
    people = _group(marked, headline) or _unmarked(scan, headline)
    if people:
        yield Claim("html", "authors", people, "medium")


def _is_author_link(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").split()


def _microdata(
    elements: Sequence[HtmlElement], headline: HeadlinePosition
) -> list[str]:
    people: list[str] = []
    for element in elements[:_MAX_TRIED]:
        if elsewhere(element, headline.around):
            continue
        name = _name_in(element)
        text = name.get("content") or _lines(name)
        people += person_names.printed(text, marked=True)
    return list(dict.fromkeys(people))


def _name_in(author: HtmlElement) -> HtmlElement:
    """Return the element with an author's name: inside the author's own, or that itself."""
    for each in author.iter():
        properties = (each.get("itemprop") or "").split()
        if "name" in properties:
            return each
    return author


def _group(
    elements: Sequence[HtmlElement],
    headline: HeadlinePosition,
    *,
    marked: bool = False,
) -> list[str]:
    """Return the names of the first element that has any, and of those like it in the same parent."""
    people: list[str] = []
    first: HtmlElement | None = None
    for element in elements[:_MAX_TRIED]:
        if first is not None and not _is_sibling(first, element):
            continue
        if elsewhere(element, headline.around):
            continue
        names = person_names.printed(_lines(element), marked=marked)
        if 0 < len(names) < _CROWD:
            people += names
            if first is None:
                first = element
    return list(dict.fromkeys(people))


def _is_sibling(one: HtmlElement, other: HtmlElement) -> bool:
    """Tell whether two elements have the same parent, tag and class."""
    if one.tag != other.tag or one.get("class") != other.get("class"):
        return False
    return other.getparent() is one.getparent()


def _unmarked(scan: PageScan, headline: HeadlinePosition) -> list[str]:
    """Return the names near the headline in a link to an author, or in a line that begins with "By"."""
    at = headline.place
    if at is None:
        return []
    after = scan.elements[at + 1 : at + _AFTER]
    before = scan.elements[max(0, at - _BEFORE) : at]
    for element in (*after, *reversed(before)):
        people = _names_of(element)
        if people and not elsewhere(element, headline.around):
            return people
    return []


def _names_of(element: HtmlElement) -> list[str]:
    """Return the names of an element that is a link to an author or begins with "By"."""
    if element.tag == "a" and _leads_to_an_author(element):
        return person_names.printed(_lines(element))
    if element.tag in UNSEEN:
        return []
    text = element.text or ""
    match = _BYLINE.match(text[: person_names.MAX_LINE])
    if not match:
        return []
    is_whole = match[1] and not len(element)
    return person_names.printed(text if is_whole else _lines(element))


def _leads_to_an_author(link: HtmlElement) -> bool:
    target = link.get("href") or ""
    return _TO_AUTHOR.search(target[:_MAX_HREF]) is not None


def _lines(element: HtmlElement) -> str:
    """Return the text of an element, a new line wherever another box begins or ends."""
    most = person_names.MAX_LINE
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        text = ""
        if event == "start":
            if each.tag in UNSEEN:
                walk.skip_subtree()
                continue
            text = each.text
        elif each is not element:
            text = each.tail
        edge = _edge(each.tag, pieces, text)
        piece = " ".join((text or "").split("\n"))
        pieces += [edge, piece]
        if len(edge) + len(piece) > most or len(pieces) > most:
            break
    return "".join(pieces)


def _edge(tag: str, pieces: list[str], text: str | None) -> str:
    """Return what separates two strings of text: a new line between boxes, and where words would run together."""
    before = next(filter(None, reversed(pieces)), " ")
    after = (text or " ")[0]
    if before[-1].isalnum() and after.isupper():
        is_within_a_word = len(before) == 1 or before[-2:].isupper()
        if not is_within_a_word:
            return "\n"
    if tag in _INLINE or before[-1].isspace() or after.isspace():
        return ""
    return "\n"

"""The headline of a page: the heading that a reader sees, where what the page declares bears it out.

Declared titles carry the name of the site, a section or words for search engines; headings can be the site's logo, a
box or a kicker. Where the two agree, the heading is the title. Where they do not, the heading stands if it shares
words with a declared title, else the declared title without the name of the site.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_TITLE = 400
"""Characters of a heading that can be a headline."""
_BREAK = re.compile(r"\s+(?:[|\-–—:·•»«›‹/~]|::|>>|<<)\s+|\s*[|｜»›•]\s*|\s*::\s*")
_NO_WORD = re.compile(r"[\W_]+")
_SHORT_NAME, _NAMES_LONGER = 4, 12
_TAIL_WORDS = 4
_FEW_WORDS, _FEW_LETTERS = 3, 12
_EQUAL, _BEGINS, _ENDS, _IS_ONE, _LOWER = 10, 7, 6, 5, 1.5
"""Weights of agreement between a heading and a declared title; headings below `h1` count for less."""
_LIKE_ALL, _LIKE_SOME = 0.4, 0.1


class Heading(NamedTuple):
    """A heading of the page: `h1`, `h2` … and what it says."""

    tag: str
    text: str
    crumb: bool = False
    """It stands in a breadcrumb or is hidden: a title for search engines."""


class Titles(NamedTuple):
    """Declared titles, the strongest first, and the names of the site."""

    declared: Sequence[str]
    article: str
    """What JSON-LD says, one of the declared, or nothing."""
    page: str
    """What the `title` element says."""
    sites: frozenset[str]


def squash(text: str) -> str:
    """Return the letters and digits of a text, case folded."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> str:
    """Return the words of a text, case folded, one space between them."""
    return _NO_WORD.sub(
        " ", unicodedata.normalize("NFKC", text.replace("\xad", "")).casefold()
    ).strip()


def without_site(text: str, sites: frozenset[str]) -> str:
    """Return a title without the name of the site at its end or its beginning, and the section beside it.

    >>> without_site("Harbour opens - City - The Gull", frozenset({"thegull"})), without_site("Gull | Home", frozenset())
    ('Harbour opens', 'Gull | Home')
    """
    cuts = list(_BREAK.finditer(text))
    start, end = 0, len(text)
    for cut in reversed(cuts):
        if _is_site(text[cut.end() : end], sites) or _is_site(text[cut.end() :], sites):
            end = cut.start()
    for cut in cuts:
        if cut.end() < end and _is_site(text[start : cut.start()], sites):
            start = cut.end()
    return text[start:end].strip() or text


def last_parts(titles: Titles) -> list[str]:
    """Return the last parts of the page's titles: most name the site."""
    return [
        parts[-1]
        for text in (titles.page, *titles.declared)
        if len(parts := _BREAK.split(text)) > 1
    ]


def _is_site(piece: str, sites: frozenset[str]) -> bool:
    name = squash(piece)
    return not name or any(name == site or _alike_names(name, site) for site in sites)


def _alike_names(name: str, site: str) -> bool:
    """Tell whether a name holds the other one, neither of them being so short that this could be chance."""
    if min(len(site), len(name)) < _SHORT_NAME:
        return False
    return name in site or (site in name and len(name) <= len(site) + _NAMES_LONGER)


def choose(titles: Titles, headings: Iterable[Heading]) -> tuple[str, str]:
    """Return the headline and how sure it is; ("", "low") where the page has none."""
    seen = [each for each in headings if _can_be(each.text, titles.sites)]
    cleaned = [
        without_site(text, titles.sites)
        for text in (*titles.declared, titles.page)
        if text
    ]
    known = [words(text) for text in cleaned]
    ranked = sorted(
        ((_agreement(each, known), each) for each in seen), key=lambda pair: -pair[0]
    )
    if ranked and (agreement := ranked[0][0]) > 0:
        best = ranked[0][1]
        if shown := _second(best, seen, titles, cleaned):
            return shown, "high"
        return _freed(
            best.text, titles, cleaned
        ), "high" if agreement >= _IS_ONE else "medium"
    first = next((each.text for each in seen if each.tag == "h1"), "")
    if first and not titles.declared:
        return first, "medium"
    if cleaned:
        return _shorter(cleaned[0]) if cleaned[0] in (
            *titles.declared,
            titles.page,
        ) else cleaned[0], "medium"
    return (first or (seen[0].text if seen else "")), "low"


def _second(
    first: Heading, seen: Sequence[Heading], titles: Titles, cleaned: Sequence[str]
) -> str:
    """Return the declared title that another heading shows, where a page has one title for search engines and one for readers.

    The `h1` then stands in a breadcrumb; what readers see is a heading of a lower level, often after a kicker.
    """
    if not first.crumb:
        return ""
    lower = [words(each.text) for each in seen if not each.crumb]
    for text in cleaned[: min(2, len(titles.declared))]:
        known = words(text)
        if known.count(" ") >= _FEW_WORDS - 1 and any(
            each == known or each.endswith(" " + known) for each in lower
        ):
            return text
    return ""


def _can_be(text: str, sites: frozenset[str]) -> bool:
    if len(text) > MAX_TITLE:
        return False
    name = squash(text)
    return bool(name) and name not in sites


def _agreement(heading: Heading, known: Sequence[str]) -> float:
    """Return how well a heading agrees with the words of the declared titles: 0 where it does not, `_IS_ONE` and more where it is one."""
    own = words(heading.text)
    best = 0.0
    for rank, other in enumerate(known):
        best = max(best, _alike(own, other) - rank * 0.01)
    return best - (0 if heading.tag == "h1" else _LOWER) if best else 0.0


def _alike(own: str, other: str) -> float:
    """Return how well two titles agree: equal, one the beginning or the end of the other, or words in common."""
    if own == other:
        return _EQUAL
    share = len(own) / (len(other) + 1)
    if _says_enough(own) and other.startswith(own + " "):
        return _BEGINS + share
    if _says_enough(own) and other.endswith(" " + own):
        return _ENDS + share
    if (
        " " in other
        and len(own) < len(other) * 2.5
        and (own.startswith(other + " ") or own.endswith(" " + other))
    ):
        return _ENDS
    mine, theirs = set(own.split()), set(other.split())
    common = len(mine & theirs) / (len(mine | theirs) or 1)
    return (
        3 + common
        if common >= _LIKE_ALL
        else 1.6 + common
        if common >= _LIKE_SOME
        else 0
    )


def _says_enough(own: str) -> bool:
    return own.count(" ") >= _FEW_WORDS - 1 or len(own) >= _FEW_LETTERS


def _freed(text: str, titles: Titles, cleaned: Sequence[str]) -> str:
    """Return a heading without the kicker or the site that stands in it, where a declared title is the rest."""
    own = words(text)
    for other in cleaned[: len(titles.declared)]:
        if other.count(" ") >= _FEW_WORDS - 1 and own.endswith(" " + words(other)):
            return other
    if (
        titles.article
        and words(titles.article) == words(cleaned[0])
        and words(cleaned[0]).endswith(" " + own)
    ):
        return cleaned[0]
    return without_site(text, titles.sites)


def _shorter(text: str) -> str:
    """Return a declared title without its last part, where that is short enough to be the name of a site."""
    for mark in ("|", "｜", "»", " – ", " - ", " — ", " · ", " • "):
        head, found, tail = text.rpartition(mark)
        if (
            found
            and len(tail.split()) <= _TAIL_WORDS
            and len(head) > max(15, len(tail))
        ):
            return head.strip()
    return text

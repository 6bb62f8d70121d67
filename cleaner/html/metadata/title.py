"""Choose the headline of a page: the heading that a reader sees, where it agrees with the titles that the page declares.

Declared titles carry the name of the site, a section or words for search engines; headings can be the site's logo, a
box or a kicker. Where the two agree, the heading is the title. Where they do not, it is the heading if it shares
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
_LATER = 0.01
"""What each title counts less than the one before it."""
_LIKE_ALL, _LIKE_SOME = 0.4, 0.1
_MOST_WORDS, _SOME_WORDS = 3, 1.6
"""Shares of the words of two titles that they have in common, and the weights of these."""
_MUCH_LONGER = 2.5
_SITE_MARKS = ("|", "｜", "»", " – ", " - ", " — ", " · ", " • ")
_HEAD_CHARS = 15
"""What is left of a title without the name of the site is longer."""


class Heading(NamedTuple):
    """A heading of the page: `h1`, `h2` … and its text."""

    tag: str
    text: str
    crumb: bool = False
    """It is in a breadcrumb or hidden: a title for search engines."""


class Titles(NamedTuple):
    """Declared titles, the strongest first, and the names of the site."""

    declared: Sequence[str]
    article: str
    """The one of JSON-LD, which is one of the declared, or empty."""
    page: str
    """The text of the `title` element."""
    sites: frozenset[str]


def squash(text: str) -> str:
    """Return the letters and digits of a text, case folded."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> str:
    """Return the words of a text, case folded, one space between them."""
    without_hyphens = text.replace("\xad", "")
    folded = unicodedata.normalize("NFKC", without_hyphens).casefold()
    return _NO_WORD.sub(" ", folded).strip()


def without_site(text: str, sites: frozenset[str]) -> str:
    """Return a title without the name of the site at its end or its beginning, and the section next to it.

    >>> without_site("Harbour opens - City - The Gull", frozenset({"thegull"})), without_site("Gull | Home", frozenset())
    ('Harbour opens', 'Gull | Home')
    """
    cuts = list(_BREAK.finditer(text))
    start = 0
    end = len(text)
    for cut in reversed(cuts):
        last = text[cut.end() : end]
        rest = text[cut.end() :]
        if _is_site(last, sites) or _is_site(rest, sites):
            end = cut.start()
    for cut in cuts:
        if cut.end() >= end:
            break
        first = text[start : cut.start()]
        if _is_site(first, sites):
            start = cut.end()
    return text[start:end].strip() or text


def last_parts(titles: Titles) -> list[str]:
    """Return the last parts of the page's titles: most name the site."""
    last = []
    for text in (titles.page, *titles.declared):
        parts = _BREAK.split(text)
        if len(parts) > 1:
            last.append(parts[-1])
    return last


def _is_site(piece: str, sites: frozenset[str]) -> bool:
    name = squash(piece)
    if not name or name in sites:
        return True
    return any(_alike_names(name, site) for site in sites)


def _alike_names(name: str, site: str) -> bool:
    """Tell whether a name holds the other one, neither of them being so short that this could be chance."""
    if min(len(site), len(name)) < _SHORT_NAME:
        return False
    if name in site:
        return True
    return site in name and len(name) <= len(site) + _NAMES_LONGER


def choose(titles: Titles, headings: Iterable[Heading]) -> tuple[str, str]:
    """Return the headline and how sure it is; ("", "low") where the page has none."""
    seen = [each for each in headings if _can_be(each.text, titles.sites)]
    given = [text for text in (*titles.declared, titles.page) if text]
    cleaned = [without_site(text, titles.sites) for text in given]
    best, agreement = _best(seen, cleaned)
    if best:
        shown = _second(best, seen, titles, cleaned)
        if shown:
            return shown, "high"
        confidence = "high" if agreement >= _IS_ONE else "medium"
        return _freed(best.text, titles, cleaned), confidence
    first = next((each.text for each in seen if each.tag == "h1"), "")
    if first and not titles.declared:
        return first, "medium"
    if cleaned:
        title = cleaned[0]
        if title in given:
            title = _shorter(title)
        return title, "medium"
    if seen and not first:
        first = seen[0].text
    return first, "low"


def _best(
    headings: Iterable[Heading], titles: Iterable[str]
) -> tuple[Heading | None, float]:
    """Return the heading that agrees most with the declared titles, and how well; None where none does."""
    known = list(map(words, titles))
    best: Heading | None = None
    most = 0.0
    for heading in headings:
        agreement = _agreement(heading, known)
        if agreement > most:
            best = heading
            most = agreement
    return best, most


def _second(
    first: Heading, seen: Sequence[Heading], titles: Titles, cleaned: Sequence[str]
) -> str:
    """Return the declared title that another heading shows, where a page has one title for search engines and one for readers.

    The `h1` is then in a breadcrumb; what readers see is a heading of a lower level, often after a kicker.
    """
    if not first.crumb:
        return ""
    lower = [words(each.text) for each in seen if not each.crumb]
    strongest = cleaned[: min(2, len(titles.declared))]
    for text in strongest:
        known = words(text)
        if not _has_some_words(known):
            continue
        for own in lower:
            if own == known or own.endswith(" " + known):
                return text
    return ""


def _has_some_words(text: str) -> bool:
    return text.count(" ") >= _FEW_WORDS - 1


def _can_be(text: str, sites: frozenset[str]) -> bool:
    """Tell whether a heading can be a headline."""
    if len(text) > MAX_TITLE:
        return False
    name = squash(text)
    if not name:
        return False
    return name not in sites


def _agreement(heading: Heading, known: Sequence[str]) -> float:
    """Return how well a heading agrees with the words of the declared titles: 0 where it does not, `_IS_ONE` and more where it is one."""
    own = words(heading.text)
    best = 0.0
    for rank, other in enumerate(known):
        weight = _alike(own, other) - rank * _LATER
        best = max(best, weight)
    if best and heading.tag != "h1":
        best -= _LOWER
    return best


def _alike(own: str, other: str) -> float:
    """Return how well two titles agree: equal, one the beginning or the end of the other, or words in common."""
    if own == other:
        return _EQUAL
    share = len(own) / (len(other) + 1)
    if _says_enough(own):
        if other.startswith(own + " "):
            return _BEGINS + share
        if other.endswith(" " + own):
            return _ENDS + share
    is_longer_title = " " in other and len(own) < len(other) * _MUCH_LONGER
    if is_longer_title and _is_at_an_end(other, own):
        return _ENDS
    return _in_common(own, other)


def _is_at_an_end(part: str, text: str) -> bool:
    """Tell whether a text begins or ends with some words."""
    return text.startswith(part + " ") or text.endswith(" " + part)


def _in_common(own: str, other: str) -> float:
    """Return how well two titles agree by the words that they share."""
    mine = set(own.split())
    theirs = set(other.split())
    every = mine | theirs
    common = len(mine & theirs) / (len(every) or 1)
    if common >= _LIKE_ALL:
        return _MOST_WORDS + common
    if common >= _LIKE_SOME:
        return _SOME_WORDS + common
    return 0


def _says_enough(own: str) -> bool:
    return _has_some_words(own) or len(own) >= _FEW_LETTERS


def _freed(text: str, titles: Titles, cleaned: Sequence[str]) -> str:
    """Return a heading without the kicker or the site in it, where a declared title is the rest."""
    own = words(text)
    for other in cleaned[: len(titles.declared)]:
        if _has_some_words(other) and own.endswith(" " + words(other)):
            return other
    if titles.article:
        strongest = cleaned[0]
        known = words(strongest)
        if words(titles.article) == known and known.endswith(" " + own):
            return strongest
    return without_site(text, titles.sites)


def _shorter(text: str) -> str:
    """Return a declared title without its last part, where that is short enough to be the name of a site."""
    for mark in _SITE_MARKS:
        head, found, tail = text.rpartition(mark)
        if not found or len(tail.split()) > _TAIL_WORDS:
            continue
        if len(head) > max(_HEAD_CHARS, len(tail)):
            return head.strip()
    return text

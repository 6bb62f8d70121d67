"""Find when a page was published and modified, as it shows it: microdata, `<time>`, marked and printed dates, its address.

Dates in figures only are read by the language of the page (3/4/2025). What is found near the headline is the
article's; what is found elsewhere may be another story's, and says so by its confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner import dates
from cleaner.html.metadata.scan import elsewhere
from cleaner.html.tree import UNSEEN, short_text_of, text_of
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from cleaner.html.metadata.scan import PageScan

_MAX_PRINTED = 120
"""Characters of an element that can be a printed date."""
_MAX_LOOSE = 70
_MAX_LABEL = 40
_MAX_ADDRESS = 2_000
_MAX_AROUND = 500
"""Characters of the words around a date that are read."""
_MAX_TRIED = 40
_NEAR = 60
"""Elements before and after the headline among which a date is the article's."""
_BEFORE, _AFTER = 25, 60
_CHANGED = re.compile(r"modif|updat|aktualis|geändert|geaendert|stand:|mise à jour|\bmaj\b|actualiz|aggiorn|bijgewerkt|uppdater|"
    r"oppdater|opdater|revised|edited|reviewed|zuletzt|обновл|更新", re.IGNORECASE)  # fmt: skip
_IN_ADDRESS = re.compile(
    r"(?:/|[-_.=])((?:19|20)\d\d)(?:/|[-_.])?(0[1-9]|1[0-2])(?:/|[-_.])?(0[1-9]|[12]\d|3[01])(?=[/\-_.?&]|$|[a-z])"
    r"|/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)", re.IGNORECASE
)  # fmt: skip
_IN_SCRIPT = re.compile(
    r"(?:datePublished|date_published|publishedAt|published_at|publishedDate|publishDate|publish_date|pubDate|publicationDate|"
    r"publication_date|datePublication|firstPublished|first_published|published_time|publishedTime|article_date|articleDate)"
    r"[\"'\\\s]{0,4}[:=][\"'\\\s]{0,6}((?:19|20)\d\d-\d\d-\d\d(?:[T ][\d:.]{5,12}(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_DATED = re.compile(r"(?:19|20)\d\d|[०-९]{4}|[٠-٩]{4}|[۰-۹]{4}|\d[./]\d\d?[./]\d\d")
_OPENING = re.compile(r"\(?\d{1,2}\. ?(?:\d{1,2}\.|[^\W\d_]{3,9}) ?(?:19|20)\d\d\b")
_LAST_DAY = "2099-12-31"
_YEAR = re.compile(r"(?:19|20)\d\d|[०-९]{4}|[٠-٩]{4}|[۰-۹]{4}")
_ATTRIBUTES = (
    "datetime",
    "content",
    "title",
    "data-date",
    "data-datetime",
    "data-time",
    "data-timestamp",
    "data-published",
    "data-utime",
)


_PROPERTIES = {
    "datePublished": ("published", "high"),
    "dateModified": ("modified", "medium"),
    "dateCreated": ("published", "medium"),
    "uploadDate": ("published", "medium"),
}
"""Microdata: the field of each property, and how sure it is."""


class HeadlinePosition(NamedTuple):
    """Where the headline of a page is, and how the page writes 3/4/2025."""

    place: int | None
    """In the order of the page; None where the page has no headline."""
    around: frozenset[HtmlElement]
    """Everything that the headline is inside of."""
    day_first: bool

    @classmethod
    def of(
        cls, scan: PageScan, element: HtmlElement | None, *, day_first: bool
    ) -> HeadlinePosition:
        """Return the position of a headline."""
        if element is None:
            return cls(None, frozenset(), day_first)
        around = frozenset(element.iterancestors())
        return cls(scan.places[element], around, day_first)

    def nearest_first(
        self, elements: Iterable[HtmlElement], scan: PageScan
    ) -> list[HtmlElement]:
        """Return elements by their distance from the headline; those long before it come last."""
        start = self.place or 0

        def distance(element: HtmlElement) -> tuple[bool, int]:
            place = scan.places[element]
            return place < start - _NEAR, abs(place - start)

        return sorted(elements, key=distance)

    def day(self, text: str) -> str | None:
        """Return the day in a printed line."""
        whole = dates.with_whole_years(text)
        return dates.parse_date(whole, day_first=self.day_first)

    def moment(self, text: str) -> str | None:
        """Return the day and time in an attribute, or the day."""
        return dates.parse_moment(text, day_first=self.day_first)

    def near(self, place: int) -> bool:
        """Tell whether an element is near the headline."""
        return self.place is not None and abs(place - self.place) <= _NEAR


def claims(
    scan: PageScan, headline: HeadlinePosition, url: str | None
) -> Iterator[Claim]:
    """Yield the dates that a page shows."""
    yield from _microdata(scan, headline)
    yield from _times(scan, headline)
    day = in_address(url)
    if day:
        yield Claim("url", "published", day, "medium")
    yield from _marked(scan, headline)


def guesses(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    """Yield dates for a page that names none: printed near the headline, in scripts, in the addresses of its images."""
    near = list(_loose(scan, headline))
    yield from near
    if not near:
        yield from _only(scan, headline)
    moment = _in_scripts(scan)
    if moment:
        yield Claim("html", "published", moment, "low")
    for name in ("og:image", "twitter:image"):
        day = in_address(scan.meta(name))
        if day:
            yield Claim("html", "published", day, "low")


def _in_scripts(scan: PageScan) -> str | None:
    """Return the first date of publication that a script assigns."""
    for element in scan.elements:
        if element.tag == "script" and element.text:
            match = _IN_SCRIPT.search(element.text)
            if match:
                return match[1]
    return None


def searched(root: HtmlElement, url: str | None) -> Iterator[Claim]:
    """Yield the date that htmldate finds, without its extensive search, which nearly always answers.

    The day of today does not count: dates up to the end of the century are believed.
    """
    from htmldate import find_date  # noqa: PLC0415 - slow to import, seldom needed

    found = find_date(
        root, extensive_search=False, original_date=True, url=url, max_date=_LAST_DAY
    )
    if found:
        yield Claim("trafilatura", "published", found, "low")


def in_address(url: str | None) -> str | None:
    """Return the day in an address.

    >>> in_address("https://example.org/2026/03/01/harbour"), in_address("https://example.org/20260301-a"), in_address("/a/2026")
    ('2026-03-01', '2026-03-01', None)
    """
    if not url:
        return None
    for match in _IN_ADDRESS.finditer(url[:_MAX_ADDRESS]):
        parts = filter(None, match.groups())
        day = dates.parse_date("-".join(parts))
        if day:
            return day
    return None


def _microdata(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    for prop, element in scan.props:
        if prop not in _PROPERTIES:
            continue
        if elsewhere(element, headline.around):
            continue
        field, confidence = _PROPERTIES[prop]
        yield Claim(
            source="microdata",
            field=field,
            value=_attribute(element, _ATTRIBUTES[:3]) or text_of(element),
            confidence=confidence,
        )


def _attribute(element: HtmlElement, names: Iterable[str]) -> str:
    """Return the first of some attributes that has a value."""
    for name in names:
        value = element.get(name)
        if value:
            return str(value)
    return ""


def _field(element: HtmlElement, text: str) -> str:
    """Return the field of a date, by the words and the marks around it."""
    parent = element.getparent()
    marks = [element.get("class"), element.get("itemprop")]
    before = ""
    if parent is not None:
        marks.append(parent.get("class"))
        before = (parent.text or "")[-_MAX_LABEL:]
    previous = element.getprevious()
    if previous is not None:
        label = text_of(previous)[-60:]
        if len(label) < _MAX_LABEL:
            before += label
    named = " ".join(filter(None, marks))
    words = f"{named} {before} {text}"[:_MAX_AROUND]
    return "modified" if _CHANGED.search(words) else "published"


def _times(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    nearest = headline.nearest_first(scan.times, scan)
    for element in nearest[:_MAX_TRIED]:
        text = text_of(element)
        day = headline.moment(element.get("datetime") or text)
        if not day:
            day = headline.day(text[:_MAX_PRINTED])
        if not day or elsewhere(element, headline.around):
            continue
        is_near = headline.near(scan.places[element])
        is_marked = element.get("pubdate") is not None
        yield Claim(
            source="html",
            field=_field(element, text),
            value=day,
            confidence="high" if is_near or is_marked else "medium",
        )


def _marked(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    marked = dict.fromkeys((*scan.marked["date"], *scan.marked["byline"]))
    nearest = headline.nearest_first(marked, scan)
    for element in nearest[: 2 * _MAX_TRIED]:
        if elsewhere(element, headline.around):
            continue
        text = short_text_of(element, _MAX_PRINTED)
        if text is None:
            continue
        day = _day_in_attributes(element, headline)
        if not day and text:
            day = headline.day(text)
        if not day:
            continue
        is_near = headline.near(scan.places[element])
        confidence = "medium" if is_near else "low"
        yield Claim("html", _field(element, text), day, confidence)


def _day_in_attributes(element: HtmlElement, headline: HeadlinePosition) -> str | None:
    """Return the day and time in the first attribute that holds a year."""
    for name in _ATTRIBUTES:
        value = element.get(name)
        if value and _YEAR.search(value):
            return headline.moment(value)
    return None


def _loose(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    """Yield the dates of short lines around the headline, those after it first; of the page's first lines where it has none."""
    for element in _around(scan, headline):
        for text in _strings(element):
            day = headline.day(text)
            if not day:
                continue
            if elsewhere(element, headline.around):
                continue
            yield Claim(
                source="html",
                field=_field(element, text),
                value=day,
                confidence="low" if headline.place is None else "medium",
            )


def _around(scan: PageScan, headline: HeadlinePosition) -> list[HtmlElement]:
    """Return the elements around the headline, those after it first; the page's first where it has none."""
    elements = scan.elements
    at = headline.place
    if at is None:
        start = _body(scan)
        return elements[start : start + 2 * _AFTER]
    first = max(0, at - _BEFORE)
    around = elements[at + 1 : at + _AFTER]
    around += reversed(elements[first:at])
    return around


def _body(scan: PageScan) -> int:
    """Return the place of the page's body, 0 where there is none."""
    for place, element in enumerate(scan.elements):
        if element.tag == "body":
            return place
    return 0


def _only(scan: PageScan, headline: HeadlinePosition) -> Iterator[Claim]:
    """Yield the one day that lines of the page consist of, if there is only one."""
    days: dict[str, HtmlElement] = {}
    for element in scan.elements:
        if element.tag in UNSEEN:
            continue
        for text in (element.text, element.tail):
            day = _day_alone(text, headline)
            if day:
                days.setdefault(day, element)
        if len(days) > 1:
            return
    for day, element in days.items():
        if not elsewhere(element, headline.around):
            yield Claim("html", "published", day, "low")


def _day_alone(text: str | None, headline: HeadlinePosition) -> str | None:
    """Return the day in a short text."""
    if not text or len(text) >= _MAX_LOOSE:
        return None
    return headline.day(text) if _DATED.search(text) else None


def _strings(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element and the text after it, where it is short, or the date that opens a long one."""
    own = "" if element.tag in UNSEEN else element.text
    for text in (own, element.tail):
        if not text:
            continue
        start = text[: 4 * _MAX_LOOSE]
        if not _DATED.search(start):
            continue
        line = " ".join(start.split())
        if len(line) <= _MAX_LOOSE:
            yield line
        elif opening := _OPENING.match(line):
            yield opening[0]

"""When a page was published and modified, as it shows it: microdata, `<time>`, marked and printed dates, its address.

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


class HeadlinePosition(NamedTuple):
    """Where the headline stands, and how the page writes 3/4/2025."""

    head: int | None
    around: frozenset[HtmlElement]
    """Everything that the headline stands in."""
    day_first: bool

    @classmethod
    def of(
        cls, found: PageScan, head: HtmlElement | None, *, day_first: bool
    ) -> HeadlinePosition:
        """Return the place of a headline."""
        if head is None:
            return cls(None, frozenset(), day_first)
        return cls(found.places[head], frozenset(head.iterancestors()), day_first)

    def distance(self, place: int) -> tuple[bool, int]:
        """Return how far an element is from the headline; what stands long before it comes last."""
        start = self.head or 0
        return place < start - _NEAR, abs(place - start)

    def day(self, text: str) -> str | None:
        """Return the day that a printed line gives."""
        return dates.parse_date(dates.with_whole_years(text), day_first=self.day_first)

    def near(self, place: int) -> bool:
        """Tell whether an element stands by the headline."""
        return self.head is not None and abs(place - self.head) <= _NEAR


def claims(
    found: PageScan, place: HeadlinePosition, url: str | None
) -> Iterator[Claim]:
    """Yield the dates that a page shows."""
    yield from _microdata(found, place)
    yield from _times(found, place)
    if day := in_address(url):
        yield Claim("url", "published", day, "medium")
    yield from _marked(found, place)


def guesses(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    """Yield dates for a page that names none: printed near the headline, in scripts, in the addresses of its images."""
    near = list(_loose(found, place))
    yield from near
    if not near:
        yield from _only(found, place)
    for element in found.elements:
        if (
            element.tag == "script"
            and element.text
            and (match := _IN_SCRIPT.search(element.text))
        ):
            yield Claim("html", "published", match[1], "low")
            break
    for name in ("og:image", "twitter:image"):
        if day := in_address(found.meta(name)):
            yield Claim("html", "published", day, "low")


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
    """Return the day that stands in an address.

    >>> in_address("https://example.org/2026/03/01/harbour"), in_address("https://example.org/20260301-a"), in_address("/a/2026")
    ('2026-03-01', '2026-03-01', None)
    """
    for match in _IN_ADDRESS.finditer((url or "")[:2000]):
        if day := dates.parse_date("-".join(filter(None, match.groups()))):
            return day
    return None


def _microdata(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    known = {
        "datePublished": "published",
        "dateModified": "modified",
        "dateCreated": "published",
        "uploadDate": "published",
    }
    for prop, element in found.props:
        if prop in known and not elsewhere(element, place.around):
            text = next(
                (element.get(name) for name in _ATTRIBUTES[:3] if element.get(name)), ""
            ) or text_of(element)
            yield Claim(
                "microdata",
                known[prop],
                text,
                "high" if prop.startswith("dateP") else "medium",
            )


def _field(element: HtmlElement, text: str) -> str:
    near = element.getparent()
    marks = " ".join(
        filter(
            None,
            (
                element.get("class"),
                element.get("itemprop"),
                near.get("class") if near is not None else "",
            ),
        )
    )
    before = (near.text or "")[-40:] if near is not None else ""
    earlier = element.getprevious()
    if earlier is not None and len(label := text_of(earlier)[-60:]) < _MAX_LABEL:
        before += label
    return (
        "modified" if _CHANGED.search(f"{marks} {before} {text}"[:500]) else "published"
    )


def _times(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    ordered = sorted(found.times, key=lambda each: place.distance(found.places[each]))
    for element in ordered[:_MAX_TRIED]:
        text = text_of(element)
        day = dates.parse_moment(
            element.get("datetime") or text, day_first=place.day_first
        ) or place.day(text[:_MAX_PRINTED])
        if not day or elsewhere(element, place.around):
            continue
        near = place.near(found.places[element]) or element.get("pubdate") is not None
        sure = "high" if near else "medium"
        yield Claim("html", _field(element, text), day, sure)


def _marked(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    every = dict.fromkeys((*found.marked["date"], *found.marked["byline"]))
    ordered = sorted(every, key=lambda each: place.distance(found.places[each]))
    for element in ordered[: 2 * _MAX_TRIED]:
        if elsewhere(element, place.around):
            continue
        text = short_text_of(element, _MAX_PRINTED)
        if text is None:
            continue
        values = (element.get(name) for name in _ATTRIBUTES)
        said = next((value for value in values if value and _YEAR.search(value)), "")
        day = dates.parse_moment(said, day_first=place.day_first) if said else None
        if day := day or (place.day(text) if text else None):
            yield Claim(
                "html",
                _field(element, text),
                day,
                "medium" if place.near(found.places[element]) else "low",
            )


def _loose(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    """Yield the dates of short lines around the headline, those after it first; of the page's first lines where it has none."""
    head = place.head
    if head is None:
        body = next(
            (
                number
                for number, each in enumerate(found.elements)
                if each.tag == "body"
            ),
            0,
        )
        after, before = found.elements[body : body + 2 * _AFTER], []
    else:
        after, before = (
            found.elements[head + 1 : head + _AFTER],
            found.elements[max(0, head - _BEFORE) : head][::-1],
        )
    for element in (*after, *before):
        for text in _strings(element):
            if (day := place.day(text)) and not elsewhere(element, place.around):
                yield Claim(
                    "html",
                    _field(element, text),
                    day,
                    "low" if head is None else "medium",
                )


def _only(found: PageScan, place: HeadlinePosition) -> Iterator[Claim]:
    """Yield the one day that lines of the page consist of, if there is only one."""
    days: dict[str, HtmlElement] = {}
    for element in found.elements:
        for text in (element.text, element.tail):
            if (
                text
                and len(text) < _MAX_LOOSE
                and element.tag not in UNSEEN
                and _DATED.search(text)
                and (day := place.day(text))
            ):
                days.setdefault(day, element)
        if len(days) > 1:
            return
    for day, element in days.items():
        if not elsewhere(element, place.around):
            yield Claim("html", "published", day, "low")


def _strings(element: HtmlElement) -> Iterable[str]:
    """Return what an element says itself and what follows it, where that is short, or a long text that opens with a date."""
    for text in ("" if element.tag in UNSEEN else element.text, element.tail):
        if text and _DATED.search(text[: 4 * _MAX_LOOSE]):
            line = " ".join(text[: 4 * _MAX_LOOSE].split())
            if len(line) <= _MAX_LOOSE:
                yield line
            elif opening := _OPENING.match(line):
                yield opening[0]

"""Every fact of a page, each with its source and how sure it is.

    index ──scan──▶ declarations and marked elements ──▶ claims (source, field, value, confidence) ──facts.settle──▶ facts

Sources are asked in the order of their reading, not of their strength: who wins is `facts.PRECEDENCE`.
"""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner import metadata
from cleaner.html.metadata import (
    byline,
    json_ld_article,
    meta_tags,
    publication_date,
    standfirst,
)
from cleaner.html.metadata import title as headline
from cleaner.html.metadata.person_names import AGENCIES
from cleaner.html.metadata.publication_date import HeadlinePosition
from cleaner.html.metadata.scan import elsewhere, scan
from cleaner.html.metadata.title import Heading, Titles
from cleaner.html.tree import text_of
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex
    from cleaner.html.metadata.json_ld_article import Described, Objects
    from cleaner.html.metadata.scan import PageScan

_MAX_HEADINGS = 30
_CRUMBS = re.compile("bread-?crumb|seo-?title|sr-only|visually-?hidden|screen-?reader")
_ACCOUNT = re.compile(
    r".* (?:e\. ?V\.|GmbH|AG|Ltd\.?|Inc\.?|S\.A\.|LLC|B\.V\.)|[a-z0-9._-]+|\w+\.(?:com|org|net|de|fr|es|it|nl|at|ch|eu|uk|se|no|dk|fi|pl)"
)
_MONTH_FIRST = ("en-us", "en_us")


class Metadata(NamedTuple):
    """What a page says of itself."""

    claims: tuple[Claim, ...]
    flags: tuple[str, ...]
    """What a reader should know at a glance: `paywalled`, `live_blog`."""


def read(page: ElementIndex, url: str | None) -> Metadata:
    """Return every claim about a fact that a page makes; `url` is the address that it was fetched from, if known."""
    found = scan(page)
    known = json_ld_article.objects(found.scripts)
    canonical = found.links.get("canonical", "")
    described = json_ld_article.describe(known, (url or "", canonical))
    claims = _claims(found, described, url or meta_tags.absolute(canonical, None))
    return Metadata(
        tuple(claim for claim in claims if claim.value), _flags(found, known)
    )


def _flags(found: PageScan, known: Objects) -> tuple[str, ...]:
    flags = list(json_ld_article.flags(known))
    if found.meta("og:type").lower() in {"liveblog", "live_blog", "live-blog"}:
        flags.append("live_blog")
    tier, wall = (
        found.meta("article:content_tier", "content_tier"),
        found.meta("paywall"),
    )
    if tier.lower() == "locked" or wall.lower() in {"true", "hard"}:
        flags.append("paywalled")
    return tuple(dict.fromkeys(flags))


def _claims(found: PageScan, described: Described, url: str | None) -> Iterator[Claim]:
    titles, headings = _titles(found, described, url), _headings(found)
    title, sure = headline.choose(titles, (heading for heading, _ in headings))
    head = _element(title, headings)
    place = HeadlinePosition.of(found, head, day_first=not _month_first(found))
    yield Claim("html", "title", title, sure)
    yield from _declared_titles(found, described, titles)
    yield from byline.claims(found, place)
    houses = (
        *headline.last_parts(titles),
        found.meta("publisher"),
        found.meta("copyright"),
    )
    doubtful = titles.sites | {headline.squash(name) for name in houses}
    known = [*json_ld_article.claims(described, url), *meta_tags.claims(found, url)]
    yield from (_doubted(each, doubtful) for each in known)
    yield from _agencies(known)
    yield from standfirst.claims(found, place, title)
    yield from _dates(found, known, place, url)


def _element(
    title: str, headings: Iterable[tuple[Heading, HtmlElement]]
) -> HtmlElement | None:
    """Return the element that shows the headline."""
    known = headline.words(title)
    return next(
        (
            element
            for heading, element in headings
            if known in headline.words(heading.text[:2000])
        ),
        None,
    )


def _doubted(claim: Claim, sites: Container[str]) -> Claim:
    """Return a claim as it is, but doubt authors that are the site itself or the names of user accounts."""
    if claim.field != "authors" or not isinstance(claim.value, list):
        return claim
    accounts = all(
        headline.squash(name) in sites or _ACCOUNT.fullmatch(name)
        for name in claim.value
    )
    return claim._replace(confidence="low") if accounts else claim


def _agencies(known: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the agencies among the declared authors."""
    for claim in known:
        if claim.field == "authors" and isinstance(claim.value, list):
            for name in claim.value:
                if name.lower() in AGENCIES:
                    yield Claim(claim.source, "agency", name)


def _dates(
    found: PageScan, known: Iterable[Claim], place: HeadlinePosition, url: str | None
) -> Iterator[Claim]:
    """Yield the dates that a page shows; where none is sure, what can be guessed, and the day of its last change.

    `article:modified_time` is no guess at that day: where it was all that a page said, it never was the day.
    """
    shown = list(publication_date.claims(found, place, url))
    yield from shown
    if not _dated((*known, *shown), ("published",), {"high", "medium"}):
        loose = list(publication_date.guesses(found, place))
        yield from loose
        shown += loose
    if _dated((*known, *shown), ("published",)):
        return
    changed = [each for each in (*known, *shown) if each.field == "modified"]
    if not _dated(changed, ("modified",)):
        yield from publication_date.searched(found.root, url)
    yield from (
        each._replace(field="published", confidence="low")
        for each in changed
        if each.source != "opengraph"
    )


def _dated(
    claims_: Iterable[Claim],
    fields: Container[str],
    sure: Container[str] = metadata.CONFIDENCE,
) -> bool:
    return any(
        each.field in fields
        and each.confidence in sure
        and metadata.fitting(each.field, each.value)
        for each in claims_
    )


def _declared_titles(
    found: PageScan, described: Described, titles: Titles
) -> Iterator[Claim]:
    for source, text in (
        ("json-ld", json_ld_article.title(described)),
        ("opengraph", found.meta("og:title")),
        ("meta", found.meta(*meta_tags.TITLES[1:]) or found.title),
    ):
        cut = html.unescape(text)[: headline.MAX_TITLE]
        yield Claim(source, "title", headline.without_site(cut, titles.sites), "medium")


def _titles(found: PageScan, described: Described, url: str | None) -> Titles:
    stated = [
        found.meta("og:title"),
        json_ld_article.title(described),
        *(found.meta(name) for name in meta_tags.TITLES[1:]),
    ]
    host = metadata.site_of(url) or ""
    names = [
        found.meta("og:site_name"),
        found.meta("application-name"),
        host,
        host.rpartition(".")[0],
        *described.sites[:6],
    ]
    sites = frozenset(
        filter(None, (headline.squash(html.unescape(name)) for name in names))
    )
    article = json_ld_article.title(described)[: headline.MAX_TITLE]
    shown = [
        html.unescape(text)[: headline.MAX_TITLE] for text in (*stated, found.title)
    ]
    return Titles([text for text in shown[:-1] if text], article, shown[-1], sites)


def _headings(found: PageScan) -> list[tuple[Heading, HtmlElement]]:
    """Return the headings of a page, those of its own text first."""
    heads = [each for each in found.heads if each.tag == "h1"] + [
        each for each in found.heads if each.tag != "h1"
    ]
    listed = [
        (Heading(each.tag, text_of(each), _in_crumbs(each)), each)
        for each in heads[:_MAX_HEADINGS]
    ]
    return sorted(listed, key=lambda pair: (pair[0].tag, elsewhere(pair[1])))


def _in_crumbs(heading: HtmlElement) -> bool:
    above = itertools.islice(heading.iterancestors(), 5)
    return any(
        each.tag == "nav"
        or _CRUMBS.search(f"{each.get('class')} {each.get('id')}".lower())
        for each in (heading, *above)
    )


def _month_first(found: PageScan) -> bool:
    return any(
        (text or "").strip().lower().startswith(_MONTH_FIRST)
        for text in (found.root.get("lang"), found.meta("og:locale"))
    )

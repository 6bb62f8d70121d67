"""Collect the metadata of a page as claims, each with its source and its confidence.

    index ──scan──▶ declarations and marked elements ──▶ claims (source, field, value, confidence) ──settle──▶ metadata

Sources come in the order of their reading, not of their strength: `metadata.PRECEDENCE` decides which wins.
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
from cleaner.html.metadata import title as titles_
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
_MAX_HEADING = 2_000
"""Characters of a heading that are searched for the headline."""
_MAX_ABOVE = 5
"""Elements around a heading that may mark it as part of a breadcrumb."""
_MAX_SITES = 6

_LIVE_TYPES = frozenset({"liveblog", "live_blog", "live-blog"})
_CRUMBS = re.compile("bread-?crumb|seo-?title|sr-only|visually-?hidden|screen-?reader")
_ACCOUNT = re.compile(
    r".* (?:e\. ?V\.|GmbH|AG|Ltd\.?|Inc\.?|S\.A\.|LLC|B\.V\.)|[a-z0-9._-]+|\w+\.(?:com|org|net|de|fr|es|it|nl|at|ch|eu|uk|se|no|dk|fi|pl)"
)
_MONTH_FIRST = ("en-us", "en_us")


class Metadata(NamedTuple):
    """The metadata of a page."""

    claims: tuple[Claim, ...]
    flags: tuple[str, ...]
    """`paywalled`, `live_blog`."""


def read(page: ElementIndex, url: str | None) -> Metadata:
    """Return the claims of a page and its flags; `url` is the address that it was fetched from, if known."""
    found = scan(page)
    known = json_ld_article.objects(found.scripts)
    canonical = found.links.get("canonical", "")
    described = json_ld_article.describe(known, (url or "", canonical))
    if not url:
        url = meta_tags.absolute(canonical, None)
    claims = _claims(found, described, url)
    return Metadata(
        claims=tuple(claim for claim in claims if claim.value),
        flags=_flags(found, known),
    )


def _flags(found: PageScan, known: Objects) -> tuple[str, ...]:
    flags = dict.fromkeys(json_ld_article.flags(known))
    kind = found.meta("og:type")
    if kind.lower() in _LIVE_TYPES:
        flags["live_blog"] = None
    tier = found.meta("article:content_tier", "content_tier")
    wall = found.meta("paywall")
    if tier.lower() == "locked" or wall.lower() in {"true", "hard"}:
        flags["paywalled"] = None
    return tuple(flags)


def _claims(found: PageScan, described: Described, url: str | None) -> Iterator[Claim]:
    titles = _titles(found, described, url)
    headings = _headings(found)
    shown = (heading for heading, _ in headings)
    title, confidence = titles_.choose(titles, shown)
    headline = HeadlinePosition.of(
        found,
        _element(title, headings),
        day_first=not _month_first(found),
    )
    yield Claim("html", "title", title, confidence)
    yield from _declared_titles(found, described, titles)
    yield from byline.claims(found, headline)
    declared = [
        *json_ld_article.claims(described, url),
        *meta_tags.claims(found, url),
    ]
    sites = titles.sites | _publishers(found, titles)
    for claim in declared:
        yield _doubted(claim, sites)
    yield from _agencies(declared)
    yield from standfirst.claims(found, headline, title)
    yield from _dates(found, declared, headline, url)


def _publishers(found: PageScan, titles: Titles) -> set[str]:
    """Return the names of publishers, squashed."""
    names = titles_.last_parts(titles)
    names += [found.meta("publisher"), found.meta("copyright")]
    return set(map(titles_.squash, names))


def _element(
    title: str, headings: Iterable[tuple[Heading, HtmlElement]]
) -> HtmlElement | None:
    """Return the element that shows the headline."""
    known = titles_.words(title)
    for heading, element in headings:
        shown = titles_.words(heading.text[:_MAX_HEADING])
        if known in shown:
            return element
    return None


def _doubted(claim: Claim, sites: Container[str]) -> Claim:
    """Return a claim as it is, but doubt authors that are the site itself or the names of user accounts."""
    names = claim.value
    if claim.field != "authors" or not isinstance(names, list):
        return claim
    for name in names:
        if not _is_account(name, sites):
            return claim
    return claim._replace(confidence="low")


def _is_account(name: str, sites: Container[str]) -> bool:
    if titles_.squash(name) in sites:
        return True
    return _ACCOUNT.fullmatch(name) is not None


def _agencies(declared: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the agencies among the declared authors."""
    for source, field, value, _ in declared:
        if field != "authors" or not isinstance(value, list):
            continue
        for name in value:
            if name.lower() in AGENCIES:
                yield Claim(source, "agency", name)


def _dates(
    found: PageScan,
    declared: Iterable[Claim],
    headline: HeadlinePosition,
    url: str | None,
) -> Iterator[Claim]:
    """Yield the dates that a page shows; where none is sure, what can be guessed, and the day of its last change.

    `article:modified_time` is no guess at that day: where a page had nothing else, it never was the day.
    """
    shown = list(publication_date.claims(found, headline, url))
    yield from shown
    known = [*declared, *shown]
    if not _dated(known, "published", {"high", "medium"}):
        guesses = list(publication_date.guesses(found, headline))
        yield from guesses
        known += guesses
    if _dated(known, "published"):
        return
    changed = [claim for claim in known if claim.field == "modified"]
    if not _dated(changed, "modified"):
        yield from publication_date.searched(found.root, url)
    for claim in changed:
        if claim.source != "opengraph":
            yield claim._replace(field="published", confidence="low")


def _dated(
    claims: Iterable[Claim],
    field: str,
    confidences: Container[str] = metadata.CONFIDENCE,
) -> bool:
    """Tell whether one of some claims gives a usable date of a field."""
    for claim in claims:
        if claim.field != field or claim.confidence not in confidences:
            continue
        if metadata.fitting(claim.field, claim.value):
            return True
    return False


def _declared_titles(
    found: PageScan, described: Described, titles: Titles
) -> Iterator[Claim]:
    texts = {
        "json-ld": json_ld_article.title(described),
        "opengraph": found.meta("og:title"),
        "meta": found.meta(*meta_tags.TITLES[1:]) or found.title,
    }
    for source, text in texts.items():
        title = titles_.without_site(_cut(text), titles.sites)
        yield Claim(source, "title", title, "medium")


def _cut(title: str) -> str:
    """Return a declared title without entities, no longer than a headline."""
    return html.unescape(title)[: titles_.MAX_TITLE]


def _titles(found: PageScan, described: Described, url: str | None) -> Titles:
    article = json_ld_article.title(described)
    stated = [found.meta("og:title"), article]
    stated += map(found.meta, meta_tags.TITLES[1:])
    host = metadata.site_of(url) or ""
    names = [
        found.meta("og:site_name"),
        found.meta("application-name"),
        host,
        host.rpartition(".")[0],
        *described.sites[:_MAX_SITES],
    ]
    sites = (titles_.squash(html.unescape(name)) for name in names)
    return Titles(
        declared=list(filter(None, map(_cut, stated))),
        article=article[: titles_.MAX_TITLE],
        page=_cut(found.title),
        sites=frozenset(filter(None, sites)),
    )


def _headings(found: PageScan) -> list[tuple[Heading, HtmlElement]]:
    """Return the headings of a page, those of its own text first."""
    elements = sorted(found.heads, key=_is_lower)
    headings = [(_heading(each), each) for each in elements[:_MAX_HEADINGS]]
    headings.sort(key=_rank)
    return headings


def _is_lower(element: HtmlElement) -> bool:
    return bool(element.tag != "h1")


def _heading(element: HtmlElement) -> Heading:
    return Heading(element.tag, text_of(element), _in_crumbs(element))


def _rank(pair: tuple[Heading, HtmlElement]) -> tuple[str, bool]:
    heading, element = pair
    return heading.tag, elsewhere(element)


def _in_crumbs(heading: HtmlElement) -> bool:
    above = itertools.islice(heading.iterancestors(), _MAX_ABOVE)
    for element in (heading, *above):
        if element.tag == "nav":
            return True
        names = f"{element.get('class')} {element.get('id')}"
        if _CRUMBS.search(names.lower()):
            return True
    return False


def _month_first(found: PageScan) -> bool:
    """Tell whether the page is American: it writes 3/4/2025 for 4 March."""
    languages = (found.root.get("lang"), found.meta("og:locale"))
    for language in filter(None, languages):
        code = language.strip().lower()
        if code.startswith(_MONTH_FIRST):
            return True
    return False

"""Make claims from meta tags: OpenGraph, Dublin Core, and the vocabularies of search and analytics."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.html.metadata import person_names
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.html.metadata.scan import PageScan

TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "title",
    "headline", "cxenseparse:title",
)  # fmt: skip
_AUTHORS = (
    "author", "byl", "byline", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "article:author_name", "og:author", "authors", "creator", "cxenseparse:author",
    "vr:author", "cse-authors", "article.author", "mediator_author", "news_authors", "bt:author", "page.author", "xauthor",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "parsely-pub-date",
    "sailthru.date", "datepublished", "date_published", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date.created",
    "dcterms.created", "citation_publication_date", "citation_online_date", "publish-date", "publish_date", "publishdate",
    "publication_date", "pubdate", "published", "article_date_original", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "og:pubdate", "article.published", "originalpublicationdate", "displaydate", "rnews:datepublished", "vr:published_time", "ptime",
    "dc.date", "date", "created", "og:publish_date", "article:publish_date", "article:create_time", "bt:pubdate", "timestamp",
    "datecreated", "article.created", "release_date", "og:release_date", "pdate", "mediator_published_time", "publicationdate",
)  # fmt: skip
_DESCRIPTIONS = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
)
_TEXTS = (
    ("opengraph", "site", ("og:site_name",), "high"),
    (
        "meta",
        "site",
        ("application-name", "apple-mobile-web-app-title", "al:android:app_name"),
        "medium",
    ),
    (
        "meta",
        "publisher",
        (
            "publisher",
            "dc.publisher",
            "dcterms.publisher",
            "citation_publisher",
            "copyright",
        ),
        "medium",
    ),
    (
        "meta",
        "section",
        (
            "article:section",
            "og:article:section",
            "parsely-section",
            "section",
            "sailthru.section",
            "category",
        ),
        "high",
    ),
)
"""Names of the site, the publisher and the section: source, field, the tags in order, confidence."""
_LANGUAGES = ("content-language", "language", "dc.language", "dcterms.language")
_KEYWORDS = (
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
    "dc.subject",
)
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi"}
"""Language codes that ISO 639-1 has replaced."""
_VAGUE = frozenset({"date", "created", "timestamp", "dc.date"})
"""Names that can mean any day: often that of the visit."""
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "article:modified", "revised", "article.updated", "cxenseparse:lastmodified", "lastupdate", "modified",
    "article:updated_time", "update_time", "bt:moddate", "utime", "moddate",
)  # fmt: skip
_DATED = re.compile(
    r"(?:publi[a-z]{0,10}|updat[a-z]{0,3}|modif[a-z]{0,10}|creat[a-z]{0,4}|release)[-_.: ]?(?:date|time|at\b)|date[-_.: ]?(?:publi|updat|modif|creat)"
)
_CHANGED = re.compile("updat|modif")
_WRITTEN_BY = re.compile(
    r"written by|author|by|verfasst von|geschrieben von|autor|écrit par|escrito por|scritto da|geschreven door|skrevet af|skriven av|"
    r"autor:?|napisan\w*|yazan|автор|auteur", re.IGNORECASE,
)  # fmt: skip


def claims(found: PageScan, url: str | None) -> Iterator[Claim]:
    """Yield the claims of the meta tags, title and dates included as they are written."""
    for name in _DESCRIPTIONS:
        if text := found.meta(name):
            yield Claim(_source(name), "standfirst", html.unescape(text), "low")
    yield from _authors(found)
    yield from _dates(found)
    for source, field, names, confidence in _TEXTS:
        if text := found.meta(*names):
            yield Claim(source, field, html.unescape(text), confidence)
    yield from _tags(found)
    yield from _addresses(found, url)
    yield from _languages(found)


def _source(name: str) -> str:
    return "opengraph" if name.startswith(("og:", "article:")) else "meta"


def _authors(found: PageScan) -> Iterator[Claim]:
    for name in _AUTHORS:
        people = person_names.declared(found.metas.get(name, ()))
        if people:
            yield Claim(_source(name), "authors", people)
            break
    for number in ("1", "2"):
        label = found.meta(f"twitter:label{number}").strip()
        if _WRITTEN_BY.fullmatch(label):
            text = found.meta(f"twitter:data{number}")
            people = person_names.declared([text])
            yield Claim("meta", "authors", people, "medium")


def _dates(found: PageScan) -> Iterator[Claim]:
    yield from _listed_dates(found, "published", _PUBLISHED)
    yield from _listed_dates(found, "modified", _MODIFIED)
    for name, texts in found.metas.items():
        field = _field_of(name)
        if field:
            yield Claim("meta", field, texts[0], "medium")


def _listed_dates(found: PageScan, field: str, names: Iterable[str]) -> Iterator[Claim]:
    for name in names:
        texts = found.metas.get(name)
        if not texts:
            continue
        yield Claim(
            source=_source(name),
            field=field,
            value=texts[0],
            confidence="low" if name in _VAGUE else "high",
        )


@lru_cache(maxsize=1024)
def _field_of(name: str) -> str | None:
    """Return the date that a meta tag whose name is in no list gives by its name."""
    if name in _PUBLISHED or name in _MODIFIED:
        return None
    if not _DATED.search(name):
        return None
    return "modified" if _CHANGED.search(name) else "published"


def _tags(found: PageScan) -> Iterator[Claim]:
    tags = found.metas.get("article:tag") or found.metas.get("og:article:tag")
    if tags:
        yield Claim("opengraph", "tags", list(map(html.unescape, tags)))
    text = found.meta(*_KEYWORDS)
    if text:
        yield Claim("meta", "tags", html.unescape(text), "medium")


def _addresses(found: PageScan, url: str | None) -> Iterator[Claim]:
    for source, field, text in (
        ("html", "canonical_url", found.links.get("canonical")),
        ("opengraph", "canonical_url", found.meta("og:url")),
        (
            "opengraph",
            "image",
            found.meta("og:image", "og:image:url", "og:image:secure_url"),
        ),
        (
            "meta",
            "image",
            found.meta("twitter:image", "twitter:image:src", "thumbnail"),
        ),
        ("html", "image", found.links.get("image_src")),
    ):
        if text and (whole := absolute(text, url)):
            yield Claim(source, field, whole)


def absolute(address: str, url: str | None) -> str | None:
    """Return an address made absolute, None where it is no address of the web.

    >>> absolute("/a", "https://example.org/b"), absolute("javascript:void(0)", None)
    ('https://example.org/a', None)
    """
    try:
        whole = urljoin(url or "", address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc else None


def _languages(found: PageScan) -> Iterator[Claim]:
    root = found.root
    texts = {
        "html": root.get("lang") or root.get("xml:lang") or "",
        "opengraph": found.meta("og:locale"),
        "meta": found.meta(*_LANGUAGES),
    }
    for source, text in texts.items():
        code = language_code(text)
        if code:
            yield Claim(source, "language", code)


def language_code(text: str) -> str | None:
    """Return the ISO 639-1 code of a language tag, None where it has none.

    >>> language_code("pt_BR"), language_code("en-US, de"), language_code("English")
    ('pt', 'en', None)
    """
    found = re.match(r"\s*([A-Za-z]{2})(?:[-_,;\s]|$)", text)
    if not found:
        return None
    code = found[1].lower()
    return _OLD_CODES.get(code, code)

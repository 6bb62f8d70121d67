"""Claims from JSON-LD: the object that is this page's article, and what it says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.html.metadata import json_ld, person_names
from cleaner.html.metadata.meta_tags import absolute, language_code
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.html.metadata.json_ld import Node

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$|^(?:Article|Blog)")
_WORK = re.compile(
    r"(?:Recipe|HowTo|VideoObject|Episode|Course|Guide|CreativeWork|Event|Book|Dataset|PodcastEpisode|Game)$"
)
_PAGE = re.compile(r"(?:WebPage|ItemPage|AboutPage|FAQPage|CollectionPage)$")
_SITE = frozenset(
    {
        "WebSite",
        "Organization",
        "NewsMediaOrganization",
        "Corporation",
        "LocalBusiness",
        "Brand",
    }
)
_LIVE = "LiveBlogPosting"


class Objects(NamedTuple):
    """What the JSON-LD of a page holds, by what its types say."""

    articles: list[Node]
    works: list[Node]
    pages: list[Node]
    sites: list[Node]
    by_id: dict[str, Node]
    """Every object that has an `@id`, the fullest of each."""


class Described(NamedTuple):
    """What the JSON-LD of a page is about."""

    article: Node | None
    others: tuple[Node, ...]
    """Further objects about the same page: weaker."""
    sites: tuple[str, ...]
    """Names of the site and its publisher."""
    by_id: dict[str, Node]
    """Every object that has an `@id`, the fullest of each."""

    def resolve(self, value: object) -> object:
        """Return what a reference by `@id` points to, else the value itself."""
        if isinstance(value, dict) and "@id" in value and "name" not in value:
            return self.by_id.get(str(value["@id"]), value)
        return value


def objects(scripts: Iterable[str]) -> Objects:
    """Return what the scripts hold."""
    found = Objects([], [], [], [], {})
    for node, own in json_ld.nodes(scripts):
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(found.by_id.get(identity, ())):
            found.by_id[identity] = node
        types = json_ld.types(node)
        if not _SITE.isdisjoint(types):
            found.sites.append(node)
        for kind, nodes in (
            ((_ARTICLE, found.articles), (_WORK, found.works), (_PAGE, found.pages))
            if own
            else ()
        ):
            if any(map(kind.search, types)):
                nodes.append(node)
    return found


def describe(known: Objects, addresses: Sequence[str]) -> Described:
    """Return what a page's objects describe; `addresses` are the page's own, as given and as canonical."""
    article = _own(known.articles, addresses) or _own(known.works, addresses)
    labels = [
        json_ld.text(node.get(key))
        for node in known.sites
        for key in ("name", "alternateName")
    ]
    if article:
        labels.insert(0, json_ld.text(_first(known.by_id, article.get("publisher"))))
    every = (*known.articles, *known.works, *known.pages)
    others = tuple(known.pages) if article else every
    return Described(article, others, tuple(filter(None, labels)), known.by_id)


def _first(by_id: dict[str, Node], value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return (
        by_id.get(str(value.get("@id")), value)
        if isinstance(value, dict) and "name" not in value
        else value
    )


def _own(candidates: Sequence[Node], addresses: Sequence[str]) -> Node | None:
    """Return the object that names the page's address as its own, else the first that has a headline or an author."""
    wanted = {_bare(address) for address in addresses if address}
    for node in candidates:
        if wanted & {
            _bare(json_ld.text(node.get(key)))
            for key in ("url", "mainEntityOfPage", "@id")
        }:
            return node
    full = [
        node
        for node in candidates
        if node.get("headline") or node.get("author") or node.get("datePublished")
    ]
    return full[0] if full else None


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", address)


def title(described: Described) -> str:
    """Return the headline that the article declares."""
    node = described.article or {}
    return json_ld.text(node.get("headline")) or json_ld.text(node.get("name"))


def claims(described: Described, url: str | None) -> Iterator[Claim]:
    """Yield what the page's article says of itself, then what the page does."""
    if described.article:
        yield from _article(described, described.article, url)
    for node in described.others[:3]:
        for key, field in (
            ("datePublished", "published"),
            ("dateModified", "modified"),
        ):
            yield Claim("json-ld", field, json_ld.text(node.get(key)), "medium")
        if people := _people(described, node):
            yield Claim("json-ld", "authors", people, "medium")
        if code := language_code(json_ld.text(node.get("inLanguage"))):
            yield Claim("json-ld", "language", code, "medium")
    for site in described.sites[:1]:
        yield Claim("json-ld", "site", site, "medium")


def _article(described: Described, node: Node, url: str | None) -> Iterator[Claim]:
    for key, field in (
        ("datePublished", "published"),
        ("dateModified", "modified"),
        ("articleSection", "section"),
    ):
        yield Claim("json-ld", field, json_ld.text(node.get(key)))
    if not node.get("datePublished"):
        for key in ("dateCreated", "uploadDate"):
            yield Claim("json-ld", "published", json_ld.text(node.get(key)), "medium")
    yield Claim("json-ld", "authors", _people(described, node))
    yield Claim("json-ld", "standfirst", json_ld.text(node.get("description")), "low")
    yield Claim(
        "json-ld",
        "publisher",
        json_ld.text(_first(described.by_id, node.get("publisher"))),
    )
    if code := language_code(json_ld.text(node.get("inLanguage"))):
        yield Claim("json-ld", "language", code)
    if address := absolute(
        json_ld.text(_picture(described.resolve(node.get("image")))), url
    ):
        yield Claim("json-ld", "image", address)
    keywords = node.get("keywords")
    if isinstance(keywords, list):
        yield Claim(
            "json-ld",
            "tags",
            [text for each in keywords if (text := json_ld.text(each))],
        )
    elif keywords:
        yield Claim("json-ld", "tags", json_ld.text(keywords))


def _picture(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return (
        value.get("url") or value.get("contentUrl") or value.get("@id")
        if isinstance(value, dict)
        else value
    )


def _people(described: Described, node: Node) -> list[str]:
    """Return the authors of an object: persons and organisations by name, references resolved."""
    value = next(
        (node[key] for key in ("author", "creator", "contributor") if node.get(key)),
        None,
    )
    found: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        person = described.resolve(each)
        name = person.get("name") if isinstance(person, dict) else person
        found += [
            json_ld.text(part) for part in (name if isinstance(name, list) else [name])
        ]
    return person_names.declared(found)


def flags(known: Objects) -> Iterator[str]:
    """Yield `paywalled` and `live_blog` where the objects say so, wherever the page was fetched from."""
    described = describe(known, ())
    for node in filter(None, (described.article, *described.others)):
        free = node.get("isAccessibleForFree")
        if free is False or str(free).strip().lower() in {
            "false",
            "http://schema.org/false",
            "https://schema.org/false",
            "no",
        }:
            yield "paywalled"
        if _LIVE in json_ld.types(node):
            yield "live_blog"

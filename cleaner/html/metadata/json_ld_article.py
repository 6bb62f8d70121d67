"""Make claims from JSON-LD: find the object that is this page's article, and read its fields."""

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
_NOT_FREE = frozenset({
    "false", "http://schema.org/false", "https://schema.org/false", "no",
})  # fmt: skip
_MAX_OTHERS = 3
"""Further objects about the page that are read."""


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
    """Return the objects in the scripts."""
    found = Objects([], [], [], [], {})
    kinds = (
        (_ARTICLE, found.articles),
        (_WORK, found.works),
        (_PAGE, found.pages),
    )
    for node, own in json_ld.nodes(scripts):
        _note_identity(found.by_id, node)
        types = json_ld.types(node)
        if not _SITE.isdisjoint(types):
            found.sites.append(node)
        if not own:
            continue
        for kind, nodes in kinds:
            if any(map(kind.search, types)):
                nodes.append(node)
    return found


def _note_identity(by_id: dict[str, Node], node: Node) -> None:
    """Add an object to those with an `@id`, unless a fuller one is there."""
    identity = node.get("@id")
    if not isinstance(identity, str):
        return
    if len(node) > len(by_id.get(identity, ())):
        by_id[identity] = node


def describe(known: Objects, addresses: Sequence[str]) -> Described:
    """Return what a page's objects describe; `addresses` are the page's own, as given and as canonical."""
    article = _own(known.articles, addresses) or _own(known.works, addresses)
    others = known.pages
    labels = []
    if article:
        publisher = _first(known.by_id, article.get("publisher"))
        labels.append(json_ld.text(publisher))
    else:
        others = [*known.articles, *known.works, *known.pages]
    for node in known.sites:
        names = (node.get("name"), node.get("alternateName"))
        labels += map(json_ld.text, names)
    return Described(
        article=article,
        others=tuple(others),
        sites=tuple(filter(None, labels)),
        by_id=known.by_id,
    )


def _first(by_id: dict[str, Node], value: object) -> object:
    """Return the first of a list, or what a reference by `@id` points to."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict) or "name" in value:
        return value
    return by_id.get(str(value.get("@id")), value)


def _own(candidates: Sequence[Node], addresses: Sequence[str]) -> Node | None:
    """Return the object that names the page's address as its own, else the first that has a headline or an author."""
    own = {_bare(address) for address in addresses if address}
    for node in candidates:
        if not own.isdisjoint(_addresses(node)):
            return node
    for node in candidates:
        if node.get("headline") or node.get("author") or node.get("datePublished"):
            return node
    return None


def _addresses(node: Node) -> set[str]:
    """Return the addresses that an object names as its own."""
    values = (node.get(key) for key in ("url", "mainEntityOfPage", "@id"))
    return {_bare(json_ld.text(value)) for value in values}


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", address)


def title(described: Described) -> str:
    """Return the headline that the article declares."""
    node = described.article or {}
    return json_ld.text(node.get("headline")) or json_ld.text(node.get("name"))


def claims(described: Described, url: str | None) -> Iterator[Claim]:
    """Yield the claims of the page's article, then those of the page."""
    if described.article:
        yield from _article(described, described.article, url)
    for node in described.others[:_MAX_OTHERS]:
        yield _claim(node, "datePublished", "published", "medium")
        yield _claim(node, "dateModified", "modified", "medium")
        people = _people(described, node)
        if people:
            yield Claim("json-ld", "authors", people, "medium")
        code = _language(node)
        if code:
            yield Claim("json-ld", "language", code, "medium")
    for site in described.sites[:1]:
        yield Claim("json-ld", "site", site, "medium")


def _claim(node: Node, key: str, field: str, confidence: str = "high") -> Claim:
    """Return the claim of one property about a field."""
    return Claim("json-ld", field, json_ld.text(node.get(key)), confidence)


def _language(node: Node) -> str | None:
    return language_code(json_ld.text(node.get("inLanguage")))


def _article(described: Described, node: Node, url: str | None) -> Iterator[Claim]:
    yield _claim(node, "datePublished", "published")
    yield _claim(node, "dateModified", "modified")
    yield _claim(node, "articleSection", "section")
    if not node.get("datePublished"):
        yield _claim(node, "dateCreated", "published", "medium")
        yield _claim(node, "uploadDate", "published", "medium")
    yield Claim("json-ld", "authors", _people(described, node))
    yield _claim(node, "description", "standfirst", "low")
    publisher = _first(described.by_id, node.get("publisher"))
    yield Claim("json-ld", "publisher", json_ld.text(publisher))
    code = _language(node)
    if code:
        yield Claim("json-ld", "language", code)
    picture = _picture(described.resolve(node.get("image")))
    address = absolute(json_ld.text(picture), url)
    if address:
        yield Claim("json-ld", "image", address)
    yield from _tags(node.get("keywords"))


def _tags(keywords: object) -> Iterator[Claim]:
    if isinstance(keywords, list):
        tags = filter(None, map(json_ld.text, keywords))
        yield Claim("json-ld", "tags", list(tags))
    elif keywords:
        yield Claim("json-ld", "tags", json_ld.text(keywords))


def _picture(value: object) -> object:
    """Return the address of an image, or what holds it."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return value
    return value.get("url") or value.get("contentUrl") or value.get("@id")


def _people(described: Described, node: Node) -> list[str]:
    """Return the authors of an object: persons and organisations by name, references resolved."""
    value = node.get("author") or node.get("creator") or node.get("contributor")
    found: list[str] = []
    for each in _listed(value):
        name = described.resolve(each)
        if isinstance(name, dict):
            name = name.get("name")
        found += map(json_ld.text, _listed(name))
    return person_names.declared(found)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def flags(known: Objects) -> Iterator[str]:
    """Yield `paywalled` and `live_blog` where the objects have them, whatever address the page was fetched from."""
    described = describe(known, ())
    for node in (described.article, *described.others):
        if node is None:
            continue
        free = node.get("isAccessibleForFree")
        if free is False or str(free).strip().lower() in _NOT_FREE:
            yield "paywalled"
        if _LIVE in json_ld.types(node):
            yield "live_blog"

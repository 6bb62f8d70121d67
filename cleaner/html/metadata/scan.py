"""Scan a page for what its metadata is read from, by the index of its elements.

Nothing is decided here: declarations and elements are sorted by what they could be (a byline, a date, a lead …), in the
order of the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.html.class_stems import Stems
from cleaner.html.element_index import ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex

MAX_DECLARED = 4_000
"""Characters of one declaration (a meta tag, an attribute, a title) that are read."""
_MAX_MARKS = 300
"""Characters of classes and ids that are read: utility classes fill thousands."""
_MAX_METAS = 1_000
_MAX_EACH = 200
"""Elements of one kind that are kept: a page with more of them is an index of articles."""
_STEMS = {
    "byline": """author autor auteur byl by-line writer redakt redazion verfass journalist forfatter skribent reporter firma
        signature signatur kirjoittaja szerz contributor creator vcard escrito columnist""",
    "date": "date datum fecha time publi posted stamp veroeffentl erschien dato tanggal tarih data- -data",
    "lead": """lead lede standfirst chapo chapeau intro sous-titre subtitle subhead sub-title teaser summary dek deck vorspann
        ingress manchet entradilla bajada occhiello sommario perex anriss description abstract excerpt untertitel subtitulo
        soustitre""",
    "paywall": "paywall",
}
_KIND = {stem: kind for kind, stems in _STEMS.items() for stem in stems.split()}
_STEM = Stems(_KIND)
_ELSEWHERE = re.compile(
    r"comment(?!ary)|kommentar|related|sidebar|side-bar|footer|recommend|read-?more|more-(?:news|from|stories|posts|articles|on)|"
    r"most-?(?:read|popular|viewed)|popular|trending|newsletter|widget[-_]area|sidebar-widget|carousel|ticker|similar|weitere|latest|"
    r"recent|respond|promo|advert|(?:next|prev|previous)[-_]?(?:post|article|story)|navigation|navbar|\bnav\b|\bmenu\b|cookie|"
    r"(?:see|read)[-_]?also|also-read|teaser-?list"
)
_ELSEWHERE_STEMS = Stems((
    "comment", "kommentar", "related", "sidebar", "side-bar", "footer", "recommend", "read", "more-", "most", "popular", "trending",
    "newsletter", "widget", "carousel", "ticker", "similar", "weitere", "latest", "recent", "respond", "promo", "advert", "next",
    "prev", "nav", "menu", "cookie", "see", "also", "teaser",
))  # fmt: skip
"""One of these is in whatever `_ELSEWHERE` finds."""
_MORE_MARKS_IN_ORDER = ("rel", "itemprop", "data-testid")
"""Attributes other than class and id that mark an element."""
_MORE_MARKS = frozenset(_MORE_MARKS_IN_ORDER)
_MAX_NAMES = 4
"""Names of one `itemprop` that are read."""
_SILENT = frozenset({"meta", "link", "script", "style", "body", "html", "head"})
_WHOLE = frozenset({"html", "body", "main"})
_ROOMS = frozenset({"nav", "footer", "aside", "dialog"})


@dataclass(slots=True)
class PageScan:
    """What was found. Lists are in the order of the page."""

    elements: list[HtmlElement]
    """Every element of the page."""
    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Contents of meta tags by `property`, `name` or `http-equiv`, in lower case."""
    links: dict[str, str] = field(default_factory=dict)
    """The first `href` of each `rel` of a link."""
    scripts: list[str] = field(default_factory=list)
    """JSON-LD as it is written."""
    heads: list[HtmlElement] = field(default_factory=list)
    """`h1` and `h2`."""
    times: list[HtmlElement] = field(default_factory=list)
    marked: dict[str, list[HtmlElement]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Elements whose class, id, rel or itemprop says `byline`, `date`, `lead` or `paywall`."""
    props: list[tuple[str, HtmlElement]] = field(default_factory=list)
    """Microdata: each property with its element."""
    places: dict[HtmlElement, int] = field(default_factory=dict)
    """The place of each kept element in the order of the page."""

    @property
    def root(self) -> HtmlElement:
        """The page itself."""
        return self.elements[0]

    def meta(self, *names: str) -> str:
        """Return the first content of these meta tags that is not empty."""
        for name in names:
            for text in self.metas.get(name, ()):
                if text:
                    return text
        return ""


def scan(page: ElementIndex) -> PageScan:
    """Return what a page's metadata can be read from."""
    found = PageScan(page.elements)
    for tag, read in _READERS.items():
        for element in page.tagged(tag):
            read(found, element)
    found.heads = _kept(found, page.places(("h1", "h2")))
    found.times = _kept(found, page.places(("time",)))
    _mark(found, page)
    _read_microdata(found, page)
    return found


def _read_microdata(found: PageScan, page: ElementIndex) -> None:
    """Collect the properties of microdata, with the element of each."""
    looks = (look for look in page.looks if "itemprop" in look.names)
    for place in ordered(looks):
        element = page.elements[place]
        value = element.get("itemprop") or ""
        for name in value.split()[:_MAX_NAMES]:
            found.props.append((name, element))


def _kept(found: PageScan, places: Sequence[int]) -> list[HtmlElement]:
    """Return the first of some elements, and note their places."""
    kept = [found.elements[place] for place in places[:_MAX_EACH]]
    found.places.update(zip(kept, places, strict=False))
    return kept


def _mark(found: PageScan, page: ElementIndex) -> None:
    """Note which elements are marked as a byline, a date, a lead or a paywall."""
    marked: dict[str, list[int]] = defaultdict(list)
    for marks, places in _marks(page):
        for kind in _kinds(marks):
            marked[kind] += places
    for kind, places in marked.items():
        places.sort()
        found.marked[kind] = _kept(found, places)


def _marks(
    page: ElementIndex,
) -> Iterator[tuple[tuple[str | None, ...], Sequence[int]]]:
    """Yield what may mark some elements, and the places of these."""
    telling = page.marked(_STEM)
    for look in page.looks:
        if look.tag in _SILENT:
            continue
        own = (look.classes, look.identity)
        if not _MORE_MARKS.isdisjoint(look.names):
            for place in look.places:
                element = page.elements[place]
                more = (element.get(name) for name in _MORE_MARKS_IN_ORDER)
                yield (*own, *more), (place,)
        elif look.classes in telling or look.identity in telling:
            yield own, look.places


def _kinds(marks: Iterable[str | None]) -> set[str]:
    """Return what these marks call an element: `byline`, `date`, `lead`, `paywall`."""
    text = " ".join(filter(None, marks))[:_MAX_MARKS].lower()
    return {_KIND[stem] for stem in _STEM.find(text)}


def elsewhere(element: HtmlElement, around: Container[HtmlElement] = ()) -> bool:
    """Tell whether an element is in navigation, comments, sidebars or boxes of other stories.

    What is `around` the headline is the article's own box, whatever it is called.
    """
    each: HtmlElement | None = element
    while each is not None:
        tag = each.tag
        if each in around or tag in _WHOLE:
            return False
        if tag in _ROOMS or _off(each.get("class"), each.get("id")):
            return True
        each = each.getparent()
    return False


@lru_cache(maxsize=8192)
def _off(classes: str | None, identity: str | None) -> bool:
    """Tell whether class and id name a part of the page that is not the article."""
    names = f"{classes or ''} {identity or ''}"
    marks = names[:_MAX_MARKS].lower()
    if not _ELSEWHERE_STEMS.find(marks):
        return False
    return _ELSEWHERE.search(marks) is not None


def _meta(found: PageScan, element: HtmlElement) -> None:
    content = element.get("content") or ""
    text = " ".join(content[:MAX_DECLARED].split())
    if not text or len(found.metas) >= _MAX_METAS:
        return
    for attribute in ("property", "name", "http-equiv"):
        name = element.get(attribute)
        if name:
            key = name.strip().lower()
            found.metas[key].append(text)


def _link(found: PageScan, element: HtmlElement) -> None:
    target = (element.get("href") or "").strip()
    for rel in (element.get("rel") or "").lower().split():
        found.links.setdefault(rel, target[:MAX_DECLARED])


def _script(found: PageScan, element: HtmlElement) -> None:
    kind = (element.get("type") or "").lower()
    if "ld+json" in kind and element.text:
        found.scripts.append(element.text)


def _title(found: PageScan, element: HtmlElement) -> None:
    if found.title:
        return
    parent = element.getparent()
    if parent.tag != "head":
        return
    text = "".join(element.itertext())[:MAX_DECLARED]
    found.title = " ".join(text.split())


_READERS: dict[str, Callable[[PageScan, HtmlElement], None]] = {
    "meta": _meta, "link": _link, "script": _script, "title": _title,
}  # fmt: skip

"""What a page's metadata is read from, picked out of the index of its elements.

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
        """Return the content of the first of these meta tags that says anything."""
        return next(
            (text for name in names for text in self.metas.get(name, ()) if text), ""
        )


_BESIDE = frozenset({"rel", "itemprop", "data-testid"})
"""Attributes beside class and id that say what an element is for."""


def scan(page: ElementIndex) -> PageScan:
    """Return what a page's metadata can be read from."""
    found = PageScan(page.elements)
    _declare(found, page)
    found.heads = _kept(found, page.places(("h1", "h2")))
    found.times = _kept(found, page.places(("time",)))
    _mark(found, page)
    for place in ordered(look for look in page.looks if "itemprop" in look.names):
        element = page.elements[place]
        found.props += [
            (name, element) for name in (element.get("itemprop") or "").split()[:4]
        ]
    return found


def _declare(found: PageScan, page: ElementIndex) -> None:
    """Read what a page declares: its title, meta tags, links and scripts."""
    for tag, read in _READ.items():
        for element in page.tagged(tag):
            read(found, element)


def _kept(found: PageScan, places: Sequence[int]) -> list[HtmlElement]:
    """Return the first of some elements, and note where they stand."""
    kept = [found.elements[place] for place in places[:_MAX_EACH]]
    found.places.update(zip(kept, places, strict=False))
    return kept


def _mark(found: PageScan, page: ElementIndex) -> None:
    """Note which elements say that they hold a byline, a date, a lead or a paywall."""
    marked: dict[str, list[int]] = defaultdict(list)
    for marks, places in _marks(page):
        for kind in _kinds(marks):
            marked[kind] += places
    for kind, places in marked.items():
        found.marked[kind] = _kept(found, sorted(places))


def _marks(
    page: ElementIndex,
) -> Iterator[tuple[tuple[str | None, ...], Sequence[int]]]:
    """Yield what may say what some elements are for, and which elements these are."""
    telling = page.marked(_STEM)
    for look in page.looks:
        if look.tag in _SILENT:
            continue
        if not _BESIDE.isdisjoint(look.names):
            for place in look.places:
                get = page.elements[place].get
                yield (
                    (
                        look.classes,
                        look.identity,
                        get("rel"),
                        get("itemprop"),
                        get("data-testid"),
                    ),
                    (place,),
                )
        elif look.classes in telling or look.identity in telling:
            yield (look.classes, look.identity), look.places


def _kinds(marks: Iterable[str | None]) -> set[str]:
    """Return what these marks say that an element holds."""
    text = " ".join(filter(None, marks))[:_MAX_MARKS].lower()
    return {_KIND[stem] for stem in _STEM.find(text)}


def elsewhere(element: HtmlElement, around: Container[HtmlElement] = ()) -> bool:
    """Tell whether an element stands in navigation, comments, sidebars or boxes of other stories.

    What is `around` the headline is the article's own box, whatever it is called.
    """
    for each in (element, *element.iterancestors()):
        if each in around or each.tag in _WHOLE:
            return False
        if each.tag in _ROOMS or _off(each.get("class"), each.get("id")):
            return True
    return False


@lru_cache(maxsize=8192)
def _off(classes: str | None, identity: str | None) -> bool:
    marks = f"{classes or ''} {identity or ''}"[:_MAX_MARKS].lower()
    return bool(_ELSEWHERE_STEMS.find(marks)) and _ELSEWHERE.search(marks) is not None


def _meta(found: PageScan, element: HtmlElement) -> None:
    content = " ".join((element.get("content") or "")[:MAX_DECLARED].split())
    if not content or len(found.metas) >= _MAX_METAS:
        return
    for attribute in ("property", "name", "http-equiv"):
        if name := element.get(attribute):
            found.metas[name.strip().lower()].append(content)


def _link(found: PageScan, element: HtmlElement) -> None:
    for rel in (element.get("rel") or "").lower().split():
        found.links.setdefault(rel, (element.get("href") or "").strip()[:MAX_DECLARED])


def _script(found: PageScan, element: HtmlElement) -> None:
    if "ld+json" in (element.get("type") or "").lower() and element.text:
        found.scripts.append(element.text)


def _title(found: PageScan, element: HtmlElement) -> None:
    if not found.title and element.getparent().tag == "head":
        found.title = " ".join("".join(element.itertext())[:MAX_DECLARED].split())


_READ: dict[str, Callable[[PageScan, HtmlElement], None]] = {
    "meta": _meta, "link": _link, "script": _script, "title": _title,
}  # fmt: skip
_SILENT = frozenset({"meta", "link", "script", "style", "body", "html", "head"})

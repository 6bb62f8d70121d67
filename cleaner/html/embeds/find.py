"""What on a page could be an embedded post or player, from the index of its elements.

Frames and custom elements name their platform; quotations and boxes carry a widget's class, or look like a post and link to
one; some boxes are hollow, and the address that a script will fill them with stands in an attribute; a block that is nothing but
the address of a post was never filled. Placeholders are found by how they begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cleaner.html.embeds import notices, post
from cleaner.html.embeds.markup import (
    SCRIPTS,
    STEMS,
    address_of_id,
    class_mark,
    platform_of_tag,
)
from cleaner.html.embeds.platforms import Address, read_address

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex, Look

MAX_LINKS = 60
MAX_HOLLOW = 12
"""A box that a script will fill has no more elements."""
MEDIA_CHARS = 400
"""What a player says where it cannot play is no longer."""
ATTRIBUTE_CHARS = 20_000
CUT_CHARS = 60
"""Where an element's first text is shorter, markup may have cut a phrase in two."""
STRONG, WEAK, NOTICE = range(3)
"""How sure a find is: the markup names a post or a player; it looks like a post's box; a placeholder or a player's words."""
FRAMES = frozenset({"iframe", "embed", "object", "amp-iframe", "frame", "oembed"})
MEDIA = frozenset({"video", "audio", "canvas"})
PICTURES = frozenset({"img", "picture", "video", "iframe", "amp-img"})

_FURNITURE = frozenset({"nav", "footer", "dialog"})
_INLINE = frozenset(
    {"span", "strong", "small", "label", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_BOXES = (
    frozenset(
        {
            "div",
            "p",
            "section",
            "figure",
            "a",
            "center",
            "figcaption",
            "dd",
            "dt",
            "article",
            "aside",
        }
    )
    | _INLINE
)
_BARE = frozenset({"p", "div", "figure", "span", "a"})
_NEVER = frozenset({
    "html", "head", "body", "meta", "link", "title", "style", "br", "hr", "img", "source", "path", "g", "use", "svg", "rect", "circle",
    "option", "select", "input", "ul", "ol", "li", "tr", "td", "th", "tbody", "thead", "i", "em", "b", "sup", "sub", "time", "footer",
    "header", "nav", "main", "form",
})  # fmt: skip
"""Elements that are never a widget's outermost one."""
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>&\\]{4,500}")
_LEGAL = re.compile(
    r"privacy|datenschutz|terms|policy|policies|legal|impressum|cookie|consent",
    re.IGNORECASE,
)


class Find(NamedTuple):
    """Something that could be a widget."""

    kind: int
    place: int
    """In the order of the page."""
    element: HtmlElement
    platform: str | None = None
    address: Address | None = None


def finds(page: ElementIndex) -> Iterator[Find]:
    """Yield what could be a widget, in the order of the page. Of most elements only the look and the first words are read."""
    candidates = [*_by_look(page), *_by_words(page)]
    for place, readers in groupby(
        sorted(candidates, key=itemgetter(0)), key=itemgetter(0)
    ):
        element = page.elements[place]
        find = next(
            (find for _, read in readers if (find := read(place, element))), None
        )
        if find and not _is_elsewhere(element):
            yield find


def _by_look(page: ElementIndex) -> Iterator[tuple[int, _Reader]]:
    """Yield the places of the elements whose tag or class could be a widget's, with what reads them."""
    telling = page.marked(STEMS)
    for look in page.looks:
        if look.tag not in _NEVER and (read := _reader(look, telling)):
            for place in look.places:
                yield place, read


def _reader(look: Look, telling: Container[str]) -> _Reader | None:
    """Return what reads the elements of a look, None where they are no widgets."""
    tag = look.tag
    if read := _READERS.get(tag):
        return read
    if tag == "script":
        return None if _SCRIPT_NAMES.isdisjoint(look.names) else _script
    if "-" in tag and platform_of_tag(tag):
        return _custom
    return (
        _marked if look.classes in telling and class_mark(look.classes or "") else None
    )


def _by_words(page: ElementIndex) -> Iterator[tuple[int, _Reader]]:
    """Yield the places of the boxes whose text could begin a placeholder, or could be an address."""
    may_begin, elements = notices.may_begin, page.elements
    for look in page.looks:
        if look.tag in _BOXES:
            for place in look.places:
                if (text := elements[place].text) and may_begin(text):
                    yield place, _worded


def _is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether an element stands in the page's furniture; an aside is the article's where it stands in one."""
    tags = [each.tag for each in element.iterancestors()]
    return any(tag in _FURNITURE for tag in tags) or (
        "aside" in tags and "article" not in tags
    )


def _media(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a player with something in it: what it says where it cannot play."""
    return Find(NOTICE, place, element) if len(element) else None


def _frame(place: int, element: HtmlElement) -> Find | None:
    address = own_address(element, frame=True)
    if (
        address is None
        and (element.get("id") or "").startswith("datawrapper-chart")
        and (source := element.get("src"))
    ):
        address = Address(
            "datawrapper", source, is_post=False
        )  # publishers serve charts from hosts of their own
    return Find(STRONG, place, element, address.platform, address) if address else None


def _custom(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a custom element: `amp-youtube`, `lite-vimeo`, and so on."""
    platform = platform_of_tag(element.tag)
    address = own_address(element, frame=True) or (
        address_of_id(platform, element.attrib) if platform else None
    )
    return (
        Find(STRONG, place, element, address.platform, address)
        if platform and address
        else _marked(place, element)
    )


def _script(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a script that writes a post where it stands."""
    for source, name, base in SCRIPTS:
        if source in (element.get("src") or "") and (value := element.get(name)):
            address = read_address(base + value)
            return (
                Find(STRONG, place, element, address.platform, address)
                if address
                else None
            )
    return None


def _quotation(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a quotation: marked as a widget, or signed with an account beside a link to the post."""
    mark = class_mark(element.get("class") or "")
    platform = None if mark in {"?", "~"} else mark
    address = own_address(element) or _last_post(element)
    if platform == "wordpress":
        address = _first_link(element)
    if platform or (address and own_address(element)):
        return Find(
            STRONG,
            place,
            element,
            platform or (address.platform if address else None),
            address,
        )
    if address is None:
        return None
    lines = post.lines_of(element)
    is_post = lines is not None and (
        not lines or post.sign(lines).handle or _is_address("".join(lines))
    )
    return Find(STRONG, place, element, address.platform, address) if is_post else None


def _marked(place: int, element: HtmlElement) -> Find | None:
    """Return the find of an element with a widget's class, or with one that looks like a post's."""
    mark = class_mark(element.get("class") or "")
    if mark is None or (mark in {"?", "~"} and element.tag == "a"):
        return None
    if mark == "~" or (mark == "?" and element.tag in _INLINE):
        address = address_within(element, links=False) if _is_hollow(element) else None
        return (
            Find(STRONG, place, element, address.platform, address) if address else None
        )
    if mark == "?":
        address = own_address(element) or _last_post(element)
        return (
            Find(WEAK, place, element, address.platform, address) if address else None
        )
    address = (
        own_address(element, frame=True)
        or address_of_id(mark, element.attrib)
        or _last_post(element)
    )
    return Find(STRONG, place, element, mark, address) if address else None


def _is_hollow(element: HtmlElement) -> bool:
    """Tell whether a box shows nothing before a script has filled it."""
    inside = list(islice(element.iter("*"), MAX_HOLLOW + 1))
    if len(inside) > MAX_HOLLOW or any(each.tag in PICTURES for each in inside):
        return False
    return post.lines_of(element, MEDIA_CHARS) == ()


def _worded(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a block that is a bare address, or that begins a placeholder."""
    text = element.text or ""
    if text.lstrip()[:4] == "http":
        address = read_address(text) if element.tag in _BARE else None
        if address is None:
            return None
        block = element.getparent() if element.tag == "a" else element
        is_alone = block is not None and _is_address(
            "".join(post.lines_of(block) or ("",))
        )
        return (
            Find(WEAK, place, block, address.platform, address)
            if is_alone and address.is_post
            else None
        )
    is_cut = len(text) < CUT_CHARS and len(element) > 0
    return (
        Find(NOTICE, place, element)
        if is_cut or notices.begins_a_notice(text)
        else None
    )


def _is_address(text: str) -> bool:
    return " " not in text.strip() and text.strip().startswith("http")


def own_address(element: HtmlElement, *, frame: bool = False) -> Address | None:
    """Return the address of a post or a player that an element's attributes give."""
    for value in element.attrib.values():
        if "//" in value[:12]:
            address = read_address(value)
            if address and (frame or address.is_post):
                return address
    return None


def _first_link(element: HtmlElement) -> Address | None:
    """Return where the card of a WordPress page leads."""
    link = next(element.iter("a"), None)
    target = (link.get("href") or "") if link is not None else ""
    return Address("wordpress", target) if target.startswith("http") else None


def _last_post(element: HtmlElement) -> Address | None:
    """Return the address of the last post to which an element links: the one in the signature."""
    links = islice(element.iter("a"), MAX_LINKS)
    found = (read_address(link.get("href") or "") for link in links)
    return next(
        (address for address in reversed(list(found)) if address and address.is_post),
        None,
    )


def address_within(box: HtmlElement, *, links: bool = True) -> Address | None:
    """Return what a placeholder stands for, from the attributes in it: scripts find it there, plain or in JSON."""
    attributes = (
        pair
        for each in islice(box.iter("*"), MAX_LINKS)
        for pair in each.attrib.items()
    )
    values = (
        value[:ATTRIBUTE_CHARS]
        for name, value in attributes
        if "//" in value and (links or name.startswith("data"))
    )
    texts = islice(
        (text for value in values for text in _ADDRESS.findall(value)), MAX_LINKS
    )
    found = (read_address(text) for text in texts if not _LEGAL.search(text))
    return next((address for address in found if address), None)


_Reader = Callable[[int, "HtmlElement"], Find | None]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(FRAMES, _frame),
    **dict.fromkeys(MEDIA, _media),
    "blockquote": _quotation,
}
"""What reads elements whatever their class."""
_SCRIPT_NAMES = frozenset(name for _, name, _ in SCRIPTS)

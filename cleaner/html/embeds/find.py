"""Find what on a page could be an embedded post or player, from the index of its elements.

Frames and custom elements name their platform; quotations and boxes carry a widget's class, or look like a post and link to
one; some boxes are empty placeholders, and the address that a script will fill them with is in an attribute; a block that is
nothing but the address of a post was never filled. Notices about consent are found by how they begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cleaner.html.embeds import notices, post
from cleaner.html.embeds.markup import (
    LOOKS_LIKE_A_POST,
    NAMES_A_PLATFORM,
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
MAX_EMPTY = 12
"""A box that a script will fill has no more elements."""
MEDIA_CHARS = 400
"""The text of a player for browsers that cannot play is no longer."""
ATTRIBUTE_CHARS = 20_000
CUT_CHARS = 60
"""Where an element's first text is shorter, markup may have cut a phrase in two."""
STRONG, WEAK, NOTICE = range(3)
"""How sure a find is: the markup names a post or a player; it looks like a post's box; a notice or a player's own text."""
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


_Recogniser = Callable[[int, "HtmlElement"], Find | None]
_Candidate = tuple[int, _Recogniser]
_PLACE = itemgetter(0)
_VAGUE_MARKS = frozenset({LOOKS_LIKE_A_POST, NAMES_A_PLATFORM})


def finds(page: ElementIndex) -> Iterator[Find]:
    """Yield what could be a widget, in the order of the page. Of most elements only the look and the first words are read."""
    candidates = [*_by_look(page), *_by_words(page)]
    candidates.sort(key=_PLACE)
    for place, group in groupby(candidates, key=_PLACE):
        element = page.elements[place]
        for _, recognise in group:
            find = recognise(place, element)
            if find:
                break
        else:
            continue
        if not _is_elsewhere(element):
            yield find


def _by_look(page: ElementIndex) -> Iterator[_Candidate]:
    """Yield the places of the elements whose tag or class could be a widget's, with what recognises them."""
    telling = page.marked(STEMS)
    for look in page.looks:
        if look.tag in _NEVER:
            continue
        recognise = _recogniser(look, telling)
        if recognise:
            for place in look.places:
                yield place, recognise


def _recogniser(look: Look, telling: Container[str]) -> _Recogniser | None:
    """Return what recognises widgets among the elements of a look, None where none can be one."""
    tag = look.tag
    if tag in _RECOGNISERS:
        return _RECOGNISERS[tag]
    if tag == "script":
        return None if _SCRIPT_NAMES.isdisjoint(look.names) else _script
    if "-" in tag and platform_of_tag(tag):
        return _custom
    if look.classes in telling and class_mark(look.classes or ""):
        return _by_class
    return None


def _by_words(page: ElementIndex) -> Iterator[_Candidate]:
    """Yield the places of the boxes whose text could begin a notice, or could be an address."""
    may_begin = notices.may_begin
    elements = page.elements
    for look in page.looks:
        if look.tag not in _BOXES:
            continue
        for place in look.places:
            text = elements[place].text
            if text and may_begin(text):
                yield place, _by_text


def _is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether an element is in the page's furniture; an aside is the article's where it is inside one."""
    tags = {each.tag for each in element.iterancestors()}
    if not _FURNITURE.isdisjoint(tags):
        return True
    return "aside" in tags and "article" not in tags


def _found(
    kind: int,
    place: int,
    element: HtmlElement,
    address: Address | None,
    platform: str | None = None,
) -> Find | None:
    """Return the find of a widget with an address, None without one."""
    if address is None:
        return None
    return Find(kind, place, element, platform or address.platform, address)


def _media(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a player with something in it: its text for browsers that cannot play."""
    return Find(NOTICE, place, element) if len(element) else None


def _frame(place: int, element: HtmlElement) -> Find | None:
    address = own_address(element, frame=True)
    if address is None:
        address = _own_chart(element)
    return _found(STRONG, place, element, address)


def _own_chart(element: HtmlElement) -> Address | None:
    """Return the address of a chart that a publisher serves from a host of its own."""
    source = element.get("src")
    identity = element.get("id") or ""
    if not source or not identity.startswith("datawrapper-chart"):
        return None
    return Address("datawrapper", source, is_post=False)


def _custom(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a custom element: `amp-youtube`, `lite-vimeo`, and so on."""
    platform = platform_of_tag(element.tag)
    if not platform:
        return _by_class(place, element)
    address = own_address(element, frame=True)
    if address is None:
        address = address_of_id(platform, element.attrib)
    if address is None:
        return _by_class(place, element)
    return _found(STRONG, place, element, address)


def _script(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a script that writes a post where it is."""
    own_source = element.get("src") or ""
    for source, name, base in SCRIPTS:
        value = element.get(name)
        if value and source in own_source:
            address = read_address(base + value)
            return _found(STRONG, place, element, address)
    return None


def _quotation(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a quotation: marked as a widget, or signed with an account next to a link to the post."""
    mark = class_mark(element.get("class") or "")
    platform = None if mark in _VAGUE_MARKS else mark
    own = own_address(element)
    address = own or _last_post(element)
    if platform == "wordpress":
        address = _first_link(element)
    if platform:
        return Find(STRONG, place, element, platform, address)
    if own or (address and _is_signed(element)):
        return _found(STRONG, place, element, address)
    return None


def _is_signed(element: HtmlElement) -> bool:
    """Tell whether a quotation is printed as a post is: signed with an account, or nothing but its address."""
    lines = post.lines_of(element)
    if lines is None:
        return False
    if not lines or post.sign(lines).handle:
        return True
    return _is_address("".join(lines))


def _by_class(place: int, element: HtmlElement) -> Find | None:
    """Return the find of an element with a widget's class, or with one that looks like a post's."""
    mark = class_mark(element.get("class") or "")
    if mark is None:
        return None
    if mark not in _VAGUE_MARKS:
        address = (
            own_address(element, frame=True)
            or address_of_id(mark, element.attrib)
            or _last_post(element)
        )
        return _found(STRONG, place, element, address, mark)
    if element.tag == "a":
        return None
    if mark == LOOKS_LIKE_A_POST and element.tag not in _INLINE:
        address = own_address(element) or _last_post(element)
        return _found(WEAK, place, element, address)
    if not _is_empty_placeholder(element):
        return None
    address = address_within(element, links=False)
    return _found(STRONG, place, element, address)


def _is_empty_placeholder(element: HtmlElement) -> bool:
    """Tell whether a box shows nothing before a script has filled it."""
    inside = list(islice(element.iter("*"), MAX_EMPTY + 1))
    if len(inside) > MAX_EMPTY:
        return False
    if any(each.tag in PICTURES for each in inside):
        return False
    lines = post.lines_of(element, MEDIA_CHARS)
    return lines == ()


def _by_text(place: int, element: HtmlElement) -> Find | None:
    """Return the find of a block that is a bare address, or that begins a notice."""
    text = element.text or ""
    if text.lstrip().startswith("http"):
        return _bare_address(place, element, text)
    is_cut = len(text) < CUT_CHARS and len(element) > 0
    if is_cut or notices.begins_a_notice(text):
        return Find(NOTICE, place, element)
    return None


def _bare_address(place: int, element: HtmlElement, text: str) -> Find | None:
    """Return the find of a block that is nothing but the address of a post."""
    if element.tag not in _BARE:
        return None
    address = read_address(text)
    if address is None or not address.is_post:
        return None
    block = element.getparent() if element.tag == "a" else element
    if block is None:
        return None
    lines = post.lines_of(block) or ()
    if not _is_address("".join(lines)):
        return None
    return _found(WEAK, place, block, address)


def _is_address(text: str) -> bool:
    bare = text.strip()
    return " " not in bare and bare.startswith("http")


def own_address(element: HtmlElement, *, frame: bool = False) -> Address | None:
    """Return the address of a post or a player in an element's attributes."""
    for value in element.attrib.values():
        if "//" not in value[:12]:
            continue
        address = read_address(value)
        if address and (frame or address.is_post):
            return address
    return None


def _first_link(element: HtmlElement) -> Address | None:
    """Return where the card of a WordPress page leads."""
    link = next(element.iter("a"), None)
    if link is None:
        return None
    target = link.get("href") or ""
    return Address("wordpress", target) if target.startswith("http") else None


def _last_post(element: HtmlElement) -> Address | None:
    """Return the address of the last post to which an element links: the one in the signature."""
    last = None
    for link in islice(element.iter("a"), MAX_LINKS):
        address = read_address(link.get("href") or "")
        if address and address.is_post:
            last = address
    return last


def address_within(box: HtmlElement, *, links: bool = True) -> Address | None:
    """Return the address of a placeholder's post, from the attributes in it: scripts find it there, plain or in JSON."""
    for text in islice(_addresses_within(box, links=links), MAX_LINKS):
        if _LEGAL.search(text):
            continue
        address = read_address(text)
        if address:
            return address
    return None


def _addresses_within(box: HtmlElement, *, links: bool) -> Iterator[str]:
    """Yield the addresses in the attributes of a box; without `links` only those in `data-…`."""
    for element in islice(box.iter("*"), MAX_LINKS):
        for name, value in element.attrib.items():
            is_read = links or name.startswith("data")
            if is_read and "//" in value:
                yield from _ADDRESS.findall(value[:ATTRIBUTE_CHARS])


_RECOGNISERS: dict[str, _Recogniser] = {
    **dict.fromkeys(FRAMES, _frame),
    **dict.fromkeys(MEDIA, _media),
    "blockquote": _quotation,
}
"""What recognises widgets by their tag, whatever their class."""
_SCRIPT_NAMES = frozenset(name for _, name, _ in SCRIPTS)

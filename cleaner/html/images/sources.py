"""Choose the file of an image: the largest of those in its markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

SET_CHARS = 20_000
"""Characters of a list of sources that are read."""
ADDRESS_CHARS = 2_000

_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_SINGLE = (
    "data-orig-file", "data-large-file", "data-full-src", "data-hi-res-src", "data-src-large", "data-original", "data-img-url",
    "data-lazy-src", "data-src", "data-cfsrc", "data-image", "data-url", "src",
)  # fmt: skip
_HOLDERS = frozenset({"picture", "source"})
"""What an image may be in; `source` is void, but not to every parser."""
_DESCRIPTOR = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])")
_TEMPLATE = re.compile(r"[{}\[\]]|%7B|%5B", re.IGNORECASE)


def best_source(image: HtmlElement) -> str | None:
    """Return the address of an image's largest file, None where it has none (data in place, a template)."""
    widest = max(_offers(image), default=None)
    if widest is not None:
        return widest[1]
    for name in _SINGLE:
        address = _address(image.get(name))
        if address:
            return address
    return None


def _offers(image: HtmlElement) -> Iterator[tuple[float, str]]:
    """Yield width (or density) and address of each file in the lists of an image and of its `picture`."""
    sources = [image]
    parent = image.getparent()
    while parent is not None and parent.tag in _HOLDERS:
        for each in parent.iter("source"):
            if each not in sources:
                sources.append(each)
        parent = parent.getparent()
    for each in sources:
        for name in _SETS:
            value = each.get(name)
            if value:
                yield from parse_srcset(value)


def parse_srcset(value: str) -> list[tuple[float, str]]:
    """Return width or density and address of each file in a `srcset`; files without either are left out.

    >>> parse_srcset("a.jpg?x=1,2 640w, b.jpg 1280w"), parse_srcset("small.jpg, big.jpg 2x")
    ([(640.0, 'a.jpg?x=1,2'), (1280.0, 'b.jpg')], [(2.0, 'big.jpg')])
    """
    found: list[tuple[float, str]] = []
    address: str | None = None
    for word in value[:SET_CHARS].split():
        size = _DESCRIPTOR.fullmatch(word.rstrip(","))
        if size and address:
            width = float(size[1])
            found.append((width, address))
            address = None
        elif not word.endswith(","):
            address = _address(word)
    return found


def _address(value: str | None) -> str | None:
    """Return the address of a file, None for data in place and templates."""
    text = (value or "").strip()
    if not text or len(text) > ADDRESS_CHARS:
        return None
    if text.startswith(("data:", "blob:", "about:")):
        return None
    return None if _TEMPLATE.search(text) else text

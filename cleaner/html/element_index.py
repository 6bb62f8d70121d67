"""The elements of a page by what they are: one walk, from which metadata, selectors, posts and images are read.

Most of a page's elements look like others of it: nine hundred have some 270 looks. What tag, class and id decide is decided
once for each look, and only the elements of the looks that matter are touched again.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement


class Look(NamedTuple):
    """What elements have in common that have the same tag, class and id, and other attributes of the same names."""

    tag: str
    classes: str | None
    identity: str | None
    names: tuple[str, ...]
    """The names of all their attributes."""
    places: Sequence[int]
    """Which elements look so, in the order of the page."""


class ElementIndex:
    """The elements of a page, and their looks. It holds the elements: as long as it lives, lxml need not make them again.

    Whoever takes elements out of the tree calls `renew`.
    """

    __slots__ = ("_by_tag", "elements", "looks", "root")

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.renew()

    def renew(self) -> None:
        """Read the tree, again where it has changed."""
        self.elements: list[HtmlElement] = list(self.root.iter("*"))
        found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for place, element in enumerate(self.elements):
            get = element.get
            found[element.tag, get("class"), get("id"), *element.keys()].append(place)
        self.looks = [Look(*look[:3], look[3:], places) for look, places in found.items()]
        self._by_tag: dict[str, list[Look]] = defaultdict(list)
        for each in self.looks:
            self._by_tag[each.tag].append(each)

    def places(self, tags: Iterable[str]) -> list[int]:
        """Return the places of the elements with one of these tags, in the order of the page."""
        return ordered(each for tag in tags for each in self._by_tag.get(tag, ()))

    def tagged(self, *tags: str) -> list[HtmlElement]:
        """Return the elements with one of these tags, in the order of the page."""
        return [self.elements[place] for place in self.places(tags)]


def ordered(looks: Iterable[Look]) -> list[int]:
    """Return the places of the elements that look so, in the order of the page."""
    return sorted(chain.from_iterable(look.places for look in looks))

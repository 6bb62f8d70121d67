"""The elements of a page by what they are: one walk, from which metadata, selectors, posts and images are read.

Most of a page's elements look like others of it: nine hundred have some 270 looks. What tag, class and id decide is decided
once for each look, and only the elements of the looks that matter are touched again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.class_stems import Stems


_CLASS_ONLY = ["class"]


class Look(NamedTuple):
    """What elements have in common that have the same tag, class and id, and other attributes of the same names."""

    tag: str
    classes: str | None
    identity: str | None
    names: tuple[str, ...]
    """The names of all their attributes."""
    places: Sequence[int]
    """Which elements look so, in the order of the page."""


def _look(element: HtmlElement) -> tuple[Any, ...]:
    """Return an element's tag, class, id and the names of its attributes. Each question costs: many have only a class."""
    names = element.keys()
    if not names:
        return element.tag, None, None
    if names == _CLASS_ONLY:
        return element.tag, element.get("class"), None, "class"
    if "class" in names or "id" in names:
        return element.tag, element.get("class"), element.get("id"), *names
    return element.tag, None, None, *names


class ElementIndex:
    """The elements of a page, and their looks. It holds the elements: as long as it lives, lxml need not make them again.

    Whoever changes the tree calls `renew`, or `forget` where he only took elements out.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.renew()

    def renew(self) -> None:
        """Read the tree, again where it has changed."""
        self.elements: list[HtmlElement] = list(self.root.iter("*"))
        found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for place, element in enumerate(self.elements):
            found[_look(element)].append(place)
        self._set(
            [
                Look(look[0], look[1], look[2], look[3:], places)
                for look, places in found.items()
            ]
        )

    def forget(self) -> None:
        """Leave out what is no longer in the tree; the others keep their places."""
        here = set(self.root.iter("*"))
        gone = {
            place for place, element in enumerate(self.elements) if element not in here
        }
        left = [
            look
            if gone.isdisjoint(look.places)
            else look._replace(
                places=[each for each in look.places if each not in gone]
            )
            for look in self.looks
        ]
        self._set([look for look in left if look.places])

    def _set(self, looks: list[Look]) -> None:
        self.looks = looks
        self._by_tag: dict[str, list[Look]] = defaultdict(list)
        for each in looks:
            self._by_tag[each.tag].append(each)

    @cached_property
    def _marks(self) -> _Marks:
        return _Marks(
            [
                text
                for look in self.looks
                for text in (look.classes, look.identity)
                if text
            ]
        )

    def marked(self, stems: Stems) -> set[str]:
        """Return those classes and ids that may hold a stem in either case: they do, or are not all ASCII."""
        return self._marks.holding(stems)

    def places(self, tags: Iterable[str]) -> list[int]:
        """Return the places of the elements with one of these tags, in the order of the page."""
        return ordered(each for tag in tags for each in self._by_tag.get(tag, ()))

    def tagged(self, *tags: str) -> list[HtmlElement]:
        """Return the elements with one of these tags, in the order of the page."""
        return [self.elements[place] for place in self.places(tags)]


def ordered(looks: Iterable[Look]) -> list[int]:
    """Return the places of the elements that look so, in the order of the page."""
    return sorted(chain.from_iterable(look.places for look in looks))


class _Marks:
    """The classes and ids of a page, to be searched all at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(dict.fromkeys(texts))
        lower = [text.lower() for text in self._texts]
        self._lower = "\n".join(lower)
        self._ends = list(accumulate(len(text) + 1 for text in lower))
        self._foreign = {text for text in self._texts if not text.isascii()}

    def holding(self, stems: Stems) -> set[str]:
        """Return the texts that hold a stem; none of these has a line end in it."""
        return self._foreign | {
            self._texts[bisect_right(self._ends, start)]
            for start in stems.starts(self._lower)
        }

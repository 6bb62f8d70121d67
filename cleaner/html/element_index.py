"""Index the elements of a page by their looks: one walk, from which metadata, selectors, posts and images are read.

Most of a page's elements look like others of it: nine hundred have some 270 looks. What tag, class and id decide is decided
once for each look, and only the elements of the looks that matter are read again.
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
    """Return an element's tag, class, id and the names of its attributes. Each call of lxml costs: many have only a class."""
    tag = element.tag
    names = element.keys()
    if not names:
        return tag, None, None
    if names == _CLASS_ONLY:
        return tag, element.get("class"), None, "class"
    if "class" in names or "id" in names:
        return tag, element.get("class"), element.get("id"), *names
    return tag, None, None, *names


class ElementIndex:
    """The elements of a page, and their looks. It holds the elements: as long as it lives, lxml need not make them again.

    Call `renew` after changes of the tree, or `forget` where elements were only taken out.
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
        looks = []
        for (tag, classes, identity, *names), places in found.items():
            looks.append(Look(tag, classes, identity, tuple(names), places))
        self._set(looks)

    def forget(self) -> None:
        """Leave out what is no longer in the tree; the others keep their places."""
        here = set(self.root.iter("*"))
        gone = {
            place for place, element in enumerate(self.elements) if element not in here
        }
        looks = []
        for look in self.looks:
            if gone.isdisjoint(look.places):
                looks.append(look)
                continue
            left = [place for place in look.places if place not in gone]
            if left:
                looks.append(look._replace(places=left))
        self._set(looks)

    def _set(self, looks: list[Look]) -> None:
        self.looks = looks
        self._by_tag: dict[str, list[Look]] = defaultdict(list)
        for look in looks:
            self._by_tag[look.tag].append(look)

    @cached_property
    def _marks(self) -> _Marks:
        texts: dict[str, None] = {}
        for look in self.looks:
            for text in (look.classes, look.identity):
                if text:
                    texts[text] = None
        return _Marks(list(texts))

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

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._foreign = {text for text in texts if not text.isascii()}
        lower = [text.lower() for text in texts]
        lengths = (len(text) + 1 for text in lower)
        self._ends = list(accumulate(lengths))
        self._lower = "\n".join(lower)

    def holding(self, stems: Stems) -> set[str]:
        """Return the texts that hold a stem; none of these has a line end in it."""
        found = set(self._foreign)
        for start in stems.starts(self._lower):
            number = bisect_right(self._ends, start)
            found.add(self._texts[number])
        return found

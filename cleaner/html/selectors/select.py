"""Many selectors against one page: an index finds who may fit, instead of a sweep for each.

Selectors are tried on the looks of a page, not on its elements; only what a look cannot tell is asked of an element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.html.selectors.index import Entry, SelectorIndex
from cleaner.html.selectors.match import Answers
from cleaner.html.selectors.parser import Complex, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex
    from cleaner.html.selectors.index import IndexHit
    from cleaner.html.selectors.parser import Held


class Found(NamedTuple):
    """An element that selectors pick, and the numbers of those selectors, in order."""

    element: HtmlElement
    numbers: tuple[int, ...]


class Selectors:
    """Selectors that are compiled together. Raise SelectorError where a text is none.

    Safe in threads. Not meant to be pickled: make it again from its texts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._index = SelectorIndex()
        inner: dict[Held, None] = {}
        for number, text in enumerate(texts):
            for each in parse(text):
                self._index.add(Entry(number, each))
                inner.update(dict.fromkeys(_held(each)))
        self._inner = tuple(inner)
        for number, held in enumerate(self._inner):
            self._index.add(Entry(number, Complex(held.compound), is_held=True))

    def find(self, page: ElementIndex) -> list[Found]:
        """Return the elements of a page that any selector picks, in the order of the page."""
        seen = sorted(self._index.seen(page))
        answers = Answers()
        answers.held = self._holders(page, seen)
        found = []
        for place, said in seen:
            element, numbers = page.elements[place], said.sure
            if said.open:
                further = (
                    each.number
                    for each in said.open
                    if answers.matches(each.selector, element)
                )
                numbers = tuple(sorted({*numbers, *further}))
            if numbers:
                found.append(Found(element, numbers))
        return found

    def _holders(
        self, page: ElementIndex, seen: Iterable[tuple[int, IndexHit]]
    ) -> dict[Held, set[HtmlElement]]:
        """Return for each `:has()` the elements that hold what it asks for."""
        holders: dict[Held, set[HtmlElement]] = {each: set() for each in self._inner}
        matches = Answers().matches
        for place, said in seen:
            for entry in said.held:
                held, element = self._inner[entry.number], page.elements[place]
                known, above = holders[held], element.getparent()
                if (
                    above is None
                    or above in known
                    or not matches(entry.selector, element)
                ):
                    continue
                while (
                    above is not None and above not in known
                ):  # what stands above a known one is known too
                    known.add(above)
                    above = None if held.child else above.getparent()
        return holders


def _held(selector: Complex) -> Iterator[Held]:
    """Yield what the `:has()` of a selector ask for, wherever they stand in it."""
    compound = selector.compound
    yield from compound.holds
    for each in (
        *compound.none_of,
        *(one for group in compound.some_of for one in group),
    ):
        yield from _held(each)
    if selector.left:
        yield from _held(selector.left)

"""Match many selectors against one page: an index finds the candidates, instead of a search for each.

Selectors are tried on the looks of a page, not on its elements; an element is examined only where its look leaves it open.
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
    """An element that selectors match, and the numbers of those selectors, in order."""

    element: HtmlElement
    numbers: tuple[int, ...]


class Selectors:
    """Selectors that are compiled together. Raise SelectorError for a text that is no selector.

    Safe in threads. Not meant to be pickled: make it again from its texts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._index = SelectorIndex()
        inner: dict[Held, None] = {}
        for number, text in enumerate(texts):
            for selector in parse(text):
                self._index.add(Entry(number, selector))
                for held in _held(selector):
                    inner[held] = None
        self._inner = tuple(inner)
        for number, held in enumerate(self._inner):
            selector = Complex(held.compound)
            self._index.add(Entry(number, selector, is_held=True))

    def find(self, page: ElementIndex) -> list[Found]:
        """Return the elements of a page that any selector matches, in the order of the page."""
        seen = sorted(self._index.seen(page))
        answers = Answers()
        answers.held = self._holders(page, seen)
        found = []
        for place, hit in seen:
            element = page.elements[place]
            numbers = hit.sure
            if hit.open:
                further = {
                    entry.number
                    for entry in hit.open
                    if answers.matches(entry.selector, element)
                }
                numbers = tuple(sorted(further.union(numbers)))
            if numbers:
                found.append(Found(element, numbers))
        return found

    def _holders(
        self, page: ElementIndex, seen: Iterable[tuple[int, IndexHit]]
    ) -> dict[Held, set[HtmlElement]]:
        """Return for each `:has()` the elements that hold what it asks for."""
        holders: dict[Held, set[HtmlElement]] = {held: set() for held in self._inner}
        answers = Answers()
        for place, hit in seen:
            element = page.elements[place]
            for entry in hit.held:
                held = self._inner[entry.number]
                known = holders[held]
                parent = element.getparent()
                if parent is None or parent in known:
                    continue
                if answers.matches(entry.selector, element):
                    _add_holders(known, parent, is_child=held.child)
        return holders


def _add_holders(
    known: set[HtmlElement], parent: HtmlElement, *, is_child: bool
) -> None:
    """Add a parent, and what is above it unless only a child counts. What is above a known one is known too."""
    above: HtmlElement | None = parent
    while above is not None and above not in known:
        known.add(above)
        above = None if is_child else above.getparent()


def _held(selector: Complex) -> Iterator[Held]:
    """Yield what the `:has()` of a selector ask for, wherever they are in it."""
    compound = selector.compound
    yield from compound.holds
    for each in compound.none_of:
        yield from _held(each)
    for group in compound.some_of:
        for each in group:
            yield from _held(each)
    if selector.left:
        yield from _held(selector.left)

"""Whether one element is what a selector says. Case does not matter anywhere.

`:named()` reads class, id, the attributes of `NAMING` and the element's own tag where that has a hyphen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.html.selectors.parser import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.selectors.parser import Attribute, Complex, Compound, Held

NAMING = (
    "data-testid", "data-test-id", "data-test", "data-qa", "data-component", "data-component-name", "data-module", "data-type",
    "data-name",
)  # fmt: skip
"""Attributes beside `class` and `id` by which the makers of a page name an element."""
_ABOUT = frozenset(
    {"has", "have", "no", "not", "with", "without", "hide", "hidden", "disable", "category", "cat", "tag", "format", "type",
     "status", "single", "template", "open", "after"}
)  # fmt: skip
"""Right before the words, or at the head of the name, these say something about the element: it is not called so."""
MAX_WORDS = 4
"""Words that `:named()` takes."""
_MAX_CHARS = 2_000
"""Of an attribute that is read as names: only absurd pages have more."""
_MAX_ID = 4
"""Words of an id that is a name."""
MAX_OWN = 20
"""Words of one name that are read."""


class Answers:
    """What is known of one page while selectors are tried on it."""

    def __init__(self) -> None:
        self.held: dict[Held, set[HtmlElement]] = {}
        """The elements that hold what a `:has()` asks for."""
        self._known: dict[tuple[int, HtmlElement], bool] = {}

    def matches(self, selector: Complex, element: HtmlElement) -> bool:
        """Tell whether a selector picks an element."""
        if not self._is(selector.compound, element):
            return False
        return selector.left is None or any(
            self._once(selector.left, each) for each in _left(selector, element)
        )

    def _once(self, selector: Complex, element: HtmlElement) -> bool:
        """Ask about the left part of a selector: each element is asked once, however many stand below it."""
        key = id(selector), element
        if key not in self._known:
            self._known[key] = self.matches(selector, element)
        return self._known[key]

    def _is(self, compound: Compound, element: HtmlElement) -> bool:
        tag, classes, identity = element.tag, element.get("class"), element.get("id")
        return (
            may_be(compound, tag, classes, identity)
            and all(is_named(name, element) for name in compound.names)
            and all(_has(each, element) for each in compound.attributes)
            and all(_stands(place, element) for place in compound.places)
            and not any(self.matches(each, element) for each in compound.none_of)
            and all(
                any(self.matches(each, element) for each in group)
                for group in compound.some_of
            )
            and all(element in self.held.get(each, ()) for each in compound.holds)
        )


def _left(selector: Complex, element: HtmlElement) -> Iterator[HtmlElement]:
    if selector.combinator == " ":
        yield from element.iterancestors()
        return
    other = element.getparent() if selector.combinator == ">" else element.getprevious()
    if other is not None:
        yield other


def may_be(
    compound: Compound, tag: str, classes: str | None, identity: str | None
) -> bool:
    """Tell whether the tag, the classes and the ids of a compound fit an element's."""
    if compound.tag and compound.tag != tag.lower():
        return False
    if compound.ids and any(each != (identity or "").lower() for each in compound.ids):
        return False
    return not compound.classes or tokens(classes).issuperset(compound.classes)


@lru_cache(maxsize=4_000)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def tokens(text: str | None) -> frozenset[str]:
    """Return the words of an attribute that spaces separate, in lower case."""
    return _tokens(text[:_MAX_CHARS]) if text else frozenset()


def tokens_of(text: str) -> list[str]:
    """Return the words of an attribute that spaces separate, as they are written."""
    return text[:_MAX_CHARS].split()


def may_start(own: Sequence[str], start: int) -> bool:
    """Tell whether a name may begin at one of a token's words: no word before it says that the element only has one."""
    return not start or (own[0] not in _ABOUT and own[start - 1] not in _ABOUT)


def is_name(own: Sequence[str]) -> bool:
    """Tell whether the words of an id are a name: one of many words was made from a heading and names nothing."""
    return len(own) <= _MAX_ID


@lru_cache(maxsize=6_000)
def called(name: str) -> frozenset[tuple[str, ...]]:
    """Return what `:named()` may say of one name: its words side by side, up to `MAX_WORDS` of them.

    >>> sorted(called("c-RelatedList")), sorted(called("has-list"))
    ([('c',), ('c', 'related'), ('c', 'related', 'list'), ('list',), ('related',), ('related', 'list')], [('has',), ('has', 'list')])
    """
    own = words(name[:_MAX_CHARS])[:MAX_OWN]
    starts = [start for start in range(len(own)) if may_start(own, start)]
    return frozenset(
        own[start : start + count]
        for start in starts
        for count in range(1, MAX_WORDS + 1)
        if start + count <= len(own)
    )


@lru_cache(maxsize=3_000)
def called_by_id(name: str) -> frozenset[tuple[str, ...]]:
    """Return what `:named()` may say of an id.

    >>> ("see", "also") in called_by_id("see-also"), ("see", "also") in called_by_id("what-we-see-also-in-spring")
    (True, False)
    """
    return called(name) if is_name(words(name[:_MAX_CHARS])) else frozenset()


def says(name: tuple[str, ...], text: str | None) -> bool:
    """Tell whether one of the names in an attribute has these words side by side.

    >>> says(("related", "list"), "wide c-relatedList"), says(("related", "list"), "has-related-list")
    (True, False)
    """
    return any(name in called(own) for own in (text or "")[:_MAX_CHARS].split())


def has_name(
    name: tuple[str, ...], tag: str, classes: str | None, identity: str | None
) -> bool:
    """Tell whether an element is called so by its classes, its id or its own tag."""
    if says(name, classes) or ("-" in tag and name in called(tag)):
        return True
    return any(
        name in called_by_id(own) for own in (identity or "")[:_MAX_CHARS].split()
    )


def is_named(name: tuple[str, ...], element: HtmlElement) -> bool:
    """Tell whether an element's makers call it so."""
    if has_name(name, element.tag, element.get("class"), element.get("id")):
        return True
    return any(says(name, element.get(attribute)) for attribute in NAMING)


def _has(asked: Attribute, element: HtmlElement) -> bool:
    return fits(asked, element.get(asked.name))


def fits(asked: Attribute, value: str | None) -> bool:
    """Tell whether the value of an attribute, None where there is none, is what is asked for."""
    if value is None or not asked.operator:
        return value is not None
    value, wanted = value.lower(), asked.value
    if asked.operator in _WHOLE:
        return value == wanted or (
            asked.operator == "|=" and value.startswith(wanted + "-")
        )
    return bool(wanted) and _PARTS[asked.operator](value, wanted)


_WHOLE = frozenset({"=", "|="})
_PARTS: dict[str, Callable[[str, str], bool]] = {
    "~=": lambda value, wanted: wanted in value.split(),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": lambda value, wanted: wanted in value,
}


def _stands(place: str, element: HtmlElement) -> bool:
    first = place == "last-child" or element.getprevious() is None
    return first and (place == "first-child" or element.getnext() is None)

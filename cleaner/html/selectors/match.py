"""Match one selector against one element. Case does not matter anywhere.

`:named()` reads class, id, the attributes of `NAMING` and the element's own tag where that has a hyphen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.html.selectors.parser import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
"""Right before the words, or at the beginning of a name, these describe the element: it is not called so."""
MAX_WORDS = 4
"""Words that `:named()` takes."""
_MAX_CHARS = 2_000
"""Of an attribute that is read as names: only absurd pages have more."""
_MAX_ID = 4
"""Words of an id that is a name."""
MAX_OWN = 20
"""Words of one name that are read."""


def _has_prefix(value: str, asked: str) -> bool:
    return value == asked or value.startswith(asked + "-")


def _has_word(value: str, asked: str) -> bool:
    return bool(asked) and asked in value.split()


def _starts(value: str, asked: str) -> bool:
    return bool(asked) and value.startswith(asked)


def _ends(value: str, asked: str) -> bool:
    return bool(asked) and value.endswith(asked)


def _contains(value: str, asked: str) -> bool:
    return bool(asked) and asked in value


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "|=": _has_prefix,
    "~=": _has_word,
    "^=": _starts,
    "$=": _ends,
    "*=": _contains,
}
"""Comparisons of an attribute's value with what a selector asks for, by operator; an empty part is in no value."""


class Answers:
    """What is known of one page while selectors are tried on it."""

    def __init__(self) -> None:
        self.held: dict[Held, set[HtmlElement]] = {}
        """The elements that hold what a `:has()` asks for."""
        self._known: dict[tuple[int, HtmlElement], bool] = {}

    def matches(self, selector: Complex, element: HtmlElement) -> bool:
        """Tell whether a selector matches an element."""
        if not self._is(selector.compound, element):
            return False
        if selector.left is None:
            return True
        left = selector.left
        return any(self._once(left, each) for each in _left(selector, element))

    def _once(self, selector: Complex, element: HtmlElement) -> bool:
        """Match the left part of a selector: each element once, however many are below it."""
        key = id(selector), element
        known = self._known.get(key)
        if known is None:
            known = self.matches(selector, element)
            self._known[key] = known
        return known

    def _is(self, compound: Compound, element: HtmlElement) -> bool:
        if not may_be(compound, element.tag, element.get("class"), element.get("id")):
            return False
        if not all(is_named(name, element) for name in compound.names):
            return False
        if not all(_has(each, element) for each in compound.attributes):
            return False
        if not all(_stands(place, element) for place in compound.places):
            return False
        return self._is_related(compound, element)

    def _is_related(self, compound: Compound, element: HtmlElement) -> bool:
        """Tell whether the other selectors in a compound match: `:not()`, `:is()`, `:has()`."""
        if self._any(compound.none_of, element):
            return False
        for group in compound.some_of:
            if not self._any(group, element):
                return False
        return all(element in self.held.get(each, ()) for each in compound.holds)

    def _any(self, selectors: Iterable[Complex], element: HtmlElement) -> bool:
        return any(self.matches(each, element) for each in selectors)


def _left(selector: Complex, element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that the left part of a selector may be."""
    if selector.combinator == " ":
        yield from element.iterancestors()
        return
    is_child = selector.combinator == ">"
    other = element.getparent() if is_child else element.getprevious()
    if other is not None:
        yield other


def may_be(
    compound: Compound, tag: str, classes: str | None, identity: str | None
) -> bool:
    """Tell whether an element has the tag, the classes and the ids of a compound."""
    if compound.tag and compound.tag != tag.lower():
        return False
    if compound.ids:
        own = (identity or "").lower()
        if any(each != own for each in compound.ids):
            return False
    if not compound.classes:
        return True
    return tokens(classes).issuperset(compound.classes)


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
    found = set()
    for start in range(len(own)):
        if not may_start(own, start):
            continue
        last = min(start + MAX_WORDS, len(own))
        for stop in range(start + 1, last + 1):
            found.add(own[start:stop])
    return frozenset(found)


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
    if says(name, classes):
        return True
    if "-" in tag and name in called(tag):
        return True
    if not identity:
        return False
    ids = identity[:_MAX_CHARS].split()
    return any(name in called_by_id(own) for own in ids)


def is_named(name: tuple[str, ...], element: HtmlElement) -> bool:
    """Tell whether an element's makers call it so."""
    if has_name(name, element.tag, element.get("class"), element.get("id")):
        return True
    return any(says(name, element.get(attribute)) for attribute in NAMING)


def _has(asked: Attribute, element: HtmlElement) -> bool:
    return fits(asked, element.get(asked.name))


def fits(asked: Attribute, value: str | None) -> bool:
    """Tell whether the value of an attribute, None where there is none, is what is asked for."""
    if value is None:
        return False
    if not asked.operator:
        return True
    compare = _COMPARISONS[asked.operator]
    return compare(value.lower(), asked.value)


def _stands(place: str, element: HtmlElement) -> bool:
    first = place == "last-child" or element.getprevious() is None
    return first and (place == "first-child" or element.getnext() is None)

"""Many selectors against one page, in one walk: an index by id, class, word and tag instead of a sweep for each.

What an element's tag, class and id say is remembered from page to page, because the pages of a site share their classes:
after the first pages the walk is a look into a dictionary for each element, whatever the number of selectors.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.html.css import Complex, is_findable, parse, words
from cleaner.html.matching import NAMING, Answers, called, called_by_id, fits, has_name, may_be

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.css import Compound, Held

_MAX_KNOWN = 8_000
"""Looks of elements (tag, class, id) that are remembered …"""
_MAX_MARKS = 500
"""… of those that have no more code points than this."""
_MAX_CHARS = 2_000
"""Of a class or id that are read."""
_HEAD = 3
"""Code points at the beginning of a class or id by which `^=` and `=` are looked up."""
_MARKS = ("class", "id")
_COMMON = frozenset({"a", "div", "img", "input", "li", "p", "section", "span"})
"""Tags that say less of an element than that it has some attribute."""


class Found(NamedTuple):
    """An element that selectors pick, and the numbers of those selectors, in order."""

    element: HtmlElement
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One alternative of a selector, with the number of the text that it comes from."""

    number: int
    selector: Complex
    is_held: bool = False
    """Whether it is what a `:has()` asks for."""


class Selectors:
    """Selectors that are compiled together. Raise SelectorError where a text is none.

    Safe in threads. Not meant to be pickled: make it again from its texts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._index = _Index()
        inner: dict[Held, None] = {}
        for number, text in enumerate(texts):
            for each in parse(text):
                self._index.add(Entry(number, each))
                inner.update(dict.fromkeys(_held(each)))
        self._inner = tuple(inner)
        for number, held in enumerate(self._inner):
            self._index.add(Entry(number, Complex(held.compound), is_held=True))

    def find(self, root: HtmlElement) -> list[Found]:
        """Return the elements of a tree that any selector picks, in the order of the page."""
        seen = list(self._index.look_at(root))
        answers = Answers()
        answers.held = self._holders(seen)
        found = []
        for element, look in seen:
            numbers = look.sure
            if look.open:
                numbers = numbers.union(entry.number for entry in look.open if answers.matches(entry.selector, element))
            if numbers:
                found.append(Found(element, tuple(sorted(numbers))))
        return found

    def _holders(self, seen: Sequence[tuple[HtmlElement, _Look]]) -> dict[Held, set[HtmlElement]]:
        """Return for each `:has()` the elements that hold what it asks for."""
        holders: dict[Held, set[HtmlElement]] = {each: set() for each in self._inner}
        matches = Answers().matches
        for element, look in seen:
            for entry in look.held:
                held = self._inner[entry.number]
                known, above = holders[held], element.getparent()
                if above is None or above in known or not matches(entry.selector, element):
                    continue
                while above is not None and above not in known:  # what stands above a known one is known too
                    known.add(above)
                    above = None if held.child else above.getparent()
        return holders


def _held(selector: Complex) -> Iterator[Held]:
    """Yield what the `:has()` of a selector ask for, wherever they stand in it."""
    compound = selector.compound
    yield from compound.holds
    for each in (*compound.none_of, *(one for group in compound.some_of for one in group)):
        yield from _held(each)
    if selector.left:
        yield from _held(selector.left)


class _Look(NamedTuple):
    """What the index says of an element by its tag, class and id."""

    sure: frozenset[int] = frozenset()
    """The numbers of selectors that pick it."""
    open: tuple[Entry, ...] = ()
    """Selectors that also ask about other things."""
    held: tuple[Entry, ...] = ()
    """What `:has()` ask for and it may be."""

    def with_entries(self, entries: Sequence[Entry]) -> _Look:
        """Return the same with more selectors that it may fit."""
        if not entries:
            return self
        return _Look(
            self.sure,
            (*self.open, *(each for each in entries if not each.is_held)),
            (*self.held, *(each for each in entries if each.is_held)),
        )


_NOTHING = _Look()


class _Index:
    """Selectors by what their last part can be found by."""

    def __init__(self) -> None:
        self._by: dict[str, dict[Any, list[Entry]]] = {
            kind: defaultdict(list) for kind in ("id", "class", "name", "head", "part", "attribute", "tag")
        }
        self._looks: dict[tuple[str, str | None, str | None], _Look] = {}
        self._words: set[str] = set()
        """First words of names: most tokens hold none."""
        self._tokens: dict[str, tuple[Entry, ...]] = {}
        self._parts: re.Pattern[str] | None = None

    def add(self, entry: Entry) -> None:
        """Add a selector under the rarest of the marks of its last part."""
        for compound in _keys(entry.selector.compound):
            kind, mark = _key(compound)
            self._by[kind][mark].append(entry)
            if kind == "name":
                self._words.add(mark[0])

    def look_at(self, root: HtmlElement) -> Iterator[tuple[HtmlElement, _Look]]:
        """Yield the elements of a tree that any selector may pick, with what is known of them by their attributes."""
        looks, asked = self._looks, self._asked()
        for element in root.iter("*"):
            keys = element.keys()
            marks = (element.tag, element.get("class"), element.get("id")) if keys else (element.tag, None, None)
            look = looks.get(marks)
            if look is None:
                look = self._look(*marks)
            if not asked.isdisjoint(keys):
                look = look.with_entries(self._by_attributes(element))
            if look is not _NOTHING:
                yield element, look

    def _asked(self) -> frozenset[str]:
        """Return the attributes beside class and id by which a selector may find an element."""
        return frozenset((*self._by["attribute"], *(NAMING if self._by["name"] else ())))

    def _by_attributes(self, element: HtmlElement) -> list[Entry]:
        """Return the candidates for an element by its attributes beside class and id."""
        entries: list[Entry] = []
        for name, value in element.items():
            entries += self._by["attribute"].get(name, ())
            if name in NAMING:
                entries += [entry for token in value[:_MAX_CHARS].split() for entry in self._named(token)]
        return entries

    def _look(self, tag: str, classes: str | None, identity: str | None) -> _Look:
        """Return which selectors an element that looks so fits or may fit, and remember it."""
        marks = (tag, classes, identity)
        look = _NOTHING
        if entries := self._candidates(*marks):
            judged = {entry: fit for entry in entries if (fit := _judge(entry.selector, *marks)) is not False}
            sure = frozenset(entry.number for entry, fit in judged.items() if fit and not entry.is_held)
            rest = tuple(entry for entry in judged if not entry.is_held and entry.number not in sure)
            held = tuple(entry for entry in judged if entry.is_held)
            if sure or rest or held:
                look = _Look(sure, rest, held)
        if len(self._looks) >= _MAX_KNOWN:
            self._looks.clear()
        if len(classes or "") + len(identity or "") <= _MAX_MARKS:
            self._looks[marks] = look
        return look

    def _candidates(self, tag: str, classes: str | None, identity: str | None) -> list[Entry]:
        by = self._by
        found = [*by["tag"].get(tag.lower(), ())]
        for text in (classes, identity):
            if text:
                found += by["head"].get(text[:_HEAD].lower(), ())
        tokens = self._tokens
        for token in (classes or "")[:_MAX_CHARS].split():
            known = tokens.get(token)
            found += self._of_class(token) if known is None else known
        if identity:
            found += by["id"].get(identity.lower(), ())
            for token in identity[:_MAX_CHARS].split():
                found += self._named(token, called_by_id)
        if "-" in tag:
            found += self._named(tag)
        if by["part"] and (classes or identity):
            found += self._with_part(f"{classes or ''}\n{identity or ''}".lower())
        return found

    def _of_class(self, token: str) -> tuple[Entry, ...]:
        """Return the selectors that ask for a class, or for a name in it, and remember them."""
        found = (*self._by["class"].get(token.lower(), ()), *self._named(token))
        if len(self._tokens) >= _MAX_KNOWN:
            self._tokens.clear()
        if len(token) <= _MAX_MARKS:
            self._tokens[token] = found
        return found

    def _named(self, token: str, names: Callable[[str], frozenset[tuple[str, ...]]] = called) -> tuple[Entry, ...]:
        """Return the selectors that ask for a name that this token holds."""
        if self._words.isdisjoint(words(token)):
            return ()
        by_name = self._by["name"]
        return tuple(entry for name in names(token) if name in by_name for entry in by_name[name])

    def _with_part(self, text: str) -> list[Entry]:
        """Return the selectors that ask for a part of a class or id which this text holds."""
        by_part = self._by["part"]
        if self._parts is None:
            self._parts = re.compile("|".join(sorted(map(re.escape, by_part))))
        if not self._parts.search(text):
            return []
        return [entry for part, entries in by_part.items() if part in text for entry in entries]


def _judge(selector: Complex, tag: str, classes: str | None, identity: str | None) -> bool | None:
    """Tell whether a selector picks an element that looks so; None where that depends on more."""
    compound = selector.compound
    if not may_be(compound, tag, classes, identity):
        return False
    texts = {"class": classes, "id": identity}
    if not all(fits(each, texts[each.name]) for each in compound.attributes if each.name in texts):
        return False
    rest = [each for each in compound.attributes if each.name not in texts]
    if selector.left or rest or compound.places or compound.none_of or compound.some_of or compound.holds:
        return None
    return True if all(has_name(name, tag, classes, identity) for name in compound.names) else None


def _keys(compound: Compound) -> Iterator[Compound]:
    """Yield what a compound can be found by: itself, or the alternatives of one of its `:is()`."""
    if any((compound.tag, compound.ids, compound.classes, compound.names, compound.attributes)):
        yield compound
        return
    for group in compound.some_of:
        if all(is_findable(each.compound) for each in group):
            for each in group:
                yield from _keys(each.compound)
            return


def _key(compound: Compound) -> tuple[str, Any]:
    """Return the kind of mark that a compound is found by, and the mark."""
    if compound.ids:
        return "id", compound.ids[0]
    if compound.classes:
        return "class", compound.classes[0]
    if compound.names:
        return "name", compound.names[0]
    if part := next(
        (each for each in compound.attributes if each.name in _MARKS and each.operator and each.value), None
    ):
        is_head = part.operator in ("=", "^=") and len(part.value) >= _HEAD
        return ("head", part.value[:_HEAD]) if is_head else ("part", part.value)
    other = next((each for each in compound.attributes if each.name not in _MARKS), None)
    if other and (not compound.tag or compound.tag in _COMMON):
        return "attribute", other.name
    return ("tag", compound.tag) if compound.tag else ("attribute", compound.attributes[0].name)

"""Parse the selector language of `remove_html`: CSS that an index of a page can answer, and `:named()`.

    aside, .class, #id, [attr], [attr=x], [attr~=x], [attr|=x], [attr^=x], [attr$=x], [attr*=x], a b, a > b, a + b, a, b
    :not(…)  :is(…)  :has(compound)  :has(> compound)  :first-child  :last-child  :only-child  :named(words)

Case never matters. `:named(related articles)` matches an element whose class, id, test id or own tag name has these words
side by side, whatever joins them: `related-articles`, `RelatedArticles`, `c-related__articles`. Names of what an
element has or is filed under (`has-related-articles`, `tag-related-articles`) do not count.

What is not in this list is refused with the reason: a selector never quietly finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

MAX_CHARS = 1_000
"""A longer selector is a mistake."""
_MAX_DEPTH = 4
_MAX_WORDS = 4
_NAME = re.compile(
    r"-?(?:[A-Za-z_\x80-\U0010ffff]|\\[^0-9A-Fa-f\n]|--)(?:[\w-]|[\x80-\U0010ffff]|\\[^0-9A-Fa-f\n])*"
)
_ATTRIBUTE = re.compile(
    r"\[\s*(?P<name>[A-Za-z_][\w:.-]*)\s*"
    r"(?:(?P<operator>[~|^$*]?=)\s*(?:\"(?P<double>[^\"\n\\]*)\"|'(?P<single>[^'\n\\]*)'|(?P<bare>[\w-]+))\s*(?P<flag>(?<=\s)[is]|(?<=[\"'])[is])?\s*)?\]"
)
_NAMED = re.compile(r"\s*([^\W_]+(?:[\s-]+[^\W_]+)*)\s*\)")
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_PSEUDO = re.compile(r":([A-Za-z-]+|:)(\()?")
_PLACES = frozenset({"first-child", "last-child", "only-child"})
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")


class SelectorError(ValueError):
    """A selector that cannot be used; `offset` is the place in it."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Attribute:
    """A condition on one attribute, its value in lower case; the operator is empty where it only has to be there."""

    name: str
    operator: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """What one element must be. Everything is in lower case; an empty field asks nothing."""

    tag: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    attributes: tuple[Attribute, ...] = ()
    places: tuple[str, ...] = ()
    none_of: tuple[Complex, ...] = ()
    some_of: tuple[tuple[Complex, ...], ...] = ()
    holds: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Complex:
    """An element, and what stands to the left of it: `combinator` is one of space, `>`, `+`."""

    compound: Compound
    combinator: str = ""
    left: Complex | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What `:has()` asks for: an element inside, or a child."""

    compound: Compound
    child: bool


def words(name: str) -> tuple[str, ...]:
    """Return the words of a class or id in lower case.

    >>> words("c-relatedArticles__list2")
    ('c', 'related', 'articles', 'list', '2')
    """
    found = _HUMPS.findall(name)
    return tuple(found) if name.islower() else tuple(map(str.lower, found))


def parse(text: str) -> tuple[Complex, ...]:
    """Return the alternatives of a selector. Raise SelectorError for a text that is no selector, or one not supported here."""
    if len(text) > MAX_CHARS:
        message = f"the selector has {len(text)} characters, at most {MAX_CHARS} are taken: write several"
        raise SelectorError(message, 0)
    parser = _Parser(text)
    found = parser.alternatives(0)
    if parser.place < len(text):
        parser.fail(f"'{parser.next()}' has no place here")
    if all(is_findable(each.compound) for each in found):
        return found
    message = "it names nothing to look for: its last part needs a tag, a class, an id, an attribute or :named()"
    raise SelectorError(message, 0)


def has_mark(compound: Compound) -> bool:
    """Tell whether a compound itself asks for a tag, an id, a class, a name or an attribute."""
    marks = (
        compound.tag,
        compound.ids,
        compound.classes,
        compound.names,
        compound.attributes,
    )
    return any(marks)


def is_findable(compound: Compound) -> bool:
    """Tell whether an index can lead to the elements that a compound describes."""
    if has_mark(compound):
        return True
    for group in compound.some_of:
        if all(is_findable(each.compound) for each in group):
            return True
    return False


@dataclass(slots=True)
class _Parts:
    """A compound while it is read."""

    tag: str = ""
    lists: dict[str, list[object]] = field(default_factory=dict)

    def add(self, key: str, value: object) -> None:
        self.lists.setdefault(key, []).append(value)

    def compound(self) -> Compound:
        """Return what was read, each condition once."""
        values = {key: tuple(dict.fromkeys(some)) for key, some in self.lists.items()}
        return Compound(tag=self.tag, **values)  # type: ignore[arg-type] # each list holds what its field takes


class _Parser:
    """One reading of one selector, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.inside = False
        """Whether what is read stands in the brackets of `:has()`."""

    def fail(self, message: str, place: int | None = None) -> NoReturn:
        if place is None:
            place = self.place
        last = max(len(self.text) - 1, 0)
        raise SelectorError(message, min(place, last))

    def next(self) -> str:
        """Return the next character, empty at the end."""
        return self.text[self.place : self.place + 1]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def spaces(self) -> None:
        while self.next().isspace():
            self.place += 1

    def alternatives(self, depth: int) -> tuple[Complex, ...]:
        """Read selectors with commas between them, up to a closing bracket or the end."""
        if depth > _MAX_DEPTH:
            self.fail(
                "brackets inside brackets inside brackets: write several selectors"
            )
        found = [self.complex(depth)]
        while self.next() == ",":
            self.place += 1
            found.append(self.complex(depth))
        return tuple(found)

    def complex(self, depth: int) -> Complex:
        self.spaces()
        result = Complex(self.compound(depth))
        while True:
            start = self.place
            found = self.take(_COMBINATOR)
            if not found:
                return result
            sign = found[1]
            if self.next() in ("", ",", ")"):
                if sign:
                    self.fail(f"nothing follows '{sign}'", start)
                return result
            if sign == "~":
                self.fail(
                    "'~' is not supported: use '+', or the element that holds both",
                    start,
                )
            result = Complex(self.compound(depth), sign or " ", result)

    def compound(self, depth: int) -> Compound:
        parts = _Parts()
        start = self.place
        if self.next() == "*":
            self.place += 1
        elif name := self.take(_NAME):
            parts.tag = _plain(name[0])
        while self._simple(parts, depth):
            pass
        if self.place == start:
            self.fail(
                "an element is expected here: a tag, .class, #id, [attribute] or :named(words)"
            )
        return parts.compound()

    def _simple(self, parts: _Parts, depth: int) -> bool:
        """Read one condition of a compound; tell whether there was one."""
        sign = self.next()
        if sign == ".":
            parts.add("classes", self._name_after(sign))
        elif sign == "#":
            parts.add("ids", self._name_after(sign))
        elif sign == "[":
            parts.add("attributes", self._attribute())
        elif sign == ":":
            self._pseudo(parts, depth)
        else:
            return False
        return True

    def _name_after(self, sign: str) -> str:
        self.place += 1
        name = self.take(_NAME)
        if not name:
            self.fail(f"a name is expected after '{sign}'")
        return _plain(name[0])

    def _attribute(self) -> Attribute:
        found = self.take(_ATTRIBUTE)
        if not found:
            self.fail(
                "an attribute is written [name], [name=value], or with ~= |= ^= $= *=; quote what is no plain word"
            )
        value = found["double"] or found["single"] or found["bare"] or ""
        operator = found["operator"] or ""
        return Attribute(found["name"].lower(), operator, value.lower())

    def _pseudo(self, parts: _Parts, depth: int) -> None:
        start = self.place
        found = self.take(_PSEUDO)
        if found:
            name = found[1].lower()
            has_bracket = bool(found[2])
            if name in _PLACES and not has_bracket:
                parts.add("places", name)
                return
            if name in _READERS and has_bracket:
                read = _READERS[name]
                read(self, parts, depth + 1)
                return
        shown = self.text[start:].split(" ", 1)[0]
        known = ":not() :is() :has() :named() :first-child :last-child :only-child"
        self.fail(f"'{shown}' is not supported; these are: {known}", start)

    def _close(self) -> None:
        self.spaces()
        if self.next() != ")":
            self.fail("a closing bracket is expected here")
        self.place += 1

    def named(self, parts: _Parts, _: int) -> None:
        found = self.take(_NAMED)
        if not found:
            self.fail(
                ":named() takes words of letters and digits: :named(related articles)"
            )
        name: list[str] = []
        for part in re.split(r"[\s-]+", found[1]):
            name += words(part)
        if len(name) > _MAX_WORDS:
            self.fail(
                f":named() takes at most {_MAX_WORDS} words, a hump or a digit begins a new one",
                found.start(),
            )
        parts.add("names", tuple(name))

    def none_of(self, parts: _Parts, depth: int) -> None:
        for each in self.alternatives(depth):
            parts.add("none_of", each)
        self._close()

    def some_of(self, parts: _Parts, depth: int) -> None:
        parts.add("some_of", self.alternatives(depth))
        self._close()

    def holds(self, parts: _Parts, depth: int) -> None:
        self.spaces()
        start = self.place
        is_child = self.next() == ">"
        if is_child:
            self.place += 1
            self.spaces()
        if self.inside:
            self.fail(":has() inside :has() is not supported", start)
        self.inside = True
        compound = self.compound(depth)
        self.inside = False
        if not is_findable(compound):
            self.fail(
                ":has() takes one element that has a tag, a class, an id, an attribute or a name",
                start,
            )
        parts.add("holds", Held(compound, is_child))
        self._close()


_READERS = {
    "named": _Parser.named,
    "not": _Parser.none_of,
    "is": _Parser.some_of,
    "has": _Parser.holds,
}


def _plain(name: str) -> str:
    r"""Return a name without its escapes, in lower case.

    >>> _plain(r"md\:Wide")
    'md:wide'
    """
    return re.sub(r"\\(.)", r"\1", name).lower()

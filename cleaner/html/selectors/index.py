"""An index of selectors by id, class, word and tag: which of them an element may fit, by its look.

Nearly all selectors ask for one class, id or name: where a look has it, that settles the matter. All classes and names are
looked for at once, in what letters and digits a class or id has; only words that hold one are taken apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.html.class_stems import Stems
from cleaner.html.selectors.match import (
    MAX_OWN,
    NAMING,
    fits,
    has_name,
    is_name,
    may_be,
    may_start,
    tokens_of,
)
from cleaner.html.selectors.parser import is_findable, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from cleaner.html.element_index import ElementIndex, Look
    from cleaner.html.selectors.parser import Complex, Compound

_HEAD = 3
"""Code points at the beginning of a class or id by which `^=` and `=` are looked up."""
_MARKS = ("class", "id")
_PARTS = ("part of class", "part of id")
_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_SIGNS = bytes(
    sign for sign in range(128) if not chr(sign).isalnum() and sign != ord(" ")
)
"""ASCII but letters, digits and spaces: what joins the words of a name, and says nothing."""
_COMMON = frozenset({"a", "div", "img", "input", "li", "p", "section", "span"})
"""Tags that say less of an element than that it has some attribute."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One alternative of a selector, with the number of the text that it comes from."""

    number: int
    selector: Complex
    is_held: bool = False
    """Whether it is what a `:has()` asks for."""


class IndexHit(NamedTuple):
    """What the index says of an element."""

    sure: tuple[int, ...] = ()
    """The numbers of selectors that pick it, in order."""
    open: tuple[Entry, ...] = ()
    """Selectors that also ask about other things."""
    held: tuple[Entry, ...] = ()
    """What `:has()` ask for and it may be."""


class SelectorIndex:
    """Selectors by what their last part can be found by."""

    def __init__(self) -> None:
        kinds = ("id", "class", "name", "head", "attribute", "tag", *_PARTS)
        self._by: dict[str, dict[Any, list[Entry]]] = {
            kind: defaultdict(list) for kind in kinds
        }
        self._parts = {kind: Stems(self._by[kind].keys()) for kind in _PARTS}
        self._bare: set[str] = set()
        """Classes and names without what joins their words."""
        self._words = Stems(self._bare)
        self._longest: dict[str, int] = {}
        """First words of names, and how many words the longest of these names has: most tokens hold none."""
        self._plain: set[Entry] = set()
        """Selectors that ask for one id, class or name and nothing else."""

    def add(self, entry: Entry) -> None:
        """Add a selector under the rarest of the marks of its last part."""
        for compound in _keys(entry.selector.compound):
            kind, mark = _key(compound)
            self._by[kind][mark].append(entry)
            if kind in ("class", "name"):
                self._bare.add(_bare("".join(mark)))
            if kind == "name":
                self._longest[mark[0]] = max(len(mark), self._longest.get(mark[0], 0))
        if not entry.is_held and _asks_one_thing(entry.selector):
            self._plain.add(entry)

    def seen(self, page: ElementIndex) -> Iterator[tuple[int, IndexHit]]:
        """Yield the places of the elements that any selector may pick, with what is known of them by their attributes."""
        of_tag = self._by_tag({look.tag for look in page.looks})
        of_class = self._by_class({look.classes for look in page.looks if look.classes})
        of_id = self._by_id({look.identity for look in page.looks if look.identity})
        of_place = self._by_attributes(page)
        for look in page.looks:
            entries = [
                *of_tag[look.tag],
                *of_class.get(look.classes, ()),
                *of_id.get(look.identity, ()),
            ]
            said = self._judged(look, entries) if entries else None
            for place in look.places:
                further = of_place.get(place)
                own = self._judged(look, entries, further) if further else said
                if own:
                    yield place, own

    def _by_attributes(self, page: ElementIndex) -> dict[int, list[Entry]]:
        """Return the selectors that ask for other attributes than class and id, by the places of the elements they may pick."""
        asked = frozenset(
            (*self._by["attribute"], *(NAMING if self._by["name"] else ()))
        )
        values = [
            (name, page.elements[place].get(name) or "", place)
            for look in page.looks
            if not asked.isdisjoint(look.names)
            for name in look.names
            if name in asked
            for place in look.places
        ]
        telling = self._telling({value for name, value, _ in values if name in NAMING})
        found: dict[int, list[Entry]] = defaultdict(list)
        for name, value, place in values:
            asking = self._by["attribute"].get(name, ())
            found[place] += [
                each
                for each in asking
                if _may_have(each.selector.compound, name, value)
            ]
            if name in NAMING and value in telling:
                found[place] += [
                    entry
                    for token in telling[value]
                    for entry in self._named(words(token))
                ]
        return found

    def _by_tag(self, tags: Iterable[str]) -> dict[str, Sequence[Entry]]:
        """Return for each tag the selectors that ask for it, or for a name in it."""
        found: dict[str, Sequence[Entry]] = {}
        for tag in tags:
            named = self._named(words(tag)) if "-" in tag else ()
            found[tag] = [*self._by["tag"].get(tag.lower(), ()), *named]
        return found

    def _by_class(self, texts: Collection[str]) -> dict[str | None, list[Entry]]:
        """Return for each `class` the selectors that ask for classes, names or beginnings in it, where there are any."""
        found = self._by_text(texts, "part of class")
        for text, tokens in self._telling(texts).items():
            for token in tokens:
                found[text] += self._by["class"].get(token.lower(), ())
                found[text] += self._named(words(token))
        return found

    def _by_id(self, texts: Collection[str]) -> dict[str | None, list[Entry]]:
        """Return for each id the selectors that ask for it, or for a name or a beginning in it, where there are any."""
        found, by_id = self._by_text(texts, "part of id"), self._by["id"]
        for text in texts:
            if entries := by_id.get(text.lower()):
                found[text] += entries
        for text, tokens in self._telling(texts).items():
            for own in map(words, tokens):
                found[text] += self._named(own) if is_name(own) else ()
        return found

    def _by_text(
        self, texts: Iterable[str], kind: str
    ) -> dict[str | None, list[Entry]]:
        """Return for each class or id the selectors that ask for how it begins, or for a part of it."""
        found: dict[str | None, list[Entry]] = defaultdict(list)
        lower = {text: text.lower() for text in texts}
        for text, low in lower.items():
            if entries := self._by["head"].get(low[:_HEAD]):
                found[text] += entries
        by_part = self._by[kind]
        if by_part and self._parts[kind].find(
            "\n".join(lower.values())
        ):  # no part has a line end in it
            for text, low in lower.items():
                if entries := [
                    entry
                    for part, some in by_part.items()
                    if part in low
                    for entry in some
                ]:
                    found[text] += entries
        return found

    def _telling(self, texts: Collection[str]) -> dict[str, list[str]]:
        """Return those of some classes or ids, and of each the words, that may hold a class or a name which is asked for."""
        if "" in self._bare:
            return {text: tokens_of(text) for text in texts}
        told: dict[str, list[str]] = defaultdict(list)
        tokens = [(text, token) for text in texts for token in tokens_of(text)]
        bare = _bare(" ".join(token for _, token in tokens))
        ends = list(accumulate(len(token) + 1 for token in bare.split(" ")))
        places = {bisect_right(ends, start) for start in self._words.starts(bare)}
        if not bare.isascii():  # other signs may join words too
            places.update(
                place for place, (_, token) in enumerate(tokens) if not token.isascii()
            )
        for place in sorted(places):
            text, token = tokens[place]
            told[text].append(token)
        return told

    def _judged(
        self, look: Look, entries: Sequence[Entry], further: Sequence[Entry] = ()
    ) -> IndexHit | None:
        """Return which selectors an element that looks so fits or may fit; `further` are those that only it may."""
        sure: set[int] = set()
        rest: dict[Entry, None] = dict.fromkeys(further)
        for entry in entries:
            fit = entry in self._plain or _judge(entry.selector, look)
            if fit and not entry.is_held:
                sure.add(entry.number)
            elif fit is not False:
                rest[entry] = None
        if not sure and not rest:
            return None
        unsure = (
            entry for entry in rest if not entry.is_held and entry.number not in sure
        )
        return IndexHit(
            tuple(sorted(sure)),
            tuple(unsure),
            tuple(entry for entry in rest if entry.is_held),
        )

    def _named(self, own: tuple[str, ...]) -> Sequence[Entry]:
        """Return the selectors that ask for a name which stands among the words of a token."""
        longest = self._longest
        if longest.keys().isdisjoint(own):
            return ()
        found: list[Entry] = []
        own, by_name = own[:MAX_OWN], self._by["name"]
        for start, word in enumerate(own):
            if word in longest and may_start(own, start):
                for stop in range(start + 1, min(start + longest[word], len(own)) + 1):
                    found += by_name.get(own[start:stop], ())
        return found


def _bare(text: str) -> str:
    """Return the letters, digits and spaces of a text in lower case; what is not ASCII stays as it is."""
    return text.lower().encode().translate(_LOWER, _SIGNS).decode()


def _asks_one_thing(selector: Complex) -> bool:
    """Tell whether a selector asks for one id, one class or one name, and for nothing else."""
    compound = selector.compound
    marks = [*compound.ids, *compound.classes, *compound.names]
    others = (
        selector.left,
        compound.tag,
        compound.attributes,
        compound.places,
        compound.none_of,
        compound.some_of,
    )
    return len(marks) == 1 and not any(others) and not compound.holds


def _may_have(compound: Compound, name: str, value: str) -> bool:
    """Tell whether an attribute has the value that a compound asks it to have, where it asks itself."""
    return all(fits(each, value) for each in compound.attributes if each.name == name)


def _judge(selector: Complex, look: Look) -> bool | None:
    """Tell whether a selector picks an element that looks so; None where that depends on more."""
    compound, (tag, classes, identity, *_) = selector.compound, look
    if not may_be(compound, tag, classes, identity):
        return False
    texts = {"class": classes, "id": identity}
    if not all(
        fits(each, texts[each.name])
        for each in compound.attributes
        if each.name in texts
    ):
        return False
    rest = [each for each in compound.attributes if each.name not in texts]
    if (
        selector.left
        or rest
        or compound.places
        or compound.none_of
        or compound.some_of
        or compound.holds
    ):
        return None
    return (
        True
        if all(has_name(name, tag, classes, identity) for name in compound.names)
        else None
    )


def _keys(compound: Compound) -> Iterator[Compound]:
    """Yield what a compound can be found by: itself, or the alternatives of one of its `:is()`."""
    if any(
        (
            compound.tag,
            compound.ids,
            compound.classes,
            compound.names,
            compound.attributes,
        )
    ):
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
    parts = [
        each
        for each in compound.attributes
        if each.name in _MARKS and each.operator and each.value
    ]
    if parts:
        part = max(parts, key=lambda each: len(each.value))
        is_head = part.operator == "=" or (
            part.operator == "^=" and len(part.value) >= _HEAD
        )
        return (
            ("head", part.value[:_HEAD])
            if is_head
            else (f"part of {part.name}", part.value)
        )
    other = next(
        (each for each in compound.attributes if each.name not in _MARKS), None
    )
    if other and (not compound.tag or compound.tag in _COMMON):
        return "attribute", other.name
    return (
        ("tag", compound.tag)
        if compound.tag
        else ("attribute", compound.attributes[0].name)
    )

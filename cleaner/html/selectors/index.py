"""An index of selectors by id, class, word and tag: which of them may match an element, by its look.

Nearly all selectors ask for one class, id or name: where a look has it, the selector matches. All classes and names are
searched for at once, in the letters and digits of a class or id; only words that hold one are taken apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

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
from cleaner.html.selectors.parser import has_mark, is_findable, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from cleaner.html.element_index import ElementIndex, Look
    from cleaner.html.selectors.parser import Attribute, Complex, Compound

_HEAD = 3
"""Code points at the beginning of a class or id by which `^=` and `=` are looked up."""
_MARKS = ("class", "id")
_PARTS = ("part of class", "part of id")
_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_SIGNS = bytes(
    sign for sign in range(128) if not chr(sign).isalnum() and sign != ord(" ")
)
"""ASCII but letters, digits and spaces: what joins the words of a name."""
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
    """The selectors that match an element, or may match it, by its attributes."""

    sure: tuple[int, ...] = ()
    """The numbers of selectors that pick it, in order."""
    open: tuple[Entry, ...] = ()
    """Selectors that also ask about other things."""
    held: tuple[Entry, ...] = ()
    """What `:has()` ask for and the element may be."""


class _Key(NamedTuple):
    """What a selector is found by: a kind of mark, and the mark."""

    kind: str
    mark: str


class _NameTable:
    """Selectors by the names that they ask for (`:named()`): tuples of words."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        """First words of names, and how many words the longest of these names has: most tokens hold none."""

    def __bool__(self) -> bool:
        return bool(self._entries)

    def add(self, name: tuple[str, ...], entry: Entry) -> None:
        """Add a selector under a name."""
        self._entries[name].append(entry)
        first = name[0]
        self._longest[first] = max(len(name), self._longest.get(first, 0))

    def find(self, own: tuple[str, ...]) -> Sequence[Entry]:
        """Return the selectors that ask for a name which is among the words of a token."""
        longest = self._longest
        if longest.keys().isdisjoint(own):
            return ()
        own = own[:MAX_OWN]
        found: list[Entry] = []
        for start, word in enumerate(own):
            if word not in longest or not may_start(own, start):
                continue
            last = min(start + longest[word], len(own))
            for stop in range(start + 1, last + 1):
                found += self._entries.get(own[start:stop], ())
        return found


class SelectorIndex:
    """Selectors by what their last part can be found by."""

    def __init__(self) -> None:
        kinds = ("id", "class", "head", "attribute", "tag", *_PARTS)
        self._by: dict[str, dict[str, list[Entry]]] = {}
        for kind in kinds:
            self._by[kind] = defaultdict(list)
        self._names = _NameTable()
        self._parts = {kind: Stems(self._by[kind].keys()) for kind in _PARTS}
        self._bare: set[str] = set()
        """Classes and names without what joins their words."""
        self._words = Stems(self._bare)
        self._plain: set[Entry] = set()
        """Selectors that ask for one id, class or name and nothing else."""

    def add(self, entry: Entry) -> None:
        """Add a selector under the rarest of the marks of its last part."""
        for compound in _keys(entry.selector.compound):
            self._file(compound, entry)
        if not entry.is_held and _asks_one_thing(entry.selector):
            self._plain.add(entry)

    def _file(self, compound: Compound, entry: Entry) -> None:
        is_found_by_name = not compound.ids and not compound.classes
        if compound.names and is_found_by_name:
            name = compound.names[0]
            self._names.add(name, entry)
            whole = "".join(name)
            self._bare.add(_bare(whole))
            return
        key = _key(compound)
        self._by[key.kind][key.mark].append(entry)
        if key.kind == "class":
            self._bare.add(_bare(key.mark))

    def seen(self, page: ElementIndex) -> Iterator[tuple[int, IndexHit]]:
        """Yield the places of the elements that any selector may match, with what is known of them by their attributes."""
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
            common = self._judged(look, entries) if entries else None
            for place in look.places:
                hit = common
                if further := of_place.get(place):
                    hit = self._judged(look, entries, further)
                if hit:
                    yield place, hit

    def _by_attributes(self, page: ElementIndex) -> dict[int, list[Entry]]:
        """Return the selectors that ask for other attributes than class and id, by the places of the elements they may match."""
        asked = set(self._by["attribute"])
        if self._names:
            asked.update(NAMING)
        values = list(_values(page, asked))
        naming = {value for name, value, _ in values if name in NAMING}
        telling = self._telling(naming)
        found: dict[int, list[Entry]] = defaultdict(list)
        for name, value, place in values:
            entries = found[place]
            for entry in self._by["attribute"].get(name, ()):
                if _may_have(entry.selector.compound, name, value):
                    entries.append(entry)
            if name in NAMING:
                for token in telling.get(value, ()):
                    entries += self._names.find(words(token))
        return found

    def _by_tag(self, tags: Iterable[str]) -> dict[str, Sequence[Entry]]:
        """Return for each tag the selectors that ask for it, or for a name in it."""
        found: dict[str, Sequence[Entry]] = {}
        for tag in tags:
            entries = self._by["tag"].get(tag.lower(), [])
            if "-" in tag:
                entries = [*entries, *self._names.find(words(tag))]
            found[tag] = entries
        return found

    def _by_class(self, texts: Collection[str]) -> dict[str | None, list[Entry]]:
        """Return for each `class` the selectors that ask for classes, names or beginnings in it, where there are any."""
        found = self._by_text(texts, "part of class")
        by_class = self._by["class"]
        for text, tokens in self._telling(texts).items():
            entries = found[text]
            for token in tokens:
                entries += by_class.get(token.lower(), ())
                entries += self._names.find(words(token))
        return found

    def _by_id(self, texts: Collection[str]) -> dict[str | None, list[Entry]]:
        """Return for each id the selectors that ask for it, or for a name or a beginning in it, where there are any."""
        found = self._by_text(texts, "part of id")
        by_id = self._by["id"]
        for text in texts:
            if entries := by_id.get(text.lower()):
                found[text] += entries
        for text, tokens in self._telling(texts).items():
            entries = found[text]
            for token in tokens:
                own = words(token)
                if is_name(own):
                    entries += self._names.find(own)
        return found

    def _by_text(
        self, texts: Iterable[str], kind: str
    ) -> dict[str | None, list[Entry]]:
        """Return for each class or id the selectors that ask for how it begins, or for a part of it."""
        found: dict[str | None, list[Entry]] = defaultdict(list)
        lower = {text: text.lower() for text in texts}
        by_head = self._by["head"]
        for text, low in lower.items():
            if entries := by_head.get(low[:_HEAD]):
                found[text] += entries
        by_part = self._by[kind]
        # no part has a line end in it
        if not by_part or not self._parts[kind].find("\n".join(lower.values())):
            return found
        for text, low in lower.items():
            for part, entries in by_part.items():
                if part in low:
                    found[text] += entries
        return found

    def _telling(self, texts: Collection[str]) -> dict[str, list[str]]:
        """Return those of some classes or ids, each with its words, that may hold a class or a name which is asked for."""
        if "" in self._bare:
            return {text: tokens_of(text) for text in texts}
        tokens: list[str] = []
        sources: list[str] = []
        for text in texts:
            own = tokens_of(text)
            tokens += own
            sources += [text] * len(own)
        found: dict[str, list[str]] = defaultdict(list)
        for place in sorted(self._telling_places(tokens)):
            source = sources[place]
            found[source].append(tokens[place])
        return found

    def _telling_places(self, tokens: Sequence[str]) -> set[int]:
        """Return the places of the words that may hold a class or a name which is asked for."""
        bare = _bare(" ".join(tokens))
        lengths = (len(token) + 1 for token in bare.split(" "))
        ends = list(accumulate(lengths))
        places = {bisect_right(ends, start) for start in self._words.starts(bare)}
        if bare.isascii():
            return places
        for place, token in enumerate(tokens):
            if not token.isascii():  # other signs may join words too
                places.add(place)
        return places

    def _judged(
        self, look: Look, entries: Sequence[Entry], further: Sequence[Entry] = ()
    ) -> IndexHit | None:
        """Return which selectors match or may match an element that looks so; `further` are those that only it may match."""
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
        held = tuple(entry for entry in rest if entry.is_held)
        unsure = tuple(
            entry for entry in rest if not entry.is_held and entry.number not in sure
        )
        return IndexHit(tuple(sorted(sure)), unsure, held)


def _values(
    page: ElementIndex, asked: Collection[str]
) -> Iterator[tuple[str, str, int]]:
    """Yield the name and the value of each attribute that is asked for, and the place of its element."""
    for look in page.looks:
        names = [name for name in look.names if name in asked]
        for name in names:
            for place in look.places:
                yield name, page.elements[place].get(name) or "", place


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
    """Tell whether the value of an attribute is what a compound asks for, where it asks for that attribute."""
    return all(fits(each, value) for each in compound.attributes if each.name == name)


def _judge(selector: Complex, look: Look) -> bool | None:
    """Tell whether a selector matches an element that looks so; None where that depends on more."""
    compound = selector.compound
    tag, classes, identity, *_ = look
    if not may_be(compound, tag, classes, identity):
        return False
    texts = {"class": classes, "id": identity}
    is_open = bool(selector.left)
    for each in compound.attributes:
        if each.name not in texts:
            is_open = True
        elif not fits(each, texts[each.name]):
            return False
    if is_open or _asks_more(compound):
        return None
    for name in compound.names:
        if not has_name(name, tag, classes, identity):
            return None
    return True


def _asks_more(compound: Compound) -> bool:
    """Tell whether a compound asks for what no look can show."""
    return bool(
        compound.places or compound.none_of or compound.some_of or compound.holds
    )


def _keys(compound: Compound) -> Iterator[Compound]:
    """Yield what a compound can be found by: itself, or the alternatives of one of its `:is()`."""
    if has_mark(compound):
        yield compound
        return
    for group in compound.some_of:
        if all(is_findable(each.compound) for each in group):
            for each in group:
                yield from _keys(each.compound)
            return


def _key(compound: Compound) -> _Key:
    """Return what a compound without a name is found by."""
    if compound.ids:
        return _Key("id", compound.ids[0])
    if compound.classes:
        return _Key("class", compound.classes[0])
    in_class_or_id = [each for each in compound.attributes if _asks_a_part(each)]
    if in_class_or_id:
        return _part_key(max(in_class_or_id, key=_value_length))
    others = [each for each in compound.attributes if each.name not in _MARKS]
    is_telling = compound.tag and compound.tag not in _COMMON
    if others and not is_telling:
        return _Key("attribute", others[0].name)
    if compound.tag:
        return _Key("tag", compound.tag)
    return _Key("attribute", compound.attributes[0].name)


def _asks_a_part(asked: Attribute) -> bool:
    """Tell whether a condition asks for some text in a class or an id."""
    return asked.name in _MARKS and bool(asked.operator) and bool(asked.value)


def _value_length(asked: Attribute) -> int:
    return len(asked.value)


def _part_key(asked: Attribute) -> _Key:
    """Return what is looked up in a class or id: its beginning, or a part of it."""
    value = asked.value
    if asked.operator == "=":
        return _Key("head", value[:_HEAD])
    if asked.operator == "^=" and len(value) >= _HEAD:
        return _Key("head", value[:_HEAD])
    return _Key(f"part of {asked.name}", value)

"""Phrases as compiled patterns, as many as a fixed room holds.

A phrase with placeholders compiles to ten thousand instructions and more: `<date>` knows the months of forty languages.
Documents of many sites ask for many phrases, each for a few of them. Those that nobody asked for longest are forgotten,
so that a run of any length stays as small as a short one.

Most phrases need no pattern of their own: a set of rough ones (`rough.py`) says in one call which may match a line, and
only those are compiled to look at it again.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import re2

from cleaner.rulebook import phrases
from cleaner.rulebook.rough import rough
from cleaner.rulebook.sets import MAX_MEMORY, PatternSet, re2_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.rulebook.phrases import Vocabulary

ROOM = 600_000
"""Instructions of all patterns that are kept. With what RE2 remembers of its matches one takes 40 to 80 bytes."""
SETS = 400
"""Rough sets that are kept: 50 KB each."""
MEMORY = 8 << 20
"""Bytes that one pattern may take with what it remembers, unless it is too large for that."""


class Texts(NamedTuple):
    """Phrases that are looked for together."""

    phrases: tuple[str, ...]
    exact: bool
    whole_line: bool


class Programs:
    """Compiled phrases. Threads may share them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._patterns: _Kept[Texts, re2._Regexp] = _Kept(self._pattern, lambda made: made.programsize, ROOM)
        self._sets: _Kept[Texts, _Rough] = _Kept(self._set, lambda _: 1, SETS)

    def match(self, texts: Texts, line: bytes) -> bool:
        """Tell whether a line in UTF-8 matches one of some phrases."""
        found, loose = self._sets.get(texts)
        for phrase in found.find(line):
            if phrase not in loose or self._patterns.get(texts._replace(phrases=(phrase,))).search(line):
                return True
        return False

    def near(self, texts: Texts, line: bytes) -> Iterator[re2._Regexp]:
        """Yield the patterns of the phrases that may match a line in UTF-8, with their captures; `found_` is the whole phrase."""
        for phrase in self._sets.get(texts).found.find(line):
            yield self._patterns.get(texts._replace(phrases=(phrase,)))

    def _source(self, phrase: str, texts: Texts) -> str:
        body = phrases.pattern(phrase, self._vocabulary, exact=texts.exact, captures=True)
        return phrases.whole_line(f"(?P<found_>{body})") if texts.whole_line else phrases.inside(body, phrase)

    def _pattern(self, texts: Texts) -> re2._Regexp:
        source = self._source(texts.phrases[0], texts)
        return _compiled(rf"\A{source}\z" if texts.whole_line else source)

    def _set(self, texts: Texts) -> _Rough:
        patterns: PatternSet[str] = PatternSet(whole_line=texts.whole_line)
        loose = set()
        for phrase in texts.phrases:
            source = self._source(phrase, texts)
            widened = rough(source)
            if widened != source:
                loose.add(phrase)
            patterns.add(phrase, widened)
        patterns.compile()
        return _Rough(patterns, loose)


class _Rough(NamedTuple):
    found: PatternSet[str]
    loose: set[str]
    """Phrases whose pattern was widened."""


def _compiled(pattern: str) -> re2._Regexp:
    options = re2_options()
    options.max_mem = MEMORY
    try:
        return re2.compile(pattern, options=options)
    except re2.error:
        options.max_mem = MAX_MEMORY
        return re2.compile(pattern, options=options)
    finally:
        re2.purge()  # it would keep the last 128 patterns, whatever their size


Key = TypeVar("Key")
Made = TypeVar("Made")


class _Kept(Generic[Key, Made]):
    """What is costly to make, by what it is made of; what was not asked for longest is forgotten when room is short."""

    def __init__(self, make: Callable[[Key], Made], size: Callable[[Made], int], room: int) -> None:
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._make, self._size, self._room = make, size, room
        self._lock = Lock()

    def get(self, key: Key) -> Made:
        """Return what is made of a key."""
        with self._lock:
            made = self._made.get(key)
            if made is not None:
                self._made.move_to_end(key)
                return made
            made = self._made[key] = self._make(key)
            self._room -= self._size(made)
            while self._room < 0 and len(self._made) > 1:
                _, oldest = self._made.popitem(last=False)
                self._room += self._size(oldest)
            return made

"""Phrases as compiled patterns, as many as a fixed room holds. RE2 is the judge of what a phrase matches.

A phrase with placeholders compiles to ten thousand instructions and more: `<date>` knows the months of forty languages.
Documents of many sites ask for many phrases, each for a few of them. Those that nobody asked for longest are forgotten,
so that a run of any length stays as small as a short one.

A rough pattern (`rough.py`) is asked first where there is one: it is small, and most lines do not match even that.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

import re2

from cleaner.rulebook import phrases
from cleaner.rulebook.rough import rough

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.phrases import Vocabulary

ROOM = 600_000
"""Instructions of all patterns that are kept. With what RE2 remembers of its matches one takes 40 to 80 bytes."""
MEMORY = 8 << 20
"""Bytes that one pattern may take with what it remembers …"""
MAX_MEMORY = 512 << 20
"""… unless it is too large for that."""


def re2_options() -> re2.Options:
    """Return how every pattern is compiled: case does not matter, errors are ours to tell, memory is bounded."""
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return options


def re2_compile(pattern: str, *, captures: bool) -> re2._Regexp:
    """Return a compiled pattern. Without captures it tells whether it matches in fewer steps."""
    options = re2_options()
    options.max_mem = MEMORY
    options.never_capture = not captures
    try:
        return re2.compile(pattern, options=options)
    except re2.error:
        options.max_mem = MAX_MEMORY
        return re2.compile(pattern, options=options)
    finally:
        re2.purge()  # it would keep the last 128 patterns, whatever their size


class _Key(NamedTuple):
    text: str
    exact: bool
    use: Literal["line", "rough line", "rough place", "captures of line", "captures of place"]


class _Pattern(NamedTuple):
    compiled: re2._Regexp
    is_rough: bool = False
    """Whether it matches more than the phrase does."""


class Programs:
    """Compiled phrases. Threads may share them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._patterns: _Kept[_Key, _Pattern] = _Kept(self._make, lambda made: made.compiled.programsize, ROOM)

    def equals(self, phrase: str, line: bytes, *, exact: bool) -> bool:
        """Tell whether a line in UTF-8, without white space at its ends, equals a phrase."""
        loose = self._patterns.get(_Key(phrase, exact, "rough line"))
        if loose.compiled.search(line) is None:
            return False
        return not loose.is_rough or self._patterns.get(_Key(phrase, exact, "line")).compiled.search(line) is not None

    def may_stand_in(self, phrase: str, line: bytes, *, exact: bool) -> bool:
        """Tell whether a phrase may stand somewhere in a line in UTF-8."""
        return self._patterns.get(_Key(phrase, exact, "rough place")).compiled.search(line) is not None

    def captures(self, phrase: str, *, exact: bool, whole_line: bool) -> re2._Regexp:
        """Return the pattern of a phrase with its captures; `found_` is the whole phrase. It allows white space at the ends of a line."""
        return self._patterns.get(_Key(phrase, exact, "captures of line" if whole_line else "captures of place")).compiled

    def _make(self, key: _Key) -> _Pattern:
        captures = key.use.startswith("captures")
        body = phrases.pattern(key.text, self._vocabulary, exact=key.exact, captures=captures)
        if key.use == "captures of line":
            body = rf"\A{phrases.whole_line(f'(?P<found_>{body})')}\z"
        elif key.use == "captures of place":
            body = phrases.inside(body, key.text)
        loose = rough(body) if key.use.startswith("rough") else body
        source = rf"\A(?:{loose})\z" if key.use.endswith("line") and not captures else loose
        return _Pattern(re2_compile(source, captures=captures), is_rough=loose != body)


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

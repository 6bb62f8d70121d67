"""Phrases as compiled patterns in a cache of fixed capacity. RE2 decides what a phrase matches.

A phrase with placeholders compiles to ten thousand instructions and more: `<date>` knows the months of forty languages.
Documents of many sites need many phrases, each a few of them. The least recently used patterns are dropped, so that a
long run needs no more memory than a short one.

A relaxed pattern (`relax`) is tried first where there is one: it is small, and most lines do not match even that.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

import re2

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.relax import bounds, opened, relaxed

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.phrases.syntax import Vocabulary

CAPACITY = 600_000
"""Instructions of all patterns that are kept. With what RE2 remembers of its matches one takes 40 to 80 bytes."""
NO_SIZE = 1 << 30
"""More characters than any line has."""
MEMORY = 8 << 20
"""Bytes that one pattern may take with what it remembers …"""
MAX_MEMORY = 512 << 20
"""… unless it is too large for that."""


def re2_options() -> re2.Options:
    """Return the options of every pattern: it ignores case, RE2 logs no errors, and memory is bounded."""
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


_Use = Literal[
    "relaxed line", "line", "relaxed place", "captures of line", "captures of place"
]


class _Key(NamedTuple):
    text: str
    exact: bool
    use: _Use
    size: int = NO_SIZE
    """It says what the phrase says of lines of so many characters at most, and matches all others that the phrase does."""


def _instructions(pattern: re2._Regexp) -> int:
    size: int = pattern.programsize
    return size


class Programs:
    """Compiled phrases. Threads may share them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._patterns: _Kept[_Key, re2._Regexp]
        self._patterns = _Kept(self._pattern, _instructions, CAPACITY)
        self._bounds: dict[tuple[str, bool], list[int]] = {}
        self._steps: dict[tuple[str, bool, int], list[_Key]] = {}

    def equals(self, phrase: str, line: str, *, exact: bool) -> bool:
        """Tell whether a line, without white space at its ends, equals a phrase."""
        data = line.encode()
        size = self._size(phrase, len(line), exact=exact)
        key = phrase, exact, size
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps_to(*key)
            self._steps[key] = steps
        last = steps[-1]
        if self._patterns.has(last):
            return self._patterns.get(last).search(data) is not None
        return all(self._patterns.get(step).search(data) for step in steps)

    def may_stand_in(self, phrase: str, line: str, *, exact: bool) -> bool:
        """Tell whether a phrase may stand somewhere in a line."""
        pattern = self._patterns.get(_Key(phrase, exact, "relaxed place"))
        return pattern.search(line.encode()) is not None

    def captures(
        self, phrase: str, size: int, *, exact: bool, whole_line: bool
    ) -> re2._Regexp:
        """Return the pattern of a phrase with its captures, for texts of so many characters; `found_` is the whole phrase.

        It allows white space at the ends of a line.
        """
        size = self._size(phrase, size, exact=exact)
        use: _Use = "captures of line" if whole_line else "captures of place"
        return self._patterns.get(_Key(phrase, exact, use, size))

    def _size(self, phrase: str, size: int, *, exact: bool) -> int:
        """Return up to which size of a line the bounds of a phrase are as much out of reach as for this size."""
        key = phrase, exact
        known = self._bounds.get(key)
        if known is None:
            body = syntax.pattern(phrase, self._vocabulary, exact=exact)
            known = bounds(body)
            self._bounds[key] = known
        for bound in known:
            if bound >= size:
                return bound
        return NO_SIZE

    def _steps_to(self, phrase: str, exact: bool, size: int) -> list[_Key]:  # noqa: FBT001 - a key
        """Return the patterns of which all match a line that equals a phrase, the cheapest first, the phrase's own last."""
        own = _Key(phrase, exact, "line", size)
        unbounded = _Key(phrase, exact, "line", 0)
        widest = _Key(phrase, exact, "relaxed line")
        by_source: dict[str, _Key] = {}
        for key in (own, unbounded, widest):
            by_source[self._source(key)] = key
        cheapest_last = list(by_source.values())
        return cheapest_last[::-1]

    def _pattern(self, key: _Key) -> re2._Regexp:
        return re2_compile(self._source(key), captures=key.use.startswith("captures"))

    def _source(self, key: _Key) -> str:
        body = syntax.pattern(
            key.text,
            self._vocabulary,
            exact=key.exact,
            captures=key.use.startswith("captures"),
        )
        body = opened(body, key.size)
        if key.use == "captures of line":
            line = syntax.whole_line(f"(?P<found_>{body})")
            return rf"\A{line}\z"
        if key.use == "captures of place":
            return syntax.inside(body, key.text)
        if key.use == "relaxed place":
            return relaxed(body)
        if key.use == "relaxed line":
            body = relaxed(body)
        return rf"\A(?:{body})\z"


Key = TypeVar("Key")
Made = TypeVar("Made")


class _Kept(Generic[Key, Made]):
    """A cache of costly values by their keys: the least recently used are dropped when the capacity is used up."""

    def __init__(
        self, make: Callable[[Key], Made], size: Callable[[Made], int], capacity: int
    ) -> None:
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._make = make
        self._size = size
        self._free = capacity
        self._lock = Lock()

    def has(self, key: Key) -> bool:
        """Tell whether the value of a key is kept."""
        return key in self._made

    def get(self, key: Key) -> Made:
        """Return the value of a key; make it where it is not kept."""
        with self._lock:
            made = self._made.get(key)
            if made is None:
                made = self._make(key)
                self._made[key] = made
                self._free -= self._size(made)
                self._shrink()
            else:
                self._made.move_to_end(key)
            return made

    def _shrink(self) -> None:
        """Drop the least recently used values, but never the last one."""
        while self._free < 0 and len(self._made) > 1:
            _, oldest = self._made.popitem(last=False)
            self._free += self._size(oldest)

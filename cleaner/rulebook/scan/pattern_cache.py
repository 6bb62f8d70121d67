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

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.relax import bounds, opened, rough

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.phrases.syntax import Vocabulary

ROOM = 600_000
"""Instructions of all patterns that are kept. With what RE2 remembers of its matches one takes 40 to 80 bytes."""
NO_SIZE = 1 << 30
"""More characters than any line has."""
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
    use: Literal[
        "rough line", "line", "rough place", "captures of line", "captures of place"
    ]
    size: int = NO_SIZE
    """It says what the phrase says of lines of so many characters at most, and matches all others that the phrase does."""


class Programs:
    """Compiled phrases. Threads may share them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._patterns: _Kept[_Key, re2._Regexp] = _Kept(
            self._pattern, lambda made: made.programsize, ROOM
        )
        self._bounds: dict[tuple[str, bool], list[int]] = {}
        self._steps: dict[tuple[str, bool, int], list[_Key]] = {}

    def equals(self, phrase: str, line: str, *, exact: bool) -> bool:
        """Tell whether a line, without white space at its ends, equals a phrase."""
        data = line.encode()
        key = phrase, exact, self._size(phrase, len(line), exact=exact)
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = self._steps_to(*key)
        if self._patterns.has(steps[-1]):
            return self._patterns.get(steps[-1]).search(data) is not None
        return all(self._patterns.get(step).search(data) for step in steps)

    def may_stand_in(self, phrase: str, line: str, *, exact: bool) -> bool:
        """Tell whether a phrase may stand somewhere in a line."""
        return (
            self._patterns.get(_Key(phrase, exact, "rough place")).search(line.encode())
            is not None
        )

    def captures(
        self, phrase: str, size: int, *, exact: bool, whole_line: bool
    ) -> re2._Regexp:
        """Return the pattern of a phrase with its captures, for texts of so many characters; `found_` is the whole phrase.

        It allows white space at the ends of a line.
        """
        size = self._size(phrase, size, exact=exact)
        return self._patterns.get(
            _Key(
                phrase,
                exact,
                "captures of line" if whole_line else "captures of place",
                size,
            )
        )

    def _size(self, phrase: str, size: int, *, exact: bool) -> int:
        """Return up to which size of a line the bounds of a phrase are as much out of reach as for this size."""
        known = self._bounds.get((phrase, exact))
        if known is None:
            body = syntax.pattern(phrase, self._vocabulary, exact=exact)
            known = self._bounds[phrase, exact] = bounds(body)
        return next((bound for bound in known if bound >= size), NO_SIZE)

    def _steps_to(self, phrase: str, exact: bool, size: int) -> list[_Key]:  # noqa: FBT001 - a key
        """Return the patterns of which all match a line that equals a phrase, the cheapest first, the phrase's own last."""
        keys = [
            _Key(phrase, exact, "rough line"),
            _Key(
                phrase, exact, "line", 0
            ),  # without bounds, wherever the line can reach them
            _Key(phrase, exact, "line", size),
        ]
        return list({self._source(key): key for key in reversed(keys)}.values())[::-1]

    def _pattern(self, key: _Key) -> re2._Regexp:
        return re2_compile(self._source(key), captures=key.use.startswith("captures"))

    def _source(self, key: _Key) -> str:
        captures = key.use.startswith("captures")
        body = syntax.pattern(
            key.text, self._vocabulary, exact=key.exact, captures=captures
        )
        body = opened(body, key.size)
        if key.use == "captures of line":
            return rf"\A{syntax.whole_line(f'(?P<found_>{body})')}\z"
        if key.use == "captures of place":
            return syntax.inside(body, key.text)
        if key.use == "rough place":
            return rough(body)
        return rf"\A(?:{rough(body) if key.use == 'rough line' else body})\z"


Key = TypeVar("Key")
Made = TypeVar("Made")


class _Kept(Generic[Key, Made]):
    """What is costly to make, by what it is made of; what was not asked for longest is forgotten when room is short."""

    def __init__(
        self, make: Callable[[Key], Made], size: Callable[[Made], int], room: int
    ) -> None:
        self._made: OrderedDict[Key, Made] = OrderedDict()
        self._make, self._size, self._room = make, size, room
        self._lock = Lock()

    def has(self, key: Key) -> bool:
        """Tell whether what is made of a key is there."""
        return key in self._made

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

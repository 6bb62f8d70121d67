"""Sets of RE2 patterns, each pattern with its owner: one call tells which of them match a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import re2

from cleaner.errors import UsageError
from cleaner.rulebook import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_MEMORY = 512 << 20
"""Bytes that a compiled set may take with what it remembers, which grows with use, not at the start. `Index` makes it forget."""
SET_CHARS = 2_000_000
"""Characters of patterns in one set: some 10,000 phrases. Four times as many would pass `MAX_MEMORY`."""


class Owner(NamedTuple):
    """Whose pattern it is."""

    rule: int
    role: str
    texts: tuple[str, ...] = ()
    """The phrases, where what was looked for says less than they do and a line that matches has to be looked at again."""
    longest: int = phrases.UNBOUNDED
    """Code points that a line can have which equals one of them, runs of spaces counted as one."""


T = TypeVar("T")


class PatternSet(Generic[T]):
    """Patterns with their owners, as an RE2 set; as several where one would be too large to compile."""

    def __init__(self, *, whole_line: bool) -> None:
        self._make = re2.Set.FullMatchSet if whole_line else re2.Set.SearchSet
        self._patterns: list[tuple[T, str]] = []
        self._parts: list[tuple[re2.Set, list[T]]] = []

    def add(self, owner: T, pattern: str) -> None:
        """Add a pattern."""
        self._patterns.append((owner, f"(?m:{pattern})"))

    def compile(self) -> None:
        """Compile what was added. Raise UsageError where one rule's phrases need more memory than a set may take.

        Once more, it forgets what it remembers of the lines that it has seen.
        """
        parts = []
        for patterns in _parts(self._patterns, size=lambda one: len(one[1])):
            made = self._make(re2_options())
            for _, pattern in patterns:
                made.Add(pattern)
            try:
                made.Compile()
            except re2.error as error:
                message = (
                    f"one rule has phrases that need more than {MAX_MEMORY >> 20} MB together: make two rules of it"
                )
                raise UsageError(message) from error
            parts.append((made, [owner for owner, _ in patterns]))
        self._parts = parts

    def find(self, text: bytes) -> Sequence[T]:
        """Return whose patterns match a line, or match somewhere in a text of many lines."""
        if len(self._parts) == 1:  # nearly always: this is the innermost call of the scan
            patterns, owners = self._parts[0]
            indexes = patterns.Match(text)
            return [owners[index] for index in indexes] if indexes else ()
        return [owners[index] for patterns, owners in self._parts for index in patterns.Match(text) or ()]


class Finder:
    """Patterns of which any will do: one search over a text finds the lines that hold one."""

    def __init__(self) -> None:
        self._patterns: dict[str, None] = {}
        self._parts: list[re2._Regexp] = []

    def add(self, pattern: str) -> None:
        """Add a pattern."""
        self._patterns[pattern] = None

    def compile(self) -> None:
        """Compile what was added: several automata where one would be too large. Once more, it forgets what it has seen."""
        options = re2_options()
        options.longest_match = True  # fewer states: their order does not matter
        options.never_capture = True
        re2.purge()  # it would give back the one that it made before
        self._parts = [
            re2.compile(f"(?m:{'|'.join(some)})", options=options) for some in _parts(list(self._patterns), size=len)
        ]

    def lines(self, text: str) -> list[int]:
        """Return the numbers of the lines of a text that hold a match or a part of one, in order."""
        data = text.encode()
        found: set[int] = set()
        for pattern in self._parts:
            at = number = 0
            while at >= 0 and (match := pattern.search(data, at)):
                start, end = match.span()
                number += data.count(b"\n", at, start)
                last = number + data.count(b"\n", start, end)
                found.update(range(number, last + 1))
                number, at = last + 1, data.find(b"\n", end) + 1 or -1
        return sorted(found)


def _parts(patterns: list[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield patterns in lists of at most `SET_CHARS`, or of one."""
    part: list[T] = []
    room = SET_CHARS
    for pattern in patterns:
        room -= size(pattern)
        if room < 0 and part:
            yield part
            part, room = [], SET_CHARS - size(pattern)
        part.append(pattern)
    if part:
        yield part


def re2_options() -> re2.Options:
    """Return how every pattern is compiled: case does not matter, errors are ours to tell, memory is bounded."""
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return options

"""Sets of RE2 patterns, each pattern with its owner: one call tells which of them match a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import re2

from cleaner.errors import UsageError
from cleaner.rulebook import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_MEMORY = 512 << 20
"""Bytes that a compiled set may take with its cache. It grows with use, not at the start."""
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


class PatternSet:
    """Patterns with their owners, as an RE2 set; as several where one would be too large to compile."""

    def __init__(self, *, whole_line: bool) -> None:
        self._make = re2.Set.FullMatchSet if whole_line else re2.Set.SearchSet
        self._parts: list[tuple[re2.Set, list[Owner]]] = []
        self._room = 0

    def add(self, owner: Owner, pattern: str) -> None:
        """Add a pattern; a full set is followed by another."""
        if self._room < len(pattern):
            self._parts.append((self._make(re2_options()), []))
            self._room = SET_CHARS
        self._room -= len(pattern)
        patterns, owners = self._parts[-1]
        patterns.Add(f"(?m:{pattern})")
        owners.append(owner)

    def compile(self) -> None:
        """Compile what was added. Raise UsageError where one rule's phrases need more memory than a set may take."""
        for patterns, _ in self._parts:
            try:
                patterns.Compile()
            except re2.error as error:
                message = (
                    f"one rule has phrases that need more than {MAX_MEMORY >> 20} MB together: make two rules of it"
                )
                raise UsageError(message) from error

    def find(self, text: bytes) -> Sequence[Owner]:
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
        """Compile what was added: several automata where one would be too large."""
        options = re2_options()
        options.longest_match = True  # fewer states: their order does not matter
        options.never_capture = True
        size, part = 0, []
        for pattern in self._patterns:
            part.append(pattern)
            size += len(pattern)
            if size > SET_CHARS:
                self._parts.append(re2.compile(f"(?m:{'|'.join(part)})", options=options))
                size, part = 0, []
        if part:
            self._parts.append(re2.compile(f"(?m:{'|'.join(part)})", options=options))

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


def re2_options() -> re2.Options:
    """Return how every pattern is compiled: case does not matter, errors are ours to tell, memory is bounded."""
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return options

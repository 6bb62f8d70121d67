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
    """The phrases, where the set has only a rough pattern of them and a line that matches has to be looked at again."""
    longest: int = phrases.UNBOUNDED
    """Bytes that a line can have which equals it."""


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
        return [owners[index] for patterns, owners in self._parts for index in patterns.Match(text) or ()]


def re2_options() -> re2.Options:
    """Return how every pattern is compiled: case does not matter, errors are ours to tell, memory is bounded."""
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return options

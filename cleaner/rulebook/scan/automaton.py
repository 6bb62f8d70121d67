"""One automaton of all keys: which lines of a folded text hold which of them, found in one walk (Aho and Corasick, 1975).

It is made whole when it is made: no text that comes later makes it grow, or is slower for being new.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALL = 16_000
"""Characters of keys up to which an automaton takes its fastest form: it is three times as fast, and 400 bytes a character."""


class Automaton:
    """Finds the keys of groups of phrases in texts. Threads may share it."""

    def __init__(
        self,
        keys: Sequence[str],
        owners: Sequence[Sequence[int]],
        limits: Sequence[int],
    ) -> None:
        form = Implementation.ContiguousNFA
        if sum(map(len, keys)) <= SMALL:
            form = Implementation.DFA
        self._automaton = AhoCorasick(keys, implementation=form)
        self._at_begin = bytearray(key.startswith("\n") for key in keys)
        self._owners = owners
        self._limits = limits

    def find(
        self, text: str, stripped: Sequence[str], folded: Sequence[str]
    ) -> Iterator[tuple[int, int]]:
        """Yield (line, group) for each key in a folded text, whose lines are given too, as they are and folded."""
        found = self._automaton.find_matches_as_indexes(f"\n{text}\n", overlapping=True)
        if not found:
            return
        at_begin = self._at_begin
        owners = self._owners
        limits = self._limits
        starts = _starts(folded)
        for key, start, _ in found:
            first = start + at_begin[key]
            number = bisect_right(starts, first) - 1
            size = min(len(folded[number]), len(stripped[number]))
            for group in owners[key]:
                if size <= limits[group]:
                    yield number, group


def _starts(lines: Sequence[str]) -> list[int]:
    """Return where each line starts in the text that the automaton reads: behind a newline."""
    starts = []
    start = 1
    for line in lines:
        starts.append(start)
        start += len(line) + 1
    return starts

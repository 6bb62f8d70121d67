"""One automaton of all keys: which lines of a folded text hold which of them, found in one walk (Aho and Corasick, 1975).

It is made whole when it is made: no text that comes later makes it grow, or is slower for being new.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALL = 100
"""Keys of an automaton that may take the fastest form, whose size grows with the product of keys and letters."""


class Automaton:
    """Finds keys in texts. Threads may share it."""

    def __init__(self, keys: Sequence[str]) -> None:
        form = Implementation.DFA if len(keys) <= SMALL else Implementation.ContiguousNFA
        self._automaton = AhoCorasick(keys, implementation=form)
        self._at_begin = bytearray(key.startswith("\n") for key in keys)

    def find(self, text: str, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (line, key) for each place of a key in a text, whose lines are given too."""
        found = self._automaton.find_matches_as_indexes(f"\n{text}\n", overlapping=True)
        if found:
            at_begin = self._at_begin
            starts = list(accumulate(map(len, lines), lambda start, size: start + size + 1, initial=1))
            for key, start, _ in found:
                yield bisect_right(starts, start + at_begin[key]) - 1, key

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
        form = (
            Implementation.DFA
            if sum(map(len, keys)) <= SMALL
            else Implementation.ContiguousNFA
        )
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
        at_begin, owners, limits = self._at_begin, self._owners, self._limits
        starts = list(
            accumulate(
                map(len, folded), lambda start, size: start + size + 1, initial=1
            )
        )
        for key, start, _ in found:
            number = bisect_right(starts, start + at_begin[key]) - 1
            size = min(len(folded[number]), len(stripped[number]))
            for group in owners[key]:
                if size <= limits[group]:
                    yield number, group

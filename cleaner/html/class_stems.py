"""Search class names for stems of words, all at once: class names are short, many, and most hold none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

if TYPE_CHECKING:
    from collections.abc import Collection


SMALL = 100
"""Up to this many stems take the fastest form, whose size grows with the product of stems and letters."""


class Stems:
    """Pieces of words, none of them empty. The automaton is built at the first search; threads may share it.

    >>> Stems({"author", "autor", "by"}).find("byline co-author")
    ['by', 'author']
    """

    def __init__(self, stems: Collection[str]) -> None:
        self._stems = stems

    @cached_property
    def _automaton(self) -> AhoCorasick:
        form = (
            Implementation.DFA
            if len(self._stems) <= SMALL
            else Implementation.ContiguousNFA
        )
        return AhoCorasick(
            list(self._stems), implementation=form, matchkind=MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> list[str]:
        """Return the stems that a text holds, from left to right, the longest where several begin and none inside another."""
        return self._automaton.find_matches_as_strings(text)

    def starts(self, text: str) -> list[int]:
        """Return where they begin."""
        return [start for _, start, _ in self._automaton.find_matches_as_indexes(text)]

"""Words that fill slots: which frames of words stand at the beginning of a short line, whatever the number of languages.

A *slot* is a list of words of one language that do the same (a call: `read`, `watch`; a thing: `story`, `video`); a *frame* is a
row of slots with some free words between. No automaton looks for frames: a dictionary knows the words, and a line is only
split into words where one of its first ones can begin a frame. Most lines begin with none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.rulebook.scan.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MAX_CHARS = 160
"""Code points of a line: longer ones are text."""
FIRST_WORDS = 3
"""So many words of a line's beginning may begin a frame."""
FIRST_CHARS = 60
"""Code points in which these are looked for: longer words are in no slot."""
MAX_GAP = 6
"""Free words between two slots of a frame."""
_WORD = re.compile(r"\w+")


class Slot(NamedTuple):
    """A list of words of a language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Slots that stand in this order, within `MAX_GAP` words of one another."""

    language: str
    slots: tuple[str, ...]


class Frames:
    """Finds frames in lines. Threads may share it."""

    def __init__(
        self, words: Mapping[Slot, Iterable[str]], frames: Sequence[Frame]
    ) -> None:
        self._slots: dict[str, list[Slot]] = {}
        for slot, some in words.items():
            for word in set(map(fold, some)):
                self._slots.setdefault(word, []).append(slot)
        self._rows: list[list[Slot]] = []
        self._frames: dict[Slot, list[int]] = {}
        """The numbers of the frames by the slot that they begin with."""
        for number, frame in enumerate(frames):
            row = [Slot(frame.language, name) for name in frame.slots]
            self._rows.append(row)
            self._frames.setdefault(row[0], []).append(number)
        self._calls = frozenset(filter(self._may_begin, self._slots))

    def _may_begin(self, word: str) -> bool:
        """Tell whether a frame may begin with a word."""
        slots = self._slots[word]
        return any(slot in self._frames for slot in slots)

    def find(self, line: str) -> list[int]:
        """Return the numbers of the frames that stand in a folded line, in order."""
        if len(line) > MAX_CHARS:
            return []
        first = _WORD.findall(line[:FIRST_CHARS])[:FIRST_WORDS]
        if self._calls.isdisjoint(first):
            return []
        words = _WORD.findall(line)
        places = self._places(words)
        begun: set[int] = set()
        for word in words[:FIRST_WORDS]:
            for slot in self._slots.get(word, ()):
                begun.update(self._frames.get(slot, ()))
        return sorted(number for number in begun if _stands(self._rows[number], places))

    def _places(self, words: Sequence[str]) -> dict[Slot, list[int]]:
        """Return at which places of a line words of each slot stand."""
        places: dict[Slot, list[int]] = {}
        for place, word in enumerate(words):
            slots = self._slots.get(word, ())
            for slot in slots:
                places.setdefault(slot, []).append(place)
        return places


def _stands(row: Sequence[Slot], places: Mapping[Slot, Sequence[int]]) -> bool:
    """Tell whether slots stand in order, the first of them within the first words."""
    first, *others = row
    reached = [place for place in places.get(first, ()) if place < FIRST_WORDS]
    for slot in others:
        before = reached
        reached = []
        for place in places.get(slot, ()):
            if _is_behind_one(place, before):
                reached.append(place)
    return bool(reached)


def _is_behind_one(place: int, before: Sequence[int]) -> bool:
    """Tell whether a place is behind one of others, with few words between."""
    return any(0 < place - other <= MAX_GAP + 1 for other in before)

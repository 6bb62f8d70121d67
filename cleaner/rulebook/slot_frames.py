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
            for word in {fold(word) for word in some}:
                self._slots.setdefault(word, []).append(slot)
        self._frames: dict[Slot, list[int]] = {}
        """The numbers of the frames by the slot that they begin with."""
        for number, frame in enumerate(frames):
            self._frames.setdefault(Slot(frame.language, frame.slots[0]), []).append(
                number
            )
        self._rows = [
            [Slot(frame.language, name) for name in frame.slots] for frame in frames
        ]
        self._calls = frozenset(
            word
            for word, slots in self._slots.items()
            if any(slot in self._frames for slot in slots)
        )

    def find(self, line: str) -> list[int]:
        """Return the numbers of the frames that stand in a folded line, in order."""
        if len(line) > MAX_CHARS or self._calls.isdisjoint(
            _WORD.findall(line[:FIRST_CHARS])[:FIRST_WORDS]
        ):
            return []
        words = _WORD.findall(line)
        places = self._places(words)
        begun = {
            number
            for word in words[:FIRST_WORDS]
            for slot in self._slots.get(word, ())
            for number in self._frames.get(slot, ())
        }
        return sorted(number for number in begun if _stands(self._rows[number], places))

    def _places(self, words: Sequence[str]) -> dict[Slot, list[int]]:
        """Return at which places of a line words of each slot stand."""
        places: dict[Slot, list[int]] = {}
        for place, word in enumerate(words):
            for slot in self._slots.get(word, ()):
                places.setdefault(slot, []).append(place)
        return places


def _stands(row: Sequence[Slot], places: Mapping[Slot, Sequence[int]]) -> bool:
    """Tell whether slots stand in order, the first of them within the first words."""
    reached = [place for place in places.get(row[0], ()) if place < FIRST_WORDS]
    for slot in row[1:]:
        reached = [
            place
            for place in places.get(slot, ())
            if any(0 < place - before <= MAX_GAP + 1 for before in reached)
        ]
    return bool(reached)

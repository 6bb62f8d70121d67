"""Points of many conditions, added up for all lines of a text at once.

    column of a fact ──limits──▶ the step of each value ──table──▶ points of each line ──+──▶ sums

The limits of the conditions that ask about a fact cut its values into steps, within which they cannot tell one value from
another; a column becomes a byte for each line, its step. Points are whole numbers with a "lane" of some bytes for each
line, side by side in one large integer: one addition adds the points of all lines, one "and" tells which lines meet two
conditions. Whole numbers are exact, so it does not matter in which order they are added.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from math import inf, nextafter
from typing import TYPE_CHECKING, NamedTuple, SupportsIndex, cast

from cleaner.line_facts import own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.signs import Columns, Part

_BYTE = 256
_MOST_PARTS = 100
"""Parts that share their steps: each has two limits at most, and steps are numbered by a byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The values of a fact, cut where one of some conditions begins or ceases to hold."""

    fact: str
    limits: Sequence[float]
    """Where the steps after the first begin, in order."""
    of_small: bytes
    """The steps of the whole numbers that a byte holds."""

    @classmethod
    def of(cls, fact: str, parts: Iterable[Part]) -> Steps:
        """Return the steps that some parts of conditions make; they ask for the fact of the line or of a neighbour."""
        ranges = [(part.low, part.high) for part in parts]
        begin = {low for low, _ in ranges if low > -inf}
        cease = {nextafter(high, inf) for _, high in ranges if high < inf}
        limits = sorted(begin | cease)
        return cls(fact=fact, limits=limits, of_small=bytes(bisect_right(limits, value) for value in range(_BYTE)))

    def of_column(self, column: Sequence[float]) -> bytes:
        """Return the step of every line. Counts, and yes and no, have theirs in a table."""
        try:
            small = bytes(cast("Sequence[SupportsIndex]", column))
        except (TypeError, ValueError):  # a share, or a count that a byte does not hold
            return bytes(map(bisect_right, repeat(self.limits), column))
        return small.translate(self.of_small)

    def table(self, worth: Callable[[float], int]) -> list[int]:
        """Return for each step what its values are worth."""
        return [worth(value) for value in (-inf, *self.limits)]


class Spot(NamedTuple):
    """Where a part of a condition looks: at the steps with a number, so far below the line that is judged."""

    steps: int
    below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Integers with a lane of some bytes for each line of a text."""

    width: int
    count: int

    def of(self, values: bytes) -> int:
        """Return one value for each line as an integer."""
        data = bytearray(self.width * self.count)
        data[:: self.width] = values
        return int.from_bytes(data, "little")

    def values(self, lanes: int) -> list[int]:
        """Return the value of each line. None may be below 0 or above what a lane holds."""
        size = self.width * self.count
        data = lanes.to_bytes(size, "little")
        return [int.from_bytes(data[start : start + self.width], "little") for start in range(0, size, self.width)]


class Worth(NamedTuple):
    """A condition and what it is worth, in whole points."""

    points: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Conditions and their points, made ready to be added up."""

    steps: Sequence[Steps]
    tables: Sequence[tuple[Spot, Sequence[bytes]]]
    """Points of conditions of one part by the steps of a spot, in bytes: the lowest byte of all steps first."""
    masks: Sequence[tuple[Spot, bytes]]
    """Parts of joint conditions: 1 for the steps that meet them."""
    joint: Sequence[tuple[int, Sequence[int]]]
    """Points of conditions of several parts, and the places of their masks."""
    start: int
    """What every lane begins with, so that none ends below 0: it would borrow from the next."""
    floor: int
    """The sum that a lane of 0 stands for."""
    width: int
    """Bytes of a lane."""

    @classmethod
    def of(cls, worths: Sequence[Worth]) -> Sums:
        """Return what adds up some conditions, one at least."""
        steps, spots = _steps([part for worth in worths for part in worth.parts])
        tables = _tables([worth for worth in worths if len(worth.parts) == 1], steps, spots)
        several = [worth for worth in worths if len(worth.parts) > 1]
        masked = {
            part: place for place, part in enumerate(dict.fromkeys(part for one in several for part in one.parts))
        }
        least = sum(min(table) for _, table in tables)
        floor = least + sum(min(0, points) for points, _ in several)
        ceiling = sum(max(table) for _, table in tables) + sum(max(0, points) for points, _ in several)
        return cls(
            steps=steps,
            tables=[(spot, _planes(table)) for spot, table in tables],
            masks=[(spots[part], _mask(part, steps[spots[part].steps])) for part in masked],
            joint=[(points, [masked[part] for part in parts]) for points, parts in several],
            start=least - floor,
            floor=floor,
            width=_bytes_of(ceiling - floor),
        )

    def of_lines(self, facts: Columns) -> list[int]:
        """Return the sum of every filled line."""
        own = [steps.of_column(facts.column(steps.fact)) for steps in self.steps]
        lanes = Lanes(width=self.width, count=len(own[0]))
        read = {spot: self._seen(own, spot) for spot, _ in (*self.tables, *self.masks)}
        total = lanes.of(b"\1" * lanes.count) * self.start
        for spot, planes in self.tables:
            for place, plane in enumerate(planes):
                total += lanes.of(read[spot].translate(plane)) << 8 * place
        masks = [lanes.of(read[spot].translate(table)) for spot, table in self.masks]
        for points, places in self.joint:
            met = masks[places[0]]
            for place in places[1:]:
                met &= masks[place]
            total += points * met
        return [value + self.floor for value in lanes.values(total)]

    def _seen(self, own: Sequence[bytes], spot: Spot) -> bytes:
        """Return the step that every line sees at a spot. Beyond the edge of the text facts are 0."""
        steps = own[spot.steps]
        far = min(abs(spot.below), len(steps))
        beyond = self.steps[spot.steps].of_small[:1] * far
        return beyond + steps[: len(steps) - far] if spot.below < 0 else steps[far:] + beyond


def _steps(parts: Iterable[Part]) -> tuple[list[Steps], dict[Part, Spot]]:
    """Return the steps of all facts that some parts ask for, and the spot of each part."""
    known: dict[str, dict[Part, int]] = {}
    for part in parts:
        fact, below = own_name(part.fact)
        known.setdefault(fact, {})[part] = below
    steps: list[Steps] = []
    spots = {}
    for fact, belows in known.items():
        some = list(belows)
        for first in range(0, len(some), _MOST_PARTS):
            together = some[first : first + _MOST_PARTS]
            spots.update({part: Spot(len(steps), belows[part]) for part in together})
            steps.append(Steps.of(fact, together))
    return steps, spots


def _tables(worths: Iterable[Worth], steps: Sequence[Steps], spots: dict[Part, Spot]) -> list[tuple[Spot, list[int]]]:
    """Return the points of conditions of one part, by the steps of their spots."""
    by_spot: dict[Spot, list[Worth]] = {}
    for worth in worths:
        by_spot.setdefault(spots[worth.parts[0]], []).append(worth)
    return [(spot, steps[spot.steps].table(partial(_shown, some))) for spot, some in by_spot.items()]


def _shown(worths: Iterable[Worth], value: float) -> int:
    """Return the points of the conditions of one part that a value meets."""
    return sum(points for points, (part,) in worths if part.low <= value <= part.high)


def _planes(table: Sequence[int]) -> list[bytes]:
    """Return what the points of each step are above the least of them, byte by byte."""
    least = min(table)
    numbers = [(points - least).to_bytes(_bytes_of(max(table) - least), "little") for points in table]
    return [bytes(plane).ljust(_BYTE, b"\0") for plane in zip(*numbers, strict=True)]


def _mask(part: Part, steps: Steps) -> bytes:
    return bytes(steps.table(lambda value: part.low <= value <= part.high)).ljust(_BYTE, b"\0")


def _bytes_of(number: int) -> int:
    return max(1, (number.bit_length() + 7) // 8)

"""Points of many conditions, added up for all lines of a text at once.

    column of a fact ──limits──▶ the step of each value ──table──▶ points of each line ──+──▶ sums

The limits of the conditions that ask about a fact cut its values into steps, within which they cannot tell one value from
another; a column becomes a byte for each line, its step. Points are whole numbers: a byte for each line, side by side in
one large integer. One addition of two such integers adds the points of all lines, one "and" tells which lines meet two
conditions. What would overflow a byte goes into another integer. Whole numbers are exact, in whatever order they are added.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import repeat
from math import inf, nextafter
from operator import add, and_
from typing import TYPE_CHECKING, NamedTuple, SupportsIndex, cast

from cleaner.features.lines import own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.features.scorecard import Columns, Part

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
        return cls(
            fact=fact,
            limits=limits,
            of_small=bytes(bisect_right(limits, value) for value in range(_BYTE)),
        )

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


class Worth(NamedTuple):
    """A condition and what it is worth, in whole points."""

    points: int
    parts: Sequence[Part]


class Joint(NamedTuple):
    """Points of lines that meet several masks, or of those that do not."""

    points: int
    masks: Sequence[int]
    """Indexes into `Sums.masks`."""
    is_met: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Points whose sums fit into a byte, in units of `weight`."""

    weight: int
    tables: list[tuple[Spot, bytes]] = field(default_factory=list)
    """Points of conditions of one part, by the steps of a spot."""
    joint: list[Joint] = field(default_factory=list)
    """Points of conditions of several parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Conditions and their points, made ready to be added up."""

    steps: Sequence[Steps]
    masks: Sequence[tuple[Spot, bytes]]
    """Parts of joint conditions: 1 for the steps that meet them."""
    groups: Sequence[Group]
    floor: int
    """The sum of a line to which no group adds anything."""

    @classmethod
    def of(cls, worths: Sequence[Worth]) -> Sums:
        """Return what adds up some conditions, one at least."""
        steps, spots = _steps([part for worth in worths for part in worth.parts])
        tables = _tables(
            [worth for worth in worths if len(worth.parts) == 1], steps, spots
        )
        several = [worth for worth in worths if len(worth.parts) > 1]
        parts = list(dict.fromkeys(part for worth in several for part in worth.parts))
        groups = _Groups()
        for spot, table in tables:
            groups.add_table(spot, [points - min(table) for points in table])
        for points, some in several:
            groups.add_joint(
                Joint(
                    abs(points), [parts.index(part) for part in some], is_met=points > 0
                )
            )
        return cls(
            steps=steps,
            masks=[
                (spots[part], _mask(part, steps[spots[part].steps])) for part in parts
            ],
            groups=groups.all,
            floor=sum(min(table) for _, table in tables)
            + sum(min(0, points) for points, _ in several),
        )

    def of_lines(self, facts: Columns) -> list[int]:
        """Return the sum of every filled line."""
        own = [steps.of_column(facts.column(steps.fact)) for steps in self.steps]
        count = len(own[0])
        tables = [
            (spot, table) for group in self.groups for spot, table in group.tables
        ]
        seen = {spot: self._seen(own, spot) for spot, _ in (*tables, *self.masks)}
        masks = [
            int.from_bytes(seen[spot].translate(table), "little")
            for spot, table in self.masks
        ]
        every = int.from_bytes(b"\1" * count, "little")
        sums = [self.floor] * count
        for group in self.groups:
            total = sum(
                int.from_bytes(seen[spot].translate(table), "little")
                for spot, table in group.tables
            )
            for points, places, is_met in group.joint:
                met = reduce(and_, map(masks.__getitem__, places))
                total += points * (met if is_met else every ^ met)
            units = total.to_bytes(count, "little")
            sums = list(
                map(
                    add,
                    sums,
                    units
                    if group.weight == 1
                    else [group.weight * some for some in units],
                )
            )
        return sums

    def _seen(self, own: Sequence[bytes], spot: Spot) -> bytes:
        """Return the step that every line sees at a spot. Beyond the edge of the text facts are 0."""
        steps = own[spot.steps]
        if not spot.below:
            return steps
        far = min(abs(spot.below), len(steps))
        beyond = self.steps[spot.steps].of_small[:1] * far
        return (
            beyond + steps[: len(steps) - far]
            if spot.below < 0
            else steps[far:] + beyond
        )


class _Groups:
    """Groups that are being filled: points go byte by byte into the last group of their weight that has room."""

    def __init__(self) -> None:
        self.all: list[Group] = []
        self._room: dict[int, tuple[int, Group]] = {}

    def _with_room(self, weight: int, most: int) -> Group:
        room, group = self._room.get(weight, (0, Group(weight)))
        if room < most:
            room, group = _BYTE - 1, Group(weight)
            self.all.append(group)
        self._room[weight] = room - most, group
        return group

    def add_table(self, spot: Spot, table: Sequence[int]) -> None:
        """Add points, none below 0, by the steps of a spot."""
        for weight, digits in _digits(table):
            self._with_room(weight, max(digits)).tables.append(
                (spot, bytes(digits).ljust(_BYTE, b"\0"))
            )

    def add_joint(self, joint: Joint) -> None:
        """Add the points, not below 0, of several masks."""
        for weight, (points,) in _digits([joint.points]):
            self._with_room(weight, points).joint.append(joint._replace(points=points))


def _digits(numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield the bytes of some numbers with their weight, the lowest first."""
    weight = 1
    while weight <= max(numbers):
        yield weight, [number // weight % _BYTE for number in numbers]
        weight *= _BYTE


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


def _tables(
    worths: Iterable[Worth], steps: Sequence[Steps], spots: dict[Part, Spot]
) -> list[tuple[Spot, list[int]]]:
    """Return the points of conditions of one part, by the steps of their spots."""
    by_spot: dict[Spot, list[Worth]] = {}
    for worth in worths:
        by_spot.setdefault(spots[worth.parts[0]], []).append(worth)
    return [
        (spot, steps[spot.steps].table(partial(_shown, some)))
        for spot, some in by_spot.items()
    ]


def _shown(worths: Iterable[Worth], value: float) -> int:
    """Return the points of the conditions of one part that a value meets."""
    return sum(points for points, (part,) in worths if part.low <= value <= part.high)


def _mask(part: Part, steps: Steps) -> bytes:
    return bytes(steps.table(lambda value: part.low <= value <= part.high)).ljust(
        _BYTE, b"\0"
    )

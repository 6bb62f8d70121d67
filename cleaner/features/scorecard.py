"""Signs: conditions on line facts in words, and what several of them together are worth.

    words at most 3, stop no          a condition: all of its parts must hold
    -1.2 words at most 3, stop no     a sign: a condition with its points

The parts name a fact (`line_facts.FACTS`, or what the caller adds) and say how it must be: `at least N`, `at most N`,
`N to M`, `more than N`, `less than N`, `N`, `yes`, `no`. A `Scorecard` adds the points of the signs that a line shows;
it can tell for each line which they were, and that is all there is to its decisions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from math import nextafter
from operator import add
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.features.lines import FACTS, is_fact, own_name
from cleaner.features.score_columns import Sums, Worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_NUMBER = r"-?\d+(?:\.\d+)?"
_PART = re.compile(
    rf"(?P<fact>.+?)\s+(?:(?P<sense>at least|at most|more than|less than)\s+(?P<limit>{_NUMBER})"
    rf"|(?P<low>{_NUMBER})\s+to\s+(?P<high>{_NUMBER})|(?P<exact>{_NUMBER})|(?P<answer>yes|no))\s*%?",
)
_POINTS = re.compile(r"([+\-−]?\d+(?:\.\d+)?)\s+(.+)")
EXACT = 6
"""Decimals of points and sums: points have one or two, and what finer ones leave over must not decide a tie."""
_EVER = float("inf")
_SMALLEST = 1e-9
"""`more than N` begins so far above N: facts are counts and shares, none is as fine."""


class SignError(ValueError):
    """A condition or a sign that cannot be read: what, where in it (code points), and what would do."""

    def __init__(self, message: str, offset: int, width: int) -> None:
        super().__init__(message)
        self.offset = offset
        self.width = width


class Columns(Protocol):
    """What facts are read from: `LineFeatures`, or facts with more beside them."""

    def column(self, name: str) -> Sequence[float]:
        """Return one fact of every filled line."""
        ...


class Part(NamedTuple):
    """One fact and the range in which it has to be, both ends included."""

    fact: str
    low: float
    high: float


class Sign(NamedTuple):
    """A condition, what it is worth, and how it was written."""

    points: float
    parts: tuple[Part, ...]
    text: str


class Reason(NamedTuple):
    """One sign that a line shows."""

    points: float
    text: str

    def __str__(self) -> str:
        return f"{self.points:+.1f} {self.text}"


@cache
def condition(text: str, known: Callable[[str], bool] = is_fact) -> tuple[Part, ...]:
    """Return the parts of a condition. Raise SignError where it cannot be read.

    >>> condition("words 2 to 8, stop no")
    (Part(fact='words', low=2.0, high=8.0), Part(fact='stop', low=0.0, high=0.0))
    """
    parts, offset = [], 0
    for piece in text.split(","):
        bare = piece.strip()
        place = offset + piece.index(bare) if bare else offset
        parts.append(_part(bare, place, known))
        offset += len(piece) + 1
    return tuple(parts)


def _part(text: str, offset: int, known: Callable[[str], bool]) -> Part:
    found = _PART.fullmatch(text)
    if not found:
        message = f"'{text}' is no condition: write a fact and `at least 10`, `at most 3`, `2 to 8`, `4`, `yes` or `no`"
        raise SignError(message, offset, max(1, len(text)))
    fact = " ".join(found["fact"].split())
    if not known(fact):
        raise SignError(
            f"'{fact}' is no line fact; facts are {', '.join(FACTS)}",
            offset,
            len(found["fact"]),
        )
    if found["answer"]:
        return (
            Part(fact, _SMALLEST, _EVER)
            if found["answer"] == "yes"
            else Part(fact, 0.0, 0.0)
        )
    if found["exact"]:
        return Part(fact, float(found["exact"]), float(found["exact"]))
    if found["sense"]:
        limit = float(found["limit"])
        return {
            "at least": Part(fact, limit, _EVER),
            "at most": Part(fact, -_EVER, limit),
            "more than": Part(fact, limit + _SMALLEST, _EVER),
            "less than": Part(fact, -_EVER, limit - _SMALLEST),
        }[found["sense"]]
    return Part(fact, float(found["low"]), float(found["high"]))


def sign(text: str, known: Callable[[str], bool] = is_fact) -> Sign:
    """Return a sign. Raise SignError where it cannot be read.

    >>> sign("+1.5 words 2 to 8").points
    1.5
    """
    found = _POINTS.fullmatch(text)
    if not found:
        raise SignError(
            f"'{text}' is no sign: write points and a condition, as in `-1.5 words at most 3`",
            0,
            len(text),
        )
    try:
        parts = condition(found[2], known)
    except SignError as error:
        raise SignError(
            str(error), error.offset + found.start(2), error.width
        ) from None
    return Sign(float(found[1].replace("−", "-")), parts, found[2])


def fits(parts: Iterable[Part], facts: Columns, place: int) -> bool:
    """Tell whether a line meets all parts of a condition."""
    return all(low <= facts.column(fact)[place] <= high for fact, low, high in parts)


class _Ranges(NamedTuple):
    """Which of some ranges a value lies in, told by where each begins and where it has ended."""

    edges: list[float]
    inside: list[list[int]]
    """The ranks of the ranges that hold the values below the first edge, and those from each edge on."""

    @classmethod
    def of(cls, ranges: Iterable[tuple[float, float, int]]) -> _Ranges:
        """Return some ranges, given as (low, high, rank), both ends included."""
        some = list(ranges)
        edges = sorted(
            {low for low, _, _ in some}
            | {nextafter(high, _EVER) for _, high, _ in some}
        )
        values = (-_EVER, *edges)
        return cls(
            edges,
            [
                [rank for low, high, rank in some if low <= value <= high]
                for value in values
            ],
        )

    def met(self, value: float) -> list[int]:
        """Return the ranks of the ranges that a value lies in."""
        return self.inside[bisect_right(self.edges, value)]


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """Signs that add up. No `slots`: a cached property needs an instance dictionary."""

    signs: tuple[Sign, ...]

    @cached_property
    def _scale(self) -> int:
        """What makes whole numbers of all points."""
        scales = (int(10**decimals) for decimals in range(EXACT))
        return next(
            (
                scale
                for scale in scales
                if all(_is_whole(one.points, scale) for one in self.signs)
            ),
            int(10**EXACT),
        )

    @cached_property
    def _sums(self) -> Sums:
        return Sums.of(
            [Worth(round(one.points * self._scale), one.parts) for one in self.signs]
        )

    @cached_property
    def _facts(self) -> dict[str, tuple[str, int]]:
        """The facts that signs ask for: whose they are, and how far below."""
        return {
            part.fact: own_name(part.fact) for some in self.signs for part in some.parts
        }

    def scores(self, facts: Columns) -> list[float]:
        """Return the sum of points of every filled line, exact in the decimals that points have."""
        if not self.signs:
            return []
        scale = self._scale
        return [points / scale for points in self._sums.of_lines(facts)]

    @cached_property
    def _ranked(self) -> list[Sign]:
        """The signs, the weightiest first."""
        return sorted(self.signs, key=lambda one: -abs(one.points))

    @cached_property
    def _reasons(self) -> list[Reason]:
        return [Reason(one.points, one.text) for one in self._ranked]

    @cached_property
    def _alone(self) -> dict[str, _Ranges]:
        """The signs of one part by their fact."""
        table: dict[str, list[tuple[float, float, int]]] = {}
        for rank, one in enumerate(self._ranked):
            if len(one.parts) == 1:
                ((fact, low, high),) = one.parts
                table.setdefault(fact, []).append((low, high, rank))
        return {fact: _Ranges.of(ranges) for fact, ranges in table.items()}

    @cached_property
    def _joint(self) -> list[tuple[int, tuple[Part, ...]]]:
        """The signs of several parts, as (rank, parts)."""
        return [
            (rank, one.parts)
            for rank, one in enumerate(self._ranked)
            if len(one.parts) > 1
        ]

    def reasons(self, facts: Columns, place: int) -> list[Reason]:
        """Return the signs that one line shows, the weightiest first."""
        shown = {}
        for name, (fact, below) in self._facts.items():
            column, there = facts.column(fact), place + below
            shown[name] = column[there] if 0 <= there < len(column) else 0.0
        met = [rank for rank, parts in self._joint if _holds(parts, shown)]
        for name, limits in self._alone.items():
            met += limits.met(shown[name])
        return [self._reasons[rank] for rank in sorted(met)]

    def written(self, facts: Columns, place: int, points: float) -> str:
        """Return the sum of a line for a reason. `points` is its score.

        Where the points of a line come to nothing, the sign is what is left over by adding them as binary fractions: those
        of one fact after those of another, and last the points of facts that are the same for all lines.
        """
        return f"{points or self._left_over(facts, place):+.1f}"

    def _left_over(self, facts: Columns, place: int) -> float:
        points: dict[tuple[str, ...], list[float]] = {}
        for one in sorted(self.signs, key=lambda one: len(one.parts) > 1):
            names = tuple(part.fact for part in one.parts)
            points.setdefault(names, []).extend(
                [one.points] * fits(one.parts, facts, place)
            )
        varying, same = [], 0.0
        for names, some in points.items():
            if len(names) > 1 or len(set(facts.column(names[0]))) > 1:
                varying.append(sum(some))
            else:
                same += sum(some)
        return round(reduce(add, [*varying, same]), EXACT)


def _is_whole(points: float, scale: int) -> bool:
    return round(round(points * scale) / scale, EXACT) == round(points, EXACT)


def _holds(parts: Iterable[Part], shown: Mapping[str, float]) -> bool:
    """Tell whether facts meet all parts of a condition. A plain loop: reasons ask for every sign of a card."""
    for fact, low, high in parts:  # noqa: SIM110
        if not low <= shown[fact] <= high:
            return False
    return True

"""Where the article lies in a page, by a first reckoning of its lines: facts for the second.

The first reckoning judges each line by itself and its neighbours. Added up, its points show the stretch of text that
is the article; then each line is judged again by how it lies to that stretch: inside, how far before or after it, and
whether it speaks of the same topic.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, repeat
from math import exp, log1p
from typing import TYPE_CHECKING

from cleaner.features.clutter import is_page_fact
from cleaner.features.lines import reached, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.features.scorecard import Columns

_REACH = (1, 2, 4, 8)
_MOST = 3.0
"""Points of one line that count for where the article lies: no single line decides."""
SECOND_FACTS = {
    "points": "What the first reckoning makes of the line",
    **{
        f"article {side} {reach}": f"How sure the first reckoning is of the {reach} lines {side}, per cent"
        for side in ("above", "below")
        for reach in _REACH
    },
    "share above": "How much of the article the first reckoning sees above the line, per cent",
    "inside": "Whether the line lies in the stretch that is the article",
    "before": "Lines between it and the article below it, 0 where it does not lie before it",
    "after": "Lines between it and the article above it, 0 where it does not lie after it",
    "depth": "Lines between it and the nearer end of the article, 0 outside, 1 for the first and last line",
    "topic": "Its topic words that stand in other lines of the article too, per cent",
    "strange": "Whether it has topic words and shares none with the article",
}
"""Facts beside those of the first reckoning."""


def is_article_fact(name: str) -> bool:
    """Tell whether a name is a fact that the second reckoning knows."""
    return name in SECOND_FACTS or is_page_fact(name)


class SecondFacts:
    """What is known of each filled line after the first reckoning: `points` and `topics` have one entry for each."""

    def __init__(
        self, facts: Columns, points: Sequence[float], topics: Sequence[frozenset[str]]
    ) -> None:
        self._facts = facts
        self._points = points
        self._topics = topics
        self._columns: dict[str, Sequence[float]] = {"points": points}

    def column(self, name: str) -> Sequence[float]:
        """Return one fact of every filled line."""
        if name not in SECOND_FACTS:
            return self._facts.column(name)
        if name not in self._columns:
            self._columns[name] = self._work_out(name)
        return self._columns[name]

    def _work_out(self, name: str) -> Sequence[float]:
        if name.startswith("article "):
            _, side, reach = name.split()
            return self._near(int(reach), above=side == "above")
        column: Sequence[float] = getattr(self, f"_{name.replace(' ', '_')}")()
        return column

    @cached_property
    def _sure(self) -> list[float]:
        return [
            1 / (1 + exp(-max(-30.0, min(30.0, points)))) for points in self._points
        ]

    @cached_property
    def stretch(self) -> range:
        """The places of the article: the stretch with the most points, longer lines counting more."""
        counts = self._facts.column("words")
        worth = [
            max(-_MOST, min(_MOST, sure)) * log1p(n)
            for sure, n in zip(self._points, counts, strict=True)
        ]
        best, sum_, start, found = 0.0, 0.0, 0, range(0)
        for place, value in enumerate(worth):
            if sum_ <= 0:
                sum_, start = 0.0, place
            sum_ += value
            if sum_ > best:
                best, found = sum_, range(start, place + 1)
        return found

    @cached_property
    def _sure_above(self) -> list[float]:
        return list(accumulate(self._sure, initial=0.0))

    def _near(self, reach: int, *, above: bool) -> list[float]:
        sums, count = self._sure_above, len(self._sure)
        first, stop = (-reach, 0) if above else (1, 1 + reach)
        around = zip(reached(count, first), reached(count, stop), strict=True)
        return [
            100 * (sums[stop] - sums[start]) / (stop - start or 1)
            for start, stop in around
        ]

    def _share_above(self) -> list[float]:
        mass = [
            sure * count
            for sure, count in zip(self._sure, self._facts.column("words"), strict=True)
        ]
        sums = list(accumulate(mass, initial=0.0))
        return [100 * above / (sums[-1] or 1) for above in sums[:-1]]

    def _inside(self) -> list[float]:
        return [
            *repeat(0, self.stretch.start),
            *repeat(1, len(self.stretch)),
            *repeat(0, self._below),
        ]

    def _before(self) -> list[float]:
        return [
            *range(self.stretch.start, 0, -1),
            *repeat(0, len(self.stretch) + self._below),
        ]

    def _after(self) -> list[float]:
        return [*repeat(0, self.stretch.stop), *range(1, self._below + 1)]

    def _depth(self) -> list[float]:
        size = len(self.stretch)
        inside = map(min, range(1, size + 1), range(size, 0, -1))
        return [*repeat(0, self.stretch.start), *inside, *repeat(0, self._below)]

    @property
    def _below(self) -> int:
        """How many lines stand below the article."""
        return len(self._points) - self.stretch.stop

    @cached_property
    def _shared(self) -> list[int]:
        """For each line how many of its topic words the rest of the article has."""
        inside = self.column("inside")
        members = [
            is_inside > 0 and points > 0
            for is_inside, points in zip(inside, self._points, strict=True)
        ]
        return shared(self._topics, members)

    def _topic(self) -> list[float]:
        return [
            100 * some / (len(topic) or 1)
            for some, topic in zip(self._shared, self._topics, strict=True)
        ]

    def _strange(self) -> list[float]:
        return [
            len(topic) > 0 and not some
            for some, topic in zip(self._shared, self._topics, strict=True)
        ]

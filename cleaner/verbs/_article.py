"""Where the article lies in a page, by a first reckoning of its lines: facts for the second.

The first reckoning judges each line by itself and its neighbours. Added up, its points show the stretch of text that
is the article; then each line is judged again by how it lies to that stretch: inside, how far before or after it, and
whether it speaks of the same topic.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from math import exp, log1p
from typing import TYPE_CHECKING

from cleaner.line_facts import topic_words
from cleaner.verbs._page_facts import is_page_fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.signs import Columns

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
    """What is known of each filled line after the first reckoning: `facts`, `points` and `lines` have one entry for each."""

    def __init__(self, facts: Columns, points: Sequence[float], lines: Sequence[str]) -> None:
        self._facts = facts
        self._points = points
        self._lines = lines
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
        return [1 / (1 + exp(-max(-30.0, min(30.0, points)))) for points in self._points]

    @cached_property
    def stretch(self) -> range:
        """The places of the article: the stretch with the most points, longer lines counting more."""
        counts = self._facts.column("words")
        worth = [max(-_MOST, min(_MOST, sure)) * log1p(n) for sure, n in zip(self._points, counts, strict=True)]
        best, sum_, start, found = 0.0, 0.0, 0, range(0)
        for place, value in enumerate(worth):
            if sum_ <= 0:
                sum_, start = 0.0, place
            sum_ += value
            if sum_ > best:
                best, found = sum_, range(start, place + 1)
        return found

    def _near(self, reach: int, *, above: bool) -> list[float]:
        sums = list(accumulate(self._sure, initial=0.0))
        last = len(self._sure)
        column = []
        for place in range(last):
            first, stop = (max(0, place - reach), place) if above else (place + 1, min(last, place + 1 + reach))
            column.append(100 * (sums[stop] - sums[first]) / max(1, stop - first))
        return column

    def _share_above(self) -> list[float]:
        mass = [sure * count for sure, count in zip(self._sure, self._facts.column("words"), strict=True)]
        sums = list(accumulate(mass, initial=0.0))
        return [100 * above / (sums[-1] or 1) for above in sums[:-1]]

    def _inside(self) -> list[float]:
        return [float(place in self.stretch) for place in range(len(self._points))]

    def _before(self) -> list[float]:
        return [max(0, self.stretch.start - place) for place in range(len(self._points))]

    def _after(self) -> list[float]:
        return [max(0, place - self.stretch.stop + 1) for place in range(len(self._points))]

    def _depth(self) -> list[float]:
        first, stop = self.stretch.start, self.stretch.stop
        return [max(0, min(place - first + 1, stop - place)) for place in range(len(self._points))]

    @cached_property
    def _shared(self) -> list[tuple[int, int]]:
        """For each line the number of its topic words, and how many of them the rest of the article has."""
        topics = [topic_words(line) for line in self._lines]
        known: dict[str, int] = {}
        members = [place for place in self.stretch if self._points[place] > 0]
        for place in members:
            for word in topics[place]:
                known[word] = known.get(word, 0) + 1
        own = set(members)
        return [
            (len(some), sum(known.get(word, 0) > (place in own) for word in some)) for place, some in enumerate(topics)
        ]

    def _topic(self) -> list[float]:
        return [100 * shared / (count or 1) for count, shared in self._shared]

    def _strange(self) -> list[float]:
        return [float(count > 0 and not shared) for count, shared in self._shared]

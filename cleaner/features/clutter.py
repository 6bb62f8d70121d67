"""Line facts as rules see them: those of the text, and where other rules have found clutter in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.features.lines import FACTS, LineFeatures, own_name, shifted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

CLUTTER_FACTS = {
    "clutter": "Whether other rules know the line as clutter",
    "clutter 3": "Lines that other rules know as clutter among the three on each side",
}
"""Facts beside those of `line_facts`."""


def is_page_fact(name: str) -> bool:
    """Tell whether a name is a line fact or one about known clutter, of the line or of a neighbour."""
    fact, _ = own_name(name)
    return fact in FACTS or fact in CLUTTER_FACTS


class PageFacts:
    """Line facts, and which lines other rules know as clutter."""

    def __init__(self, facts: LineFeatures, claimed: Collection[int]) -> None:
        self.facts = facts
        self._clutter = [number in claimed for number in facts.filled]

    @property
    def topics(self) -> Sequence[frozenset[str]]:
        """The words of each filled line that say something about its topic."""
        return self.facts.topics

    def column(self, name: str) -> Sequence[float]:
        """Return one fact of every filled line."""
        if name in FACTS:
            return self.facts.column(name)
        fact, below = own_name(name)
        if fact not in CLUTTER_FACTS:
            return self.facts.column(name)
        column = self._clutter if fact == "clutter" else self._clutter_near
        return shifted(column, below) if below else column

    @cached_property
    def _clutter_near(self) -> list[int]:
        return [
            sum(self._clutter[max(0, place - 3) : place + 4]) - own
            for place, own in enumerate(self._clutter)
        ]

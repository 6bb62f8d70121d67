"""Flow: which of two copies stands in the article.

A paragraph of the article has other paragraphs beside it; a pull quote, a teaser or a caption stands between labels,
credits and headlines. So each copy is weighed by the sentence-like lines around it that are no copies themselves: the
nearest above and below count most. Known clutter is not looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cleaner.verbs.api.view import View

WEIGHTS = (4, 2, 1)
"""What a paragraph weighs as the nearest line on one side, the second, the third."""
IN = WEIGHTS[0]
"""A copy with this weight or more on a side has a paragraph next to it there."""


class Place(NamedTuple):
    """The weight of the paragraphs above and below a copy."""

    above: int
    below: int

    @property
    def weight(self) -> int:
        """The weight of both sides."""
        return self.above + self.below

    @property
    def is_inside(self) -> bool:
        """True where a paragraph stands next to the copy on both sides."""
        return min(self) >= IN

    @property
    def is_outside(self) -> bool:
        """True where no paragraph stands next to the copy."""
        return max(self) < IN


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The lines of a document that are neither known clutter nor copies.

    No `slots`: cached properties need an instance dictionary.
    """

    view: View
    copied: Collection[int]

    @cached_property
    def own(self) -> Sequence[int]:
        """The numbers of the lines that are said once, in order."""
        return [
            number for number in self.view.standing.numbers if number not in self.copied
        ]

    @cached_property
    def first_paragraph(self) -> int:
        """The first line that is a paragraph and no copy; the number of lines where there is none."""
        return next(
            filter(self._is_paragraph, self.own), len(self.view.document.contents)
        )

    def _is_paragraph(self, number: int) -> bool:
        """Tell whether a line is a whole paragraph: what breaks off with three dots is a teaser."""
        document = self.view.document
        return document.is_sentence(number) and not document.contents[
            number
        ].rstrip().endswith(("…", "..."))

    @cached_property
    def _places(self) -> dict[tuple[int, int], Place]:
        """What stands around the gaps that were asked for: copies in a row share theirs."""
        return {}

    def place(self, first: int, last: int) -> Place:
        """Return what stands around the lines `first` to `last`."""
        gap = bisect_left(self.own, first), bisect_right(self.own, last)
        if gap not in self._places:
            above, below = gap
            reach = len(WEIGHTS)
            self._places[gap] = Place(
                self._weight(self.own[max(0, above - reach) : above][::-1]),
                self._weight(self.own[below : below + reach]),
            )
        return self._places[gap]

    def _weight(self, lines: Sequence[int]) -> int:
        return sum(
            weight
            for line, weight in zip(lines, WEIGHTS, strict=False)
            if self._is_paragraph(line)
        )

    def is_head(self, number: int) -> bool:
        """Tell whether a line stands before all paragraphs of the article."""
        return number < self.first_paragraph

    def is_next(self, number: int, other: int) -> bool:
        """Tell whether nothing but blank lines and known clutter stands between two lines."""
        numbers = self.view.standing.numbers
        first, second = sorted((number, other))
        return bisect_left(numbers, second) - bisect_right(numbers, first) == 0

    def tells(self, goes: int, stays: int) -> bool:
        """Tell whether the neighbours leave no doubt which of two copies is the article's.

        They leave none where the copies stand one under the other; where one has no paragraph next to it and the other
        has; where one stands before the article begins and the other in the middle of it.
        """
        if self.is_next(goes, stays):
            return True
        out, kept = self.place(goes, goes), self.place(stays, stays)
        if out.is_outside and not kept.is_outside:
            return True
        return self.is_head(goes) and kept.is_inside

"""`remove_shape`: remove lines by what they look like and where they stand, without any phrase.

    remove_shape:
      line: |
        bullet yes, headline yes, words 5 to 20
      above: sentence yes
      below: sentence yes
      min_lines: 1
      max_lines: 1

Each line under `line` is a condition on line facts; a line that meets one of them has the shape. Neighbouring lines
that have it form a run, of `min_lines` to `max_lines` filled lines; a longer or shorter one stays. `above` and `below` are
conditions for the line directly above and below the run; at the edge of the text they are met by the word `edge` alone.
What other rules know as clutter is never part of a run.

* removed: `- Storm closes the coast road` alone between two paragraphs
* kept: a list of two such lines; a bullet that is a sentence
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge, Le

from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import condition, fits
from cleaner.verbs.api.values import Conditions
from cleaner.verbs.api.verb import Verb, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.features.scorecard import Part
    from cleaner.model import Match
    from cleaner.verbs.api.view import View

_NO_CONDITIONS = Conditions()
EDGE = "edge"
"""What may stand under `above` and `below` instead of a condition: the edge of the text."""


@dataclass(frozen=True, kw_only=True)
class RemoveShape(Verb):
    """Remove runs of lines that have a shape, between lines that have another. No `slots`: cached properties."""

    KEY: ClassVar[str] = "remove_shape"
    CONDITION_WORDS: ClassVar[tuple[str, ...]] = (EDGE,)
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ()
    COSTLY: ClassVar[bool] = True
    line: Conditions
    """What the lines look like; one of the conditions will do."""
    above: Conditions = _NO_CONDITIONS
    """What the line above the run looks like; `edge`: the run begins the text."""
    below: Conditions = _NO_CONDITIONS
    """What the line below the run looks like; `edge`: the run ends the text."""
    min_lines: Annotated[int, Ge(1), Le(1000)] = 1
    max_lines: Annotated[int, Ge(1), Le(1000)] = 30

    @cached_property
    def _parsed(self) -> dict[str, tuple[tuple[Part, ...], ...]]:
        texts = {"line": self.line, "above": self.above, "below": self.below}
        return {
            role: tuple(condition(text, is_page_fact) for text in some if text != EDGE)
            for role, some in texts.items()
        }

    def find(self, view: View) -> Iterator[Match]:
        """Yield each run of lines that has the shape and the neighbours."""
        filled = view.document.filled
        shaped = (
            number not in view.claimed and self._has("line", view, place)
            for place, number in enumerate(filled)
        )
        for has_shape, group in groupby(enumerate(shaped), key=lambda pair: pair[1]):
            if not has_shape:
                continue
            run = [place for place, _ in group]
            if not self.min_lines <= len(run) <= self.max_lines:
                continue
            if self._borders("above", self.above, view, run[0] - 1) and self._borders(
                "below", self.below, view, run[-1] + 1
            ):
                reason = f"{len(run)} lines of one shape: {self.line[0]}"
                yield whole_lines(
                    view,
                    filled[run[0]],
                    filled[run[-1]] + 1,
                    reason=reason,
                    proved=False,
                )

    def _has(self, role: str, view: View, place: int) -> bool:
        return any(fits(parts, view.line_facts, place) for parts in self._parsed[role])

    def _borders(self, role: str, texts: Sequence[str], view: View, place: int) -> bool:
        """Tell whether the neighbour of a run is as it should be."""
        if not texts:
            return True
        if not 0 <= place < len(view.document.filled):
            return EDGE in texts
        return self._has(role, view, place)

"""`weigh_lines`: remove lines for which several weak signs speak together, none of which would be enough alone.

    weigh_lines:
      signs: |
        -0.6 words at least 0
        +1.4 stop no
        -1.2 words at least 25
        +0.6 headline yes, echo 1 to 34
      at_least: 1.9

Each sign is a condition on line facts with its points. The points of the signs that a line shows are added up; lines
that reach `at_least` go. The reason of each removal names the sum and the signs, and `clean explain` shows them.

* removed: a headline-like line of a few words at the end of the text, none of which the article uses
* kept: any line that only one sign speaks against
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import Scorecard, sign
from cleaner.verbs.api.values import Signs
from cleaner.verbs.api.verb import Verb, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, kw_only=True)
class WeighLines(Verb):
    """Remove lines whose signs add up. No `slots`: a cached property needs an instance dictionary."""

    KEY: ClassVar[str] = "weigh_lines"
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ()
    COSTLY: ClassVar[bool] = True
    signs: Signs
    """Conditions with their points."""
    at_least: float
    """The sum from which on a line goes."""

    @cached_property
    def card(self) -> Scorecard:
        """The signs, read."""
        return Scorecard(signs=tuple(sign(text, is_page_fact) for text in self.signs))

    def find(self, view: View) -> Iterator[Match]:
        """Yield each line whose points reach the limit."""
        for place, points in enumerate(self.card.scores(view.line_facts)):
            number = view.document.filled[place]
            if points >= self.at_least and number not in view.claimed:
                signs = "; ".join(map(str, self.card.reasons(view.line_facts, place)))
                sum_ = self.card.written(view.line_facts, place, points)
                reason = f"{sum_}, {self.at_least:g} needed: {signs}"
                yield whole_lines(view, number, number + 1, reason=reason, proved=False)

"""`capture`: copy what a line says to the metadata, and leave the line where it is.

    capture: |
      Explore what <syndicator:any> AI can do for you:

* `syndicator` becomes `Daily8` from: `Explore what Daily8 AI can do for you:`
* nothing happens at: `Explore what the city can do for you.`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from cleaner.metadata import FIELDS
from cleaner.model import Match
from cleaner.verbs.api.values import Lines
from cleaner.verbs.api.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Verb):
    """Keep the captures of each line that equals a phrase as facts."""

    KEY: ClassVar[str] = "capture"
    DIRECT: ClassVar[str] = "phrases"
    CAPTURES: ClassVar[tuple[str, ...]] = FIELDS
    phrases: Lines

    def find(self, view: View) -> Iterator[Match]:
        """Yield each line that equals a phrase, as a match that changes nothing."""
        for number in view.hits.get("phrases", ()):
            start, end = view.document.span(number, number + 1)
            yield Match(
                start=start,
                end=end,
                line=number,
                changes=False,
                reason="copied to the metadata",
            )

    def complete(self, view: View, match: Match) -> Match:
        """Return a match with what its line says."""
        return replace(match, facts=view.facts("phrases", match.line))

"""`lift`: remove a line and keep what it says as metadata.

    lift: |
      By <authors:name>
    when: {first_lines: 6}

The phrase has to fill the line. `<field:placeholder>` names the fact that the placeholder's text goes to.

* removed and kept as `authors`: `By Jane Doe`
* kept: `By the end of the day, Jane Doe had left.`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from cleaner.metadata import FIELDS
from cleaner.verbs.api.values import Lines
from cleaner.verbs.api.verb import Verb, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Verb):
    """Remove each line that equals a phrase, and keep its captures as facts."""

    KEY: ClassVar[str] = "lift"
    DIRECT: ClassVar[str] = "phrases"
    CAPTURES: ClassVar[tuple[str, ...]] = FIELDS
    phrases: Lines

    def find(self, view: View) -> Iterator[Match]:
        """Yield each line that equals a phrase."""
        for number in view.hits.get("phrases", ()):
            yield whole_lines(view, number, number + 1, reason="kept in the metadata")

    def complete(self, view: View, match: Match) -> Match:
        """Return a match with what its line says."""
        facts = view.facts("phrases", match.line)
        names = ", ".join(dict.fromkeys(fact.field for fact in facts))
        return replace(match, facts=facts, reason=f"kept as {names}")

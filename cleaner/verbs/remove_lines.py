"""`remove_lines`: remove a line that equals a phrase.

    remove_lines: |
      Advertisement
      Follow us on <any>

The whole line has to equal the phrase; case, curly or straight quotes, dashes and spaces at the ends do not matter.

* removed: `ADVERTISEMENT`
* kept: `The advertisement ran for a week.`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.verbs.api.values import Lines
from cleaner.verbs.api.verb import Verb, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLines(Verb):
    """Remove each line that equals one of the phrases."""

    KEY: ClassVar[str] = "remove_lines"
    DIRECT: ClassVar[str] = "phrases"
    phrases: Lines

    def find(self, view: View) -> Iterator[Match]:
        """Yield each line that equals a phrase."""
        for number in view.hits.get("phrases", ()):
            yield whole_lines(
                view,
                number,
                number + 1,
                reason=f"the line equals {quoted(view.document.contents[number])}",
            )

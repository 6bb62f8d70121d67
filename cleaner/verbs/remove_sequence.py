"""`remove_sequence`: remove adjacent lines that equal the phrases, in their order.

    remove_sequence: |
      <publisher>
      <ago>
      - <publisher>

Blank lines between them are skipped and go with them.

* removed: `BBC News` / `38 minutes ago` / `- BBC News`
* kept: `BBC News` / `The corporation said it was 38 minutes ago.`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.verbs._view import Lines, Role, Verb, View, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSequence(Verb):
    """Remove neighbouring lines that equal the phrases one after the other."""

    KEY: ClassVar[str] = "remove_sequence"
    TRIGGERS: ClassVar[tuple[str, ...]] = ("0",)
    phrases: Lines

    def roles(self) -> Iterator[Role]:
        """Yield one role a step: its number."""
        return (Role(str(step), (phrase,), whole_line=True) for step, phrase in enumerate(self.phrases))

    def find(self, view: View) -> Iterator[Match]:
        """Yield each run of lines that goes through all the phrases."""
        steps = [frozenset(view.hits.get(str(step), ())) for step in range(len(self.phrases))]
        for first in view.hits.get("0", ()):
            last = self._walk(view, first, steps[1:])
            if last is not None:
                reason = f"{len(steps)} lines in order from {quoted(view.document.contents[first])}"
                yield whole_lines(view, first, last + 1, reason=reason)

    @staticmethod
    def _walk(view: View, first: int, steps: list[frozenset[int]]) -> int | None:
        """Return the last line of the sequence that starts at `first`, or None where it breaks off."""
        number = first
        for step in steps:
            number += 1
            while number < len(view.document.contents) and view.document.is_blank(number):
                number += 1
            if number not in step:
                return None
        return number

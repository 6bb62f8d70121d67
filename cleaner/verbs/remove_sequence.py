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

from cleaner.verbs.api.values import Lines, Role
from cleaner.verbs.api.verb import Verb, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSequence(Verb):
    """Remove neighbouring lines that equal the phrases one after the other."""

    KEY: ClassVar[str] = "remove_sequence"
    DIRECT: ClassVar[str] = "phrases"
    PHRASES_IN_SEQUENCE: ClassVar[bool] = True
    TRIGGERS: ClassVar[tuple[str, ...]] = ("0",)
    phrases: Lines

    def roles(self) -> Iterator[Role]:
        """Yield one role a step: its number."""
        return (
            Role(str(step), (phrase,), whole_line=True)
            for step, phrase in enumerate(self.phrases)
        )

    def find(self, view: View) -> Iterator[Match]:
        """Yield each run of lines that goes through all the phrases."""
        for first in view.hits.get("0", ()):
            last = self._walk(view, first)
            if last is not None:
                reason = f"{len(self.phrases)} lines in order from {quoted(view.document.contents[first])}"
                yield whole_lines(view, first, last + 1, reason=reason)

    def _walk(self, view: View, first: int) -> int | None:
        """Return the last line of the sequence that starts at `first`, or None where it breaks off."""
        number = first
        for step in range(1, len(self.phrases)):
            number += 1
            while number < len(view.document.contents) and view.document.is_blank(
                number
            ):
                number += 1
            if number == len(view.document.contents) or not view.equals(
                str(step), number
            ):
                return None
        return number

"""`remove_block`: remove everything from one marker line to another.

    remove_block:
      from: skip past newsletter promotion
      to: after newsletter promotion
      max_lines: 12
      keep_end: false

Nothing happens where the end marker does not follow within `max_lines` filled lines.

* removed: `skip past newsletter promotion` / `Sign up to our briefing` / `after newsletter promotion`
* kept: `skip past newsletter promotion`, where no end marker follows
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge, Le

from cleaner.verbs.api.values import Lines
from cleaner.verbs.api.verb import Verb, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveBlock(Verb):
    """Remove the lines from a start marker to an end marker."""

    KEY: ClassVar[str] = "remove_block"
    TRIGGERS: ClassVar[tuple[str, ...]] = ("from_",)
    from_: Lines
    """The first line of the block."""
    to: Lines
    """The last line of the block."""
    max_lines: Annotated[int, Ge(2), Le(500)] = 20
    """Filled lines that the block may have, markers included."""
    keep_end: bool = False
    """Leave the end marker standing."""

    def find(self, view: View) -> Iterator[Match]:
        """Yield each block whose two ends are there."""
        done = -1
        for first in view.hits.get("from_", ()):
            last = self._end(view, first)
            if last is None or first <= done:
                continue
            done = last
            reason = f"from {quoted(view.document.contents[first])} to {quoted(view.document.contents[last])}"
            yield whole_lines(
                view,
                first,
                last if self.keep_end else last + 1,
                reason=reason,
                proved=False,
            )

    def _end(self, view: View, first: int) -> int | None:
        """Return the line of the end marker, or None where it is missing or too far away."""
        filled = 1
        for number in range(first + 1, len(view.document.contents)):
            filled += not view.document.is_blank(number)
            if filled > self.max_lines:
                return None
            if view.equals("to", number):
                return number
        return None

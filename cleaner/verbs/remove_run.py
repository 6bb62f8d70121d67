"""`remove_run`: remove a label and the headline-like lines under it.

    remove_run:
      after: |
        Read more
        Related articles
      max_lines: 12
      min_lines: 0

The run ends before the first line that is not headline-like (a sentence, a line that ends in a full stop or a colon).
Where the line that ends it is a paragraph of the article and touches the run, the last headline may be a sub-head of
the article: it is only taken where at least one other headline stands above it.

* removed: `Read more` / `Labour might be down` / `Mayors look back on a year`
* kept: the paragraph that follows them
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
class RemoveRun(Verb):
    """Remove a label and the run of headline-like lines that follows it."""

    KEY: ClassVar[str] = "remove_run"
    TAKES_MORE_THAN_ITS_LINE: ClassVar[bool] = True
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ("after",)
    after: Lines
    """The label."""
    max_lines: Annotated[int, Ge(1), Le(200)] = 12
    """Headline-like lines that may go with the label."""
    min_lines: Annotated[int, Ge(0), Le(200)] = 0
    """Headline-like lines that must follow, or the label stays too."""

    def find(self, view: View) -> Iterator[Match]:
        """Yield each label with its run."""
        done = -1
        for label in view.hits.get("after", ()):
            if label <= done:
                continue
            run = self._run(view, label)
            if len(run) < self.min_lines:
                continue
            done = run[-1] if run else label
            reason = f"label {quoted(view.document.contents[label])} and {len(run)} headline-like lines under it"
            yield whole_lines(view, label, done + 1, reason=reason, proved=not run)

    def _run(self, view: View, label: int) -> list[int]:
        """Return the lines of the run: headline-like, in order, without what may be a sub-head of the article."""
        run: list[int] = []
        for number in view.below(label):
            if not view.document.is_headline(number) or len(run) == self.max_lines:
                return run[:-1] if self._is_subhead(view, run, number) else run
            run.append(number)
        return run

    @staticmethod
    def _is_subhead(view: View, run: list[int], number: int) -> bool:
        """Tell whether the last headline of a run belongs to the paragraph at `number` rather than to the run."""
        return len(run) == 1 and view.document.is_sentence(number)

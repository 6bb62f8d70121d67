"""`cut_from`: remove a line and everything after it.

    cut_from: Related Articles
    when: {followed_by: cards, min_words_before: 60}

The marker alone proves nothing: in text that an extractor has produced, two of three articles go on after a line that
says "Related Articles". The rule therefore needs `when.near` or `when.followed_by`.

* removed: `Related Articles` / `BBC News` / `38 minutes ago` / `- BBC News` / … to the end
* kept: `Related Articles` where paragraphs of the article follow
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from cleaner import story_cards
from cleaner.verbs.api.values import Lines
from cleaner.verbs.api.verb import Verb, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class CutFrom(Verb):
    """Remove a marker line and all that follows it."""

    KEY: ClassVar[str] = "cut_from"
    DIRECT: ClassVar[str] = "phrases"
    TAKES_MORE_THAN_ITS_LINE: ClassVar[bool] = True
    STAGE: ClassVar[int] = 1
    PROOF: ClassVar[bool] = True
    phrases: Lines

    def find(self, view: View) -> Iterator[Match]:
        """Yield the cut at each marker; the caller's guards choose those that are proved."""
        contents = view.document.contents
        for number in view.hits.get("phrases", ()):
            reason = f"everything from {quoted(contents[number])} to the end"
            yield whole_lines(view, number, len(contents), reason=reason)

    def complete(self, view: View, match: Match) -> Match:
        """Return a proved cut with the stories that the cards under it announce."""
        return replace(
            match, related=story_cards.related(view.document.contents[match.line + 1 :])
        )

"""`remove_text`: remove a phrase inside a line.

    remove_text: We need your consent to load this <any> content.
    whole_sentence: true

The phrase has to stand between word boundaries. One space stays where the phrase stood between two others. With
`whole_sentence: true` the sentence that holds the phrase goes; a sentence ends at `.`, `!` or `?` and a space.

* removed: `Lammy attended. We need your consent to load this YouTube content. He left at six.`: the middle sentence
* kept: `"We need your consent," he told MPs.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.model import Match
from cleaner.verbs.api.values import Spans
from cleaner.verbs.api.verb import Verb, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.verbs.api.view import View

_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?:\s+|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveText(Verb):
    """Remove each place inside a line that equals a phrase."""

    KEY: ClassVar[str] = "remove_text"
    DIRECT: ClassVar[str] = "phrases"
    RULE_KEYS: ClassVar = {"whole_sentence": "take the sentence that holds the phrase"}
    phrases: Spans
    whole_sentence: bool = False
    """Take the sentence that holds the phrase."""

    def find(self, view: View) -> Iterator[Match]:
        """Yield each place of a phrase, widened to its sentence where that is asked for."""
        for number in view.hits.get("phrases", ()):
            content = view.document.contents[number]
            base = view.document.starts[number]
            for place in view.places("phrases", number):
                start, end = place.start, place.end
                if self.whole_sentence:
                    start, end = sentence_around(content, start, end)
                start, end = with_space(content, start, end)
                reason = f"the line holds {quoted(content[place.start : place.end])}"
                yield Match(
                    start=base + start, end=base + end, line=number, reason=reason
                )


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence of a line that holds a span, as offsets.

    >>> sentence_around("It rained. Sign up here! He left.", 11, 18)
    (11, 25)
    """
    first = 0
    for stop in _SENTENCE_END.finditer(text):
        if stop.end() <= start:
            first = stop.end()
        elif stop.end() >= end:
            return first, stop.end()
    return first, len(text)


def with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span widened by the spaces that would be too many without it.

    >>> with_space("a b c", 2, 3), with_space("a b", 2, 3), with_space("a b", 0, 1)
    ((2, 4), (1, 3), (0, 2))
    """
    left, right = start, end
    while right < len(text) and text[right].isspace():
        right += 1
    while left > 0 and text[left - 1].isspace():
        left -= 1
    if left == 0:
        return 0, right
    if right == len(text):
        return left, right
    return (start, right) if left < start else (start, end)

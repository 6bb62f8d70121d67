"""Whether a line equals a phrase, and what its placeholders stand for.

A phrase with placeholders is data: what stands before the first one, then each one with the literal text behind it. On a line
whose characters each fold to one, that says all. On other lines it says which phrases to leave out, and RE2 judges the rest
with the phrase's own pattern; so it does regular expressions, phrases that mind the case, and lines that cost too many steps.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cleaner.rulebook.scan.folded_line import FILL
from cleaner.rulebook.scan.folding import is_odd
from cleaner.rulebook.scan.placeholders import LAZY, Placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.scan.compiled_phrase import Phrase
    from cleaner.rulebook.scan.folded_line import Line
    from cleaner.rulebook.scan.pattern_cache import Programs

STEPS = 2_000
"""Looks at a place of a line, and at sixteen characters of it, until RE2 is asked: a hostile line costs no more."""
_STEP_CHARS = 16
Span = tuple[int, int]


class Confirm:
    """Tells whether lines equal phrases. Threads may share it."""

    def __init__(self, vocabulary: Vocabulary, programs: Programs) -> None:
        self._programs = programs
        self._placeholders = Placeholders(vocabulary)

    def equals(self, phrase: Phrase, line: Line) -> bool:
        """Tell whether a line equals a phrase for whole lines."""
        if phrase.is_regex:
            return self._may_match(phrase, line) and self._judge(phrase, line)
        if phrase.is_literal:
            return self._is_literal(phrase, line)
        folded = line.folded
        if not folded.startswith(phrase.begin) or not folded.endswith(phrase.end):
            return False
        if not _holds_in_order(phrase, folded):
            return False
        spans = self.spans(phrase, line)
        if spans is None:
            return self._judge(phrase, line)
        return bool(spans)

    def may_stand_in(self, phrase: Phrase, line: Line, content: str) -> bool:
        """Tell whether a phrase for places inside lines may stand in a line; `content` has the white space at its ends."""
        if phrase.is_regex:
            may_stand = self._may_match(phrase, line)
        else:
            may_stand = _holds_in_order(phrase, line.folded)
        if not may_stand:
            return False
        return self._programs.may_stand_in(phrase.text, content, exact=phrase.exact)

    def spans(
        self, phrase: Phrase, line: Line, *, only: bool = False
    ) -> Sequence[Span] | None:
        """Return what the placeholders of a phrase stand for: spans of the line as it is shown; none where it does not equal the phrase.

        None where RE2 has to say: where the text does not tell, after too many steps and, with `only`, where there is more
        than one answer.
        """
        if phrase.is_judged or line.shown is None:
            return None
        try:
            found = self._search(phrase, line, line.shown, only=only)
        except _AskRE2Error:
            return None
        if not found and phrase.is_spacious and line.has_runs:
            return None
        return found

    def _search(
        self, phrase: Phrase, line: Line, shown: str, *, only: bool
    ) -> Sequence[Span]:
        folded = line.folded
        if not folded.startswith(phrase.prefix) or not folded.endswith(phrase.suffix):
            return ()
        start = len(phrase.prefix)
        stop = len(folded) - len(phrase.suffix)
        search = _Search(phrase, line, shown, self._placeholders, only=only)
        search.check(0, start)
        search.check(stop, len(folded))
        return search.spans(0, start) or ()

    def _is_literal(self, phrase: Phrase, line: Line) -> bool:
        if phrase.exact:
            composed = unicodedata.normalize("NFC", phrase.text)
            return line.raw == composed
        if line.folded != phrase.prefix:
            return False
        if line.raw == phrase.text:
            return True
        if phrase.is_judged or line.is_odd:
            return self._judge(phrase, line)
        return True

    def _may_match(self, phrase: Phrase, line: Line) -> bool:
        """Tell whether a line has the length and the texts that a regular expression asks for."""
        if not phrase.low <= len(line.raw) <= phrase.high:
            return False
        text = f"\n{line.folded}\n"
        return all(any(one in text for one in some) for some in phrase.required)

    def _judge(self, phrase: Phrase, line: Line) -> bool:
        """Ask RE2, with the phrase's own pattern."""
        return self._programs.equals(phrase.text, line.raw, exact=phrase.exact)


def _holds_in_order(phrase: Phrase, folded: str) -> bool:
    """Tell whether a line holds the inner literal texts of a phrase in order; of spaces at their ends it may have given some away."""
    at = len(phrase.begin)
    for text in phrase.inner:
        at = folded.find(text, at)
        if at < 0:
            return False
        at += len(text)
    return True


class _AskRE2Error(Exception):
    """The text does not tell, there are too many ways in which placeholders could stand, or more than one in which they do."""


class _Search:
    """Looks for the places of the placeholders of a phrase in one line. Its begin and its end fit."""

    def __init__(
        self,
        phrase: Phrase,
        line: Line,
        shown: str,
        placeholders: Placeholders,
        *,
        only: bool,
    ) -> None:
        self._shown = shown
        self._folded = line.folded
        self._is_odd = line.is_odd
        self._has_fill = FILL in shown
        self._pairs = phrase.pairs
        self._free_from = phrase.free_from
        self._stop = len(line.folded) - len(phrase.suffix)
        self._placeholders = placeholders
        self._steps = STEPS
        self._only = only

    def spans(self, number: int, start: int) -> list[Span] | None:
        """Return where placeholders stand, from one on that begins at `start`; None where they cannot."""
        name, text = self._pairs[number]
        is_last = number + 1 == len(self._pairs)
        if not self._may_begin(name, start):
            return None
        found: list[Span] | None = None
        for end in self._ends(number, text, start):
            if not self._holds(number, start, end):
                continue
            behind = end + len(text)
            after = [] if is_last else self.spans(number + 1, behind)
            if after is None:
                if number + 1 >= self._free_from:
                    return found  # what does not fit behind this place fits behind no later one
                continue
            if found is not None:
                raise _AskRE2Error
            self.check(end, behind)
            found = [(start, end), *after]
            if name in LAZY or not self._only:
                return found
        return found

    def _may_begin(self, name: str, start: int) -> bool:
        if start >= len(self._folded):
            return False
        return self._placeholders.may_begin(name, self._shown, self._folded, start)

    def check(self, start: int, end: int) -> None:
        """Raise an error where a part of the line folds to a literal text that RE2 may not take it for."""
        if self._is_odd and is_odd(self._shown[start:end].replace(FILL, "")):
            raise _AskRE2Error

    def _ends(self, number: int, text: str, start: int) -> Iterator[int]:
        """Yield where a placeholder may end, the first place first."""
        if number + 1 == len(self._pairs):
            if self._stop > start:
                yield self._stop
            return
        folded = self._folded
        name = self._pairs[number][0]
        reach = self._placeholders.reach(name, folded, start)
        stop = min(self._stop, reach + len(text))
        end = folded.find(text, start + 1, stop)
        while end >= 0:
            self._steps -= 1
            if self._steps < 0:
                raise _AskRE2Error
            yield end
            end = folded.find(text, end + 1, stop)

    def _holds(self, number: int, start: int, end: int) -> bool:
        """Tell whether a placeholder stands for a part of the line, both ends of which lie between two of its characters."""
        if self._has_fill and self._parts_a_character(start, end):
            return False
        if number >= self._free_from:
            return True
        text = self._shown[start:end]
        if self._has_fill:
            text = text.replace(FILL, "")
        name = self._pairs[number][0]
        self._steps -= len(text) // _STEP_CHARS
        if not self._placeholders.hold(name, text, self._folded[start:end]):
            return False
        if self._is_odd and self._is_unsure_name(name, text):
            raise _AskRE2Error
        return True

    def _parts_a_character(self, start: int, end: int) -> bool:
        """Tell whether a part of the line begins or ends within a character that folds to several."""
        shown = self._shown
        return shown[start] == FILL or shown[end : end + 1] == FILL

    def _is_unsure_name(self, name: str, text: str) -> bool:
        """Tell whether folded text does not say that RE2 takes a text for a name of a list."""
        if not self._placeholders.is_list(name) or not is_odd(text):
            return False
        return not self._placeholders.is_name(name, text)

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
        if not (
            folded.startswith(phrase.begin)
            and folded.endswith(phrase.end)
            and _holds_in_order(phrase, folded)
        ):
            return False
        spans = self.spans(phrase, line)
        return self._judge(phrase, line) if spans is None else bool(spans)

    def may_stand_in(self, phrase: Phrase, line: Line, content: str) -> bool:
        """Tell whether a phrase for places inside lines may stand in a line; `content` has the white space at its ends."""
        may_stand = (
            self._may_match(phrase, line)
            if phrase.is_regex
            else _holds_in_order(phrase, line.folded)
        )
        return may_stand and self._programs.may_stand_in(
            phrase.text, content, exact=phrase.exact
        )

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
        return None if not found and line.has_runs and phrase.is_spacious else found

    def _search(
        self, phrase: Phrase, line: Line, shown: str, *, only: bool
    ) -> Sequence[Span]:
        folded = line.folded
        if not (folded.startswith(phrase.prefix) and folded.endswith(phrase.suffix)):
            return ()
        search = _Search(phrase, line, shown, self._placeholders, only=only)
        search.check(0, len(phrase.prefix))
        search.check(len(folded) - len(phrase.suffix), len(folded))
        return search.spans(0, len(phrase.prefix)) or ()

    def _is_literal(self, phrase: Phrase, line: Line) -> bool:
        if phrase.exact:
            return line.raw == unicodedata.normalize("NFC", phrase.text)
        if line.folded != phrase.prefix or line.raw == phrase.text:
            return line.folded == phrase.prefix
        return self._judge(phrase, line) if phrase.is_judged or line.is_odd else True

    def _may_match(self, phrase: Phrase, line: Line) -> bool:
        """Tell whether a line has the length that a regular expression asks for, and the texts."""
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
        self._shown, self._folded = shown, line.folded
        self._is_odd, self._has_fill = line.is_odd, FILL in shown
        self._pairs, self._free_from = phrase.pairs, phrase.free_from
        self._stop = len(line.folded) - len(phrase.suffix)
        self._placeholders = placeholders
        self._steps = STEPS
        self._only = only

    def spans(self, number: int, start: int) -> list[Span] | None:
        """Return where placeholders stand, from one on that begins at `start`; None where they cannot."""
        name, text = self._pairs[number]
        is_last = number + 1 == len(self._pairs)
        if start >= len(self._folded) or not self._placeholders.may_begin(
            name, self._shown, self._folded, start
        ):
            return None
        found: list[Span] | None = None
        for end in self._ends(number, text, start):
            if not self._holds(number, start, end):
                continue
            after = [] if is_last else self.spans(number + 1, end + len(text))
            if after is None:
                if number + 1 >= self._free_from:
                    return found  # what does not fit behind this place fits behind no later one
                continue
            if found is not None:
                raise _AskRE2Error
            self.check(end, end + len(text))
            found = [(start, end), *after]
            if not self._only or name in LAZY:
                return found
        return found

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
        reach = self._placeholders.reach(self._pairs[number][0], self._folded, start)
        stop = min(self._stop, reach + len(text))
        end = self._folded.find(text, start + 1, stop)
        while end >= 0:
            self._steps -= 1
            if self._steps < 0:
                raise _AskRE2Error
            yield end
            end = self._folded.find(text, end + 1, stop)

    def _holds(self, number: int, start: int, end: int) -> bool:
        """Tell whether a placeholder stands for a part of the line, both ends of which lie between two of its characters."""
        if number >= self._free_from:
            return not self._has_fill or FILL not in (
                self._shown[start],
                self._shown[end : end + 1],
            )
        text = self._shown[start:end]
        if self._has_fill:
            if FILL in (text[:1], self._shown[end : end + 1]):
                return False
            text = text.replace(FILL, "")
        name = self._pairs[number][0]
        self._steps -= len(text) // _STEP_CHARS
        if not self._placeholders.hold(name, text, self._folded[start:end]):
            return False
        if (
            self._is_odd
            and self._placeholders.is_list(name)
            and is_odd(text)
            and not self._placeholders.is_name(name, text)
        ):
            raise _AskRE2Error
        return True

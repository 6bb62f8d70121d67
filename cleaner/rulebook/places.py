"""The phrases of one rule: which lines equal one of them, where they stand in a line, and what they capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.rulebook.programs import Texts
from cleaner.verbs._view import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import re2

    from cleaner.rulebook.programs import Programs
    from cleaner.rulebook.rule import Rule

MEMORY_LINES = 4_096
MEMORY_BYTES = 2_048
"""Answers about so many lines of at most so many bytes are remembered: a second pass asks about the same lines again, and
the documents of a site share theirs."""


class RulePhrases:
    """The phrases of one rule. Nothing is compiled before it is asked for."""

    def __init__(self, rule: Rule, programs: Programs) -> None:
        self._rule = rule
        self._programs = programs
        self._answers: dict[tuple[str, bytes], bool] = {}

    def equals(self, role: str, text: str) -> bool:
        """Tell whether a whole line equals a phrase of a role. Answers are remembered for a while."""
        line = text.strip().encode()
        key = role, line
        answer = self._answers.get(key)
        if answer is None:
            if len(self._answers) >= MEMORY_LINES:
                self._answers.clear()
            answer = any(self.is_among(known.phrases, line) for known in self._rule.roles() if known.name == role)
            if len(line) <= MEMORY_BYTES:
                self._answers[key] = answer
        return answer

    def is_among(self, some: tuple[str, ...], line: bytes) -> bool:
        """Tell whether a whole line in UTF-8 equals one of some phrases; no other phrase of the rule is compiled for it."""
        return self._programs.match(Texts(some, self._rule.exact, whole_line=True), line)

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in a text, leftmost first, of several at one place the longest."""
        data, done = text.encode(), 0
        known = [known for known in self._rule.roles() if known.name == role]
        near = (self._programs.near(Texts(one.phrases, self._rule.exact, one.whole_line), data) for one in known)
        found = [place for patterns in near for pattern in patterns for place in _places(pattern, data)]
        for place in sorted(found, key=lambda place: (place.start, -place.end)):
            if place.start >= done:
                yield place
                done = place.end


def _places(pattern: re2._Regexp, data: bytes) -> Iterator[Place]:
    """Yield where a pattern stands in a text in UTF-8, which may be millions of characters long: places count characters."""
    groups = dict(pattern.groupindex)
    first = groups.pop("found_")
    at, seen, chars = 0, 0, 0
    while at <= len(data) and (found := pattern.search(data, at)):
        start, end = found.span(first)
        if end > start:  # a regular expression that matches nothing at all finds no place
            chars += len(data[seen:start].decode())
            words = {n: found[n].decode() for n in range(first, pattern.groups + 1) if found[n] is not None}
            named = [(name, words[n]) for name, n in groups.items() if n in words]
            numbered = [(str(n - first), words.get(n, "")) for n in range(first + 1, pattern.groups + 1)]
            yield Place(chars, chars + len(words[first]), (*named, *numbered))
            chars, seen = chars + len(words[first]), end
        at = max(end, at + 1)

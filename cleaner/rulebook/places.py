"""The phrases of one rule, compiled on their own: where they stand in a line, and what they capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import re2

from cleaner.rulebook import phrases
from cleaner.rulebook.sets import Owner, PatternSet, re2_options
from cleaner.verbs._view import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule

MEMORY_LINES = 4_096
MEMORY_BYTES = 2_048
"""Answers about so many lines of at most so many bytes are remembered: a second pass asks about the same lines again, and
the documents of a site share theirs."""


class RulePhrases:
    """The phrases of one rule, each compiled on its own when it is first asked for."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self._rule = rule
        self._vocabulary = vocabulary
        self._compiled: dict[tuple[bool, str], re2._Regexp] = {}
        self._roles: dict[str, PatternSet] = {}
        self._alone: dict[tuple[str, ...], PatternSet] = {}
        self._answers: dict[tuple[str, bytes], bool] = {}

    def equals(self, role: str, text: str) -> bool:
        """Tell whether a whole line equals a phrase of a role. Answers are remembered for a while."""
        line = text.strip().encode()
        key = role, line
        answer = self._answers.get(key)
        if answer is None:
            if len(self._answers) >= MEMORY_LINES:
                self._answers.clear()
            if role not in self._roles:
                texts = (text for known in self._rule.roles() if known.name == role for text in known.phrases)
                self._roles[role] = self._set(texts)
            answer = bool(self._roles[role].find(line))
            if len(line) <= MEMORY_BYTES:
                self._answers[key] = answer
        return answer

    def is_among(self, some: tuple[str, ...], line: bytes) -> bool:
        """Tell whether a whole line in UTF-8 equals one of some phrases; no other phrase of the rule is compiled for it."""
        if some not in self._alone:
            self._alone[some] = self._set(some)
        return bool(self._alone[some].find(line))

    def _set(self, texts: Iterable[str]) -> PatternSet:
        """Return whole-line phrases as a set of their own: it answers faster than a pattern does."""
        patterns = PatternSet(whole_line=True)
        for text in texts:
            patterns.add(Owner(0, ""), phrases.pattern(text, self._vocabulary, exact=self._rule.exact))
        patterns.compile()
        return patterns

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in a text, leftmost first, of several at one place the longest."""
        done = 0
        found = [place for pattern in self._patterns(role) for place in _places(pattern, text)]
        for place in sorted(found, key=lambda place: (place.start, -place.end)):
            if place.start >= done:
                yield place
                done = place.end

    def _patterns(self, name: str) -> Iterator[re2._Regexp]:
        for role in self._rule.roles():
            if role.name == name:
                yield from (self._compile(phrase, whole_line=role.whole_line) for phrase in role.phrases)

    def _compile(self, phrase: str, *, whole_line: bool) -> re2._Regexp:
        key = whole_line, phrase
        if key not in self._compiled:
            body = phrases.pattern(phrase, self._vocabulary, exact=self._rule.exact, captures=True)
            if whole_line:
                pattern = rf"\A{phrases.whole_line(f'(?P<found_>{body})')}\z"
            else:
                pattern = phrases.inside(body, phrase)
            self._compiled[key] = re2.compile(pattern, options=re2_options())
        return self._compiled[key]


def _places(pattern: re2._Regexp, text: str) -> Iterator[Place]:
    """Yield where a pattern stands in a text. The text is encoded once: a line may be millions of characters long."""
    groups = dict(pattern.groupindex)
    first = groups.pop("found_")
    data, at, seen, chars = text.encode(), 0, 0, 0
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

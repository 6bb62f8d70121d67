"""The phrases of one rule: which lines equal one of them, where they stand in a line, and what they capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.folded_line import FILL
from cleaner.verbs.api.values import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import re2

    from cleaner.rulebook.scan.compiled_phrase import Phrase
    from cleaner.rulebook.scan.confirm import Span
    from cleaner.rulebook.scan.pattern_cache import Programs
    from cleaner.rulebook.scan.scanner import Found, Scan


class RulePhrases:
    """The phrases of one rule. Nothing is compiled before it is asked for."""

    def __init__(
        self, scan: Scan, programs: Programs, roles: Mapping[str, Sequence[int]]
    ) -> None:
        self._scan = scan
        self._programs = programs
        self._roles = roles

    def equals(self, role: str, text: str) -> bool:
        """Tell whether a whole line equals a phrase of a role."""
        return any(
            self._scan.equals(text, number) for number in self._roles.get(role, ())
        )

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in a text, leftmost first, of several at one place the longest."""
        done = 0
        some = [
            place
            for number in self._roles.get(role, ())
            for place in self._places(text, number)
        ]
        for place in sorted(some, key=lambda place: (place.start, -place.end)):
            if place.start >= done:
                yield place
                done = place.end

    def _places(self, text: str, role: int) -> Iterator[Place]:
        found = self._scan.look(text, role)
        if found is None:
            return
        for phrase in self._scan.phrases_of(found, role):
            if not phrase.whole_line:
                if self._scan.confirm.may_stand_in(phrase, found.line, found.content):
                    yield from self._asked(phrase, found.content)
                continue
            if not self._scan.confirm.equals(phrase, found.line):
                continue
            spans = self._spans(phrase, found)
            if spans is not None:
                yield _place(phrase, found, spans)
                return
            yield from self._asked(phrase, found.content)

    def _spans(self, phrase: Phrase, found: Found) -> Sequence[Span] | None:
        """Return what the placeholders of a phrase stand for in a line, None where RE2 has to say."""
        if phrase.is_regex or found.content != found.line.raw or found.line.has_runs:
            return None
        return (
            ()
            if phrase.is_literal
            else self._scan.confirm.spans(phrase, found.line, only=True)
        )

    def _asked(self, phrase: Phrase, text: str) -> Iterator[Place]:
        """Ask RE2 for the places of a phrase."""
        pattern = self._programs.captures(
            phrase.text, len(text), exact=phrase.exact, whole_line=phrase.whole_line
        )
        return _places(pattern, text.encode())


def _place(phrase: Phrase, found: Found, spans: Sequence[Span]) -> Place:
    """Return the place of a phrase that is a whole line, with the texts of its placeholders that have a name."""
    line = found.line
    texts = [(line.shown or "")[start:end].replace(FILL, "") for start, end in spans]
    captured = [
        (name, text)
        for name, text in zip(syntax.captured(phrase.text), texts, strict=True)
        if name
    ]
    numbered = [(str(number), text) for number, (_, text) in enumerate(captured, 1)]
    named = dict(reversed(captured))  # of two with one name RE2 knows the first
    return Place(0, len(line.raw), (*sorted(named.items()), *numbered))


def _places(pattern: re2._Regexp, data: bytes) -> Iterator[Place]:
    """Yield where a pattern stands in a text in UTF-8, which may be millions of characters long: places count characters."""
    groups = dict(pattern.groupindex)
    first = groups.pop("found_")
    at, seen, chars = 0, 0, 0
    while at <= len(data) and (found := pattern.search(data, at)):
        start, end = found.span(first)
        if (
            end > start
        ):  # a regular expression that matches nothing at all finds no place
            chars += len(data[seen:start].decode())
            words = {
                n: found[n].decode()
                for n in range(first, pattern.groups + 1)
                if found[n] is not None
            }
            named = [(name, words[n]) for name, n in groups.items() if n in words]
            numbered = [
                (str(n - first), words.get(n, ""))
                for n in range(first + 1, pattern.groups + 1)
            ]
            yield Place(chars, chars + len(words[first]), (*named, *numbered))
            chars, seen = chars + len(words[first]), end
        at = max(end, at + 1)

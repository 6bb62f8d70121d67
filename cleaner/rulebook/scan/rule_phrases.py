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
        numbers = self._roles.get(role, ())
        return any(self._scan.equals(text, number) for number in numbers)

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in a text, leftmost first, of several at one place the longest."""
        found: list[Place] = []
        for number in self._roles.get(role, ()):
            found += self._places(text, number)
        found.sort(key=_leftmost_longest)
        done = 0
        for place in found:
            if place.start >= done:
                yield place
                done = place.end

    def _places(self, text: str, role: int) -> Iterator[Place]:
        found = self._scan.look(text, role)
        if found is None:
            return
        confirm = self._scan.confirm
        for phrase in self._scan.phrases_of(found, role):
            if not phrase.whole_line:
                if confirm.may_stand_in(phrase, found.line, found.content):
                    yield from self._asked(phrase, found.content)
                continue
            if not confirm.equals(phrase, found.line):
                continue
            spans = self._spans(phrase, found)
            if spans is not None:
                yield _place(phrase, found, spans)
                return
            yield from self._asked(phrase, found.content)

    def _spans(self, phrase: Phrase, found: Found) -> Sequence[Span] | None:
        """Return what the placeholders of a phrase stand for in a line, None where RE2 has to say."""
        line = found.line
        if phrase.is_regex or found.content != line.raw or line.has_runs:
            return None
        if phrase.is_literal:
            return ()
        return self._scan.confirm.spans(phrase, line, only=True)

    def _asked(self, phrase: Phrase, text: str) -> Iterator[Place]:
        """Ask RE2 for the places of a phrase."""
        pattern = self._programs.captures(
            phrase.text, len(text), exact=phrase.exact, whole_line=phrase.whole_line
        )
        return _places(pattern, text.encode())


def _leftmost_longest(place: Place) -> tuple[int, int]:
    return place.start, -place.end


def _place(phrase: Phrase, found: Found, spans: Sequence[Span]) -> Place:
    """Return the place of a phrase that is a whole line, with the texts of its placeholders that have a name."""
    shown = found.line.shown or ""
    names = syntax.captured(phrase.text)
    captured: list[tuple[str, str]] = []
    for name, (start, end) in zip(names, spans, strict=True):
        if name:
            text = shown[start:end].replace(FILL, "")
            captured.append((name, text))
    numbered = [(str(number), text) for number, (_, text) in enumerate(captured, 1)]
    named = dict(reversed(captured))  # of two with one name RE2 knows the first
    size = len(found.line.raw)
    return Place(0, size, (*sorted(named.items()), *numbered))


def _places(pattern: re2._Regexp, data: bytes) -> Iterator[Place]:
    """Yield where a pattern stands in a text in UTF-8, which may be millions of characters long: places count characters."""
    whole = pattern.groupindex["found_"]
    at = seen = chars = 0
    while at <= len(data):
        found = pattern.search(data, at)
        if not found:
            return
        start, end = found.span(whole)
        if end > start:  # a regular expression may also match nothing at all
            chars += len(data[seen:start].decode())
            size = len(found[whole].decode())
            yield Place(chars, chars + size, _captures(pattern, found, whole))
            chars += size
            seen = end
        at = max(end, at + 1)


def _captures(
    pattern: re2._Regexp, found: re2._Match, whole: int
) -> tuple[tuple[str, str], ...]:
    """Return what a phrase captures: first by name, then by number. The group `whole` is the phrase itself."""
    named: list[tuple[str, str]] = []
    for name, group in pattern.groupindex.items():
        if group != whole and found[group] is not None:
            named.append((name, found[group].decode()))
    numbered: list[tuple[str, str]] = []
    for group in range(whole + 1, pattern.groups + 1):
        text = found[group] or b""
        numbered.append((str(group - whole), text.decode()))
    return (*named, *numbered)

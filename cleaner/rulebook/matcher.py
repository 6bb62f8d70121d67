"""One scan for all rules: which phrases of which rules match which lines.

The phrases of a role (all that may stand for one another) become one pattern. All whole-line patterns form one RE2
`Set`, all patterns for places inside lines another; each line goes through both once, whatever the number of rules.
A set says which patterns match, not where: places and captures are looked up only for the lines that matched.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import re2

from cleaner.rulebook import phrases
from cleaner.verbs._view import Place, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Document
    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule

MAX_MEMORY = 512 << 20
"""Bytes that a compiled set may take with its cache; some 100,000 phrases fit. It grows with use, not at the start."""

Hits = Mapping[int, Mapping[str, list[int]]]


class Owner(NamedTuple):
    """Whose pattern it is."""

    rule: int
    role: str


class Matcher:
    """The compiled phrases of some rules."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._books: dict[int, RulePhrases] = {}

    @cached_property
    def _sets(self) -> tuple[_Set, _Set]:
        whole, inside = _Set(whole_line=True), _Set(whole_line=False)
        for number, rule in enumerate(self._rules):
            for role in rule.roles():
                chosen = whole if role.whole_line else inside
                chosen.add(Owner(number, role.name), self._pattern(rule, role))
        whole.compile()
        inside.compile()
        return whole, inside

    def compile(self) -> None:
        """Compile now what the first scan would compile."""
        _ = self._sets

    def _pattern(self, rule: Rule, role: Role) -> str:
        bodies = [phrases.pattern(phrase, self._vocabulary, exact=rule.exact) for phrase in role.phrases]
        if role.whole_line:
            return phrases.whole_line("|".join(bodies))
        return "|".join(f"(?:{phrases.inside(body, phrase)})" for body, phrase in zip(bodies, role.phrases, strict=True))

    def scan(self, document: Document) -> Hits:
        """Return for each rule that matches at all the lines at which its roles match."""
        hits: dict[int, dict[str, list[int]]] = {}
        for patterns in self._sets:
            match, owners = patterns.match, patterns.owners
            if not owners:
                continue
            for number, line in enumerate(document.text.encode().split(b"\n")):
                if line and (found := match(line)):
                    for index in found:
                        rule, role = owners[index]
                        hits.setdefault(rule, {}).setdefault(role, []).append(number)
        return hits

    def phrases_of(self, number: int) -> RulePhrases:
        """Return the phrases of a rule, compiled one by one to find places."""
        book = self._books.get(number)
        if book is None:
            book = self._books[number] = RulePhrases(self._rules[number], self._vocabulary)
        return book


class _Set:
    """An RE2 set with the owners of its patterns."""

    def __init__(self, *, whole_line: bool) -> None:
        options = re2.Options()
        options.max_mem = MAX_MEMORY
        options.log_errors = False
        options.case_sensitive = False
        self._set = re2.Set.FullMatchSet(options) if whole_line else re2.Set.SearchSet(options)
        self.owners: list[Owner] = []

    def add(self, owner: Owner, pattern: str) -> None:
        self._set.Add(pattern)
        self.owners.append(owner)

    def compile(self) -> None:
        if self.owners:
            self._set.Compile()

    def match(self, line: bytes) -> Sequence[int] | None:
        """Return the numbers of the patterns that match a line."""
        found: Sequence[int] | None = self._set.Match(line)
        return found


class RulePhrases:
    """The phrases of one rule, each compiled on its own when it is first asked for."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self._rule = rule
        self._vocabulary = vocabulary
        self._compiled: dict[str, list[re2._Regexp]] = {}

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in a text, leftmost first, of several at one place the longest."""
        done = 0
        found = [place for pattern in self._patterns(role) for place in _places(pattern, text)]
        for place in sorted(found, key=lambda place: (place.start, -place.end)):
            if place.start >= done:
                yield place
                done = place.end

    def _patterns(self, role: str) -> list[re2._Regexp]:
        if role not in self._compiled:
            wanted = next((each for each in self._rule.roles() if each.name == role), Role(role, (), whole_line=True))
            self._compiled[role] = [self._compile(wanted, phrase) for phrase in wanted.phrases]
        return self._compiled[role]

    def _compile(self, role: Role, phrase: str) -> re2._Regexp:
        body = phrases.pattern(phrase, self._vocabulary, exact=self._rule.exact, captures=True)
        if role.whole_line:
            pattern = rf"\A{phrases.SPACE}*(?P<found_>{body}){phrases.SPACE}*\z"
        else:
            pattern = phrases.inside(body, phrase)
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = False
        return re2.compile(pattern, options=options)


def _places(pattern: re2._Regexp, text: str) -> Iterator[Place]:
    at = 0
    while at <= len(text) and (found := pattern.search(text, at)):
        first = pattern.groupindex["found_"]
        start, end = found.span(first)
        named = [(name, found[n]) for name, n in pattern.groupindex.items() if n != first and found[n] is not None]
        numbered = [(str(n - first), found[n] or "") for n in range(first + 1, pattern.groups + 1)]
        yield Place(start, end, (*named, *numbered))
        at = max(end, at + 1)

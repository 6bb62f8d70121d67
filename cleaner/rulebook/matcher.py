"""One scan for all rules: which phrases of which rules match which lines.

Whole-line patterns form one RE2 `Set`, patterns for places inside lines another; each line goes through them once,
whatever the number of rules. A set says which patterns match, not where: places and captures are looked up only for
the lines that matched.

What keeps a set fast is that its automaton stays small. Phrases that would make it large go in as rough patterns
(`rough.py`), and the few lines that those find are looked at again with the phrase itself. Phrases that begin with
anything (`<any> / Agencja`) stay alive to the end of every line and multiply the states: they are looked for by the
words that they require (`required.py`), the few without such words in a set of their own. Phrases that only matter
where another one has matched (exceptions, neighbours, ends of blocks) are in no set: verbs and guards ask for the
lines that they need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import re2

from cleaner.errors import UsageError
from cleaner.rulebook import phrases
from cleaner.rulebook.required import required
from cleaner.rulebook.rough import rough
from cleaner.verbs._view import Place, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.model import Document
    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule

MAX_MEMORY = 512 << 20
"""Bytes that a compiled set may take with its cache. It grows with use, not at the start."""
SET_CHARS = 2_000_000
"""Characters of patterns in one set: some 10,000 phrases. Four times as many would pass `MAX_MEMORY`."""

_FLOATING = re.compile(r"(?:\(\?(?:-?i)?:|\(\?P<\w+>|\((?!\?)|\^)*(?:\.|\[\^)")
"""The beginning of a pattern that matches at the beginning of any line."""

MEMORY_LINES = 4_096
MEMORY_BYTES = 2_048
"""Answers about so many lines of at most so many bytes are remembered: a second pass asks about the same lines again, and
the documents of a site share theirs."""

Found = dict[int, dict[str, list[int]]]
Roles = tuple[tuple[int, str], ...]
Hits = Mapping[int, Mapping[str, list[int]]]


class Owner(NamedTuple):
    """Whose pattern it is."""

    rule: int
    role: str
    phrase: str = ""
    """The phrase, where the set has only a rough pattern of it and a line that matches has to be looked at again."""
    longest: int = phrases.UNBOUNDED
    """Bytes that a line can have which equals it."""


class Matcher:
    """The compiled phrases of some rules."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._books: dict[int, RulePhrases] = {}
        self._memory: dict[bytes, Roles] = {}

    @cached_property
    def _sets(self) -> _Sets:
        sets = _Sets(_Set(whole_line=True), _Set(whole_line=False), _Set(whole_line=True), _Set(whole_line=False))
        for number, rule in enumerate(self._rules):
            for role in rule.roles():
                if role.name not in rule.verb.triggers:
                    continue  # asked line by line, and only where a trigger matched: `View.equals`
                if role.whole_line:
                    self._add_lines(sets, number, rule, role)
                else:
                    bodies = [rough(phrases.pattern(text, self._vocabulary, exact=rule.exact)) for text in role.phrases]
                    sets.inside.add(Owner(number, role.name), "|".join(bodies))
        for patterns in sets:
            patterns.compile()
        return sets

    def _add_lines(self, sets: _Sets, number: int, rule: Rule, role: Role) -> None:
        """Add the whole-line phrases of a role: those that cost nothing as one pattern, the others one by one."""
        plain = []
        for phrase in role.phrases:
            body = phrases.pattern(phrase, self._vocabulary, exact=rule.exact)
            if phrases.is_plain(phrase):
                plain.append(body)
                continue
            loose = rough(body)
            doubtful = Owner(number, role.name, phrase, phrases.longest(phrase, self._vocabulary))
            if not _FLOATING.match(loose):
                if loose == body:
                    plain.append(body)
                else:
                    sets.whole.add(doubtful, loose)
            elif words := required(loose):
                sets.worded.add(doubtful, "|".join(map(re.escape, words)))
            else:
                sets.floating.add(Owner(number, role.name) if loose == body else doubtful, loose)
        if plain:
            sets.whole.add(Owner(number, role.name), "|".join(plain))

    def compile(self) -> None:
        """Compile now what the first scan would compile."""
        _ = self._sets

    def scan(self, document: Document) -> Hits:
        """Return for each rule that matches at all the lines at which its roles match, in order.

        For roles inside lines these are the lines where a phrase may stand; `phrases_of` has the places.
        """
        hits: Found = {}
        contents = document.contents
        for number in document.filled:
            for rule, role in self._whole_lines(contents[number].strip().encode()):
                hits.setdefault(rule, {}).setdefault(role, []).append(number)
        inside = self._sets.inside
        if inside.find(document.text.encode()):  # most documents hold none of these: one look tells
            for number in document.filled:
                for rule, role, *_ in inside.find(contents[number].encode()):
                    hits.setdefault(rule, {}).setdefault(role, []).append(number)
        return hits

    def _whole_lines(self, line: bytes) -> Roles:
        """Return whose phrases a line equals. Lines that were asked for before are remembered for a while."""
        known = self._memory.get(line)
        if known is None:
            known = tuple(self._look(line))
            if len(line) <= MEMORY_BYTES:
                if len(self._memory) >= MEMORY_LINES:
                    self._memory.clear()
                self._memory[line] = known
        return known

    def _look(self, line: bytes) -> dict[tuple[int, str], None]:
        """Return whose phrases a line equals, each once."""
        sets = self._sets
        found: dict[tuple[int, str], None] = {}
        for patterns in (sets.whole, sets.worded, sets.floating):
            for owner in patterns.find(line):
                role = owner.rule, owner.role
                if role in found or (owner.phrase and len(line) > owner.longest):
                    continue
                if not owner.phrase or self.phrases_of(owner.rule).is_phrase(owner.phrase, line):
                    found[role] = None
        return found

    def phrases_of(self, number: int) -> RulePhrases:
        """Return the phrases of a rule, compiled one by one to find places."""
        book = self._books.get(number)
        if book is None:
            book = self._books[number] = RulePhrases(self._rules[number], self._vocabulary)
        return book


class _Set:
    """Patterns with their owners, as an RE2 set; as several where one would be too large to compile."""

    def __init__(self, *, whole_line: bool) -> None:
        self._make = re2.Set.FullMatchSet if whole_line else re2.Set.SearchSet
        self._parts: list[tuple[re2.Set, list[Owner]]] = []
        self._room = 0

    def add(self, owner: Owner, pattern: str) -> None:
        if self._room < len(pattern):
            self._parts.append((self._make(_options()), []))
            self._room = SET_CHARS
        self._room -= len(pattern)
        patterns, owners = self._parts[-1]
        patterns.Add(f"(?m:{pattern})")
        owners.append(owner)

    def compile(self) -> None:
        for patterns, _ in self._parts:
            try:
                patterns.Compile()
            except re2.error as error:
                message = (
                    f"one rule has phrases that need more than {MAX_MEMORY >> 20} MB together: make two rules of it"
                )
                raise UsageError(message) from error

    def find(self, text: bytes) -> Sequence[Owner]:
        """Return whose patterns match a line, or match somewhere in a text of many lines."""
        return [owners[index] for patterns, owners in self._parts for index in patterns.Match(text) or ()]


class _Sets(NamedTuple):
    """The phrases of all rules, by what is the cheapest way to look for them."""

    whole: _Set
    """Whole lines that begin with a word."""
    worded: _Set
    """Words that whole lines hold which begin with anything."""
    floating: _Set
    """Whole lines that begin with anything and hold no word: few."""
    inside: _Set
    """Places inside lines."""


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    return options


class RulePhrases:
    """The phrases of one rule, each compiled on its own when it is first asked for."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self._rule = rule
        self._vocabulary = vocabulary
        self._compiled: dict[tuple[bool, str], re2._Regexp] = {}
        self._roles: dict[str, _Set] = {}
        self._alone: dict[str, _Set] = {}
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

    def is_phrase(self, phrase: str, line: bytes) -> bool:
        """Tell whether a whole line in UTF-8 equals one phrase; no other phrase of the rule is compiled for it."""
        if phrase not in self._alone:
            self._alone[phrase] = self._set([phrase])
        return bool(self._alone[phrase].find(line))

    def _set(self, texts: Iterable[str]) -> _Set:
        """Return whole-line phrases as a set of their own: it answers faster than a pattern does."""
        patterns = _Set(whole_line=True)
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
            self._compiled[key] = re2.compile(pattern, options=_options())
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

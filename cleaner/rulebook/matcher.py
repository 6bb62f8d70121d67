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

from cleaner.rulebook import phrases
from cleaner.rulebook.places import MEMORY_BYTES, MEMORY_LINES, RulePhrases
from cleaner.rulebook.required import required
from cleaner.rulebook.rough import rough
from cleaner.rulebook.sets import Owner, PatternSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Document
    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.verbs._view import Role

_FLOATING = re.compile(r"(?:\(\?(?:-?i)?:|\(\?P<\w+>|\((?!\?)|\^)*(?:\.|\[\^)")
"""The beginning of a pattern that matches at the beginning of any line."""

Found = dict[int, dict[str, list[int]]]
Roles = tuple[tuple[int, str], ...]
Hits = Mapping[int, Mapping[str, list[int]]]


class Matcher:
    """The compiled phrases of some rules."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._books: dict[int, RulePhrases] = {}
        self._memory: dict[bytes, Roles] = {}

    @cached_property
    def _sets(self) -> _Sets:
        sets = _Sets(
            PatternSet(whole_line=True),
            PatternSet(whole_line=False),
            PatternSet(whole_line=True),
            PatternSet(whole_line=False),
        )
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
        by_words: dict[tuple[str, ...], list[str]] = {}
        for phrase in role.phrases:
            body = phrases.pattern(phrase, self._vocabulary, exact=rule.exact)
            if phrases.is_plain(phrase):
                plain.append(body)
                continue
            loose = rough(body)
            if not _FLOATING.match(loose):
                if loose == body:
                    plain.append(body)
                else:
                    sets.whole.add(self._doubtful(number, role, [phrase]), loose)
            elif words := required(loose):
                by_words.setdefault(words, []).append(phrase)
            else:
                owner = Owner(number, role.name) if loose == body else self._doubtful(number, role, [phrase])
                sets.floating.add(owner, loose)
        if plain:
            sets.whole.add(Owner(number, role.name), "|".join(plain))
        for words, some in by_words.items():
            sets.worded.add(self._doubtful(number, role, some), "|".join(map(re.escape, words)))

    def _doubtful(self, number: int, role: Role, some: Sequence[str]) -> Owner:
        """Return the owner of a rough pattern that stands for some phrases of a role."""
        return Owner(number, role.name, tuple(some), max(phrases.longest(text, self._vocabulary) for text in some))

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
                if role in found or (owner.texts and len(line) > owner.longest):
                    continue
                if not owner.texts or self.phrases_of(owner.rule).is_among(owner.texts, line):
                    found[role] = None
        return found

    def phrases_of(self, number: int) -> RulePhrases:
        """Return the phrases of a rule, compiled one by one to find places."""
        book = self._books.get(number)
        if book is None:
            book = self._books[number] = RulePhrases(self._rules[number], self._vocabulary)
        return book


class _Sets(NamedTuple):
    """The phrases of all rules, by what is the cheapest way to look for them."""

    whole: PatternSet
    """Whole lines that begin with a word."""
    worded: PatternSet
    """Words that whole lines hold which begin with anything."""
    floating: PatternSet
    """Whole lines that begin with anything and hold no word: few."""
    inside: PatternSet
    """Places inside lines."""

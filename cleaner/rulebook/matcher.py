"""One scan for all rules: which phrases of which rules match which lines.

The scan has two steps. The first one is cheap and finds a little too much: `index.py` says, for the whole document,
which lines may equal which phrases. The second one looks at those few lines again with the phrase's own pattern, which
alone says what matches; it is compiled when a line first asks for it. Places and captures are looked up only for the
lines that matched. Phrases that only matter where another one has matched (exceptions, neighbours, ends of blocks)
are in no index: verbs and guards ask for the lines that they need.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.rulebook import phrases
from cleaner.rulebook.index import Index
from cleaner.rulebook.places import MEMORY_BYTES, MEMORY_LINES, RulePhrases
from cleaner.rulebook.programs import Programs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Document
    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.rulebook.sets import Owner

Found = dict[int, dict[str, list[int]]]
Roles = tuple[tuple[int, str], ...]
Hits = Mapping[int, Mapping[str, list[int]]]


class Matcher:
    """The compiled phrases of some rules."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._programs = Programs(vocabulary)
        self._books: dict[int, RulePhrases] = {}
        self._memory: dict[str, Roles] = {}

    @cached_property
    def _index(self) -> Index:
        index = Index()
        for number, rule in enumerate(self._rules):
            for role in rule.roles():
                if role.name in rule.verb.triggers:  # others are asked line by line, where one matched: `View.equals`
                    index.add(number, role, self._vocabulary, exact=rule.exact)
        index.compile()
        return index

    def compile(self) -> None:
        """Compile now what the first scan would compile."""
        _ = self._index

    def scan(self, document: Document) -> Hits:
        """Return for each rule that matches at all the lines at which its roles match, in order.

        For roles inside lines these are the lines where a phrase may stand; `phrases_of` has the places.
        """
        hits: Found = {}
        contents = document.contents
        found = self._index.find(document)
        for number in sorted(found):
            for rule, role in self._confirmed(contents[number].strip(), found[number]):
                hits.setdefault(rule, {}).setdefault(role, []).append(number)
        if self._index.headlines:
            numbers = [number for number in document.filled if contents[number].rstrip()[-1] not in phrases.STOPS]
            for rule, role, *_ in self._index.headlines if numbers else ():
                hits.setdefault(rule, {}).setdefault(role, []).extend(numbers)
        inside = self._index.inside
        if inside.find(document.text.encode()):  # most documents hold none of these: one look tells
            for number in document.filled:
                for rule, role, *_ in inside.find(contents[number].encode()):
                    hits.setdefault(rule, {}).setdefault(role, []).append(number)
        return hits

    def _confirmed(self, line: str, owners: Sequence[Owner]) -> Roles:
        """Return which owners' phrases a line equals. Lines that were asked for before are remembered for a while."""
        known = self._memory.get(line)
        if known is None:
            roles: dict[tuple[int, str], None] = {}
            data, size = line.encode(), len(line)
            for owner in owners:
                role = owner.rule, owner.role
                if role in roles or (size > owner.longest and len(" ".join(line.split())) > owner.longest):
                    continue
                if not owner.texts or self.phrases_of(owner.rule).is_among(owner.texts, data):
                    roles[role] = None
            known = tuple(roles)
            if len(data) <= MEMORY_BYTES:
                if len(self._memory) >= MEMORY_LINES:
                    self._memory.clear()
                self._memory[line] = known
        return known

    def phrases_of(self, number: int) -> RulePhrases:
        """Return the phrases of a rule, to be asked about single lines."""
        book = self._books.get(number)
        if book is None:
            book = self._books[number] = RulePhrases(self._rules[number], self._programs)
        return book

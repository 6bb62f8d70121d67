"""One scan for all rules: which phrases of which rules match which lines.

`scan/` says how. Places and captures are looked up only for the lines that matched. Phrases that only matter where another
one has matched (exceptions, neighbours, ends of blocks) are noticed in the same scan and looked at when verbs and guards ask
for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.pattern_cache import Programs
from cleaner.rulebook.scan.rule_phrases import RulePhrases
from cleaner.rulebook.scan.scanner import Scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Document
    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.rulebook.scan.scan_tables import Tables

Found = dict[int, dict[str, list[int]]]
Hits = Mapping[int, Mapping[str, list[int]]]


class Matcher:
    """The phrases of some rules, ready to look at documents. Threads may share it.

    `tables` are those of `compile_tables` for the same rules and vocabulary; without them they are made when first needed.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        vocabulary: Vocabulary,
        tables: Tables | None = None,
    ) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._given = tables
        self._programs = Programs(vocabulary)
        self._books: dict[int, RulePhrases] = {}

    @cached_property
    def tables(self) -> Tables:
        """The phrases as plain values, to be stored and given to another matcher."""
        if self._given:
            return self._given
        from cleaner.rulebook.scan.scan_tables import compile_tables  # noqa: PLC0415 - where none are given

        return compile_tables(self._rules, self._vocabulary)

    @cached_property
    def _scan(self) -> Scan:
        return Scan(self.tables, self._vocabulary, self._programs)

    @cached_property
    def _roles(self) -> dict[int, dict[str, list[int]]]:
        """The numbers of the roles of each rule, by name."""
        roles: dict[int, dict[str, list[int]]] = {}
        for number, row in enumerate(self.tables["roles"]):
            rule, name = row[:2]
            of_rule = roles.setdefault(rule, {})
            of_rule.setdefault(name, []).append(number)
        return roles

    def compile(self) -> None:
        """Make now what the first scan would make."""
        _ = self._scan, self._roles

    def scan(self, document: Document) -> Hits:
        """Return for each rule that matches at all the lines at which its roles match, in order.

        For roles inside lines these are the lines where a phrase may stand; `phrases_of` has the places.
        """
        hits: Found = {}
        rows = self.tables["roles"]
        for number, found in enumerate(self._scan.find(document.contents)):
            if found is None:
                continue
            for role in found.roles:
                rule, name = rows[role][:2]
                of_rule = hits.setdefault(rule, {})
                of_rule.setdefault(name, []).append(number)
        for role in self.tables["headlines"]:
            rule, name = rows[role][:2]
            of_rule = hits.setdefault(rule, {})
            self._add_headlines(of_rule, name, document)
        return hits

    def _add_headlines(
        self, hits: dict[str, list[int]], role: str, document: Document
    ) -> None:
        """Add the lines that `<headline>` alone equals."""
        contents = document.contents
        numbers = set()
        for number in document.filled:
            last = contents[number].rstrip()[-1]
            if last not in syntax.STOPS:
                numbers.add(number)
        if numbers:
            numbers.update(hits.get(role, ()))
            hits[role] = sorted(numbers)

    def phrases_of(self, number: int) -> RulePhrases:
        """Return the phrases of a rule, to be asked about single lines."""
        book = self._books.get(number)
        if book is None:
            roles = self._roles.get(number, {})
            book = RulePhrases(self._scan, self._programs, roles)
            self._books[number] = book
        return book

"""The phrases of a book as plain values, from which a scan is made in a moment. They may be stored and read again.

    tables = compile_tables(rules, vocabulary)     # 0.4 s for the shipped book: lists, dicts, strings, numbers
    json.dumps(tables)                             # whatever keeps such values will do
    Scan(tables, vocabulary)                       # 0.05 s

`rules` are the active rules in the order of the book: tables name a rule by its number. Tables that were stored are good for
the same rules and vocabulary, the same `FORMAT`, and the same `unicodedata.unidata_version`, because folding asks Unicode
what is a case of what. Regular expressions, dates and other placeholders compile when a line first asks for them, and are
no part of the tables.

    {"format":   FORMAT,
     "roles":    [[rule number, role name, 1 if it triggers its rule, 1 if it stands for whole lines], …],
     "phrases":  [[text, 1 if exact, 1 if for whole lines, [role numbers]], …],   each text once, whoever has it
     "literals": {folded line: [phrase numbers]},     phrases that are a few whole lines
     "keys":     [folded literal, …],                 for all others: see `required_literals`
     "owners":   [[group numbers], …],                … and by the number of the key what it may stand for:
     "groups":   [[phrase numbers], …],               phrases …
     "limits":   [characters of a line, …],           … none of which equals a longer line, by the number of the group
     "regexes":  [[phrase number, characters of a line at least, at most, [[folded texts of which it holds one], …]], …],
     "loose":    [phrase numbers],                    what has no key is tried on every line …
     "headlines": [role numbers]}                     … but for `<headline>` alone: the last character says it
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from cleaner.rulebook.phrases import syntax as phrases
from cleaner.rulebook.scan.compiled_phrase import is_sure_inside
from cleaner.rulebook.scan.folding import fold_phrase
from cleaner.rulebook.scan.required_literals import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.verbs.api.values import Role

FORMAT = 1
"""Raised when tables of the same rules begin to look different."""

PhraseRow = tuple[str, int, int, list[int]]
RoleRow = tuple[int, str, int, int]
RegexRow = tuple[int, int, int, list[list[str]]]
SHORT = 400
"""Characters of a line. Phrases for shorter lines are kept apart from those for lines of any length: most text is longer."""
MAX_TEXTS = 60
"""Texts of which a line must hold one before a regular expression is asked; more cost as much as asking."""


class Tables(TypedDict):
    """See the module's text. Rows are lists where they were read from JSON."""

    format: int
    roles: list[RoleRow]
    phrases: list[PhraseRow]
    literals: dict[str, list[int]]
    keys: list[str]
    groups: list[list[int]]
    limits: list[int]
    owners: list[list[int]]
    regexes: list[RegexRow]
    loose: list[int]
    headlines: list[int]


class _Index(NamedTuple):
    """The numbers of phrases by what they are found by."""

    literals: dict[str, list[int]]
    keyed: dict[str, list[int]]
    loose: list[int]


def compile_tables(rules: Sequence[Rule], vocabulary: Vocabulary) -> Tables:
    """Return the tables of the phrases of some rules."""
    compiler = _Compiler(vocabulary)
    for number, rule in enumerate(rules):
        for role in rule.roles():
            compiler.add(
                number, role, exact=rule.exact, triggers=role.name in rule.verb.triggers
            )
    return compiler.finish()


class _Compiler:
    """Collects phrases, each text once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._keys = Keys(vocabulary)
        self._roles: list[RoleRow] = []
        self._phrases: dict[tuple[str, int, int], list[int]] = {}
        self._headlines: list[int] = []

    def add(self, number: int, role: Role, *, exact: bool, triggers: bool) -> None:
        """Add the phrases of a role of the rule with this number."""
        own = len(self._roles)
        whole_line = int(role.whole_line)
        self._roles.append((number, role.name, int(triggers), whole_line))
        for text in role.phrases:
            if triggers and role.whole_line and phrases.is_headline(text):
                self._headlines.append(own)
            phrase = text, int(exact), whole_line
            owners = self._phrases.setdefault(phrase, [])
            if own not in owners[-1:]:
                owners.append(own)

    def finish(self) -> Tables:
        """Return the tables of what was added."""
        rows = [(*phrase, owners) for phrase, owners in self._phrases.items()]
        found = self._indexed(rows)
        keyed = set(chain.from_iterable(found.keyed.values()))
        limits = {number: self._limit(rows[number]) for number in keyed}
        groups: dict[tuple[int, ...], int] = {}
        owners = [_grouped(numbers, limits, groups) for numbers in found.keyed.values()]
        return Tables(
            format=FORMAT,
            roles=self._roles,
            phrases=rows,
            literals=found.literals,
            keys=list(found.keyed),
            owners=owners,
            groups=list(map(list, groups)),
            limits=[max(limits[number] for number in group) for group in groups],
            regexes=self._regexes(rows),
            loose=found.loose,
            headlines=self._headlines,
        )

    def _indexed(self, rows: Sequence[PhraseRow]) -> _Index:
        """Return by what each phrase is found."""
        index = _Index({}, {}, [])
        for number, row in enumerate(rows):
            lines = self._lines_of(row)
            keys = [] if lines else self._keys_of(row)
            for line in lines:
                index.literals.setdefault(line, []).append(number)
            for key in keys:
                index.keyed.setdefault(key, []).append(number)
            if not lines and not keys:
                index.loose.append(number)
        return index

    def _regexes(self, rows: Sequence[PhraseRow]) -> list[RegexRow]:
        return [
            self._regex(number, row)
            for number, row in enumerate(rows)
            if phrases.is_regex(row[0])
        ]

    def _lines_of(self, row: PhraseRow) -> Sequence[str]:
        """Return the folded lines that equal a phrase, where they are all known."""
        text, is_exact, whole_line, _ = row
        exact = bool(is_exact)
        if not whole_line or not text:
            return ()
        if not phrases.is_plain(text):
            return self._keys.lines(text, exact=exact)
        line = fold_phrase(text, exact=exact)
        return (line,)

    def _keys_of(self, row: PhraseRow) -> Sequence[str]:
        """Return the keys of a phrase in a fixed order."""
        text, is_exact, whole_line, owners = row
        exact = bool(is_exact)
        if not whole_line and is_sure_inside(text, exact=exact):
            whole = fold_phrase(text)
            return (whole,)  # a line that holds it needs no other look
        keys = self._keys.of(
            text,
            exact=exact,
            whole_line=bool(whole_line),
            triggers=any(self._roles[owner][2] for owner in owners),
        )
        return sorted(keys)

    def _limit(self, row: PhraseRow) -> int:
        """Return how many characters a line can have that equals a phrase."""
        text, exact, whole_line, _ = row
        if not whole_line:
            return phrases.UNBOUNDED
        if phrases.is_regex(text):
            return self._keys.literals(text, exact=bool(exact), whole_line=True).high
        return phrases.longest(text, self._vocabulary)

    def _regex(self, number: int, row: PhraseRow) -> RegexRow:
        """Return what a line is asked before a regular expression is."""
        text, exact, whole_line, _ = row
        found = self._keys.literals(
            text,
            exact=bool(exact),
            whole_line=bool(whole_line),
        )
        required = [
            sorted(texts) for texts in found.required if len(texts) <= MAX_TEXTS
        ]
        return number, found.low, found.high, required


def _grouped(
    numbers: list[int], limits: Mapping[int, int], groups: dict[tuple[int, ...], int]
) -> list[int]:
    """Return the numbers of the groups of some phrases: those for short lines, and the others. New groups are added."""
    short = tuple(number for number in numbers if limits[number] <= SHORT)
    others = tuple(number for number in numbers if limits[number] > SHORT)
    found = []
    for group in (short, others):
        if group:
            number = groups.setdefault(group, len(groups))
            found.append(number)
    return found

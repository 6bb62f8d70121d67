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
     "literals": {folded line: [phrase numbers]},     phrases without placeholders, for whole lines
     "keys":     [folded literal, …],                 for all others: see `keys.py`
     "groups":   [[phrase numbers], …],               which phrases a key may stand for …
     "owners":   [group number, …],                   … by the number of the key
     "loose":    [phrase numbers],                    what has no key is tried on every line …
     "headlines": [role numbers]}                     … but for `<headline>` alone: the last character says it
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, TypedDict

from cleaner.rulebook import phrases
from cleaner.rulebook.scan.folding import fold_phrase, is_odd_phrase
from cleaner.rulebook.scan.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.verbs._view import Role

FORMAT = 1
"""Raised when tables of the same rules begin to look different."""

PhraseRow = tuple[str, int, int, list[int]]
RoleRow = tuple[int, str, int, int]


class Tables(TypedDict):
    """See the module's text. Rows are lists where they were read from JSON."""

    format: int
    roles: list[RoleRow]
    phrases: list[PhraseRow]
    literals: dict[str, list[int]]
    keys: list[str]
    groups: list[list[int]]
    owners: list[int]
    loose: list[int]
    headlines: list[int]


def compile_tables(rules: Sequence[Rule], vocabulary: Vocabulary) -> Tables:
    """Return the tables of the phrases of some rules."""
    compiler = _Compiler(vocabulary)
    for number, rule in enumerate(rules):
        for role in rule.roles():
            compiler.add(number, role, exact=rule.exact, triggers=role.name in rule.verb.triggers)
    return compiler.finish()


class _Compiler:
    """Collects phrases, each text once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._keys = Keys(vocabulary)
        self._roles: list[RoleRow] = []
        self._phrases: dict[tuple[str, int, int], list[int]] = {}
        self._headlines: list[int] = []

    def add(self, number: int, role: Role, *, exact: bool, triggers: bool) -> None:
        """Add the phrases of a role of the rule with this number."""
        own = len(self._roles)
        self._roles.append((number, role.name, int(triggers), int(role.whole_line)))
        for text in role.phrases:
            if triggers and role.whole_line and phrases.is_headline(text):
                self._headlines.append(own)
            owners = self._phrases.setdefault((text, int(exact), int(role.whole_line)), [])
            if own not in owners[-1:]:
                owners.append(own)

    def finish(self) -> Tables:
        """Return the tables of what was added."""
        rows = [(*phrase, owners) for phrase, owners in self._phrases.items()]
        literals: dict[str, list[int]] = {}
        keyed: dict[str, list[int]] = {}
        loose: list[int] = []
        for number, (text, exact, whole_line, _) in enumerate(rows):
            if whole_line and phrases.is_plain(text) and text:
                literals.setdefault(fold_phrase(text), []).append(number)
                continue
            keys = self._keys_of(text, exact=bool(exact), whole_line=bool(whole_line))
            for key in keys:
                keyed.setdefault(key, []).append(number)
            if not keys:
                loose.append(number)
        groups, owners = _grouped(keyed.values())
        return Tables(
            format=FORMAT,
            roles=self._roles,
            phrases=rows,
            literals=literals,
            keys=list(keyed),
            groups=groups,
            owners=owners,
            loose=loose,
            headlines=self._headlines,
        )

    def _keys_of(self, text: str, *, exact: bool, whole_line: bool) -> Iterable[str]:
        """Return the keys of a phrase in a fixed order; of a literal text inside lines the whole text, which then needs no other look."""
        if is_sure_inside(text, exact=exact) and not whole_line:
            return (fold_phrase(text),)
        return sorted(self._keys.of(text, exact=exact, whole_line=whole_line))


def is_sure_inside(text: str, *, exact: bool) -> bool:
    """Tell whether every line that is not odd holds a phrase if it holds the folded text of it.

    A stop at its edge could be one of the three that `…` folds to.
    """
    if exact or not phrases.is_plain(text) or is_odd_phrase(text):
        return False
    return bool(text) and text == text.strip(string.whitespace + ".…")


def _grouped(owners: Iterable[list[int]]) -> tuple[list[list[int]], list[int]]:
    """Return lists that are not the same, and for each of the given ones which of them it is."""
    known: dict[tuple[int, ...], int] = {}
    numbers = [known.setdefault(tuple(some), len(known)) for some in owners]
    return [list(some) for some in known], numbers

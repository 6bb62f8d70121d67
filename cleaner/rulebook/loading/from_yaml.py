"""From rule files to a rule book, by way of YAML: what `load` does where nothing is known of the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.loading import parse_file, rule_files
from cleaner.rulebook.loading.build import build_rules
from cleaner.rulebook.loading.overrides import apply_overrides
from cleaner.rulebook.loading.rule_sources import read_lists
from cleaner.rulebook.phrases.syntax import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.errors import Fault
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.rule_sources import Given
    from cleaner.rulebook.rule import Rule


def book_of(given: Given, where: str, *, check_selectors: bool) -> RuleBook:
    """Return the book of some files, their overrides applied. `where` is what a fault calls them if they hold nothing."""
    vocabulary = Vocabulary(lists=rule_files.vocabulary(given.lists))
    book = _book(
        map(parse_file.tree_of, given.rules),
        vocabulary,
        check_selectors=check_selectors,
    )
    if not book.rules and not book.faults:
        none = parse_file.RuleFile(name=where or "nowhere", lines=[], trees=())
        fault = none.fault(
            "L023", "no rules here: name .yaml files or folders that hold them", None
        )
        book = replace(book, faults=(fault,))
    return apply_overrides(book, map(parse_file.tree_of, given.overrides))


def book_of_text(text: str, name: str, *, check_selectors: bool) -> RuleBook:
    """Return the book of a YAML text."""
    vocabulary = Vocabulary(lists=rule_files.vocabulary(read_lists()))
    return _book(
        [parse_file.parse(name, text)], vocabulary, check_selectors=check_selectors
    )


def _book(
    read: Iterable[RuleFile], vocabulary: Vocabulary, *, check_selectors: bool
) -> RuleBook:
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for file in read:
        faults += file.faults
        for rule, found in build_rules(
            file, vocabulary, check_selectors=check_selectors
        ):
            faults += found
            if rule is None:
                continue
            if rule.id in rules:
                other = rules[rule.id]
                message = f"id '{rule.id}' is taken by {other.file}:{other.line}: ids are never used twice"
                faults.append(
                    file.fault(
                        "L008", message, None, line=rule.line, column=3, rule=rule.id
                    )
                )
            else:
                rules[rule.id] = rule
    ordered = tuple(rules[name] for name in sorted(rules))
    return RuleBook(
        rules=ordered,
        vocabulary=vocabulary,
        faults=tuple(sorted(faults, key=lambda f: (f.file, f.line, f.column))),
    )

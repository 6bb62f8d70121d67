"""Load rule files: every fault at once with its place, and one bad rule never takes the good ones down."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING

from cleaner.rulebook import files
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.build import build_rules
from cleaner.rulebook.files import default_rules
from cleaner.rulebook.overrides import apply_overrides
from cleaner.rulebook.phrases import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cleaner.errors import Fault
    from cleaner.rulebook.rule import Rule

__all__ = ["default_rules", "load", "load_text"]


def load(
    paths: str | Path | Sequence[str | Path],
    *,
    overrides: str | Path | Sequence[str | Path] = (),
    check_selectors: bool = False,
) -> RuleBook:
    """Return the rule book of some files and folders, with the faults of what could not be loaded.

    An `overrides.yaml` in one of the folders applies too. `check_selectors` compiles the CSS selectors of
    `remove_html` (and loads bs4 for it). Zero rules loaded is a fault. One path may stand for a list of one.
    """
    paths, overrides = _several(paths), _several(overrides)
    lists = files.vocabulary([default_rules(), *paths])
    read = [files.read(path) for path in files.find(paths)]
    book = _book(read, Vocabulary(lists=lists), check_selectors=check_selectors)
    if not book.rules and not book.faults:
        where = ", ".join(map(str, paths)) or "nowhere"
        none = files.RuleFile(name=where, lines=[], trees=())
        book = replace(
            book, faults=(none.fault("L023", "no rules here: name .yaml files or folders that hold them", None),)
        )
    return apply_overrides(book, [files.read(path) for path in (*files.overrides_in(paths), *map(_path, overrides))])


def load_text(text: str, *, name: str = "<text>", check_selectors: bool = True) -> RuleBook:
    """Return the rule book of a YAML text."""
    lists = files.vocabulary([default_rules()])
    return _book([files.parse(name, text)], Vocabulary(lists=lists), check_selectors=check_selectors)


def _several(paths: str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    """Return a list of paths: a string alone would be one of characters, and `/` is a folder with everything in it."""
    return [paths] if isinstance(paths, str | PathLike) else paths


def _path(path: str | Path) -> Path:
    from pathlib import Path  # noqa: PLC0415 - types elsewhere

    return Path(path)


def _book(read: Iterable[files.RuleFile], vocabulary: Vocabulary, *, check_selectors: bool) -> RuleBook:
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for file in read:
        faults += file.faults
        for rule, found in build_rules(file, vocabulary, check_selectors=check_selectors):
            faults += found
            if rule is None:
                continue
            if rule.id in rules:
                other = rules[rule.id]
                message = f"id '{rule.id}' is taken by {other.file}:{other.line}: ids are never used twice"
                faults.append(file.fault("L008", message, None, line=rule.line, column=3, rule=rule.id))
            else:
                rules[rule.id] = rule
    ordered = tuple(rules[name] for name in sorted(rules))
    return RuleBook(
        rules=ordered, vocabulary=vocabulary, faults=tuple(sorted(faults, key=lambda f: (f.file, f.line, f.column)))
    )

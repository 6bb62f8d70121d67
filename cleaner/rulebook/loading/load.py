"""Load rule files: every fault at once with its place, and one bad rule never takes the good ones down.

What was loaded before comes from the cache (`cache.py`), as long as all files are the same; then no YAML is read, and what
reads and checks it is not even imported.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

import orjson

from cleaner.rulebook.loading import book_cache
from cleaner.rulebook.loading.book_json import book_from_plain, book_to_plain
from cleaner.rulebook.loading.rule_files import default_rules
from cleaner.rulebook.loading.rule_sources import Given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.rulebook.book import RuleBook

__all__ = ["default_rules", "load", "load_text"]


def load(
    paths: str | Path | Sequence[str | Path],
    *,
    overrides: str | Path | Sequence[str | Path] = (),
    check_selectors: bool = False,
) -> RuleBook:
    """Return the rule book of some files and folders, with the faults of what could not be loaded.

    An `overrides.yaml` in one of the folders applies too. `check_selectors` compiles the CSS selectors of
    `remove_html`. Zero rules loaded is a fault. One path may stand for a list of one.
    """
    given = Given.read(_several(paths), _several(overrides))
    place = book_cache.folder()
    key = given.digest() if place else ""
    known = _known(place, key, check_selectors=check_selectors) if place else None
    if known is not None:
        return known
    from cleaner.rulebook.loading.from_yaml import book_of  # noqa: PLC0415 - loads pydantic and yaml

    book = book_of(
        given, ", ".join(map(str, _several(paths))), check_selectors=check_selectors
    )
    if place and not any(fault.severity == "error" for fault in book.faults):
        _keep(place, key, book, check_selectors=check_selectors)
    return book


def load_text(
    text: str, *, name: str = "<text>", check_selectors: bool = True
) -> RuleBook:
    """Return the rule book of a YAML text."""
    from cleaner.rulebook.loading.from_yaml import book_of_text  # noqa: PLC0415 - loads pydantic and yaml

    return book_of_text(text, name, check_selectors=check_selectors)


def _several(paths: str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    """Return a list of paths: a string alone would be one of characters, and `/` is a folder with everything in it."""
    return [paths] if isinstance(paths, str | PathLike) else paths


def _known(place: Path, key: str, *, check_selectors: bool) -> RuleBook | None:
    """Return a book that was kept. One whose selectors were checked does for those who do not ask for that."""
    lines = book_cache.read(place, key)
    if lines is None:
        return None
    try:
        with book_cache.uncollected():
            head, rules, tables = lines
            known = orjson.loads(head)
            if check_selectors and not known["checked"]:
                return None
            return book_from_plain(orjson.loads(rules)).recall(
                known["fingerprint"], tables
            )
    except (KeyError, TypeError, ValueError):  # whoever wrote it, it is no book
        return None


def _keep(place: Path, key: str, book: RuleBook, *, check_selectors: bool) -> None:
    """Keep a book without errors, if it comes out of its plain form as it went in."""
    plain = book_to_plain(book)
    if book_from_plain(plain) != book:
        return
    head = {"checked": check_selectors, "fingerprint": book.fingerprint}
    try:
        lines = [orjson.dumps(part) for part in (head, plain, book.tables)]
    except TypeError:  # a text that cannot be written as UTF-8
        return
    book_cache.write(place, key, lines)

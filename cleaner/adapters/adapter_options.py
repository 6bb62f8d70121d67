"""How to clean inside an engine: options that travel to every process of it, and one cleaner built in each.

Nothing in here needs an engine or Arrow.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.batch.clean_one import attempt, whole
from cleaner.errors import SourceError, UsageError
from cleaner.io.readers import MAX_BYTES
from cleaner.model import Outcome
from cleaner.options import CleaningOptions
from cleaner.pipeline import HTML_TYPES, Cleaner
from cleaner.rulebook.loading.load import default_rules

if TYPE_CHECKING:
    from cleaner.batch.clean_one import Answer
    from cleaner.model import Article, Source

RESET = 1_000
"""Pages between two clearings of trafilatura's caches, which never shrink."""
_SEVERAL = ("rules", "overrides", "columns")
_ONE_PAGE = threading.RLock()
"""Held while a page is cleaned: what extracts pages crashes in threads, and some engines call from several."""


@dataclass(frozen=True, kw_only=True)
class Options(CleaningOptions):
    """The options of an adapter. Hashable and picklable; the same options give the same articles in every engine.

    >>> Options(rules="house.yaml", level="cautious").rules
    ('house.yaml',)
    """

    rules: tuple[str, ...] = ()
    """Rule files and folders, readable in every process; none for the rules that come with the program."""
    overrides: tuple[str, ...] = ()
    text: str | None = None
    """The column that holds the text; None for the first of `text`, `content`, `body`, … that is there."""
    html: str | None = None
    """The column that holds HTML; where it is named it counts before a column of text."""
    id: str | None = None
    url: str | None = None
    language: str | None = None
    """The language of documents that bring none, as a tag: `de`, `en-GB`. None to have it detected."""
    columns: tuple[str, ...] | None = None
    """Which columns to add, None for all; `status` and `reason` always are."""
    prefix: str = ""
    """What the names of added columns begin with, for tables that have such names already."""
    max_bytes: int = MAX_BYTES
    """Bytes of the largest document; a larger one is rejected, never cut."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in _SEVERAL:
            value = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, str) or not hasattr(value, "__iter__"):
                value = [value]
            object.__setattr__(self, name, tuple(map(str, value)))


def options_of(options: Options | None, given: dict[str, Any]) -> Options:
    """Return the options, which are given as one value or one by one. Raise UsageError where one is unknown."""
    if options is not None:
        if given:
            raise UsageError(
                f"give options=, or {', '.join(sorted(given))} one by one, not both"
            )
        return options
    known = [field.name for field in fields(Options)]
    unknown = sorted(set(given) - set(known))
    if unknown:
        names = ", ".join(known)
        raise UsageError(f"option {', '.join(unknown)} is unknown: use {names}")
    return Options(**given)


def require_unset(options: Options, *names: str, why: str) -> None:
    """Raise UsageError where one of these options is set: they mean nothing to an engine."""
    wrong = [name for name in names if getattr(options, name)]
    if wrong:
        raise UsageError(f"option {', '.join(wrong)} has no use here: {why}")


@lru_cache(maxsize=4)
def cleaner_of(options: Options) -> Cleaner:
    """Return the cleaner that the options ask for, built once a process. Raise RuleError, UsageError.

    Rule files that change later change nothing in a process that has read them.
    """
    return Cleaner.from_rules(
        options.rules or [default_rules()],
        CleaningOptions.among(vars(options)),
        overrides=options.overrides,
    )


class _Pages:
    """How many pages this process has cleaned."""

    done = 0


def outcome_of(source: Source, options: Options) -> Outcome:
    """Clean one document. It never raises for the document's sake: the outcome then holds its `SourceError`."""
    size = len(source.data)
    if size > options.max_bytes:
        unit = "bytes" if isinstance(source.data, bytes) else "characters"
        message = f"{size:,} {unit} are more than {options.max_bytes:,} (max_bytes)"
        error = SourceError(
            message,
            reason="too_large",
            stage="read",
        )
        return Outcome(
            source=source,
            error=error,
        )
    cleaner = cleaner_of(options)
    if source.media_type not in HTML_TYPES:
        return outcome_from(source, attempt(cleaner, source, whole))
    with _ONE_PAGE:
        _Pages.done += 1
        if _Pages.done % RESET == 0 and "trafilatura" in sys.modules:
            import_module("trafilatura.meta").reset_caches()
        return outcome_from(source, attempt(cleaner, source, whole))


def outcome_from(source: Source, answer: Answer[Article]) -> Outcome:
    """Return what became of a document together with it."""
    return Outcome(
        source=source,
        article=answer.made,
        error=answer.error,
        seconds=answer.seconds,
    )


def engine(module: str, *, extra: str) -> Any:  # noqa: ANN401 - a module of another package
    """Return a module of an engine. Raise UsageError with what to install where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        message = f"this needs {package}, which is not installed: pip install 'article-cleaner[{extra}]' ({error})"
        raise UsageError(message) from error

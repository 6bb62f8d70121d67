"""The columns of a result, and their values.

They are those of Parquet files (`cleaner.io.formats.article_columns`), without `input`: what came with a row stays in the columns that it came
in. Three say what became of the row: `status` (`clean` or `rejected`), `reason` (a code, null where it is clean), `message`.
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner._version import __version__
from cleaner.adapters.adapter_options import cleaner_of, engine
from cleaner.errors import UsageError
from cleaner.io.formats import article_columns

if TYPE_CHECKING:
    import pyarrow as pa

    from cleaner.adapters.adapter_options import Options
    from cleaner.model import Outcome

CLEAN, REJECTED = "clean", "rejected"
STATUS = ("status", "reason", "message")
_ALWAYS = ("status", "reason")
NAMES = (*(name for name in article_columns.NAMES if name != "input"), *STATUS)
"""Every column that can be added, in order."""


def arrow() -> Any:  # noqa: ANN401 - pyarrow
    """Return pyarrow. Raise UsageError where it is not installed."""
    return engine("pyarrow", extra="arrow")


@lru_cache(maxsize=1)
def all_fields() -> dict[str, pa.DataType]:
    """Return the Arrow type of every column that can be added."""
    text = arrow().string()
    types = {**article_columns.types_of(), **dict.fromkeys(STATUS, text)}
    return {name: types[name] for name in NAMES}


def chosen(options: Options) -> tuple[str, ...]:
    """Return the columns that the options ask for, in their order. Raise UsageError where there is no such column."""
    if options.columns is None:
        return NAMES
    for name in options.columns:
        if name not in NAMES:
            raise _unknown(name)
    return tuple(name for name in NAMES if name in options.columns or name in _ALWAYS)


def _unknown(name: str) -> UsageError:
    hint = "."
    close = difflib.get_close_matches(name, NAMES, n=1)
    if close:
        hint = f"; did you mean {close[0]!r}?"
    names = ", ".join(NAMES)
    message = f"column {name!r} is unknown{hint} There are {names}"
    return UsageError(message)


def record_of(outcome: Outcome, options: Options) -> dict[str, Any]:
    """Return what became of a document: a value for each column that the options ask for."""
    if outcome.article is not None:
        record = {**article_columns.row_of(outcome.article), "status": CLEAN}
    else:
        record = {
            "url": outcome.source.url,
            "rulebook": cleaner_of(options).rulebook.fingerprint,
            "cleaner": __version__,
            "status": REJECTED,
            "reason": getattr(outcome.error, "reason", "crashed"),
            "message": str(outcome.error),
        }
    record["id"] = outcome.source.id or None
    return {name: record.get(name) for name in chosen(options)}

"""Clean a batch of rows: the one function that Spark, Ray, DuckDB, Polars and all others with Arrow inside call.

    clean_batch(pa.RecordBatch) -> pa.RecordBatch          one row out for each row in, in the same order

The columns of the input come first, unchanged; then those of `columns.py`. A row whose document cannot be cleaned has the
status `rejected`, a reason and a message, and costs no other row anything. Faults that concern every row (no
column of text, a name that is taken, rules that do not load) are errors before the first one.

Text may be strings, or bytes in any encoding. The first of `text`, `content`, `body`, … counts, then `html`, `raw_html`, which also
stand in where the text of a row is blank. Columns called `title`, `author`, `date`, … are facts about the article, as
in JSON lines. A row's `id` is that of its column, and null where there is none: no number of a row is the same in all engines.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.adapters.adapter_options import Options, cleaner_of, outcome_of
from cleaner.adapters.cells import columns_of, sources
from cleaner.adapters.columns import all_fields, arrow, chosen, record_of
from cleaner.errors import UsageError
from cleaner.io.formats import json_lines
from cleaner.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

ROWS = 1_000
"""Rows of a table that are cleaned at a time."""
DEFAULT = Options()
Rows = TypeVar("Rows", bound=Any)
"""A record batch or a table: what goes in comes out."""


def clean_batch(batch: Rows, options: Options = DEFAULT) -> Rows:
    """Clean every row of a record batch or of a table.

    Raise UsageError or RuleError before the first row where the columns or the options do not fit; never for a row.
    """
    pa = arrow()
    target = output_schema(batch.schema, options)
    if isinstance(batch, pa.Table):
        batches = [clean_batch(each, options) for each in batch.to_batches(ROWS)]
        whole: Rows = pa.Table.from_batches(batches, target)
        return whole
    records = list(_records(batch, options))
    arrays = list(batch.columns)
    for field in list(target)[len(arrays) :]:
        name = field.name.removeprefix(options.prefix)
        cells = [record[name] for record in records]
        arrays.append(_array(cells, field.type))
    done: Rows = pa.RecordBatch.from_arrays(arrays, schema=target)
    return done


def _records(batch: pa.RecordBatch, options: Options) -> Iterator[dict[str, Any]]:
    """Yield what became of each row."""
    for source, error in sources(batch, options):
        if error:
            outcome = Outcome(
                source=source,
                error=error,
            )
        else:
            outcome = outcome_of(source, options)
        yield record_of(outcome, options)


def clean_batches(
    batches: Iterable[pa.RecordBatch], options: Options = DEFAULT
) -> Iterator[pa.RecordBatch]:
    """Clean batches one after the other, as they come."""
    for batch in batches:
        yield clean_batch(batch, options)


def schema(options: Options = DEFAULT) -> pa.Schema:
    """Return the columns that are added to a table that has none of their names."""
    types = all_fields()
    fields = [(options.prefix + name, types[name]) for name in chosen(options)]
    return arrow().schema(fields)


def output_schema(given: pa.Schema, options: Options = DEFAULT) -> pa.Schema:
    """Return the columns of a result. Raise UsageError or RuleError where there can be none: ask before any work."""
    read = columns_of(given, options)
    own: set[str | None] = set()
    if not options.prefix:  # the record's id and url are the same as the row's
        own = {read.id, read.url} & {"id", "url"}
    added = [field for field in schema(options) if field.name not in own]
    taken = [field.name for field in added if field.name in given.names]
    if taken:
        raise UsageError(
            f"the input has columns of these names already: {', '.join(taken)}. Use prefix='clean_' to get clean_body, "
            "clean_title and so on, choose with columns= which ones to add, or rename yours"
        )
    cleaner_of(options)
    return arrow().schema([*given, *added], metadata=given.metadata)


def _array(cells: list[Any], kind: pa.DataType) -> pa.Array:
    """Return a column; half a character in a cell is no reason to lose the batch."""
    pa = arrow()
    with suppress(UnicodeEncodeError):
        return pa.array(cells, kind)
    return pa.array(json_lines.whole(cells), kind)

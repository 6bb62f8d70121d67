"""Clean inside DuckDB: functions for SQL, and a whole relation at once.

    from cleaner.adapters.duckdb import clean_relation, register

    register(connection)
    connection.sql("SELECT id, clean(text, url) FROM articles")
    connection.sql("COPY (SELECT id, unnest(clean_record(text, url)) FROM articles) TO 'clean.parquet'")

`clean(text)` and `clean(text, url)` return the body, null where the document is rejected; `clean_record` returns a struct with the columns of
the article's record, `status` and `reason` among them. Text may be VARCHAR or BLOB. The functions see a
vector of rows at a time, so tables may be larger than memory; `clean_relation` holds all of its rows. DuckDB works in
one process, and pages are cleaned one at a time in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cleaner.adapters.adapter_options import (
    Options,
    cleaner_of,
    engine,
    options_of,
    require_unset,
)
from cleaner.adapters.arrow import clean_batch, schema
from cleaner.adapters.columns import arrow
from cleaner.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

_ARGUMENTS = ("text", "url")


def register(
    connection: DuckDBPyConnection,
    name: str = "clean",
    options: Options | None = None,
    **given: Any,  # noqa: ANN401 - see Options
) -> None:
    """Make the functions `name` and `name_record` known to a connection.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError where they do not fit.
    """
    engine("duckdb", extra="duckdb")
    chosen = options_of(options, given)
    require_unset(
        chosen,
        "text",
        "html",
        "id",
        "url",
        "prefix",
        why="SQL hands the functions a text and a url",
    )
    cleaner_of(chosen)
    kind = connection.from_arrow(
        arrow().table({"record": arrow().array([], _struct(chosen))})
    ).types[0]
    only_body = replace(chosen, columns=("body",))
    functions = (  # lambdas: of others DuckDB evaluates the annotations
        (name, lambda *columns: _cleaned(only_body, columns).column("body"), "VARCHAR"),
        (
            f"{name}_record",
            lambda *columns: (
                _cleaned(chosen, columns).to_struct_array().combine_chunks()
            ),
            kind,
        ),
    )
    for called, function, returned in functions:
        connection.create_function(
            called, function, None, returned, type="arrow", null_handling="special"
        )


def clean_relation(
    connection: DuckDBPyConnection,
    relation: DuckDBPyRelation,
    options: Options | None = None,
    **given: Any,  # noqa: ANN401 - see Options
) -> DuckDBPyRelation:
    """Return a relation with the columns of `relation` and those of the article's record, held in memory.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError before any work.
    """
    engine("duckdb", extra="duckdb")
    return connection.from_arrow(
        clean_batch(relation.to_arrow_table(), options_of(options, given))
    )


def _struct(options: Options) -> pa.DataType:
    return arrow().struct(list(schema(options)))


def _cleaned(options: Options, columns: tuple[Any, ...]) -> pa.Table:
    """Return the added columns for the arguments of a call, which are columns."""
    if not 1 <= len(columns) <= len(_ARGUMENTS):
        raise UsageError("give the text, or the text and the address of the article")
    names = _ARGUMENTS[: len(columns)]
    table = arrow().table(list(columns), names=names)
    done = clean_batch(table, options)
    added = schema(options)
    return done.select(added.names).cast(added)

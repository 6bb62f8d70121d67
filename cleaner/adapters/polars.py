"""Clean a Polars frame.

    from cleaner.adapters.polars import clean_frame

    clean_frame(pl.read_parquet("raw.parquet"), prefix="clean_")

Polars works in one process, and pages are cleaned one at a time in it; for large sets of pages use worker processes
(`clean run`) or an engine that has some.
"""

from __future__ import annotations

from typing import Any, TypeVar

from cleaner.adapters.adapter_options import Options, engine, options_of
from cleaner.adapters.arrow import clean_batch, output_schema

Frame = TypeVar("Frame", bound=Any)
"""A `DataFrame` or a `LazyFrame`: what goes in comes out."""


def clean_frame(frame: Frame, options: Options | None = None, **given: Any) -> Frame:  # noqa: ANN401 - see Options
    """Return a frame with the columns of `frame` and those of the article's record; a lazy one stays lazy.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError before any work.
    """
    polars = engine("polars", extra="polars")
    chosen = options_of(options, given)
    if not isinstance(frame, polars.LazyFrame):
        done: Frame = polars.from_arrow(clean_batch(frame.to_arrow(), chosen))
        return done
    empty = polars.DataFrame(schema=frame.collect_schema()).to_arrow()
    schema = polars.from_arrow(output_schema(empty.schema, chosen).empty_table()).schema
    lazy: Frame = frame.map_batches(
        lambda rows: clean_frame(rows, chosen),
        schema=schema,
        predicate_pushdown=False,  # a condition may be about what the cleaning finds
        projection_pushdown=False,  # and the text is needed though nobody asks for it
        slice_pushdown=True,
    )
    return lazy

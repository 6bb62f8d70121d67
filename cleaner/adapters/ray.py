"""Clean a Ray dataset.

    from cleaner.adapters.ray import clean_dataset

    clean_dataset(ray.data.read_parquet("raw"), prefix="clean_").write_parquet("clean")

It is handed to `map_batches` as a function, and each worker process builds its cleaner once. A class would need an actor for itself,
and with one CPU the actor and the reader wait for each other for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.adapters.adapter_options import Options, options_of
from cleaner.adapters.arrow import clean_batch, output_schema

if TYPE_CHECKING:
    from ray.data import Dataset

ROWS = 256
"""Rows of a batch: articles are long, and Ray keeps several batches in memory."""


def clean_dataset(
    dataset: Dataset,
    options: Options | None = None,
    *,
    batch_size: int = ROWS,
    **given: Any,  # noqa: ANN401 - see Options
) -> Dataset:
    """Return a dataset with the columns of `dataset` and those of the article's record.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError before any work: for this
    Ray is asked for the columns, and may read a first block to know them.
    """
    chosen = options_of(options, given)
    known = dataset.schema()
    if known is not None:
        output_schema(_arrow(known), chosen)
    return dataset.map_batches(
        clean_batch,
        batch_format="pyarrow",
        batch_size=batch_size,
        fn_kwargs={"options": chosen},
        zero_copy_batch=True,
    )


def _arrow(known: Any) -> Any:  # noqa: ANN401 - Ray's schema, pyarrow's schema
    from cleaner.adapters.columns import arrow  # noqa: PLC0415

    return arrow().schema(list(zip(known.names, known.types, strict=True)))

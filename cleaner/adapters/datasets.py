"""Clean a Hugging Face dataset.

    from cleaner.adapters.datasets import clean_dataset

    clean_dataset(load_dataset("json", data_files="raw.jsonl", split="train"), prefix="clean_", num_proc=4)

or, as a function for `map`: `dataset.map(Clean(columns=["body"]), batched=True)`. What `datasets` caches is told apart by the rules and
the version of this program, so a changed rule is never answered out of the cache.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner._version import __version__
from cleaner.adapters.adapter_options import Options, cleaner_of, engine, options_of
from cleaner.adapters.arrow import clean_batch, output_schema, schema
from cleaner.adapters.columns import arrow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasets import Dataset

ROWS = 256
"""Rows of a batch."""


@dataclass(frozen=True, init=False)
class Clean:
    """A function for `Dataset.map(..., batched=True)`, picklable and hashable; it takes a table or lists by column."""

    options: Options
    fingerprint: str = field(repr=False)
    """Everything but the document and the options that decides the result."""

    def __init__(self, options: Options | None = None, **given: Any) -> None:  # noqa: ANN401 - see Options
        chosen = options_of(options, given)
        rulebook = cleaner_of(chosen).rulebook
        fingerprint = f"{__version__} {rulebook.fingerprint}"
        object.__setattr__(self, "options", chosen)
        object.__setattr__(self, "fingerprint", fingerprint)

    def __call__(self, batch: Any) -> Any:  # noqa: ANN401 - a table, or a mapping of lists
        """Return a table with all columns, or lists of the added columns."""
        pa = arrow()
        if isinstance(batch, pa.Table):
            return clean_batch(batch, self.options)
        columns = {name: list(batch[name]) for name in batch}
        table = pa.table(columns)
        done = clean_batch(table, self.options)
        added = done.schema.names[len(columns) :]
        return done.select(added).to_pydict()


def clean_dataset(
    dataset: Dataset,
    options: Options | None = None,
    *,
    batch_size: int = ROWS,
    num_proc: int | None = None,
    **given: Any,  # noqa: ANN401 - see Options
) -> Dataset:
    """Return a dataset with the columns of `dataset` and those of the article's record.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError before any work.
    """
    clean = Clean(options, **given)
    features = _features(dataset.features, clean.options)
    done = dataset.with_format("arrow").map(
        clean, batched=True, batch_size=batch_size, num_proc=num_proc, features=features
    )
    return done.with_format(None)


def _features(given: Any, options: Options) -> Mapping[str, Any]:  # noqa: ANN401 - datasets.Features
    """Return the features of a result; those of the input stay as they are."""
    datasets = engine("datasets", extra="datasets")
    features = datasets.Features
    target = output_schema(given.arrow_schema, options)
    added_names = target.names[len(given) :]
    own = schema(options)
    fields = [own.field(name) for name in added_names]
    added_schema = arrow().schema(fields)
    added = features.from_arrow_schema(added_schema)
    known: Mapping[str, Any] = features({**given, **added})
    return known

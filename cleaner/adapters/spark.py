"""Clean a Spark DataFrame: the way to work with more than one machine.

    from cleaner.adapters.spark import clean_dataframe

    clean_dataframe(spark.read.parquet("raw"), prefix="clean_").write.parquet("clean")

It runs as `mapInArrow`: Spark's own retries, commits and partitions hold for it, and a bad document is a row with a status.
Set `PYSPARK_PYTHON` to the Python that has this package (Spark otherwise takes `python3` from PATH), and
`spark.sql.execution.arrow.maxRecordsPerBatch` to some hundreds: its default of 10,000 articles in one batch may
take gigabytes. Rule files must be readable under the same path on every worker.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.adapters.adapter_options import Options, engine, options_of
from cleaner.adapters.arrow import clean_batches, output_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def clean_dataframe(
    frame: DataFrame,
    options: Options | None = None,
    **given: Any,  # noqa: ANN401
) -> DataFrame:
    """Return a frame with the columns of `frame` and those of the article's record.

    Options are those of `Options`, as one value or one by one. Raise UsageError, RuleError before any work.
    """
    chosen = options_of(options, given)
    return frame.mapInArrow(
        partial(clean_batches, options=chosen), spark_schema(frame.schema, chosen)
    )


def spark_schema(given: StructType, options: Options | None = None) -> StructType:
    """Return the columns of a result. Raise UsageError, RuleError where there can be none."""
    conversions = engine("pyspark.sql.pandas.types", extra="spark")
    types = engine("pyspark.sql.types", extra="spark")
    arrow_schema = _arrow(conversions, given)
    target = output_schema(arrow_schema, options or Options())
    fields = conversions.from_arrow_schema(target).fields
    added = fields[len(given) :]
    return types.StructType([*given.fields, *added])


def _arrow(types: Any, given: StructType) -> Any:  # noqa: ANN401 - a module, pyarrow's schema
    try:
        return types.to_arrow_schema(given, timezone="UTC")
    except TypeError:  # Spark 3 takes it for granted
        return types.to_arrow_schema(given)

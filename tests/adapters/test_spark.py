"""Spark, for real: a session with two threads on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import UsageError
from cleaner.adapters.arrow import output_schema
from cleaner.adapters.spark import clean_dataframe, spark_schema
from tests.adapters import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings(
        "ignore:PySpark does not yet fully support pandas:FutureWarning"
    ),
]
pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7", "spark.sql.shuffle.partitions": "2",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.parametrize("partitions", (1, 3))
def test_a_frame_has_the_same_bodies_and_its_own_columns(
    spark: Any, rows: list[dict[str, Any]], expected: str, partitions: int
) -> None:
    frame = spark.createDataFrame(rows).repartition(partitions)
    done = clean_dataframe(frame).select("id", "body", "other", "status").collect()
    assert corpus.digest((row["id"], row["body"]) for row in done) == expected
    assert {row["id"]: row["other"] for row in done} == {
        row["id"]: row["other"] for row in rows
    }
    assert {row["status"] for row in done} == {"clean"}


def test_it_is_written_and_read_as_parquet(
    spark: Any, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    clean_dataframe(spark.createDataFrame(rows[:20]), prefix="clean_").write.parquet(
        str(tmp_path / "clean")
    )
    assert (tmp_path / "clean" / "_SUCCESS").exists()
    again = spark.read.parquet(str(tmp_path / "clean"))
    assert again.count() == 20
    assert again.selectExpr("sum(size(clean_removals))").first()[0] > 0


def test_bad_rows_cost_themselves_alone(
    spark: Any, bad_rows: list[dict[str, Any]]
) -> None:
    frame = spark.createDataFrame(bad_rows, "id string, text binary, other int")
    done = {row["id"]: row for row in clean_dataframe(frame).collect()}
    assert [done[row["id"]]["status"] for row in bad_rows] == corpus.BAD
    assert done["bad-1"]["reason"] == "malformed"


def test_columns_of_any_kind_pass_through(spark: Any) -> None:
    given = "SELECT 'Words.' AS text, timestamp'2026-01-02 03:04:05' AS at, map('a', 1) AS m, array(1.5D) AS l, date'2026-01-02' AS d"
    frame = spark.sql(
        f"{given}, CAST(1 AS decimal(5,2)) AS n, named_struct('x', 1) AS s"
    )
    row = clean_dataframe(frame, columns=["body"]).first()
    assert row.asDict() | {"body": None} == frame.first().asDict() | {
        "body": None,
        "status": "clean",
        "reason": None,
    }


def test_the_schema_is_that_of_arrow(spark: Any, rows: list[dict[str, Any]]) -> None:
    from pyspark.sql.pandas.types import to_arrow_schema

    frame = spark.createDataFrame(rows)
    assert (
        spark_schema(frame.schema).names
        == output_schema(to_arrow_schema(frame.schema, timezone="UTC")).names
    )


def test_wrong_use_is_told_before_any_work(
    spark: Any, rows: list[dict[str, Any]]
) -> None:
    frame = spark.createDataFrame(rows[:1])
    with pytest.raises(UsageError, match="no column 'story'"):
        clean_dataframe(frame, text="story")
    with pytest.raises(UsageError, match="option level2 is unknown"):
        clean_dataframe(frame, level2="x")

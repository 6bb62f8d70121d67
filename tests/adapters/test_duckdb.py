"""Inside DuckDB: functions for SQL, and a whole relation at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cleaner import UsageError
from cleaner.adapters.duckdb import clean_relation, register
from tests.adapters import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines
duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")


@pytest.fixture
def connection() -> Iterator[Any]:
    with duckdb.connect() as made:
        yield made


def articles(connection: Any, rows: list[dict[str, Any]]) -> Any:
    table = pa.Table.from_pylist(rows)
    connection.register("articles", table)
    return connection.table("articles")


def test_a_relation_has_the_same_bodies_and_its_own_columns(
    connection: Any, rows: list[dict[str, Any]], expected: str
) -> None:
    done = (
        clean_relation(connection, articles(connection, rows))
        .to_arrow_table()
        .to_pylist()
    )
    assert corpus.digest((row["id"], row["body"]) for row in done) == expected
    assert [row["other"] for row in done] == [row["other"] for row in rows]


@pytest.mark.parametrize("threads", (1, 3))
def test_sql_has_the_same_bodies(
    connection: Any, rows: list[dict[str, Any]], expected: str, threads: int
) -> None:
    connection.execute(f"SET threads = {threads}")
    articles(connection, rows)
    register(connection)
    found = connection.sql("SELECT id, clean(text, url) FROM articles").fetchall()
    assert corpus.digest(found) == expected


def test_a_record_in_sql_has_the_columns(
    connection: Any, rows: list[dict[str, Any]]
) -> None:
    articles(connection, rows[:3])
    register(connection, columns=["title", "removals"])
    found = connection.sql(
        "SELECT id, unnest(clean_record(text, url)) FROM articles"
    ).to_arrow_table()
    assert found.column_names == ["id", "title", "removals", "status", "reason"]
    assert found["status"].to_pylist() == ["clean"] * 3


def test_bad_rows_cost_themselves_alone(
    connection: Any, bad_rows: list[dict[str, Any]]
) -> None:
    articles(connection, bad_rows)
    register(connection)
    found = connection.sql(
        "SELECT (clean_record(text)).status FROM articles"
    ).fetchall()
    assert [status for (status,) in found] == corpus.BAD
    bodies = [
        body
        for (body,) in connection.sql("SELECT clean(text) FROM articles").fetchall()
    ]
    assert [body is None for body in bodies] == [
        status == "rejected" for status in corpus.BAD
    ]


def test_nothing_in_nothing_out(connection: Any) -> None:
    connection.execute("CREATE TABLE articles (text VARCHAR)")
    register(connection)
    assert connection.sql("SELECT clean(text) FROM articles").fetchall() == []


def test_wrong_use_is_told_before_any_work(
    connection: Any, rows: list[dict[str, Any]]
) -> None:
    with pytest.raises(UsageError, match="no use here"):
        register(connection, text="story")
    with pytest.raises(UsageError, match="no column 'story'"):
        clean_relation(connection, articles(connection, rows[:1]), text="story")

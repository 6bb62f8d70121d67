"""Worker processes make what engines make: the same bodies, whatever the number of workers and the size of chunks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.batch.clean_one import whole
from cleaner.batch.workers.pool import Pool
from cleaner.model import Source
from tests.adapters import corpus
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Task:
    source: Source | None


def tasks(rows: list[dict[str, Any]]) -> Iterator[Task]:
    for row in rows:
        kind = "text/html" if row["text"].startswith("<") else "text/plain"
        yield Task(
            Source(id=row["id"], data=row["text"], url=row["url"], media_type=kind)
        )


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "chunk"), ((1, 64), (2, 7), (4, 1)))
def test_the_same_bodies(
    rows: list[dict[str, Any]], expected: str, jobs: int, chunk: int
) -> None:
    pool: Pool[Task] = Pool(shipped_cleaner(), jobs=jobs, chunk=chunk, timeout=60)
    try:
        done = [outcome for _, outcome in pool.answers(tasks(rows), whole)]
    finally:
        pool.close()
    articles = [outcome.made for outcome in done if outcome and outcome.made]
    assert [article.id for article in articles] == [row["id"] for row in rows]
    assert corpus.digest((article.id, article.body) for article in articles) == expected

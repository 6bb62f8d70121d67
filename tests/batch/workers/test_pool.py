"""Whatever a document does to its worker, its neighbours come out, in order, and it is rejected with its reason."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.clean_one import whole
from cleaner.batch.workers.pool import Pool
from cleaner.errors import SourceError, UsageError
from cleaner.model import Source
from tests.batch.poison import Dying, Poisoned

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform == "win32",
    reason="signals and limits of Unix",
)


@dataclass(frozen=True)
class Task:
    number: int
    source: Source | None


def tasks(*texts: str | None) -> list[Task]:
    return [
        Task(n, None if text is None else Source(id=str(n), data=text.encode()))
        for n, text in enumerate(texts)
    ]


def outcomes(
    *texts: str | None,
    jobs: int = 2,
    timeout: float | None = 5.0,
    chunk: int = 64,
) -> list[str | None]:
    """Return the body of each document, or the reason why it has none; None where nothing was to be done."""
    pool: Pool[Task] = Pool(Poisoned(), jobs=jobs, timeout=timeout, chunk=chunk)
    try:
        found = list(pool.answers(tasks(*texts), whole))
    finally:
        pool.close()
    assert [task.number for task, _ in found] == list(range(len(texts)))
    return [
        None
        if out is None
        else out.made.body
        if out.made
        else out.error.reason
        if isinstance(out.error, SourceError)
        else "?"
        for _, out in found
    ]


@pytest.mark.parametrize("jobs", (1, 2, 4))
@pytest.mark.parametrize("chunk", (1, 7, 64))
def test_all_come_out_in_their_order(jobs: int, chunk: int) -> None:
    texts = [f"text {n}" if n % 5 else None for n in range(300)]
    assert outcomes(*texts, jobs=jobs, chunk=chunk) == [
        text and text.upper() for text in texts
    ]


@pytest.mark.parametrize(
    ("word", "reason"),
    (
        ("segfault", "worker_died"),
        ("die", "worker_died"),
        ("memory", "memory"),
        ("bug", "crashed"),
        ("refuse", "binary"),
    ),
)
def test_a_poisonous_document_costs_only_itself(word: str, reason: str) -> None:
    texts = [f"text {n}" for n in range(100)]
    texts[30] = f"{word} x"
    texts[31] = f"{word} y"
    wanted = [text.upper() for text in texts]
    wanted[30] = wanted[31] = reason
    assert outcomes(*texts) == wanted


@pytest.mark.parametrize("word", ("hang", "spin"))
def test_one_that_never_ends_is_rejected_within_its_time_and_a_second(
    word: str,
) -> None:
    texts = [f"text {n}" for n in range(100)]
    texts[30] = f"{word} x"
    wanted = [text.upper() for text in texts]
    wanted[30] = "timeout"
    outcomes(*texts[:3])  # what the first start of a worker costs is no part of it
    began = time.monotonic()
    assert outcomes(*texts, timeout=1.0) == wanted
    assert (
        time.monotonic() - began < 1.0 + 1.0 + 2.0
    )  # two workers start, one of them once more


def test_one_whose_worker_somebody_else_killed_is_tried_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    texts = ["text 1", f"once {mark}", "text 2"]
    assert outcomes(*texts) == [text.upper() for text in texts]
    assert mark.exists()


def test_one_that_kills_its_worker_is_tried_twice(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    texts = ["text 1", f"tally {tries}", "text 2"]
    assert outcomes(*texts) == ["TEXT 1", "worker_died", "TEXT 2"]
    assert tries.read_text() == "xx"


def test_nothing_to_do_starts_no_worker() -> None:
    pool: Pool[Task] = Pool(Poisoned(), jobs=2)
    assert [out for _, out in pool.answers(tasks(None, None), whole)] == [None, None]
    assert pool._workers == []


def test_workers_that_do_not_start_are_an_error() -> None:
    pool: Pool[Task] = Pool(Dying(), jobs=2)
    with pytest.raises(UsageError, match="do not start"):
        list(pool.answers(tasks("text"), whole))
    pool.close()


def test_what_is_not_asked_for_is_not_read() -> None:
    read = 0

    def endless() -> object:
        nonlocal read
        while True:
            read += 1
            yield Task(read, Source(id=str(read), data=b"text"))

    pool: Pool[Task] = Pool(Poisoned(), jobs=2, chunk=8)
    found = pool.answers(endless(), whole)  # type: ignore[arg-type] # a generator of tasks
    for _ in range(50):
        next(found)
    assert read <= 50 + 8 * (2 * 2 + 3)
    pool.close()

"""A datatrove pipeline, from files to files."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cleaner import UsageError
from cleaner.adapters.datatrove import CleanStep
from tests.adapters import corpus

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore"),
]  # what datatrove brings warns
pytest.importorskip("datatrove")


def written(folder: Path) -> list[dict[str, Any]]:
    return [
        orjson.loads(line)
        for path in sorted(folder.glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]


def run(tmp_path: Path, rows: list[dict[str, Any]], **given: Any) -> Any:
    """Run a pipeline over the rows, and return its statistics."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "day.jsonl").write_bytes(
        b"".join(orjson.dumps(row) + b"\n" for row in rows)
    )
    pipeline = [
        JsonlReader(str(tmp_path / "raw")),
        CleanStep(**given),
        JsonlWriter(str(tmp_path / "clean")),
    ]
    return LocalPipelineExecutor(
        pipeline=pipeline, logging_dir=str(tmp_path / "logs"), skip_completed=False
    ).run()


def test_documents_have_the_same_bodies_and_their_record(
    tmp_path: Path, rows: list[dict[str, Any]], expected: str
) -> None:
    run(tmp_path, rows)
    done = written(tmp_path / "clean")
    assert corpus.digest((row["id"], row["text"]) for row in done) == expected
    assert [row["metadata"]["other"] for row in done] == [row["other"] for row in rows]
    record = done[1]["metadata"]["clean"]
    assert (record["status"], record["url"]) == ("clean", "https://news.example/1")
    assert "body" not in record


def test_what_cannot_be_cleaned_goes_to_the_exclusion_writer(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    from datatrove.pipeline.writers import JsonlWriter

    bad = {"id": "bad", "text": "x" * 2_000}
    stats = run(
        tmp_path,
        [rows[1], bad, rows[2]],
        max_bytes=1_500,
        exclusion_writer=JsonlWriter(str(tmp_path / "left_out")),
    )
    assert [row["id"] for row in written(tmp_path / "clean")] == ["doc-001", "doc-002"]
    (left,) = written(tmp_path / "left_out")
    assert (left["text"], left["metadata"]["filter_reason"]) == (
        bad["text"],
        "too_large",
    )
    counts = next(step.stats for step in stats.stats if "cleaner" in step.name)
    assert {name: counts[name].total for name in ("total", "forwarded", "dropped", "dropped_too_large")} == {
        "total": 3, "forwarded": 2, "dropped": 1, "dropped_too_large": 1,
    }  # fmt: skip


def test_without_such_a_writer_nothing_is_lost(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    run(tmp_path, [rows[1], {"id": "bad", "text": "x" * 2_000}], max_bytes=1_500)
    done = written(tmp_path / "clean")
    assert [row["metadata"]["clean"]["status"] for row in done] == ["clean", "rejected"]
    assert done[1]["text"] == "x" * 2_000


def test_wrong_use_is_told_before_any_work() -> None:
    with pytest.raises(UsageError, match="no place here"):
        CleanStep(text="story")

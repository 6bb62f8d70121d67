"""`clean status` and `clean retry`: what a folder holds, and once more what was rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from cleaner.batch.manifest import FILE, Manifest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call


@pytest.fixture
def source(tmp_path: Path, story: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(story)
    (folder / "b.txt").write_bytes(b"\x00\x01\x02" * 99)
    return folder


def test_status_says_what_there_is(
    clean: Call, pack: Path, source: Path, tmp_path: Path
) -> None:
    clean(source, "-o", tmp_path / "out", "--rules", pack)
    said = clean("status", tmp_path / "out")
    assert said.exit_code == 0
    assert said.stdout.startswith("1 clean, 1 rejected, in 1 run\n")
    assert "finished" in said.stdout
    assert "1  binary" in said.stdout
    told = orjson.loads(clean("status", tmp_path / "out", "--json").stdout)
    assert (told["clean"], told["rejected"], told["reasons"]) == (1, 1, {"binary": 1})


def test_status_of_a_run_that_was_killed(
    clean: Call, pack: Path, source: Path, tmp_path: Path
) -> None:
    clean(source, "-o", tmp_path / "out", "--rules", pack)
    manifest = Manifest(tmp_path / "out" / ".clean" / FILE)
    for _ in range(2):
        manifest.begin("{}")
    manifest.close()
    assert "is still running, or was killed" in clean("status", tmp_path / "out").stdout


def test_status_of_a_folder_without_a_run(clean: Call, tmp_path: Path) -> None:
    said = clean("status", tmp_path)
    assert said.exit_code == 2
    assert "no run has written here" in said.stderr


def test_retry_does_only_what_was_rejected(
    clean: Call, pack: Path, source: Path, tmp_path: Path
) -> None:
    clean("in", "-o", "out", "--rules", pack)
    (source / "b.txt").write_text("The ferry leaves at noon and comes back at six.")
    said = clean("retry", "out")
    assert said.exit_code == 0, said.output
    assert "2 in = 1 clean + 1 skipped + 0 rejected" in said.stdout
    assert (tmp_path / "out" / "b.txt").read_text().startswith("The ferry")
    assert clean("retry", "out").stdout == "nothing was rejected\n"


@pytest.mark.usefixtures("source")
def test_retry_by_reason_and_with_other_limits(clean: Call, pack: Path) -> None:
    clean("in", "-o", "out", "--rules", pack, "--max-bytes", "100")
    assert (
        clean("retry", "out", "--reason", "timeout").stdout
        == "nothing was rejected for timeout\n"
    )
    said = clean("retry", "out", "--reason", "too_large", "--max-bytes", "1M")
    assert said.exit_code == 0, said.output
    assert "1 clean" in said.stdout


def test_what_came_through_a_pipe_cannot_be_asked_for_again(
    clean: Call, pack: Path, tmp_path: Path
) -> None:
    clean("-", "-o", tmp_path / "out", "--rules", pack, stdin=b"\x00\x01\x02" * 99)
    said = clean("retry", tmp_path / "out")
    assert said.exit_code == 2
    assert "standard input" in said.stderr


def test_metrics_are_prometheus_text(
    clean: Call, pack: Path, source: Path, tmp_path: Path
) -> None:
    clean(
        source,
        "-o",
        tmp_path / "out",
        "--rules",
        pack,
        "--metrics",
        tmp_path / "clean.prom",
    )
    text = (tmp_path / "clean.prom").read_text()
    assert 'cleaner_run_documents{state="clean"} 1\n' in text
    assert 'cleaner_run_rejected{reason="binary"} 1\n' in text
    assert "cleaner_run_balanced 1\n" in text
    assert all(
        line.startswith(("# HELP cleaner_run_", "# TYPE cleaner_run_", "cleaner_run_"))
        for line in text.splitlines()
    )

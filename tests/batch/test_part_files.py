"""Parts and the manifest: what stands in which part depends on the documents alone, however a run was cut."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch import run as running
from cleaner.batch.manifest import FILE, VERSION, Manifest, Row
from cleaner.batch.part_files import PartsSink
from cleaner.batch.plan import make_plan
from cleaner.batch.rejects import Rejects
from cleaner.batch.report import Report
from cleaner.batch.run import Ledger, RunContext, run
from cleaner.batch.sinks import folder_sink
from cleaner.errors import OutputError
from cleaner.io import atomic
from cleaner.io.readers import Reading
from cleaner.io.writers import FORMATS
from tests.batch.poison import Poisoned

if TYPE_CHECKING:
    from pathlib import Path


def go(
    lines: list[str],
    base: Path,
    *,
    limit: int | None = None,
    made_by: bytes = b"1",
    documents: int = 3,
) -> Report:
    """Run over JSON lines, ids from the texts, with parts of so many documents."""
    base.mkdir(exist_ok=True)
    source = base / "day.jsonl"
    source.write_bytes(
        b"".join(orjson.dumps({"text": line, "id": line}) + b"\n" for line in lines),
    )
    manifest = Manifest(base / "out" / ".clean" / FILE)
    report = Report()
    try:
        run(
            Poisoned(),
            make_plan([str(source)], output=base / "out", format="jsonl"),
            RunContext(
                sink=PartsSink(
                    atomic.LocalFolder(base / "out"),
                    FORMATS["jsonl"],
                    documents,
                ),
                rejects=Rejects(base / "out" / ".clean"),
                reading=Reading(),
                report=report,
                limit=limit,
                ledger=Ledger(manifest, made_by),
            ),
        )
    finally:
        manifest.close()
    return report


def parts(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("part-*")}


def ids(out: Path) -> list[str]:
    lines = b"".join(data for _, data in sorted(parts(out).items())).splitlines()
    return [orjson.loads(line)["id"] for line in lines]


TEXTS = st.lists(
    st.sampled_from([f"t{n}" for n in range(12)] + ["refuse me", "bug here"]),
    max_size=11,
    unique=True,
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.none() | st.integers(1, 9)), min_size=1, max_size=4),
    TEXTS,
)
def test_after_any_runs_the_parts_are_those_of_one_run(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[list[str], int | None]],
    last: list[str],
) -> None:
    base, fresh = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("fresh")
    for lines, limit in before:
        if lines:
            go(lines, base, limit=limit)
    if not last:
        return
    report = go(last, base)
    again = go(last, fresh)
    assert report.balanced
    assert again.balanced
    assert {n: strip(d) for n, d in parts(base / "out").items()} == {
        n: strip(d) for n, d in parts(fresh / "out").items()
    }
    assert ids(base / "out") == [line for line in last if " " not in line]
    assert report.rejected == again.rejected == sum(" " in line for line in last)
    third = go(last, base)
    assert third.clean == 0
    assert third.balanced


def strip(data: bytes) -> list[object]:
    """Return the lines without the input's path, which differs between two folders."""
    return [{**orjson.loads(line), "source": None} for line in data.splitlines()]


def test_one_document_that_changed_is_done_again_and_no_other(tmp_path: Path) -> None:
    lines = [f"t{n}" for n in range(10)]
    go(lines, tmp_path)
    before = {
        path.name: path.stat().st_ino for path in (tmp_path / "out").glob("part-*")
    }
    lines[4] = "changed"
    report = go(lines, tmp_path)
    assert (report.clean, report.skips["unchanged"]) == (1, 9)
    after = {
        path.name: path.stat().st_ino for path in (tmp_path / "out").glob("part-*")
    }
    assert [name for name in after if after[name] != before[name]] == [
        "part-00001.jsonl",
    ]
    assert ids(tmp_path / "out") == lines


def test_other_rules_do_all_again(tmp_path: Path) -> None:
    go(["t1", "t2"], tmp_path)
    assert go(["t1", "t2"], tmp_path, made_by=b"2").clean == 2


def test_a_limit_leaves_what_stands_behind_it(tmp_path: Path) -> None:
    lines = [f"t{n}" for n in range(9)]
    go(lines, tmp_path)
    report = go(["new", *lines[1:]], tmp_path, limit=1)
    assert report.clean == 1
    assert sorted(ids(tmp_path / "out")) == sorted(["new", *lines[1:]])


def test_a_part_that_somebody_changed_is_not_believed(tmp_path: Path) -> None:
    lines = [f"t{n}" for n in range(4)]
    go(lines, tmp_path)
    part = tmp_path / "out" / "part-00000.jsonl"
    part.write_bytes(part.read_bytes().replace(b"T1", b"XX"))
    assert go(lines, tmp_path).clean >= 1
    assert orjson.loads(part.read_bytes().splitlines()[1])["body"] == "T1"


def test_rejects_that_are_not_tried_again_are_told_again(tmp_path: Path) -> None:
    go(["t1", "refuse this"], tmp_path)
    first = (tmp_path / "out" / ".clean" / "rejects.jsonl").read_bytes()
    report = go(["t1", "refuse this"], tmp_path)
    assert report.rejected == 1
    assert (tmp_path / "out" / ".clean" / "rejects.jsonl").read_bytes() == first


def test_results_get_their_names_before_the_manifest_tells_of_them(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OutputError("the disk is full")

    monkeypatch.setattr(Manifest, "commit", full)
    with pytest.raises(OutputError):
        go(["t1", "t2", "t3", "t4"], tmp_path)
    monkeypatch.undo()
    assert ids(tmp_path / "out") == ["t1", "t2", "t3"]
    assert go(["t1", "t2", "t3", "t4"], tmp_path).clean == 4
    assert ids(tmp_path / "out") == ["t1", "t2", "t3", "t4"]


class TestManifest:
    def test_rows_come_back(self, tmp_path: Path) -> None:
        manifest = Manifest(tmp_path / FILE)
        row = Row("k", b"d", b"m", "clean", "n", "part-00000.jsonl", 5, 7, b"r")
        manifest.commit([row])
        manifest.close()
        manifest = Manifest(tmp_path / FILE)
        assert manifest.get("k") == row
        assert manifest.get("x") is None
        manifest.commit([], replaced=["part-00000.jsonl"])
        assert manifest.get("k") is None
        manifest.close()

    def test_a_name_belongs_to_the_document_that_was_written_last(
        self, tmp_path: Path
    ) -> None:
        first = Row("a", b"d", b"m", "clean", "n", "n")
        second = Row("b", b"d", b"m", "clean", "n", "n")
        other = Row("c", b"d", b"m", "clean", "o", "o")
        manifest = Manifest(tmp_path / FILE)
        manifest.commit([first, other])
        manifest.commit([second])
        manifest.close()
        manifest = Manifest(tmp_path / FILE)
        assert [manifest.get(key) for key in "abc"] == [None, second, other]
        manifest.close()

    def test_a_run_that_was_killed_is_known(self, tmp_path: Path) -> None:
        for state in ("killed", "done"):
            manifest = Manifest(tmp_path / FILE)
            manifest.begin("{}")
            if state == "done":
                manifest.end(state)
            manifest.close()
        manifest = Manifest(tmp_path / FILE)
        assert [one.state for one in manifest.runs()] == ["done", "killed"]
        manifest.close()

    def test_another_version_is_put_aside(self, tmp_path: Path) -> None:
        base = sqlite3.connect(tmp_path / FILE)
        base.execute(f"PRAGMA user_version = {VERSION + 1}")
        base.close()
        Manifest(tmp_path / FILE).close()
        assert (tmp_path / f"{FILE}.version-{VERSION + 1}").exists()

    def test_a_broken_file_is_an_error_that_says_what_to_do(
        self,
        tmp_path: Path,
    ) -> None:
        (tmp_path / FILE).write_bytes(b"no database" * 500)
        with pytest.raises(OutputError, match="remove the file"):
            Manifest(tmp_path / FILE)


def test_folders_flush_as_they_go(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "FLUSH_DOCUMENTS", 2)
    seen: list[int] = []
    commit = Manifest.commit

    def counted(
        self: Manifest,
        rows: list[Row],
        *,
        replaced: tuple[str, ...] = (),
    ) -> None:
        seen.append(len(list(rows)))
        commit(self, rows, replaced=replaced)

    monkeypatch.setattr(Manifest, "commit", counted)

    source = tmp_path / "in"
    source.mkdir()
    for n in range(5):
        (source / f"{n}.txt").write_text(f"text {n}")
    manifest = Manifest(tmp_path / FILE)
    run(
        Poisoned(),
        make_plan([str(source)], output=tmp_path / "out"),
        RunContext(
            sink=folder_sink(tmp_path / "out", FORMATS["text"]),
            rejects=Rejects(None),
            reading=Reading(),
            report=Report(),
            ledger=Ledger(manifest, b"1"),
        ),
    )
    manifest.close()
    assert seen == [2, 2, 1]
    assert (
        hashlib.sha256((tmp_path / "out" / "0.txt").read_bytes()).hexdigest()
        == hashlib.sha256(b"TEXT 0").hexdigest()
    )


class TestNames:
    """Files of their own: a name belongs to one document, whatever earlier runs have put there."""

    def go(
        self,
        base: Path,
        records: list[tuple[str, str]],
        *,
        limit: int | None = None,
    ) -> Report:
        base.mkdir(exist_ok=True)
        (base / "day.jsonl").write_bytes(
            b"".join(orjson.dumps({"id": a, "text": b}) + b"\n" for a, b in records),
        )
        report, manifest = Report(), Manifest(base / "out" / ".clean" / FILE)
        run(
            Poisoned(), make_plan([str(base / "day.jsonl")], output=base / "out"), RunContext(sink=folder_sink(base / "out", FORMATS["text"]),
            rejects=Rejects(base / "out" / ".clean"), reading=Reading(), report=report,
            limit=limit, ledger=Ledger(manifest, b"1")))  # fmt: skip
        manifest.close()
        return report

    def texts(self, base: Path) -> dict[str, str]:
        return {
            path.stem: path.read_text() for path in (base / "out" / "day").glob("*.txt")
        }

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.lists(
                    st.tuples(
                        st.sampled_from("xyz"),
                        st.sampled_from(("one", "two", "refuse this")),
                    ),
                    min_size=1,
                    max_size=6,
                ),
                st.none() | st.integers(1, 5),
            ),
            min_size=2,
            max_size=4,
        ),
    )
    def test_after_any_runs_each_name_holds_its_own_text(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        runs: list[tuple[list[tuple[str, str]], int | None]],
    ) -> None:
        base, fresh = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("fresh")
        for records, limit in runs:
            self.go(base, records, limit=limit)
        last = runs[-1][0]
        assert self.go(base, last).balanced
        self.go(fresh, last)
        found, wanted = self.texts(base), self.texts(fresh)
        assert {name: found[name] for name in wanted} == wanted

    def test_a_name_that_a_new_document_takes_does_not_take_the_text(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(running, "FLUSH_DOCUMENTS", 3)
        records = [("x" if n == 12 else f"n{n}", f"text {n}") for n in range(16)]
        self.go(tmp_path, records)
        records[0] = ("x", "another")
        records[1:10] = [(f"n{n}", f"changed {n}") for n in range(1, 10)]
        self.go(tmp_path, records)
        assert self.texts(tmp_path)["x"] == "ANOTHER"
        assert self.texts(tmp_path)["x~13"] == "TEXT 12"

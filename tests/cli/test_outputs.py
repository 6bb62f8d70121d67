"""Where results go: parts in several formats, compressed, in a store; and what is refused before any work."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import orjson
import pytest

from cleaner.batch import manifest
from cleaner.batch.manifest import shared_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Call

COUNT = 12


@pytest.fixture
def day(tmp_path: Path, story: str) -> Path:
    path = tmp_path / "day.jsonl"
    path.write_bytes(
        b"".join(
            orjson.dumps({"id": f"s{n}", "text": f"{story}\nNumber {n}."}) + b"\n"
            for n in range(COUNT)
        )
    )
    return path


def told(state: Path) -> dict[str, object]:
    found: dict[str, object] = orjson.loads((state / "report.json").read_bytes())
    return found


@pytest.mark.parametrize(
    ("options", "name"),
    (
        (("-f", "csv"), "part-00000.csv"),
        (("-f", "csv", "--compress", "gz"), "part-00000.csv.gz"),
        (("-f", "jsonl", "--compress", "zst"), "part-00000.jsonl.zst"),
        (("-f", "parquet"), "part-00000.parquet"),
    ),
)
def test_parts_are_kept_and_read_again(
    clean: Call,
    pack: Path,
    day: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    name: str,
) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("zstandard")
    out = tmp_path / "out"
    assert clean(day, "-o", out, "--rules", pack, *options).exit_code == 0
    assert [path.name for path in out.glob("part-*")] == [name]
    before = (out / name).read_bytes()
    assert clean(day, "-o", out, "--rules", pack, *options).exit_code == 0
    assert told(out / ".clean")["skipped_by_reason"] == {"unchanged": COUNT}
    day.write_bytes(day.read_bytes().replace(b"Number 7.", b"Number 77."))
    assert clean(day, "-o", out, "--rules", pack, *options).exit_code == 0
    assert told(out / ".clean")["clean"] == 1
    assert (out / name).read_bytes() != before
    again = clean(
        out / name, "-o", "-", "-f", "jsonl", "--rules", pack, "--text-field", "body"
    )
    assert [orjson.loads(line)["id"] for line in again.stdout.splitlines()[:COUNT]] == [
        f"s{n}" for n in range(COUNT)
    ]
    assert "Number 77." in again.stdout


def test_another_compression_leaves_no_second_copy(
    clean: Call, pack: Path, day: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for options in ((), ("--compress", "gz"), ()):
        clean(day, "-o", out, "-f", "jsonl", "--rules", pack, *options)
        assert [path.name for path in out.glob("part-*")] == [
            "part-00000.jsonl" + (".gz" if options else "")
        ]
    clean(day, "-o", out, "-f", "csv", "--rules", pack)
    assert sorted(path.name for path in out.glob("part-*")) == [
        "part-00000.csv",
        "part-00000.jsonl",
    ]


def test_csv_goes_to_a_stream_with_its_header_once(
    clean: Call, pack: Path, day: Path
) -> None:
    lines = clean(day, "-o", "-", "-f", "csv", "--rules", pack).stdout
    assert lines.startswith("schema,id,title,")
    assert lines.count("schema,id,title,") == 1
    assert lines.count("cleaner.article/1,s") == COUNT


@pytest.mark.parametrize(
    ("options", "says"),
    (
        (("-o", "-", "-f", "parquet"), "cannot be written to standard output"),
        (("-o", "-", "-f", "jsonl", "--compress", "gz"), "use a pipe"),
        (("-o", "out", "--compress", "gz"), "--compress is for parts"),
        (("-o", "out", "-f", "parquet", "--compress", "gz"), "compressed already"),
        (("-o", "memory://x", "-f", "jsonl"), "--state"),
        (("-o", "memory://x"), "a store takes parts"),
        (("-o", "https://x.example/out", "-f", "jsonl"), "nothing is fetched by https"),
    ),
)
def test_what_cannot_be_is_told_before_any_work(
    clean: Call, pack: Path, day: Path, options: tuple[str, ...], says: str
) -> None:
    pytest.importorskip("fsspec")
    done = clean(day, *options, "--rules", pack)
    assert done.exit_code == 2
    assert says in done.stderr


def test_an_input_is_not_overwritten_by_a_part(
    clean: Call, pack: Path, day: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    day = day.rename(tmp_path / "out" / "part-00003.jsonl")
    done = clean(day, "-o", tmp_path / "out", "-f", "jsonl", "--rules", pack)
    assert done.exit_code == 2
    assert "a part would replace the input" in done.stderr


class TestStore:
    @pytest.fixture
    def store(self) -> Iterator[str]:
        system = pytest.importorskip("fsspec").filesystem("memory")
        yield "memory://results/day"
        if system.exists("/results"):
            system.rm("/results", recursive=True)

    def test_takes_parts_and_runs_go_on(
        self, clean: Call, pack: Path, day: Path, tmp_path: Path, store: str
    ) -> None:
        fsspec = pytest.importorskip("fsspec")
        asked = (
            day,
            "-o",
            store,
            "-f",
            "jsonl",
            "--compress",
            "gz",
            "--state",
            tmp_path / "state",
            "--rules",
            pack,
        )
        assert clean(*asked).exit_code == 0
        data = fsspec.filesystem("memory").cat_file("/results/day/part-00000.jsonl.gz")
        assert len(gzip.decompress(data).splitlines()) == COUNT
        assert clean(*asked).exit_code == 0
        assert told(tmp_path / "state")["skipped_by_reason"] == {"unchanged": COUNT}
        assert f"{COUNT} clean" in clean("status", tmp_path / "state").stdout
        day.write_bytes(day.read_bytes() + b"not JSON\n")
        assert clean(*asked).exit_code == 0
        assert clean("retry", tmp_path / "state").exit_code == 0
        assert told(tmp_path / "state")["rejected"] == 1

    def test_that_fails_is_exit_code_4(
        self,
        clean: Call,
        pack: Path,
        day: Path,
        tmp_path: Path,
        store: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        fsspec = pytest.importorskip("fsspec")

        def fail(*_given: object) -> None:
            raise RuntimeError("quota")

        asked = (
            day,
            "-o",
            store,
            "-f",
            "jsonl",
            "--state",
            tmp_path / "state",
            "--rules",
            pack,
        )
        with monkeypatch.context() as patch:
            patch.setattr(type(fsspec.filesystem("memory")), "pipe_file", fail)
            done = clean(*asked)
        assert done.exit_code == 4
        assert "quota" in done.stderr
        again = clean(*asked)
        assert again.exit_code == 0
        assert told(tmp_path / "state")["clean"] == COUNT


def test_a_run_that_goes_on_says_so(
    clean: Call, pack: Path, day: Path, tmp_path: Path
) -> None:
    clean(day, "-o", tmp_path / "out", "-f", "jsonl", "--limit", "5", "--rules", pack)
    done = clean(day, "-o", tmp_path / "out", "-f", "jsonl", "--rules", pack)
    assert "continuing the last run, with 5 documents done already" in done.stderr
    assert (
        "continuing"
        not in clean(day, "-o", tmp_path / "out", "-f", "jsonl", "--rules", pack).stderr
    )


@pytest.mark.parametrize(
    ("mounts", "kind"),
    (
        ("disk / ext4 rw 0 0\nhost:/x {here} nfs4 rw 0 0\n", "nfs4"),
        ("host:/x / nfs rw 0 0\ndisk {here} xfs rw 0 0\n", None),
        ("host:/x {here} nfs rw 0 0\ndisk {here} ext4 rw 0 0\n", None),
        ("host:/x {here}x cifs rw 0 0\n", None),
        ("//host/x {parent} cifs rw 0 0\n", "cifs"),
    ),
)
def test_a_share_of_a_network_is_told(
    tmp_path: Path, mounts: str, kind: str | None
) -> None:
    table = tmp_path / "mounts"
    table.write_text(mounts.format(here=tmp_path, parent=tmp_path.parent))
    assert shared_over(tmp_path / "out", table) == kind
    assert shared_over(tmp_path, tmp_path / "no-such-table") is None


def test_the_manifest_is_refused_on_a_share(
    clean: Call, pack: Path, day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "shared_over", lambda _folder: "nfs4")
    done = clean(day, "-o", tmp_path / "out", "-f", "jsonl", "--rules", pack)
    assert done.exit_code == 2
    assert "choose --state DIR" in done.stderr

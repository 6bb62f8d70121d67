"""`clean run`, end to end with the real cleaner."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from click.testing import CliRunner

from cleaner.batch.sinks import NoSink
from cleaner.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    Clean = Callable[..., Result]
    Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def source(tmp_path: Path, story: str) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(story)
    (folder / "deep" / "b.txt").write_text(story)
    return folder


def report(out: Path) -> dict[str, object]:
    loaded: dict[str, object] = orjson.loads(
        (out / ".clean" / "report.json").read_bytes()
    )
    return loaded


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".clean" not in path.relative_to(folder).parts
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


class TestFolders:
    def test_run_is_what_happens_without_a_command(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        short = clean(source, "-o", tmp_path / "one", "--rules", pack)
        long = clean("run", source, "-o", tmp_path / "two", "--rules", pack)
        options_first = clean("--rules", pack, "-o", tmp_path / "three", source)
        assert [short.exit_code, long.exit_code, options_first.exit_code] == [0, 0, 0]
        assert (
            files(tmp_path / "one")
            == files(tmp_path / "two")
            == files(tmp_path / "three")
        )
        assert files(tmp_path / "one") == [
            "a.json",
            "a.txt",
            "deep/b.json",
            "deep/b.txt",
        ]

    def test_the_body_and_the_record(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path, cleaned: str
    ) -> None:
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert (tmp_path / "out" / "a.txt").read_text() == cleaned
        record = orjson.loads((tmp_path / "out" / "deep" / "b.json").read_bytes())
        assert (record["id"], record["body"]) == ("deep/b.txt", cleaned)
        assert [removal["rule"] for removal in record["removals"]] == [
            "ads.label",
            "promo.letter",
        ]
        assert record["source"]["path"] == str(source / "deep" / "b.txt")

    def test_the_summary(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
        (source / "pages.zip").write_text("x")
        result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        lines = result.stdout.splitlines()
        assert lines[0] == "4 in = 2 clean + 1 skipped + 1 rejected"
        assert "words: " in lines[1]
        for words in (
            "2  ads",
            "2  promo",
            "2  ads.label",
            "2  tags.hash",
            "pages.zip: an archive of files",
            "c.txt: binary: ",
        ):
            assert words in result.stdout
        assert result.stderr.startswith("clean: rejected c.txt: ")

    def test_the_report_balances(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        totals = report(tmp_path / "out")
        assert (
            totals["in"],
            totals["clean"],
            totals["skipped"],
            totals["rejected"],
        ) == (3, 2, 0, 1)
        assert totals["balanced"] is totals["complete"] is True
        assert totals["removals_by_rule"] == {"ads.label": 2, "promo.letter": 2}
        assert totals["watched_by_rule"] == {"tags.hash": 2}

    def test_a_second_run_does_nothing_again(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        before = {
            path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("[ab].*")
        }
        second = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert {
            path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("[ab].*")
        } == before
        assert "2 of the skipped are unchanged" in second.stdout
        assert report(tmp_path / "out")["skipped_by_reason"] == {"unchanged": 2}

    def test_forced_it_writes_the_same_bytes(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        before, told = contents(tmp_path / "out"), report(tmp_path / "out")
        clean(source, "-o", tmp_path / "out", "--rules", pack, "--force")
        assert contents(tmp_path / "out") == before
        assert report(tmp_path / "out") | {"slowest": []} == told | {"slowest": []}
        assert report(tmp_path / "out")["clean"] == 2

    def test_a_changed_rule_does_everything_again_and_a_comment_nothing(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        pack.write_text(pack.read_text() + "\n# a comment\n")
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert report(tmp_path / "out")["clean"] == 0
        pack.write_text(pack.read_text().replace("Advertisement", "Paid notice"))
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert report(tmp_path / "out")["clean"] == 2

    def test_what_is_gone_from_the_output_is_done_again(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        (tmp_path / "out" / "a.json").unlink()
        clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert report(tmp_path / "out")["clean"] == 1
        assert (tmp_path / "out" / "a.json").exists()

    def test_the_output_may_lie_inside_the_input(
        self, clean: Clean, pack: Path, source: Path
    ) -> None:
        first, second = (
            clean(source, "-o", source / "out", "--rules", pack) for _ in range(2)
        )
        assert (first.exit_code, second.exit_code) == (0, 0)
        assert report(source / "out")["skipped_by_reason"] == {
            "unchanged": 2,
            "output": 1,
        }
        assert "out/: the output folder of this run" in second.stdout

    @pytest.mark.parametrize(
        ("form", "names"),
        (
            ("json", ["a.json", "deep/b.json"]),
            ("markdown", ["a.md", "deep/b.md"]),
            ("jsonl", ["part-00000.jsonl"]),
        ),
    )
    def test_formats(
        self,
        clean: Clean,
        pack: Path,
        source: Path,
        tmp_path: Path,
        form: str,
        names: list[str],
    ) -> None:
        assert (
            clean(source, "-o", tmp_path / "out", "-f", form, "--rules", pack).exit_code
            == 0
        )
        assert files(tmp_path / "out") == names

    def test_markdown_goes_in_again(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path, cleaned: str
    ) -> None:
        clean(source, "-o", tmp_path / "one", "-f", "markdown", "--rules", pack)
        clean(tmp_path / "one", "-o", tmp_path / "two", "--rules", pack)
        assert (tmp_path / "two" / "a.txt").read_text() == cleaned

    def test_a_dry_run_writes_nothing(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        result = clean(source, "-o", tmp_path / "out", "--dry-run", "--rules", pack)
        assert result.exit_code == 0
        assert not (tmp_path / "out").exists()
        assert "2 in = 2 clean" in result.stdout
        assert "dry run: nothing was written" in result.stdout
        assert clean(source, "--dry-run", "--rules", pack).exit_code == 0

    def test_limit_and_glob(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        assert (
            "1 in = 1 clean"
            in clean(
                source, "-o", tmp_path / "1", "--limit", "1", "--rules", pack
            ).stdout
        )
        clean(source, "-o", tmp_path / "2", "--glob", "deep/*", "--rules", pack)
        assert files(tmp_path / "2") == ["deep/b.json", "deep/b.txt"]

    def test_an_empty_file_is_a_clean_record_with_a_flag(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "empty.txt").write_bytes(b"")
        result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert result.exit_code == 0
        assert (
            "empty_body"
            in orjson.loads((tmp_path / "out" / "empty.json").read_bytes())["flags"]
        )
        assert "1  empty_body" in result.stdout

    def test_quiet_is_quiet_and_still_counts(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
        result = clean(
            source, "-o", tmp_path / "out", "--quiet", "--strict", "--rules", pack
        )
        assert (result.exit_code, result.output) == (1, "")

    def test_json_log_has_an_event_for_each_document(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
        (source / "d.jpg").write_bytes(b"")
        result = clean(source, "-o", tmp_path / "out", "--json-log", "--rules", pack)
        events = [orjson.loads(line) for line in result.stderr.splitlines()]
        assert [event["event"] for event in events] == [
            "start",
            "skipped",
            "clean",
            "rejected",
            "clean",
            "finish",
        ]
        assert events[2]["id"] == "a.txt"
        assert events[2]["removals"] == 2
        assert events[3]["reason"] == "binary"
        assert (events[-1]["exit"], events[-1]["in"]) == (0, 4)
        assert result.stdout == ""

    def test_names_that_could_mislead_a_terminal_are_shown_harmlessly(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "x\x1b[2Jy.txt").write_bytes(b"\x00\x01\x02" * 100)
        result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert "\x1b" not in result.output
        assert "x\\x1b[2Jy.txt" in result.output


class TestFilter:
    def test_records_go_through_in_order(
        self, clean: Clean, pack: Path, story: str, cleaned: str
    ) -> None:
        rows = [
            {"text": story, "id": "a", "mood": "grey"},
            {"text": "Nothing to do here."},
        ]
        result = clean(
            "-",
            "-f",
            "jsonl",
            "--rules",
            pack,
            stdin=b"\n".join(map(orjson.dumps, rows)),
        )
        first, second = map(orjson.loads, result.stdout.splitlines())
        assert (first["id"], first["body"], first["input"]) == (
            "a",
            cleaned,
            {"mood": "grey"},
        )
        assert (second["id"], second["body"]) == ("stdin#2", "Nothing to do here.")
        assert "2 in = 2 clean" in result.stderr

    def test_a_bad_line_costs_one_record(self, clean: Clean, pack: Path) -> None:
        result = clean(
            "-", "--rules", pack, stdin=b'{"text":"One."}\nbroken\n{"text":"Three."}\n'
        )
        assert [orjson.loads(line)["id"] for line in result.stdout.splitlines()] == [
            "stdin#1",
            "stdin#3",
        ]
        assert "rejected stdin#2: not valid JSON" in result.stderr
        assert result.exit_code == 0

    def test_rejects_of_a_filter_may_be_kept(
        self, clean: Clean, pack: Path, tmp_path: Path
    ) -> None:
        data = b'{"text":"One."}\nbroken\n'
        result = clean(
            "-", "--rules", pack, "--state", tmp_path / "state", "--strict", stdin=data
        )
        assert result.exit_code == 1
        entry = orjson.loads((tmp_path / "state" / "rejects.jsonl").read_bytes())
        assert (tmp_path / "state" / entry["kept"]).read_bytes() == b"broken\n"
        assert (
            orjson.loads((tmp_path / "state" / "report.json").read_bytes())["rejected"]
            == 1
        )

    def test_text_comes_out_as_text_byte_for_byte(
        self, process: Process, pack: Path, tmp_path: Path
    ) -> None:
        plain = "Zwölf Boxkämpfer jagen Viktor.\n\n\nEnd – “so”.".encode()
        assert process("-", "--rules", pack, "-q", input=plain).stdout == plain
        (tmp_path / "a.txt").write_bytes(plain)
        assert process(tmp_path / "a.txt", "--rules", pack, "-q").stdout == plain

    def test_no_input_gives_no_output(self, clean: Clean, pack: Path) -> None:
        result = clean("-", "-f", "jsonl", "--rules", pack)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "1 in = 0 clean + 1 skipped" in result.stderr

    def test_several_files_on_one_stream_are_records(
        self, clean: Clean, pack: Path, source: Path
    ) -> None:
        result = clean(source, "-o", "-", "--rules", pack)
        assert [orjson.loads(line)["id"] for line in result.stdout.splitlines()] == [
            "a.txt",
            "deep/b.txt",
        ]

    def test_several_texts_on_one_stream_are_parted(
        self, clean: Clean, pack: Path, source: Path, cleaned: str
    ) -> None:
        assert (
            clean(source, "-o", "-", "-f", "text", "--rules", pack).stdout
            == f"{cleaned}\n\n{cleaned}"
        )

    def test_fields_can_be_named(self, clean: Clean, pack: Path) -> None:
        data = b'{"story":"One.","guid":7,"link":"https://www.a.example/x"}'
        options = ("--text-field", "story", "--id-field", "guid", "--url-field", "link")
        record = orjson.loads(clean("-", *options, "--rules", pack, stdin=data).stdout)
        assert (record["id"], record["body"], record["site"]) == (
            "7",
            "One.",
            "a.example",
        )

    def test_records_come_out_while_more_come_in(
        self, command: list[str], root: Path, pack: Path
    ) -> None:
        words = [*command, "-", "--rules", str(pack), "-q"]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        ) as running:
            assert running.stdin
            assert running.stdout
            running.stdin.write(b'{"text":"One."}\n')
            running.stdin.flush()
            assert orjson.loads(running.stdout.readline())["body"] == "One."
            running.stdin.write(b'{"text":"Two."}\n')
            running.stdin.close()
            assert orjson.loads(running.stdout.readline())["body"] == "Two."
        assert running.returncode == 0


class TestWrongUsage:
    """Exit code 2, a message that says what to do, and nothing written."""

    @pytest.mark.parametrize(
        ("arguments", "says"),
        (
            (("in", "gone", "-o", "out"), "gone: no such file or folder"),
            (("explian", "in/a.txt"), "explian: no such file or folder"),
            (("in",), "choose an output: -o DIR"),
            (("in/a.txt", "in/deep/b.txt"), "choose an output: -o DIR"),
            (("in", "-o", "in"), "is the output folder too"),
            (("in", "-o", "in/a.txt"), "-o names a folder"),
            (
                ("in", "-o", "out.jsonl", "-f", "jsonl"),
                "for one file write: clean … -o - > out.jsonl",
            ),
            (("in", "-o", "out", "--glob", "*.md"), "nothing to clean"),
            (
                ("in", "-o", "out", "--url", "https://a.example"),
                "--url is for one document",
            ),
            (("pages.zip",), "an archive of files"),
            (("in", "-o", "out", "--max-bytes", "many"), "is not a size"),
            (("in", "-o", "out", "--rules", "gone.yaml"), "gone.yaml"),
            (("twins", "-o", "out"), "would both write"),
        ),
    )
    def test_is_told_before_any_work(
        self,
        clean: Clean,
        source: Path,
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        says: str,
    ) -> None:
        monkeypatch.chdir(source.parent)
        Path("pages.zip").write_text("x")
        Path("twins").mkdir()
        Path("twins/x.txt").write_text("x")
        Path("twins/x.md").write_text("x")
        result = clean(*arguments)
        assert result.exit_code == 2
        assert says in result.stderr
        assert result.stdout == ""
        assert sorted(os.listdir()) == ["in", "pages.zip", "twins"]  # noqa: PTH208

    def test_two_inputs_of_one_output_are_both_named(
        self, clean: Clean, source: Path, tmp_path: Path
    ) -> None:
        (source / "a.md").write_text("x")
        result = clean(source, "-o", tmp_path / "out")
        assert str(source / "a.md") in result.stderr
        assert str(source / "a.txt") in result.stderr

    def test_faulty_rules_stop_the_run_unless_told_to_go_on(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path, cleaned: str
    ) -> None:
        pack.write_text(pack.read_text() + "- id: broken\n  remove_blok: |\n    x\n")
        result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert result.exit_code == 2
        assert "'remove_blok' is not a rule field" in result.stderr
        assert not (tmp_path / "out").exists()
        result = clean(source, "-o", tmp_path / "out", "--rules", pack, "--keep-going")
        assert result.exit_code == 0
        assert "'remove_blok' is not a rule field" in result.stderr
        assert (tmp_path / "out" / "a.txt").read_text() == cleaned


class TestBadInputs:
    def test_none_of_them_ends_the_run(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        (source / "binary.txt").write_bytes(bytes(range(256)) * 40)
        (source / "gone.txt").symlink_to("nowhere")
        (source / "x.txt").mkdir()
        (source / "big.txt").write_bytes(b"word " * 100_000)
        (source / "mixed.jsonl").write_bytes(
            b'{"text":"One."}\n\xff\xfe\n{"text":"Three."}\n'
        )
        result = clean(
            source, "-o", tmp_path / "out", "--max-bytes", "100k", "--rules", pack
        )
        assert result.exit_code == 0
        totals = report(tmp_path / "out")
        assert totals["balanced"]
        assert totals["rejected_by_reason"] == {
            "binary": 1,
            "unreadable": 1,
            "too_large": 1,
            "undecodable": 1,
        }
        assert totals["clean"] == 4

    def test_a_line_of_fifty_megabytes_is_a_reject_and_no_hang(
        self, process: Process, pack: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "long.jsonl"
        with path.open("wb") as stream:
            stream.write(b'{"text":"One."}\n{"text":"')
            for _ in range(50):
                stream.write(b"x" * 1_000_000)
            stream.write(b'"}\n{"text":"Three."}\n')
        start = time.monotonic()
        result = process(path, "-o", "-", "--rules", pack)
        assert time.monotonic() - start < 20
        assert [orjson.loads(line)["id"] for line in result.stdout.splitlines()] == [
            "long.jsonl#1",
            "long.jsonl#3",
        ]
        assert (
            b"long.jsonl#2: line 2 is larger than 20,000,000 bytes (--max-bytes)"
            in result.stderr
        )

    def test_strict_makes_rejects_an_exit_code(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        assert (
            clean(source, "-o", tmp_path / "1", "--strict", "--rules", pack).exit_code
            == 0
        )
        (source / "gone.txt").symlink_to("nowhere")
        assert clean(source, "-o", tmp_path / "2", "--rules", pack).exit_code == 0
        assert (
            clean(source, "-o", tmp_path / "3", "--strict", "--rules", pack).exit_code
            == 1
        )


class TestOutputTrouble:
    def test_a_full_disk(
        self,
        clean: Clean,
        pack: Path,
        source: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def full(_handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert result.exit_code == 4
        assert (
            "the disk is full; free some space and run the same command again"
            in result.stderr
        )
        assert files(tmp_path / "out") == []
        assert clean(source, "-o", tmp_path / "out", "--rules", pack).exit_code == 0
        assert len(files(tmp_path / "out")) == 4

    @pytest.mark.skipif(
        not Path("/dev/full").exists(), reason="this system has no /dev/full"
    )
    def test_a_full_standard_output(
        self, process: Process, pack: Path, source: Path
    ) -> None:
        with Path("/dev/full").open("wb") as full:
            result = process(source, "-o", "-", "--rules", pack, stdout=full)
        assert result.returncode == 4
        assert b"standard output: the disk is full" in result.stderr
        assert b"Exception ignored" not in result.stderr

    def test_a_reader_that_went_away(
        self, command: list[str], root: Path, pack: Path
    ) -> None:
        words = [*command, "-", "--rules", str(pack)]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        pipes = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }
        with subprocess.Popen(words, env=environment, **pipes) as running:  # type: ignore[call-overload]
            running.stdout.close()
            running.stdin.write(b'{"text":"One."}\n')
            running.stdin.close()
            errors = running.stderr.read()
            running.wait(timeout=30)
        assert running.returncode == 4
        assert b"standard output: the reader closed the pipe" in errors
        assert b"Traceback" not in errors
        assert b"Exception ignored" not in errors

    def test_an_output_folder_that_is_read_only(
        self,
        clean: Clean,
        pack: Path,
        source: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def forbid(_path: Path, *_arguments: object, **_options: object) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(Path, "mkdir", forbid)
        result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert result.exit_code == 4
        assert "no permission to write here" in result.stderr

    def test_accounts_that_do_not_balance(
        self, pack: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(NoSink, "put", lambda *_arguments: None)
        words = [
            str(source),
            "-o",
            str(tmp_path / "out"),
            "--dry-run",
            "--rules",
            str(pack),
        ]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 3
        assert "THE ACCOUNTS DO NOT BALANCE" in result.stdout

    def test_two_runs_into_one_folder(
        self, clean: Clean, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        fcntl = pytest.importorskip("fcntl")
        (tmp_path / "out" / ".clean").mkdir(parents=True)
        with (tmp_path / "out" / ".clean" / "lock").open("w") as lock:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
            result = clean(source, "-o", tmp_path / "out", "--rules", pack)
        assert result.exit_code == 2
        assert "another run is writing here" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
class TestSignals:
    @pytest.fixture
    def running(
        self, command: list[str], root: Path, pack: Path, tmp_path: Path
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Start a run that waits for more input after one record, which it has cleaned."""
        words = [
            *command,
            "-",
            "--input-format",
            "jsonl",
            "-f",
            "json",
            "-o",
            str(tmp_path / "out"),
        ]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        pipes = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }
        words += ["--rules", str(pack), "--json-log"]
        with subprocess.Popen(words, env=environment, **pipes) as process:  # type: ignore[call-overload]
            process.stdin.write(b'{"text":"One."}\n')
            process.stdin.flush()
            events = [
                orjson.loads(process.stderr.readline())["event"] for _ in range(2)
            ]
            assert events == ["start", "clean"]
            yield process
            if process.poll() is None:
                process.kill()

    @pytest.mark.parametrize(
        ("number", "code"), ((signal.SIGINT, 130), (signal.SIGTERM, 143))
    )
    def test_the_first_ends_the_run_in_order(
        self, running: subprocess.Popen[bytes], tmp_path: Path, number: int, code: int
    ) -> None:
        running.send_signal(number)
        assert running.wait(timeout=30) == code
        assert running.stderr
        finish = orjson.loads(running.stderr.read().splitlines()[-1])
        assert (finish["event"], finish["exit"], finish["clean"]) == ("finish", code, 1)
        assert finish["balanced"]
        assert not finish["complete"]
        assert files(tmp_path / "out") == ["stdin/1.json"]
        assert report(tmp_path / "out")["complete"] is False
        assert not list((tmp_path / "out").rglob("*.tmp"))

    def test_the_first_in_the_middle_of_a_document_finishes_it_and_the_second_stops_at_once(
        self, root: Path, pack: Path, source: Path, tmp_path: Path
    ) -> None:
        """A cleaner that sleeps stands for a slow document; the process tells when it begins."""
        script = tmp_path / "slow.py"
        script.write_text(
            "import sys, time\n"
            "from cleaner.pipeline import Cleaner\n"
            "quick = Cleaner.clean_source\n"
            "def slow(self, source):\n"
            "    print('begin', source.id, file=sys.stderr, flush=True)\n"
            "    stop = time.monotonic() + float(sys.argv[1])\n"
            "    while time.monotonic() < stop:\n"
            "        time.sleep(0.02)\n"
            "    return quick(self, source)\n"
            "Cleaner.clean_source = slow\n"
            "from cleaner.cli import main\n"
            "main(sys.argv[2:])\n"
        )
        for signals, seconds, clean in ((1, "1", 1), (2, "60", 0)):
            out = tmp_path / f"out{signals}"
            words = [
                "python",
                str(script),
                seconds,
                str(source),
                "-o",
                str(out),
                "--rules",
                str(pack),
            ]
            environment = {**os.environ, "PYTHONPATH": str(root)}
            pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            words[0] = sys.executable
            with subprocess.Popen(words, env=environment, **pipes) as process:  # type: ignore[call-overload]
                assert process.stderr.readline() == b"begin a.txt\n"
                process.send_signal(signal.SIGINT)
                note = process.stderr.readline() + process.stderr.readline()
                assert b"finishing the document in hand" in note
                if signals == 2:
                    process.send_signal(signal.SIGINT)
                summary = process.stdout.read()
                assert process.wait(timeout=30) == 130
            assert f"= {clean} clean".encode() in summary
            assert files(out) == (["a.json", "a.txt"] if clean else [])
            assert not list(out.rglob("*.tmp"))

    def test_what_a_killed_run_left_is_gone_after_the_next(
        self, running: subprocess.Popen[bytes], clean: Clean, tmp_path: Path, pack: Path
    ) -> None:
        assert len(list((tmp_path / "out").rglob(".clean-*.tmp"))) == 1
        running.kill()
        running.wait(timeout=30)
        assert len(list((tmp_path / "out").rglob(".clean-*.tmp"))) == 1
        (tmp_path / "a.txt").write_text("One.")
        assert (
            clean(tmp_path / "a.txt", "-o", tmp_path / "out", "--rules", pack).exit_code
            == 0
        )
        assert list((tmp_path / "out").rglob("*.tmp")) == []
        assert files(tmp_path / "out") == ["a.json", "a.txt"]


def test_the_seeds_come_through_with_the_shipped_rules(
    clean: Clean, root: Path, tmp_path: Path
) -> None:
    result = clean(root / "seeds", "-o", tmp_path / "out", "--strict")
    assert result.exit_code == 0
    totals = report(tmp_path / "out")
    assert totals["in"] == totals["clean"] == 5
    assert len(files(tmp_path / "out")) == 10


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("option", ("", "--quiet"))
def test_on_a_terminal_there_is_a_progress_bar_unless_quiet(
    command: list[str],
    root: Path,
    pack: Path,
    source: Path,
    tmp_path: Path,
    option: str,
) -> None:
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    words = [
        *command,
        str(source),
        "-o",
        str(tmp_path / "out"),
        "--rules",
        str(pack),
        *([option] if option else []),
    ]
    environment = {**os.environ, "PYTHONPATH": str(root), "TERM": "xterm"}
    subprocess.run(
        words,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=follower,
        check=True,
        timeout=60,
    )
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # the last follower is closed
        while piece := os.read(leader, 65_536):
            shown += piece
    os.close(leader)
    assert (b"2 clean, 0 rejected" in shown) == (not option)
    assert bool(shown) == (not option)

"""The disk fails at any of its calls: the run stops with an error that says so, and the next one gives the same results."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.manifest import FILE, Manifest
from cleaner.batch.part_files import PartsSink
from cleaner.batch.plan import make_plan
from cleaner.batch.rejects import Rejects
from cleaner.batch.report import Report
from cleaner.batch.run import Ledger, RunContext, run
from cleaner.batch.sinks import FolderSink
from cleaner.errors import OutputError
from cleaner.io import atomic
from cleaner.io.readers import Reading
from cleaner.io.writers import FORMATS
from tests.batch.corpus import articles
from tests.batch.poison import Poisoned

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedWriter

    from cleaner.batch.sinks import Sink

DOCUMENTS = 24
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)


def go(source: Path, out: Path, form: str) -> Report:
    manifest = Manifest(out / ".clean" / FILE)
    manifest.begin("{}")
    sink: Sink = (
        PartsSink(atomic.LocalFolder(out), FORMATS["jsonl"], 5)
        if form == "jsonl"
        else FolderSink(out, FORMATS["text"])
    )
    report = Report()
    try:
        run(
            Poisoned(),
            make_plan([str(source)], output=out, format=form),
            RunContext(
                sink=sink,
                rejects=Rejects(out / ".clean"),
                reading=Reading(),
                report=report,
                ledger=Ledger(manifest, b"1"),
            ),
        )
    finally:
        manifest.close()
    return report


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for each in articles(DOCUMENTS):
        (folder / f"{each['id']}.txt").write_text(each["text"], encoding="utf-8")
    (folder / "a00003.txt").write_text("refuse this one")
    return folder


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "GROUP_FILES", 6)


def results(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and "sqlite3" not in path.name
    }


class Failing:
    """Calls what it stands for, but for one call."""

    def __init__(
        self,
        call: Callable[..., object],
        at: int,
        code: int,
        *,
        after: bool,
    ) -> None:
        self.calls = 0
        self._call, self._at, self._code, self._after = call, at, code, after

    def __call__(self, *args: object, **named: object) -> object:
        self.calls += 1
        if self.calls != self._at:
            return self._call(*args, **named)
        if self._after:
            self._call(*args, **named)
        raise OSError(self._code, os.strerror(self._code))


def targets() -> dict[str, tuple[object, str]]:
    return {
        "open": (atomic, "_new"),
        "fsync": (os, "fsync"),
        "rename": (Path, "replace"),
        "folder": (atomic, "sync_folder"),
        "mkdir": (Path, "mkdir"),
    }


@pytest.mark.parametrize("form", ("jsonl", "text"))
@pytest.mark.parametrize(
    ("call", "after"),
    [
        (call, after)
        for call in targets()
        for after in (False, True)
        if (call, after) != ("open", True)
    ],
)
def test_whatever_call_fails_the_next_run_gives_the_same(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    call: str,
    *,
    after: bool,
) -> None:
    go(source, tmp_path / "wanted", form)
    wanted = results(tmp_path / "wanted")
    owner, name = targets()[call]
    real = getattr(owner, name)
    failed = 0
    for at in range(1, 21):
        out = tmp_path / f"out{at}"
        failing = Failing(real, at, CODES[at % len(CODES)], after=after)
        monkeypatch.setattr(
            owner,
            name,
            lambda *args, f=failing, **named: f(*args, **named),
        )
        try:
            go(source, out, form)
        except OutputError as error:
            failed += 1
            assert (  # noqa: PT017
                "again" in str(error)
                or "cannot be" in str(error)
                or "permission" in str(error)
            )
        finally:
            monkeypatch.setattr(owner, name, real)
        report = go(source, out, form)
        assert report.balanced
        assert report.complete
        assert results(out) == wanted, (call, at, after)
        assert not list(out.rglob("*.tmp"))
    assert failed


class FailingStream:
    """A file whose writing fails at one call, counted over all files."""

    def __init__(self, stream: BufferedWriter, write: Failing) -> None:
        self._stream, self._write = stream, write

    def write(self, data: bytes) -> object:
        return self._write(self._stream, data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@pytest.mark.parametrize("form", ("jsonl", "text"))
@pytest.mark.parametrize("after", (False, True))
def test_whatever_write_fails_the_next_run_gives_the_same(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    *,
    after: bool,
) -> None:
    go(source, tmp_path / "wanted", form)
    wanted, new = results(tmp_path / "wanted"), atomic._new
    stopped = 0
    for at in range(1, 21):
        out = tmp_path / f"out{at}"
        write = Failing(
            lambda stream, data: stream.write(data),
            at,
            CODES[at % len(CODES)],
            after=after,
        )
        monkeypatch.setattr(
            atomic,
            "_new",
            lambda folder, write=write: FailingStream(new(folder), write),
        )
        try:
            go(source, out, form)
        except OutputError:
            stopped += 1
        finally:
            monkeypatch.setattr(atomic, "_new", new)
        assert not list(out.rglob("*.tmp"))
        report = go(source, out, form)
        assert report.balanced
        assert report.complete
        assert results(out) == wanted, at
    assert stopped > (5 if form == "jsonl" else 15)


@pytest.mark.parametrize("form", ("jsonl", "text"))
def test_a_manifest_that_fails_costs_nothing_but_time(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    go(source, tmp_path / "wanted", form)
    commit = Manifest.commit
    for at in range(1, 6):
        for after in (False, True):
            out = tmp_path / f"out{at}{after}"
            calls = 0

            def failing(
                self: Manifest,
                *args: object,
                at: int = at,
                after: bool = after,
                **named: object,
            ) -> None:
                nonlocal calls
                calls += 1
                if calls == at and not after:
                    raise OutputError("the disk is full")
                commit(self, *args, **named)  # type: ignore[arg-type] # passed through
                if calls == at:
                    raise OutputError("the disk is full")

            monkeypatch.setattr(Manifest, "commit", failing)
            try:
                go(source, out, form)
            except OutputError:
                pass
            finally:
                monkeypatch.setattr(Manifest, "commit", commit)
            assert go(source, out, form).balanced
            assert results(out) == results(tmp_path / "wanted")

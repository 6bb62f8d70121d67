"""Files that are whole or not there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from cleaner.errors import OutputError
from cleaner.io import atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def full_disk(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    atomic.write(tmp_path / "a.txt", b"one")
    atomic.write(tmp_path / "a.txt", b"two")
    assert (tmp_path / "a.txt").read_bytes() == b"two"
    assert names(tmp_path) == ["a.txt"]


def test_a_new_file_has_the_mode_that_the_user_gives_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    atomic.write(tmp_path / "a.txt", b"one")
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )


@pytest.mark.parametrize("call", ("fsync", "replace"))
def test_a_full_disk_leaves_the_old_file_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    atomic.write(tmp_path / "a.txt", b"old")
    monkeypatch.setattr(os if call == "fsync" else Path, call, full_disk)
    with pytest.raises(OutputError, match=r"a\.txt: the disk is full; free some space"):
        atomic.write(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_an_interrupt_leaves_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(tmp_path / "a.txt", b"new")
    assert names(tmp_path) == []


def test_a_missing_folder_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"gone.a\.txt: cannot be written: No such file"
    ):
        atomic.write(tmp_path / "gone" / "a.txt", b"new")


def test_a_group_appears_together(tmp_path: Path) -> None:
    group = atomic.Group()
    group.add(tmp_path / "a.txt", b"a")
    group.add(tmp_path / "b.txt", b"b")
    assert not (tmp_path / "a.txt").exists()
    group.commit()
    assert names(tmp_path) == ["a.txt", "b.txt"]
    assert (tmp_path / "b.txt").read_bytes() == b"b"


def test_a_group_that_is_aborted_leaves_nothing(tmp_path: Path) -> None:
    group = atomic.Group()
    group.add(tmp_path / "a.txt", b"a")
    assert len(names(tmp_path)) == 1
    group.abort()
    assert names(tmp_path) == []


def test_a_group_that_fails_half_way_keeps_whole_files_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = atomic.Group()
    for name in ("a.txt", "b.txt", "c.txt"):
        group.add(tmp_path / name, name.encode())
    rename = Path.replace

    def fail_on_b(path: Path, target: Path) -> Path:
        if target.name == "b.txt":
            full_disk()
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", fail_on_b)
    with pytest.raises(OutputError, match=r"b\.txt: the disk is full"):
        group.commit()
    assert names(tmp_path) == ["a.txt"]


def test_a_group_is_full_by_number_or_by_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "GROUP_FILES", 2)
    monkeypatch.setattr(atomic, "GROUP_BYTES", 10)
    by_number, by_size = atomic.Group(), atomic.Group()
    seen = []
    for group, name, data in (
        (by_number, "a", b"1"),
        (by_number, "b", b"1"),
        (by_size, "c", b"0123456789"),
    ):
        group.add(tmp_path / name, data)
        seen.append(group.full)
    assert seen == [False, True, True]
    by_number.abort()
    by_size.abort()


def test_temporaries_of_a_killed_run_are_dropped_and_nothing_else(
    tmp_path: Path,
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / ".clean-123-4.tmp").write_bytes(b"half")
    (tmp_path / "deep" / "story.tmp").write_bytes(b"a user's file")
    assert atomic.drop_temporaries(tmp_path) == 1
    assert names(tmp_path / "deep") == ["story.tmp"]


def test_a_temporary_of_a_killed_namesake_is_not_written_to(tmp_path: Path) -> None:
    taken = atomic.Draft(tmp_path / "a")
    taken.close()
    number = int(taken.name.stem.rpartition("-")[2])
    stale = tmp_path / f".clean-{os.getpid()}-{number + 1}.tmp"
    stale.write_bytes(b"of another process that had this number")
    atomic.write(tmp_path / "b", b"b")
    assert stale.read_bytes() == b"of another process that had this number"
    assert (tmp_path / "b").read_bytes() == b"b"


@pytest.mark.skipif(
    not hasattr(os, "sync"), reason="this system syncs files one by one"
)
def test_a_large_group_waits_for_the_disk_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real = os.fsync
    monkeypatch.setattr(os, "sync", lambda: calls.append("sync"))

    def counted(handle: int) -> None:
        calls.append("fsync")
        real(handle)

    monkeypatch.setattr(os, "fsync", counted)
    group = atomic.Group()
    for number in range(20):
        group.add(tmp_path / f"{number}.txt", b"x")
    assert calls == []
    group.commit()
    assert calls == ["sync", "fsync"]
    assert len(names(tmp_path)) == 20

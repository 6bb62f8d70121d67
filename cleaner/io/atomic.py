"""Write files so that half a file is never seen.

Every file is written to a temporary name in its own folder and then renamed. A temporary name starts with
`.clean-` and ends with `.tmp`; none is left behind by an error or by Ctrl-C, and what a killed process leaves is
dropped by the next run (`drop_temporaries`).

What survives a power cut: a file gets its name only after its bytes are on the disk, and the folder is written to the
disk after the renaming. An `fsync` for every file is slow (each waits for the disk: 240 files a second where one `sync`
for all made it 1,400), so files of a run come in groups of 256 files or 32 MB: one `sync` for the group, then all
renames, then one `fsync` a folder. A full disk is reported when the bytes are written; an error that the device only
meets in the `sync` is not, for that call reports none. Single files, and small groups, are `fsync`ed each.
"""

from __future__ import annotations

import errno
import itertools
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter

GROUP_FILES = 256
GROUP_BYTES = 32_000_000
_FEW = 8
_PREFIX, _SUFFIX = ".clean-", ".tmp"
_NUMBERS = itertools.count()


@contextmanager
def reporting(path: Path | str) -> Iterator[None]:
    """Turn the system's error about `path` into an `OutputError` that says what to do."""
    try:
        yield
    except BrokenPipeError as error:
        message = f"{path}: the reader closed the pipe; the run stops here"
        raise OutputError(message) from error
    except OSError as error:
        raise OutputError(_advice(path, error)) from error


def _advice(path: Path | str, error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        advice = "the disk is full; free some space and run the same command again"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        advice = f"no permission to write here ({error.strerror}); choose another output folder"
    else:
        advice = f"cannot be written: {error.strerror or error}"
    return f"{path}: {advice}. Files that have their names are whole."


class Draft:
    """One file under a temporary name: write to it, then `commit` or `abort`. Errors are `OutputError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with reporting(path):
            self._stream = _new(path.parent)
        self.name = Path(self._stream.name)

    def write(self, data: bytes) -> None:
        """Append bytes."""
        with reporting(self.path):
            self._stream.write(data)

    def close(self, *, sync: bool = False) -> None:
        """Write out what is buffered, and with `sync` make sure that it is on the disk."""
        with reporting(self.path):
            self._stream.flush()
            if sync:
                os.fsync(self._stream.fileno())
            self._stream.close()

    def commit(self, path: Path | None = None) -> None:
        """Sync the file and give it its name, or the name `path` in the same folder."""
        try:
            self.close(sync=True)
            with reporting(self.path):
                self.name.replace(path or self.path)
                sync_folder(self.path.parent)
        except BaseException:
            self.abort()
            raise

    def abort(self) -> None:
        """Drop the file."""
        with suppress(
            OSError
        ):  # the buffer may not fit on a full disk, and shall not stay anyway
            self._stream.close()
        with suppress(OSError):
            self.name.unlink()


def write(path: Path, data: bytes) -> None:
    """Write one whole file, or none."""
    draft = Draft(path)
    try:
        draft.write(data)
        draft.commit()
    except BaseException:
        draft.abort()
        raise


class Group:
    """Files that get their names together.

    `add` writes a temporary, `commit` names all of them, `abort` drops them. Errors are `OutputError`; after an error
    in `commit` the files that were not named yet are gone.
    """

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._bytes = 0

    @property
    def full(self) -> bool:
        """Tell whether it is time to commit."""
        return len(self._drafts) >= GROUP_FILES or self._bytes >= GROUP_BYTES

    def add(self, path: Path, data: bytes) -> None:
        """Write `data` to a temporary beside `path`."""
        draft = Draft(path)
        self._drafts.append(draft)
        draft.write(data)
        draft.close()
        self._bytes += len(data)

    def commit(self) -> None:
        """Sync the files, give them their names, sync their folders."""
        try:
            self._sync()
            for draft in self._drafts:
                with reporting(draft.path):
                    draft.name.replace(draft.path)
            for folder in {draft.path.parent for draft in self._drafts}:
                with reporting(folder):
                    sync_folder(folder)
        finally:
            self.abort()

    def _sync(self) -> None:
        if len(self._drafts) > _FEW and hasattr(os, "sync"):
            os.sync()
            return
        for draft in self._drafts:
            with reporting(draft.path), draft.name.open("rb+") as stream:
                os.fsync(stream.fileno())

    def abort(self) -> None:
        """Drop what has no name yet."""
        for draft in self._drafts:
            draft.abort()
        self._drafts, self._bytes = [], 0


class LocalFolder:
    """A folder of this machine, as `urls.RemoteFolder` is one of a store. Errors are `OutputError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes:
        """Return a file's bytes, none where there is no such file."""
        path = self._path / name
        with reporting(path):
            return (
                path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            )

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file, or none."""
        make_folder(self._path)
        write(self._path / name, data)

    def delete(self, name: str) -> None:
        """Delete a file, if there is one."""
        with reporting(self._path / name):
            (self._path / name).unlink(missing_ok=True)


def _new(folder: Path) -> BufferedWriter:
    """Open a file that did not exist; a namesake can only come from a process that was killed."""
    while True:
        with suppress(FileExistsError):
            return (folder / f"{_PREFIX}{os.getpid()}-{next(_NUMBERS)}{_SUFFIX}").open(
                "xb"
            )


def make_folder(folder: Path) -> None:
    """Make a folder and its parents; an `OutputError` says why it cannot be."""
    with reporting(folder):
        folder.mkdir(parents=True, exist_ok=True)


def drop_temporaries(folder: Path) -> int:
    """Delete the temporaries that a killed process left anywhere below `folder`, and return how many there were."""
    found = [path for path in folder.rglob(f"{_PREFIX}*{_SUFFIX}") if path.is_file()]
    for path in found:
        with reporting(path):
            path.unlink(missing_ok=True)
    return len(found)


def sync_folder(folder: Path) -> None:
    """Write a folder's entries to the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

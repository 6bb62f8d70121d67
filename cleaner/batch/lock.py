"""The state folder inside the output folder, and the lock that lets only one run write there."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.io import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

STATE = ".clean"
"""The name of the state folder, which holds the report, the rejects and the lock."""
LOCK = "lock"


@contextmanager
def claimed(state: Path, output: Path | None) -> Iterator[None]:
    """Keep other runs out of `state` for the time of a block.

    The lock file holds the process id during a run and is empty afterwards. Where it is not empty and no process
    holds it, the last run was killed: the temporary files that it left below `output` are deleted. Raise UsageError
    where another run is at work, and where something in `state` is a link: its target would be written over.
    """
    atomic.make_folder(state)
    _refuse_links(state)
    path = state / LOCK
    with atomic.reporting(path):
        lock = path.open("ab+", buffering=0)
    with lock:
        _lock(lock, path)
        lock.seek(0)
        if lock.read():
            for folder in {state, output or state}:
                atomic.drop_temporaries(folder)
        _fill(lock, str(os.getpid()).encode())
        try:
            yield
        finally:
            _fill(lock, b"")


def _refuse_links(state: Path) -> None:
    with atomic.reporting(state):
        entries = sorted(state.iterdir())
    for entry in entries:
        if entry.is_symlink():
            message = f"{entry} is a link, and may lead anywhere; remove it"
            raise UsageError(message)


def _lock(lock: FileIO, path: Path) -> None:
    try:
        import fcntl  # noqa: PLC0415 - Windows has none, and goes without the claim
    except ImportError:
        return
    try:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"{path.parent}: another run is writing here; wait for it, or choose another -o"
        raise UsageError(message) from error
    except OSError:
        return  # a file system without locks


def _fill(lock: FileIO, content: bytes) -> None:
    with suppress(
        OSError
    ):  # on a full disk the temporaries of a killed run stay a little longer
        lock.truncate(0)
        lock.write(content)

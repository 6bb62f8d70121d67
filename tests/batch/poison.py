"""Cleaners that do what no cleaner should: worker processes import them by name."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import SourceError
from cleaner.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Source


def _spin(_rest: str) -> None:
    while True:
        pass


def _segfault(_rest: str) -> None:
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    ctypes.string_at(0)


def _once(rest: str) -> None:
    mark = Path(rest)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _tally(rest: str) -> None:
    with Path(rest).open("a") as tries:
        tries.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def _refuse(_rest: str) -> None:
    raise SourceError("not this one", reason="binary", stage="decode")


ACTS: dict[str, Callable[[str], object]] = {
    "hang": lambda _: time.sleep(600),
    "spin": _spin,
    "segfault": _segfault,
    "die": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "once": _once,
    "tally": _tally,
    "memory": lambda _: bytearray(64 << 30),
    "bug": lambda _: 1 // 0,
    "refuse": _refuse,
}


class Poisoned:
    """Writes in capitals; a first word makes it hang, crash, eat memory or refuse."""

    def clean_source(self, source: Source) -> Article:
        """Clean one document, or do what its text says."""
        text = source.data if isinstance(source.data, str) else source.data.decode()
        word, _, rest = text.partition(" ")
        if act := ACTS.get(word):
            act(rest)
        return Article(id=source.id, body=text.upper())


class Dying:
    """Cannot even be sent to a worker."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return what ends the process that unpickles it."""
        return os._exit, (3,)

    def clean_source(self, source: Source) -> Article:
        """Never reached."""
        raise NotImplementedError

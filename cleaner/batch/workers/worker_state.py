"""What a pool knows of its workers and of the documents that it gave them."""

from __future__ import annotations

import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from cleaner.batch.workers.worker import MARK

if TYPE_CHECKING:
    from cleaner.batch.clean_one import Answer
    from cleaner.batch.workers.processes import Process
    from cleaner.model import Source


class Task(Protocol):
    """Something that may hold a document to clean."""

    @property
    def source(self) -> Source | None:
        """The document, None where there is nothing to clean."""


T = TypeVar("T", bound=Task)


@dataclass(slots=True, eq=False)
class Entry(Generic[T]):
    """A task on its way."""

    task: T
    answer: Answer[Any] | None = None
    ready: bool = False
    deaths: int = 0


@dataclass(slots=True, eq=False)
class Worker(Generic[T]):
    """A worker process."""

    process: Process
    since: float
    """When it was started, or was given something to do while it had nothing."""
    chunk: deque[Entry[T]] = field(default_factory=deque)
    """What it was given and has not answered."""
    chunks: int = 0
    """How many chunks it was given and has not ended."""
    marks: deque[float] = field(default_factory=deque)
    """When it began the first of `chunk`, the second …: it is at the one with the last mark."""
    has_started: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a chunk."""
        return self.has_started and not self.chunks

    def look(self) -> None:
        """Read the marks that it has made."""
        with suppress(EOFError, OSError):  # a dead worker's marks are read to the last
            while self.process.marks.poll():
                self._read_mark()

    def _read_mark(self) -> None:
        (began,) = MARK.unpack(self.process.marks.recv_bytes())
        self.marks.append(began)

    def answered(self) -> Entry[T]:
        """Return the first of `chunk`, which it has answered."""
        if not self.marks:
            self._read_mark()
        self.marks.popleft()
        return self.chunk.popleft()

    def at(self) -> Entry[T]:
        """Take what it is at out of `chunk`, as far as its marks have been read."""
        number = max(0, len(self.marks) - 1)
        entry = self.chunk[number]
        del self.chunk[number]
        return entry

    def began(self) -> float:
        """Return when it began what it is at, as far as that has been read."""
        return max(self.since, self.marks[-1]) if self.marks else self.since


def death(code: int | None) -> str:
    """Return how a process ended.

    >>> death(-11), death(1)
    ('signal SIGSEGV', 'exit code 1')
    """
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"

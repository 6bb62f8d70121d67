"""Worker processes that clean documents, watched from outside. Never threads: what extracts pages crashes in them.

    works ──▶ chunks of 64 documents or 2 MB ──▶ workers ──▶ outcomes, in the order of the works

A worker sends each outcome at once, so the parent knows which document it is at. Where that document takes longer than it
may, the worker is killed and the document rejected (`timeout`). Where a worker dies, the document that it was at is tried once
more, alone, in case somebody else killed the worker; the second death rejects it (`worker_died`). In both cases
the rest of the chunk goes to another worker, and no neighbour is done twice.

At most so many documents are in flight that every worker has two chunks to go: the reader waits, memory does not grow.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from cleaner.batch.worker import work
from cleaner.errors import SourceError, UsageError
from cleaner.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from cleaner.batch.attempt import CleansSources
    from cleaner.model import Source

CHUNK_DOCUMENTS = 64
CHUNK_BYTES = 2_000_000
AHEAD = 2
"""Chunks that a worker is given at a time: it need not wait for its parent between two."""
TIMEOUT = 10.0
"""Seconds that one document may take."""
MAX_MEMORY = 4 << 30
"""Bytes of address space that a worker may take."""
_START = 120.0
"""Seconds that a worker may take until it is ready: it compiles the rules first."""
_STARTS = 5
"""Workers that may die one after the other before they are ready."""


class Task(Protocol):
    """Something that may hold a document to clean."""

    @property
    def source(self) -> Source | None:
        """The document, None where there is nothing to clean."""


T = TypeVar("T", bound=Task)


@dataclass(slots=True, eq=False)
class _Entry(Generic[T]):
    task: T
    outcome: Outcome | None = None
    ready: bool = False
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    process: SpawnProcess
    channel: Connection
    since: float
    chunk: deque[_Entry[T]] = field(default_factory=deque)
    """What it was given and has not answered; it is at the first."""
    chunks: int = 0
    """How many chunks it was given and has not ended."""
    has_started: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a chunk."""
        return self.has_started and not self.chunks


class Pool(Generic[T]):
    """Some worker processes. They start when there is work, and end with `close`.

    `timeout` is in seconds a document, None for no limit; `max_memory` in bytes a worker.
    """

    def __init__(
        self,
        cleaner: CleansSources,
        *,
        jobs: int,
        timeout: float | None = TIMEOUT,
        max_memory: int | None = MAX_MEMORY,
        chunk: int = CHUNK_DOCUMENTS,
    ) -> None:
        self._cleaner, self._jobs, self._timeout, self._max_memory = cleaner, jobs, timeout, max_memory
        self._chunk = chunk
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[T]] = []
        self._order: deque[_Entry[T]] = deque()
        self._queue: deque[deque[_Entry[T]]] = deque()
        self._failed_starts = 0

    def outcomes(self, tasks: Iterable[T]) -> Iterator[tuple[T, Outcome | None]]:
        """Yield each task with its outcome, None where it held no document, in their order."""
        rest = iter(tasks)
        more, most = True, self._chunk * (2 * self._jobs + 2)
        while more or self._order:
            if more and len(self._order) < most:
                more = self._read(rest)
            self._dispatch()
            while self._order and self._order[0].ready:
                entry = self._order.popleft()
                yield entry.task, entry.outcome
            if not all(worker.is_idle for worker in self._workers):
                self._listen(0.0 if more and len(self._order) < most else None)

    def _read(self, rest: Iterator[T]) -> bool:
        """Read one chunk of tasks; return whether there may be more."""
        chunk: deque[_Entry[T]] = deque()
        size = 0
        for task in rest:
            entry = _Entry(task, ready=task.source is None)
            self._order.append(entry)
            if task.source is not None:
                chunk.append(entry)
                size += len(task.source.data)
            if len(chunk) >= self._chunk or size >= CHUNK_BYTES:
                break
        else:
            self._queue.extend([chunk] if chunk else [])
            return False
        self._queue.append(chunk)
        return True

    def _dispatch(self) -> None:
        """Give waiting chunks to idle workers, and start workers where some are missing."""
        for ahead in range(AHEAD):
            for worker in self._workers:
                if self._queue and worker.has_started and worker.chunks == ahead:
                    self._give(worker)
        missing = min(self._jobs - len(self._workers), len(self._queue))
        self._workers += [self._start() for _ in range(missing)]

    def _give(self, worker: _Worker[T]) -> None:
        """Send the next chunk to a worker."""
        chunk = self._queue.popleft()
        if worker.is_idle:
            worker.since = time.monotonic()
        worker.chunk += chunk
        worker.chunks += 1
        with suppress(OSError):  # it died meanwhile; `_listen` will hear of it
            worker.channel.send([entry.task.source for entry in chunk])

    def _start(self) -> _Worker[T]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._cleaner, self._max_memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _listen(self, wait: float | None) -> None:
        """Hear what workers say, and end those that are over their time. Waits so many seconds, or until something is said."""
        now = time.monotonic()
        limits = [left for worker in self._workers if (left := self._left(worker, now)) is not None]
        wait = min([*limits, *([] if wait is None else [wait])], default=None)
        heard = set(
            connection.wait([worker.channel for worker in self._workers], wait and max(0.0, wait) if wait else wait)
        )
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.channel in heard:
                self._hear(worker)
            elif (left := self._left(worker, now)) is not None and left <= 0:
                self._end_slow(worker)

    def _left(self, worker: _Worker[T], now: float) -> float | None:
        """Return the seconds that a worker has left for what it does, None where nothing limits it."""
        limit = self._timeout if worker.has_started else _START
        return None if worker.is_idle or limit is None else worker.since + limit - now

    def _hear(self, worker: _Worker[T]) -> None:
        """Take everything that a worker has said."""
        try:
            while worker.channel.poll():
                said = worker.channel.recv()
                worker.since = time.monotonic()
                if isinstance(said, bool):
                    worker.chunks -= worker.has_started
                    worker.has_started = True
                    self._failed_starts = 0
                    if said:
                        self._remove(worker)
                        return
                else:
                    entry = worker.chunk.popleft()
                    article, error, seconds = said
                    source = cast("Source", entry.task.source)  # what is asked for has one
                    self._answer(entry, Outcome(source=source, article=article, error=error, seconds=seconds))
        except (EOFError, OSError):
            self._bury(worker)

    def _answer(self, entry: _Entry[T], outcome: Outcome) -> None:
        entry.outcome, entry.ready = outcome, True

    def _reject(self, entry: _Entry[T], message: str, reason: str) -> None:
        error = SourceError(message, reason=reason, stage="clean")  # type: ignore[arg-type] # one of the two below
        self._answer(entry, Outcome(source=entry.task.source, error=error))  # type: ignore[arg-type] # it has one

    def _end_slow(self, worker: _Worker[T]) -> None:
        """Kill a worker that is over its time and reject the document that it is at."""
        worker.process.kill()
        if worker.chunk:
            entry = worker.chunk.popleft()
            self._reject(entry, f"cleaning it took longer than {self._timeout:g} seconds (--timeout)", "timeout")
        self._remove(worker)

    def _bury(self, worker: _Worker[T]) -> None:
        """Put away a worker that died, and decide what becomes of the document that it was at."""
        worker.process.join()
        if not worker.has_started:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                message = f"worker processes do not start ({_death(worker.process.exitcode)}); try --jobs 1, or more --max-memory"
                raise UsageError(message)
        elif worker.chunk:
            entry = worker.chunk.popleft()
            entry.deaths += 1
            if entry.deaths > 1:
                how = _death(worker.process.exitcode)
                self._reject(entry, f"the worker process died over it, twice ({how})", "worker_died")
            else:
                self._queue.appendleft(deque([entry]))
        self._remove(worker)

    def _remove(self, worker: _Worker[T]) -> None:
        """Put what a worker was still to do back at the head of the queue."""
        if worker.chunk:
            self._queue.appendleft(worker.chunk)
        worker.channel.close()
        worker.process.join()
        self._workers.remove(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.process.kill()
            worker.channel.close()
        for worker in self._workers:
            worker.process.join()
        self._workers = []


def _death(code: int | None) -> str:
    """Return how a process ended.

    >>> _death(-11), _death(1)
    ('signal SIGSEGV', 'exit code 1')
    """
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"

"""Worker processes that clean documents, watched from outside. Never threads: what extracts pages crashes in them.

    works ──▶ chunks of 64 documents or 500 KB ──▶ workers ──▶ answers, in the order of the works

A worker marks the time when it begins a document, and answers for a few at once (`worker.py`). Where a document takes longer than it
may, the worker is killed and the document rejected (`timeout`). Where a worker dies, the document that it was at is tried once
more, alone, in case somebody else killed the worker; the second death rejects it (`worker_died`). In both cases
the rest of the chunk goes to another worker, and with it what was done and not yet told: some hundredths of a second of work.

At most so many documents are in flight that every worker has two chunks to go: the reader waits, memory does not grow.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cleaner.batch.clean_one import Answer, whole
from cleaner.batch.workers.processes import new_source
from cleaner.batch.workers.worker import Job
from cleaner.batch.workers.worker_state import Entry, T, Worker, death
from cleaner.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.batch.clean_one import CleansSources
    from cleaner.batch.workers.processes import Source as ProcessSource
    from cleaner.batch.workers.worker import Said
    from cleaner.model import Article, Source

CHUNK_DOCUMENTS = 64
CHUNK_BYTES = 500_000
"""Small, so that at the end of a run no worker has much to do while the others have nothing."""
AHEAD = 2
"""Chunks that a worker is given at a time: it need not wait for its parent between two."""
TIMEOUT = 10.0
"""Seconds that one document may take."""
MAX_MEMORY = 4 << 30
"""Bytes of address space that a worker may take."""
_START = 120.0
"""Seconds that a worker may take until it is ready: where no server forks it, it compiles the rules first."""
_STARTS = 5
"""Workers that may die one after the other before they are ready."""


M = TypeVar("M")


class Pool(Generic[T]):
    """Some worker processes. They start when there is work, and end with `close`.

    `timeout` is in seconds a document, None for no limit; `max_memory` in bytes a worker. `samples` are documents like those that
    will come: workers are ready for their kind. `processes` was started early, and ends with the pool.
    """

    def __init__(
        self,
        cleaner: CleansSources,
        *,
        jobs: int,
        timeout: float | None = TIMEOUT,
        max_memory: int | None = MAX_MEMORY,
        chunk: int = CHUNK_DOCUMENTS,
        samples: tuple[Source, ...] = (),
        processes: ProcessSource | None = None,
    ) -> None:
        self._job = Job(cleaner, whole, max_memory, samples)
        self._jobs = jobs
        self._timeout = timeout
        self._chunk = chunk
        self._processes = processes
        self._workers: list[Worker[T]] = []
        self._order: deque[Entry[T]] = deque()
        self._queue: deque[deque[Entry[T]]] = deque()
        self._failed_starts = 0

    def answers(
        self, tasks: Iterable[T], finish: Callable[[Article], M]
    ) -> Iterator[tuple[T, Answer[M] | None]]:
        """Yield each task with its answer, None where it held no document, in their order.

        `finish` makes of an article what is wanted, in the worker. It is the same for all that a pool is asked.
        """
        self._job = self._job._replace(finish=finish)
        order = self._order
        rest = iter(tasks)
        has_more = True
        most = self._chunk * (2 * self._jobs + 2)
        while has_more or order:
            if has_more and len(order) < most:
                has_more = self._read(rest)
            self._dispatch()
            while order and order[0].ready:
                entry = order.popleft()
                yield entry.task, entry.answer
            if not all(worker.is_idle for worker in self._workers):
                may_read = has_more and len(order) < most
                self._listen(0.0 if may_read else None)

    def _read(self, rest: Iterator[T]) -> bool:
        """Read one chunk of tasks; return whether there may be more."""
        chunk: deque[Entry[T]] = deque()
        size = 0
        for task in rest:
            entry = Entry(task, ready=task.source is None)
            self._order.append(entry)
            if task.source is not None:
                chunk.append(entry)
                size += len(task.source.data)
            if len(chunk) >= self._chunk or size >= CHUNK_BYTES:
                break
        else:
            if chunk:
                self._queue.append(chunk)
            return False
        self._queue.append(chunk)
        return True

    def _dispatch(self) -> None:
        """Give waiting chunks to idle workers, and start workers where some are missing."""
        queue, workers = self._queue, self._workers
        for ahead in range(AHEAD):
            for worker in workers:
                is_next = worker.has_started and worker.chunks == ahead
                if queue and is_next:
                    self._give(worker)
        missing = self._jobs - len(workers)
        for _ in range(min(missing, len(queue))):
            worker = self._start()
            workers.append(worker)

    def _give(self, worker: Worker[T]) -> None:
        """Send the next chunk to a worker."""
        chunk = self._queue.popleft()
        if worker.is_idle:
            worker.since = time.monotonic()
        worker.chunk += chunk
        worker.chunks += 1
        with suppress(OSError):  # it died meanwhile; `_listen` will hear of it
            worker.process.channel.send([entry.task.source for entry in chunk])

    def _start(self) -> Worker[T]:
        if self._processes is None:
            self._processes = new_source()
        return Worker(self._processes.start(self._job), time.monotonic())

    def _listen(self, wait: float | None) -> None:
        """Receive messages of workers, and end those that are over their time.

        Waits `wait` seconds at most, None for as long as no worker sends anything.
        """
        now = time.monotonic()
        limits = [] if wait is None else [wait]
        for worker in self._workers:
            left = self._left(worker, now)
            if left is not None:
                limits.append(max(0.0, left))
        channels = [worker.process.channel for worker in self._workers]
        heard = set(connection.wait(channels, min(limits, default=None)))
        for worker in list(self._workers):
            if worker.process.channel in heard:
                self._hear(worker)
            elif self._is_slow(worker):
                self._end_slow(worker)

    def _is_slow(self, worker: Worker[T]) -> bool:
        """Return whether a worker is over its time, by the marks that it makes."""
        left = self._left(worker, time.monotonic())
        if left is None or left > 0:
            return False
        worker.look()  # it may be at its next document by now
        left = self._left(worker, time.monotonic())
        return left is not None and left <= 0

    def _left(self, worker: Worker[T], now: float) -> float | None:
        """Return the seconds that a worker has left for what it does, None where nothing limits it."""
        limit = self._timeout if worker.has_started else _START
        if limit is None or worker.is_idle:
            return None
        return worker.began() + limit - now

    def _hear(self, worker: Worker[T]) -> None:
        """Take a message of a worker."""
        try:
            said: Said = worker.process.channel.recv()
            for answer in said.answers:
                self._answer(worker.answered(), answer)
        except (EOFError, OSError):
            self._bury(worker)
            return
        if said.leaves is None:
            return
        if worker.has_started:
            worker.chunks -= 1
        worker.has_started = True
        worker.since = time.monotonic()
        self._failed_starts = 0
        if said.leaves:
            self._remove(worker)

    def _answer(self, entry: Entry[T], answer: Answer[Any]) -> None:
        entry.answer, entry.ready = answer, True

    def _reject(self, entry: Entry[T], message: str, reason: str) -> None:
        error = SourceError(message, reason=reason, stage="clean")  # type: ignore[arg-type] # one of the two below
        self._answer(entry, Answer(error=error))

    def _end_slow(self, worker: Worker[T]) -> None:
        """Kill a worker that is over its time and reject the document that it is at."""
        if worker.chunk:
            seconds = f"{self._timeout:g} seconds"
            message = f"cleaning it took longer than {seconds} (--timeout)"
            self._reject(worker.at(), message, "timeout")
        self._remove(worker)

    def _bury(self, worker: Worker[T]) -> None:
        """Remove a worker that died, and decide what becomes of the document that it was at."""
        how = death(worker.process.handle.end())
        if not worker.has_started:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                message = f"worker processes do not start ({how}); try --jobs 1, or more --max-memory"
                raise UsageError(message)
        elif worker.chunk:
            worker.look()
            entry = worker.at()
            entry.deaths += 1
            if entry.deaths > 1:
                self._reject(
                    entry,
                    f"the worker process died over it, twice ({how})",
                    "worker_died",
                )
            else:
                self._queue.appendleft(deque([entry]))
        self._remove(worker)

    def _remove(self, worker: Worker[T]) -> None:
        """End a worker, and put what it was still to do back at the head of the queue."""
        if worker.chunk:
            self._queue.appendleft(worker.chunk)
        worker.process.channel.close()
        worker.process.marks.close()
        worker.process.handle.end()
        self._workers.remove(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in list(self._workers):
            self._remove(worker)
        if self._processes is not None:
            self._processes.close()
        self._processes = None

"""Where worker processes come from: forked by a server that has loaded everything, or started from nothing.

On Linux a server (`server.py`) is started with the first worker; what dies with it is started anew. Elsewhere each worker is a new
process that loads and compiles for itself: Windows has no fork, and on macOS it is not safe.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from multiprocessing.connection import Pipe
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.batch.workers import fork_server
from cleaner.batch.workers.fork_server import END, FORK, JOB, NUMBER
from cleaner.batch.workers.worker import Ends, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from cleaner.batch.workers.worker import Job

_PATIENCE = 10.0
"""Seconds that a server may take to end a worker: what it loads may hang."""
_ROOT = str(Path(__file__).resolve().parents[3])
_SERVER = fork_server.__name__


class Process(NamedTuple):
    """A worker process, and the parent's ends of its pipes."""

    channel: Connection
    marks: Connection
    handle: Handle


class Handle(Protocol):
    """What ends a worker process."""

    def end(self) -> int | None:
        """Make sure that the process has ended, and return how: an exit code, or minus a signal."""


class Source(Protocol):
    """Something that starts worker processes."""

    def start(self, job: Job) -> Process:
        """Start one. The job is the same each time."""

    def close(self) -> None:
        """End what is not ended."""


def new_source() -> Source:
    """Return where workers come from on this system. Whoever makes it early lets it load while he does something else."""
    can_fork = sys.platform == "linux" and not getattr(sys, "frozen", False)
    return Forked() if can_fork else Spawned()


class _Pipes(NamedTuple):
    ours: Connection
    theirs: Connection
    marks: Connection
    notes: Connection
    """The worker's end of `marks`."""

    @classmethod
    def open(cls) -> _Pipes:
        return cls(*Pipe(), *Pipe(duplex=False))

    def close_theirs(self) -> None:
        self.theirs.close()
        self.notes.close()


class Spawned:
    """Workers that are processes of their own from the beginning."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")

    def start(self, job: Job) -> Process:
        """Start one."""
        pipes = _Pipes.open()
        process = self._context.Process(
            target=_warm_up_and_work, args=(pipes.theirs, pipes.notes, job), daemon=True
        )
        process.start()
        pipes.close_theirs()
        return Process(pipes.ours, pipes.marks, _SpawnHandle(process))

    def close(self) -> None:
        """Do nothing: each is ended by its handle."""


def _warm_up_and_work(channel: Connection, marks: Connection, job: Job) -> None:
    job.warm()
    work(Ends(channel, marks), job)


class _SpawnHandle(NamedTuple):
    process: SpawnProcess

    def end(self) -> int | None:
        """Make sure that the process has ended, and return how."""
        self.process.kill()
        self.process.join()
        return self.process.exitcode


class Forked:
    """Workers that a server forks. Threads may share it."""

    def __init__(self) -> None:
        self._server: _Server | None = _Server()
        self._lock = Lock()

    def start(self, job: Job) -> Process:
        """Start one; the server too, where there is none or it has died."""
        with self._lock:
            server = self._server
            if server is None or server.is_dead:
                if server is not None:
                    server.close()
                server = self._server = _Server()
            server.take(job)
            pipes = _Pipes.open()
            number = server.fork((pipes.theirs.fileno(), pipes.notes.fileno()))
        pipes.close_theirs()
        return Process(pipes.ours, pipes.marks, _ForkHandle(self, server, number))

    def end(self, server: _Server, number: int) -> int | None:
        """End a worker."""
        with self._lock:
            return server.end(number)

    def close(self) -> None:
        """End the server, and with it all workers."""
        with self._lock:
            if self._server is not None:
                self._server.close()
            self._server = None


class _ForkHandle(NamedTuple):
    source: Forked
    server: _Server
    number: int

    def end(self) -> int | None:
        """Make sure that the process has ended, and return how."""
        return self.source.end(self.server, self.number)


class _Server:
    """One server process, seen from its parent."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs, _as_file(sys.path) as recipe:
            code = f"import sys; sys.path.insert(0, {_ROOT!r}); from {_SERVER} import main; main({theirs.fileno()}, {recipe})"
            with _interrupts_held():
                self._process = subprocess.Popen(  # noqa: S603 - this interpreter
                    [sys.executable, "-c", code],
                    pass_fds=(theirs.fileno(), recipe),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
        self._count = 0
        self._has_job = False

    def take(self, job: Job) -> None:
        """Hand over the job, if it is not there yet."""
        if self._has_job:
            return
        with _as_file(job) as recipe, suppress(OSError):
            socket.send_fds(self._control, [JOB], [recipe])
        self._has_job = True

    @property
    def is_dead(self) -> bool:
        """Whether it can fork no more."""
        return self._process.poll() is not None

    def fork(self, handles: tuple[int, int]) -> int:
        """Ask for a worker, and return its number. Where the server dies the worker's pipes are closed, as if it had died itself."""
        with suppress(OSError):
            socket.send_fds(self._control, [FORK], handles)
        self._count += 1
        return self._count - 1

    def end(self, number: int) -> int | None:
        """End a worker and return how it ended: where the server has died, as that."""
        order = END + NUMBER.pack(number)
        control = self._control
        with suppress(OSError):
            control.settimeout(_PATIENCE)
            control.sendall(order)
            answer = control.recv(NUMBER.size, socket.MSG_WAITALL)
            if answer:
                (code,) = NUMBER.unpack(answer)
                return int(code)
        self._process.kill()
        return self._process.wait()

    def close(self) -> None:
        """End the server, which ends its workers."""
        self._control.close()
        self._process.wait()


@contextmanager
def _as_file(value: object) -> Iterator[int]:
    """Give a file that holds a value, pickled: through a pipe it would go only as fast as the other side reads."""
    handle = os.memfd_create("cleaner")
    with open(handle, "wb") as stream:  # noqa: PTH123 - a file descriptor
        pickle.dump(value, stream)
        stream.flush()
        os.lseek(handle, 0, os.SEEK_SET)
        yield handle


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a process that hears no Ctrl-C before it can decide what to make of it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""The inside of a worker process: take a chunk of documents, clean them one by one, answer for a few at a time.

Before each document a worker notes the time in a pipe of its own, which its parent reads when it wants to know which document
the worker is at, and since when. Answers for quick documents are gathered, for a message has its price. After a chunk it says
whether it takes another, or leaves because it has grown: extractors and parsers keep caches that never shrink.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.batch.clean_one import attempt

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from cleaner.batch.clean_one import Answer, CleansSources
    from cleaner.model import Source

DOCUMENTS = 20_000
"""Documents after which a worker ends."""
RESIDENT = 1 << 30
"""Bytes of memory above which a worker ends."""
RESET = 1_000
"""Documents between two clearings of trafilatura's caches."""
GATHERED = 0.05
"""Seconds of work whose answers wait for one another."""
MARK = struct.Struct("d")
"""When a document was begun, by the clock that all processes share."""
_PR_SET_PDEATHSIG = 1


class Job(NamedTuple):
    """What a worker does. Goes to other processes."""

    cleaner: CleansSources
    finish: Callable[..., Any]
    """Makes of an article what the parent wants to have."""
    max_memory: int | None = None
    """In bytes of address space."""
    samples: tuple[Source, ...] = ()
    """Documents like those that will come: cleaned before the clock runs, they load and compile what is needed."""

    def warm(self) -> None:
        """Load and compile now what the first documents would."""
        rulebook = getattr(
            self.cleaner, "rulebook", None
        )  # anything that cleans may be given
        if rulebook is not None:
            rulebook.compile()
        for sample in self.samples:
            attempt(self.cleaner, sample, self.finish)


class Ends(NamedTuple):
    """The worker's ends of its pipes."""

    channel: Connection
    marks: Connection


class Said(NamedTuple):
    """A message of a worker."""

    answers: tuple[Answer[Any], ...]
    """For the next of the documents that it was given."""
    leaves: bool | None = None
    """None in the middle of a chunk; at its end whether the worker is gone after it."""


def work(ends: Ends, job: Job) -> None:
    """Serve one parent until it goes away."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent decides
    _die_with_parent()
    _limit_memory(job.max_memory)
    inbox: SimpleQueue[list[Source] | None] = SimpleQueue()
    Thread(
        target=_receive,
        args=(ends.channel, inbox),
        daemon=True,
    ).start()
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent has gone
        _serve(ends, inbox, job)


def _serve(ends: Ends, inbox: SimpleQueue[list[Source] | None], job: Job) -> None:
    done = 0
    leaves = False
    ends.channel.send(Said((), leaves))
    while not leaves and (sources := inbox.get()) is not None:
        answers: list[Answer[Any]] = []
        gathered = 0.0
        for source in sources:
            if gathered > GATHERED:
                ends.channel.send(Said(tuple(answers)))
                answers = []
                gathered = 0.0
            mark = MARK.pack(time.monotonic())
            ends.marks.send_bytes(mark)
            answer = attempt(job.cleaner, source, job.finish)
            answers.append(answer)
            gathered += answer.seconds
            done += 1
            if answer.error is not None and answer.error.reason == "memory":
                leaves = True
            if done % RESET == 0:
                _reset_caches()
        if done >= DOCUMENTS or resident() > RESIDENT:
            leaves = True
        ends.channel.send(Said(tuple(answers), leaves))


def _receive(channel: Connection, inbox: SimpleQueue[list[Source] | None]) -> None:
    """Take chunks off the pipe as they come, so that the parent never waits for a document; None when it has gone.

    The one thread beside the work: it unpickles bytes, and nothing else runs in it.
    """
    with suppress(EOFError, OSError):
        while True:
            inbox.put(channel.recv())
    inbox.put(None)


def resident(process: int | None = None) -> int:
    """Return the bytes of memory that a process holds now; 0 where the system does not provide it."""
    path = f"/proc/{process or 'self'}/statm"
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - read once a chunk
            _, pages, *_ = stream.read().split()
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def _reset_caches() -> None:
    if "trafilatura" in sys.modules:
        from trafilatura.meta import reset_caches  # noqa: PLC0415 - only where a page has loaded it

        reset_caches()


def _die_with_parent() -> None:
    """Ask Linux for the end of this process when its parent dies, even by kill -9; elsewhere the closed pipe ends it."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # noqa: PLC0415 - only here

    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died in between
        os._exit(1)


def _limit_memory(limit: int | None) -> None:
    """Let the system refuse more memory than the limit: that is a MemoryError here, and a reject."""
    if limit is None:
        return
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with suppress(ValueError, OSError):  # a lower limit of the system stands
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

"""The inside of a worker process: take a chunk of documents, clean them one by one, send each outcome at once.

What a worker sends tells its parent which document it is at: after the k-th outcome it is at the next one. After a chunk it
says whether it takes another, or leaves because it has grown: extractors and parsers keep caches that never shrink.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from cleaner.batch.attempt import attempt

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from cleaner.batch.attempt import CleansSources
    from cleaner.model import Source

DOCUMENTS = 20_000
"""After so many documents a worker leaves …"""
RESIDENT = 1 << 30
"""… and where it holds so many bytes of memory."""
RESET = 1_000
"""Documents between two clearings of trafilatura's caches."""
_PR_SET_PDEATHSIG = 1


def work(channel: Connection, cleaner: CleansSources, max_memory: int | None) -> None:
    """Serve one parent until it goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _die_with_parent()
    _limit_memory(max_memory)
    with suppress(AttributeError):  # anything that cleans may be given; a Cleaner compiles before the clock runs
        cleaner.rulebook.matcher.compile()  # type: ignore[attr-defined]
    inbox: SimpleQueue[list[Source] | None] = SimpleQueue()
    Thread(target=_receive, args=(channel, inbox), daemon=True).start()
    done = 0
    leaves = False
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent has gone
        channel.send(leaves)
        while not leaves and (sources := inbox.get()) is not None:
            for source in sources:
                outcome = attempt(cleaner, source)
                channel.send((outcome.article, outcome.error, outcome.seconds))
                done += 1
                leaves = leaves or getattr(outcome.error, "reason", None) == "memory"
                if done % RESET == 0:
                    _reset_caches()
            leaves = leaves or done >= DOCUMENTS or resident() > RESIDENT
            channel.send(leaves)


def _receive(channel: Connection, inbox: SimpleQueue[list[Source] | None]) -> None:
    """Take chunks off the pipe as they come, so that the parent never waits for a document; None when it has gone.

    The one thread beside the work: it unpickles bytes, and nothing else runs in it.
    """
    with suppress(EOFError, OSError):
        while True:
            inbox.put(channel.recv())
    inbox.put(None)


def resident(process: int | None = None) -> int:
    """Return the bytes of memory that a process holds now; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process or 'self'}/statm", "rb") as stream:  # noqa: PTH123 - read once a chunk
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
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

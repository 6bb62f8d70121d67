"""A process that has loaded everything once and forks worker processes, which are ready at once.

    parent ──socket──▶ server ──fork──▶ worker          (the worker talks to the parent by its own pipes)

The server has one thread and opens nothing beside its socket, so forking it is safe, as forking the parent would not be. It does
four things: load the job, fork a worker round the pipe ends that come with the order, end a worker and tell how it ended, and end itself with all
its workers when the parent has gone. Linux ends the workers when the server dies, even by kill -9.
"""

from __future__ import annotations

import ctypes  # noqa: F401 - each worker needs it
import gc
import os
import pickle
import signal
import socket
import struct
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NoReturn

from cleaner.batch.workers.worker import Ends, work

if TYPE_CHECKING:
    from cleaner.batch.workers.worker import Job

JOB, FORK, END = b"j", b"f", b"e"
_EARLY = (
    "ftfy",
    "cleaner.pipeline",
    "cleaner.rulebook.scan.matcher",
    "cleaner.rulebook.loading.book_json",
    "cleaner.io.writers",
)
"""What any job needs: loaded while the parent makes one."""
NUMBER = struct.Struct("=i")
"""A worker, by the order in which they were asked for; how it ended: an exit code, or minus a signal."""


def main(control: int, recipe: int) -> NoReturn:
    """Serve the process at the other end of a socket; `recipe` is a file with the module path, pickled."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent decides
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    sys.path[:] = _read(recipe)
    for name in _EARLY:
        import_module(name)
    for worker in _serve(socket.socket(fileno=control)):
        _end(worker)
    os._exit(0)


def _read(recipe: int) -> Any:  # noqa: ANN401 - what our parent has written
    with open(recipe, "rb") as stream:
        return pickle.load(stream)  # noqa: S301 - our parent's words


def _load(recipe: int) -> Job:
    """Return the job, with all loaded and compiled that it needs."""
    job: Job = _read(recipe)
    job.warm()
    gc.collect()
    gc.freeze()  # else the first collection in each worker would copy every page
    return job


def _serve(control: socket.socket) -> list[int]:
    """Do what is asked, until nobody is there to ask; return the workers' process ids, 0 for those that have ended."""
    workers: list[int] = []
    job: Job | None = None
    while True:
        order, handles, _, _ = socket.recv_fds(control, 1, 2)
        if order == JOB:
            job = _load(handles[0])
        elif order == FORK and job is not None:
            workers.append(_fork(control, job, handles))
        elif order == END:
            (number,) = NUMBER.unpack(control.recv(NUMBER.size, socket.MSG_WAITALL))
            code = _end(workers[number])
            workers[number] = 0
            control.sendall(NUMBER.pack(code))
        else:
            return workers


def _fork(control: socket.socket, job: Job, handles: list[int]) -> int:
    """Return the process id of a new worker; in the worker do its work and never return."""
    process = os.fork()
    if process:
        for handle in handles:
            os.close(handle)
        return process
    try:
        control.close()
        channel, marks = (Connection(handle) for handle in handles)
        work(Ends(channel, marks), job)
    except BaseException as error:  # noqa: BLE001 - it is shown, and ends this process: the frames below are the server's
        sys.excepthook(type(error), error, error.__traceback__)
        os._exit(1)
    os._exit(0)


def _end(process: int) -> int:
    """Make sure that a worker has ended, and return how."""
    if not process:
        return 0
    with suppress(ProcessLookupError):
        os.kill(
            process, signal.SIGKILL
        )  # one that is dying of something else does not hear it
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])

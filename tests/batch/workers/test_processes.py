"""Workers come from a server that forks them, or from nothing; neither leaves anybody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.clean_one import whole
from cleaner.batch.workers.pool import Pool
from cleaner.batch.workers.processes import Forked, Spawned
from cleaner.batch.workers.worker import Job
from cleaner.model import Source
from tests.batch.poison import Poisoned
from tests.batch.workers.test_pool import Task, tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.batch.workers.processes import Source as ProcessSource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the server is Linux's")
SOURCES: tuple[Callable[[], ProcessSource], ...] = (Forked, Spawned)
HANGING = """
import sys
from cleaner.batch.clean_one import whole
from cleaner.batch.workers.pool import Pool
from cleaner.model import Source
from tests.batch.poison import Poisoned
from tests.batch.workers.test_pool import Task
tasks = [Task(n, Source(id=str(n), data=b"hang")) for n in range(2)]
list(Pool(Poisoned(), jobs=2, chunk=1, timeout=None).answers(tasks, whole))
"""


def processes() -> dict[int, int]:
    """Return the parent of every process that has not ended."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *_ = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if state != "Z":
            found[int(entry.name)] = int(parent)
    return found


def below(parent: int) -> set[int]:
    """Return the children of a process, and theirs."""
    known = processes()
    found = {process for process, above in known.items() if above == parent}
    return found | {process for process, above in known.items() if above in found}


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("make", SOURCES)
def test_the_same_answers(make: Callable[[], ProcessSource]) -> None:
    texts = [f"text {n}" for n in range(40)]
    texts[7], texts[20] = "die x", "hang x"
    pool: Pool[Task] = Pool(Poisoned(), jobs=2, chunk=8, timeout=2.0, processes=make())
    try:
        found = [answer for _, answer in pool.answers(tasks(*texts), whole)]
    finally:
        pool.close()
    wanted = [text.upper() for text in texts]
    wanted[7], wanted[20] = "worker_died", "timeout"
    assert [
        answer.made.body
        if answer and answer.made
        else answer and answer.error and answer.error.reason
        for answer in found
    ] == wanted


@pytest.mark.parametrize("make", SOURCES)
def test_how_a_worker_ended_is_known(make: Callable[[], ProcessSource]) -> None:
    source, job = make(), Job(Poisoned(), whole)
    one, two = source.start(job), source.start(job)
    for worker in (one, two):
        assert worker.channel.recv().leaves is False  # it is ready
    one.channel.send([Source(id="a", data=b"segfault x")])
    with pytest.raises((EOFError, OSError)):
        one.channel.recv()
    assert one.handle.end() == -signal.SIGSEGV
    assert two.handle.end() == -signal.SIGKILL
    for worker in (one, two):
        worker.channel.close()
        worker.marks.close()
    source.close()


def test_the_server_has_one_thread_and_holds_no_pipe_of_a_worker() -> None:
    source, before = Forked(), below(os.getpid())
    worker = source.start(Job(Poisoned(), whole))
    worker.channel.recv()
    (server,) = [
        process
        for process in before
        if b"workers.fork_server" in Path(f"/proc/{process}/cmdline").read_bytes()
    ]
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
    links = [str(entry.readlink()) for entry in Path(f"/proc/{server}/fd").iterdir()]
    assert (
        len([link for link in links if link.startswith(("socket:", "pipe:"))]) <= 1 + 1
    )  # its own, and standard error
    worker.channel.close()
    worker.marks.close()
    source.close()
    wait_for(lambda: server not in processes())


def test_a_server_that_was_killed_is_replaced() -> None:
    texts = [f"text {n}" for n in range(200)]
    pool: Pool[Task] = Pool(Poisoned(), jobs=2, chunk=4)
    bodies = []
    for number, (_, answer) in enumerate(pool.answers(tasks(*texts), whole)):
        if number == 20:
            for process in below(os.getpid()):
                if (
                    processes().get(process) == os.getpid()
                    and b"server" in Path(f"/proc/{process}/cmdline").read_bytes()
                ):
                    os.kill(process, signal.SIGKILL)
        bodies.append(answer.made.body if answer and answer.made else "")
    pool.close()
    assert bodies == [text.upper() for text in texts]


def test_nobody_is_left_when_the_parent_is_killed(root: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", HANGING],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        wait_for(lambda: len(below(parent.pid)) == 3)  # a server and two workers
        others = below(parent.pid)
    finally:
        parent.kill()
        parent.wait()
    wait_for(lambda: not others & processes().keys())

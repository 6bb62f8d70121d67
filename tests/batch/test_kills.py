"""Runs that are killed at any moment and resumed lose nothing, do nothing twice, and come out the same to the byte.

CLEANER_KILLS=500 pytest tests/batch/test_kills.py     the long form
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from tests.batch.corpus import write_folder, write_lines

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills process groups"),
]
KILLS = int(os.environ.get("CLEANER_KILLS", "25"))
DOCUMENTS = 10_000 if KILLS > 25 else 2_000
RULES = Path(__file__).with_name("rules.yaml")
"""One rule, so that starting takes no time."""


def start(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "cleaner",
        str(source),
        "-o",
        str(out),
        "-q",
        "--rules",
        str(RULES),
        "--jobs",
        "2",
        *options,
    ]
    return subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def results(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".clean" not in path.relative_to(out).parts[0]
    }


def left_over(out: Path) -> list[Path]:
    return list(out.rglob("*.tmp"))


@pytest.fixture(scope="module", params=("jsonl", "text"))
def undisturbed(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path, Path, float]:
    """A run that nobody disturbs: format, input, output, and the seconds that it took."""
    base = tmp_path_factory.mktemp(request.param)
    count = DOCUMENTS
    source = (
        write_lines(base / "in" / "day.jsonl", count)
        if request.param == "jsonl"
        else write_folder(base / "in", count // 3)
    )
    began = time.monotonic()
    assert start(source, base / "out", "-f", request.param).wait() == 0
    return request.param, source, base / "out", time.monotonic() - began


def test_killed_at_any_moment_and_resumed(
    undisturbed: tuple[str, Path, Path, float],
    tmp_path: Path,
) -> None:
    form, source, wanted, took = undisturbed
    chance = random.Random(7)  # noqa: S311 - the same every time
    kills = rounds = 0
    while kills < KILLS // 2 + 1:
        rounds += 1
        out = tmp_path / f"out{rounds}"
        while True:
            process = start(source, out, "-f", form)
            try:
                code = process.wait(timeout=chance.uniform(0.2, took))
            except subprocess.TimeoutExpired:
                kill(process)
                kills += 1
            else:
                assert code == 0
                break
        assert results(out) == results(wanted)
        assert left_over(out) == []
        report = orjson.loads((out / ".clean" / "report.json").read_bytes())
        assert report["balanced"] is report["complete"] is True
        assert report["rejected"] == 0


def test_killed_workers_lose_nothing(
    undisturbed: tuple[str, Path, Path, float],
    tmp_path: Path,
) -> None:
    form, source, wanted, took = undisturbed
    chance = random.Random(8)  # noqa: S311 - the same every time
    kills = rounds = 0
    while kills < max(4, KILLS // 5):
        rounds += 1
        out = tmp_path / f"out{rounds}"
        killed = kill_workers(
            start(source, out, "-f", form),
            chance,
            max(0.5, took / 8),
        )
        kills += killed
        assert rounds < 50, "workers end before they can be killed"
        assert results(out) == results(wanted)


def kill_workers(
    process: subprocess.Popen[bytes],
    chance: random.Random,
    seconds: float,
) -> int:
    """Kill one worker of a run every so many seconds until it ends well, and return how many that were."""
    kills, last = 0, time.monotonic()
    while process.poll() is None:
        workers = children(process.pid) if time.monotonic() - last > seconds else []
        if workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            kills, last = kills + 1, time.monotonic()
        time.sleep(0.02)
    assert process.returncode == 0
    return kills


def children(parent: int) -> list[int]:
    """Return the worker processes and the server that forks them: it is started with its own name in its arguments."""
    found: list[tuple[int, int]] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            line = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"cleaner.batch.workers.fork_server" in line:
            found.append((int(entry.name), int(stat[1])))
    servers = [process for process, above in found if above == parent]
    return [process for process, above in found if above == parent or above in servers]

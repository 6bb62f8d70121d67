"""Tools that take turns over the same documents, each in a fresh process of its own, and the seconds that they take.

What is warm decides what is measured. Tools that share a process warm each other: ours asks trafilatura, trafilatura
remembers days and words between calls, two versions of one tool share its caches. They also pay for each other: the garbage
collector walks over our compiled rules in trafilatura's time (a fifth more of it, measured). So each tool has a process of its
own (`together=True` puts them into one, to see what that does). They take turns of a few documents, and chance says
anew each turn who goes first, so that a slow moment of the machine touches all of them. The seconds are CPU time of
the tool's own process, all its threads together.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from benchmarks.figures import markdown
from benchmarks.turn_worker import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Document = Mapping[str, Any]
    """`text`, and `url` where there is one."""

TURN = 5
"""Documents a turn: so many that the processor's caches are the tool's own again, so few that the machine does not change."""


@dataclass(frozen=True)
class Tool:
    """What a process loads: `load(peer, settings)` of a module; `tree` is the checkout that `import cleaner` finds."""

    label: str
    module: str
    peer: str
    warm: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    tree: Path | None = None


@dataclass(frozen=True)
class Looks:
    """The seconds of each tool for each document, the number of its errors, and its answers if they were asked for."""

    seconds: dict[str, list[float]]
    failed: dict[str, list[bool]]
    answers: dict[str, list[Any]]

    def add(self, reply: Mapping[str, Any]) -> None:
        """Add what a process said of its turn."""
        for label in reply["seconds"]:
            self.seconds.setdefault(label, []).extend(reply["seconds"][label])
            self.failed.setdefault(label, []).extend(reply["failed"][label])
            self.answers.setdefault(label, []).extend(reply["answers"][label])


class Worker:
    """A process with one tool, or with several of the same tree."""

    def __init__(self, tools: Sequence[Tool], seed: int) -> None:
        self.tree = tools[0].tree
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        command = [sys.executable, "-m", "benchmarks.turn_worker"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )
        rows = [asdict(tool) | {"tree": None} for tool in tools]
        self.ready = self.ask(
            {"tools": rows, "tree": str(self.tree or ROOT), "seed": seed}
        )

    def ask(self, request: object) -> dict[str, Any]:
        """Return the process's reply. Raise RuntimeError with its last words if it has died."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(self.close()[-2000:])
        reply: dict[str, Any] = json.loads(line)
        return reply

    def close(self) -> str:
        """End the process and return what it wrote to standard error. Once more, it returns nothing."""
        if self.errors.closed:
            return ""
        with suppress(BrokenPipeError):
            self.process.communicate()
        self.errors.seek(0)
        with self.errors:
            return self.errors.read().decode("utf-8", "replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def crew(
    tools: Sequence[Tool], *, seed: int = 0, together: bool = False
) -> Iterator[list[Worker]]:
    """Start fresh processes: one for each tool, or one for all tools of the same tree."""
    groups: list[list[Tool]] = [[tool] for tool in tools]
    if together:
        groups = [
            [tool for tool in tools if tool.tree == tree]
            for tree in dict.fromkeys(tool.tree for tool in tools)
        ]
    with ExitStack() as stack:
        yield [stack.enter_context(Worker(group, seed)) for group in groups]


def ready(workers: Sequence[Worker]) -> dict[str, Any]:
    """Return for each tool `ready`, its CPU seconds until it was ready, or `missing`, why it is not there."""
    return {
        label: report for worker in workers for label, report in worker.ready.items()
    }


def take_turns(
    workers: Sequence[Worker],
    documents: Sequence[Document],
    dice: random.Random,
    *,
    answers: bool = False,
    turn: int = TURN,
) -> Looks:
    """Let every process look at every document once."""
    looks = Looks({}, {}, {})
    for start in range(0, len(documents), turn):
        some = [
            {"text": one["text"], "url": one.get("url")}
            for one in documents[start : start + turn]
        ]
        for worker in dice.sample(list(workers), len(workers)):
            looks.add(worker.ask({"documents": some, "answers": answers}))
    return looks


def memory_after(
    tool: Tool, documents: Sequence[Document], counts: Sequence[int]
) -> dict[str, Any]:
    """Return the megabytes of a fresh process: `loaded`, after each count of documents, and the `peak`; or `missing`."""
    dice = random.Random(0)  # noqa: S311 - no secret
    with crew([tool]) as workers:
        row = ready(workers)[tool.label]
        if "missing" in row:
            return dict(row)
        figures = {"loaded": workers[0].ask({"memory": True})["resident"]}
        done = 0
        for count in counts:
            take_turns(
                workers, documents[done:count], dice, turn=1
            )  # what waits for its turn takes memory too
            done = count
            figures[str(count)] = workers[0].ask({"memory": True})["resident"]
        return figures | {"peak": workers[0].ask({"memory": True})["peak"]}


def memory_table(
    tools: Sequence[Tool], documents: Sequence[Document], counts: Sequence[int]
) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the memory of each tool as a table, and the figures."""
    found = {tool.label: memory_after(tool, documents, counts) for tool in tools}
    names = ["loaded", *map(str, counts), "peak"]
    head = [
        "resident MB",
        "loaded",
        *(f"after {count:,} documents" for count in counts),
        "peak",
    ]
    rows = [
        [label, f"not installed: {row['missing']}"]
        if "missing" in row
        else [label, *(f"{row[name]:.0f}" for name in names)]
        for label, row in found.items()
    ]
    return markdown(head, rows), found

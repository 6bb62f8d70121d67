"""One process of a benchmark: loads tools, takes documents in, hands CPU seconds back. `turns.py` starts and leads it.

Standard input and output carry a line of JSON each way: first what to load, then documents, or a question about memory.
A document is looked at when it comes, once; whoever leads decides whether it comes again.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import random
import re
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Peer = Callable[["Input"], object]
    Loaded = Mapping[str, Peer]
    Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Input:
    """A document as a tool gets it: text or markup, the same as bytes, and its address where it has one."""

    text: str
    data: bytes
    url: str | None = None


def as_input(row: Mapping[str, Any]) -> Input:
    """Return a document that came as JSON. What is prepared here is not on the clock."""
    text = row["text"]
    return Input(text, text.encode("utf-8", "surrogatepass"), row.get("url"))


def load(tools: Sequence[Row]) -> tuple[Loaded, Row]:
    """Return the tools that are there, and for each its CPU seconds until it was ready, or why it is missing."""
    loaded: dict[str, Peer] = {}
    report: Row = {}
    for tool in tools:
        label = tool["label"]
        start = time.process_time()
        try:
            loaded[label] = _load(tool)
        except (ImportError, LookupError) as error:
            if not _says_missing(error):
                raise
            report[label] = {"missing": _first_line(error)}
        else:
            report[label] = {"ready": time.process_time() - start}
    return loaded, report


def _load(tool: Row) -> Peer:
    peers = importlib.import_module(tool["module"])
    peer: Peer = peers.load(tool["peer"], tool["settings"])
    if tool["warm"]:
        try:
            peer(as_input({"text": tool["warm"]}))
        except (
            Exception
        ) as error:  # a tool may refuse the warm-up in any other way: documents count
            if _says_missing(error):
                raise
    return peer


def _says_missing(error: Exception) -> bool:
    """Tell whether something is not installed: nltk raises a bare LookupError where its data is not there."""
    return isinstance(error, ImportError) or type(error) is LookupError


def _first_line(error: BaseException) -> str:
    lines = (line.strip(" *") for line in str(error).splitlines())
    return next((line for line in lines if line), type(error).__name__)


def look(
    tools: Loaded, documents: Sequence[Input], dice: random.Random, *, answers: bool
) -> Row:
    """Return the CPU seconds of each tool for each document, which of them it failed at, and its answers if asked for.

    Where several tools share this process, chance says for each document who goes first and who follows whom.
    """
    seconds: dict[str, list[float]] = {label: [] for label in tools}
    failed: dict[str, list[bool]] = {label: [] for label in tools}
    said: dict[str, list[object]] = {label: [] for label in tools}
    for document in documents:
        for label in dice.sample(sorted(tools), len(tools)):
            answer: object = None
            error = False
            start = time.process_time()
            try:
                answer = tools[label](document)
            except Exception as problem:  # noqa: BLE001 - a tool may fail in any way; it is counted
                error = True
                logging.getLogger(__name__).info("%s: %s", label, problem)
            seconds[label].append(time.process_time() - start)
            failed[label].append(error)
            if answers:
                said[label].append(answer)
    return {"seconds": seconds, "failed": failed, "answers": said}


def memory() -> dict[str, float]:
    """Return the megabytes that are resident now, and the most that ever were in this process.

    What `getrusage` gives as the most counts that of the process that started this one, so it is asked only where
    the system has no `/proc`.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"resident": peak, "peak": peak}
    kilobytes = dict(
        re.findall(
            r"^(VmRSS|VmHWM):\s+(\d+) kB",
            status.read_text(encoding="ascii"),
            re.MULTILINE,
        )
    )
    return {
        "resident": int(kilobytes["VmRSS"]) / 1024,
        "peak": int(kilobytes["VmHWM"]) / 1024,
    }


def check_tree(tree: Path) -> None:
    """Raise SystemExit if what was imported as `cleaner` is not the checkout under test."""
    if "cleaner" in sys.modules:
        found = Path(str(sys.modules["cleaner"].__file__)).resolve()
        if not found.is_relative_to(tree.resolve()):
            raise SystemExit(f"{tree} was to be measured, and Python found {found}")


def serve(requests: TextIO, replies: TextIO) -> None:
    """Answer until nothing more comes."""
    setup = json.loads(requests.readline())
    dice = random.Random(setup["seed"])  # noqa: S311 - no secret
    for tool in setup["tools"]:
        importlib.import_module(
            tool["module"]
        )  # from this checkout, before an older one stands before it
    sys.path.insert(0, setup["tree"])
    tools, reply = load(setup["tools"])
    check_tree(Path(setup["tree"]))
    while True:
        replies.write(json.dumps(reply, default=str) + "\n")
        replies.flush()
        line = requests.readline()
        if not line:
            return
        request = json.loads(line)
        if "documents" in request:
            documents = [as_input(row) for row in request["documents"]]
            reply = look(tools, documents, dice, answers=request["answers"])
        else:
            reply = memory()


def main() -> None:
    logging.disable(logging.CRITICAL)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints goes to standard error
    serve(sys.stdin, replies)


if __name__ == "__main__":
    main()

"""How the time for one document grows with its size: innocent shapes from 1 KB to 10 MB, each looked at once.

    python -m benchmarks.growth                                   texts and pages up to 1 MB
    python -m benchmarks.growth --shapes text/posts,page/links    those whose names hold one of these
    python -m benchmarks.growth --max-size 10000000 --json out.json

Each shape has a process of its own. That cleans the seed documents, so that nothing is loaded for the first time, then
one document a size, from small to large, once: CPU seconds of the first look. A shape that needs more than `--limit` seconds
of CPU is stopped, and a size is left out where the one before says that it would take longer than that.

The table tells the seconds at each size, the exponent between each size and the next (1.0: twice the text takes twice the
time; below it the fixed costs show), and at the end the slowest shapes at 1 MB. A dash stands for what was not measured.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.growth_pages import PAGES
from benchmarks.growth_shapes import TEXTS
from cleaner import Cleaner, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.growth_shapes import Shape

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MEGABYTE = 1_000_000
LIMIT = 30
"""CPU seconds of a shape's process, its start included."""
WALL = 10
"""On a busy machine a second of CPU takes longer by the clock, but not so many times as long."""
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SLOWEST = 10
FEW = 10
"""So many small documents are looked at, each once, because a clock does not tell the time of one."""
TICK = 0.001
"""Seconds that a coarse clock of CPU time may not see."""


class Growth(NamedTuple):
    """What one shape took."""

    shape: str
    seconds: dict[int, float]
    """CPU seconds by size in bytes."""
    ended: str
    """Why it was not measured further; empty where it was."""

    def exponents(self) -> list[float]:
        """Return the exponent between each size and the next."""
        points = sorted(self.seconds.items())
        return [
            math.log(later / earlier) / math.log(large / small)
            for (small, earlier), (large, later) in pairwise(points)
        ]


def name_of(shape: Shape) -> str:
    """Return a shape's name with its kind: `page/posts`."""
    return f"{shape.kind}/{shape.name}"


SHAPES = {name_of(shape): shape for shape in (*TEXTS, *PAGES)}


def chosen(words: str) -> list[str]:
    """Return the names that hold one of some words, parted by commas; all where there are none."""
    wanted = [word for word in words.split(",") if word]
    return [
        name for name in SHAPES if not wanted or any(word in name for word in wanted)
    ]


def look(cleaner: Cleaner, shape: Shape, size: int, turn: int = 0) -> float:
    """Return the CPU seconds that a document of a size takes, from bytes to the record; of small ones the mean of several."""
    count = max(1, min(FEW, MEGABYTE // 10 // size))
    documents = [
        shape.make(size, place) for place in range(turn * count, (turn + 1) * count)
    ]
    start = time.process_time()
    for data in documents:
        try:
            cleaner.clean(
                data, media_type="text/html" if shape.kind == "page" else "text/plain"
            ).to_dict()
        except SourceError as error:
            print(f"{name_of(shape)}, {size} bytes: {error}", file=sys.stderr)
    return max(TICK, time.process_time() - start) / count


def measure_here(shape: Shape, sizes: Iterable[int], limit: float) -> None:
    """Print the seconds of each size as they are known: a line of JSON a size."""
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit) + 1))
    cleaner = Cleaner.default()
    for path in sorted(SEEDS.glob("*.txt")):
        cleaner.clean(path.read_bytes())
    cleaner.clean(SHAPES["page/paragraphs"].make(3_000), media_type="text/html")
    last, seconds = 0, 0.0
    for size in sizes:
        if last and seconds * size / last > limit - time.process_time():
            break
        last, seconds = size, look(cleaner, shape, size)
        print(json.dumps([size, seconds]), flush=True)


def measure(name: str, sizes: Sequence[int], limit: float) -> Growth:
    """Return what a shape takes in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.growth",
        "--here",
        "--shapes",
        name,
        "--limit",
        str(limit),
    ]
    command += ["--max-size", str(max(sizes))]
    ended, limit = "", limit * WALL
    try:
        child = subprocess.run(
            command, stdout=subprocess.PIPE, timeout=limit, check=False
        )
        output = child.stdout
        ended = f"stopped (exit {child.returncode})" if child.returncode else ""
    except subprocess.TimeoutExpired as late:
        output, ended = late.stdout or b"", "stopped by the clock"
    seconds = {
        int(size): float(taken) for size, taken in map(json.loads, output.splitlines())
    }
    return Growth(
        name, seconds, ended or ("" if len(seconds) == len(sizes) else "too long")
    )


def row(growth: Growth, sizes: Sequence[int]) -> str:
    """Return a line of the table."""
    taken = "".join(
        f"{growth.seconds[size]:>9.4f}" if size in growth.seconds else f"{'–':>9}"
        for size in sizes
    )
    exponents = " ".join(f"{each:5.2f}" for each in growth.exponents())
    return f"{growth.shape:<44}{taken}   {exponents}  {growth.ended}"


def slowest(found: Iterable[Growth]) -> list[str]:
    """Return lines that name the shapes which take longest at 1 MB."""
    there = [growth for growth in found if MEGABYTE in growth.seconds]
    ordered = sorted(there, key=lambda growth: -growth.seconds[MEGABYTE])[:SLOWEST]
    return [f"{growth.seconds[MEGABYTE]:>9.3f} s  {growth.shape}" for growth in ordered]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--shapes", default="", help="parts of names, with commas between them"
    )
    parser.add_argument("--max-size", type=int, default=MEGABYTE, help="bytes")
    parser.add_argument(
        "--limit", type=float, default=LIMIT, help="CPU seconds a shape"
    )
    parser.add_argument("--json", type=Path, help="write the figures")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.max_size]
    if options.here:
        return measure_here(SHAPES[options.shapes], sizes, options.limit)
    print(f"{'CPU seconds':<44}{''.join(f'{size:>9}' for size in sizes)}   exponents")
    found = []
    for name in chosen(options.shapes):
        found.append(measure(name, sizes, options.limit))
        print(row(found[-1], sizes), flush=True)
    print("\nSlowest at 1 MB:", *slowest(found), sep="\n")
    if options.json:
        figures = {
            growth.shape: growth._asdict() | {"exponents": growth.exponents()}
            for growth in found
        }
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return None


if __name__ == "__main__":
    main()

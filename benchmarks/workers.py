"""One worker against two: 2,000 texts as JSON lines and 300 pages, wall and processor seconds, and how soon a worker is ready.

    python -m benchmarks.workers BENCH                   medians of three runs, as Markdown
    python -m benchmarks.workers BENCH --runs 5 --json
    python -m benchmarks.workers BENCH --tree ../older   an older checkout in turn with this one
    python -m benchmarks.workers BENCH --texts 500 --pages 50

BENCH is the folder with `data/`. Runs of one and of two jobs take turns. Wall time says something only where nobody else is at
work; processor time is that of the command itself and of all its children.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from cleaner import Cleaner
from cleaner.batch.clean_one import whole
from cleaner.batch.workers.processes import new_source
from cleaner.batch.workers.warm_up import PAGE, TEXT
from cleaner.batch.workers.worker import Job

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
SETS = ("scrapinghub", "fundus", "wcxb_article")
COMMAND = """
import json, resource, sys
from cleaner.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([second for usage in usages for second in (usage.ru_utime, usage.ru_stime)]))
"""


def texts(bench: Path) -> Iterator[Row]:
    """Yield the texts again and again: there are some 300 different ones."""
    with gzip.open(
        bench / "data" / "text" / "e.jsonl.gz", "rt", encoding="utf-8"
    ) as rows:
        yield from (
            {"text": "\n".join(row["lines"])} for row in cycle([*map(json.loads, rows)])
        )


def pages(bench: Path) -> Iterator[Row]:
    """Yield pages that are UTF-8, of one set after the other."""
    for name in SETS:
        with gzip.open(
            bench / "data" / "html" / f"{name}.jsonl.gz",
            "rt",
            encoding="utf-8",
            newline="\n",
        ) as rows:
            yield from (
                {"html": row["html"], "url": row.get("url")}
                for row in map(json.loads, rows)
                if row.get("html")
            )


def write(path: Path, rows: Iterator[Row], count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            f"{json.dumps({'id': str(n), **row})}\n"
            for n, row in enumerate(islice(rows, count))
        )
    return path


def run(tree: Path, source: Path, jobs: int) -> Row:
    """Run the command once; return its seconds, and the hash of what it wrote."""
    out = source.with_suffix(".out")
    shutil.rmtree(out, ignore_errors=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "CLEANER_CACHE": str(source.with_name(f"{tree.name}.cache")),
    }
    arguments = [str(source), "-o", str(out), "-f", "jsonl", "-q", "--jobs", str(jobs)]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment,
        cwd=source.parent,
        capture_output=True,
        check=True,
    )
    wall = time.monotonic() - began
    user, system, user_below, system_below = json.loads(done.stdout.splitlines()[-1])
    parts = b"".join(path.read_bytes() for path in sorted(out.glob("part-*")))
    return {
        "wall": wall, "cpu": user + system + user_below + system_below, "parent user": user, "parent system": system,
        "children user": user_below, "children system": system_below, "written": hashlib.sha256(parts).hexdigest(),
    }  # fmt: skip


def until_ready(count: int = 5) -> list[float]:
    """Return the seconds until workers are ready that are asked for one after the other; the first starts the server."""
    job, source = Job(Cleaner.default(), whole, samples=(TEXT, PAGE)), new_source()
    found = []
    for _ in range(count):
        began = time.monotonic()
        worker = source.start(job)
        worker.channel.recv()
        found.append(time.monotonic() - began)
        worker.handle.end()
        worker.channel.close()
        worker.marks.close()
    source.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument(
        "--tree",
        type=Path,
        action="append",
        default=[],
        help="another checkout, in turn with this one",
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    trees = [ROOT, *(tree.resolve() for tree in given.tree)]
    table: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        inputs = (
            write(Path(name) / "texts.jsonl", texts(given.bench), given.texts),
            write(Path(name) / "pages.jsonl", pages(given.bench), given.pages),
        )
        for tree in trees:
            run(
                tree, write(Path(name) / "one.jsonl", texts(given.bench), 1), 1
            )  # fills the cache
        for source in inputs:
            table += compared(trees, source, given.runs)
    ready = until_ready()
    if given.json:
        print(json.dumps({"runs": table, "seconds until ready": ready}, indent=2))
        return
    names = [key for key in table[0] if key not in {"tree", "input", "jobs", "written"}]
    print(f"| | jobs | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for row in table:
        print(
            f"| {row['tree']}, {row['input']} | {row['jobs']} | {' | '.join(f'{row[key]:.2f}' for key in names)} |"
        )
    print(
        f"\nSeconds until a worker is ready, the first with its server: {', '.join(f'{took:.3f}' for took in ready)}"
    )


def compared(trees: list[Path], source: Path, runs: int) -> Iterator[Row]:
    """Yield the medians of each checkout with one job and with two, which write the same bytes."""
    found: dict[tuple[Path, int], list[Row]] = {}
    for _ in range(runs):
        for tree in trees:
            for jobs in (1, 2):
                found.setdefault((tree, jobs), []).append(run(tree, source, jobs))
    for tree in trees:
        written = {row["written"] for jobs in (1, 2) for row in found[tree, jobs]}
        assert len(written) == 1, f"{tree}: the results depend on the number of jobs"
    for (tree, jobs), rows in found.items():
        medians = {
            key: median(row[key] for row in rows) for key in rows[0] if key != "written"
        }
        yield {
            "tree": tree.name,
            "input": source.stem,
            "jobs": jobs,
            **medians,
            "written": rows[0]["written"],
        }


if __name__ == "__main__":
    main()

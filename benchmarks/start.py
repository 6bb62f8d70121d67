"""What it costs to begin: processor seconds, user and system, of commands and of the first steps in a program.

    python -m benchmarks.start BENCH                     medians of five runs, as Markdown
    python -m benchmarks.start BENCH --runs 9 --json
    python -m benchmarks.start BENCH --tree ../older     an older checkout in turn with this one

BENCH is the folder with `data/`. Each command is a process of its own; one text and one page of the benchmark are its inputs. The
cache of rule books is a folder of the benchmark's own: `cold` empties it, all other rows find the book in it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
STEPS = """
import json, sys, time
began, laps = time.process_time(), {}
def lap(name):
    global began
    laps[name], began = time.process_time() - began, time.process_time()
text, page = (open(name, "rb").read() for name in sys.argv[1:])
import cleaner
lap("import cleaner")
cleaner = cleaner.Cleaner.default()
lap("Cleaner.default()")
cleaner.clean(text)
lap("the first text")
cleaner.clean(text)
lap("the same text again")
cleaner.clean(page, media_type="text/html")
lap("the first page")
cleaner.clean(page, media_type="text/html")
lap("the same page again")
print(json.dumps(laps))
"""


def write_inputs(bench: Path, folder: Path) -> None:
    """Write a text and a page of the benchmark."""
    with gzip.open(
        bench / "data" / "text" / "e.jsonl.gz", "rt", encoding="utf-8"
    ) as rows:
        (folder / "text.txt").write_text(
            "\n".join(json.loads(next(rows))["lines"]), encoding="utf-8"
        )
    with gzip.open(
        bench / "data" / "html" / "scrapinghub.jsonl.gz", "rt", encoding="utf-8"
    ) as rows:
        (folder / "page.html").write_text(
            json.loads(next(rows))["html"], encoding="utf-8"
        )


def seconds(tree: Path, folder: Path, arguments: Sequence[str]) -> tuple[float, bytes]:
    """Run Python once with a checkout; return the CPU seconds of the process and of its children, and its output."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "CLEANER_CACHE": str(folder / "cache" / tree.name),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    shutil.rmtree(folder / "out", ignore_errors=True)
    with (folder / "text.txt").open("rb") as text, (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            stdin=text,
            stdout=said,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return usage.ru_utime + usage.ru_stime, (folder / "said").read_bytes()


def rows(tree: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield the name and the seconds of everything once."""
    command = ["-m", "cleaner"]
    shutil.rmtree(folder / "cache" / tree.name, ignore_errors=True)
    to_folder = [*command, str(folder / "text.txt"), "-o", str(folder / "out"), "-q"]
    yield "`clean FILE -o OUT`, cold", seconds(tree, folder, to_folder)[0]
    yield "`clean FILE -o OUT`", seconds(tree, folder, to_folder)[0]
    yield "`clean - < FILE`", seconds(tree, folder, [*command, "-", "-q"])[0]
    yield (
        "`clean PAGE -o OUT`",
        seconds(
            tree,
            folder,
            [*command, str(folder / "page.html"), "-o", str(folder / "out"), "-q"],
        )[0],
    )
    yield "`clean --help`", seconds(tree, folder, [*command, "--help"])[0]
    said = seconds(
        tree, folder, ["-c", STEPS, str(folder / "text.txt"), str(folder / "page.html")]
    )[1]
    yield from json.loads(said).items()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--runs", type=int, default=5)
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
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_inputs(given.bench, folder)
        for (
            tree
        ) in trees:  # Python compiles its modules once; that is no part of a start
            list(rows(tree, folder))
        for _ in range(given.runs):
            for tree in trees:
                for row, took in rows(tree, folder):
                    found.setdefault(row, {}).setdefault(str(tree), []).append(took)
    table = {
        row: {tree: median(values) for tree, values in trees.items()}
        for row, trees in found.items()
    }
    if given.json:
        print(json.dumps(table, indent=2))
        return
    print(
        f"| CPU seconds, median of {given.runs} |{' | '.join(tree.name for tree in trees)} |"
    )
    print(f"|---|{'---|' * len(trees)}")
    for row, values in table.items():
        print(f"| {row} | {' | '.join(f'{values[str(tree)]:.3f}' for tree in trees)} |")


if __name__ == "__main__":
    main()

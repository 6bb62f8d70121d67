"""Whole runs over the same documents, some of them broken: what comes out, what is lost, how it is said, how long it takes.

    python -m benchmarks.runs BENCH                     the tables, as Markdown
    python -m benchmarks.runs BENCH --page docs/etl.md  write them between the page's marks

BENCH is the folder with `data/`. Its texts become JSON lines, its pages become files; then some are broken, as they are in
real life (`BROKEN_LINES`, `BROKEN_PAGES`). Each tool runs as its users run it, as processes of their own, two at a time: this
program's command, datatrove with its C4 filter (it needs spacy), trafilatura's command. A document is lost if it comes out nowhere: neither among
the results nor among what the tool says that it has left out. The seconds are those of the whole run, start included.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
import zlib
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MARKS = re.compile(r"(<!-- runs -->\n).*?(<!-- end -->)", re.DOTALL)
FORMS, SETS = ("d", "e"), ("scrapinghub", "fundus", "wcxb_article", "trafilatura_eval")
FILES = 4
JOBS = "2"
LIMIT = 900
BROKEN_LINES = (
    '{"id": "cut", "text": "The council s',
    '{"id": "null", "text": null}',
    '{"id": "none", "title": "No text"}',
)
"""Lines that hold no document, put into the middle of the second file. The third file is cut off after two thirds."""
BROKEN_PAGES = {
    "empty.html": b"",
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"<p>The council met.</p>",
    "cut.html": b"<html><head><title>Cut</title><script>var a = '",
}
DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import C4QualityFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
if __name__ == "__main__":
    source, out = sys.argv[1:]
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(source, glob_pattern="*.jsonl*", compression="infer"),
            C4QualityFilter(exclusion_writer=JsonlWriter(f"{out}/left_out")),
            JsonlWriter(f"{out}/clean"),
        ],
        tasks=4, workers=2, logging_dir=f"{out}/logs",
    ).run()
"""


class Ran(NamedTuple):
    """What a run came to."""

    exit: int | str
    seconds: float
    clean: int
    named: int
    """Documents that the tool says it has left out or rejected."""


def texts(bench: Path) -> Iterator[dict[str, str]]:
    """Yield the texts as records, several times with other ids: start-up shall not be what is measured."""
    for turn in range(4):
        for form in FORMS:
            with gzip.open(
                bench / "data" / "text" / f"{form}.jsonl.gz",
                "rt",
                encoding="utf-8",
                newline="\n",
            ) as rows:
                for row in map(json.loads, rows):
                    yield {
                        "id": f"{form}-{row['id']}-{turn}",
                        "text": "\n".join(row["lines"]),
                    }


def write_lines(bench: Path, folder: Path) -> int:
    """Write the files of records, and return how many records are in them, the broken ones and the one that was cut included."""
    records = list(texts(bench))
    count = 0
    for number in range(FILES):
        lines = [
            json.dumps(record, ensure_ascii=False) for record in records[number::FILES]
        ]
        if number == 1:
            lines[len(lines) // 2 : len(lines) // 2] = BROKEN_LINES
        data = "".join(f"{line}\n" for line in lines).encode()
        if number == 2:
            whole = gzip.compress(data, mtime=0)
            cut = whole[: len(whole) * 2 // 3]
            (folder / f"{number}.jsonl.gz").write_bytes(cut)
            count += _readable(cut) + 1
        else:
            (folder / f"{number}.jsonl").write_bytes(data)
            count += len(lines)
    return count


def _readable(data: bytes) -> int:
    """Return how many whole lines come out of a gzip file, which may be cut off."""
    count, rest = 0, data
    while rest:
        member = zlib.decompressobj(31)
        count += member.decompress(rest).count(b"\n")
        rest = member.unused_data
    return count


def write_pages(bench: Path, folder: Path, limit: int) -> int:
    """Write the pages as files, and return how many there are."""
    count = 0
    for name in SETS:
        with gzip.open(
            bench / "data" / "html" / f"{name}.jsonl.gz",
            "rt",
            encoding="utf-8",
            newline="\n",
        ) as rows:
            for row in islice(map(json.loads, rows), limit):
                data = (
                    row["html"].encode()
                    if "html" in row
                    else base64.b64decode(row["html_b64"])
                )
                (folder / f"{count:04}.html").write_bytes(data)
                count += 1
    for name, data in BROKEN_PAGES.items():
        (folder / name).write_bytes(data)
    return count + len(BROKEN_PAGES)


def _go(command: Sequence[str], counts: Callable[[], tuple[int, int]]) -> Ran:
    began = time.monotonic()
    try:
        code: int | str = subprocess.run(
            command, capture_output=True, timeout=LIMIT, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        code = f"none after {LIMIT} s"
    return Ran(code, time.monotonic() - began, *counts())


def ours(source: Path, out: Path, *options: str) -> Ran:
    """Run this program's command."""

    def counts() -> tuple[int, int]:
        report = json.loads((out / ".clean" / "report.json").read_bytes())
        return report["clean"], report["rejected"] + report["skipped"]

    return _go(
        [
            sys.executable,
            "-m",
            "cleaner",
            str(source),
            "-o",
            str(out),
            "-j",
            JOBS,
            "-q",
            *options,
        ],
        counts,
    )


def datatrove(source: Path, out: Path) -> Ran:
    """Run a pipeline of datatrove's with its C4 filter."""

    def counts() -> tuple[int, int]:
        return _lines(out / "clean"), _lines(out / "left_out")

    script = out.with_suffix(".py")
    script.write_text(DATATROVE, encoding="utf-8")
    return _go([sys.executable, str(script), str(source), str(out)], counts)


def _lines(folder: Path) -> int:
    return sum(_readable(path.read_bytes()) for path in folder.rglob("*.jsonl.gz"))


def trafilatura(source: Path, out: Path) -> Ran:
    """Run trafilatura's command over a folder; it says nothing of what it leaves out."""
    command = [
        sys.executable,
        "-m",
        "trafilatura.cli",
        "--input-dir",
        str(source),
        "--output-dir",
        str(out),
    ]
    return _go(
        [*command, "--with-metadata", "--parallel", JOBS],
        lambda: (sum(path.is_file() for path in out.rglob("*")), 0),
    )


def table(count: int, ran: dict[str, Ran]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield "| | in | clean | excluded or rejected, and reported | lost | exit code | seconds | documents a second |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, run in ran.items():
        lost = count - run.clean - run.named
        figures = f"{run.seconds:.1f} | {count / run.seconds:,.0f}"
        yield f"| {name} | {count:,} | {run.clean:,} | {run.named:,} | {lost:,} | {run.exit} | {figures} |"


def _named(package: str) -> str | None:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None


def both(bench: Path, limit: int, base: Path) -> Iterator[str]:
    """Run everything and yield the page."""
    lines, pages = base / "lines", base / "pages"
    for folder in (lines, pages):
        folder.mkdir()
    count = write_lines(bench, lines)
    ran = {"cleaner, JSON lines": ours(lines, base / "a", "-f", "jsonl")}
    if peer := _named("datatrove"):
        ran[f"{peer}, C4 filter"] = datatrove(lines, base / "b")
    yield from table(count, ran)
    yield ""
    count = write_pages(bench, pages, limit)
    ran = {"cleaner, pages": ours(pages, base / "c")}
    if peer := _named("trafilatura"):
        ran[f"{peer}, its command, with metadata"] = trafilatura(pages, base / "d")
    yield from table(count, ran)


def main() -> None:
    """Run and print, or write into a page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=150, help="pages of each set")
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        made = "\n".join(chain(both(asked.bench, asked.limit, Path(base)), [""]))
    print(made)
    if asked.page:
        page = asked.page.read_text(encoding="utf-8")
        asked.page.write_text(
            MARKS.sub(lambda found: found[1] + made + found[2], page), encoding="utf-8"
        )


if __name__ == "__main__":
    main()

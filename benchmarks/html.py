"""Ours and the peers on the same pages in one run: bodies, facts, speed, memory.

    python -m benchmarks.html BENCH                      the table, as Markdown
    python -m benchmarks.html BENCH --page docs/html.md  write it between the page's marks
    python -m benchmarks.html BENCH --only cleaner,trafilatura --limit 50
    python -m benchmarks.html BENCH --memory             peak memory of each tool after 100 and 1,000 pages

BENCH is the folder with `score_html.py` and `data/`. The tools take turns page by page, so that a busy machine is busy for all of
them; the seconds are the process's own. A tool that is not installed is named in the table as missing. A tool that raises
has an empty answer, and is counted. The scores are the benchmark's own.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import importlib
import json
import logging
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.html_peers import PEERS
from cleaner.model import Source
from cleaner.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = dict[str, Any]

SETS = ("scrapinghub", "fundus", "wcxb_article", "trafilatura_eval")
MARKS = re.compile(r"<!-- table -->.*?(?:<!-- end -->|(?=\n\n## ))", re.DOTALL)
CJK = ("ja", "zh", "ko")
WARM = "<html><body><article><p>One page to load everything before the clock starts.</p></article></body></html>"


def pages(bench: Path, sets: Sequence[str], limit: int | None) -> Iterator[tuple[str, Row, str]]:
    """Yield the set, the gold and the decoded markup of each page."""
    for name in sets:
        with gzip.open(bench / "data" / "html" / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as rows:
            for row in islice(map(json.loads, rows), limit):
                data = row.pop("html", None) or base64.b64decode(row.pop("html_b64"))
                yield name, row, decode(Source(id="", data=data, media_type="text/html")).text


def run(bench: Path, names: Sequence[str], sets: Sequence[str], limit: int | None) -> list[Row]:
    """Return one row of figures for each tool."""
    scorer = importlib.import_module("score_html")
    tools, missing = {}, []
    for name in names:
        try:
            PEERS[name](WARM, None)
            tools[name] = PEERS[name]
        except ImportError as error:
            missing.append({"tool": name, "missing": str(error)})
        except Exception:  # noqa: BLE001 - a tool may refuse the warm-up page in any way; pages count
            tools[name] = PEERS[name]
    scores: dict[tuple[str, str], list[Row]] = defaultdict(list)
    seconds: Counter[str] = Counter()
    count = 0
    for set_, gold, markup in pages(bench, sets, limit):
        count += 1
        for name, tool in tools.items():
            start, answer, failed = time.process_time(), {}, False
            try:
                answer = dict(tool(markup, gold.get("url")))
            except Exception:  # noqa: BLE001 - an extractor may fail in any way; it is counted
                failed = True
            seconds[name] += time.process_time() - start  # type: ignore[assignment] # a Counter of floats
            row = scorer.score_page(gold, answer | {"published": answer.get("date") or ""})
            row |= {"failed": failed, "cjk": str(gold.get("lang", ""))[:2] in CJK, "invented": _invented(gold, answer)}
            row["lost"] = row["empty"] and bool(gold.get("body") or gold.get("with"))
            scores[name, set_].append(row)
    return [_figures(name, scores, scorer, count / seconds[name]) for name in tools] + missing


def _invented(gold: Row, answer: Row) -> str | None:
    """Return how sure a date is where the gold has none: `-` for none; None where the gold has one, or no facts at all."""
    if gold.get("date") or "title" not in gold:
        return None
    return (answer.get("sure") or "yes") if answer.get("date") else "-"


def _figures(name: str, scores: dict[tuple[str, str], list[Row]], scorer: Any, speed: float) -> Row:  # noqa: ANN401
    row: Row = {"tool": name, "pages/s": speed}
    everything = []
    for (tool, set_), some in scores.items():
        if tool == name:
            everything += some
            row |= {f"{set_} {key}": value for key, value in scorer.summary(some).items()}
            if cjk := [one for one in some if one["cjk"]]:
                row["cjk F1"] = scorer.summary(cjk).get("F1")
    row["empty"] = sum(one["lost"] for one in everything)
    row["failed"] = sum(one["failed"] for one in everything)
    dates = Counter(one["invented"] for one in everything if one["invented"])
    row["invented"] = " ".join(f"{sure} {number}" for sure, number in sorted(dates.items()) if sure != "-") or "0"
    row["undated"] = dates.total()
    return row


COLUMNS = {
    "scrapinghub F1": "scrapinghub F1", "exact": "scrapinghub exact", "fundus F1": "fundus F1", "CJK": "cjk F1",
    "wcxb F1": "wcxb_article F1", "traf. eval seg F1": "trafilatura_eval segF1",
}  # fmt: skip
FACTS = ("fundus", "wcxb_article", "trafilatura_eval")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as two Markdown tables: bodies, and facts."""
    head = ["", *COLUMNS, "empty", "errors", "pages/s, against trafilatura"]
    base = next((row["pages/s"] for row in rows if row["tool"] == "trafilatura" and "missing" not in row), None)
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        if "missing" in row:
            lines.append(f"| {row['tool']} | not installed: {row['missing']} |" + " |" * (len(head) - 2))
            continue
        cells = [_cell(row.get(key)) for key in COLUMNS.values()]
        speed = f"{row['pages/s']:.1f}" + (f", {row['pages/s'] / base:.2f}" if base else "")
        lines.append(f"| {row['tool']} | " + " | ".join([*cells, str(row["empty"]), str(row["failed"]), speed]) + " |")
    wanted = [row for row in rows if any(f"{name} title" in row for name in FACTS)]
    undated = max((row["undated"] for row in wanted), default=0)
    head = ["title / authors / date", *FACTS, f"a date on {undated} pages without"]
    lines += ["", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in wanted:
        cells = [" / ".join(_cell(row.get(f"{name} {key}")) for key in ("title", "authors", "date")) for name in FACTS]
        lines.append(f"| {row['tool']} | " + " | ".join([*cells, row["invented"]]) + " |")
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–"


def memory(bench: Path, names: Sequence[str]) -> str:
    """Return the peak memory of each tool, alone in a process of its own, after 100 and 1,000 pages, in MB."""
    lines = ["| | MB after 100 pages | after 1,000 |", "|---|---|---|"]
    for name in names:
        cells = []
        for count in (100, 1000):
            command = [sys.executable, "-m", "benchmarks.html", str(bench), "--only", name, "--peak", str(count)]
            cells.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def peak(bench: Path, name: str, count: int) -> int:
    """Return the process's peak memory in MB after so many pages."""
    for _, gold, markup in islice(pages(bench, SETS, None), count):
        try:
            PEERS[name](markup, gold.get("url"))
        except Exception:  # noqa: BLE001, S112 - counted by `run`
            continue
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--only", default="", help="names of tools, joined by ;")
    parser.add_argument("--limit", type=int, help="pages of each set")
    parser.add_argument("--page", type=Path, help="write the table into a page, at `<!-- table -->`")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, str(args.bench))
    names = args.only.split(";") if args.only else list(PEERS)
    if args.peak:
        print(peak(args.bench, names[0], args.peak))
    elif args.memory:
        print(memory(args.bench, names))
    else:
        shown = table(run(args.bench, names, args.sets.split(","), args.limit))
        print(shown)
        if args.page:
            page = args.page.read_text(encoding="utf-8")
            args.page.write_text(
                MARKS.sub(lambda _: f"<!-- table -->\n\n{shown}\n\n<!-- end -->", page), encoding="utf-8"
            )


if __name__ == "__main__":
    main()

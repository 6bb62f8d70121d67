"""Ours and the peers on the same pages in one run: bodies, facts, speed, memory.

    python -m benchmarks.html BENCH                       the tables, as Markdown
    python -m benchmarks.html BENCH --base CHECKOUT       the same, beside the version of that checkout too
    python -m benchmarks.html BENCH --page docs/html.md   write them between the page's marks: bodies and facts
    python -m benchmarks.html BENCH --page docs/speed.md  speed; --page may be given more than once
    python -m benchmarks.html BENCH --only "cleaner;trafilatura" --limit 50
    python -m benchmarks.html BENCH --memory              megabytes after 100 and 1,000 pages

BENCH is the folder with `score_html.py` and `data/`. A tool that is not installed is named in the table as missing. A tool that
raises has an empty answer, and is counted. The scores are the benchmark's own.

*First look*: a fresh process, 50 pages to get warm, then the other pages, each once: what a pipeline does, and the figure that
counts. *Second look* (`--looks 2`): the same pages once more, after all of them; what was remembered or built for them costs
nothing then, and no pipeline gets that figure.

How it is done: every tool has a process of its own, because tools in one process warm each other: ours asks trafilatura, and
trafilatura's modes share its caches (`--together` shows what that does). They take turns, five pages each, in an order that
chance makes anew every turn. Seconds are CPU time of the tool's process, all its threads. A round starts everything afresh with
the pages in another order; figures are medians of the rounds, with the lowest and the highest in brackets. *As fast as* is the
other's time by the row's own: *sums* of all pages, *median* of the pages' own ratios. Everybody gets the decoded markup.

*Memory*: a fresh process, pages of all sets one after the other, each once; `loaded` is before the first, `peak` the most ever.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import importlib
import json
import sys
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import fill, markdown, milliseconds, sums
from benchmarks.html_peers import PEERS
from benchmarks.looks import Plan, earlier, figures, measure, table
from benchmarks.turns import Tool, memory_table
from cleaner.model import Source
from cleaner.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.looks import Measured

    Row = dict[str, Any]

SETS = ("scrapinghub", "fundus", "wcxb_article", "trafilatura_eval")
CJK = ("ja", "zh", "ko")
MEMORY_AFTER = (100, 1_000)
TRAFILATURA = ("trafilatura", "trafilatura, fast")
WARM = "<html><body><article><p>One page to load everything before the clock starts.</p></article></body></html>"


def pages(bench: Path, sets: Sequence[str], limit: int | None) -> Iterator[Row]:
    """Yield for each page its set, its gold, its address and its decoded markup."""
    for name in sets:
        with gzip.open(
            bench / "data" / "html" / f"{name}.jsonl.gz",
            "rt",
            encoding="utf-8",
            newline="\n",
        ) as lines:
            for gold in islice(map(json.loads, lines), limit):
                data = gold.pop("html", None) or base64.b64decode(gold.pop("html_b64"))
                text = decode(Source(id="", data=data, media_type="text/html")).text
                yield {"set": name, "gold": gold, "url": gold.get("url"), "text": text}


def tools_of(names: Sequence[str], base: Path | None) -> list[Tool]:
    """Return the tools of the names, and ours of the earlier checkout."""
    tools = [Tool(name, "benchmarks.html_peers", name, WARM) for name in names]
    if base:
        tools.append(
            Tool(earlier(base), "benchmarks.html_peers", "cleaner", WARM, tree=base)
        )
    return tools


def scored(measured: Measured, names: Sequence[str], bench: Path) -> list[Row]:
    """Return one row of scores for each tool, and one that says why for each that is missing."""
    sys.path.insert(0, str(bench))
    scorer = importlib.import_module("score_html")
    scores: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for page, answers in measured.answers:
        for name, answer in answers.items():
            scores[name, page["set"]].append(_score(page["gold"], answer, scorer))
    missing = [
        {"tool": name, "missing": measured.missing[name]}
        for name in names
        if name in measured.missing
    ]
    return [
        _figures(name, scores, scorer) for name in names if name not in measured.missing
    ] + missing


def _score(gold: Row, said: Row | None, scorer: Any) -> Row:  # noqa: ANN401 - the benchmark's module
    answer = said or {}
    row: Row = scorer.score_page(gold, answer | {"published": answer.get("date") or ""})
    row |= {
        "failed": said is None,
        "cjk": str(gold.get("lang", ""))[:2] in CJK,
        "invented": _invented(gold, answer),
    }
    row["lost"] = row["empty"] and bool(gold.get("body") or gold.get("with"))
    return row


def _invented(gold: Row, answer: Row) -> str | None:
    """Return how sure a date is where the gold has none: `-` for none; None where the gold has one, or no facts at all."""
    if gold.get("date") or "title" not in gold:
        return None
    return (answer.get("sure") or "yes") if answer.get("date") else "-"


def _figures(name: str, scores: dict[tuple[str, str], list[Row]], scorer: Any) -> Row:  # noqa: ANN401
    row: Row = {"tool": name}
    everything = []
    for (tool, set_), some in scores.items():
        if tool == name:
            everything += some
            row |= {
                f"{set_} {key}": value for key, value in scorer.summary(some).items()
            }
            if cjk := [one for one in some if one["cjk"]]:
                row["cjk F1"] = scorer.summary(cjk).get("F1")
    row["empty"] = sum(one["lost"] for one in everything)
    row["failed"] = sum(one["failed"] for one in everything)
    dates = Counter(one["invented"] for one in everything if one["invented"])
    row["invented"] = (
        " ".join(
            f"{sure} {number}" for sure, number in sorted(dates.items()) if sure != "-"
        )
        or "0"
    )
    row["undated"] = dates.total()
    return row


COLUMNS = {
    "scrapinghub F1": "scrapinghub F1", "exact": "scrapinghub exact", "fundus F1": "fundus F1", "CJK": "cjk F1",
    "wcxb F1": "wcxb_article F1", "traf. eval seg F1": "trafilatura_eval segF1",
}  # fmt: skip
FACTS = ("fundus", "wcxb_article", "trafilatura_eval")


def bodies(scores: Sequence[Row], measured: Measured) -> str:
    """Return what became of the bodies, as a table."""
    base = TRAFILATURA[0] if TRAFILATURA[0] in measured.ready else None
    head = [
        "",
        *COLUMNS,
        "empty",
        "errors",
        "ms a page",
        *([f"as fast as {base}"] if base else []),
    ]
    lines = []
    for row in scores:
        name = row["tool"]
        if "missing" in row:
            lines.append([name, f"not installed: {row['missing']}"])
            continue
        cells = [_cell(row.get(key)) for key in COLUMNS.values()]
        speed = [f"{milliseconds(measured.first, name).middle:.1f}"]
        speed += [f"{sums(measured.first, name, base).middle:.2f}"] if base else []
        lines.append([name, *cells, str(row["empty"]), str(row["failed"]), *speed])
    return markdown(head, lines)


def facts(scores: Sequence[Row]) -> str:
    """Return what became of title, authors and date, as a table."""
    wanted = [row for row in scores if any(f"{name} title" in row for name in FACTS)]
    undated = max((row["undated"] for row in wanted), default=0)
    lines = []
    for row in wanted:
        cells = [
            " / ".join(
                _cell(row.get(f"{name} {key}")) for key in ("title", "authors", "date")
            )
            for name in FACTS
        ]
        lines.append([row["tool"], *cells, row["invented"]])
    return markdown(
        ["title / authors / date", *FACTS, f"a date on {undated} pages without"], lines
    )


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–"


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--only", default="", help="names of tools, joined by ;")
    parser.add_argument("--limit", type=int, help="pages of each set")
    parser.add_argument("--base", type=Path, help="a checkout of an earlier version")
    parser.add_argument(
        "--before", type=int, default=50, help="pages before the clock starts"
    )
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--looks", type=int, default=1, choices=(1, 2))
    parser.add_argument(
        "--together", action="store_true", help="all tools in one process"
    )
    parser.add_argument("--memory", action="store_true")
    parser.add_argument(
        "--page",
        type=Path,
        action="append",
        default=[],
        help="write the tables into a page, at its marks",
    )
    parser.add_argument("--json", type=Path, help="write the figures")
    options = parser.parse_args(arguments)
    options.names = options.only.split(";") if options.only else list(PEERS)
    options.base = options.base and options.base.resolve()
    return options


def compare(options: argparse.Namespace) -> tuple[dict[str, str], Row]:
    """Return the tables by the names of their marks, and the figures."""
    plan = Plan(options.before, None, options.rounds, options.looks, options.together)
    tools = tools_of(options.names, options.base)
    documents = list(pages(options.bench, options.sets.split(","), options.limit))
    measured = measure(tools, documents, plan, answers=True)
    others = [
        name
        for name in (*TRAFILATURA, options.base and earlier(options.base))
        if name in measured.ready
    ]
    scores = scored(measured, options.names, options.bench)
    tables = {
        "": bodies(scores, measured) + "\n\n" + facts(scores),
        "pages": table(
            f"{len(measured.first[0][tools[0].label]):,} pages", measured, others
        ),
    }
    return tables, {"pages": figures(measured, others), "scores": scores}


def memory(options: argparse.Namespace) -> tuple[dict[str, str], Row]:
    """Return the memory of the tools after some pages."""
    documents = list(
        islice(
            pages(options.bench, options.sets.split(","), options.limit),
            max(MEMORY_AFTER),
        )
    )
    table, found = memory_table(
        tools_of(options.names, options.base), documents, MEMORY_AFTER
    )
    return {"memory of pages": table}, {"memory": found}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what is to be written."""
    options = read_options(arguments)
    tables, found = memory(options) if options.memory else compare(options)
    print(*tables.values(), sep="\n\n")
    for page in options.page:
        fill(page, tables)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Speed and memory of the text path beside peers and beside an earlier version: what a document costs that is new.

    python -m benchmarks.text BENCH                        each form beside the peers, and growth with the rules
    python -m benchmarks.text BENCH --base CHECKOUT        the same, beside the version of that checkout too
    python -m benchmarks.text BENCH --rules                growth with the rules alone
    python -m benchmarks.text BENCH --memory               megabytes after 100 and 500 texts alone
    python -m benchmarks.text BENCH --all --page docs/speed.md --json figures.json

BENCH is the folder with `data/text/{e,d,c}.jsonl.gz` (lines of public news pages), or any folder of `.txt` files: then they
are the one form. Start it with `-m`, from the checkout.

*First look*: a fresh process, 50 documents to get warm, then other documents, each once. That is what a pipeline does, and
the figure that counts. *Second look*: the same documents once more, after all of them. Whatever is remembered of them, or
was built only when they came, now costs nothing; no pipeline gets that figure, and the table has it to show the difference.

How it is done: each form has processes of its own, one for each tool, because tools in one process warm each other
(`--together` shows what that does). They take turns, five documents each, in an order that chance makes anew every turn.
Seconds are CPU time of the tool's process. A round starts everything afresh with the documents in another order; figures are
medians of the rounds, with the lowest and the highest in brackets. *As fast as* is the other's time by the row's own: *sums* of
all documents, *median* of the documents' own ratios. Ours is the whole path, from bytes to the record; peers get decoded text.

*Rules*: books of 100, 1,000 and 10,000 made rules (words of the texts: four in five a whole line, one in five inside a line, one
in five with a placeholder), a fresh process each, **no** document before, each document once; the first 50, which pay most of what
is built on demand, and all. *Times* is the row's milliseconds by those of 100 rules. The loop of `re` patterns does the
matching alone, beside our whole path with as many rules, on 60 documents.

*Memory*: a fresh process, texts of the forms one after the other, each once; `loaded` is before the first, `peak` the most ever.

Peers: `text_peers.py`. One that is not installed is named as missing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import fill, markdown, medians, milliseconds, spread, sums
from benchmarks.looks import Plan, as_numbers, earlier, figures, measure, table
from benchmarks.made_rules import make_phrases
from benchmarks.text_peers import PEERS, WARM
from benchmarks.turns import Tool, memory_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.figures import Spread
    from benchmarks.looks import Measured
    from benchmarks.turns import Document

    Part = tuple[dict[str, str], dict[str, Any]]
    """Tables by the names of their marks, and figures by the names of what was measured."""

FORMS = ("e", "d", "c")
FORM_NAMES = {
    "e": "nearly clean text (newspaper4k)",
    "d": "text with remains (trafilatura's recall mode, with comments)",
    "c": "flattened pages (all paragraphs, headings and items)",
}
SIZES = (100, 1_000, 10_000)
LOOP_SIZES = (100, 1_000)
LOOP_DOCUMENTS = 60
"""A loop of 1,000 patterns manages a fifth of a megabyte a second: it gets a sample."""
EARLY = 50
"""What is built on demand is built mostly for the first documents: a book's figure falls with the number of documents."""
MEMORY_AFTER = (100, 500)
FTFY = "ftfy.fix_text"


def read_texts(bench: Path, form: str) -> list[Document]:
    """Return the documents of a form."""
    if any(bench.glob("*.txt")):
        return [
            {"text": path.read_text(encoding="utf-8")}
            for path in sorted(bench.glob("*.txt"))
        ]
    with gzip.open(
        bench / "data" / "text" / f"{form}.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        return [{"text": "\n".join(row["lines"])} for row in map(json.loads, lines)]


def tools_of(names: Sequence[str], base: Path | None) -> list[Tool]:
    """Return the tools of the names, and ours of the earlier checkout."""
    tools = [Tool(name, "benchmarks.text_peers", name, WARM) for name in names]
    if base:
        tools.append(
            Tool(earlier(base), "benchmarks.text_peers", "cleaner", WARM, tree=base)
        )
    return tools


def forms(options: argparse.Namespace, plan: Plan) -> Part:
    """Measure each form beside the peers."""
    tools = tools_of(options.names, options.base)
    labels = [tool.label for tool in tools]
    others = [
        name
        for name in (FTFY, options.base and earlier(options.base))
        if name in labels
    ]
    tables, found = [], {}
    for form in options.forms:
        documents = read_texts(options.bench, form)
        measured = measure(tools, documents, plan)
        tables.append(table(about(form, documents, plan), measured, others))
        found[f"form {form}"] = figures(measured, others)
    return {"text": "\n\n".join(tables)}, found


def about(form: str, documents: Sequence[Document], plan: Plan) -> str:
    """Return what was measured, for the corner of the table."""
    counted = len(plan.split(documents, random.Random(0))[1])  # noqa: S311 - no secret
    mean = sum(len(one["text"].encode()) for one in documents) / len(documents) / 1000
    return (
        f"{form}: {FORM_NAMES.get(form, 'texts')}, {counted} documents of {mean:.1f} KB"
    )


def growth(options: argparse.Namespace, plan: Plan) -> Part:
    """Measure books of made rules of every size, ours and the earlier version: no document before, each once."""
    documents = read_texts(options.bench, options.forms[0])
    texts = [one["text"] for one in documents]
    versions = {"cleaner": None} | (
        {earlier(options.base): options.base} if options.base else {}
    )
    tools = [
        Tool(
            f"{version}: {count:,} rules",
            "benchmarks.made_rules",
            "cleaner",
            tree=tree,
            settings=made(texts, count),
        )
        for version, tree in versions.items()
        for count in SIZES
    ]
    measured = measure(tools, documents, Plan(0, plan.documents, plan.rounds, looks=1))
    starts = [f"{version}: {SIZES[0]:,} rules" for version in versions]
    return shown(
        "rules", {label: grown(measured, label, starts) for label in measured.labels}
    )


def grown(
    measured: Measured, label: str, starts: Sequence[str]
) -> dict[str, list[Spread]]:
    """Return the figures of one book: until it is ready, over the first documents of all, and over all of them."""
    found = {"until ready, s": [spread(measured.ready[label])]}
    early = [
        {name: some[:EARLY] for name, some in one.items()} for one in measured.first
    ]
    for which, seconds in (
        (f"first {EARLY} documents", early),
        ("all documents", measured.first),
    ):
        found[f"{which}, ms"] = [milliseconds(seconds, label)]
        for start in starts:
            compared = [ratio(seconds, start, label) for ratio in (sums, medians)]
            found[f"{which}, times {start}: sums; median"] = compared
    return found


def made(texts: Sequence[str], count: int) -> dict[str, Any]:
    """Return the settings of `made_rules.load`."""
    return {"phrases": make_phrases(texts, count)}


def loops(options: argparse.Namespace, plan: Plan) -> Part:
    """Measure the loop of `re` patterns beside our whole path."""
    documents = read_texts(options.bench, options.forms[0])
    texts = [one["text"] for one in documents]
    found = {}
    for count in LOOP_SIZES:
        tools = [
            Tool(name, "benchmarks.made_rules", name, settings=made(texts, count))
            for name in ("cleaner", "loop")
        ]
        first = measure(
            tools, documents, Plan(0, LOOP_DOCUMENTS, plan.rounds, looks=1)
        ).first
        found[f"{count:,} rules"] = {
            "cleaner, whole path, ms": [milliseconds(first, "cleaner")],
            "loop of `re`, matching alone, ms": [milliseconds(first, "loop")],
            "as fast as the loop: sums; median": [
                ratio(first, "cleaner", "loop") for ratio in (sums, medians)
            ],
        }
    return shown("loop", found)


def shown(name: str, found: Mapping[str, Mapping[str, Sequence[Spread]]]) -> Part:
    """Return a table of figures, and the figures."""
    head = ["", *next(iter(found.values()))]
    lines = [
        [label, *("; ".join(one.show() for one in some) for some in row.values())]
        for label, row in found.items()
    ]
    return {name: markdown(head, lines)}, {
        name: {label: as_numbers(row) for label, row in found.items()}
    }


def memory(options: argparse.Namespace, _: Plan) -> Part:
    """Measure what processes hold after some texts."""
    documents = [
        one for form in options.forms for one in read_texts(options.bench, form)
    ]
    megabytes, found = memory_table(
        tools_of(options.names, options.base), documents, MEMORY_AFTER
    )
    return {"memory of texts": megabytes}, {"memory": found}


def parts(
    options: argparse.Namespace,
) -> list[Callable[[argparse.Namespace, Plan], Part]]:
    """Return what is to be measured."""
    if options.all:
        return [forms, growth, loops, memory]
    if options.rules or options.memory:
        return [growth, loops] * options.rules + [memory] * options.memory
    return [forms, growth, loops]


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--only", default="", help="names of tools, joined by ;")
    parser.add_argument("--base", type=Path, help="a checkout of an earlier version")
    parser.add_argument(
        "--before", type=int, default=50, help="documents before the clock starts"
    )
    parser.add_argument(
        "--documents",
        type=int,
        help="documents on the clock; all that are left if nothing is said",
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--together", action="store_true", help="all tools in one process"
    )
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--all", action="store_true", help="forms, rules and memory")
    parser.add_argument(
        "--page",
        type=Path,
        help="write the tables into a page, at `<!-- table: NAME -->`",
    )
    parser.add_argument("--json", type=Path, help="write the figures")
    options = parser.parse_args(arguments)
    options.names = options.only.split(";") if options.only else list(PEERS)
    options.forms = (
        [options.bench.name]
        if any(options.bench.glob("*.txt"))
        else options.forms.split(",")
    )
    options.base = options.base and options.base.resolve()
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what is to be written."""
    options = read_options(arguments)
    plan = Plan(
        options.before, options.documents, options.rounds, together=options.together
    )
    tables: dict[str, str] = {}
    found: dict[str, Any] = {}
    for part in parts(options):
        some, numbers = part(options, plan)
        print(*some.values(), end="\n\n", flush=True)
        tables |= some
        found |= numbers
    if options.page:
        fill(options.page, tables)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

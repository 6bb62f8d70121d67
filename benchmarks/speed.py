"""All figures of speed and memory in one run: fills the tables of a page.

    python -m benchmarks.speed BENCH --base CHECKOUT --page docs/speed.md
    python -m benchmarks.speed BENCH --base CHECKOUT --page docs/speed.md --bodies docs/html.md    the table of bodies as well
    python -m benchmarks.speed BENCH --base CHECKOUT --page docs/speed.md --short    a tenth of it, to see that all works

BENCH and CHECKOUT are those of `text.py` and `html.py`, which do the work and say how it is done. Texts are measured in three
rounds (`--rounds`); pages, of which there are five times as many and which cost ten times as much, in one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import html, text

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY_TOOLS = "cleaner;trafilatura;trafilatura, fast;readability-lxml;resiliparse;pagesift;turbohtml"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench")
    parser.add_argument("--base", help="a checkout of an earlier version")
    parser.add_argument("--page", required=True)
    parser.add_argument("--bodies", help="the page of the table of bodies and facts")
    parser.add_argument("--rounds", type=int, default=3, help="rounds over the texts")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", type=Path, help="a folder for the figures")
    options = parser.parse_args(arguments)
    common = [
        options.bench,
        "--page",
        options.page,
        *(["--base", options.base] if options.base else []),
    ]
    some = (
        ["--documents", "20", "--rounds", "1"]
        if options.short
        else ["--rounds", str(options.rounds)]
    )
    few = ["--limit", "20"] if options.short else []
    bodies = ["--page", options.bodies] if options.bodies else []
    text.main([*common, *some, *_json(options.json, "text"), "--all"])
    html.main([*common, *few, *bodies, *_json(options.json, "html"), "--looks", "2"])
    html.main(
        [
            *common,
            *few,
            *_json(options.json, "html_memory"),
            "--memory",
            "--only",
            MEMORY_TOOLS,
        ]
    )


def _json(folder: Path | None, name: str) -> list[str]:
    return ["--json", str(folder / f"{name}.json")] if folder else []


if __name__ == "__main__":
    main()

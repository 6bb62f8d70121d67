# ruff: noqa: INP001 - a script, run by its path
"""Draw `explain.svg`: what `clean explain seeds/001_cd1d4b8b4071014e.txt` shows on a terminal of 100 columns.

Long stretches of lines that stay are folded, as the picture would be three times as high. The same text and rules give
the same picture, which `tests/test_images.py` compares; after a change draw it again, in the root of the checkout:

    python docs/images/make.py
"""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from cleaner import Cleaner
from cleaner.cli.explain_paint import draw
from cleaner.cli.explain_rows import Piece, Row, rows, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
SEED = "seeds/001_cd1d4b8b4071014e.txt"
PICTURE = Path(__file__).with_name("explain.svg")
COLUMNS = 100
SHOWN = 1
"""So many lines that stay are shown on each side of what goes."""

THEME = TerminalTheme(
    (250, 250, 248),
    (40, 42, 46),
    [
        (40, 42, 46),
        (190, 30, 45),
        (40, 130, 60),
        (165, 110, 0),
        (40, 90, 170),
        (130, 60, 140),
        (20, 120, 125),
    ]
    * 2
    + [(90, 92, 96), (250, 250, 248)],
)
FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="TITLE">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre;
}}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#fafaf8" stroke="#c9c9c4" stroke-width="2" width="100%" height="100%" rx="8"/>
<g transform="translate(9, 24)" class="{unique_id}-matrix">
{backgrounds}
{matrix}
</g>
</svg>
"""


def picture() -> str:
    """Return the picture as SVG."""
    explanation = Cleaner.default().explain((ROOT / SEED).read_bytes())
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        highlight=False,
    )
    console.print(f"$ clean explain {SEED}", style="bold")
    draw(console, _folded(rows(explanation)), sections(explanation))
    title = (
        f"clean explain {SEED}: what goes is struck through, with its rule beside it"
    )
    return console.export_svg(
        theme=THEME, code_format=FORMAT.replace("TITLE", title), unique_id="explain"
    )


def _folded(lines: Iterable[Row]) -> Iterator[Row]:
    for stays, group in groupby(lines, key=lambda row: row.sign == " "):
        run = list(group)
        hidden = len(run) - 2 * SHOWN
        if not stays or hidden < 1:
            yield from run
            continue
        yield from run[:SHOWN]
        yield Row(run[SHOWN].number, " ", (Piece(f"({hidden} more lines that stay)"),))
        yield from run[-SHOWN:]


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")

"""Put the rows of `explain_rows.py` on a terminal with rich: removed text struck through and red, notes in the margin.

Without colour, signs show the same: `-` before a line that is gone, `~` before a line of which a part is gone, `[-…-]`
round that part, `{+…+}` round its replacement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cleaner.cli.explain_rows import rows, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from cleaner.cli.explain_rows import Row
    from cleaner.model import Explanation

WIDE = 100
"""From this width on the notes stand to the right of the text."""
MARGIN = 36
TEXT = 90
"""Lines longer than this are hard to read, however wide the terminal is."""
_STYLES = {"kept": "", "gone": "red strike", "new": "green"}
_SIGNS = {"-": "red", "~": "yellow", " ": ""}


def paint(
    explanation: Explanation,
    stream: TextIO,
    *,
    width: int | None,
    numbers: bool,
    full: bool,
    color: bool | None,
) -> None:
    """Print an explanation. `color` None means: on a terminal, unless NO_COLOR is set."""
    no_color = None if color is None else not color
    console = Console(
        file=stream,
        width=width,
        highlight=False,
        force_terminal=color,
        no_color=no_color,
    )
    lines = rows(explanation, full=full)
    with console.capture() as capture:
        draw(console, lines, sections(explanation), numbers=numbers)
    lines_printed = capture.get().splitlines()
    stream.writelines(f"{line.rstrip()}\n" for line in lines_printed)


def draw(
    console: Console,
    lines: Iterable[Row],
    below: Iterable[tuple[str, Sequence[str]]],
    *,
    numbers: bool = False,
) -> None:
    """Print the rows of an article and the sections below it on a console of rich."""
    styled = console.is_terminal and not console.no_color
    bold = "bold" if styled else ""
    layout = _Layout(
        styled=styled,
        numbers=numbers,
        wide=console.width >= WIDE,
    )
    console.print(_article(lines, layout))
    for title, entries in below:
        if not entries:
            continue
        console.print(Text(f"\n{title}", style=bold))
        for entry in entries:
            console.print(Padding(Text(entry), (0, 0, 0, 2)))


class _Layout(NamedTuple):
    """How an article is printed."""

    styled: bool
    numbers: bool
    """Whether lines are numbered."""
    wide: bool
    """Whether the notes have a column of their own."""


def _article(lines: Iterable[Row], layout: _Layout) -> Table:
    table = Table.grid(padding=(0, 1))
    if layout.numbers:
        table.add_column(
            justify="right",
            no_wrap=True,
        )
    table.add_column(
        no_wrap=True,
        width=1,
    )
    table.add_column(
        max_width=TEXT,
        overflow="fold",
    )
    if layout.wide:
        table.add_column(
            width=MARGIN,
            overflow="fold",
        )
    for row in lines:
        for cells in _table_rows(row, layout):
            table.add_row(*cells)
    return table


def _table_rows(row: Row, layout: _Layout) -> Iterator[list[Text]]:
    """Yield a line with its notes: in the margin, or as a row below it."""
    faint = sign_style = ""
    if layout.styled:
        faint = "dim"
        sign_style = _SIGNS[row.sign]
    cells = []
    if layout.numbers:
        number = Text(str(row.number), style=faint)
        cells.append(number)
    empty = [Text("")] * len(cells)
    cells.append(Text(row.sign, style=sign_style))
    cells.append(_line(row, layout))
    if layout.wide:
        notes = Text("\n".join(row.notes), style=faint)
        yield [*cells, notes]
        return
    yield cells
    if row.notes:
        below = "\n".join(f"  ^ {note}" for note in row.notes)
        yield [*empty, Text(""), Text(below, style=faint)]


def _line(row: Row, layout: _Layout) -> Text:
    line = Text()
    for text, kind in row.pieces:
        if layout.styled:
            line.append(text, style=_STYLES[kind])
        elif kind == "gone" and row.sign == "~":
            line.append(f"[-{text}-]")
        elif kind == "new":
            line.append(f"{{+{text}+}}")
        else:
            line.append(text)
    return line

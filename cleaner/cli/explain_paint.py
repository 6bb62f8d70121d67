"""Put the rows of `margin.py` on a terminal with rich: removed text struck through and red, notes in the margin.

Without colour the same is told by signs: `-` before a line that is gone, `~` before a line of which a part is gone,
`[-…-]` round that part, `{+…+}` round what stands in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cleaner.cli.explain_rows import rows, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    """Print an explanation. `color` None means: on a terminal, unless NO_COLOR says no."""
    no_color = None if color is None else not color
    console = Console(
        file=stream,
        width=width,
        highlight=False,
        force_terminal=color,
        no_color=no_color,
    )
    with console.capture() as capture:
        draw(
            console,
            rows(explanation, full=full),
            sections(explanation),
            numbers=numbers,
        )
    stream.writelines(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def draw(
    console: Console,
    lines: Iterable[Row],
    below: Iterable[tuple[str, Sequence[str]]],
    *,
    numbers: bool = False,
) -> None:
    """Print the rows of an article and the sections below it on a console of rich."""
    styled = console.is_terminal and not console.no_color
    console.print(_article(lines, console.width, styled=styled, numbers=numbers))
    for title, entries in below:
        if entries:
            console.print(Text(f"\n{title}", style="bold" if styled else ""))
            for entry in entries:
                console.print(Padding(Text(entry), (0, 0, 0, 2)))


def _article(lines: Iterable[Row], width: int, *, styled: bool, numbers: bool) -> Table:
    wide, faint = width >= WIDE, "dim" if styled else ""
    table = Table.grid(padding=(0, 1))
    if numbers:
        table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, width=1)
    table.add_column(max_width=TEXT, overflow="fold")
    if wide:
        table.add_column(width=MARGIN, overflow="fold")
    for row in lines:
        head = [Text(str(row.number), style=faint)] if numbers else []
        sign = Text(row.sign, style=_SIGNS[row.sign] if styled else "")
        notes = Text("\n".join(row.notes), style=faint)
        table.add_row(
            *head, sign, _line(row, styled=styled), *([notes] if wide else [])
        )
        if row.notes and not wide:
            table.add_row(
                *([""] if numbers else []), "", Text(_under(row.notes), style=faint)
            )
    return table


def _under(notes: Iterable[str]) -> str:
    """Return the notes as they stand under their line."""
    return "\n".join(f"  ^ {note}" for note in notes)


def _line(row: Row, *, styled: bool) -> Text:
    line = Text()
    for text, kind in row.pieces:
        if styled:
            line.append(text, style=_STYLES[kind])
        elif kind == "gone" and row.sign == "~":
            line.append(f"[-{text}-]")
        else:
            line.append(f"{{+{text}+}}" if kind == "new" else text)
    return line

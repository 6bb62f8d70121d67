"""What the benchmarks make of seconds: sums, medians, ratios, how far rounds lie apart, and tables between a page's marks.

A ratio is the other's time by one's own: above 1 is faster than the other. *Sums* divides the sums over all documents
and is what a whole run takes; *median* is that of the documents' own ratios, in which a long document counts as one.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Seconds = Mapping[str, Sequence[float]]
    """Tool to its seconds, document by document."""


@dataclass(frozen=True)
class Spread:
    """A figure of several rounds: the median, the lowest and the highest."""

    middle: float
    low: float
    high: float

    def show(self, digits: int = 2) -> str:
        """Return the median, with the range where rounds differ.

        >>> Spread(0.461, 0.444, 0.489).show()
        '0.46 (0.44–0.49)'
        """
        middle, low, high = (
            f"{value:.{digits}f}" for value in (self.middle, self.low, self.high)
        )
        return middle if low == high else f"{middle} ({low}–{high})"


def spread(values: Sequence[float]) -> Spread:
    """Return the median of some rounds and how far they lie apart."""
    return Spread(statistics.median(values), min(values), max(values))


def milliseconds(rounds: Sequence[Seconds], label: str) -> Spread:
    """Return a tool's milliseconds for a document, the mean of all documents."""
    return spread([1000 * statistics.fmean(one[label]) for one in rounds])


def sums(rounds: Sequence[Seconds], label: str, other: str) -> Spread:
    """Return how many times as fast as another a tool is, all documents together.

    >>> sums([{"a": [1.0, 2.0], "b": [2.0, 7.0]}], "a", "b").show()
    '3.00'
    """
    return spread([sum(one[other]) / sum(one[label]) for one in rounds])


def medians(rounds: Sequence[Seconds], label: str, other: str) -> Spread:
    """Return how many times as fast as another a tool is, the median of the documents.

    >>> medians([{"a": [1.0, 2.0, 1.0], "b": [2.0, 7.0, 0.5]}], "a", "b").show()
    '2.00'
    """
    return spread(
        [statistics.median(_ratios(one[label], one[other])) for one in rounds]
    )


def _ratios(own: Sequence[float], other: Sequence[float]) -> list[float]:
    return [theirs / ours for ours, theirs in zip(own, other, strict=True)]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown. A row that ends early is filled up."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        cells = [*row, *[""] * (len(head) - len(row))]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def filled(page: str, tables: Mapping[str, str]) -> str:
    """Return a page with each table between its marks: `<!-- table: NAME -->`, or `<!-- table -->` for the name "".

    Tables for which the page has no mark are left out. A mark without an end takes what stands before the next heading.
    Raise ValueError if the page has no mark for any of them.

    >>> print(filled("<!-- table: a -->old<!-- end -->", {"a": "new", "b": "other"}))
    <!-- table: a -->
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- end -->
    """
    done = 0
    for name, table in tables.items():
        mark = f"<!-- table: {name} -->" if name else "<!-- table -->"
        place = re.compile(
            re.escape(mark) + r".*?(?:<!-- end -->|(?=\n\n## )|\Z)", re.DOTALL
        )
        text = f"{mark}\n\n{table}\n\n<!-- end -->"
        page, count = place.subn(lambda _, text=text: text, page, count=1)  # type: ignore[misc]
        done += count
    if not done:
        raise ValueError(
            f"the page has no mark for any of the tables {', '.join(tables)}"
        )
    return page


def fill(path: Path, tables: Mapping[str, str]) -> None:
    """Write tables into a page."""
    path.write_text(filled(path.read_text(encoding="utf-8"), tables), encoding="utf-8")

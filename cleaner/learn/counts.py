"""What is counted for one repeated line, or for one family of lines, in one source."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

SAMPLES = 8
SAMPLE_CHARS = 600
NEIGHBOURS = 6
FAR = 400
"""Places further from an edge than this count as this far."""
HEAD_LINES, TAIL_LINES = 6, 10

OTHER, PARAGRAPH, START, END = 0, 1, 2, 3
"""What stands beside a line where it is no repeated line: some line, a sentence-like line, nothing at all."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """The counts of one line. Places are counted in filled lines from 0."""

    documents: int = 2
    missed: int = 0
    """Documents in which it may have stood before it was counted, at most."""
    lines: int = 0
    """How often it was looked at: what the counts below are shares of."""
    variants: int = 0
    """How often a member of a family was new to the source."""
    sentences: int = 0
    between: int = 0
    """How often it stood between two sentence-like lines."""
    head: int = 0
    tail: int = 0
    top: list[float] = field(default_factory=lambda: [0.0, 0.0])
    """The sum and the sum of squares of places from the top."""
    bottom: list[float] = field(default_factory=lambda: [0.0, 0.0])
    chars: int = 0
    asked: int = 0
    """How often the shipped rules were asked about it …"""
    covered: int = 0
    """… and took it."""
    last: int = -1
    """The number of the last document that it was counted in."""
    samples: list[str] = field(default_factory=list)
    before: dict[int, int] = field(default_factory=dict)
    after: dict[int, int] = field(default_factory=dict)

    def see(self, line: str, place: int, total: int, *, is_sentence: bool) -> None:
        """Count one line of a document with `total` filled lines."""
        from_end = total - 1 - place
        self.lines += 1
        self.chars += len(line)
        if is_sentence:
            self.sentences += 1
        if place < HEAD_LINES:
            self.head += 1
        if from_end < TAIL_LINES:
            self.tail += 1
        _add_moments(self.top, min(place, FAR))
        _add_moments(self.bottom, min(from_end, FAR))
        sample = line[:SAMPLE_CHARS]
        if len(self.samples) < SAMPLES and sample not in self.samples:
            self.samples.append(sample)

    def meet(self, above: int, below: int) -> None:
        """Count the neighbours of one line."""
        _count(self.before, above)
        _count(self.after, below)
        if above == PARAGRAPH and below == PARAGRAPH:
            self.between += 1

    def ask(self, *, covered: bool) -> None:
        """Count one question to the shipped rules, and whether they took the line."""
        self.asked += 1
        if covered:
            self.covered += 1

    @property
    def from_top(self) -> tuple[float, float]:
        """The mean place from the top, and its standard deviation."""
        return _moments(self.top, self.lines)

    @property
    def from_bottom(self) -> tuple[float, float]:
        """The mean place from the end, and its standard deviation."""
        return _moments(self.bottom, self.lines)


def _add_moments(sums: list[float], place: int) -> None:
    """Add a place to a sum and to a sum of squares."""
    sums[0] += place
    sums[1] += place * place


def _moments(sums: list[float], count: int) -> tuple[float, float]:
    """Return the mean and the standard deviation."""
    lines = max(count, 1)
    mean = sums[0] / lines
    variance = sums[1] / lines - mean * mean
    return mean, math.sqrt(max(0.0, variance))


def _count(counts: dict[int, int], key: int) -> None:
    """Count a neighbour by the space-saving rule: at full capacity the rarest gives up its place and its count.

    A count is too high by at most lines / `NEIGHBOURS` (A. Metwally et al., "Efficient Computation of Frequent and Top-k
    Elements in Data Streams", ICDT 2005).
    """
    before = 0
    if key in counts:
        before = counts[key]
    elif len(counts) >= NEIGHBOURS:
        rarest = min(counts, key=counts.__getitem__)
        before = counts.pop(rarest)
    counts[key] = before + 1

"""Passages: lines that are printed again in the same order.

An article that is printed twice, its second half before its first, a list of stories in two places. Line by line their
copies say nothing about which of them is the article; as a whole they do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from cleaner.model import Document

MIN_LINES = 3
"""Two lines may be a headline and its teaser. Three in the same order are a passage."""
LATER = 4
"""Of each line so many later copies are tried as the beginning of the second run."""
GAP = 2
"""Lines (an advertisement, a sub-head) that one run may have and the other may lack."""
_STEPS = sorted(((a, b) for a in range(GAP + 1) for b in range(GAP + 1)), key=sum)
"""How many lines either run may skip, the fewest first."""
MIN_CHARS = 40
PARAGRAPH_WORDS = 15
"""A line with fewer words may be one of a song."""
_POINT = re.compile(r"\s*(?:\||[-–—•*·▪]\s|\(?\w{1,2}[.)]\s|[^.!?:]{1,24}:\s)")
"""A point of a list, or a line that begins with its label."""


class Passage(NamedTuple):
    """Two runs of lines that say the same, line by line, in order. The runs do not overlap."""

    first: tuple[int, ...]
    second: tuple[int, ...]


def passages(document: Document) -> list[Passage]:
    """Return the passages of a document from the top, each with the run that follows it.

    Takes time in proportion to the number of lines: of each line `LATER` copies are tried, and a run that was followed
    is not looked at again.
    """
    if not document.copies:  # of the lines of a passage some are longer than a label
        return []
    lines = document.filled
    return [
        Passage(
            tuple(lines[place] for place, _ in run),
            tuple(lines[place] for _, place in run),
        )
        for run in _runs(_keys(document))
    ]


def _keys(document: Document) -> list[int]:
    """Return for each filled line a number that it has in common with the lines which say the same."""
    contents, folds = document.contents, document.folds
    known: dict[str, int] = {}
    keys = {
        number: known.setdefault(folds[contents[number]], number)
        for number in document.with_peers(document.filled)
    }
    return [keys.get(number, number) for number in document.filled]


def is_heavy(document: Document, passage: Passage) -> bool:
    """Tell whether a passage is too much to be said twice: two paragraphs of the article.

    A chorus, the lines of a form, the points of a list and the ingredients of two cakes stand again in the same order,
    and are short or marked.
    """
    paragraphs = (
        line
        for line in passage.first
        if document.words[line] >= PARAGRAPH_WORDS
        and document.is_sentence(line)
        and not _POINT.match(document.contents[line])
    )
    return len(list(islice(paragraphs, 2))) > 1


def is_list(document: Document, passage: Passage) -> bool:
    """Tell whether a passage is a list of headlines: most of it long ones, no sentence, no marks of an author's list."""
    run = passage.first
    titles = [
        line
        for line in run
        if len(document.contents[line]) >= MIN_CHARS and document.is_headline(line)
    ]
    own = any(
        document.is_sentence(line) or _POINT.match(document.contents[line])
        for line in run
    )
    return len(titles) >= MIN_LINES and len(titles) * 2 > len(run) and not own


def _runs(keys: Sequence[Hashable]) -> Iterator[list[tuple[int, int]]]:
    """Yield the longest run of equal pairs at each place, from the top.

    >>> list(_runs(["a", "b", "c", "-", "a", "b", "c"]))
    [[(0, 4), (1, 5), (2, 6)]]
    >>> list(_runs(["a", "b", "c", "d", "a", "b", "ad", "c", "d"]))
    [[(0, 4), (1, 5), (2, 7), (3, 8)]]
    >>> list(_runs(["a", "a", "a", "a", "a"]))
    []
    """
    later = _later(keys)
    place = 0
    while place < len(keys):
        best: list[tuple[int, int]] = []
        next_lines = set(keys[place + 1 : place + 2 + GAP]) if later[place] else set()
        for other in later[place]:
            goes_on = not next_lines.isdisjoint(keys[other + 1 : other + 2 + GAP])
            run = _run(keys, place, other) if goes_on else [(place, other)]
            best = run if len(run) > len(best) else best
        if len(best) >= MIN_LINES:
            yield best
        place = best[-1][0] + 1 if best else place + 1


def _later(keys: Sequence[Hashable]) -> list[Sequence[int]]:
    """Return for each place the next `LATER` places with the same key.

    >>> _later(["a", "b", "a"])
    [(2,), (), ()]
    """
    nearest: dict[Hashable, tuple[int, ...]] = {}
    later: list[Sequence[int]] = [()] * len(keys)
    for place in range(len(keys) - 1, -1, -1):
        known = nearest.get(keys[place], ())
        later[place] = known
        nearest[keys[place]] = (place, *known[: LATER - 1])
    return later


def _run(keys: Sequence[Hashable], first: int, second: int) -> list[tuple[int, int]]:
    """Return the pairs of places that say the same from two places on, until the runs would meet or differ."""
    limit, size = second, len(keys)
    run = [(first, second)]
    while True:
        first, second = first + 1, second + 1
        if first >= limit or second >= size:
            return run
        if keys[first] != keys[second]:
            step = _skip(
                keys[first : min(limit, first + GAP + 1)],
                keys[second : second + GAP + 1],
            )
            if step is None:
                return run
            first, second = first + step[0], second + step[1]
        run.append((first, second))


def _skip(
    above: Sequence[Hashable], below: Sequence[Hashable]
) -> tuple[int, int] | None:
    """Return how many lines the two runs have to skip until they say the same again; None where they do not."""
    for one, two in _STEPS:
        if one < len(above) and two < len(below) and above[one] == below[two]:
            return one, two
    return None


def by_line(found: Iterable[Passage]) -> dict[int, Passage]:
    """Return the passage of each line; the last one where there are several."""
    passage_of = {}
    for passage in found:
        for number in chain(*passage):
            passage_of[number] = passage
    return passage_of


def share_passage(runs: dict[int, Passage], number: int, other: int) -> bool:
    """Tell whether two copies belong to the same passage, which goes or stays as a whole."""
    return number in runs and runs.get(other) == runs[number]


def in_passage(document: Document, number: int, other: int) -> bool:
    """Tell whether two copies are followed by the same line again: a passage printed twice, not a standfirst."""
    one = _line_below(document, number)
    two = _line_below(document, other)
    if one is None or two is None:
        return False
    return document.folds[one] == document.folds[two]


def _line_below(document: Document, number: int) -> str | None:
    """Return the next filled line, None under the last one."""
    place = bisect_right(document.filled, number)
    if place == len(document.filled):
        return None
    return document.contents[document.filled[place]]

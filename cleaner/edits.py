"""Span arithmetic: unite overlapping edits, tidy the lines around them, apply them once, and put them back.

Everything here is pure. Edits are half-open spans of code points with a replacement (mostly empty). A list of edits is
*united* when it is sorted and no two of them overlap; only united lists are applied.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from cleaner.model import Edit, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.model import Document, Removal

_start_of, _end_of = attrgetter("match.start"), attrgetter("match.end")

TIDY_RULE = "layout.blank-lines"
TIDY_CATEGORY = "layout"


def unite(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits sorted and without overlaps; every rule that wanted a place keeps its credit.

    Where one edit holds another, the longer one stands and the other rule is named in `also`. Where two overlap in
    part, the later one gives up what the earlier one has. Of two with the same place the first in the input stands, and
    takes over the facts of the other.
    """
    united: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        last = united[-1] if united else None
        if last is None or edit.start >= last.end:
            united.append(edit)
        elif edit.end <= last.end:
            united[-1] = _credited(last, edit)
        else:
            united.append(replace(edit, match=replace(edit.match, start=last.end)))
    return tuple(united)


def _credited(edit: Edit, inner: Edit) -> Edit:
    """Return an edit that names the rule of another, which lies inside it."""
    names = dict.fromkeys([*edit.also, inner.rule, *inner.also])
    facts = edit.match.facts
    if (edit.start, edit.end) == (inner.start, inner.end):
        facts = tuple(dict.fromkeys((*facts, *inner.match.facts)))
    return replace(
        edit,
        also=tuple(name for name in names if name != edit.rule),
        match=replace(edit.match, facts=facts),
    )


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with united edits carried out.

    >>> apply("one two three", [tidying(4, 8)])
    'one three'
    """
    parts, done = [], 0
    for edit in edits:
        parts += [text[done : edit.start], edit.match.replacement]
        done = edit.end
    return "".join([*parts, text[done:]])


def rebuild(body: str, removals: Iterable[Removal]) -> str:
    """Return the repaired text from an article's body and its removals: the inverse of `apply`."""
    parts, done, at = [], 0, 0
    for removal in removals:
        kept = removal.start - done
        parts += [body[at : at + kept], removal.text]
        at += kept + len(removal.replacement)
        done = removal.end
    return "".join([*parts, body[at:]])


def tidying(start: int, end: int) -> Edit:
    """Return the edit that takes out a span in the name of the tidying."""
    return Edit(
        rule=TIDY_RULE,
        category=TIDY_CATEGORY,
        match=Match(start=start, end=end, line=0),
    )


def tidy(document: Document, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that close the gaps which united edits leave: blank lines and line ends beside them.

    Between two kept lines stay as many blank lines as the larger of the two runs that touched the removal; none stay
    at the start and the end of the document. A text that ended with a newline still does, and the other way round.
    """
    gone = _emptied(document, edits)
    spans: list[tuple[int, int]] = []
    for first, stop in _gaps(document, gone):
        spans += [
            document.span(number, number + 1)
            for number in _spare(document, first, stop, gone)
        ]
        if (
            stop == len(document.contents)
            and first > 0
            and not document.text.endswith("\n")
        ):
            start = document.starts[first]
            spans.append((start - 1, start))
    return tuple(
        tidying(*piece) for span in _merged(spans) for piece in _uncovered(*span, edits)
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch as one.

    >>> _merged([(4, 5), (0, 2), (2, 4)])
    [(0, 5)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _emptied(document: Document, edits: Sequence[Edit]) -> set[int]:
    """Return the numbers of the filled lines of which the edits leave nothing but white space."""
    gone: set[int] = set()
    for edit in edits:
        first, last = (
            document.line_at(edit.start),
            document.line_at(max(edit.start, edit.end - 1)),
        )
        for number in range(first, last + 1):
            if not document.is_blank(number) and _leaves_nothing(
                document, number, edit, edits
            ):
                gone.add(number)
    return gone


def _leaves_nothing(
    document: Document, number: int, edit: Edit, edits: Sequence[Edit]
) -> bool:
    """Tell whether united edits, of which this one touches the line, leave nothing of it but white space."""
    start = document.starts[number]
    end = start + len(document.contents[number])
    if edit.start <= start and end <= edit.end and not edit.match.replacement:
        return True
    if any(edit.match.replacement.strip() for edit in _within(start, end, edits)):
        return False
    return not "".join(
        document.text[a:b] for a, b in _uncovered(start, end, edits)
    ).strip()


def covered(edit: Edit, edits: Sequence[Edit]) -> bool:
    """Tell whether an edit lies inside one of some united edits."""
    place = bisect_right(edits, edit.start, key=_start_of) - 1
    return place >= 0 and edit.end <= edits[place].end


def _within(start: int, end: int, edits: Sequence[Edit]) -> Sequence[Edit]:
    """Return those of united edits that overlap a span."""
    return edits[
        bisect_right(edits, start, key=_end_of) : bisect_left(edits, end, key=_start_of)
    ]


def _uncovered(
    start: int, end: int, edits: Sequence[Edit]
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span that no edit covers."""
    for edit in _within(start, end, edits):
        if edit.start > start:
            yield start, edit.start
        start = max(start, edit.end)
    if start < end:
        yield start, end


def _gaps(document: Document, gone: set[int]) -> list[tuple[int, int]]:
    """Return the runs of blank and emptied lines that hold an emptied one, as (first, stop)."""
    gaps: list[tuple[int, int]] = []
    for number in sorted(gone):
        if gaps and number < gaps[-1][1]:
            continue
        first, stop = number, number + 1
        while first > 0 and document.is_blank(first - 1):
            first -= 1
        while stop < len(document.contents) and (
            stop in gone or document.is_blank(stop)
        ):
            stop += 1
        gaps.append((first, stop))
    return gaps


def _spare(document: Document, first: int, stop: int, gone: set[int]) -> list[int]:
    """Return the lines of a gap that need not stay: the emptied ones, and the blank ones but for the larger outer run."""
    inside = [number for number in range(first, stop) if number in gone]
    above, below = range(first, inside[0]), range(inside[-1] + 1, stop)
    keep = above if len(above) >= len(below) else below
    if first == 0 or stop == len(document.contents):
        keep = range(0)
    return [number for number in range(first, stop) if number not in keep]


def rebase(edits: Iterable[Edit], earlier: Sequence[Edit]) -> list[Edit]:
    """Move edits of the text that `earlier` united edits produced back to the text before those.

    A place that begins or ends inside a replacement takes the whole replaced span and keeps the rest of its words.
    """
    if not earlier:
        return list(edits)
    origins = Origins(earlier)
    return [_move(edit, origins) for edit in edits]


def joined(edits: Sequence[Edit], earlier: Sequence[Edit], text: str) -> list[Edit]:
    """Return united edits of a text as one where they touch the words of one earlier replacement.

    Apart, both would take the whole span that was replaced, and what is left of its words would stand there twice.
    """
    if not earlier:
        return list(edits)
    origins = Origins(earlier)
    done: list[Edit] = []
    for edit in edits:
        if done and origins.share(done[-1].end, edit.start):
            last = done.pop()
            words = (
                last.match.replacement
                + text[last.end : edit.start]
                + edit.match.replacement
            )
            match = replace(last.match, end=edit.end, replacement=words)
            done.append(_credited(replace(last, match=match), edit))
        else:
            done.append(edit)
    return done


def _move(edit: Edit, origins: Origins) -> Edit:
    start, head = origins.of(edit.start)
    end, tail = origins.of(edit.end, at_end=True)
    words = head + edit.match.replacement + tail
    end = max(start, end)
    if (start, end, words) == (edit.start, edit.end, edit.match.replacement):
        return edit
    return replace(
        edit, match=replace(edit.match, start=start, end=end, replacement=words)
    )


class Origins:
    """Where the offsets of an edited text lay before the united edits that made it.

    An offset at the seam of a removal lies after it, or before it where it is the end of a span.

    >>> origins = Origins([tidying(4, 8)])
    >>> origins.of(4), origins.of(4, at_end=True)
    ((8, ''), (4, ''))
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        lost = [edit.end - edit.start - len(edit.match.replacement) for edit in edits]
        self._shifts = [0, *accumulate(lost)]
        self._starts = [
            edit.start - shift for edit, shift in zip(edits, self._shifts, strict=False)
        ]
        self._ends = [
            start + len(edit.match.replacement)
            for start, edit in zip(self._starts, edits, strict=True)
        ]

    def share(self, end: int, start: int) -> bool:
        """Tell whether a span that ends here and a later one that starts there touch the words of one replacement."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end

    def of(self, offset: int, *, at_end: bool = False) -> tuple[int, str]:
        """Return where an offset lay, and what of a replacement it cuts off."""
        passed = bisect_right(self._ends, offset)
        if at_end:
            passed = min(passed, bisect_left(self._starts, offset))
        if (
            passed < len(self._edits)
            and self._starts[passed] < offset < self._ends[passed]
        ):
            edit, inside = self._edits[passed], offset - self._starts[passed]
            words = edit.match.replacement
            return (
                (edit.end, words[inside:]) if at_end else (edit.start, words[:inside])
            )
        return offset + self._shifts[passed], ""

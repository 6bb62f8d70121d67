"""An article beside what was removed from it: rows of kept and removed pieces, with notes for the margin.

Pure: no colours, no widths. `paint.py` puts the rows on a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Article, Explanation, Refusal, Removal

SHOWN = 3
"""Lines of a long removal that are shown before the rest is folded."""
FOLD = 5
"""A fold hides at least so many lines; fewer are shown."""
_PLACES = 5


class Piece(NamedTuple):
    """A part of a line: `kept`, `gone`, or `new` (what stands in the place of something)."""

    text: str
    kind: str = "kept"


class Row(NamedTuple):
    """One line of the repaired text, or a fold."""

    number: int
    """From 1; of a fold the number of its first line."""
    sign: str
    """`-` where the whole line is gone, `~` where a part of it is, else a space."""
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    """Rule and reason of each removal that begins here; the tidying of blank lines speaks for itself."""
    folded: int = 0
    """How many lines this row stands for, where it is a fold."""


def rows(explanation: Explanation, *, full: bool = False) -> Iterator[Row]:
    """Yield the rows of an article; long removals are folded unless `full`."""
    lines = _lines(
        explanation.text,
        sorted(explanation.article.removals, key=lambda removal: removal.start),
    )
    yield from lines if full else _folded(list(lines))


def _lines(text: str, removals: Sequence[Removal]) -> Iterator[Row]:
    start = first = 0
    waiting: list[str] = []
    contents = text.split("\n")
    for number, content in enumerate(contents, 1):
        end = start + len(content)
        while first < len(removals) and removals[first].end <= start:
            first += 1
        here = list(_until(removals, first, end + 1))
        waiting += [
            _note(removal)
            for removal in here
            if start <= removal.start <= end and removal.text.strip()
        ]
        pieces = tuple(_pieces(text, start, end, here))
        sign = _sign(
            pieces,
            blank_gone=any(
                removal.start <= start and removal.end > end for removal in here
            ),
        )
        visible = sign != " " or number == len(contents)
        yield Row(number, sign, pieces, tuple(waiting) if visible else ())
        waiting = [] if visible else waiting
        start = end + 1


def _until(removals: Sequence[Removal], first: int, stop: int) -> Iterator[Removal]:
    """Yield the removals from number `first` on that begin before the code point `stop`."""
    while first < len(removals) and removals[first].start < stop:
        yield removals[first]
        first += 1


def _pieces(
    text: str, start: int, end: int, removals: Sequence[Removal]
) -> Iterator[Piece]:
    """Yield the pieces of the line from `start` to `end` (code points)."""
    for removal in removals:
        first, last = max(start, removal.start), min(end, removal.end)
        if start < first:
            yield Piece(text[start:first])
        if first < last:
            yield Piece(text[first:last], "gone")
        if removal.replacement and first == removal.start:
            yield Piece(removal.replacement, "new")
        start = max(start, last)
    if start < end:
        yield Piece(text[start:end])


def _sign(pieces: Sequence[Piece], *, blank_gone: bool) -> str:
    kinds = {piece.kind for piece in pieces if piece.text.strip()}
    if kinds == {"gone"} or (not kinds and blank_gone):
        return "-"
    return "~" if any(piece.kind != "kept" for piece in pieces) else " "


def _note(removal: Removal) -> str:
    also = f" (also {', '.join(removal.also)})" if removal.also else ""
    return f"{removal.rule}{also}: {removal.reason or removal.category}"


def _folded(lines: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows with the rest of each long removal in one row."""
    run: list[Row] = []
    for row in [*lines, None]:
        if row is not None and row.sign == "-" and not (run and row.notes):
            run.append(row)
            continue
        yield from _fold(run)
        run = []
        if row is not None and row.sign == "-":
            run.append(row)
        elif row is not None:
            yield row


def _fold(run: Sequence[Row]) -> Iterator[Row]:
    hidden = len(run) - SHOWN
    if hidden < FOLD:
        yield from run
        return
    yield from run[:SHOWN]
    yield Row(
        run[SHOWN].number,
        "-",
        (Piece(f"… {hidden} more lines", "gone"),),
        folded=hidden,
    )


def sections(explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands below the article: a title and its lines."""
    article = explanation.article
    yield "Left out of the page", [_left_out(pruned) for pruned in article.pruned]
    yield "Almost fired", list(_refused(explanation))
    yield (
        "Watch rules that would have fired",
        [_watched(would) for would in article.watched],
    )
    yield "Facts", list(_facts(article))
    yield "Repairs", [f"{repair.kind}: {repair.count}" for repair in article.repairs]
    yield "Flags", list(article.flags)
    before, after = (
        article.stats.get("words_before", 0),
        article.stats.get("words_after", 0),
    )
    yield "Words", [f"{before:,} before, {after:,} after"]


def _watched(would: Removal | Pruned) -> str:
    if isinstance(would, Pruned):
        return _left_out(would)
    return f"{_place(would.lines)}: {would.rule}: {_excerpt(would.text)}"


def _left_out(pruned: Pruned) -> str:
    place = f"line {pruned.line} of the markup: " if pruned.line else ""
    return f"{place}{pruned.rule}: {pruned.element}: {_excerpt(pruned.text)}".rstrip(
        ": "
    )


def _refused(explanation: Explanation) -> Iterator[str]:
    """Yield what was found and stopped; a rule that was stopped often for one reason has one line."""
    groups: dict[tuple[str, str, str], list[Refusal]] = {}
    for refusal in explanation.article.refused:
        groups.setdefault((refusal.rule, refusal.why, refusal.detail), []).append(
            refusal
        )
    for (rule, why, detail), refusals in groups.items():
        lines = ", ".join(str(refusal.line + 1) for refusal in refusals[:_PLACES])
        more = f" and {len(refusals) - _PLACES} more" if len(refusals) > _PLACES else ""
        text = _excerpt(explanation.text[refusals[0].start : refusals[0].end])
        yield f"line{'s' * (len(refusals) > 1)} {lines}{more}: {rule}, stopped by {why} ({detail}): {text}"


def _place(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _facts(article: Article) -> Iterator[str]:
    for name, origin in article.facts_from.items():
        value = getattr(article, name, None)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        yield f"{name}: {shown}  [{origin}]"
    for embed in article.embeds:
        yield f"embed: {embed.platform} {embed.handle or embed.author or ''} {embed.date or ''}".rstrip()
    for image in article.images[:_PLACES]:
        yield " ".join(filter(None, ("image:", image.url, image.caption or image.alt)))
    if (more := len(article.images) - _PLACES) > 0:
        yield f"images: {more} more"
    if article.related:
        yield f"related stories: {len(article.related)}"


def _excerpt(text: str, width: int = 60) -> str:
    r"""Return the beginning of a text on one line.

    >>> _excerpt("one two\nthree", 9)
    'one two…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"

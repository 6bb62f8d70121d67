"""An article with what was removed from it: rows of kept and removed pieces, with notes for the margin.

Pure: no colours, no widths. `explain_paint.py` puts the rows on a terminal.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Article, Explanation, Refusal, Removal

SHOWN = 3
"""Lines of a long removal that are shown before the rest is folded."""
FOLD = 5
"""Lines that a fold hides at least; fewer are shown."""
_LISTED = 5
"""Refusals and images that are listed before the rest is counted."""


class Piece(NamedTuple):
    """A part of a line: `kept`, `gone`, or `new` (a replacement)."""

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
    """Rule and reason of each removal that begins here; removed blank lines have no note."""
    folded: int = 0
    """Number of lines that a fold hides, else 0."""


def rows(explanation: Explanation, *, full: bool = False) -> Iterator[Row]:
    """Yield the rows of an article; long removals are folded unless `full`."""
    removals = list(explanation.article.removals)
    removals.sort(key=attrgetter("start"))
    lines = _lines(explanation.text, removals)
    if full:
        yield from lines
    else:
        yield from _folded(list(lines))


def _lines(text: str, removals: Sequence[Removal]) -> Iterator[Row]:
    start = first = 0
    waiting: list[str] = []
    contents = text.split("\n")
    for number, content in enumerate(contents, 1):
        end = start + len(content)
        while first < len(removals) and removals[first].end <= start:
            first += 1
        here = list(_until(removals, first, end + 1))
        waiting += _notes(here, start, end)
        pieces = tuple(_pieces(text, start, end, here))
        sign = _sign(pieces, blank_gone=_covers(here, start, end))
        if sign != " " or number == len(contents):
            yield Row(number, sign, pieces, tuple(waiting))
            waiting = []
        else:
            yield Row(number, sign, pieces)
        start = end + 1


def _notes(removals: Sequence[Removal], start: int, end: int) -> Iterator[str]:
    """Yield the notes of the removals that begin in a line and take more than blanks."""
    for removal in removals:
        if start <= removal.start <= end and removal.text.strip():
            yield _note(removal)


def _covers(removals: Sequence[Removal], start: int, end: int) -> bool:
    """Return whether one of the removals takes the whole line with its line end."""
    return any(removal.start <= start and removal.end > end for removal in removals)


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
        first = max(start, removal.start)
        last = min(end, removal.end)
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
    if kinds == {"gone"}:
        return "-"
    if blank_gone and not kinds:
        return "-"
    is_changed = any(piece.kind != "kept" for piece in pieces)
    return "~" if is_changed else " "


def _note(removal: Removal) -> str:
    also = f" (also {', '.join(removal.also)})" if removal.also else ""
    return f"{removal.rule}{also}: {removal.reason or removal.category}"


def _folded(lines: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows with the rest of each long removal in one row."""
    run: list[Row] = []
    for row in lines:
        is_gone = row.sign == "-"
        if not is_gone or row.notes:
            yield from _fold(run)
            run = []
        if is_gone:
            run.append(row)
        else:
            yield row
    yield from _fold(run)


def _fold(run: Sequence[Row]) -> Iterator[Row]:
    hidden = len(run) - SHOWN
    if hidden < FOLD:
        yield from run
        return
    yield from run[:SHOWN]
    number = run[SHOWN].number
    note = Piece(f"… {hidden} more lines", "gone")
    yield Row(number, "-", (note,), folded=hidden)


def sections(explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections below the article: a title and its lines."""
    article = explanation.article
    pruned = map(_pruned, article.pruned)
    watched = map(_watched, article.watched)
    repairs = [f"{repair.kind}: {repair.count}" for repair in article.repairs]
    before = article.stats.get("words_before", 0)
    after = article.stats.get("words_after", 0)
    yield "Removed from the page", list(pruned)
    yield "Almost fired", list(_refused(explanation))
    yield "Watch rules that would have fired", list(watched)
    yield "Facts", list(_metadata(article))
    yield "Repairs", repairs
    yield "Flags", list(article.flags)
    yield "Words", [f"{before:,} before, {after:,} after"]


def _watched(would: Removal | Pruned) -> str:
    if isinstance(would, Pruned):
        return _pruned(would)
    return f"{_span(would.lines)}: {would.rule}: {_excerpt(would.text)}"


def _pruned(pruned: Pruned) -> str:
    parts = []
    if pruned.line:
        parts.append(f"line {pruned.line} of the markup")
    parts += [
        pruned.rule,
        pruned.element,
        _excerpt(pruned.text),
    ]
    return ": ".join(parts).rstrip(": ")


def _refused(explanation: Explanation) -> Iterator[str]:
    """Yield what was found and stopped; a rule that was stopped often for one reason has one line."""
    groups: dict[tuple[str, str, str], list[Refusal]] = {}
    for refusal in explanation.article.refused:
        key = (refusal.rule, refusal.why, refusal.detail)
        groups.setdefault(key, []).append(refusal)
    for (rule, why, detail), refusals in groups.items():
        lines = _line_numbers(refusals)
        first = refusals[0]
        found = explanation.text[first.start : first.end]
        text = _excerpt(found)
        yield f"{lines}: {rule}, stopped by {why} ({detail}): {text}"


def _line_numbers(refusals: Sequence[Refusal]) -> str:
    """Return the lines of refusals in words: `lines 3, 7 and 2 more`."""
    numbers = [str(refusal.line + 1) for refusal in refusals]
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    shown = ", ".join(numbers[:_LISTED])
    more = len(numbers) - _LISTED
    if more > 0:
        shown += f" and {more} more"
    return f"lines {shown}"


def _span(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _metadata(article: Article) -> Iterator[str]:
    """Yield the article's metadata with their origins, and what else the page holds."""
    for name, origin in article.facts_from.items():
        value = getattr(article, name, None)
        if isinstance(value, tuple):
            value = ", ".join(map(str, value))
        yield f"{name}: {value}  [{origin}]"
    for embed in article.embeds:
        author = embed.handle or embed.author or ""
        date = embed.date or ""
        line = f"embed: {embed.platform} {author} {date}"
        yield line.rstrip()
    yield from _images(article)
    if article.related:
        yield f"related stories: {len(article.related)}"


def _images(article: Article) -> Iterator[str]:
    images = article.images
    for image in images[:_LISTED]:
        line = f"image: {image.url or ''}"
        caption = image.caption or image.alt
        if caption:
            line = f"{line.rstrip()} {caption}"
        yield line.rstrip()
    more = len(images) - _LISTED
    if more > 0:
        yield f"images: {more} more"


def _excerpt(text: str, width: int = 60) -> str:
    r"""Return the beginning of a text on one line.

    >>> _excerpt("one two\nthree", 9)
    'one two…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"

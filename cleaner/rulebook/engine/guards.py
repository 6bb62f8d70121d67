"""`when:` and `except:`, the same for every verb: what must be true around a match before it counts.

Each guard answers None where it is content, or says in a few words what it missed. The first one that objects stops
the match; `clean explain` shows which it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from cleaner import story_cards
from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import condition, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.model import Document, Match
    from cleaner.rulebook.rule import Following, Rule, When
    from cleaner.verbs.api.view import RemainingLines, View

FEW_LINES = 20
"""Where more lines than this would go, all lines that are exceptions are looked up once for all matches of a rule."""
ECHO_LINES = 3
ECHO_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")


class NamedGuard(NamedTuple):
    """A guard of a rule."""

    name: str
    missed: Callable[[Rule, Match, View], str | None]


def guards_of(rule: Rule) -> tuple[NamedGuard, ...]:
    """Return the guards that a rule has, in the order in which they are asked."""
    asks: dict[str, object] = {
        **{place.name: getattr(rule.when, place.name) for place in fields(rule.when)},
        "except": rule.except_,
        "max_chars": rule.when.max_chars or rule.when.max_words,
    }
    return tuple(
        NamedGuard(name, guard) for name, guard in GUARDS.items() if asks[name]
    )


def objection(
    guards: Sequence[NamedGuard], rule: Rule, match: Match, view: View
) -> tuple[str, str] | None:
    """Return the guard that stops a match and what it missed, or None where all are content."""
    for name, guard in guards:
        missed = guard(rule, match, view)
        if missed is not None:
            return name, missed
    return None


def _except(rule: Rule, match: Match, view: View) -> str | None:
    if not rule.except_:
        return None
    first, stop = line_range(view.document, match)
    if stop - first > FEW_LINES:
        lines = view.lines("except")
        place = bisect_left(lines, first)
        veto = lines[place] if place < len(lines) and lines[place] < stop else None
    else:
        veto = next(
            (number for number in range(first, stop) if view.equals("except", number)),
            None,
        )
    return None if veto is None else f"line {veto + 1} is an exception"


def _first_lines(rule: Rule, match: Match, view: View) -> str | None:
    limit = rule.when.first_lines
    if limit is None or _place(view.document, match.line) < limit:
        return None
    return "not the first line" if limit == 1 else f"not within the first {limit} lines"


def _last_lines(rule: Rule, match: Match, view: View) -> str | None:
    limit = rule.when.last_lines
    if (
        limit is None
        or _place(view.document, match.line) >= len(view.document.filled) - limit
    ):
        return None
    return f"not within the last {limit} lines"


def _size(rule: Rule, match: Match, view: View) -> str | None:
    when = rule.when
    if when.max_chars is None and when.max_words is None:
        return None
    lines = view.document.text[match.start : match.end].split("\n")
    longest = max(map(len, lines))
    if when.max_chars is not None and longest > when.max_chars:
        return f"a line of {longest} characters, at most {when.max_chars}"
    most = (
        max(view.document.counts[line] for line in lines)
        if when.max_words is not None
        else 0
    )
    return (
        f"a line of {most} words, at most {when.max_words}"
        if when.max_words is not None and most > when.max_words
        else None
    )


def _with_clutter(rule: Rule, match: Match, view: View) -> str | None:  # noqa: ARG001 - the signature of every guard
    return (
        "nothing else in the document is clutter"
        if rule.when.with_clutter and not view.claimed
        else None
    )


def _min_words_before(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.min_words_before
    if wanted is None:
        return None
    above = view.standing.words_above[bisect_left(view.standing.numbers, match.line)]
    return None if above >= wanted else f"{above} words above, {wanted} needed"


def _line(rule: Rule, match: Match, view: View) -> str | None:
    """Ask for the facts of the line at which a match begins. A blank line has none."""
    if not rule.when.line:
        return None
    place = _place(view.document, match.line)
    if place < len(view.document.filled) and view.document.filled[place] == match.line:
        some = (condition(text, is_page_fact) for text in rule.when.line)
        if any(fits(parts, view.line_facts, place) for parts in some):
            return None
    return f"the line is not like this: {' / '.join(rule.when.line)}"


def _near(rule: Rule, match: Match, view: View) -> str | None:
    when = rule.when
    if not when.near:
        return None
    found = sum(
        view.equals("near", number)
        for number in _close(view.document, match.line, when)
    )
    return (
        None
        if found >= when.near_min
        else f"{found} of {when.near_min} lines that should stand near"
    )


def _close(document: Document, line: int, when: When) -> list[int]:
    """Return the filled lines that count as near a line; the line itself does not."""
    place = _place(document, line)
    around = document.filled[
        max(0, place - when.near_lines) : place + when.near_lines + 1
    ]
    return [number for number in around if number != line]


def _place(document: Document, line: int) -> int:
    """Return which of the filled lines a line is, from 0; for a blank one, that of the next filled line."""
    return bisect_left(document.filled, line)


def _echoed_words(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.echoed_words
    if wanted is None:
        return None
    below = [
        view.document.contents[number]
        for number, _ in zip(view.below(match.line), range(ECHO_LINES), strict=False)
    ]
    echoed = _long_words(view.document.contents[match.line]) & _long_words(
        " ".join(below)
    )
    return (
        None
        if len(echoed) >= wanted
        else f"{len(echoed)} of its words are taken up below, {wanted} needed"
    )


def _long_words(text: str) -> set[str]:
    return {
        word for word in _WORD.findall(text.casefold()) if len(word) >= ECHO_LETTERS
    }


def _followed_by(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.followed_by
    if wanted is None:
        return None
    _, stop = line_range(view.document, match)
    start = match.line + 1 if match.end >= len(view.document.text) else stop
    place = bisect_left(view.standing.numbers, start)
    return (
        None
        if _FOLLOWING[wanted](view.standing, place)
        else f"not followed by {wanted}"
    )


def _cards(standing: RemainingLines, place: int) -> bool:
    first = standing.numbers[place : place + story_cards.WINDOW]
    return place > standing.last_article and story_cards.begin(
        [standing.document.contents[number] for number in first]
    )


def _paragraph(standing: RemainingLines, place: int) -> bool:
    return place < len(standing.numbers) and standing.document.is_sentence(
        standing.numbers[place]
    )


_FOLLOWING: dict[Following, Callable[[RemainingLines, int], bool]] = {
    "cards": _cards,
    "headlines": lambda standing, place: (
        standing.last_text < place < len(standing.numbers)
    ),
    "no-paragraphs": lambda standing, place: standing.last_paragraph < place,
    "paragraph": _paragraph,
    "end": lambda standing, place: place == len(standing.numbers),
}

GUARDS: dict[str, Callable[[Rule, Match, View], str | None]] = {
    "first_lines": _first_lines,
    "last_lines": _last_lines,
    "with_clutter": _with_clutter,
    "except": _except,
    "max_chars": _size,
    "min_words_before": _min_words_before,
    "near": _near,
    "echoed_words": _echoed_words,
    "line": _line,
    "followed_by": _followed_by,
}
"""In the order in which they are asked: the cheap ones first."""


def line_range(document: Document, match: Match) -> tuple[int, int]:
    """Return the lines that a match touches, as (first, stop)."""
    first = document.line_at(match.start)
    last = document.line_at(max(match.start, match.end - 1))
    return first, last + 1

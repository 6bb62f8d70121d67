"""`when:` and `except:`, the same for every verb: what must be true around a match before it counts.

Each guard returns None where its condition holds, or in a few words what is missing. The first one that objects stops
the match; `clean explain` shows which it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import fields
from itertools import islice
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
    asks = {field.name: getattr(rule.when, field.name) for field in fields(rule.when)}
    asks["except"] = rule.except_
    asks["max_chars"] = rule.when.max_chars or rule.when.max_words
    named = []
    for name, guard in GUARDS.items():
        if asks[name]:
            named.append(NamedGuard(name, guard))
    return tuple(named)


def objection(
    guards: Sequence[NamedGuard], rule: Rule, match: Match, view: View
) -> tuple[str, str] | None:
    """Return the guard that stops a match and what it missed, or None where no guard objects."""
    for name, guard in guards:
        missed = guard(rule, match, view)
        if missed is not None:
            return name, missed
    return None


def _except(rule: Rule, match: Match, view: View) -> str | None:
    if not rule.except_:
        return None
    first, stop = line_range(view.document, match)
    exception = _first_exception(view, first, stop)
    if exception is None:
        return None
    return f"line {exception + 1} is an exception"


def _first_exception(view: View, first: int, stop: int) -> int | None:
    """Return the first line of a range that is an exception, None where there is none."""
    if stop - first <= FEW_LINES:
        for number in range(first, stop):
            if view.equals("except", number):
                return number
        return None
    exceptions = view.lines("except")
    place = bisect_left(exceptions, first)
    if place == len(exceptions) or exceptions[place] >= stop:
        return None
    return exceptions[place]


def _first_lines(rule: Rule, match: Match, view: View) -> str | None:
    limit = rule.when.first_lines
    if limit is None:
        return None
    place = _place(view.document, match.line)
    if place < limit:
        return None
    if limit == 1:
        return "not the first line"
    return f"not within the first {limit} lines"


def _last_lines(rule: Rule, match: Match, view: View) -> str | None:
    limit = rule.when.last_lines
    if limit is None:
        return None
    place = _place(view.document, match.line)
    if place >= len(view.document.filled) - limit:
        return None
    return f"not within the last {limit} lines"


def _size(rule: Rule, match: Match, view: View) -> str | None:
    document, when = view.document, rule.when
    lines = document.text[match.start : match.end].split("\n")
    if when.max_chars is not None:
        longest = max(map(len, lines))
        if longest > when.max_chars:
            return f"a line of {longest} characters, at most {when.max_chars}"
    if when.max_words is not None:
        most = max(document.counts[line] for line in lines)
        if most > when.max_words:
            return f"a line of {most} words, at most {when.max_words}"
    return None


def _with_clutter(rule: Rule, match: Match, view: View) -> str | None:  # noqa: ARG001 - the signature of every guard
    if not rule.when.with_clutter or view.claimed:
        return None
    return "nothing else in the document is clutter"


def _min_words_before(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.min_words_before
    if wanted is None:
        return None
    standing = view.standing
    place = bisect_left(standing.numbers, match.line)
    above = standing.words_above[place]
    if above >= wanted:
        return None
    return f"{above} words above, {wanted} needed"


def _line(rule: Rule, match: Match, view: View) -> str | None:
    """Return None where the line at which a match begins meets a condition. A blank line meets none."""
    wanted = rule.when.line
    if not wanted:
        return None
    filled = view.document.filled
    place = _place(view.document, match.line)
    if place < len(filled) and filled[place] == match.line:
        for text in wanted:
            if fits(condition(text, is_page_fact), view.line_facts, place):
                return None
    return f"the line is not like this: {' / '.join(wanted)}"


def _near(rule: Rule, match: Match, view: View) -> str | None:
    when = rule.when
    if not when.near:
        return None
    close = _close(view.document, match.line, when)
    found = sum(view.equals("near", number) for number in close)
    if found >= when.near_min:
        return None
    return f"{found} of {when.near_min} lines that should stand near"


def _close(document: Document, line: int, when: When) -> list[int]:
    """Return the filled lines that count as near a line; the line itself does not."""
    place = _place(document, line)
    first = max(0, place - when.near_lines)
    stop = place + when.near_lines + 1
    return [number for number in document.filled[first:stop] if number != line]


def _place(document: Document, line: int) -> int:
    """Return which of the filled lines a line is, from 0; for a blank one, that of the next filled line."""
    return bisect_left(document.filled, line)


def _echoed_words(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.echoed_words
    if wanted is None:
        return None
    contents = view.document.contents
    below = islice(view.below(match.line), ECHO_LINES)
    text_below = " ".join(contents[number] for number in below)
    echoed = _long_words(contents[match.line]) & _long_words(text_below)
    if len(echoed) >= wanted:
        return None
    return f"{len(echoed)} of its words are taken up below, {wanted} needed"


def _long_words(text: str) -> set[str]:
    return {
        word for word in _WORD.findall(text.casefold()) if len(word) >= ECHO_LETTERS
    }


def _followed_by(rule: Rule, match: Match, view: View) -> str | None:
    wanted = rule.when.followed_by
    if wanted is None:
        return None
    if match.end >= len(view.document.text):
        start = match.line + 1
    else:
        _, start = line_range(view.document, match)
    place = bisect_left(view.standing.numbers, start)
    if _FOLLOWING[wanted](view.standing, place):
        return None
    return f"not followed by {wanted}"


def _cards(standing: RemainingLines, place: int) -> bool:
    if place <= standing.last_article:
        return False
    contents = standing.document.contents
    numbers = standing.numbers[place : place + story_cards.WINDOW]
    return story_cards.begin([contents[number] for number in numbers])


def _paragraph(standing: RemainingLines, place: int) -> bool:
    if place >= len(standing.numbers):
        return False
    return standing.document.is_sentence(standing.numbers[place])


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

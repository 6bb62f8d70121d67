"""From samples of one line to the phrase that a rule would hold.

What is the same in all samples stays as it is; what differs becomes the narrowest placeholder that fits all of them. Every
phrase is tried on its samples with the engine's own pattern before anybody sees it.

    By Anna Berg              By <name>
    By Omar van der Velde

    Read also: Storm closes the harbour       Read also: <any>
    Read also: Ferry strike ends
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

import re2

from cleaner.features import line_shape
from cleaner.learn.line_templates import EDGE_LETTERS, mask, parts_of
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.phrase_errors import PhraseError
from cleaner.rulebook.phrases.syntax import Vocabulary, bare_length
from cleaner.rulebook.scan.pattern_cache import re2_options

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ANY = 2
TOKENS = 80
"""Longer lines are not aligned."""
MIDDLE_LETTERS = 2
"""Letters of what stands between two slots in all samples."""
FITTING = 0.9
"""The share of a family's samples that its phrase must match."""

_TOKEN = re.compile(r"<[a-z]+>|[^\W_]+(?:['’\-][^\W_]+)*|\s+|.")
_ANY_EMPTY = 0.2


def matches(phrase: str, line: str) -> bool:
    """Tell whether a whole line equals a phrase, as the engine sees it.

    >>> matches("By <name>", "BY Anna Berg"), matches("By <name>", "By and by")
    (True, False)
    """
    return _compiled(phrase).fullmatch(line.strip()) is not None


@lru_cache(maxsize=4096)
def _compiled(phrase: str) -> re2._Regexp:
    return re2.compile(
        syntax.whole_line(syntax.pattern(phrase, Vocabulary())), options=re2_options()
    )


def fixed(samples: Sequence[str]) -> str | None:
    """Return the phrase of samples that have one shape: a part that is the same in all of them is no slot.

    >>> fixed(["3 May 2025 | 0800 123", "4 May 2025 | 0800 123"])
    '<date> | 0800 123'
    """
    first = samples[0]
    mine = parts_of(first)
    others = [[line[start:end] for start, end, _ in parts_of(line)] for line in samples]
    phrase, done = [], 0
    for number, (start, end, name) in enumerate(mine):
        values = {
            line_shape.fold(other[number])
            for other in others
            if len(other) == len(mine)
        }
        phrase += [
            first[done:start],
            f"<{name}>" if len(values) > 1 else first[start:end],
        ]
        done = end
    text = "".join([*phrase, first[done:]])
    for candidate in (text, mask(first)):
        if _fits(candidate, samples, 1.0):
            return candidate
    return None


def aligned(samples: Sequence[str]) -> str | None:
    """Return the phrase of samples that differ in one or two places; None where too little is the same.

    >>> aligned(["Read also: Storm closes harbour", "Read also: Ferry strike ends", "Read also: No snow"])
    'Read also: <any>'
    >>> aligned(["Text: Anna Berg, photo: Li Wen", "Text: Jo Falk, photo: Ole Dahl", "Text: Eva Roe, photo: Jon Strand"])
    'Text: <name>, photo: <name>'
    """
    rows = [_TOKEN.findall(mask(line)) for line in samples]
    if len(rows) < MOST_ANY or max(map(len, rows)) > TOKENS:
        return None
    head, tail = _common(rows), _common([row[::-1] for row in rows])
    shortest = min(map(len, rows))
    tail = min(tail, shortest - head)
    middles = ["".join(row[head : len(row) - tail]) for row in rows]
    left, right = "".join(rows[0][:head]), "".join(rows[0][len(rows[0]) - tail :])
    if sum(not middle.strip() for middle in middles) > _ANY_EMPTY * len(middles):
        return None
    phrase = _one_slot(left, [middle for middle in middles if middle.strip()], right)
    two = (
        _two_slots(left, middles, right)
        if phrase is None or "<any>" in phrase
        else None
    )
    return next(
        (found for found in (two, phrase) if found and _fits(found, samples, FITTING)),
        None,
    )


def _common(rows: Sequence[Sequence[str]]) -> int:
    """Return how many tokens all rows begin with, typography aside."""
    columns = zip(*rows, strict=False)
    same = takewhile(
        lambda column: len({line_shape.fold(token) or " " for token in column}) == 1,
        columns,
    )
    return sum(1 for _ in same)


def _one_slot(left: str, values: Sequence[str], right: str) -> str | None:
    """Return a phrase with one slot, white space at the slot's ends given back to the text."""
    lead = " " if all(value.startswith(" ") for value in values) else ""
    trail = " " if all(value.endswith(" ") for value in values) else ""
    slot = placeholder([value.strip() for value in values])
    return _allowed(f"{left}{lead}{slot}{trail}{right}") if slot else None


def _two_slots(left: str, middles: Sequence[str], right: str) -> str | None:
    """Return a phrase with two slots, where all samples have the same words between them."""
    between = _between(middles)
    if between is None:
        return None
    halves = [middle.partition(between) for middle in middles]
    first = placeholder([before.strip() for before, _, _ in halves])
    second = placeholder([after.strip() for _, _, after in halves])
    if first is None or second is None:
        return None
    return _allowed(f"{left}{first}{between}{second}{right}")


def _between(middles: Sequence[str]) -> str | None:
    """Return the longest run of tokens in the first text, with letters of its own, that stands once in every other."""
    tokens = _TOKEN.findall(middles[0])
    runs = [
        "".join(tokens[start:stop])
        for start in range(1, len(tokens))
        for stop in range(start + 1, min(len(tokens), start + TOKENS // 4))
    ]
    for run in sorted(runs, key=len, reverse=True):
        if bare_length(run) < MIDDLE_LETTERS:
            break
        if all(
            middle.count(run) == 1
            and not middle.startswith(run)
            and not middle.endswith(run)
            for middle in middles
        ):
            return run
    return None


def placeholder(values: Sequence[str]) -> str | None:
    """Return the narrowest placeholder for some texts; None where one of them is empty.

    >>> placeholder(["Politics", "Sport"]), placeholder(["Anna Berg", "Jo van Dyk"]), placeholder(["A b", "c"])
    ('<word>', '<name>', '<any>')
    """
    if not all(values):
        return None
    if len(set(values)) == 1:
        return values[0]
    if all(
        value.startswith("<") and value.endswith(">") and value.count("<") == 1
        for value in values
    ):
        return "<any>"
    if all(matches("<word>", value) for value in values):
        return "<word>"
    return "<name>" if all(matches("<name>", value) for value in values) else "<any>"


def _allowed(phrase: str) -> str | None:
    """Return a phrase that lint has nothing against: at most two `<any>`, and letters beside them."""
    count = phrase.count("<any>")
    if (
        count > MOST_ANY
        or (count and bare_length(phrase) < EDGE_LETTERS)
        or not bare_length(phrase)
    ):
        return None
    return " ".join(phrase.split())


def _fits(phrase: str, samples: Sequence[str], share: float) -> bool:
    if syntax.is_regex(phrase):
        return False
    try:
        return sum(matches(phrase, line) for line in samples) >= share * len(samples)
    except PhraseError:
        return False

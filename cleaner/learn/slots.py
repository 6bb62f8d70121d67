"""From samples of one line to the phrase that a rule would hold.

What is the same in all samples stays as it is; what differs becomes the narrowest placeholder that fits all of them. Every
phrase is tried on its samples with the engine's own pattern before it is shown.

    By Anna Berg              By <name>
    By Omar van der Velde

    Read also: Storm closes the harbour       Read also: <any>
    Read also: Ferry strike ends
"""

from __future__ import annotations

import re
from functools import lru_cache
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
    pattern = syntax.pattern(phrase, Vocabulary())
    return re2.compile(syntax.whole_line(pattern), options=re2_options())


def fixed(samples: Sequence[str]) -> str | None:
    """Return the phrase of samples that have one shape: a part that is the same in all of them is no slot.

    >>> fixed(["3 May 2025 | 0800 123", "4 May 2025 | 0800 123"])
    '<date> | 0800 123'
    """
    first = samples[0]
    for phrase in (_with_what_is_the_same(samples), mask(first)):
        if _fits(phrase, samples, 1.0):
            return phrase
    return None


def _with_what_is_the_same(samples: Sequence[str]) -> str:
    """Return the first sample with placeholders for those of its changing parts that differ."""
    first = samples[0]
    parts = parts_of(first)
    rows = [_folded_parts(line) for line in samples]
    rows = [row for row in rows if len(row) == len(parts)]
    pieces: list[str] = []
    done = 0
    for number, (start, end, name) in enumerate(parts):
        values = {row[number] for row in rows}
        pieces.append(first[done:start])
        pieces.append(f"<{name}>" if len(values) > 1 else first[start:end])
        done = end
    pieces.append(first[done:])
    return "".join(pieces)


def _folded_parts(line: str) -> list[str]:
    return [line_shape.fold(line[start:end]) for start, end, _ in parts_of(line)]


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
    left, middles, right = _split(rows)
    filled = [middle for middle in middles if middle.strip()]
    if len(middles) - len(filled) > _ANY_EMPTY * len(middles):
        return None
    one = _one_slot(left, filled, right)
    found = [one]
    if one is None or "<any>" in one:
        found = [_two_slots(left, middles, right), one]
    for phrase in found:
        if phrase and _fits(phrase, samples, FITTING):
            return phrase
    return None


def _split(rows: Sequence[list[str]]) -> tuple[str, list[str], str]:
    """Return what all rows begin with, what stands in the middle of each, and what all end with."""
    first = rows[0]
    head = _common(rows)
    shortest = min(map(len, rows))
    tail = min(_common([row[::-1] for row in rows]), shortest - head)
    middles = ["".join(row[head : len(row) - tail]) for row in rows]
    left = "".join(first[:head])
    right = "".join(first[len(first) - tail :])
    return left, middles, right


def _common(rows: Sequence[Sequence[str]]) -> int:
    """Return how many tokens all rows begin with, typography aside."""
    count = 0
    for column in zip(*rows, strict=False):
        folded = {line_shape.fold(token) or " " for token in column}
        if len(folded) > 1:
            break
        count += 1
    return count


def _one_slot(left: str, values: Sequence[str], right: str) -> str | None:
    """Return a phrase with one slot, white space at the slot's ends given back to the text."""
    slot = placeholder([value.strip() for value in values])
    if not slot:
        return None
    if all(value.startswith(" ") for value in values):
        left += " "
    if all(value.endswith(" ") for value in values):
        right = f" {right}"
    return _allowed(f"{left}{slot}{right}")


def _two_slots(left: str, middles: Sequence[str], right: str) -> str | None:
    """Return a phrase with two slots, where all samples have the same words between them."""
    between = _between(middles)
    if between is None:
        return None
    before = []
    behind = []
    for middle in middles:
        first, _, second = middle.partition(between)
        before.append(first.strip())
        behind.append(second.strip())
    one = placeholder(before)
    two = placeholder(behind)
    if one is None or two is None:
        return None
    return _allowed(f"{left}{one}{between}{two}{right}")


def _between(middles: Sequence[str]) -> str | None:
    """Return the longest run of tokens in the first text, with letters of its own, that stands once in every other."""
    tokens = _TOKEN.findall(middles[0])
    longest = TOKENS // 4
    runs: list[str] = []
    for start in range(1, len(tokens)):
        last = min(len(tokens), start + longest)
        runs += ["".join(tokens[start:stop]) for stop in range(start + 1, last)]
    for run in sorted(runs, key=len, reverse=True):
        if bare_length(run) < MIDDLE_LETTERS:
            break
        if all(_is_once_inside(run, middle) for middle in middles):
            return run
    return None


def _is_once_inside(run: str, text: str) -> bool:
    if text.startswith(run) or text.endswith(run):
        return False
    return text.count(run) == 1


def placeholder(values: Sequence[str]) -> str | None:
    """Return the narrowest placeholder for some texts; None where one of them is empty.

    >>> placeholder(["Politics", "Sport"]), placeholder(["Anna Berg", "Jo van Dyk"]), placeholder(["A b", "c"])
    ('<word>', '<name>', '<any>')
    """
    if not all(values):
        return None
    if len(set(values)) == 1:
        return values[0]
    if all(map(_is_placeholder, values)):
        return "<any>"
    for narrow in ("<word>", "<name>"):
        if all(matches(narrow, value) for value in values):
            return narrow
    return "<any>"


def _is_placeholder(text: str) -> bool:
    return text.startswith("<") and text.endswith(">") and text.count("<") == 1


def _allowed(phrase: str) -> str | None:
    """Return a phrase that lint has nothing against: at most two `<any>`, and letters beside them."""
    count = phrase.count("<any>")
    letters = bare_length(phrase)
    least = EDGE_LETTERS if count else 1
    if count > MOST_ANY or letters < least:
        return None
    return " ".join(phrase.split())


def _fits(phrase: str, samples: Sequence[str], share: float) -> bool:
    if syntax.is_regex(phrase):
        return False
    try:
        fitting = [line for line in samples if matches(phrase, line)]
    except PhraseError:
        return False
    return len(fitting) >= share * len(samples)

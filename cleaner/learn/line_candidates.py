"""Which lines of a source repeat often enough to be looked at, each with the phrase that says it.

An exact line and a family may say the same: where three lines or more differ in one place ("More from Politics", "More
from Sport"), the family stands for them; fewer are left as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.features import line_shape
from cleaner.learn import slots
from cleaner.learn.line_templates import FAMILY_CHARS, forms
from cleaner.rulebook.phrases.syntax import bare_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.learn.counts import Entry
    from cleaner.learn.profile import Known

MIN_DOCUMENTS = 4
MIN_SHARE = 0.05
VARIANTS = 3
SLOT_LETTERS = 12
"""A phrase with so many letters of its own may have a slot for one word."""
SAME = 0.8
FAMILIES = 400
"""Families of a source that are looked at, the most frequent first."""


@dataclass(slots=True, kw_only=True, eq=False)
class Candidate:
    """A line that repeats: its phrase, and what was counted."""

    key: int
    phrase: str
    entry: Entry
    documents: int
    share: float
    is_family: bool
    stands_for: list[Candidate] = field(default_factory=list)
    """The exact lines that a family's phrase matches."""
    above: Candidate | None = None
    """The line that nearly always stands above it, and never without it below."""
    below: Candidate | None = None
    beside: tuple[float, float] = (0.0, 0.0)
    """How often a repeated line, or the edge of the document, stands above it and below it."""
    inside: bool = False
    """Whether lines that most articles have stand above it and below it."""
    block: list[Candidate] = field(default_factory=list)
    """The lines that always come together with it, itself among them, from above."""
    score: int = 0
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def letters(self) -> int:
        """The letters and digits of its own that the phrase has."""
        return bare_length(self.phrase)

    @property
    def is_fixed(self) -> bool:
        """Tell whether nothing in it changes."""
        return "<" not in self.phrase

    @property
    def is_label(self) -> bool:
        """Tell whether it looks like a label or a headline: short, no full stop."""
        return line_shape.is_headline(self.entry.samples[0])

    @property
    def where(self) -> str:
        """`head`, `tail` or `middle` of the document."""
        entry = self.entry
        _, spread_top = entry.from_top
        bottom, spread_bottom = entry.from_bottom
        least = EDGE_SHARE * entry.lines
        at_head = entry.head > least and spread_top <= SETTLED
        is_near_end = entry.tail > least or bottom < FAR_TAIL
        at_tail = is_near_end and spread_bottom <= SETTLED
        if at_head and at_tail:
            at_head = spread_top <= spread_bottom
        if at_head:
            return "head"
        return "tail" if at_tail else "middle"

    @property
    def is_steady(self) -> bool:
        """Tell whether it always stands about as far from the top, or from the end."""
        _, spread_top = self.entry.from_top
        _, spread_bottom = self.entry.from_bottom
        return min(spread_top, spread_bottom) <= STEADY


EDGE_SHARE = 0.8
SETTLED, FAR_TAIL = 2.5, 40
"""A line at an edge varies by so many lines, for what comes and goes between it and the edge; the tail may be long."""
STEADY = 1.6
"""Lines that a place may vary by (standard deviation) and still be the same place."""


def candidates(known: Known, min_share: float = MIN_SHARE) -> list[Candidate]:
    """Return the lines of a source that repeat, the most frequent first, each said once."""
    least = math.ceil(min_share * known.documents)
    floor = max(MIN_DOCUMENTS, least)
    exact: list[Candidate] = []
    families: list[tuple[int, Entry]] = []
    for key, entry in _frequent(known, floor):
        kind = _kind(key, entry.samples[0])
        if kind == "=":
            phrase = slots.fixed(entry.samples)
            if phrase is not None:
                line = _candidate(known, key, phrase, entry, is_family=False)
                exact.append(line)
        elif kind and entry.variants >= VARIANTS:
            families.append((key, entry))
    return _settled(known, exact, families[:FAMILIES], floor)


def _frequent(known: Known, floor: int) -> list[tuple[int, Entry]]:
    """Return what stands in enough documents, the most frequent first."""
    found = []
    for key, entry in known.entries.items():
        if entry.documents >= floor and entry.samples:
            found.append((key, entry))
    found.sort(key=lambda pair: (-pair[1].documents, pair[1].samples[0], pair[0]))
    return found


def _kind(key: int, line: str) -> str:
    """Return which form of a line has a key, an empty text where none has."""
    for known, kind, _ in forms(line):
        if known == key:
            return kind
    return ""


def _candidate(
    known: Known, key: int, phrase: str, entry: Entry, *, is_family: bool
) -> Candidate:
    documents = min(entry.documents, known.documents)
    share = documents / known.documents
    return Candidate(
        key=key,
        phrase=phrase,
        entry=entry,
        documents=documents,
        share=share,
        is_family=is_family,
    )


def _settled(
    known: Known,
    exact: Sequence[Candidate],
    families: Iterable[tuple[int, Entry]],
    floor: int,
) -> list[Candidate]:
    """Let families stand for the lines that they match, where they say more."""
    kept: list[Candidate] = []
    left = list(exact)
    for key, entry in families:
        phrase = slots.aligned(entry.samples)
        if phrase is None or "<" not in phrase:
            continue
        if any(_says_same(other, entry.samples) for other in kept):
            continue
        family = _candidate(known, key, phrase, entry, is_family=True)
        family.stands_for = _members(family, left)
        if _says_more(family, floor):
            kept.append(family)
            left = [line for line in left if line not in family.stands_for]
    found = [*kept, *left]
    found.sort(key=lambda line: (-line.documents, line.phrase))
    return found


def _members(family: Candidate, lines: Iterable[Candidate]) -> list[Candidate]:
    """Return the lines that a family's phrase matches."""
    return [
        line for line in lines if slots.matches(family.phrase, line.entry.samples[0])
    ]


def _says_more(family: Candidate, floor: int) -> bool:
    """Tell whether a family says more than its members: other lines, or many of them."""
    members = family.stands_for
    rest = family.entry.documents - sum(line.documents for line in members)
    if rest >= floor:
        return True
    if len(members) < VARIANTS or max(line.share for line in members) > SAME:
        return False
    return family.letters >= SLOT_LETTERS or "<name>" in family.phrase


def _says_same(other: Candidate, samples: Sequence[str]) -> bool:
    same = [line for line in samples if slots.matches(other.phrase, line)]
    return len(same) >= SAME * len(samples)


def owners(known: Known, found: Sequence[Candidate]) -> dict[int, Candidate]:
    """Return for each key of a line the candidate that says the line."""
    by_key = {line.key: line for line in found}
    for family in found:
        for member in family.stands_for:
            by_key[member.key] = family
    families = [line for line in found if line.is_family]
    for key, entry in known.entries.items():
        if key in by_key or not entry.samples:
            continue
        owner = _owner(entry.samples[0], families)
        if owner is not None:
            by_key[key] = owner
    return by_key


def _owner(line: str, families: Iterable[Candidate]) -> Candidate | None:
    """Return the family that says a line."""
    if len(line) > FAMILY_CHARS:
        return None
    for family in families:
        if slots.matches(family.phrase, line):
            return family
    return None

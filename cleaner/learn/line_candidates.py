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
        (_, spread_top), (bottom, spread_bottom) = (
            self.entry.from_top,
            self.entry.from_bottom,
        )
        least = EDGE_SHARE * self.entry.lines
        at_head = self.entry.head > least and spread_top <= SETTLED
        at_tail = spread_bottom <= SETTLED and (
            self.entry.tail > least or bottom < FAR_TAIL
        )
        if at_head and (not at_tail or spread_top <= spread_bottom):
            return "head"
        return "tail" if at_tail else "middle"

    @property
    def is_steady(self) -> bool:
        """Tell whether it always stands about as far from the top, or from the end."""
        return min(self.entry.from_top[1], self.entry.from_bottom[1]) <= STEADY


EDGE_SHARE = 0.8
SETTLED, FAR_TAIL = 2.5, 40
"""A line at an edge varies by so many lines, for what comes and goes between it and the edge; the tail may be long."""
STEADY = 1.6
"""Lines that a place may vary by (standard deviation) and still be the same place."""


def candidates(known: Known, min_share: float = MIN_SHARE) -> list[Candidate]:
    """Return the lines of a source that repeat, the most frequent first, each said once."""
    floor = max(MIN_DOCUMENTS, math.ceil(min_share * known.documents))
    often = [
        (key, entry)
        for key, entry in known.entries.items()
        if entry.documents >= floor and entry.samples
    ]
    often.sort(key=lambda pair: (-pair[1].documents, pair[1].samples[0], pair[0]))
    exact: list[Candidate] = []
    families: list[tuple[int, str, Entry]] = []
    for key, entry in often:
        kind, form = _form(key, entry.samples[0])
        if kind == "=":
            if (phrase := slots.fixed(entry.samples)) is not None:
                exact.append(_candidate(known, key, phrase, entry, is_family=False))
        elif entry.variants >= VARIANTS and kind and len(families) < FAMILIES:
            families.append((key, form, entry))
    return _settled(known, exact, families, floor)


def _form(key: int, line: str) -> tuple[str, str]:
    return next(
        ((kind, form) for known, kind, form in forms(line) if known == key), ("", "")
    )


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
    families: Iterable[tuple[int, str, Entry]],
    floor: int,
) -> list[Candidate]:
    """Let families stand for the lines that they match, where they say more."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for key, _, entry in families:
        phrase = slots.aligned(entry.samples)
        if (
            phrase is None
            or "<" not in phrase
            or any(_says_same(other, entry.samples) for other in kept)
        ):
            continue
        family = _candidate(known, key, phrase, entry, is_family=True)
        members = [
            line
            for line in exact
            if line.key not in taken and slots.matches(phrase, line.entry.samples[0])
        ]
        rest = entry.documents - sum(line.documents for line in members)
        many = len(members) >= VARIANTS and (
            family.letters >= SLOT_LETTERS or "<name>" in phrase
        )
        if (rest >= floor or many) and not (
            rest < floor and max((m.share for m in members), default=0) > SAME
        ):
            family.stands_for = members
            taken.update(line.key for line in members)
            kept.append(family)
    rest_of = [line for line in exact if line.key not in taken]
    return sorted([*kept, *rest_of], key=lambda line: (-line.documents, line.phrase))


def _says_same(other: Candidate, samples: Sequence[str]) -> bool:
    return sum(slots.matches(other.phrase, line) for line in samples) >= SAME * len(
        samples
    )


def owners(known: Known, found: Sequence[Candidate]) -> dict[int, Candidate]:
    """Return for each key of a line the candidate that says the line."""
    by_key = {line.key: line for line in found}
    for family in found:
        by_key |= {member.key: family for member in family.stands_for}
    open_ = [line for line in found if line.is_family]
    for key, entry in known.entries.items():
        if (
            key not in by_key
            and entry.samples
            and len(entry.samples[0]) <= FAMILY_CHARS
        ):
            owner = next(
                (
                    line
                    for line in open_
                    if slots.matches(line.phrase, entry.samples[0])
                ),
                None,
            )
            if owner is not None:
                by_key[key] = owner
    return by_key

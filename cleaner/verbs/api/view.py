"""What a verb may look at: the document, and where the phrases of its rule stand in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner import story_cards
from cleaner.features import line_shape
from cleaner.features.clutter import PageFacts
from cleaner.model import Fact
from cleaner.verbs.api.values import Phrasebook, Place
from cleaner.verbs.repeats.passages import passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cleaner.model import Document
    from cleaner.verbs.repeats.passages import Passage


PARAGRAPH_CHARS = 200
"""A sentence-like line of so many code points is a paragraph of an article, whatever stands above it."""


@dataclass(frozen=True, kw_only=True)
class RemainingLines:
    """The lines of a document that are not known clutter, and what guards ask of all of them, worked out once.

    No `slots`: cached properties need an instance dictionary.
    """

    document: Document
    claimed: frozenset[int] = frozenset()
    """Lines that rules of the first stage take out: known clutter."""

    @cached_property
    def facts(self) -> PageFacts:
        """The facts of all filled lines, each worked out when first asked for."""
        return PageFacts(self.document.facts, self.claimed)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The filled lines that stand, in order. "Place" in what follows is an index into this."""
        return tuple(
            number for number in self.document.filled if number not in self.claimed
        )

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """What is printed twice in the document: see `_passages.py`."""
        return passages(self.document)

    @cached_property
    def words_above(self) -> tuple[int, ...]:
        """For each place the words that stand above it, and at last the words of all."""
        return tuple(
            accumulate(
                (self.document.words[number] for number in self.numbers), initial=0
            )
        )

    @cached_property
    def last_article(self) -> int:
        """The last place at which an article can begin: paragraphs in a row. -1 where there is none."""
        return story_cards.last_article(
            [self.document.contents[number] for number in self.numbers]
        )

    @cached_property
    def last_paragraph(self) -> int:
        """The place of the last long paragraph, -1 where there is none."""
        return self._last(
            lambda line: len(line) >= PARAGRAPH_CHARS and line_shape.is_sentence(line)
        )

    @cached_property
    def last_text(self) -> int:
        """The place of the last line that is no headline, -1 where there is none."""
        return self._last(lambda line: not line_shape.is_headline(line))

    def _last(self, fits: Callable[[str], bool]) -> int:
        places = range(len(self.numbers) - 1, -1, -1)
        return next(
            (
                place
                for place in places
                if fits(self.document.contents[self.numbers[place]])
            ),
            -1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One document through the eyes of one rule."""

    document: Document
    hits: Mapping[str, Sequence[int]]
    """For each role the numbers of the lines where one of its phrases matched, in order."""
    phrasebook: Phrasebook
    standing: RemainingLines
    _lines: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def claimed(self) -> frozenset[int]:
        """Return the lines that rules of the first stage take out: known clutter."""
        return self.standing.claimed

    @property
    def line_facts(self) -> PageFacts:
        """Return the facts of all filled lines."""
        return self.standing.facts

    def equals(self, role: str, number: int) -> bool:
        """Return whether a line equals a phrase of a role: for the roles that do not trigger their rule."""
        return self.phrasebook.equals(role, self.document.contents[number])

    def lines(self, role: str) -> tuple[int, ...]:
        """Return all filled lines that equal a phrase of a role, in order; worked out once."""
        if role not in self._lines:
            self._lines[role] = tuple(
                number for number in self.document.filled if self.equals(role, number)
            )
        return self._lines[role]

    def places(self, role: str, number: int) -> Iterator[Place]:
        """Yield the places of a role's phrases in a line."""
        return self.phrasebook.places(role, self.document.contents[number])

    def facts(self, role: str, number: int) -> tuple[Fact, ...]:
        """Return what the phrases of a role capture in a line."""
        place = next(self.places(role, number), None)
        return (
            tuple(
                Fact(*capture) for capture in place.captures if not capture[0].isdigit()
            )
            if place
            else ()
        )

    def below(self, number: int) -> Iterator[int]:
        """Yield the filled lines under a line that are not known clutter, nearest first."""
        numbers = self.standing.numbers
        return (
            numbers[place]
            for place in range(bisect_right(numbers, number), len(numbers))
        )

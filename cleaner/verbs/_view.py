"""What a verb is, and what it may look at: the document, and where the phrases of its rule stand in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from cleaner import cards, shapes
from cleaner.model import Fact, Match
from cleaner.verbs._page_facts import PageFacts
from cleaner.verbs._passages import passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cleaner.model import Document
    from cleaner.verbs._passages import Passage


PARAGRAPH_CHARS = 200
"""A sentence-like line of so many code points is a paragraph of an article, whatever stands above it."""


class Lines(tuple[str, ...]):
    """Phrases that a whole line must equal."""

    __slots__ = ()


class Spans(tuple[str, ...]):
    """Phrases that may stand anywhere inside a line."""

    __slots__ = ()


class Signs(tuple[str, ...]):
    """Conditions on line facts, each with its points: `-1.2 words at most 3, stop no` (see `signs.py`)."""

    __slots__ = ()


class Conditions(tuple[str, ...]):
    """Conditions on line facts, of which one must be met: `bullet yes, words 5 to 20` (see `signs.py`)."""

    __slots__ = ()


class Role(NamedTuple):
    """A group of phrases that plays one part in a verb or a guard: any of them will do."""

    name: str
    phrases: tuple[str, ...]
    whole_line: bool


class Place(NamedTuple):
    """Where a phrase stands inside a line (code points from the line's start), and what it captured."""

    start: int
    end: int
    captures: tuple[tuple[str, str], ...]


class Phrasebook(Protocol):
    """Finds the exact places and captures of one rule's phrases in one line's text."""

    def places(self, role: str, text: str) -> Iterator[Place]:
        """Yield where phrases of a role stand in the text, from left to right, without overlaps."""
        ...

    def equals(self, role: str, text: str) -> bool:
        """Tell whether a whole line equals a phrase of a role."""
        ...


@dataclass(frozen=True, kw_only=True)
class Standing:
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
        return tuple(number for number in self.document.filled if number not in self.claimed)

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """What is printed twice in the document: see `_passages.py`."""
        return passages(self.document)

    @cached_property
    def words_above(self) -> tuple[int, ...]:
        """For each place the words that stand above it, and at last the words of all."""
        return tuple(accumulate((self.document.words[number] for number in self.numbers), initial=0))

    @cached_property
    def last_article(self) -> int:
        """The last place at which an article can begin: paragraphs in a row. -1 where there is none."""
        return cards.last_article([self.document.contents[number] for number in self.numbers])

    @cached_property
    def last_paragraph(self) -> int:
        """The place of the last long paragraph, -1 where there is none."""
        return self._last(lambda line: len(line) >= PARAGRAPH_CHARS and shapes.is_sentence(line))

    @cached_property
    def last_text(self) -> int:
        """The place of the last line that is no headline, -1 where there is none."""
        return self._last(lambda line: not shapes.is_headline(line))

    def _last(self, fits: Callable[[str], bool]) -> int:
        places = range(len(self.numbers) - 1, -1, -1)
        return next((place for place in places if fits(self.document.contents[self.numbers[place]])), -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One document through the eyes of one rule."""

    document: Document
    hits: Mapping[str, Sequence[int]]
    """For each role the numbers of the lines where one of its phrases matched, in order."""
    phrasebook: Phrasebook
    standing: Standing
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
        """Tell whether a line equals a phrase of a role: for the roles that do not trigger their rule."""
        return self.phrasebook.equals(role, self.document.contents[number])

    def lines(self, role: str) -> tuple[int, ...]:
        """Return all filled lines that equal a phrase of a role, in order; worked out once."""
        if role not in self._lines:
            self._lines[role] = tuple(number for number in self.document.filled if self.equals(role, number))
        return self._lines[role]

    def places(self, role: str, number: int) -> Iterator[Place]:
        """Yield the places of a role's phrases in a line."""
        return self.phrasebook.places(role, self.document.contents[number])

    def facts(self, role: str, number: int) -> tuple[Fact, ...]:
        """Return what the phrases of a role capture in a line."""
        place = next(self.places(role, number), None)
        return tuple(Fact(*capture) for capture in place.captures if not capture[0].isdigit()) if place else ()

    def below(self, number: int) -> Iterator[int]:
        """Yield the filled lines under a line that are not known clutter, nearest first."""
        numbers = self.standing.numbers
        return (numbers[place] for place in range(bisect_right(numbers, number), len(numbers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(ABC):
    """What one rule does. Subclasses are frozen dataclasses; their fields are what an editor writes."""

    KEY: ClassVar[str]
    """The key in YAML: the module's name."""
    STAGE: ClassVar[int] = 0
    """1 for verbs that want to know which lines are clutter already (`View.claimed`)."""
    TRIGGERS: ClassVar[tuple[str, ...]] = ("phrases",)
    """The roles of which one must match before `find` is called; empty: it is called on every document."""
    ALWAYS: ClassVar[bool] = False
    """True where `find` is called on every document although the verb has triggers."""
    COSTLY: ClassVar[bool] = False
    """True where `find` is not called in a run whose level would refuse what it finds."""
    PROOF: ClassVar[bool] = False
    """True where the verb may only act with `near` or `followed_by`."""
    ALONE: ClassVar[bool] = False
    """True where other rules give way: they act in the passes after this one."""
    GIVES_WAY: ClassVar[bool] = True
    """False where the verb acts beside one that acts alone: its places hold whatever stands around them."""

    @property
    def triggers(self) -> tuple[str, ...]:
        """Return the roles of which one must match before `find` is called."""
        return self.TRIGGERS

    def roles(self) -> Iterator[Role]:
        """Yield the groups of phrases that the scan must look for."""
        for place in fields(self):
            value = getattr(self, place.name)
            if value and isinstance(value, Lines | Spans):
                yield Role(place.name, tuple(value), isinstance(value, Lines))

    @abstractmethod
    def find(self, view: View) -> Iterator[Match]:
        """Yield the places that this verb would change."""

    def complete(self, view: View, match: Match) -> Match:  # noqa: ARG002 - what most verbs do not need
        """Return a match, which no guard objects to, with what would have been too dear to work out for every place."""
        return match


def whole_lines(
    view: View, first: int, stop: int, *, reason: str, proved: bool = True, facts: Iterable[Fact] = ()
) -> Match:
    """Return a match that takes the lines `first` to `stop` (exclusive) with their newlines."""
    start, end = view.document.span(first, stop)
    return Match(start=start, end=end, line=first, reason=reason, proved=proved, facts=tuple(facts))


def quoted(text: str, limit: int = 60) -> str:
    """Return a text shortened for a reason.

    >>> quoted("Related Articles")
    '“Related Articles”'
    """
    bare = " ".join(text.split())
    return f"“{bare if len(bare) <= limit else bare[: limit - 1] + '…'}”"

"""What a verb is, and what it may look at: the document, and where the phrases of its rule stand in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from cleaner.model import Fact, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.model import Document


class Lines(tuple[str, ...]):
    """Phrases that a whole line must equal."""

    __slots__ = ()


class Spans(tuple[str, ...]):
    """Phrases that may stand anywhere inside a line."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One document through the eyes of one rule."""

    document: Document
    hits: Mapping[str, Sequence[int]]
    """For each role the numbers of the lines where one of its phrases matched, in order."""
    phrasebook: Phrasebook
    claimed: frozenset[int] = field(default=frozenset())
    """Lines that rules of the first stage take out: known clutter."""

    def places(self, role: str, number: int) -> Iterator[Place]:
        """Yield the places of a role's phrases in a line."""
        return self.phrasebook.places(role, self.document.contents[number])

    def facts(self, role: str, number: int) -> tuple[Fact, ...]:
        """Return what the phrases of a role capture in a line."""
        place = next(self.places(role, number), None)
        return tuple(Fact(*capture) for capture in place.captures) if place else ()

    def below(self, number: int) -> Iterator[int]:
        """Yield the filled lines under a line that are not known clutter, nearest first."""
        for other in range(number + 1, len(self.document.contents)):
            if not self.document.is_blank(other) and other not in self.claimed:
                yield other

    def above(self, number: int) -> Iterator[int]:
        """Yield the filled lines above a line that are not known clutter, nearest first."""
        for other in range(number - 1, -1, -1):
            if not self.document.is_blank(other) and other not in self.claimed:
                yield other


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(ABC):
    """What one rule does. Subclasses are frozen dataclasses; their fields are what an editor writes."""

    KEY: ClassVar[str]
    """The key in YAML: the module's name."""
    STAGE: ClassVar[int] = 0
    """1 for verbs that want to know which lines are clutter already (`View.claimed`)."""
    TRIGGERS: ClassVar[tuple[str, ...]] = ("phrases",)
    """The roles of which one must match before `find` is called; empty: it is called on every document."""
    PROOF: ClassVar[bool] = False
    """True where the verb may only act with `near` or `followed_by`."""

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

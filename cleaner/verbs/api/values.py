"""The types of the fields of verbs, and where phrases match in a line.

The type of a field says what its texts are: rule files are checked, stored and documented by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator


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


class Selectors(tuple[str, ...]):
    """CSS selectors of elements of an HTML page."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A phrase inside a line and its replacement."""

    find: str
    """What to look for: a phrase or a /RE2/."""
    with_: str = ""
    """What to write instead."""


class Swaps(tuple[Swap, ...]):
    """Phrases inside a line, each with its replacement."""

    __slots__ = ()


TEXT_TYPES = (Conditions, Lines, Selectors, Signs, Spans)
"""The types of fields that hold texts. Rule files write them as a block, one text a line, or as a list."""
PHRASE_TYPES = (Lines, Spans, Swaps)
"""The types of fields that hold phrases."""


@runtime_checkable
class ArticleSigns(Protocol):
    """The fields of a verb that takes the article out of a page."""

    @property
    def signs(self) -> Signs:
        """Return the conditions on a line of a page, each with its points."""
        ...

    @property
    def doubt(self) -> float:
        """Return the per cent of the article's words that may be unsure before other extractors are asked."""
        ...


class Role(NamedTuple):
    """A group of phrases that has one part in a verb or a guard; a match of any of them counts."""

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
        """Return whether a whole line equals a phrase of a role."""
        ...

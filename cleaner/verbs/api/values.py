"""What a verb says of its phrases, and where they stand in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

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

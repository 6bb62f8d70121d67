"""What a verb is: a frozen dataclass with one method that finds places."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from cleaner.model import Fact, Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.verbs.api.view import View
from cleaner.verbs.api.values import Lines, Role, Spans


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
    view: View,
    first: int,
    stop: int,
    *,
    reason: str,
    proved: bool = True,
    facts: Iterable[Fact] = (),
) -> Match:
    """Return a match that takes the lines `first` to `stop` (exclusive) with their newlines."""
    start, end = view.document.span(first, stop)
    return Match(
        start=start,
        end=end,
        line=first,
        reason=reason,
        proved=proved,
        facts=tuple(facts),
    )


def quoted(text: str, limit: int = 60) -> str:
    """Return a text shortened for a reason.

    >>> quoted("Related Articles")
    '“Related Articles”'
    """
    bare = " ".join(text.split())
    return f"“{bare if len(bare) <= limit else bare[: limit - 1] + '…'}”"

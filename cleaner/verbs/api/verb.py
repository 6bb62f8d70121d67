"""What a verb is: a frozen dataclass with one method that finds places."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping  # noqa: TC003 - read by get_type_hints
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Literal, get_type_hints

from cleaner.model import Fact, Match
from cleaner.verbs.api.values import Lines, Role, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.verbs.api.view import View

Input = Literal["text", "page"]
ExampleKind = Literal["text", "markup", "page"]
FactKind = Literal["line", "article", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(ABC):
    """What one rule does. Subclasses are frozen dataclasses; their fields are what an editor writes."""

    KEY: ClassVar[str]
    """The key in YAML: the module's name."""
    DIRECT: ClassVar[str | None] = None
    """The field that holds what an editor writes directly under the key; None: the key holds a mapping of all fields."""
    RULE_KEYS: ClassVar[Mapping[str, str]] = {}
    """Fields that an editor writes next to the verb's key instead of under it, each with what it does."""
    INPUT: ClassVar[Input] = "text"
    """`text`: `find` looks at a document of lines; `page`: the verb acts on an HTML page before there are lines."""
    EXAMPLE_KIND: ClassVar[ExampleKind] = "text"
    """What the examples of its rules are: a text before and after; markup before and after; a page and its article."""
    CAPTURES: ClassVar[tuple[str, ...]] = ()
    """The fields that its phrases may capture."""
    FACTS: ClassVar[Mapping[str, FactKind]] = {}
    """The facts that the signs of a field may ask for, by the field's name; `line` where it is not listed."""
    CONDITION_WORDS: ClassVar[tuple[str, ...]] = ()
    """Words that may be given in place of a condition."""
    TAKES_MORE_THAN_ITS_LINE: ClassVar[bool] = False
    """True where a match of a phrase removes lines that no phrase equals: a phrase of one common word is risky."""
    SHORT_PHRASES: ClassVar[bool] = False
    """True where phrases inside a line may be short: something else must be there too."""
    PHRASES_IN_SEQUENCE: ClassVar[bool] = False
    """True where all phrases must match, one after the other: each guards the others."""
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
        for field in fields(self):
            value = getattr(self, field.name)
            if value and isinstance(value, Lines | Spans):
                whole_line = isinstance(value, Lines)
                yield Role(field.name, tuple(value), whole_line)

    @abstractmethod
    def find(self, view: View) -> Iterator[Match]:
        """Yield the places that this verb would change."""

    def complete(self, view: View, match: Match) -> Match:  # noqa: ARG002 - what most verbs do not need
        """Return a match, which no guard objects to, with what would have been too dear to work out for every place."""
        return match


@cache
def field_types(verb: type[Verb]) -> Mapping[str, object]:
    """Return the types of a verb's fields by their names, in order."""
    hints = get_type_hints(verb)
    return {field.name: hints[field.name] for field in fields(verb)}


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

"""A rule as the engine sees it: frozen values, no YAML and no pydantic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cleaner.verbs.api.values import Conditions, Lines, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.verbs.api.verb import Verb

Status = Literal["draft", "watch", "live", "retired"]
Confidence = Literal["high", "medium", "low"]
Following = Literal["cards", "headlines", "no-paragraphs", "paragraph", "end"]
Category = Literal[
    "consent", "related", "social", "promo", "ai-ad", "comments", "byline", "caption", "duplicate", "share", "ads",
    "paywall", "agency", "tags", "navigation", "encoding", "meta", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a rule applies. An empty tuple means everywhere."""

    sites: tuple[str, ...] = ()
    """Host names; `*.example.com` stands for the host and all below it."""
    not_sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes. A document whose language cannot be told is in every scope."""
    formats: tuple[str, ...] = ()
    """`text`, `html`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Guards: what must be true around a match before it counts. None asks nothing."""

    min_words_before: int | None = None
    """Words of text that must stand above the match."""
    near: Lines = field(default_factory=Lines)
    """Lines of which some must stand close to the match."""
    near_lines: int = 8
    """How many filled lines before or after the match count as close."""
    near_min: int = 1
    """How many different lines must be there."""
    followed_by: Following | None = None
    first_lines: int | None = None
    """The match must begin within so many filled lines from the top."""
    last_lines: int | None = None
    """The match must begin within so many filled lines from the end."""
    max_chars: int | None = None
    """The longest line that may go, in code points."""
    max_words: int | None = None
    """The longest line that may go, in words."""
    line: Conditions = field(default_factory=Conditions)
    """Conditions on line facts, of which the line at which the match begins must meet one."""
    with_clutter: bool = False
    """Other rules must have found clutter in the document: a text that is clean already keeps what may be its own."""
    echoed_words: int | None = None
    """So many of the line's longer words must stand again in the three filled lines below it, as a headline's do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and what the rule makes of it; `after` is None for a text that must stay as it is."""

    before: str
    after: str | None = None
    captures: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the book."""

    id: str
    name: str = ""
    why: str = ""
    category: str = "other"
    status: Status = "draft"
    confidence: Confidence = "medium"
    owner: str = ""
    added: str = ""
    source: str = ""
    replaces: tuple[str, ...] = ()
    expires: str = ""
    scope: Scope = field(default_factory=Scope)
    verb: Verb
    when: When = field(default_factory=When)
    except_: Lines = field(default_factory=Lines)
    exact: bool = False
    examples: tuple[Example, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def stage(self) -> int:
        """When the rule is asked: 1 where it wants to know what the rules of stage 0 take out."""
        asks = self.when.with_clutter or any(
            "clutter" in text for text in self.when.line
        )
        return max(self.verb.STAGE, int(asks))

    def roles(self) -> Iterator[Role]:
        """Yield the verb's groups of phrases and those of the guards."""
        yield from self.verb.roles()
        if self.when.near:
            yield Role("near", tuple(self.when.near), whole_line=True)
        if self.except_:
            yield Role("except", tuple(self.except_), whole_line=True)

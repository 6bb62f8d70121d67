"""The values that flow through the five steps. Read after `pipeline.py`.

    Source ──decode──▶ Page ──extract──▶ Document ──match──▶ Edits ──policy──▶ Article

All of them are frozen. Spans are half-open and count code points in the repaired text, lines are counted from 0
inside the program; the article's record shows them from 1, as text editors do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from cleaner.document import Document, Line

__all__ = [
    "SCHEMA",
    "Article", "Document", "Edit", "Embed", "Explanation", "Fact", "Image", "Line", "Match", "Outcome", "Page", "Pruned",
    "Refusal", "Related", "Removal", "Repair", "Source",
]  # fmt: skip

SCHEMA = "cleaner.article/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input document as it came, and what is known of it from outside."""

    id: str
    data: bytes | str
    """Bytes as read, or text that somebody else has decoded."""
    media_type: str = "text/plain"
    charset: str | None = None
    """The encoding that the transport declared (an HTTP header, an option), if any."""
    origin: str | None = None
    """The path that it was read from, or None."""
    url: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    """Facts that came with the input: title, authors, published, … (see `facts.py`)."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Fields of the input record that nobody here knows; they are passed through under `input`."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of encoding repair and how often it was made."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A source as repaired text."""

    source: Source
    text: str
    encoding: str
    """The encoding that decoded the bytes; `str` where text was given."""
    encoding_from: str
    """How it was found: `bom`, `declared`, `utf-8`, `mixed`, `detected` or `given`."""
    sha256: str
    """Of the input bytes (of the UTF-8 form where text was given), in hexadecimal."""
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """What an embedded post said before it was taken out of the text."""

    platform: str
    author: str | None = None
    handle: str | None = None
    date: str | None = None
    """ISO 8601, day precision."""
    text: str | None = None
    url: str | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A related story that was printed after the article and cut off."""

    title: str | None = None
    outlet: str | None = None
    age: str | None = None
    """As printed ("38 minutes ago"): it has no anchor in time."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the article, and what stood under it."""

    url: str | None = None
    """Absolute where the page's address is known."""
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """An element of a page that a rule took out before the text existed."""

    rule: str
    category: str
    selector: str
    element: str
    """Its tag with id and classes, as a selector: `aside#more.related.teaser`."""
    line: int
    """Line of the markup on which it begins, from 1; 0 where the parser lost count."""
    text: str
    """What a reader would have read in it, on one line; lines that `take_article` left out stand one under the other."""
    reason: str = ""


class Fact(NamedTuple):
    """One thing that a rule learned about the article."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that a verb found, before guards and policy: what would go, why, and what it teaches."""

    start: int
    end: int
    line: int
    """The line that gave the match away: guards measure from here."""
    replacement: str = ""
    changes: bool = True
    """False where a match only teaches facts and leaves the text alone (`capture`)."""
    reason: str = ""
    proved: bool = True
    """True where every removed line speaks for itself or a copy of it stays; False where a shape was followed."""
    witness: int | None = None
    """The line that says the same and has to stay, where a copy goes."""
    flag: str = ""
    """What the article's flags say where this match is applied."""
    doubt: str | None = None
    """Why the verb itself would rather keep the text (a close runner-up); policy then refuses and flags it."""
    facts: tuple[Fact, ...] = ()
    embed: Embed | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A match in the name of a rule."""

    rule: str
    category: str
    match: Match
    also: tuple[str, ...] = ()
    """Other rules that wanted (part of) the same text."""

    @property
    def start(self) -> int:
        """First code point that goes."""
        return self.match.start

    @property
    def end(self) -> int:
        """Code point after the last that goes."""
        return self.match.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An edit that was found and not applied, and what stopped it."""

    rule: str
    category: str
    start: int
    end: int
    line: int
    why: str
    """The guard (`near`, `except`, `with_clutter`, …) or the policy (`confidence`, `budget`, `doubt`, `passes`) that stopped it."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """An applied edit. `start`, `end`, `text` refer to the repaired text; `lines` are the first and last, from 1."""

    rule: str
    category: str
    start: int
    end: int
    lines: tuple[int, int]
    text: str
    replacement: str = ""
    reason: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article: body, facts, and an account of everything that was taken away."""

    id: str
    title: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    site: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    publisher: str | None = None
    syndicator: str | None = None
    agency: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    facts_from: Mapping[str, str] = field(default_factory=dict)
    facts_confidence: Mapping[str, str] = field(default_factory=dict)
    """How sure each fact is: `high`, `medium` or `low` (somebody had to guess)."""
    body: str
    embeds: tuple[Embed, ...] = ()
    images: tuple[Image, ...] = ()
    related: tuple[Related, ...] = ()
    dates_seen: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()
    pruned: tuple[Pruned, ...] = ()
    """Elements of an HTML page that rules took out before there was a text."""
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()
    source: Mapping[str, object] = field(default_factory=dict)
    stats: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    watched: tuple[Removal | Pruned, ...] = ()
    """What watch rules would have removed. Nothing of it is gone."""
    rulebook: str = ""
    cleaner: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """Return the record (schema `cleaner.article/1`): plain dicts, lists, strings and numbers, ready for JSON."""
        record: dict[str, object] = {"schema": SCHEMA}
        for name in _names(Article):
            value = getattr(self, name)
            record[name] = (
                value if value is None or isinstance(value, str) else _plain(value)
            )
        record["input"] = record.pop("extra")
        return record


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    kind: Any = type(value)
    if names := _names(kind):
        return {name: _plain(getattr(value, name)) for name in names}
    return dict(value) if isinstance(value, Mapping) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass, none for other kinds of values."""
    return (
        tuple(place.name for place in dataclasses.fields(kind))
        if dataclasses.is_dataclass(kind)
        else ()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An article beside the repaired text that its removals refer to."""

    text: str
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one source in a run: an article, or the error that rejected it."""

    source: Source
    article: Article | None = None
    error: Exception | None = None
    seconds: float = 0.0
    """How long that took, by the clock."""

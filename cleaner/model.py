"""The values that flow through the five steps. Read after `pipeline.py`.

    Source ──decode──▶ Page ──extract──▶ Document ──match──▶ Edits ──policy──▶ Article

All of them are frozen. Spans are half-open and count code points in the repaired text, lines are counted from 0
inside the program; the article's record shows them from 1, as text editors do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cleaner import shapes

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


class Line(NamedTuple):
    """A line's place in the text: code points, half-open, without its newline."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """Article text as lines, with facts about each line computed once, when first asked for.

    No `slots`: cached properties need an instance dictionary.
    """

    text: str
    language: str | None = None
    """ISO 639-1 code of the article's language, None where it cannot be told."""
    site: str | None = None
    """Host name of the article's URL without `www.`."""
    format: str = "text"
    """`text` or `html`: what the input was."""

    @cached_property
    def contents(self) -> tuple[str, ...]:
        """The text of each line, without newlines."""
        return tuple(self.text.split("\n"))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The place of each line."""
        places, start = [], 0
        for content in self.contents:
            end = start + len(content)
            places.append(Line(start, end))
            start = end + 1
        return tuple(places)

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The numbers of the lines that are not blank."""
        return tuple(number for number, content in enumerate(self.contents) if content.strip())

    @cached_property
    def copies(self) -> tuple[tuple[int, ...], ...]:
        """Groups of filled lines that say the same but for case, spaces and the kind of quotes and dashes, in order."""
        lengths: dict[int, list[int]] = {}
        for number, content in enumerate(self.contents):
            lengths.setdefault(len(content.strip()), []).append(number)
        groups: dict[str, list[int]] = {}
        for length, numbers in lengths.items():  # what differs only in typography has the same length
            for number in numbers if length and len(numbers) > 1 else ():
                groups.setdefault(shapes.fold(self.contents[number]), []).append(number)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    @cached_property
    def words(self) -> tuple[int, ...]:
        """The number of words of each line."""
        return tuple(map(shapes.words, self.contents))

    def is_blank(self, number: int) -> bool:
        """Tell whether a line holds nothing but white space."""
        return not self.contents[number].strip()

    def is_sentence(self, number: int) -> bool:
        """Tell whether a line looks like a paragraph of an article."""
        return shapes.is_sentence(self.contents[number])

    def is_headline(self, number: int) -> bool:
        """Tell whether a line looks like a headline, a label or a menu item."""
        return shapes.is_headline(self.contents[number])

    def span(self, first: int, stop: int) -> tuple[int, int]:
        r"""Return the code points of lines `first` to `stop` (exclusive), each with its newline.

        >>> Document(text="a\nb\nc").span(1, 2)
        (2, 4)
        """
        start = self.lines[first].start
        return start, self.lines[stop].start if stop < len(self.lines) else len(self.text)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds the code point at `offset`."""
        return self.text.count("\n", 0, offset)


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
    """The guard or the policy that stopped it: `near`, `except`, `followed_by`, `status`, `confidence`, `budget`, `doubt`."""
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
    body: str
    embeds: tuple[Embed, ...] = ()
    related: tuple[Related, ...] = ()
    dates_seen: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()
    source: Mapping[str, object] = field(default_factory=dict)
    stats: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    watched: tuple[Removal, ...] = ()
    """What watch rules would have removed. Nothing of it is gone."""
    rulebook: str = ""
    cleaner: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """Return the record (schema `cleaner.article/1`): plain dicts, lists, strings and numbers, ready for JSON."""
        record: dict[str, object] = {"schema": SCHEMA}
        for place in dataclasses.fields(self):
            record["input" if place.name == "extra" else place.name] = _plain(getattr(self, place.name))
        return record


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {place.name: _plain(getattr(value, place.name)) for place in dataclasses.fields(value)}
    return dict(value) if isinstance(value, Mapping) else value


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a rule file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    """A lint id such as `L001`; each has a paragraph in `docs/lint.md`."""
    message: str
    rule: str | None = None
    source: str = ""
    """The offending line as it stands in the file."""
    width: int = 1
    """Code points to underline from `column`."""
    severity: str = "error"
    """`error` keeps the rule from loading; `warning` does not."""

    def __str__(self) -> str:
        """Return `file:line:column: code message`, the line, and a caret under the place."""
        head = f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"
        if not self.source:
            return head
        gutter = f"{self.line:>5} | "
        source = self.source.replace("\t", " ")
        return f"{head}\n{gutter}{source}\n      | {' ' * (self.column - 1)}{'^' * max(1, self.width)}"



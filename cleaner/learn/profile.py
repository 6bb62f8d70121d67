"""What was learned about some sources: a value that is saved, loaded and added to.

The file is JSON with a version. It is written whole or not at all, so a run that is killed goes on from the last save.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import orjson

from cleaner.errors import UsageError
from cleaner.io import atomic
from cleaner.learn.bloom import DOCUMENT_BITS, ENTRIES, LINE_BITS, WINDOW, Bloom
from cleaner.learn.counts import Entry
from cleaner.learn.line_templates import key_of

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "cleaner.profile/1"
PARAGRAPHS = 60
"""Paragraphs of a source that are kept to see how often a phrase stands in running text."""
PARAGRAPHS_OF_ALL = 40_000
PARAGRAPH_CHARS = 500

By = Literal["site", "publisher", "directory", "auto"]


@dataclass(slots=True, kw_only=True)
class Known:
    """What was learned about one source."""

    name: str
    salt: int = 0
    """A number that keeps its lines apart from those of other sources."""
    site: str | None = None
    """The host that rules for it apply to, None where it is not known by one."""
    documents: int = 0
    copies: int = 0
    """Documents that were left out because another one says the same."""
    windows: int = 0
    """How often its entries were thinned out: a count may be too low by as much."""
    languages: dict[str, int] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    paragraphs_seen: int = 0

    def thin_out(self) -> int:
        """Drop the entries that were seen in no more documents than windows have passed; return how many."""
        self.windows += 1
        kept = {
            key: entry
            for key, entry in self.entries.items()
            if entry.documents + entry.missed > self.windows
        }
        dropped = len(self.entries) - len(kept)
        self.entries = kept
        return dropped

    def keep_paragraph(self, line: str, key: int, room: int) -> None:
        """Keep a paragraph of the article by chance, each with the same: reservoir sampling with the key as the die."""
        self.paragraphs_seen += 1
        paragraph = line[:PARAGRAPH_CHARS]
        if len(self.paragraphs) < room:
            self.paragraphs.append(paragraph)
            return
        place = key % self.paragraphs_seen
        if place < len(self.paragraphs):
            self.paragraphs[place] = paragraph


@dataclass(slots=True, kw_only=True)
class Profile:
    """What was learned about all sources of a corpus."""

    by: By = "auto"
    sources: dict[str, Known] = field(default_factory=dict)
    texts: Bloom = field(default_factory=lambda: Bloom(DOCUMENT_BITS))
    """The documents that were counted, by the hash of their text."""
    lines: Bloom = field(default_factory=lambda: Bloom(LINE_BITS))
    """The lines that were seen once."""
    entries: int = 0
    repeated: int = 0
    """Documents that had been counted before."""
    unreadable: int = 0
    homeless: int = 0
    """Documents whose source is not known."""

    @property
    def documents(self) -> int:
        """How many documents were counted."""
        return sum(known.documents for known in self.sources.values())

    def source(self, name: str, site: str | None) -> Known:
        """Return what is known of a source; a new one is met here for the first time."""
        known = self.sources.get(name)
        if known is None:
            salt = key_of("source", name)
            known = Known(name=name, salt=salt, site=site)
            self.sources[name] = known
        return known

    def tidy(self, known: Known, limit: int = ENTRIES) -> None:
        """Thin out where a window of the source has passed, or where all sources together hold too much."""
        if known.documents % WINDOW == 0:
            self.entries -= known.thin_out()
        while self.entries > limit:
            for other in self.sources.values():
                self.entries -= other.thin_out()
        if not self.lines.half_full:
            return
        self.lines.clear()
        for other in self.sources.values():
            other.windows += 1  # a line that was seen once is forgotten: its count will be too low by one

    @property
    def room(self) -> int:
        """How many paragraphs each source may keep."""
        share = PARAGRAPHS_OF_ALL // max(1, len(self.sources))
        return max(4, min(PARAGRAPHS, share))


def save(profile: Profile, path: Path) -> None:
    """Write a profile. Raise OutputError where it cannot be written; a file that was there before then stays."""
    data: dict[str, Any] = {}
    for field_ in dataclasses.fields(profile):
        data[field_.name] = getattr(profile, field_.name)
    data["version"] = VERSION
    data["texts"] = profile.texts.dump()
    data["lines"] = profile.lines.dump()
    atomic.make_folder(path.absolute().parent)
    atomic.write(path, orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS))


def load(path: Path) -> Profile:
    """Return a saved profile. Raise UsageError where the file is none, or of another version."""
    try:
        data = orjson.loads(path.read_bytes())
        return _read(data, path)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise UsageError(message) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{path}: a damaged profile ({error}); learn it again, with another --profile"
        raise UsageError(message) from error


def _read(data: Any, path: Path) -> Profile:  # noqa: ANN401 - what a file holds
    version = data.pop("version", None) if isinstance(data, dict) else None
    if version != VERSION:
        found = version or "something else"
        message = f"{path}: no profile of this version ({VERSION}), but {found}; name another file"
        raise UsageError(message)
    data["texts"] = Bloom.load(data["texts"], DOCUMENT_BITS)
    data["lines"] = Bloom.load(data["lines"], LINE_BITS)
    for name, value in data["sources"].items():
        data["sources"][name] = _known(value)
    return Profile(**data)


def _known(value: dict[str, Any]) -> Known:
    entries: dict[int, Entry] = {}
    for key, entry in value.pop("entries").items():
        entries[int(key)] = _entry(entry)
    return Known(entries=entries, **value)


def _entry(value: dict[str, Any]) -> Entry:
    for side in ("before", "after"):
        counts = value[side]
        value[side] = {int(key): count for key, count in counts.items()}
    return Entry(**value)

"""Read documents once, one after the other, and count their lines in a profile.

A document counts once: not when its text was counted before (a Bloom filter of hashes: of 100,000 documents it takes
fewer than one for a known one, of a million one in 500), and not when it is a later version of an article that was
counted, which is told by its paragraphs: nearly all of them were seen before.

What is counted is what rules for text are given: the repaired text, and of an HTML page the lines of its article.
"""

from __future__ import annotations

import dataclasses
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import SourceError
from cleaner.features import line_shape
from cleaner.learn.counts import END, OTHER, PARAGRAPH, START, Entry
from cleaner.learn.line_templates import key_of, shape_of
from cleaner.metadata import site_of
from cleaner.pipeline import Cleaner
from cleaner.rulebook.book import RuleBook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cleaner.io.readers import Record
    from cleaner.learn.line_templates import Shape
    from cleaner.learn.profile import By, Known, Profile
    from cleaner.model import Document, Source

NO_SITE, NO_PUBLISHER, STDIN = "(no site)", "(no publisher)", "(standard input)"
TEMPLATE = 3
"""A line that stood in so many documents is known as repeated: it tells nothing about copies."""
COPY_LINES, COPY_FRESH = 3, 0.1
"""A copy has so many paragraphs that were seen before, and no larger share of new text."""
TELL_LANGUAGE = 50
"""The first documents of a source tell its language."""
ASK_FIRST, ASK_EVERY = 12, 40
"""The shipped rules are asked about the first documents of a source, and about each fortieth after them."""


class Place(NamedTuple):
    """Which source a document belongs to."""

    name: str
    site: str | None
    known: bool = True


def place_of(record: Record, by: By) -> Place:
    """Return the source of a record: its site, its publisher or its folder; `auto` takes the site where it is known."""
    source = record.source
    if by == "publisher":
        return _publisher(source)
    given = str(source.facts.get("canonical_url") or "")
    site = site_of(source.url) or site_of(given)
    if site and by != "directory":
        return Place(site, site)
    if by == "site":
        return Place(NO_SITE, None, known=False)
    if not record.input.path:
        return Place(STDIN, None)
    folder = PurePath(record.input.path).parent
    return Place(folder.as_posix(), None)


def _publisher(source: Source) -> Place:
    given = str(source.facts.get("publisher") or "")
    publisher = " ".join(given.split())
    if publisher:
        return Place(publisher, None)
    return Place(NO_PUBLISHER, None, known=False)


class Line(NamedTuple):
    """A filled line of a document."""

    number: int
    text: str
    shape: Shape | None
    is_sentence: bool


class Observer:
    """Counts documents in a profile. Without a cleaner no rules read pages, and none are asked what they take."""

    def __init__(self, profile: Profile, cleaner: Cleaner | None = None) -> None:
        self.profile = profile
        self._cleaner = cleaner
        self._reader = cleaner or Cleaner(RuleBook(rules=()))

    def observe(self, record: Record) -> bool:
        """Count one document; return whether it was new. What cannot be read as text is counted as unreadable."""
        profile = self.profile
        try:
            if record.error:
                raise record.error
            document = self._reader.read(record.source)
        except SourceError:
            profile.unreadable += 1
            return False
        place = place_of(record, profile.by)
        if profile.texts.add(key_of(place.name, document.text)):
            profile.repeated += 1
            return False
        profile.homeless += not place.known
        known = profile.source(place.name, place.site)
        lines = _lines(document.text)
        if self._is_copy(known, lines):
            known.copies += 1
            return False
        self._count(known, lines, document, record.source)
        return True

    def _count(
        self, known: Known, lines: list[Line], document: Document, source: Source
    ) -> None:
        covered = self._covered(known, source)
        if known.documents < TELL_LANGUAGE:
            language = document.language or ""
            before = known.languages.get(language, 0)
            known.languages[language] = before + 1
        self._bump(known, lines)
        known.documents += 1
        tokens = [_token(known, line) for line in lines]
        beside = [START, *tokens, END]
        for place, line in enumerate(lines):
            above = beside[place]
            below = beside[place + 2]
            for entry in _entries(known, line):
                entry.see(line.text, place, len(lines), is_sentence=line.is_sentence)
                entry.meet(above, below)
                if covered is not None:
                    entry.ask(covered=line.number in covered)
        self.profile.tidy(known)

    def _is_copy(self, known: Known, lines: Iterable[Line]) -> bool:
        """Tell whether nearly all paragraphs of a document were seen before."""
        seen = 0
        fresh = 0
        count = 0
        for line in lines:
            if line.shape is None or not line.is_sentence:
                continue
            key = line.shape.key
            entry = known.entries.get(key)
            if entry is not None and entry.documents >= TEMPLATE:
                continue
            if entry is not None or key ^ known.salt in self.profile.lines:
                seen += len(line.text)
                count += 1
            else:
                fresh += len(line.text)
        if count < COPY_LINES:
            return False
        return fresh <= COPY_FRESH * (seen + fresh)

    def _bump(self, known: Known, lines: Iterable[Line]) -> None:
        """Count the document for each shape and each family in it: once, however often they stand there."""
        once: set[int] = set()
        for line in lines:
            if line.shape is None:
                continue
            key = line.shape.key
            is_new = self._is_new(known, key, once)
            if is_new and line.is_sentence:
                known.keep_paragraph(line.text, key, self.profile.room)
            self._meet(known, key, once, seen=not is_new)
            for family in line.shape.families:
                entry = self._meet(known, family, once)
                if entry is not None and is_new:
                    entry.variants += 1

    def _is_new(self, known: Known, key: int, once: Collection[int]) -> bool:
        """Tell whether neither this document nor an earlier one had a key; it is known from now on."""
        if key in known.entries or key in once:
            return False
        return not self.profile.lines.add(key ^ known.salt)

    def _meet(
        self, known: Known, key: int, once: set[int], *, seen: bool | None = None
    ) -> Entry | None:
        """Count the document in hand for a key; it gets an entry where an earlier document had it (`seen`, if known)."""
        entry = known.entries.get(key)
        if entry is not None:
            if entry.last != known.documents:
                entry.documents += 1
                entry.last = known.documents
            return entry
        if key in once:
            return None
        once.add(key)
        if seen is None:
            seen = self.profile.lines.add(key ^ known.salt)
        if not seen:
            return None
        entry = Entry(missed=known.windows, last=known.documents)
        known.entries[key] = entry
        self.profile.entries += 1
        return entry

    def _covered(self, known: Known, source: Source) -> Collection[int] | None:
        """Return the lines that the shipped rules take whole, None where they are not asked about this document."""
        if self._cleaner is None:
            return None
        if known.documents >= ASK_FIRST and known.documents % ASK_EVERY:
            return None
        bare = dataclasses.replace(source, facts={})
        explained = self._cleaner.explain_source(bare)
        lines: set[int] = set()
        for removal in explained.article.removals:
            if not removal.replacement:
                first, last = removal.lines
                lines.update(range(first - 1, last))
        return lines


def _lines(text: str) -> list[Line]:
    lines = []
    for number, content in enumerate(text.split("\n")):
        line = content.strip()
        if line:
            is_sentence = line_shape.is_sentence(line)
            lines.append(Line(number, line, shape_of(line), is_sentence))
    return lines


def _entries(known: Known, line: Line) -> list[Entry]:
    if line.shape is None:
        return []
    entries = []
    for key in (line.shape.key, *line.shape.families):
        entry = known.entries.get(key)
        if entry is not None:
            entries.append(entry)
    return entries


def _token(known: Known, line: Line) -> int:
    """Return what a line is to its neighbours: the key that it is known by, else a paragraph, else some line."""
    if line.shape is not None:
        for key in (line.shape.key, *line.shape.families):
            if key in known.entries:
                return key
    return PARAGRAPH if line.is_sentence else OTHER

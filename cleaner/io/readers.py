"""Read documents: one function per input format.

A reader takes an open file and yields `Record`s, one a document, in the order of the file. It never raises for a bad
document: the record then carries the error, and the next one follows. A document over the size limit is never held in
memory: its bytes come as `chunks`, which the caller may copy while the reader stands still.

To add a format: one function, one line in `READERS`, its suffixes in `SUFFIXES`.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.errors import SourceError
from cleaner.io import front_matter, jsontext, sniff
from cleaner.io.names import printable
from cleaner.io.records import HTML, XHTML, Fields, source_of
from cleaner.model import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cleaner.io.warc import Capture

MAX_BYTES = 20_000_000
"""Largest document, a file, one line of JSON or one record of an archive: trafilatura's own limit, far above any article."""
SINGLE = frozenset({"text", "markdown", "html"})
"""Formats of one document a file."""
LINES = frozenset({"jsonl", "warc"})
"""Formats of any number of documents a file."""
CHUNK = 1 << 16
STDIN = "stdin"
SUFFIXES = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".json": "json",
            ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html", ".xhtml": "html", ".warc": "warc", ".warc.gz": "warc",
            ".wet": "warc", ".wet.gz": "warc"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read, or standard input."""

    id: str
    """Its path below the folder that was asked for, printable; the default id of its documents."""
    path: Path | None
    """None for standard input."""
    format: str
    """A key of `READERS`."""
    stem: str
    """Where its output goes below the output folder, without suffix."""
    size: int = 0
    """Bytes, as far as known before reading."""

    @property
    def origin(self) -> str | None:
        """The path as text that is safe to print and to store."""
        return printable(str(self.path)) if self.path else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: what the options say."""

    fields: Fields = field(default_factory=Fields)
    max_bytes: int = MAX_BYTES
    url: str | None = None
    """The URL of a document that brings none."""
    sniff: bool = True
    """Whether a page that is called text is read as a page."""


class Passed(NamedTuple):
    """Why something in a file is no document: the answer of a web server that had no page, and the like."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document as it was found, or the error that it met."""

    input: Input
    source: Source
    raw: bytes = b""
    """The bytes that the document was read from (a whole file, one line of JSON)."""
    chunks: Iterator[bytes] | None = None
    """The bytes of a document that is too large, to be taken before the next record is asked for."""
    offset: int = 0
    """Where it begins in its file, in bytes."""
    number: int | None = None
    """Its line, its place in the list or in the archive, from 1; None where it is a file of its own."""
    error: SourceError | None = None
    passed: Passed | None = None
    """Why it is no document at all."""

    @property
    def default_id(self) -> str:
        """The id of a document that brings none."""
        return default_id(self.input, self.number)


def default_id(place: Input, number: int | None) -> str:
    """Return the path of a file, `path#line` of a record."""
    return place.id if number is None else f"{place.id}#{number}"


def read(place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the documents of one input. A file that cannot be read is one record with its error."""
    return (record for record in read_all(place, reading) if record.passed is None)


def read_all(place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the documents of one input and, with `passed`, what is none: an account needs both."""
    try:
        with _opened(place) as stream:
            yield from READERS[place.format](stream, place, reading)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        yield _failed(place, SourceError(message, reason="unreadable", stage="read"))


@contextmanager
def _opened(place: Input) -> Iterator[BinaryIO]:
    if place.path is None:
        yield sys.stdin.buffer
    else:
        with place.path.open("rb") as stream:
            yield stream


def _text(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for record in _whole(stream, place, reading, "text/plain"):
        is_page = reading.sniff and sniff.is_page(record.raw)
        yield replace(record, source=replace(record.source, media_type=HTML)) if is_page else record


def _html(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    is_xml = place.path is not None and place.path.suffix.lower() == ".xhtml"
    yield from _whole(stream, place, reading, XHTML if is_xml else HTML)


def _whole(stream: BinaryIO, place: Input, reading: Reading, media_type: str) -> Iterator[Record]:
    """Read a file that is one document."""
    data = stream.read(reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        yield _too_large(place, chain([data], _rest(stream)), reading)
    else:
        source = Source(id=place.id, data=data, media_type=media_type, origin=place.origin, url=reading.url)
        yield Record(input=place, source=source, raw=data)


def _markdown(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for record in _whole(stream, place, reading, "text/markdown"):
        if record.error:
            yield record
            return
        try:
            facts, body = front_matter.split(record.raw)
            source = source_of(
                facts, fields=reading.fields, fallback=place.id, origin=place.origin, url=reading.url, data=body
            )
            yield Record(input=place, source=source, raw=record.raw)
        except SourceError as error:
            yield _failed(place, error, raw=record.raw)


def _jsonl(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for number, offset, line, rest in jsontext.lines(stream, reading.max_bytes):
        if rest is not None:
            yield _too_large(place, chain([line], rest), reading, number=number, offset=offset)
        elif line.removeprefix(jsontext.BOM).strip():
            yield _record(place, reading, line, number=number, offset=offset)


def _json(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    head = jsontext.head(stream)
    stream = jsontext.rewound(head, stream)
    if jsontext.guess(head) == "jsonl":
        yield from _jsonl(stream, place, reading)
        return
    data = stream.read(reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        hint = "; as JSON lines, one record a line, each record has this limit for itself"
        yield _too_large(place, chain([data], _rest(stream)), reading, hint=hint)
        return
    try:
        value = jsontext.parse(data)
    except SourceError as error:
        yield _failed(place, error, raw=data)
        return
    if not isinstance(value, list):
        yield _record(place, reading, data)
        return
    for number, item in enumerate(value, 1):
        yield _record(place, reading, jsontext.dump(item), number=number)


def _warc(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    from cleaner.io import warc  # noqa: PLC0415 - only archives need it

    try:
        for capture in warc.captures(stream, reading.max_bytes):
            yield _captured(capture, place, reading)
    except SourceError as error:
        yield _failed(place, error)


def _captured(capture: Capture, place: Input, reading: Reading) -> Record:
    source = Source(
        id=default_id(place, capture.number),
        data=capture.data,
        media_type=capture.media_type.name,
        charset=capture.media_type.charset,
        origin=place.origin,
        url=capture.url or reading.url,
        extra=capture.extra,
    )
    return Record(
        input=place,
        source=source,
        raw=capture.raw,
        chunks=capture.chunks,
        offset=capture.offset,
        number=capture.number,
        error=capture.error,
        passed=Passed(*capture.passed) if capture.passed else None,
    )


def _guessed(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    """Read standard input: JSON or a web archive where it looks like it, else one text or page."""
    head = jsontext.head(stream)
    reader = READERS["warc" if head.startswith(b"WARC/1.") else jsontext.guess(head)]
    return reader(jsontext.rewound(head, stream), place, reading)


READERS: dict[str, Callable[[BinaryIO, Input, Reading], Iterator[Record]]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "json": _json,
    "jsonl": _jsonl,
    "warc": _warc,
    "auto": _guessed,
}


def _record(place: Input, reading: Reading, raw: bytes, *, number: int | None = None, offset: int = 0) -> Record:
    name = default_id(place, number)
    try:
        value = jsontext.parse(raw)
        if not isinstance(value, dict):
            message = f"a record must be a JSON object, this is {jsontext.kind(value)}"
            raise SourceError(message, reason="malformed", stage="read", offset=offset)  # noqa: TRY301 - one way out
        source = source_of(value, fields=reading.fields, fallback=name, origin=place.origin, url=reading.url)
    except SourceError as error:
        return _failed(place, error, raw=raw, number=number, offset=offset)
    return Record(input=place, source=source, raw=raw, number=number, offset=offset)


def _failed(
    place: Input, error: SourceError, *, raw: bytes = b"", number: int | None = None, offset: int = 0
) -> Record:
    source = Source(id=default_id(place, number), data=b"", origin=place.origin)
    return Record(input=place, source=source, raw=raw, number=number, offset=offset, error=error)


def _too_large(
    place: Input,
    chunks: Iterator[bytes],
    reading: Reading,
    *,
    number: int | None = None,
    offset: int = 0,
    hint: str = "",
) -> Record:
    what = "the file" if number is None else f"line {number}"
    message = f"{what} is larger than {reading.max_bytes:,} bytes (--max-bytes){hint}"
    error = SourceError(message, reason="too_large", stage="read", offset=offset)
    source = Source(id=default_id(place, number), data=b"", origin=place.origin)
    return Record(input=place, source=source, chunks=chunks, number=number, offset=offset, error=error)


def _rest(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece

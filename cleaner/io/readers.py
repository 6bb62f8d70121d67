"""Read documents: one function per input format.

A reader takes an open file and yields `Record`s, one a document, in the order of the file. It never raises for a bad
document: the record then carries the error, and the next one follows. A document over the size limit is never held in
memory: its bytes come as `chunks`, which the caller may copy while the reader stands still.

To add a format: one function, one line in `READERS`, its suffixes in `SUFFIXES`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from cleaner.errors import SourceError
from cleaner.io import sniff
from cleaner.io.compression import reading as unpack
from cleaner.io.formats import front_matter, json_lines, tables
from cleaner.io.inputs import (
    MAX_BYTES,
    STDIN,
    Input,
    Passed,
    Reading,
    Record,
    default_id,
    failed,
    opened,
    too_large,
)
from cleaner.io.records import HTML, XHTML, source_of
from cleaner.model import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.io.warc.archive import Capture

__all__ = [
    "LINES",
    "MAX_BYTES",
    "READERS",
    "SINGLE",
    "STDIN",
    "SUFFIXES",
    "Input",
    "Passed",
    "Reading",
    "Record",
    "read",
    "read_all",
]
SINGLE = frozenset({"text", "markdown", "html"})
"""Formats of one document a file."""
LINES = frozenset({"jsonl", "csv", "tsv", "parquet", "warc"})
"""Formats of any number of documents a file."""
CHUNK = 1 << 16
SUFFIXES = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".json": "json",
            ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet", ".html": "html", ".htm": "html", ".xhtml": "html", ".warc": "warc", ".warc.gz": "warc",
            ".wet": "warc", ".wet.gz": "warc"}  # fmt: skip


def read(place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the documents of one input. A file that cannot be read is one record with its error."""
    return (record for record in read_all(place, reading) if record.passed is None)


def read_all(place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the documents of one input and, with `passed`, what is not a document: a run counts both."""
    try:
        with opened(place) as stream:
            yield from _unpacked(stream, place, reading)
    except SourceError as error:
        yield failed(place, error)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        yield failed(
            place,
            SourceError(
                message,
                reason="unreadable",
                stage="read",
            ),
        )


def _unpacked(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    if place.format == "auto" or (place.path is None and place.remote is None):
        place, stream = unpack.recognised(place, stream)
    reader = READERS[place.format]
    if place.compression is None:
        return reader(stream, place, reading)

    def read_inside(inside: BinaryIO) -> Iterator[Record]:
        return reader(inside, place, reading)

    return unpack.read(place, stream, place.compression, read_inside)


def _text(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for record in _whole(stream, place, reading, "text/plain"):
        if reading.sniff and sniff.is_page(record.raw):
            page = replace(record.source, media_type=HTML)
            yield replace(record, source=page)
        else:
            yield record


def _html(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    media_type = XHTML if place.suffix == ".xhtml" else HTML
    yield from _whole(stream, place, reading, media_type)


def _whole(
    stream: BinaryIO, place: Input, reading: Reading, media_type: str
) -> Iterator[Record]:
    """Read a file that is one document."""
    data = _up_to(stream, reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        yield too_large(place, chain([data], _rest(stream)), reading)
    else:
        source = Source(
            id=place.id,
            data=data,
            media_type=media_type,
            origin=place.origin,
            url=reading.url,
        )
        yield Record(input=place, source=source, raw=data)


def _markdown(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for record in _whole(stream, place, reading, "text/markdown"):
        if record.error:
            yield record
            return
        try:
            facts, body = front_matter.split(record.raw)
            source = source_of(
                facts,
                fields=reading.fields,
                fallback=place.id,
                origin=place.origin,
                url=reading.url,
                data=body,
            )
            yield Record(input=place, source=source, raw=record.raw)
        except SourceError as error:
            yield failed(place, error, raw=record.raw)


def _jsonl(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    for number, offset, line, rest in json_lines.lines(stream, reading.max_bytes):
        if rest is not None:
            yield too_large(
                place,
                chain([line], rest),
                reading,
                number=number,
                offset=offset,
            )
        elif line.removeprefix(json_lines.BOM).strip():
            yield _record(place, reading, line, number=number, offset=offset)


def _json(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    head = json_lines.head(stream)
    stream = json_lines.rewound(head, stream)
    if json_lines.guess(head) == "jsonl":
        yield from _jsonl(stream, place, reading)
        return
    data = _up_to(stream, reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        hint = (
            "; as JSON lines, one record a line, each record has this limit for itself"
        )
        yield too_large(place, chain([data], _rest(stream)), reading, hint=hint)
        return
    try:
        value = json_lines.parse(data)
    except SourceError as error:
        yield failed(place, error, raw=data)
        return
    if not isinstance(value, list):
        yield _record(place, reading, data)
        return
    for number, item in enumerate(value, 1):
        yield _record(place, reading, json_lines.dump(item), number=number)


def _warc(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    from cleaner.io.warc import archive  # noqa: PLC0415 - only archives need it

    try:
        for capture in archive.captures(stream, reading.max_bytes):
            yield _captured(capture, place, reading)
    except SourceError as error:
        yield failed(place, error)


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
    head = json_lines.head(stream)
    reader = READERS["warc" if head.startswith(b"WARC/1.") else json_lines.guess(head)]
    return reader(json_lines.rewound(head, stream), place, reading)


READERS: dict[str, Callable[[BinaryIO, Input, Reading], Iterator[Record]]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "json": _json,
    "jsonl": _jsonl,
    "csv": tables.read_csv,
    "tsv": tables.read_tsv,
    "parquet": tables.read_parquet,
    "warc": _warc,
    "auto": _guessed,
}


def _record(
    place: Input,
    reading: Reading,
    raw: bytes,
    *,
    number: int | None = None,
    offset: int = 0,
) -> Record:
    name = default_id(place, number)
    try:
        value = json_lines.parse(raw)
        if not isinstance(value, dict):
            message = (
                f"a record must be a JSON object, this is {json_lines.kind(value)}"
            )
            raise SourceError(message, reason="malformed", stage="read", offset=offset)  # noqa: TRY301 - one way out
        source = source_of(
            value,
            fields=reading.fields,
            fallback=name,
            origin=place.origin,
            url=reading.url,
        )
    except SourceError as error:
        return failed(place, error, raw=raw, number=number, offset=offset)
    return Record(input=place, source=source, raw=raw, number=number, offset=offset)


def _up_to(stream: BinaryIO, size: int) -> bytes:
    """Read so many bytes if there are; a little first, for a stream reserves as much memory as it is asked to fill."""
    data = stream.read(min(CHUNK, size))
    return data + stream.read(size - len(data)) if len(data) == CHUNK else data


def _rest(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece

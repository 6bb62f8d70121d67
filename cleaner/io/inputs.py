"""What is read and what was found: an input, how to read it, a record; and how an input is opened.

The bytes of an input come from a file, from a store that a URL names, or from standard input. They may be compressed.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.errors import SourceError
from cleaner.io.compression import streams
from cleaner.io.file_names import printable
from cleaner.io.records import Fields
from cleaner.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.io.remote import Remote

MAX_BYTES = 20_000_000
"""Largest document, a file, one line of JSON or one record of an archive: trafilatura's own limit, far above any article."""
STDIN = "stdin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read, or standard input."""

    id: str
    """Its path below the folder that was asked for, printable; the default id of its documents."""
    path: Path | None
    """None for standard input, and for what a URL names."""
    format: str
    """A key of `READERS`."""
    stem: str
    """Where its output goes below the output folder, without suffix."""
    size: int = 0
    """Bytes, as far as known before reading."""
    compression: str | None = None
    """A value of `streams.SUFFIXES`; None where it is not compressed, and for standard input, whose first bytes decide."""
    remote: Remote | None = None
    """Where it lies if not on this machine."""

    @property
    def origin(self) -> str | None:
        """The path or URL as text that is safe to print and to store."""
        place = self.remote or self.path
        return printable(str(place)) if place else None

    @property
    def suffix(self) -> str:
        """The suffix that tells its format, in small letters: the one before that of a compression."""
        path = PurePosixPath(self.id.lower())
        if path.suffix in streams.SUFFIXES:
            return PurePosixPath(path.stem).suffix
        return path.suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The options of reading."""

    fields: Fields = field(default_factory=Fields)
    max_bytes: int = MAX_BYTES
    url: str | None = None
    """The URL of a document that does not name its own."""
    sniff: bool = True
    """Whether HTML in a file called text is read as HTML."""


class Passed(NamedTuple):
    """Why something in a file is not a document, such as the answer of a web server that had no page."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document as it was found, or the error that it met."""

    input: Input
    source: Source
    raw: bytes = b""
    """The bytes that the document was read from (a whole file, one line of JSON, one row of a table)."""
    chunks: Iterator[bytes] | None = None
    """The bytes of a document that is too large, to be taken before the next record is asked for."""
    offset: int = 0
    """Where it begins in its file, in bytes, after decompression."""
    number: int | None = None
    """Its line, its place in the list, the table or the archive, from 1; None where it is a file of its own."""
    error: SourceError | None = None
    passed: Passed | None = None
    """Why it is not a document at all."""

    @property
    def default_id(self) -> str:
        """The id of a document that does not name its own."""
        return default_id(self.input, self.number)


def default_id(place: Input, number: int | None) -> str:
    """Return the path of a file, `path#line` of a record."""
    return place.id if number is None else f"{place.id}#{number}"


def failed(
    place: Input,
    error: SourceError,
    *,
    raw: bytes = b"",
    number: int | None = None,
    offset: int = 0,
) -> Record:
    """Return a record that could not be read."""
    source = Source(id=default_id(place, number), data=b"", origin=place.origin)
    return Record(
        input=place,
        source=source,
        raw=raw,
        number=number,
        offset=offset,
        error=error,
    )


def too_large(
    place: Input,
    chunks: Iterator[bytes],
    reading: Reading,
    *,
    number: int | None = None,
    offset: int = 0,
    hint: str = "",
) -> Record:
    """Return a file or a line over the limit, whose bytes are still to be taken."""
    what = "the file" if number is None else f"line {number}"
    message = f"{what} is larger than {reading.max_bytes:,} bytes (--max-bytes){hint}"
    error = SourceError(
        message,
        reason="too_large",
        stage="read",
        offset=offset,
    )
    record = failed(place, error, number=number, offset=offset)
    return replace(record, chunks=chunks)


@contextmanager
def opened(place: Input) -> Iterator[BinaryIO]:
    """Open an input, still compressed where it is. Raise OSError."""
    if place.remote is not None:
        with place.remote.open() as stream:
            yield stream
    elif place.path is None:
        yield sys.stdin.buffer
    else:
        with place.path.open("rb") as stream:
            yield stream

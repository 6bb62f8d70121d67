"""Read a compressed input: what comes before damage is read, and the damage is one record with its error.

The record that was being read when the stream broke off is part of that error, so that half a text is never taken for a
whole one.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from cleaner.errors import SourceError
from cleaner.io.compression import streams
from cleaner.io.compression.streams import PIECE, Unpacked
from cleaner.io.formats import json_lines
from cleaner.io.inputs import Input, Record, failed
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARCHIVE = b"WARC/1."
"""How a web archive begins."""
_GZIPPED = 31
_LOOK = 2_048


def read(
    place: Input,
    stream: BinaryIO,
    kind: str,
    reader: Callable[[BinaryIO], Iterator[Record]],
) -> Iterator[Record]:
    """Yield the records that a reader finds in a compressed stream."""
    unpacked = Unpacked(stream, kind)
    count = 0
    for record in reader(io.BufferedReader(unpacked, PIECE)):
        if unpacked.fault and _is_cut(record, unpacked):
            error = _error(unpacked.fault, unpacked, count)
            yield failed(
                place, error, raw=record.raw, number=record.number, offset=record.offset
            )
            return
        if record.error is None:
            count += 1
        yield record
        if unpacked.fault and record.number is None and record.error is not None:
            return  # the whole file, which is rejected already
    if unpacked.fault:
        yield failed(
            place, _error(unpacked.fault, unpacked, count), offset=unpacked.given
        )


def _is_cut(record: Record, unpacked: Unpacked) -> bool:
    """Tell whether a record is the last that came out, without its end."""
    is_last = (
        record.chunks is None and record.offset + len(record.raw) >= unpacked.given
    )
    return is_last and (
        record.number is None
        or record.error is not None
        or not record.raw.endswith(b"\n")
    )


def _error(fault: SourceError, unpacked: Unpacked, count: int) -> SourceError:
    given = unpacked.given
    message = str(fault)
    if given:
        records = plural(count, "whole record")
        message += f", after {given:,} bytes of text and {records}"
    return SourceError(
        message,
        reason=fault.reason,
        stage="read",
        offset=given,
    )


def recognised(place: Input, stream: BinaryIO) -> tuple[Input, BinaryIO]:
    """Return standard input with the compression that its first bytes show, and its stream from the beginning.

    Archives in gzip are left as they are, because their reader can read around damage.
    """
    begin = stream.tell() if stream.seekable() else None
    head = stream.read(1)
    if head in streams.FIRST:  # a filter must not wait for more than a short record has
        head += stream.read(streams.HEAD - 1)
    kind = streams.kind_of(head)
    if kind == "gzip" and place.format == "auto":
        head += stream.read(_LOOK)
        if _begins_archive(head):
            place = replace(place, format="warc")
    if kind == "gzip" and place.format == "warc":
        kind = None
    if begin is None:
        stream = json_lines.rewound(head, stream)
    else:
        stream.seek(begin)
    return replace(place, compression=kind), stream


def _begins_archive(head: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIPPED).decompress(head, len(ARCHIVE)) == ARCHIVE
    except zlib.error:
        return False

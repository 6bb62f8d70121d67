"""Read web archives (WARC 1.0 and 1.1, plain or gzip), one record at a time.

A record is a document where it holds a page: a response of status 2xx or a resource, each of HTML, or a conversion to
plain text (WET). All others are skipped, each with a reason: `record_type` (requests, metadata, revisits, …),
`http_status`, `not_html`. Only the current record is held in memory, and of that no more than the limit.

A damaged archive is read around the damage: the fault is an error with its offset, and reading continues at the next
thing that looks like a record. `WARC-Date` says when a page was fetched, not when it was published.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, cast

from cleaner.errors import SourceError
from cleaner.io import sniff
from cleaner.io.compression.streams import BOMB_BYTES, BOMB_RATIO
from cleaner.io.records import HTML, XHTML
from cleaner.io.warc import http
from cleaner.io.warc.stream import PIECE, Feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fastwarc.warc import WarcRecord

    from cleaner.io.warc.http import MediaType

INSTALL = "WARC archives need the package fastwarc: pip install 'article-cleaner[warc]'"
PLAIN = "text/plain"
UNKNOWN = http.MediaType("", None)
_SUCCESS = 2
_HEADERS = (
    "WARC-Date",
    "WARC-Record-ID",
    "WARC-Truncated",
    "WARC-Identified-Content-Language",
)
"""What an article's record keeps of the archive's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One record: a document, or why it is not a document, or what is wrong with it."""

    number: int
    """Its place in the archive, from 1, with all records counted."""
    offset: int
    """Where it begins, in bytes of the archive as it lies there."""
    data: bytes = b""
    media_type: MediaType = UNKNOWN
    url: str | None = None
    raw: bytes = b""
    """The record's content as it was stored, with the HTTP headers."""
    chunks: Iterator[bytes] | None = None
    """The same where it is too large, to be taken before the next record is asked for."""
    extra: Mapping[str, object] = field(default_factory=dict)
    error: SourceError | None = None
    passed: tuple[str, ...] | None = None
    """The reason, and the same in words, where it is not a document."""


class _Passed(Exception):  # noqa: N818 - no error
    """A record that is not a document: the reason, and the same in words."""


def is_missing() -> bool:
    """Tell whether what reads archives is not installed."""
    return find_spec("fastwarc") is None


def captures(stream: BinaryIO, max_bytes: int) -> Iterator[Capture]:
    """Yield every record of an archive. Raise SourceError (unreadable) without fastwarc, OSError where reading fails."""
    feed, number = Feed(stream), 0
    begin: int | None = 0
    while begin is not None:
        last: int | None = None
        try:
            for record in _records(feed):
                number, last = number + 1, record.offset
                capture = _captured(record, number, max_bytes)
                yield capture
                if record.is_whole():
                    continue
                if capture.error is None:
                    number += 1
                    yield _damaged(
                        number,
                        last,
                        "a decompression bomb" if record.is_bomb else "it breaks off",
                    )
                break
            else:
                yield from _end(feed, number, last)
                return
        except OSError as error:
            if error.errno is not None:
                raise
            if last is not None or begin == 0:
                number += 1
                yield _damaged(number, last, error)
        begin = feed.go_to_next(max(begin, last or 0) + 1)


def _end(feed: Feed, number: int, last: int | None) -> Iterator[Capture]:
    """Look whether the record that was read last is the end of the archive: fastwarc passes over half a header."""
    if last is not None and feed.has_more_than(last):
        yield _damaged(number + 1, last, "its last record is not whole")


def _records(feed: Feed) -> Iterator[_Record]:
    try:
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - an extra, and only archives need it
    except ImportError as error:
        raise SourceError(INSTALL, reason="unreadable", stage="read") from error
    for record in ArchiveIterator(cast("BinaryIO", feed), parse_http=False):
        yield _Record(record, feed)


class _Record:
    """A record of the archive, and how much of it was read."""

    def __init__(self, record: WarcRecord, feed: Feed) -> None:
        self._record = record
        self._feed = feed
        self._read = 0
        self.offset = int(record.stream_pos)
        self.length: int | None = None
        """Bytes that the header promises, None where it has no usable length."""
        length = self.header("Content-Length").strip()
        if length.isascii() and length.isdigit():
            self.length = int(length)

    def header(self, name: str) -> str:
        """Return a header, empty where there is none."""
        return self._record.headers.get(name) or ""

    def read(self, size: int = PIECE) -> bytes:
        """Return the next bytes, none at the end."""
        piece = bytes(self._record.reader.read(size))
        self._read += len(piece)
        return piece

    def rest(self) -> Iterator[bytes]:
        """Yield what was not read yet. Raise OSError where it is a decompression bomb."""
        while piece := self.read():
            if self.is_bomb:
                raise OSError(
                    errno.EFBIG,
                    f"it unfolds to more than {BOMB_RATIO} times its size: a decompression bomb",
                )
            yield piece

    @property
    def is_bomb(self) -> bool:
        """Whether far more came out than went in."""
        return self._read > BOMB_BYTES and self._read > BOMB_RATIO * (
            self._feed.tell() - self.offset
        )

    def is_whole(self) -> bool:
        """Read to the end, and tell whether that was all that the header promises; a bomb is not read to its end."""
        while not self.is_bomb and self.read():
            pass
        return self._read == self.length and not self.is_bomb


def _damaged(number: int, last: int | None, fault: object) -> Capture:
    where = "at its beginning, or not a WARC archive"
    if last is not None:
        where = f"in or after the record at byte {last:,}"
    offset = last or 0
    error = SourceError(
        f"damaged {where} ({fault}); reading continues at the next record that can be found",
        reason="malformed",
        stage="read",
        offset=offset,
    )
    return Capture(number=number, offset=offset, error=error)


def _captured(record: _Record, number: int, max_bytes: int) -> Capture:
    offset, raw = record.offset, b""
    try:
        length = _length(record)
        accepted = _accepted(record)
        if length > max_bytes:
            return _too_large(record, number, max_bytes)
        raw = record.read(length)
        _require_whole(record, raw)
        if accepted is None:
            data, kind = _page(record, raw, max_bytes)
        else:
            data, kind = raw, accepted
    except _Passed as passed:
        return Capture(number=number, offset=offset, passed=passed.args)
    except SourceError as error:
        return Capture(number=number, offset=offset, raw=raw, error=error)
    url = record.header("WARC-Target-URI").strip("<> \t") or None
    extra = {name: value for name in _HEADERS if (value := record.header(name))}
    return Capture(
        number=number,
        offset=offset,
        raw=raw,
        data=data,
        media_type=kind,
        url=url,
        extra=extra,
    )


def _length(record: _Record) -> int:
    """Return the bytes that a record's header promises. Raise SourceError where it has no usable length."""
    if record.length is not None:
        return record.length
    raise SourceError(
        "the record's header breaks off or has no usable Content-Length (its lines must end in CR LF)",
        reason="malformed",
        stage="read",
        offset=record.offset,
    )


def _require_whole(record: _Record, raw: bytes) -> None:
    """Raise SourceError where a record has fewer bytes than its header promises."""
    if len(raw) == record.length:
        return
    raise SourceError(
        f"the record breaks off: {len(raw):,} of {record.length:,} bytes are there",
        reason="malformed",
        stage="read",
        offset=record.offset,
    )


def _accepted(record: _Record) -> MediaType | None:
    """Return the media type of a record that is a document as it stands, None for an HTTP response. Raise _Passed."""
    kind = record.header("WARC-Type").strip().lower()
    media_type = http.media_type(record.header("Content-Type"))
    if kind not in {"response", "resource", "conversion"}:
        raise _Passed("record_type", f"a record of type {kind or '(none)'}, not a page")
    name = media_type.name
    if kind == "response" and name == "application/http":
        return None
    if name in {HTML, XHTML}:
        return media_type
    if kind == "conversion" and name == PLAIN:
        return media_type
    raise _Passed("not_html", f"{name or 'no media type'}, not HTML")


def _too_large(record: _Record, number: int, max_bytes: int) -> Capture:
    """Return a record over the limit; where its headers show that it is not a page, it is skipped like any other."""
    head = record.read()
    if response := http.parse(head):
        _check(record, response)
    message = f"record {number} is larger than {max_bytes:,} bytes (--max-bytes)"
    return Capture(
        number=number,
        offset=record.offset,
        chunks=chain([head], record.rest()),
        error=SourceError(
            message, reason="too_large", stage="read", offset=record.offset
        ),
    )


def _page(record: _Record, raw: bytes, max_bytes: int) -> tuple[bytes, MediaType]:
    response = http.parse(raw)
    if response is None:
        raise SourceError(
            "a response that begins with no HTTP status line",
            reason="malformed",
            stage="read",
        )
    media_type = _check(record, response)
    data = http.decoded(response, max_bytes)
    if media_type.name:
        return data, media_type
    if not sniff.is_page(data):
        raise _Passed("not_html", "no media type, and it does not begin like HTML")
    return data, media_type._replace(name=HTML)


def _check(record: _Record, response: http.Response) -> MediaType:
    """Return the media type of a response that may be a page; its name is empty where it is not declared. Raise _Passed."""
    if response.status // 100 != _SUCCESS:
        raise _Passed("http_status", f"HTTP status {response.status}")
    declared = response.headers.get("content-type")
    identified = record.header("WARC-Identified-Payload-Type")
    media_type = http.media_type(declared or identified)
    if media_type.name not in {"", HTML, XHTML}:
        raise _Passed("not_html", f"{media_type.name}, not HTML")
    return media_type

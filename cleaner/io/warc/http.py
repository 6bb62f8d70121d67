"""An HTTP response as archives keep it: status, headers, and the body without its codings.

The reader accepts what servers and crawlers really write: headers that end in a bare newline, bodies that were decoded
before they were stored and whose headers still name a coding, `deflate` with and without its wrapper. A body that is cut
off is an error, because half a page would pass for a short article.

Brotli needs the package brotli and zstd the package zstandard; both come with the extra `warc`.
"""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import SourceError
from cleaner.io.compression.streams import Unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STATUS = re.compile(rb"HTTP/[\d.]{1,8}[ \t]+(\d{3})\b")
_END = re.compile(rb"\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_EITHER, _BARE = 47, -15
"""Window sizes of zlib: for gzip or zlib, by the first bytes, and for a stream without either wrapper."""
_HEAD = 1 << 16
"""Bytes of headers that are read; servers refuse far fewer."""
_GZIP = b"\x1f\x8b"
_BREAKS_OFF = "it breaks off"
INSTALL = "pip install 'article-cleaner[warc]'"


class _BrokenBodyError(Exception):
    """A body that is not a whole stream of its coding."""


class MediaType(NamedTuple):
    """What a Content-Type header says."""

    name: str
    charset: str | None


def media_type(header: str) -> MediaType:
    """Return the parts of a Content-Type header.

    >>> media_type('Text/HTML; Charset="windows-1251"'), media_type("")
    (MediaType(name='text/html', charset='windows-1251'), MediaType(name='', charset=None))
    """
    name = re.split(r"[;,]", header, maxsplit=1)[0].strip().lower()
    charset = _CHARSET.search(header)
    return MediaType(name, charset[1] if charset else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response whose body may still be coded."""

    status: int
    headers: Mapping[str, str]
    """By name in small letters; values of the same name are joined with a comma."""
    body: bytes


def parse(block: bytes) -> Response | None:
    r"""Return the response that a record holds, None where it does not begin with a status line.

    >>> found = parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>One.")
    >>> found.status, found.headers["content-type"], found.body
    (200, 'text/html', b'<p>One.')
    """
    status = _STATUS.match(block)
    if status is None:
        return None
    head, body = block, b""
    if end := _END.search(block):
        head, body = block[: end.start()], block[end.end() :]
    return Response(
        status=int(status[1]),
        headers=_headers(head[:_HEAD]),
        body=body,
    )


def _headers(head: bytes) -> dict[str, str]:
    """Return the headers below a status line; lines without a colon are skipped."""
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            continue
        key, value = name.strip().lower(), value.strip()
        if key in headers:
            value = f"{headers[key]}, {value}"
        headers[key] = value
    return headers


def decoded(response: Response, limit: int) -> bytes:
    """Return the body without its codings. Raise SourceError: malformed, or too_large for more than `limit` bytes."""
    content = _codings(response, "content-encoding")
    transfer = _codings(response, "transfer-encoding")
    body = response.body
    for coding in reversed(content + transfer):
        if coding == "chunked":
            body = _dechunked(body)
        else:
            body = _without(coding, body, limit)
    if len(body) > limit:
        message = f"the page has more than {limit:,} bytes (--max-bytes)"
        raise SourceError(
            message,
            reason="too_large",
            stage="read",
        )
    return body


def _codings(response: Response, header: str) -> list[str]:
    """Return the codings that a header lists, in the order in which they were applied."""
    value = response.headers.get(header, "")
    return [name.strip().lower() for name in value.split(",")]


def _without(coding: str, body: bytes, limit: int) -> bytes:
    """Undo one coding. An unknown coding is ignored, as browsers do."""
    decode = _DECODERS.get(coding)
    if decode is None or not body:
        return body
    try:
        return decode(body, limit)
    except (_BrokenBodyError, zlib.error) as error:
        if _is_decoded(body):
            return body
        message = f"the body is not a whole {coding} stream ({error})"
        raise SourceError(
            message,
            reason="malformed",
            stage="read",
        ) from error
    except ImportError as error:
        if _is_decoded(body):
            return body
        package = error.name or coding
        message = f"{coding} needs the package {package}: {INSTALL}"
        raise SourceError(
            message,
            reason="unreadable",
            stage="read",
        ) from error


def _is_decoded(body: bytes) -> bool:
    """Return whether a body is markup, so that whoever stored it had decoded it before."""
    return body.lstrip()[:1] == b"<"


def _dechunked(body: bytes) -> bytes:
    """Join the chunks. A body that does not begin with a chunk is returned as it is: it was joined before."""
    if _SIZE.match(body) is None:
        return body
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        size = _SIZE.match(body, at)
        end = size.end() + int(size[1], 16) if size else len(body) + 1
        if size is None or end > len(body):
            count = sum(map(len, pieces))
            message = f"the body breaks off in a chunk, after {count:,} bytes"
            raise SourceError(
                message,
                reason="malformed",
                stage="read",
            )
        if end == size.end():
            break
        pieces.append(body[size.end() : end])
        at = _behind_newline(body, end)
    return b"".join(pieces)


def _behind_newline(body: bytes, at: int) -> int:
    """Return the offset behind the line end at `at`, or `at` where there is none."""
    for newline in (b"\r\n", b"\n"):
        if body.startswith(newline, at):
            return at + len(newline)
    return at


def _gunzipped(body: bytes, limit: int) -> bytes:
    out = b""
    while True:
        member = zlib.decompressobj(_EITHER)
        out += member.decompress(body, limit + 1 - len(out))
        if len(out) > limit:
            return out
        if not member.eof:
            raise _BrokenBodyError(_BREAKS_OFF)
        body = member.unused_data
        if not body.startswith(_GZIP):
            return out


def _inflated(body: bytes, limit: int) -> bytes:
    try:
        return _gunzipped(body, limit)
    except zlib.error:
        stream = zlib.decompressobj(_BARE)
        out = stream.decompress(body, limit + 1)
        if not stream.eof and len(out) <= limit:
            raise _BrokenBodyError(_BREAKS_OFF) from None
        return out


def _unbrotlied(body: bytes, limit: int) -> bytes:
    """Decode brotli. The package refuses bytes behind the stream, so at an error it is fed byte by byte, up to the end."""
    import brotli  # noqa: PLC0415 - an extra, and only archives need it

    with suppress(brotli.error):
        return _unbrotlied_by(len(body), body, limit)
    try:
        return _unbrotlied_by(1, body, limit)
    except brotli.error as error:
        raise _BrokenBodyError(str(error)) from error


def _unbrotlied_by(step: int, body: bytes, limit: int) -> bytes:
    """Decode brotli, `step` bytes at a time. Raise brotli.error."""
    import brotli  # noqa: PLC0415 - an extra, and only archives need it

    stream = brotli.Decompressor()
    out = bytearray()
    at = 0
    while len(out) <= limit and not stream.is_finished():
        data = b""
        if stream.can_accept_more_data():
            data = body[at : at + step]
            at += step
            if not data:
                raise _BrokenBodyError(_BREAKS_OFF)
        out += stream.process(data, output_buffer_limit=limit + 1 - len(out))
    return bytes(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    import zstandard  # noqa: F401, PLC0415 - an extra: ImportError where it is missing

    stream = Unpacked(io.BytesIO(body), "zstd")
    out = io.BufferedReader(stream).read(limit + 1)
    if stream.fault and len(out) <= limit:
        is_cut = stream.fault.reason == "truncated"
        raise _BrokenBodyError(_BREAKS_OFF if is_cut else "it is damaged")
    return out


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
}
"""Each decodes a body to at most `limit` bytes, or a few more where the body holds more."""

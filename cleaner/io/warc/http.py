"""An HTTP response as archives keep it: status, headers, and the body without its codings.

What servers and crawlers really write is read: headers that end in a bare newline, bodies that were decoded before they
were stored and whose headers still name a coding, `deflate` with and without its wrapper. A body that is cut off is an
error, for half a page would pass for a short article.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STATUS = re.compile(rb"HTTP/[\d.]{1,8}[ \t]+(\d{3})\b")
_END = re.compile(rb"\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_EITHER, _BARE = 47, -15
"""What zlib calls gzip or zlib, told by the first bytes, and a stream without either wrapper."""
_HEAD = 1 << 16
"""Bytes of headers that are looked at; servers refuse far fewer."""
_GZIP = b"\x1f\x8b"


class MediaType(NamedTuple):
    """What a Content-Type header says."""

    name: str
    charset: str | None


def media_type(header: str) -> MediaType:
    """Return the parts of a Content-Type header.

    >>> media_type('Text/HTML; Charset="windows-1251"'), media_type("")
    (MediaType(name='text/html', charset='windows-1251'), MediaType(name='', charset=None))
    """
    found = _CHARSET.search(header)
    return MediaType(
        re.split(r"[;,]", header, maxsplit=1)[0].strip().lower(),
        found[1] if found else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response whose body may still be coded."""

    status: int
    headers: Mapping[str, str]
    """By name in small letters; of two of one name the values stand behind one another, with a comma."""
    body: bytes


def parse(block: bytes) -> Response | None:
    r"""Return the response that a record holds, None where it begins with no status line.

    >>> found = parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>One.")
    >>> found.status, found.headers["content-type"], found.body
    (200, 'text/html', b'<p>One.')
    """
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers: dict[str, str] = {}
    for line in head[:_HEAD].decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            key, value = name.strip().lower(), value.strip()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return Response(status=int(status[1]), headers=headers, body=body)


def decoded(response: Response, limit: int) -> bytes:
    """Return the body without its codings. Raise SourceError: malformed, or too_large for more than `limit` bytes."""
    transfer, content = (
        _codings(response, name) for name in ("transfer-encoding", "content-encoding")
    )
    body = response.body
    for coding in reversed(content + transfer):
        body = (
            _dechunked(body) if coding == "chunked" else _without(coding, body, limit)
        )
    if len(body) > limit:
        message = f"the page has more than {limit:,} bytes (--max-bytes)"
        raise SourceError(message, reason="too_large", stage="read")
    return body


def _codings(response: Response, header: str) -> list[str]:
    return [
        name.strip().lower() for name in response.headers.get(header, "").split(",")
    ]


def _without(coding: str, body: bytes, limit: int) -> bytes:
    """Undo one coding. Browsers pass over codings that they do not know, and so does this."""
    decode = _DECODERS.get(coding)
    if decode is None or not body:
        return body
    try:
        return decode(body, limit)
    except (zlib.error, OSError, EOFError) as error:
        if body.lstrip()[:1] == b"<":
            return body  # whoever stored it had decoded it
        message = f"the body is no whole {coding} stream ({error})"
        raise SourceError(message, reason="malformed", stage="read") from error


def _dechunked(body: bytes) -> bytes:
    """Join the chunks; a body that does not begin with one was joined before."""
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        size = _SIZE.match(body, at)
        if size is None and not pieces:
            return body
        end = size.end() + int(size[1], 16) if size else len(body) + 1
        if end > len(body):
            message = (
                f"the body breaks off in a chunk, after {sum(map(len, pieces)):,} bytes"
            )
            raise SourceError(message, reason="malformed", stage="read")
        if size is None or end == size.end():
            break
        pieces.append(body[size.end() : end])
        at = end + (2 if body.startswith(b"\r\n", end) else body.startswith(b"\n", end))
    return b"".join(pieces)


def _gunzipped(body: bytes, limit: int) -> bytes:
    out = b""
    while True:
        member = zlib.decompressobj(_EITHER)
        out += member.decompress(body, limit + 1 - len(out))
        if len(out) > limit:
            return out
        if not member.eof:
            message = "it breaks off"
            raise EOFError(message)
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
            message = "it breaks off"
            raise EOFError(message) from None
        return out


def _by_fastwarc(coding: str) -> Callable[[bytes, int], bytes]:
    """Return a decoder for what the standard library cannot: fastwarc, which reads the archives, can."""

    def decode(body: bytes, limit: int) -> bytes:
        from fastwarc.warc import WarcRecord, WarcRecordType  # noqa: PLC0415 - an extra, and only archives need it

        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.is_http = True
        record.set_bytes_content(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n%s"
            % (coding.encode(), body)
        )
        record.parse_http(auto_decode="content")
        return bytes(record.reader.read(limit + 1))

    return decode


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _by_fastwarc("br"),
    "zstd": _by_fastwarc("zstd"),
}

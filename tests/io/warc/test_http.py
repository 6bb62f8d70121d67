"""Bodies of HTTP come out as the server meant them, or not at all."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import SourceError
from cleaner.io.warc.http import Response, decoded, parse

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = b"<p>The ferry left at six.</p>" + random.Random(1).randbytes(200).hex().encode()  # noqa: S311 - fixed noise
LIMIT = 1_000_000


def response(body: bytes, **headers: str) -> Response:
    return Response(
        status=200,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=body,
    )


def chunked(body: bytes, size: int = 50) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return (
        b"".join(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        + b"0\r\n\r\n"
    )


def bare(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


@pytest.mark.parametrize(
    ("body", "headers"),
    (
        (BODY, {}),
        (BODY, {"content_encoding": "identity"}),
        (BODY, {"content_encoding": "utf-8"}),
        (gzip.compress(BODY), {"content_encoding": "gzip"}),
        (gzip.compress(BODY), {"content_encoding": " GZIP "}),
        (gzip.compress(BODY), {"content_encoding": "x-gzip"}),
        (
            gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]),
            {"content_encoding": "gzip"},
        ),
        (gzip.compress(BODY) + b"\0\0\0", {"content_encoding": "gzip"}),
        (gzip.compress(gzip.compress(BODY)), {"content_encoding": "gzip, gzip"}),
        (zlib.compress(BODY), {"content_encoding": "deflate"}),
        (bare(BODY), {"content_encoding": "deflate"}),
        (chunked(BODY), {"transfer_encoding": "chunked"}),
        (
            chunked(BODY)[:-2] + b"Digest: x\r\nExpires: never\r\n\r\n",
            {"transfer_encoding": "chunked"},
        ),
        (chunked(BODY) + b"5\r\nhello\r\n", {"transfer_encoding": "chunked"}),
        (chunked(BODY)[:-5], {"transfer_encoding": "chunked"}),
        (
            chunked(gzip.compress(BODY)),
            {"transfer_encoding": "chunked", "content_encoding": "gzip"},
        ),
        (chunked(gzip.compress(BODY)), {"transfer_encoding": "gzip, chunked"}),
        (BODY, {"transfer_encoding": "chunked"}),
        (BODY, {"content_encoding": "gzip"}),
        (BODY, {"content_encoding": "deflate"}),
        (BODY, {"content_encoding": "br"}),
    ),
)
def test_codings_are_undone(body: bytes, headers: dict[str, str]) -> None:
    assert decoded(response(body, **headers), LIMIT) == BODY


def test_brotli_is_undone() -> None:
    stored = b"\x0b\x02\x80hello\x03"  # a meta-block of five literal bytes
    assert decoded(response(stored, content_encoding="br"), LIMIT) == b"hello"


@pytest.mark.parametrize(
    "packed",
    (
        brotli.compress(BODY),
        brotli.compress(BODY) + b"\0\0",
        brotli.compress(BODY) + b"what a server wrote behind it",
    ),
)
def test_bytes_behind_a_brotli_stream_are_ignored(packed: bytes) -> None:
    assert decoded(response(packed, content_encoding="br"), LIMIT) == BODY


@pytest.mark.parametrize("is_sized", (True, False))
def test_zstd_is_undone(is_sized: bool) -> None:  # noqa: FBT001 - a parameter
    compressor = zstandard.ZstdCompressor(write_content_size=is_sized)
    packed = compressor.compress(BODY[:99]) + compressor.compress(BODY[99:])
    assert decoded(response(packed, content_encoding="zstd"), LIMIT) == BODY


@pytest.mark.parametrize(
    ("coding", "package"), (("br", "brotli"), ("zstd", "zstandard"))
)
def test_without_its_package_the_message_says_what_to_install(
    coding: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        SourceError, match=rf"{package}: pip install .*\[warc\]"
    ) as caught:
        decoded(response(b"\x0b\x02\x80hello\x03", content_encoding=coding), LIMIT)
    assert caught.value.reason == "unreadable"
    assert decoded(response(BODY, content_encoding=coding), LIMIT) == BODY


@pytest.mark.parametrize(
    ("body", "headers"),
    (
        (gzip.compress(BODY)[:-20], {"content_encoding": "gzip"}),
        (
            gzip.compress(BODY)[:60] + b"????" + gzip.compress(BODY)[64:],
            {"content_encoding": "gzip"},
        ),
        (zlib.compress(BODY)[:-20], {"content_encoding": "deflate"}),
        (b"\x0b\x02\x80he", {"content_encoding": "br"}),
        (brotli.compress(BODY)[:-9], {"content_encoding": "br"}),
        (b"\xff" * 20, {"content_encoding": "br"}),
        (zstandard.compress(BODY)[:-9], {"content_encoding": "zstd"}),
        (b"\xff" * 20, {"content_encoding": "zstd"}),
        (chunked(BODY)[:100], {"transfer_encoding": "chunked"}),
        (b"5\r\nhello\r\nworld", {"transfer_encoding": "chunked"}),
        (b"fffffffffffffff\r\nhello", {"transfer_encoding": "chunked"}),
    ),
)
def test_a_body_that_breaks_off_is_no_page(
    body: bytes, headers: dict[str, str]
) -> None:
    with pytest.raises(SourceError) as caught:
        decoded(response(body, **headers), LIMIT)
    assert caught.value.reason == "malformed"


@pytest.mark.parametrize(
    ("coding", "compress"),
    (
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
    ),
)
def test_a_small_body_that_unfolds_into_a_huge_one_is_too_large(
    coding: str, compress: Callable[[bytes], bytes]
) -> None:
    bomb = compress(b"x" * 5_000_000)
    with pytest.raises(SourceError, match="--max-bytes") as caught:
        decoded(response(bomb, content_encoding=coding), LIMIT)
    assert caught.value.reason == "too_large"


def test_headers_are_read_as_they_are_found() -> None:
    found = parse(
        "HTTP/1.0 404 Não\nX: 1\nx: 2\nno colon\nContent-Type : text/html \n\nbody\n\n".encode(
            "latin-1"
        )
    )
    assert found is not None
    assert (found.status, found.body) == (404, b"body\n\n")
    assert found.headers == {"x": "1, 2", "content-type": "text/html"}
    assert parse(b"HTTP/2 200\r\n") == Response(status=200, headers={}, body=b"")


@pytest.mark.parametrize(
    "block",
    (
        b"",
        b"<p>x",
        b"GET / HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
    ),
)
def test_what_has_no_status_is_no_response(block: bytes) -> None:
    assert parse(block) is None


@given(st.binary(max_size=300), st.integers(1, 40))
def test_chunks_of_any_size_are_joined(body: bytes, size: int) -> None:
    assert (
        decoded(response(chunked(body, size), transfer_encoding="chunked"), LIMIT)
        == body
    )


@given(
    st.binary(max_size=200),
    st.sampled_from(["gzip", "deflate", "br", "zstd", "chunked, gzip"]),
)
def test_any_bytes_give_a_body_or_an_error(body: bytes, coding: str) -> None:
    try:
        decoded(
            response(body, content_encoding=coding, transfer_encoding=coding), 1_000
        )
    except SourceError as error:
        assert error.reason in {"malformed", "too_large"}  # noqa: PT017 - either is an answer

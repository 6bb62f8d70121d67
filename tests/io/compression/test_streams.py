"""Compressed streams: all that comes out before damage, and why it ended there."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import SourceError
from cleaner.io.compression import streams
from cleaner.io.compression.streams import Unpacked, is_missing, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable


def zstd(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard")
    packed: bytes = zstandard.ZstdCompressor(write_checksum=True).compress(data)
    return packed


KINDS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd,
}
INSTALLED = tuple(kind for kind in KINDS if not is_missing(kind))
every_kind = pytest.mark.parametrize("kind", tuple(KINDS))


def unpacked(data: bytes, kind: str) -> tuple[bytes, str | None, Unpacked]:
    stream = Unpacked(io.BytesIO(data), kind)
    out = io.BufferedReader(stream).read()
    return out, stream.fault.reason if stream.fault else None, stream


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311 - a fixed choice


@every_kind
@pytest.mark.parametrize("size", (0, 1, 200_000))
def test_what_went_in_comes_out(kind: str, size: int) -> None:
    data = noise(size)
    packed = KINDS[kind](data)
    out, fault, stream = unpacked(packed, kind)
    assert (out == data, fault, kind_of(packed)) == (True, None, kind)
    assert (stream.taken, stream.given) == (len(packed), size)


@given(
    st.sampled_from(INSTALLED),
    st.lists(st.binary(max_size=40), min_size=1, max_size=4),
    st.integers(0, 3),
)
def test_members_follow_one_another(
    kind: str, parts: list[bytes], padding: int
) -> None:
    packed = b"".join(map(KINDS[kind], parts)) + bytes(4 * padding)
    assert unpacked(packed, kind)[:2] == (b"".join(parts), None)


@every_kind
def test_a_stream_that_breaks_off_gives_what_is_there(kind: str) -> None:
    data = noise(400_000)
    packed = KINDS[kind](data)
    for cut in (1, 5, len(packed) // 2, len(packed) - 5, len(packed) - 1):
        out, fault, _ = unpacked(packed[:cut], kind)
        assert fault in (
            {"truncated"} if cut > streams.HEAD else {"truncated", "corrupt"}
        )
        assert data.startswith(out)
    out, _, _ = unpacked(packed[: len(packed) // 2 + 150_000], kind)
    assert len(out) > 100_000 or kind == "bzip2"  # its blocks have 900 KB


@every_kind
def test_an_empty_file_breaks_off(kind: str) -> None:
    assert unpacked(b"", kind)[:2] == (b"", "truncated")


@every_kind
def test_damage_is_told_with_its_place(kind: str) -> None:
    data = noise(300_000)
    packed = bytearray(KINDS[kind](data))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    out, fault, stream = unpacked(bytes(packed), kind)
    assert fault == "corrupt"
    assert len(out) <= len(data)
    assert "of the file" in str(stream.fault)


@every_kind
def test_other_data_behind_a_member_is_told(kind: str) -> None:
    out, fault, stream = unpacked(KINDS[kind](b"text") + b"something else", kind)
    assert (out, fault) == (b"text", "corrupt")
    assert "goes on with something else at byte" in str(stream.fault)


@every_kind
def test_a_file_of_another_kind_is_told(kind: str) -> None:
    out, fault, stream = unpacked(b'{"text": "not compressed at all"}\n', kind)
    assert (out, fault) == (b"", "corrupt")
    assert f"{kind} file" in str(stream.fault)


def test_a_wrong_checksum_casts_doubt_on_what_came_before() -> None:
    packed = bytearray(gzip.compress(b"text" * 100))
    packed[-8] ^= 0xFF
    out, fault, stream = unpacked(bytes(packed), "gzip")
    assert (out, fault) == (
        (b"text" * 100)[:-1],
        "corrupt",
    )  # zlib says no together with the last byte
    assert "may be damaged too" in str(stream.fault)


@every_kind
def test_a_bomb_is_stopped_and_never_held(kind: str) -> None:
    packed = KINDS[kind](bytes(70_000_000))
    stream = Unpacked(io.BytesIO(packed * 3), kind)
    buffer = memoryview(bytearray(1 << 16))
    out = 0
    while size := stream.readinto(buffer):
        out += size
    assert stream.fault is not None
    assert stream.fault.reason == "bomb"
    assert out < streams.BOMB_BYTES + 2 * (streams._STEP // 4 << 17)


def test_a_file_that_unfolds_far_but_is_small_is_no_bomb() -> None:
    data = bytes(2_000_000)
    assert len(gzip.compress(data)) * streams.BOMB_RATIO < len(data)
    assert unpacked(gzip.compress(data), "gzip")[1] is None


def test_a_frame_that_is_to_be_passed_over_holds_nothing() -> None:
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    assert unpacked(skipped + zstd(b"a") + skipped + zstd(b"b"), "zstd")[:2] == (
        b"ab",
        None,
    )


def test_a_decoder_that_asks_for_too_much_memory_is_refused() -> None:
    packed = bytearray(
        lzma.compress(
            b"text", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
        )
    )
    packed[16] = 36  # the size of the dictionary: 512 MB
    packed[20:24] = zlib.crc32(bytes(packed[12:20])).to_bytes(4, "little")
    out, fault, stream = unpacked(bytes(packed), "xz")
    assert (out, fault) == (b"", "unreadable")
    assert "too much memory" in str(stream.fault)


def test_zstd_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    with pytest.raises(SourceError, match=r"article-cleaner\[zst\]"):
        Unpacked(io.BytesIO(), "zstd")


@given(st.sampled_from(INSTALLED), st.binary(max_size=200))
def test_no_bytes_make_it_raise(kind: str, data: bytes) -> None:
    out, fault, _ = unpacked(KINDS[kind](b"text")[:8] + data, kind)
    assert fault is not None or out == b"text"

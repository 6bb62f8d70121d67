"""What is no text is refused, with its kind or its place; text that looks a little like it is not."""

from __future__ import annotations

import gzip
import zlib

import pytest

from cleaner.errors import SourceError
from cleaner.text import binary

FILES = (
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a JPEG image"),
    (b"GIF89a\x01\0\x01\0", "a GIF image"),
    (b"PK\x03\x04\x14\0\0\0", "a ZIP archive"),
    (gzip.compress(b"text", mtime=0), "gzip data"),
    (b"\x28\xb5\x2f\xfd\x24\0", "Zstandard data"),
    (b"\x7fELF\x02\x01\x01\0", "an ELF program"),
    (b"MZ\x90\0\x03\0\0\0", "a Windows program"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "WAVE"),
    (b"\0\0\0\x20ftypisom", "a video"),
    (b"SQLite format 3\0\x10", "an SQLite database"),
    (b"PAR1\x15\x04\x15\0", "a Parquet file"),
)


@pytest.mark.parametrize(("data", "kind"), FILES)
def test_files_are_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind) as caught:
        binary.refuse_by_magic(data)
    assert (caught.value.reason, caught.value.stage, caught.value.offset) == (
        "binary",
        "decode",
        0,
    )
    assert "give the article as text" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    (
        b"MZ and BM are initials, ID3 is a tag",
        b"RIFF, the magazine",
        b"Our PDF: %PDF-1.4",
        b"GIF or JPEG?",
        b"PK, again",
        b"",
    ),
)
def test_text_is_not_refused_for_its_first_letters(data: bytes) -> None:
    binary.refuse_by_magic(data)
    assert not binary.has_controls(data)


@pytest.mark.parametrize(
    "data",
    (
        b"tabs\t, feeds\f, breaks\r\n and \x1b[1mcolours\x1b[0m",
        b"three \0 NULs \0 by \0 accident",
        ("é" * 2_000).encode("cp1252"),
        ("новости " * 100).encode("koi8-r"),
        ("日本語の文 " * 100).encode("cp932"),
        "日本語".encode("iso2022_jp"),
    ),
)
def test_text_has_no_control_bytes_to_speak_of(data: bytes) -> None:
    assert not binary.has_controls(data)


def test_binary_data_has() -> None:
    data = b"some text before " + zlib.compress(bytes(range(256)) * 20)
    assert binary.has_controls(data)
    with pytest.raises(SourceError, match="control bytes") as caught:
        binary.refuse_by_controls(data)
    assert caught.value.offset == next(
        place for place, byte in enumerate(data) if byte in binary._CONTROLS
    )
    assert f"at offset {caught.value.offset}" in str(caught.value)

"""Data that is no text: known by how it begins, or by its control bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SURE = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an ELF program"),
    (b"\xca\xfe\xba\xbe", "a Java class or a macOS program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00asm", "a WebAssembly module"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"\xff\xfb", "MP3 audio"),
    (b"\x80\x04\x95", "a Python pickle"),
)
_WITH_CONTROLS = (
    (b"RIFF", "a WebP image, WAVE audio or AVI video"),
    (b"OggS", "Ogg audio"),
    (b"ID3", "MP3 audio"),
    (b"fLaC", "FLAC audio"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"BM", "a bitmap image"),
    (b"MZ", "a Windows program"),
    (b"FLV", "Flash video"),
)
"""Beginnings that a text might have too: they count where a NUL follows soon."""
_VIDEO = re.compile(rb"\A\x00\x00\x00.ftyp", re.DOTALL)

_CONTROLS = bytes({*range(32), 0x7F} - {*b"\t\n\v\f\r\b\x1b\x0e\x0f"})
"""Control bytes that no text has: not white space, not backspace, not what switches character sets or colours."""
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_SURE_BEGINNINGS = tuple(magic for magic, _ in _SURE)
_FEW, _SHARE = 3, 0.02
_HEAD = 512


def refuse_by_magic(data: bytes) -> None:
    """Raise SourceError (`binary`) where the data begins like a known kind of file."""
    if data.startswith(_SURE_BEGINNINGS):
        _refuse_beginning(data, _SURE)
    if b"\0" not in data[:_HEAD]:
        return
    if _VIDEO.match(data):
        _refuse("this is a video, not text", 0)
    _refuse_beginning(data, _WITH_CONTROLS)


def _refuse_beginning(data: bytes, kinds: Iterable[tuple[bytes, str]]) -> None:
    for magic, kind in kinds:
        if data.startswith(magic):
            _refuse(f"this is {kind}, not text", 0)


def _controls(data: bytes) -> int:
    """Return the number of control bytes that no text has."""
    others = data.translate(None, _CONTROLS)
    return len(data) - len(others)


def has_controls(data: bytes) -> bool:
    r"""Tell whether more of the bytes are control bytes than text has by accident: over three, and over 2 %.

    >>> has_controls(b"a NUL\0 by accident, in a text"), has_controls(b"\0\1\2\3\4\5")
    (False, True)
    """
    return _controls(data) > max(_FEW, _SHARE * len(data))


def refuse_by_controls(data: bytes) -> NoReturn:
    """Raise SourceError (`binary`) with the place of the first control byte."""
    found = _CONTROL.search(data)
    offset = found.start() if found else 0
    _refuse(
        f"this is binary data, not text: {_controls(data)} of {len(data)} bytes are control bytes, "
        f"the first (0x{data[offset]:02x}) at offset {offset}",
        offset,
    )


def _refuse(message: str, offset: int) -> NoReturn:
    raise SourceError(
        f"{message}; give the article as text",
        reason="binary",
        stage="decode",
        offset=offset,
    )

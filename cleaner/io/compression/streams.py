r"""Compressed files as a stream of what is in them: gzip, zstd, bzip2 and xz, with any number of members or frames.

Nothing is held but the piece in hand. A stream never raises for what is wrong with the file: it gives all that comes out
before the damage, then ends, and `fault` says why:

    truncated   the file breaks off inside a member
    corrupt     not a file of its kind, a wrong checksum or code, or neither a member nor padding behind a member
    bomb        more than 64 MB came out, and more than 200 times of what went in
    unreadable  it asks for more memory than any sensible file does

zstd needs the package zstandard, an extra; the others are in the standard library.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.errors import Reason

SUFFIXES = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
INSTALL = "zstd files need the package zstandard: pip install 'article-cleaner[zst]'"
PIECE = 1 << 16
BOMB_BYTES, BOMB_RATIO = 64_000_000, 200
"""A file is a decompression bomb if its contents have more bytes than this, and more than this multiple of its size."""
HEAD = 10
"""Bytes that tell the kind of a file."""
_MEMORY = 1 << 28
"""Bytes that a decoder of xz may take; `xz -9` asks for 65 MB."""
_WINDOW = 1 << 27
"""Bytes that a zstd frame may look back; `zstd --ultra -22` asks for as many."""
_STEP = 1 << 10
"""Bytes of zstd that are decoded at a time: a block of four bytes can unfold to 128 KB."""
_GZIPPED = 31
"""What zlib calls a stream with the wrapper of gzip."""
_MAGIC = {
    "gzip": re.compile(rb"\x1f\x8b\x08"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    "bzip2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "xz": re.compile(rb"\xfd7zXZ\0"),
}

FIRST = frozenset(
    {b"\x1f", b"\x28", b"B", b"\xfd", *(bytes([byte]) for byte in range(0x50, 0x60))}
)
"""The bytes that one of these may begin with."""


class Decoder(Protocol):
    """What decodes one member: the interface of `bz2.BZ2Decompressor`."""

    @property
    def eof(self) -> bool:
        """Whether the member is complete."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to come from what was given."""

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the member."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take bytes and return some of what they hold."""


def kind_of(head: bytes) -> str | None:
    r"""Return how a file is compressed, by its first `HEAD` bytes.

    >>> kind_of(b"\x1f\x8b\x08\x00"), kind_of(b"BZh is no archive"), kind_of(b"")
    ('gzip', None, None)
    """
    return next((kind for kind, magic in _MAGIC.items() if magic.match(head)), None)


def is_missing(kind: str) -> bool:
    """Tell whether what reads a kind is not installed."""
    return kind == "zstd" and find_spec("zstandard") is None


class Unpacked(io.RawIOBase):
    """What is in a compressed stream. Raise SourceError (unreadable) where its package is not installed."""

    def __init__(self, stream: BinaryIO, kind: str) -> None:
        self._stream = stream
        self._kind = kind
        self._new, self._errors = _DECODERS[kind]()
        self._member: Decoder | None = None
        self._held = b""
        """Bytes that were read, and not given to a decoder."""
        self._ready = memoryview(b"")
        """Bytes that came out, and were not asked for."""
        self._over = self._is_behind = False
        self.taken = 0
        """Bytes that went in."""
        self.given = 0
        """Bytes that came out."""
        self.fault: SourceError | None = None
        """Why the stream ended before the file did."""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as one piece goes, and return how many bytes that were; 0 at the end."""
        while not self._ready and not self._over:
            self._ready = memoryview(self._next())
        ready = self._ready
        size = min(len(buffer), len(ready))
        buffer[:size] = ready[:size]
        self._ready = ready[size:]
        return size

    def _next(self) -> bytes:
        """Return the next piece, which may be empty."""
        if (
            not self._held
            and (self._member is None or self._member.needs_input)
            and not self._read()
        ):
            self._end()
            return b""
        if self._member is None and not self._begin():
            return b""
        member, data, self._held = self._member, self._held, b""
        try:
            piece = member.decompress(data, PIECE) if member else b""
        except self._errors as error:
            self._stop(*_reason(error))
            return b""
        if member and member.eof:
            self._held, self._member = member.unused_data, None
        self.given += len(piece)
        if self.given > BOMB_BYTES and self.given > BOMB_RATIO * self.taken:
            self._stop(
                "bomb",
                f"unfolds to more than {BOMB_RATIO} times its size: a decompression bomb",
            )
        return piece

    def _read(self) -> bool:
        piece = self._stream.read(PIECE)
        self.taken += len(piece)
        self._held += piece
        return bool(piece)

    def _end(self) -> None:
        """End the stream where the file ends: between two members, or inside one."""
        if self._member is not None or not self.taken:
            self._stop("truncated", "breaks off")
        self._over = True

    def _begin(self) -> bool:
        """Begin the next member; return False where there is none."""
        if self._is_behind:
            self._held = self._held.lstrip(b"\0")
            if not self._held:
                return False
        while len(self._held) < HEAD and self._read():
            pass
        if kind_of(self._held) != self._kind:
            if self._is_behind:
                self._stop("corrupt", "goes on with something else")
            else:
                article = "an" if self._kind == "xz" else "a"
                message = f"not {article} {self._kind} file"
                self._end_with(
                    SourceError(
                        message,
                        reason="corrupt",
                        stage="read",
                    )
                )
            return False
        self._member, self._is_behind = self._new(), True
        return True

    def _stop(self, reason: Reason, message: str) -> None:
        offset = self.taken - len(self._held)
        text = f"the {self._kind} stream {message} at byte {offset:,} of the file"
        self._end_with(SourceError(text, reason=reason, stage="read"))

    def _end_with(self, fault: SourceError) -> None:
        self.fault = fault
        self._over = True


def _reason(error: Exception) -> tuple[Reason, str]:
    text = str(error).lower()
    if "memory usage limit" in text or "too much memory" in text:
        return "unreadable", f"asks for too much memory ({error})"
    if "data check" in text or "crc" in text or "checksum" in text:
        message = (
            f"has a wrong checksum ({error}): records before this may be damaged too,"
        )
        return "corrupt", message
    return "corrupt", f"is damaged ({error})"


class _Gzip:
    """One member of gzip, with the interface of the others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(_GZIPPED)
        self._error: zlib.error | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._error is not None:
            raise self._error
        data = self._zlib.unconsumed_tail + data
        before = self._zlib.copy()
        try:
            piece = self._zlib.decompress(data, max_length)
        except zlib.error as error:
            self._error = error
            self.needs_input = False
            return _up_to_damage(before, data)
        self.needs_input = not self._zlib.unconsumed_tail and len(piece) < max_length
        return piece


def _up_to_damage(member: zlib._Decompress, data: bytes) -> bytes:
    """Return what comes out before an error; zlib drops what it had in hand."""
    out = bytearray()
    with suppress(zlib.error):
        while not member.eof:
            piece = member.decompress(data, 1)
            data = member.unconsumed_tail
            out += piece
            if not piece and not data:
                break
    return bytes(out)


def _zstd() -> tuple[Callable[[], Decoder], tuple[type[Exception], ...]]:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SourceError(INSTALL, reason="unreadable", stage="read") from error

    class Frame:
        """One frame of zstd, with the interface of the others."""

        def __init__(self) -> None:
            self._frame = zstandard.ZstdDecompressor(
                max_window_size=_WINDOW
            ).decompressobj()
            self._tail = memoryview(b"")

        @property
        def needs_input(self) -> bool:
            return not self._tail

        @property
        def eof(self) -> bool:
            return self._frame.eof

        @property
        def unused_data(self) -> bytes:
            return self._frame.unused_data + bytes(self._tail)

        def decompress(self, data: bytes, max_length: int) -> bytes:  # noqa: ARG002 - `_STEP` bounds it
            if data:
                self._tail = memoryview(bytes(self._tail) + data)
            step = bytes(self._tail[:_STEP])
            self._tail = self._tail[_STEP:]
            return self._frame.decompress(step)

    return Frame, (zstandard.ZstdError,)


_DECODERS: dict[
    str, Callable[[], tuple[Callable[[], Decoder], tuple[type[Exception], ...]]]
] = {
    "gzip": lambda: (_Gzip, (zlib.error,)),
    "bzip2": lambda: (bz2.BZ2Decompressor, (OSError, ValueError)),
    "xz": lambda: (
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY),
        (lzma.LZMAError,),
    ),
    "zstd": _zstd,
}

"""The bytes of a web archive, with ways to go back: to look for the next record after damage, and to check the end.

A file is read again from where it is asked for; a pipe only as far back as its last megabyte, which is kept.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

PIECE = 1 << 16
_KEPT = 1 << 20
_GZIP = re.compile(rb"\x1f\x8b\x08[\0-\x1f]")
_PLAIN = re.compile(rb"WARC/[01]\.\d\d?\r?\n")
_MARK_BYTES = 16
"""More than the longest of these."""
_GZIPPED = 31
"""What zlib calls a stream with the wrapper of gzip."""
_PADDING = b"\0\r\n "


class Feed:
    """The archive as fastwarc reads it, with a way to begin again further on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._base = stream.tell() if stream.seekable() else None
        self._at = 0
        self._kept = bytearray()
        """What was read last, where the stream cannot go back."""
        self._ahead = b""
        """What was read and is to be read again."""
        self._mark: re.Pattern[bytes] | None = None

    def tell(self) -> int:
        """Return the place of reading, in bytes from the beginning."""
        return self._at

    def read(self, size: int = PIECE) -> bytes:
        """Return the next bytes, none at the end."""
        size = min(size, PIECE) if size > 0 else PIECE
        if self._ahead:
            piece = self._ahead[:size]
            self._ahead = self._ahead[size:]
        else:
            piece = self._stream.read(size)
        if self._mark is None:
            self._mark = _GZIP if piece.startswith(b"\x1f\x8b") else _PLAIN
        self._at += len(piece)
        if self._base is None:
            self._kept += piece
            if len(self._kept) > 2 * _KEPT:
                del self._kept[:-_KEPT]
        return piece

    def go_to_next(self, begin: int) -> int | None:
        """Go to the next thing from `begin` on that looks like a record, and return where it is; None at the end."""
        self._go_to(begin)
        window = b""
        while piece := self.read():
            window += piece
            if self._mark and (found := self._mark.search(window)):
                offset = self._at - len(window) + found.start()
                self._go_to(offset)
                return offset
            window = window[-_MARK_BYTES:]
        return None

    def has_more_than(self, last: int) -> bool:
        """Tell whether the gzip member at `last` is not the whole rest: fastwarc passes over a member that is cut off."""
        self._go_to(last)
        if self._mark is not _GZIP or self._at != last:
            return False
        member, rest = zlib.decompressobj(_GZIPPED), b""
        try:
            while not rest and (piece := self.read()):
                while piece and not member.eof:
                    member.decompress(piece, PIECE)
                    piece = member.unconsumed_tail
                rest = (member.unused_data or piece).strip(_PADDING)
        except zlib.error:
            return True
        return bool(rest) or (self._at > last and not member.eof)

    def _go_to(self, offset: int) -> None:
        """Go back or on to an offset; where it is gone, to the first one after it that is still there."""
        if self._base is not None:
            self._stream.seek(self._base + offset)
            self._at = offset
            return
        if offset < self._at:
            self._go_back(self._at - offset)
        while self._at < offset and self.read(offset - self._at):
            pass

    def _go_back(self, size: int) -> None:
        """Go back as far as bytes were kept, to read them again."""
        kept = self._kept
        size = min(size, len(kept))
        start = len(kept) - size
        self._ahead = bytes(kept[start:]) + self._ahead
        del kept[start:]
        self._at -= size

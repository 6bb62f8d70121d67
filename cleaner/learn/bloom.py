"""A Bloom filter, and the bounds of lossy counting with it: what repeats is counted in little memory.

Most lines stand in one document and never again. The first time, a line only sets a few bits in a Bloom filter (B. H.
Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", CACM 13, 1970); the second time it gets an entry.

* A filter of m bits with k = 4 probes takes a new key for a known one with probability (1 - e^(-4n/m))^4 after n keys. The
  filter of lines is emptied when half of its bits are set, so never with more than 6 %; with four million lines in its
  2^26 bits, 0.2 %. The filter of documents (2^24 bits) is kept: 0.2 % at a million.
* Entries are thinned out by lossy counting (G. S. Manku and R. Motwani, "Approximate Frequency Counts over Data Streams",
  VLDB 2002): after every `WINDOW` documents of a source, entries seen in no more documents than windows have passed are
  dropped. A count is never too high by more than one (a false "known"), and too low by at most one for each window
  (documents / `WINDOW`, half a per cent) and for each time that the filter was emptied.
* Where entries of all sources together pass the limit, each source is thinned out once more; its error grows by one.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBES = 4
LINE_BITS = 1 << 26
DOCUMENT_BITS = 1 << 24
WINDOW = 200
ENTRIES = 60_000
"""Entries of all sources together: at most some 150 MB."""


class Bloom:
    """A Bloom filter of 64-bit keys: it never misses a key that was added, and sometimes reports one that was not."""

    def __init__(self, bits: int, data: bytes | None = None) -> None:
        self._mask = bits - 1
        self._data = bytearray(data) if data else bytearray(bits // 8)
        self.filled = sum(map(int.bit_count, self._data))

    def add(self, key: int) -> bool:
        """Add a key; return whether it was there before.

        >>> seen = Bloom(1 << 10)
        >>> seen.add(12345), seen.add(12345), 12345 in seen, 54321 in seen
        (False, True, True, False)
        """
        data = self._data
        known = True
        for place in self._places(key):
            byte = place >> 3
            bit = 1 << (place & 7)
            if not data[byte] & bit:
                data[byte] |= bit
                self.filled += 1
                known = False
        return known

    def __contains__(self, key: int) -> bool:
        for place in self._places(key):
            byte = self._data[place >> 3]
            if not byte >> (place & 7) & 1:
                return False
        return True

    def _places(self, key: int) -> Iterator[int]:
        """Yield the numbers of the bits of a key, by double hashing with its two halves."""
        place = key & 0xFFFFFFFF
        step = key >> 32 | 1
        for _ in range(PROBES):
            yield place & self._mask
            place += step

    @property
    def half_full(self) -> bool:
        """Tell whether half of the bits are set: from here on it is wrong too often."""
        return 2 * self.filled > self._mask

    def clear(self) -> None:
        """Forget everything."""
        self._data = bytearray(len(self._data))
        self.filled = 0

    def dump(self) -> str:
        """Return the bits as text."""
        packed = zlib.compress(self._data, 1)
        return base64.b85encode(packed).decode()

    @classmethod
    def load(cls, text: str, bits: int) -> Bloom:
        """Return a filter from its text. Raise ValueError where it is damaged or of another size."""
        try:
            data = zlib.decompress(base64.b85decode(text))
        except zlib.error as error:
            message = f"the filter cannot be unpacked: {error}"
            raise ValueError(message) from error
        if len(data) * 8 != bits:
            message = f"the filter has {len(data) * 8} bits, not {bits}"
            raise ValueError(message)
        return cls(bits, data)

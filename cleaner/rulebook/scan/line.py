"""A line that may equal a phrase: as it is and folded, and how far the one tells about the other."""

from __future__ import annotations

from cleaner.rulebook.scan.folding import is_odd


class Line:
    """A line without the white space at its ends."""

    __slots__ = ("folded", "is_aligned", "is_odd", "raw")

    def __init__(self, raw: str, folded: str) -> None:
        self.raw = raw
        self.folded = folded
        self.is_odd = is_odd(raw)
        """Whether it may fold to the text of a phrase that RE2 does not take it for."""
        self.is_aligned = len(raw) == len(folded) and not self.is_odd and "…" not in raw
        """Whether each character folded to one."""

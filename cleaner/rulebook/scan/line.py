"""A line that may equal a phrase: as it is and folded, and how far the one tells about the other."""

from __future__ import annotations

from functools import cached_property

from cleaner.rulebook.scan.folding import is_odd


class Line:
    """A line without the white space at its ends. No `slots`: cached properties need an instance dictionary."""

    def __init__(self, raw: str, folded: str) -> None:
        self.raw = raw
        self.folded = folded

    @cached_property
    def is_odd(self) -> bool:
        """Whether it may fold to the text of a phrase that RE2 does not take it for."""
        return is_odd(self.raw)

    @cached_property
    def is_aligned(self) -> bool:
        """Whether each character folded to one."""
        return len(self.raw) == len(self.folded) and "…" not in self.raw and not self.is_odd

"""A line that may equal a phrase: as it is, folded, and as it is with a character for each folded one."""

from __future__ import annotations

import re
from functools import cached_property

from cleaner.rulebook.phrases.syntax import SPACES
from cleaner.rulebook.scan.folding import is_odd

FILL = "\0"
"""Stands behind a character that folds to several, once for each more."""
RUN = "\n"
"""Stands for a run of spaces, which folds to one. No placeholder but `<any>` takes it for anything."""
_RUN = re.compile(f"[{SPACES}]{{2,}}")
_NOT_SHOWN = (FILL, "\u0307")
"""The dot above is lost where it stands behind an i."""


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
    def shown(self) -> str | None:
        r"""The line with a character for each folded one, so that places in both are the same; None where that cannot be.

        >>> Line("Straße  1…", "strasse 1...").shown
        'Straß\x00e\n1…\x00\x00'
        """
        text = self.raw
        for char in _NOT_SHOWN:
            if char in text:
                return None
        if len(text) != len(self.folded) or self.is_odd or "…" in text:
            text = _RUN.sub(RUN, text)
            text = text.replace("…", f"…{FILL}{FILL}")
            if self.is_odd:
                text = "".join(map(_filled, text))
        if len(text) != len(self.folded):
            return None
        return text

    @cached_property
    def has_runs(self) -> bool:
        """Whether spaces stand side by side."""
        return self.shown is not None and RUN in self.shown


def _filled(char: str) -> str:
    """Return a character with as many behind it as it folds to more."""
    if char.isascii() or char == "İ":
        return char
    more = len(char.casefold()) - 1
    return char + FILL * more

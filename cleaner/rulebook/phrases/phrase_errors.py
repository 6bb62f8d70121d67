"""A phrase that cannot be used."""

from __future__ import annotations


class PhraseError(ValueError):
    """A phrase that cannot be used. `offset` and `width` say where in the phrase, in code points."""

    def __init__(
        self, code: str, message: str, offset: int = 0, width: int = 1
    ) -> None:
        super().__init__(message)
        self.code, self.offset, self.width = code, offset, width

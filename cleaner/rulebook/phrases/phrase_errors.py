"""A phrase that cannot be used."""

from __future__ import annotations

from cleaner.errors import CleanerError


class PhraseError(CleanerError):
    """A phrase that cannot be used. `offset` and `width` are code points of the phrase; `code` is a lint id."""

    def __init__(
        self, code: str, message: str, offset: int = 0, width: int = 1
    ) -> None:
        super().__init__(message)
        self.code, self.offset, self.width = code, offset, width

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with all arguments: workers send errors to the main process."""
        return PhraseError, (self.code, str(self), self.offset, self.width)

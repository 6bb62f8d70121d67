"""Every error that the library raises on purpose.

    CleanerError
    ├── RuleError        rule files that cannot be used; carries every fault, each with file, line and column
    ├── SourceError      one input that cannot be cleaned; carries a reason code and the stage that failed
    ├── UsageError       options or paths that contradict each other, found before any work
    └── OutputError      results that cannot be written (disk full, no permission); the run can be resumed

Whoever calls the library catches `CleanerError` or one below it; anything else is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Reason = Literal[
    "unreadable", "too_large", "binary", "undecodable", "malformed", "truncated", "corrupt", "bomb", "crashed", "timeout", "memory",
    "worker_died",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a rule file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    """A lint id such as `L001`; each has a paragraph in `docs/lint.md`."""
    message: str
    rule: str | None = None
    source: str = ""
    """The offending line as it stands in the file."""
    width: int = 1
    """Code points to underline from `column`."""
    severity: str = "error"
    """`error` keeps the rule from loading; `warning` does not."""

    def __str__(self) -> str:
        """Return `file:line:column: code message`, the line, and a caret under the place."""
        head = f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"
        if not self.source:
            return head
        gutter = f"{self.line:>5} | "
        source = self.source.replace("\t", " ")
        return f"{head}\n{gutter}{source}\n      | {' ' * (self.column - 1)}{'^' * max(1, self.width)}"


class CleanerError(Exception):
    """The root of the tree."""


class RuleError(CleanerError):
    """Rule files that cannot be used. `faults` lists all of them, in the order of file and line."""

    def __init__(self, faults: Sequence[Fault], loaded: int = 0) -> None:
        self.faults = tuple(faults)
        self.loaded = loaded
        rules = len({(fault.file, fault.rule) for fault in self.faults})
        count = f"{len(self.faults)} problem{'s' * (len(self.faults) != 1)} in {rules} rule{'s' * (rules != 1)}"
        super().__init__(
            "\n".join(
                [*map(str, self.faults), f"{count}; {loaded} other rules loaded."]
            )
        )


class SourceError(CleanerError):
    """One input that cannot be cleaned. `reason` is a code for programs, the message is for people."""

    def __init__(
        self, message: str, *, reason: Reason, stage: str, offset: int | None = None
    ) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.stage = stage
        self.offset = offset

    def __reduce__(self) -> tuple[object, ...]:
        return _source_error, (str(self), self.reason, self.stage, self.offset)


def _source_error(
    message: str, reason: Reason, stage: str, offset: int | None
) -> SourceError:
    return SourceError(message, reason=reason, stage=stage, offset=offset)


class UsageError(CleanerError):
    """Options or paths that contradict each other, found before any work."""


class OutputError(CleanerError):
    """Results that cannot be written. What was written before is whole; the run can be resumed."""

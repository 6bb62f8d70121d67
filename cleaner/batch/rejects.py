"""Keep what could not be cleaned: a line in `rejects.jsonl` for each document, and its original bytes.

`rejects.jsonl` lists the rejects of the last run, and those of earlier runs that were not tried again. The bytes are
stored in `rejects/` under their SHA-256. They are never deleted: they may have come through a pipe and be the only copy.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cleaner.io import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cleaner.errors import SourceError
    from cleaner.io.readers import Record

LOG = "rejects.jsonl"
KEPT = "rejects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One document that could not be cleaned."""

    id: str
    source: str | None
    """The path that it was read from, None for standard input."""
    offset: int
    """Where it begins there, in bytes."""
    stage: str
    reason: str
    message: str
    sha256: str | None
    """Of its bytes; None where not one could be read."""
    bytes: int
    kept: str | None
    """Where its bytes are kept, below the folder that holds `rejects.jsonl`."""


class Kept(NamedTuple):
    """The stored bytes of a document."""

    sha256: str | None
    bytes: int
    place: str | None
    """Where they are kept, below the folder that holds `rejects.jsonl`."""
    note: str
    """What went wrong in reading them again, empty where nothing did."""


class Rejects:
    """The rejects of one run; without a folder they are counted and hashed and nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.count = 0
        self._folder = folder
        self._log: atomic.Draft | None = None

    def add(
        self, record: Record, error: SourceError, kept: Kept | None = None
    ) -> Reject:
        """Record one document and keep its bytes, unless they are `kept` already. Raises `OutputError`."""
        kept = kept or self.keep(record)
        reject = Reject(
            id=record.source.id,
            source=record.input.origin,
            offset=record.offset,
            stage=error.stage,
            reason=error.reason,
            message=f"{error}{kept.note}",
            sha256=kept.sha256,
            bytes=kept.bytes,
            kept=kept.place,
        )
        self._log_line(self.line(reject))
        return reject

    def again(self, line: bytes) -> Reject:
        """Record once more what an earlier run rejected and this one has not tried. Raises `OutputError`."""
        self._log_line(line)
        return Reject(**orjson.loads(line))

    def line(self, reject: Reject) -> bytes:
        """Return the line of a reject in `rejects.jsonl`."""
        return orjson.dumps(asdict(reject), option=orjson.OPT_APPEND_NEWLINE)

    def _log_line(self, line: bytes) -> None:
        if self._folder is not None:
            self._open(self._folder).write(line)
        self.count += 1

    def keep(self, record: Record) -> Kept:
        """Store the bytes of a document. Raise OutputError."""
        if record.chunks:
            return self._keep(record.chunks)
        return self._keep([record.raw] if record.raw else [])

    def _open(self, folder: Path) -> atomic.Draft:
        if self._log is None:
            atomic.make_folder(folder)
            self._log = atomic.Draft(folder / LOG)
        return self._log

    def _keep(self, chunks: Iterable[bytes]) -> Kept:
        draft = self._copy()
        digest, size, note = hashlib.sha256(), 0, ""
        try:
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    if draft:
                        draft.write(chunk)
            except OSError as error:
                reason = error.strerror
                note = f"; only its first {size:,} bytes could be read ({reason})"
            name = digest.hexdigest() if size else None
            if name is None or draft is None:
                return Kept(name, size, None, note)
            draft.commit(draft.path.with_name(name))
            return Kept(name, size, f"{KEPT}/{name}", note)
        finally:
            if draft:
                draft.abort()

    def _copy(self) -> atomic.Draft | None:
        if self._folder is None:
            return None
        folder = self._folder / KEPT
        atomic.make_folder(folder)
        return atomic.Draft(folder / "bytes")

    def commit(self) -> None:
        """Give `rejects.jsonl` its name; it is empty where there were none."""
        if self._folder is not None:
            self._open(self._folder).commit()

    def abort(self) -> None:
        """Drop the temporary of `rejects.jsonl`; bytes that were kept stay."""
        if self._log is not None:
            self._log.abort()

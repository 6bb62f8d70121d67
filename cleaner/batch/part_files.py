"""Many documents a file: `part-00000.jsonl`, `part-00001.jsonl` …, each as many as it holds, in the order of the inputs.

Which part holds which document depends on the documents alone, never on interruptions of a run. A part is complete or
absent: its lines are held until it is full, written to a temporary file, and named. Results of an earlier run that are
still valid are copied, line by line, checked against their hash; a part that would not change stays as it is.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.batch.rendered import Rendering, short_hash
from cleaner.io.writers import PART

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.batch.manifest import Row
    from cleaner.batch.rendered import Made
    from cleaner.io.readers import Record
    from cleaner.io.writers import Format

PART_DOCUMENTS = 1_000
PART_BYTES = 32_000_000
"""A part ends with the document that reaches either."""
_HELD = 2
"""Parts of an earlier run that are cached in memory."""
NAME = re.compile(PART + r"(\d{5,})(\.[a-z]+)((?:\.[a-z]+)?)")
"""A part: its number, the suffix of its format, that of a compression."""


class Folder(Protocol):
    """A folder of parts: `atomic.LocalFolder`, `remote.RemoteFolder`. Raises OutputError."""

    def read(self, name: str) -> bytes:
        """Return a file's bytes, empty where there is no such file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file, or none."""

    def delete(self, name: str) -> None:
        """Delete a file, if there is one."""


class Placed(NamedTuple):
    """Where an article was written: see the same fields of `manifest.Row`."""

    place: str | None = None
    start: int | None = None
    size: int | None = None
    result: bytes | None = None


class PartsSink:
    """Parts in a folder. `documents` is the number of documents in each."""

    any_time = False

    def __init__(
        self, folder: Folder, form: Format, documents: int = PART_DOCUMENTS
    ) -> None:
        self.written = 0
        self._folder = folder
        self._form = form
        self._documents = documents
        self._number = 0
        self._old: OrderedDict[str, bytes] = OrderedDict()
        self._begin()

    def _begin(self) -> None:
        self._lines: list[bytes] = []
        self._size = self._new = 0
        self._same = True

    @property
    def name(self) -> str:
        """The name of the part that is being filled."""
        return f"{PART}{self._number:05d}{self._form.suffix}"

    @property
    def full(self) -> bool:
        """Whether the part has reached its limit."""
        return len(self._lines) >= self._documents or self._size >= PART_BYTES

    def reserve(self, record: Record) -> str:  # noqa: ARG002 - all go to one place
        """Return no name."""
        return ""

    @property
    def rendering(self) -> Rendering:
        """How articles become lines."""
        return Rendering((self._form.stream,), is_hashed=True)

    def put(self, record: Record, made: Made, name: str) -> Placed:  # noqa: ARG002 - all go to one place
        """Append the article."""
        self._new += 1
        self._same = False
        return self._append(made.files[0], made.digest)

    def recall(self, row: Row, name: str) -> bytes | None:  # noqa: ARG002 - all go to one place
        """Return the line that an earlier run wrote, None where its part does not hold it any more."""
        part, start, size = row.place, row.start, row.size
        if part is None or start is None or size is None:
            return None
        if NAME.fullmatch(part) is None:
            return None
        lines = self._part(part)
        line = lines[start : start + size]
        if short_hash(line) != row.result:
            return None
        return line

    def keep(self, row: Row, line: bytes) -> Placed:
        """Append the line again."""
        self._same = self._same and (row.place, row.start) == (self.name, self._size)
        return self._append(line, row.result)

    def _append(self, line: bytes, digest: bytes | None) -> Placed:
        placed = Placed(
            self.name,
            start=self._size,
            size=len(line),
            result=digest,
        )
        self._lines.append(line)
        self._size += len(line)
        return placed

    def _part(self, name: str) -> bytes:
        """Return the lines of a part as they stand."""
        parts = self._old
        if name not in parts:
            data = self._folder.read(name)
            parts[name] = self._form.packing.unpack(data)
        if len(parts) > _HELD:
            parts.popitem(last=False)
        return parts[name]

    def commit(self) -> tuple[str, ...]:
        """Write the part, unless it is there already, and begin the next. An empty run gives one empty part."""
        if not self._lines and self._number:
            return ()
        name = self.name
        if not self._is_written(name):
            data = self._form.packing.pack(self._lines)
            self._folder.write(name, data)
        self.written += self._new
        self._number += 1
        self._begin()
        return (name,)

    def _is_written(self, name: str) -> bool:
        """Return whether an earlier run has written the same part."""
        if not self._same or not self._lines:
            return False
        return self._part(name) == b"".join(self._lines)

    def trim(self, places: Iterable[str]) -> tuple[str, ...]:
        """Delete the parts of an earlier run that this one has not reached, or has written with another compression."""
        stale = tuple(name for name in places if self._is_stale(name))
        for name in stale:
            self._folder.delete(name)
        return stale

    def _is_stale(self, name: str) -> bool:
        """Return whether a part is left over from an earlier run. Files of other formats are never touched."""
        part = NAME.fullmatch(name)
        own = NAME.fullmatch(self.name)
        if part is None or own is None:
            return False
        number, suffix, compression = part.groups()
        _, own_suffix, own_compression = own.groups()
        if suffix != own_suffix:
            return False
        if compression != own_compression:
            return True
        return int(number) >= self._number

    def abort(self) -> None:
        """Drop the part that is being filled."""
        self._begin()

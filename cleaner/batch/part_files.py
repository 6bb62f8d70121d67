"""Many documents a file: `part-00000.jsonl`, `part-00001.jsonl` …, each as many as it holds, in the order of the inputs.

Which document stands in which part depends on the documents alone, never on how a run was cut in pieces. A part is
whole or not there: its lines are held until it is full, written to a temporary, and named. What an earlier run
wrote and need not be done again is copied, line by line, against its hash; a part that would come out the same stays as it is.
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
"""Parts of an earlier run that are held in memory."""
NAME = re.compile(PART + r"(\d{5,})(\.[a-z]+)((?:\.[a-z]+)?)")
"""A part: its number, the suffix of its format, that of a compression."""


class Folder(Protocol):
    """Where parts stand: `files.LocalFolder`, `urls.RemoteFolder`. Errors are `OutputError`."""

    def read(self, name: str) -> bytes:
        """Return a file's bytes, none where there is no such file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file, or none."""

    def delete(self, name: str) -> None:
        """Delete a file, if there is one."""


class Placed(NamedTuple):
    """Where an article stands: see the same fields of `manifest.Row`."""

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
        self._folder, self._form, self._documents = folder, form, documents
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
        """Tell whether the part holds as much as it may."""
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
        if (
            row.place is None
            or row.start is None
            or row.size is None
            or NAME.fullmatch(row.place) is None
        ):
            return None
        line = self._part(row.place)[row.start : row.start + row.size]
        return line if short_hash(line) == row.result else None

    def keep(self, row: Row, line: bytes) -> Placed:
        """Append the line again."""
        self._same = self._same and (row.place, row.start) == (self.name, self._size)
        return self._append(line, row.result)

    def _append(self, line: bytes, digest: bytes | None) -> Placed:
        placed = Placed(self.name, self._size, len(line), digest)
        self._lines.append(line)
        self._size += len(line)
        return placed

    def _part(self, name: str) -> bytes:
        """Return the lines of a part as they stand."""
        if name not in self._old:
            self._old[name] = self._form.packing.unpack(self._folder.read(name))
            while len(self._old) > _HELD:
                self._old.popitem(last=False)
        return self._old[name]

    def commit(self) -> tuple[str, ...]:
        """Write the part, unless it stands there already, and begin the next. An empty run gives one empty part."""
        if not self._lines and self._number:
            return ()
        name = self.name
        if not (
            self._same and self._lines and self._part(name) == b"".join(self._lines)
        ):
            self._folder.write(name, self._form.packing.pack(self._lines))
        self.written += self._new
        self._number += 1
        self._begin()
        return (name,)

    def trim(self, places: Iterable[str]) -> tuple[str, ...]:
        """Delete the parts of an earlier run that this one has not reached, or has written with another compression."""
        found = tuple(
            name
            for name in places
            if (known := NAME.fullmatch(name)) and self._is_stale(known)
        )
        for name in found:
            self._folder.delete(name)
        return found

    def _is_stale(self, name: re.Match[str]) -> bool:
        """Tell whether a part of this format is none of this run's. Parts of other formats are somebody's."""
        own = NAME.fullmatch(self.name)
        if own is None or name[2] != own[2]:
            return False
        return int(name[1]) >= self._number or name[3] != own[3]

    def abort(self) -> None:
        """Forget the part that is being filled."""
        self._begin()

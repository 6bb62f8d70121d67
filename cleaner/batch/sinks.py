"""Where clean articles go: a folder with a file or two a document, parts of many documents, a stream, nowhere.

A sink takes articles (`put`), and makes them visible (`commit`) or drops them (`abort`). `written` counts the articles
that cannot be lost any more. A sink finds what an earlier run wrote (`recall`) and keeps it (`keep`). Nothing is ever
written outside the output folder, whatever links it contains.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cleaner.batch.part_files import PART_DOCUMENTS, Folder, PartsSink, Placed
from cleaner.batch.rendered import Rendering
from cleaner.errors import OutputError
from cleaner.io import atomic
from cleaner.io.file_names import safe_name
from cleaner.io.writers import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.batch.manifest import Row
    from cleaner.batch.rendered import Made
    from cleaner.io.readers import Record


class Sink(Protocol):
    """A place to which articles go."""

    written: int
    """Articles that are safely written."""
    any_time: bool
    """Whether a commit may come between any two documents; else only when the sink is full, and at the end."""

    @property
    def full(self) -> bool:
        """Whether it is time to commit."""

    def reserve(self, record: Record) -> str:
        """Return the name of a document's output files, empty if it has no files of its own.

        Called once for each document, in the order of the inputs, so that names depend on the inputs alone.
        """

    @property
    def rendering(self) -> Rendering:
        """How articles become what `put` takes."""

    def put(self, record: Record, made: Made, name: str) -> Placed:
        """Take one article, under the name that was reserved for it. Raise OutputError."""

    def recall(self, row: Row, name: str) -> bytes | None:
        """Return the result that a row describes, None where it is gone. A file of its own gives no bytes."""

    def keep(self, row: Row, line: bytes) -> Placed:
        """Keep an article that an earlier run wrote; `line` is the result of `recall`."""

    def commit(self) -> tuple[str, ...]:
        """Make every article visible, and return the parts that are new. Raise OutputError."""

    def trim(self, places: Iterable[str]) -> tuple[str, ...]:
        """Delete the parts of an earlier run that this one has not reached, and return them."""

    def abort(self) -> None:
        """Drop what is not committed, and leave no temporary file behind."""


class FolderSink:
    """One file or two a document, the input's tree mirrored below the output folder."""

    any_time = True

    def __init__(self, folder: Path, form: Format) -> None:
        self.written = 0
        self._folder = folder
        self._root = folder.resolve()
        self._form = form
        self._group = atomic.Group()
        self._pending = 0
        self._safe: set[Path] = set()
        self._used: dict[str, set[str]] = {}

    @property
    def full(self) -> bool:
        """Whether a group of files waits for its names."""
        return self._group.full

    @property
    def rendering(self) -> Rendering:
        """How an article becomes its files."""
        return Rendering(tuple(render for _, render in self._form.files))

    def put(self, record: Record, made: Made, name: str) -> Placed:  # noqa: ARG002 - the name was asked of the record
        """Write the document's files to temporaries."""
        path = self._folder / name
        self._open(path.parent)
        size = 0
        renderings = zip(self._form.files, made.files, strict=True)
        for (suffix, _), data in renderings:
            file = path.with_name(path.name + suffix)
            self._group.add(file, data)
            size += len(data)
        self._pending += 1
        return Placed(name, size=size)

    def recall(self, row: Row, name: str) -> bytes | None:
        """Return no bytes if the document's files are all there, under its name of this run and as large as they were, else None."""
        if row.place != name:
            return None
        path = f"{self._folder}/{name}"
        size = 0
        for suffix, _ in self._form.files:
            try:
                found = os.stat(path + suffix, follow_symlinks=False)  # noqa: PTH116 - faster
            except OSError:
                return None
            if not stat.S_ISREG(found.st_mode):
                return None
            size += found.st_size
        return b"" if size == row.size else None

    def keep(self, row: Row, line: bytes) -> Placed:  # noqa: ARG002 - the files are there
        """Keep the document's files."""
        return Placed(row.place, size=row.size)

    def reserve(self, record: Record) -> str:
        """Return the name without suffix; a second record of the same id gets its number as well."""
        if record.number is None:
            return record.input.stem
        own = record.source.id
        if own == record.default_id:
            own = str(record.number)
        name = safe_name(own)
        used = self._used.setdefault(record.input.stem, set())
        while name.casefold() in used:
            name = f"{name}~{record.number}"
        used.add(name.casefold())
        return f"{record.input.stem}/{name}"

    def _open(self, folder: Path) -> None:
        if folder in self._safe:
            return
        self._check(folder)  # before a folder is made outside
        atomic.make_folder(folder)
        self._check(folder)
        self._safe.add(folder)

    def _check(self, folder: Path) -> None:
        if not folder.resolve().is_relative_to(self._root):
            message = f"{folder}: a link in this path leads out of the output folder; nothing is written through it"
            raise OutputError(message)

    def commit(self) -> tuple[str, ...]:
        """Give all waiting files their names."""
        self._group.commit()
        self.written += self._pending
        self._pending = 0
        return ()

    def trim(self, places: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG002 - files of their own stay
        """Delete nothing: the result of an input that is gone may be the only copy."""
        return ()

    def abort(self) -> None:
        """Drop the temporaries."""
        self._group.abort()


def _reserve(self: object, record: Record) -> str:  # noqa: ARG001 - of sinks without names
    """Return no name."""
    return ""


def _recall(self: object, row: Row, name: str) -> bytes | None:  # noqa: ARG001 - of sinks that keep nothing
    """Find nothing: what went out is gone."""
    return None


def _keep(self: object, row: Row, line: bytes) -> Placed:  # noqa: ARG001 - of sinks that keep nothing
    """Do nothing."""
    return Placed()


def _commit(self: object) -> tuple[str, ...]:  # noqa: ARG001 - of sinks that keep nothing
    """Do nothing: what was taken is out."""
    return ()


def _trim(self: object, places: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG001 - of sinks that keep nothing
    """Delete nothing."""
    return ()


_UNDECIDED = (FORMATS["text"], FORMATS["jsonl"])
"""Formats of a stream without a chosen format: of a file that is one document, of records."""


class StreamSink:
    """One document after the other on a stream, each flushed, so that the next program can begin.

    Without a format records become JSON lines, and a file that is one document becomes text.
    """

    any_time = True
    full = False

    def __init__(
        self,
        stream: BinaryIO,
        form: Format | None = None,
        name: str = "standard output",
    ) -> None:
        self.written = 0
        self._stream = stream
        self._form = form
        self._name = name
        self._gap = b""

    @property
    def rendering(self) -> Rendering:
        """How an article becomes what is written; in both formats, as long as no document has decided."""
        forms = [self._form] if self._form else _UNDECIDED
        return Rendering(tuple(form.stream for form in forms))

    def put(self, record: Record, made: Made, name: str) -> Placed:  # noqa: ARG002 - all go to one place
        """Write and flush the article; an empty line parts two texts."""
        if self._form is None:
            self._form = _UNDECIDED[0 if record.number is None else 1]
        form, stream = self._form, self._stream
        index = 0
        if len(made.files) > 1:  # rendered before the format was decided
            index = _UNDECIDED.index(form)
        data = made.files[index]
        before = self._gap if self.written else form.head
        with atomic.reporting(self._name):
            stream.write(before + data)
            stream.flush()
        self.written += 1
        if form.files:
            self._gap = b"\n" if data.endswith(b"\n") else b"\n\n"
        return Placed()

    reserve, recall, keep, commit, trim = _reserve, _recall, _keep, _commit, _trim

    def abort(self) -> None:
        """Do nothing: what is flushed is out."""


class NoSink:
    """Nowhere: for a dry run."""

    any_time = True
    full = False

    def __init__(self) -> None:
        self.written = 0

    rendering = Rendering()

    def put(self, record: Record, made: Made, name: str) -> Placed:  # noqa: ARG002 - nothing is written
        """Count the article."""
        self.written += 1
        return Placed()

    reserve, recall, keep, commit, trim = _reserve, _recall, _keep, _commit, _trim

    def abort(self) -> None:
        """Do nothing."""


def folder_sink(
    folder: Path | Folder, form: Format, part: int = PART_DOCUMENTS
) -> Sink:
    """Return the sink for an output folder and a format. Nothing is made before there is an article.

    `part` is the number of documents in a part, for formats that have no file for each; a store takes only parts.
    """
    if not isinstance(folder, Path):
        return PartsSink(folder, form, part)
    if form.files:
        return FolderSink(folder, form)
    return PartsSink(atomic.LocalFolder(folder), form, part)

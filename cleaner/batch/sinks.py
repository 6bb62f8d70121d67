"""Where clean articles go: a folder with a file or two a document, one file for all, a stream, nowhere.

A sink takes articles (`put`), makes what it took visible (`commit`) or forgets it (`abort`). `written` counts what
cannot be lost any more. Nothing is ever written outside the output folder, whatever links lie in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from cleaner.errors import OutputError
from cleaner.io import files
from cleaner.io.names import safe_name
from cleaner.io.writers import FORMATS, SHARED, Format

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.io.readers import Record
    from cleaner.model import Article


class Sink(Protocol):
    """Somewhere for articles to go."""

    written: int
    """Articles that are safely there."""

    def put(self, record: Record, article: Article) -> None:
        """Take one article. Raises `OutputError`."""

    def commit(self) -> None:
        """Make everything visible that was taken. Raises `OutputError`."""

    def abort(self) -> None:
        """Forget what is not committed, and leave no temporary behind."""


class FolderSink:
    """One file or two a document, the input's tree mirrored below the output folder."""

    def __init__(self, folder: Path, form: Format) -> None:
        self.written = 0
        self._folder = folder
        self._root = folder.resolve()
        self._form = form
        self._group = files.Group()
        self._pending = 0
        self._safe: set[Path] = set()
        self._used: dict[str, set[str]] = {}

    def put(self, record: Record, article: Article) -> None:
        """Write the document's files to temporaries; a full group gets its names."""
        stem = self._folder / self._stem(record, article)
        self._open(stem.parent)
        for suffix, render in self._form.files:
            self._group.add(stem.with_name(stem.name + suffix), render(article))
        self._pending += 1
        if self._group.full:
            self.commit()

    def _stem(self, record: Record, article: Article) -> str:
        """Return the name without suffix; a second record of the same id gets its number as well."""
        if record.number is None:
            return record.input.stem
        name = safe_name(article.id if article.id != record.default_id else str(record.number))
        used = self._used.setdefault(record.input.stem, set())
        while name.casefold() in used:
            name = f"{name}~{record.number}"
        used.add(name.casefold())
        return f"{record.input.stem}/{name}"

    def _open(self, folder: Path) -> None:
        if folder in self._safe:
            return
        files.make_folder(folder)
        if not folder.resolve().is_relative_to(self._root):
            message = f"{folder}: a link here leads out of the output folder; nothing is written through it"
            raise OutputError(message)
        self._safe.add(folder)

    def commit(self) -> None:
        """Give all waiting files their names."""
        self._group.commit()
        self.written += self._pending
        self._pending = 0

    def abort(self) -> None:
        """Drop the temporaries."""
        self._group.abort()


class SharedSink:
    """One file for all documents; it appears when the run ends, and holds nothing where there were no articles."""

    def __init__(self, folder: Path, form: Format) -> None:
        self.written = 0
        self._folder = folder
        self._form = form
        self._draft: files.Draft | None = None
        self._pending = 0

    def put(self, record: Record, article: Article) -> None:  # noqa: ARG002 - all go to one place
        """Append the article."""
        self._open().write(self._form.stream(article))
        self._pending += 1

    def _open(self) -> files.Draft:
        if self._draft is None:
            files.make_folder(self._folder)
            self._draft = files.Draft(self._folder / SHARED)
        return self._draft

    def commit(self) -> None:
        """Give the file its name."""
        self._open().commit()
        self.written = self._pending

    def abort(self) -> None:
        """Drop the temporary."""
        if self._draft is not None:
            self._draft.abort()


class StreamSink:
    """One document after the other on a stream, each flushed, so that the next program can begin.

    Without a format records become JSON lines, and a file that is one document becomes text.
    """

    def __init__(self, stream: BinaryIO, form: Format | None = None, name: str = "standard output") -> None:
        self.written = 0
        self._stream = stream
        self._form = form
        self._name = name
        self._gap = b""

    def put(self, record: Record, article: Article) -> None:
        """Write and flush the article; an empty line parts two texts."""
        if self._form is None:
            self._form = FORMATS["text" if record.number is None else "jsonl"]
        data = self._form.stream(article)
        with files.reporting(self._name):
            self._stream.write(self._gap + data)
            self._stream.flush()
        self.written += 1
        self._gap = b"" if self._form is FORMATS["jsonl"] else b"\n" if data.endswith(b"\n") else b"\n\n"

    def commit(self) -> None:
        """Do nothing: what is flushed is out."""

    def abort(self) -> None:
        """Do nothing: what is flushed is out."""


class NoSink:
    """Nowhere: for a dry run."""

    def __init__(self) -> None:
        self.written = 0

    def put(self, record: Record, article: Article) -> None:  # noqa: ARG002 - nothing is written
        """Count the article."""
        self.written += 1

    def commit(self) -> None:
        """Do nothing."""

    def abort(self) -> None:
        """Do nothing."""


def folder_sink(folder: Path, name: str) -> Sink:
    """Return the sink for an output folder and the name of a format. Nothing is made before there is an article."""
    form = FORMATS[name]
    return FolderSink(folder, form) if form.files else SharedSink(folder, form)

"""Where a run writes: from `-o`, `-f`, `--compress` and `--state` to a sink."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from cleaner.batch.lock import STATE
from cleaner.batch.sinks import NoSink, Sink, StreamSink, folder_sink
from cleaner.errors import UsageError
from cleaner.io import remote
from cleaner.io.remote import RemoteFolder
from cleaner.io.writers import FORMATS, Format, compressed

if TYPE_CHECKING:
    from cleaner.batch.plan import Plan

_FILES = frozenset({".txt", ".json", ".jsonl", ".ndjson", ".md", ".csv", ".parquet"})
DEFAULT = "text"


class OutputOptions(TypedDict):
    """The options that choose the output."""

    output: str | None
    format: str | None
    compress: str | None
    state: Path | None
    dry_run: bool


class Destination(NamedTuple):
    """Where a run writes, and where it keeps its own files, if at all."""

    folder: Path | RemoteFolder | None
    """None for standard output and for a dry run."""
    state: Path | None
    form: str | None = None
    """A key of `FORMATS`, None where the first document decides."""
    compress: str | None = None

    @property
    def local(self) -> Path | None:
        """The output folder, if it is on this machine."""
        return self.folder if isinstance(self.folder, Path) else None

    @property
    def made_as(self) -> str:
        """What the output's bytes depend on, apart from the articles."""
        form = self.form or DEFAULT
        return f"{form}.{self.compress}" if self.compress else form


def destination_of(options: OutputOptions, *, is_one: bool) -> Destination:
    """Return where a run writes; `is_one` where one file or standard input is read. Raise UsageError."""
    form, compress = options["format"], options["compress"]
    if options["dry_run"]:
        return Destination(None, None, form, compress)
    folder = _folder(options["output"], is_one=is_one)
    if folder is None:
        _check_stream(form, compress)
        return Destination(None, options["state"], form)
    if compress:
        _check_compression(form or DEFAULT)
    if isinstance(folder, RemoteFolder):
        _check_store(folder, form or DEFAULT, options["state"])
        return Destination(folder, options["state"], form, compress)
    state = options["state"] or _own_state(folder)
    return Destination(folder, state, form or DEFAULT, compress)


def _folder(output: str | None, *, is_one: bool) -> Path | RemoteFolder | None:
    """Return the output folder, None for standard output."""
    if output == "-" or (output is None and is_one):
        return None
    if output is None:
        raise UsageError("choose an output: -o DIR, or -o - for standard output")
    if remote.is_url(output):
        return RemoteFolder(output)
    folder = Path(output)
    looks_like_file = not folder.exists() and folder.suffix in _FILES
    if folder.is_file() or looks_like_file:
        message = f"-o {output}: -o names a folder; for one file write: clean … -o - > {output}"
        raise UsageError(message)
    return folder


def _own_state(folder: Path) -> Path:
    """Return the folder for state inside an output folder. A link is refused: it may lead anywhere."""
    state = folder / STATE
    if state.is_symlink():
        message = f"{state} is a link, and may lead anywhere; remove it, or choose --state DIR"
        raise UsageError(message)
    return state


def _check_compression(form: str) -> None:
    if FORMATS[form].files:
        raise UsageError(
            f"--compress is for parts: choose -f jsonl or -f csv (-f is {form})"
        )
    if form == "parquet":
        raise UsageError("Parquet is compressed already; leave --compress out")


def _check_stream(form: str | None, compress: str | None) -> None:
    if compress:
        raise UsageError(
            "--compress is for parts in a folder; on standard output use a pipe: clean … -o - | zstd > out.zst"
        )
    if form == "parquet":
        raise UsageError(
            "Parquet cannot be written to standard output, because its index comes last; choose -o DIR"
        )


def _check_store(folder: RemoteFolder, form: str, state: Path | None) -> None:
    if FORMATS[form].files:
        names = [f"-f {name}" for name, known in FORMATS.items() if not known.files]
        message = f"-o {folder}: a store takes parts, not a file for each document; choose {', '.join(names)}"
        raise UsageError(message)
    if state is None:
        message = f"-o {folder}: choose --state DIR as well: the manifest and the rejects are kept on a local disk"
        raise UsageError(message)


def sink_of(destination: Destination, plan: Plan, *, dry: bool) -> Sink:
    """Return the sink of a run. Raise UsageError where it needs a package that is missing."""
    if dry:
        return NoSink()
    if destination.folder is not None:
        return folder_sink(destination.folder, _form(destination))
    name = destination.form
    if name is None and len(plan.inputs) > 1:
        name = "jsonl"
    return StreamSink(sys.stdout.buffer, FORMATS[name] if name else None)


def _form(destination: Destination) -> Format:
    """Return the format of an output folder's files."""
    form = FORMATS[destination.form or DEFAULT]
    if destination.compress:
        form = compressed(form, destination.compress)
    form.packing.check()
    return form

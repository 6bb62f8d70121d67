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


class Asked(TypedDict):
    """The options that say where to."""

    output: str | None
    format: str | None
    compress: str | None
    state: Path | None
    dry_run: bool


class Places(NamedTuple):
    """Where a run writes, and where it keeps its own files, if at all."""

    folder: Path | RemoteFolder | None
    """None for standard output and for a dry run."""
    state: Path | None
    form: str | None = None
    """A key of `FORMATS`, None where the first document decides."""
    compress: str | None = None

    @property
    def local(self) -> Path | None:
        """The output folder, if it is one of this machine."""
        return self.folder if isinstance(self.folder, Path) else None

    @property
    def made_as(self) -> str:
        """What the output's bytes depend on, beside the articles."""
        return ".".join(name for name in (self.form or DEFAULT, self.compress) if name)


def places_of(asked: Asked, *, is_one: bool) -> Places:
    """Return where a run writes; `is_one` where one file or standard input is read. Raise UsageError."""
    form, compress = asked["format"], asked["compress"]
    if asked["dry_run"]:
        return Places(None, None, form, compress)
    folder = _folder(asked["output"], is_one=is_one)
    if folder is None:
        _check_stream(form, compress)
        return Places(None, asked["state"], form)
    if compress and FORMATS[form or DEFAULT].files:
        message = (
            f"--compress is for parts: say -f jsonl or -f csv (-f is {form or DEFAULT})"
        )
        raise UsageError(message)
    if compress and form == "parquet":
        raise UsageError("Parquet is compressed already; leave --compress out")
    if isinstance(folder, RemoteFolder):
        _check_store(folder, form or DEFAULT, asked["state"])
        return Places(folder, asked["state"], form, compress)
    if asked["state"] is None and (folder / STATE).is_symlink():
        message = f"{folder / STATE} is a link, and may lead anywhere; take it away, or say --state DIR"
        raise UsageError(message)
    return Places(folder, asked["state"] or folder / STATE, form or DEFAULT, compress)


def _folder(output: str | None, *, is_one: bool) -> Path | RemoteFolder | None:
    if output == "-" or (output is None and is_one):
        return None
    if output is None:
        raise UsageError("where to? Say -o DIR, or -o - for standard output")
    if remote.is_url(output):
        return RemoteFolder(output)
    folder = Path(output)
    if folder.is_file() or (not folder.exists() and folder.suffix in _FILES):
        message = f"-o {output}: this is a folder's place; for one file write: clean … -o - > {output}"
        raise UsageError(message)
    return folder


def _check_stream(form: str | None, compress: str | None) -> None:
    if compress:
        raise UsageError(
            "--compress is for parts in a folder; on standard output pipe it: clean … -o - | zstd > out.zst"
        )
    if form == "parquet":
        raise UsageError(
            "Parquet cannot be written to standard output: its end tells where all rows are. Say -o DIR"
        )


def _check_store(folder: RemoteFolder, form: str, state: Path | None) -> None:
    if FORMATS[form].files:
        parts = ", ".join(
            f"-f {name}" for name, known in FORMATS.items() if not known.files
        )
        message = f"-o {folder}: a store takes parts, not a file for each document; say {parts}"
        raise UsageError(message)
    if state is None:
        message = f"-o {folder}: say --state DIR as well: what is done, and what was rejected, is kept on a local disk"
        raise UsageError(message)


def sink_of(places: Places, plan: Plan, *, dry: bool) -> Sink:
    """Return the sink of a run. Raise UsageError where a package is missing that it needs."""
    if dry:
        return NoSink()
    if places.folder is not None:
        return folder_sink(places.folder, _form(places))
    name = places.form or ("jsonl" if len(plan.inputs) > 1 else None)
    return StreamSink(sys.stdout.buffer, FORMATS[name] if name else None)


def _form(places: Places) -> Format:
    form = FORMATS[places.form or DEFAULT]
    if places.compress:
        form = compressed(form, places.compress)
    form.packing.check()
    return form

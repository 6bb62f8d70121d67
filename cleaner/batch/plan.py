"""Decide before the run starts what will be read and where it will go.

The order of the plan is the order of the sources, and within a folder that of the paths' parts. What will not be read
is in the plan too, with a reason: `hidden`, `suffix`, `unsupported`, `glob`, `special` (pipes, sockets, devices),
`unreadable` (a folder), `link_outside`, `link_loop`, `duplicate`, and `output`: the output folder, where it lies inside
an input folder, is not read.

Two inputs that would write one output are a `UsageError` that names both, and so is an output that would replace an
input. A file of records (`day.jsonl`, `crawl.warc`) writes into a folder of its own (`day/`), so no other input may write there.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from cleaner.batch import discover
from cleaner.batch.discover import Skipped
from cleaner.errors import UsageError
from cleaner.io import remote
from cleaner.io.compression import streams
from cleaner.io.file_names import fit, printable
from cleaner.io.formats import parquet
from cleaner.io.readers import LINES, SINGLE, STDIN, SUFFIXES, Input
from cleaner.io.warc import archive
from cleaner.io.writers import FORMATS, PART

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNSUPPORTED = dict.fromkeys(
    (
        ".zip",
        ".tar",
        ".tgz",
        ".tar.gz",
        ".tar.zst",
        ".tar.bz2",
        ".tar.xz",
        ".7z",
        ".rar",
    ),
    "an archive of files; unpack it first",
)
"""Suffixes that users expect to work, and the message for each."""
_SHOWN = 10
"""Skipped files that an error message lists: as many as fit any terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run will read, and what it will not and why."""

    inputs: tuple[Input, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def size(self) -> int:
        """Bytes to read, as far as known."""
        return sum(place.size for place in self.inputs)


def make_plan(
    sources: Sequence[str],
    *,
    output: Path | None = None,
    format: str = "text",  # noqa: A002 - the word of the option
    glob: Sequence[str] = (),
    input_format: str | None = None,
) -> Plan:
    """Look at the sources (paths, URLs, `-` for standard input) and return the plan.

    `output` is the output folder, None for standard output. Raises `UsageError` for a source that does not exist, for
    two outputs of one name, and where nothing at all is left to read.
    """
    inputs: list[Input] = []
    skipped: list[Skipped] = []
    seen: set[object] = set()
    for source in sources:
        for found in _found(
            source,
            glob=glob,
            output=output,
        ):
            _sort(found, inputs, skipped, seen, input_format)
    if not inputs:
        raise UsageError(_nothing(skipped))
    if output is not None:
        _refuse_collisions(inputs, output, format)
    return Plan(inputs=tuple(inputs), skipped=tuple(skipped))


def _found(
    source: str, *, glob: Sequence[str], output: Path | None
) -> Iterator[discover.Found | Skipped]:
    if source == "-":
        yield discover.Found(
            path=None,
            name=STDIN,
            named=True,
        )
        return
    if remote.is_url(source):
        yield from discover.listed(source, glob=glob)
        return
    path = Path(source)
    if not path.exists():
        problem = "no such file or folder"
        if path.is_symlink():
            problem = "a link to something that does not exist"
        raise UsageError(f"{printable(source)}: {problem}")
    if path.is_dir():
        if output is not None and output.resolve() == path.resolve():
            message = f"{printable(source)}: is the output folder too; results would replace inputs. Choose another -o"
            raise UsageError(message)
        yield from discover.walk(
            path,
            glob=glob,
            output=output,
        )
    else:
        yield discover.Found(
            path=path, name=path.name, size=path.stat().st_size, named=True
        )


def _sort(
    found: discover.Found | Skipped,
    inputs: list[Input],
    skipped: list[Skipped],
    seen: set[object],
    input_format: str | None,
) -> None:
    """Put what was found among the inputs or the skipped."""
    if isinstance(found, Skipped):
        skipped.append(found)
        return
    place = _input(found, input_format)
    real = found.remote or (os.path.abspath(found.path) if found.path else STDIN)  # noqa: PTH100 - fast
    if isinstance(place, Input) and real in seen:
        place = Skipped(
            id=place.id, reason="duplicate", message="named twice; it is read once"
        )
    if isinstance(place, Skipped):
        skipped.append(place)
    else:
        inputs.append(place)
        seen.add(real)


def _input(found: discover.Found, input_format: str | None) -> Input | Skipped:
    name = printable(found.name)
    if found.path is None and found.remote is None:
        return Input(
            id=name,
            path=None,
            format=input_format or "auto",
            stem=STDIN,
        )
    name_of = _named(found.name)
    is_pipe = found.named and found.path is not None and not found.path.is_file()
    kind = input_format or ("auto" if is_pipe else name_of.format)
    if kind is None:
        return _unknown(name, name_of.suffix.lower())
    compression = name_of.compression
    if is_pipe or (kind, compression) == ("warc", "gzip"):
        compression = None
    message = _missing(kind, compression)
    if message:
        return Skipped(
            id=name,
            reason="unsupported",
            message=message,
        )
    folder, slash, bare = found.name.rpartition("/")
    stem = folder + slash + fit(bare.removesuffix(name_of.suffix))
    return Input(
        id=name,
        path=found.path,
        format=kind,
        stem=stem,
        size=found.size,
        compression=compression,
        remote=found.remote,
    )


def _missing(kind: str, compression: str | None) -> str | None:
    """Return why an input cannot be read by what is installed."""
    if kind == "warc" and archive.is_missing():
        return archive.INSTALL
    if kind == "parquet" and compression:
        return f"Parquet inside {compression} is not read, because it is compressed itself; unpack it first"
    if kind == "parquet" and parquet.is_missing():
        return parquet.INSTALL
    if compression and streams.is_missing(compression):
        return streams.INSTALL
    return None


class _Named(NamedTuple):
    """What a file's name shows of its contents."""

    suffix: str
    """As it is written, with that of a compression."""
    format: str | None
    compression: str | None


def _named(name: str) -> _Named:
    """Return the format and the compression that a file's name shows.

    >>> _named("a.b.TXT"), _named("crawl.warc.gz")
    (_Named(suffix='.TXT', format='text', compression=None), _Named(suffix='.warc.gz', format='warc', compression=None))
    >>> _named("a.txt.gz"), _named("a.gz")
    (_Named(suffix='.txt.gz', format='text', compression='gzip'), _Named(suffix='.gz', format=None, compression='gzip'))
    """
    _, _, bare = name.rpartition("/")
    path = PurePosixPath(bare)
    suffix = path.suffix
    double = "".join(path.suffixes[-2:])
    known = double.lower()
    if known in SUFFIXES:
        return _Named(double, SUFFIXES[known], None)
    last = suffix.lower()
    compression = streams.SUFFIXES.get(last)
    if compression:
        inner = PurePosixPath(path.stem).suffix.lower()
        if inner in SUFFIXES or known in UNSUPPORTED:
            kind = SUFFIXES.get(inner)
            return _Named(double, kind, compression)
    return _Named(suffix, SUFFIXES.get(last), compression)


def _unknown(name: str, suffix: str) -> Skipped:
    if suffix in UNSUPPORTED:
        return Skipped(
            id=name,
            reason="unsupported",
            message=UNSUPPORTED[suffix],
        )
    formats = " ".join(SUFFIXES)
    compressions = " ".join(streams.SUFFIXES)
    known = f"{formats}, each also {compressions}"
    message = f"unknown suffix {suffix!r} (known: {known}); choose its format with --input-format"
    return Skipped(
        id=name,
        reason="suffix",
        message=message,
    )


def _nothing(skipped: Sequence[Skipped]) -> str:
    """Return the message for a plan without inputs."""
    if not skipped:
        return "nothing to clean: no files found"
    lines = ["nothing to clean:"]
    for entry in skipped[:_SHOWN]:
        lines.append(f"  {entry.id}: {entry.message}")  # noqa: PERF401 - one thing a line
    more = len(skipped) - _SHOWN
    if more > 0:
        lines.append(f"  … {more} more")
    return "\n".join(lines)


def targets(place: Input, format: str) -> tuple[str, ...]:  # noqa: A002
    """Return what an input will write, below the output folder: files, and with a final `/` folders of its own.

    >>> place = Input(id="a/b.txt", path=None, format="text", stem="a/b")
    >>> targets(place, "text"), targets(place, "jsonl")  # parts belong to all
    (('a/b.txt', 'a/b.json'), ())
    """
    suffixes = [suffix for suffix, _ in FORMATS[format].files]
    stem, kind = place.stem, place.format
    names = []
    if kind not in LINES:
        names += [stem + suffix for suffix in suffixes]
    if kind not in SINGLE and suffixes:
        names.append(f"{stem}/")
    return tuple(names)


def _refuse_collisions(inputs: Sequence[Input], output: Path, format: str) -> None:  # noqa: A002
    """Raise UsageError where two inputs would write one file, or where a result would replace an input."""
    origins = {_key(_real(str(place.path))): place for place in inputs if place.path}
    if not FORMATS[format].files:
        _refuse_parts(origins, output)
    owners: dict[str, Input] = {}
    for place in inputs:
        for target in targets(place, format):
            name = target.rstrip("/")
            other = owners.setdefault(_key(name), place)
            if other is not place:
                message = _collision(other, place, output / target)
                raise UsageError(message)
            real = _real(f"{output}/{name}")
            victim = origins.get(_key(real))
            if victim:
                message = f"{place.id}: its result would replace the input {victim.origin}; choose another output folder"
                raise UsageError(message)
    for place in inputs:
        for target in targets(place, format):
            _refuse_shared_folders(target, place, owners, output)


def _refuse_shared_folders(
    target: str, place: Input, owners: Mapping[str, Input], output: Path
) -> None:
    """Raise UsageError where a result would lie in a folder of another input."""
    folder = target.rstrip("/")
    while True:
        folder, _, _ = folder.rpartition("/")
        if not folder:
            return
        owner = owners.get(_key(folder), place)
        if owner is not place:
            message = _collision(owner, place, output / folder)
            raise UsageError(message)


def _refuse_parts(origins: Mapping[str, Input], output: Path) -> None:
    """Raise UsageError where a part would replace an input."""
    beginning = _key(_real(f"{output}/{PART}"))
    for name, victim in origins.items():
        if name.startswith(beginning):
            message = f"{victim.id}: a part would replace the input {victim.origin}; choose another output folder"
            raise UsageError(message)


def _collision(one: Input, two: Input, target: Path) -> str:
    names = f"{one.origin or one.id} and {two.origin or two.id}"
    advice = "rename one of them, run them into two folders, or use -f jsonl, which writes one file for all"
    return f"{names} would both write {printable(str(target))}; {advice}"


def _real(path: str) -> str:
    """Return a path with its folder as it really is; text, because `Path` would take a second for 10,000."""
    folder, name = os.path.split(path)
    return f"{_real_folder(folder)}/{name}"


@lru_cache(maxsize=1024)
def _real_folder(folder: str) -> str:
    return Path(folder).resolve().as_posix().rstrip("/")


def _key(name: str) -> str:
    """Return what two names have in common that are one file on this system."""
    return name.casefold() if sys.platform in {"darwin", "win32"} else name

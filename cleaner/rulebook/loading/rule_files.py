"""Rule files on disk: which there are, their bytes, and the vocabulary beside them. No YAML is read here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 1_000_000
"""The largest rule file: some 3,000 rules. A larger one is a mistake or an attack."""
_OVERRIDES = ("overrides.yaml", "overrides.yml")


class Raw(NamedTuple):
    """A file as it lay on the disk."""

    path: Path
    data: bytes | None = None
    """None where it is larger than `MAX_BYTES`, or could not be read."""
    size: int = 0
    error: str = ""
    """Why it could not be read, empty where it could."""


def default_rules() -> Path:
    """Return the folder of the shipped packs: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent.parent
    packed = package / "_rules"
    return packed if packed.is_dir() else package.parent / "rules"


def find(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the rule files among some files and folders, sorted within each folder."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(
                name
                for name in _below(path)
                if name.suffix in SUFFIXES and name.name not in _OVERRIDES
            )
        else:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder; links to folders are not followed. `Path.rglob` takes five times as long."""
    for place, folders, names in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *names))


def overrides_in(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files of local overrides that lie in some folders."""
    return [
        path / name
        for path in map(Path, paths)
        for name in _OVERRIDES
        if (path / name).is_file()
    ]


def unread(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files in some folders that are neither rules nor vocabulary nor notes about them."""
    for path in map(Path, paths):
        if not path.is_dir():
            continue
        for other in sorted(path.rglob("*")):
            is_hidden = other.name.startswith(".")
            if other.is_file() and not is_hidden and not _is_read(other):
                yield other


def _is_read(path: Path) -> bool:
    """Return whether a file's name is that of rules, of a word list, or of notes."""
    if path.suffix == ".txt":
        return path.parent.name == "vocab"
    return path.suffix in (*SUFFIXES, ".md")


def word_lists(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the word lists beside some files and in some folders: `vocab/NAME.txt`."""
    for path in map(Path, paths):
        folder = (path if path.is_dir() else path.parent) / "vocab"
        yield from sorted(folder.glob("*.txt"))


def vocabulary(lists: Iterable[Raw]) -> dict[str, tuple[str, ...]]:
    """Return word lists by name: one entry a line, `#` begins a comment line. Of two with one name the later counts."""
    found = {}
    for file in lists:
        name = file.path.stem.replace("-", "_")
        text = (file.data or b"").decode("utf-8")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        rows = (row.strip() for row in text.split("\n"))
        found[name] = tuple(row for row in rows if row and not row.startswith("#"))
    return found


def raw(path: Path) -> Raw:
    """Return a rule file's bytes, unless there are too many of them."""
    try:
        size = path.stat().st_size
        return Raw(path, path.read_bytes() if size <= MAX_BYTES else None, size)
    except OSError as error:
        return Raw(path, error=str(error.strerror or error))

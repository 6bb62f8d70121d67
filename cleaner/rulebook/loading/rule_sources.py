"""What a rule book is made from: the bytes of its files, read once, so that what was hashed is what is parsed."""

from __future__ import annotations

import os
import sys
import unicodedata
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner._version import __version__
from cleaner.rulebook.loading import rule_files
from cleaner.rulebook.loading.rule_files import Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROGRAM = (
    ".",
    "features",
    "html",
    "html/article",
    "html/selectors",
    "rulebook",
    "rulebook/engine",
    "rulebook/loading",
    "rulebook/phrases",
    "rulebook/scan",
    "verbs",
    "verbs/api",
)
"""Folders of this package whose modules decide what becomes of a rule file."""


class Given(NamedTuple):
    """The files of a rule book."""

    rules: tuple[Raw, ...]
    overrides: tuple[Raw, ...]
    lists: tuple[Raw, ...]

    @classmethod
    def read(
        cls, paths: Sequence[str | Path], overrides: Sequence[str | Path]
    ) -> Given:
        """Read what some files and folders hold, and the word lists of the shipped rules."""
        return cls(
            rules=tuple(map(rule_files.raw, rule_files.find(paths))),
            overrides=tuple(
                map(
                    rule_files.raw,
                    (*rule_files.overrides_in(paths), *map(Path, overrides)),
                )
            ),
            lists=read_lists(paths),
        )

    def digest(self) -> str:
        """Return the hash of all that decides what book comes of it: names and bytes, and the program that reads them."""
        found = blake2b(digest_size=16)
        for group in (self.rules, self.overrides, self.lists):
            _add(found, str(len(group)).encode())
            for file in group:
                _add(found, os.fsencode(file.path))
                _add(found, file.error.encode() or file.data or str(file.size).encode())
        for text in _program():
            _add(found, text.encode(errors="surrogateescape"))
        return found.hexdigest()


def read_lists(paths: Sequence[str | Path] = ()) -> tuple[Raw, ...]:
    """Read the word lists of the shipped rules, and those of some files and folders."""
    return tuple(
        Raw(path, path.read_bytes())
        for path in rule_files.word_lists([rule_files.default_rules(), *paths])
    )


def _add(digest: blake2b, part: bytes) -> None:
    """Add a part with its length: no two lists of parts are one text."""
    digest.update(b"%d:" % len(part))
    digest.update(part)


def _program() -> Iterator[str]:
    """Yield what tells one program from another: versions, and the modules that make a book, for people who change them."""
    yield from (__version__, sys.version, unicodedata.unidata_version)
    spec = find_spec("_re2")
    yield from _stamps([Path(spec.origin)] if spec and spec.origin else [])
    package = Path(__file__).parent.parent.parent
    for folder in _PROGRAM:
        yield from _stamps(package / folder)


def _stamps(places: Path | Iterable[Path]) -> Iterator[str]:
    """Yield name, size and time of some files, or of the modules in a folder; nothing where there are none."""
    if isinstance(places, Path):
        try:
            entries = sorted(os.scandir(places), key=lambda entry: entry.name)
        except (
            OSError
        ):  # a package inside an archive has no folders, and is not changed
            return
        places = (Path(entry.path) for entry in entries if entry.name.endswith(".py"))
    for place in places:
        found = place.stat()
        yield f"{place} {found.st_size} {found.st_mtime_ns}"

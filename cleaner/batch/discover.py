"""Walk a folder in a fixed order, without leaving it and without going round in circles.

Files that links point to are read where the target lies inside the folder. A link to a folder is followed once, and
never to a folder that it lies in.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.io import remote as urls
from cleaner.io.file_names import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.io.remote import Remote


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that will not be read, and why. A folder counts as one."""

    id: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to look at. `name` is its path below the folder asked for, with `/`."""

    path: Path | None
    """None for standard input, and for what a URL names."""
    name: str
    size: int = 0
    named: bool = False
    """True where the user named the file itself: then it is read whatever it is called."""
    remote: Remote | None = None
    """Where it lies if not on this machine."""


def walk(
    root: Path, *, glob: Sequence[str] = (), output: Path | None = None
) -> Iterator[Found | Skipped]:
    """Yield every entry below `root`, in the order of the names.

    `glob` patterns choose files (none chooses all): one without `/` is compared with the file's name, one with `/` with
    its path below `root`; `**` crosses folders.
    """
    yield from _Walk(
        root.resolve(), _patterns(glob), output.resolve() if output else None
    ).folder(root, "")


def listed(url: str, *, glob: Sequence[str] = ()) -> Iterator[Found | Skipped]:
    """Yield what a URL names: a file, all files below a folder, or those that a pattern in it fits. Raise UsageError."""
    patterns = _patterns(glob)
    for entry in urls.listed(url):
        shown = printable(entry.name)
        if not entry.named and any(
            part.startswith(".") for part in entry.name.split("/")
        ):
            yield Skipped(
                id=shown,
                reason="hidden",
                message="a hidden file or folder; name it to have it read",
            )
        elif not entry.named and patterns and not _is_wanted(entry.name, patterns):
            yield Skipped(id=shown, reason="glob", message="does not match --glob")
        else:
            yield Found(
                path=None,
                name=entry.name,
                size=entry.size,
                named=entry.named,
                remote=entry.remote,
            )


def _patterns(glob: Sequence[str]) -> list[tuple[re.Pattern[str], bool]]:
    """Return compiled patterns, each with whether it is for paths."""
    return [(glob_pattern(pattern), "/" in pattern) for pattern in glob]


def _is_wanted(name: str, patterns: list[tuple[re.Pattern[str], bool]]) -> bool:
    bare = name.rpartition("/")[2]
    return any(
        pattern.fullmatch(name if whole else bare) for pattern, whole in patterns
    )


class _Walk:
    """One walk: where it started, what it looks for, and which links it has followed."""

    def __init__(
        self,
        root: Path,
        patterns: list[tuple[re.Pattern[str], bool]],
        output: Path | None,
    ) -> None:
        self._root = root
        self._patterns = patterns
        self._output = output
        self._followed: set[Path] = set()

    def folder(self, folder: Path, prefix: str) -> Iterator[Found | Skipped]:
        """Yield the entries of one folder and of those below it."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror or error}"
            yield Skipped(
                id=printable(prefix) or "./", reason="unreadable", message=message
            )
            return
        for entry in entries:
            yield from self._entry(entry, prefix + entry.name)

    def _entry(self, entry: os.DirEntry[str], name: str) -> Iterator[Found | Skipped]:
        shown = printable(name)
        if entry.name.startswith("."):
            yield Skipped(
                id=shown,
                reason="hidden",
                message="a hidden file or folder; name it to have it read",
            )
        elif entry.is_symlink() and (refusal := self._link(Path(entry.path), shown)):
            yield refusal
        elif entry.is_dir():
            if self._output is not None and Path(entry.path).resolve() == self._output:
                yield Skipped(
                    id=f"{shown}/",
                    reason="output",
                    message="the output folder of this run",
                )
            else:
                yield from self.folder(Path(entry.path), f"{name}/")
        elif not entry.is_file() and not entry.is_symlink():
            yield Skipped(
                id=shown,
                reason="special",
                message="a pipe, socket or device, not a file",
            )
        elif self._patterns and not _is_wanted(name, self._patterns):
            yield Skipped(id=shown, reason="glob", message="does not match --glob")
        else:
            yield Found(path=Path(entry.path), name=name, size=_size(entry))

    def _link(self, link: Path, shown: str) -> Skipped | None:
        """Return why a link is not followed, None where it is."""
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            if isinstance(error, FileNotFoundError):
                return None  # reading it will fail, and be counted
            return Skipped(
                id=shown, reason="link_loop", message="a link that leads back to itself"
            )
        if not target.is_relative_to(self._root):
            return Skipped(
                id=shown,
                reason="link_outside",
                message="a link that leads out of the folder",
            )
        if target.is_dir():
            if target in self._followed or link.parent.resolve().is_relative_to(target):
                return Skipped(
                    id=f"{shown}/",
                    reason="link_loop",
                    message="a link to a folder that is read already",
                )
            self._followed.add(target)
        return None


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def glob_pattern(glob: str) -> re.Pattern[str]:
    """Return a pattern for `*`, `?` (neither crosses `/`), `[…]` and `**`.

    >>> bool(glob_pattern("2024/**/*.txt").fullmatch("2024/05/a.txt")), bool(glob_pattern("*.txt").fullmatch("a/b.txt"))
    (True, False)
    """
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]+\])", glob)
    known = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    return re.compile(
        "".join(known.get(part) or _piece(part) for part in parts), re.DOTALL
    )


def _piece(part: str) -> str:
    if not (part.startswith("[") and part.endswith("]")):
        return re.escape(part)
    inside = re.escape(part[1:-1]).replace(r"\-", "-")
    return f"[{'^' + inside[1:] if part[1] == '!' else inside}]"

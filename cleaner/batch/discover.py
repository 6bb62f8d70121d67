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
    real_output = output.resolve() if output else None
    yield from _Walk(root.resolve(), _patterns(glob), real_output).folder(root, "")


def listed(url: str, *, glob: Sequence[str] = ()) -> Iterator[Found | Skipped]:
    """Yield what a URL names: a file, all files below a folder, or those that a pattern in it fits. Raise UsageError."""
    patterns = _patterns(glob)
    for entry in urls.listed(url):
        refusal = None
        if not entry.named:
            refusal = _refused(entry.name, patterns)
        yield refusal or Found(
            path=None,
            name=entry.name,
            size=entry.size,
            named=entry.named,
            remote=entry.remote,
        )


def _refused(name: str, patterns: list[tuple[re.Pattern[str], bool]]) -> Skipped | None:
    """Return why a file of a store is not read, None where it is."""
    is_hidden = any(part.startswith(".") for part in name.split("/"))
    if is_hidden:
        return _hidden(printable(name))
    if patterns and not _is_wanted(name, patterns):
        return _unmatched(printable(name))
    return None


def _hidden(shown: str) -> Skipped:
    return Skipped(
        id=shown,
        reason="hidden",
        message="a hidden file or folder; name it to have it read",
    )


def _unmatched(shown: str) -> Skipped:
    return Skipped(
        id=shown,
        reason="glob",
        message="does not match --glob",
    )


def _patterns(glob: Sequence[str]) -> list[tuple[re.Pattern[str], bool]]:
    """Return compiled patterns, each with whether it is for paths."""
    return [(glob_pattern(pattern), "/" in pattern) for pattern in glob]


def _is_wanted(name: str, patterns: list[tuple[re.Pattern[str], bool]]) -> bool:
    _, _, bare = name.rpartition("/")
    for pattern, is_for_paths in patterns:
        text = name if is_for_paths else bare
        if pattern.fullmatch(text):
            return True
    return False


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
            yield _hidden(shown)
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
            yield _unmatched(shown)
        else:
            yield Found(
                path=Path(entry.path),
                name=name,
                size=_size(entry),
            )

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
    pieces = []
    for part in parts:
        if part in known:
            pieces.append(known[part])
        elif part.startswith("[") and part.endswith("]"):
            pieces.append(_character_set(part[1:-1]))
        else:
            pieces.append(re.escape(part))
    return re.compile("".join(pieces), re.DOTALL)


def _character_set(inside: str) -> str:
    """Return the pattern of `[…]`, negated after a `!`."""
    negation = ""
    if inside.startswith("!"):
        negation = "^"
        inside = inside[1:]
    characters = re.escape(inside).replace(r"\-", "-")
    return f"[{negation}{characters}]"

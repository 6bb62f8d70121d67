"""Rule books that were compiled before, kept on disk: a start reads one file of JSON in place of three hundred of YAML.

    <user's cache>/article-cleaner/<hash>.book

An entry is found by the hash of all that it was made from (`given.py`), so it never goes stale, and holds no code: a line
with the hash of the rest, then lines of JSON, each for those who need it. It is used only where nobody else can have written it: folder and file are ours, and
neither the group nor the world may write there. Whatever is wrong with an entry, or with the place, it is as if there were
none. `CLEANER_CACHE` names another folder, or says `off`.
"""

from __future__ import annotations

import gc
import logging
import os
import stat
import sys
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VARIABLE = "CLEANER_CACHE"
KEPT = 16
"""Entries that are kept; those that nobody used longest go."""
_SUFFIX = ".book"
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_LOG = logging.getLogger(__name__)


def folder() -> Path | None:
    """Return where entries lie, None where the cache is off or the user has no place for one."""
    asked = os.environ.get(VARIABLE)
    if asked:
        return None if asked == "off" else Path(asked)
    try:
        return _users() / "article-cleaner"
    except (
        KeyError,
        RuntimeError,
    ):  # nobody at home: a user without an entry in the system's list
        return None


def _users() -> Path:
    """Return the user's folder for caches, as the system's habits and the XDG Base Directory Specification have it."""
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    asked = os.environ.get("XDG_CACHE_HOME", "")
    return Path(asked) if asked.startswith("/") else Path.home() / ".cache"


def read(place: Path, key: str) -> list[bytes] | None:
    """Return the lines of the entry of a key, None where there is none that can be trusted."""
    path = place / f"{key}{_SUFFIX}"
    try:
        if not _is_ours(place.stat()):
            return None
        with open(  # noqa: PTH123
            os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb"
        ) as stream:
            status = os.fstat(stream.fileno())
            if not (stat.S_ISREG(status.st_mode) and _is_ours(status)):
                return None
            head, _, body = stream.read().partition(b"\n")
        if head != _digest(body):
            return None
        with suppress(
            OSError
        ):  # a place that cannot be written any more is read all the same
            os.utime(path)
    except OSError:
        return None
    return body.split(b"\n")


def _is_ours(status: os.stat_result) -> bool:
    """Return whether nobody but this user can have written there. Where the system knows no users his profile is his own."""
    return sys.platform == "win32" or (
        status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
    )


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking at all that is being made, again and again: nothing of it is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write(place: Path, key: str, lines: Iterable[bytes]) -> None:
    """Keep an entry: whole, or not at all. A place that cannot be written is no error."""
    draft = place / f".{key}.{os.urandom(8).hex()}.tmp"
    try:
        body = b"\n".join(lines)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(place.stat()):
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(draft, flags, 0o600), "wb") as stream:  # noqa: PTH123 - flags
                stream.write(_digest(body) + b"\n" + body)
            draft.replace(place / f"{key}{_SUFFIX}")
        finally:
            draft.unlink(missing_ok=True)
        _trim(place)
    except OSError as error:
        _LOG.debug("the rule book was not kept in %s: %s", place, error)


def _trim(place: Path) -> None:
    """Delete the entries that are too many, and what killed writers left."""
    found = [
        entry for entry in os.scandir(place) if entry.name.endswith((_SUFFIX, ".tmp"))
    ]
    for entry in sorted(found, key=lambda entry: entry.stat().st_mtime_ns)[:-KEPT]:
        os.unlink(entry.path)  # noqa: PTH108 - an entry of scandir

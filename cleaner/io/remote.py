"""Inputs that lie elsewhere: `s3://…`, `gs://…` and whatever else fsspec opens.

What a URL names is listed like a folder, in the order of the paths' parts, and read as a stream. Where a store is and who may
read it, fsspec and its stores find out for themselves: from the environment and their own configuration files. Nothing is
ever fetched by http; a URL that leads through another one (`filecache::`, `zip::`) is refused, for it could.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.errors import UsageError
from cleaner.io.atomic import reporting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fsspec import AbstractFileSystem

INSTALL = "URLs need the package fsspec and one for the store (s3fs, gcsfs, adlfs): pip install 'article-cleaner[cloud]' s3fs"
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)(?:::.*)?://", re.DOTALL)
_REFUSED = frozenset({"http", "https", "ftp"})
_MAGIC = re.compile(r"[*?\\[]")
_BLOCK = 1 << 20
"""Bytes that are asked for at a time."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file in a store."""

    url: str

    def __str__(self) -> str:
        return self.url

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file. Raise OSError, also for what a store's package raises of its own."""
        system, path = _system(self.url)
        stream: io.BufferedReader | None = None
        try:
            with _reporting():
                raw = system.open(path, "rb", block_size=_BLOCK)
            stream = io.BufferedReader(_Stream(raw), _BLOCK)
            yield stream
        finally:
            if stream is not None:
                stream.close()


class RemoteFolder:
    """A folder of a store, to write whole files into. Raise UsageError, and `OutputError` where something cannot be written.

    A store shows a file when all of it is there; nothing is written under another name first.
    """

    def __init__(self, url: str) -> None:
        _check(url)
        self._url = url.rstrip("/")
        try:
            self._system, self._path = _system(self._url)
        except OSError as error:
            message = f"{url}: {error}"
            raise UsageError(message) from error

    def __str__(self) -> str:
        return self._url

    def read(self, name: str) -> bytes:
        """Return a file's bytes, none where there is no such file."""
        with (
            reporting(f"{self._url}/{name}"),
            _reporting(),
            suppress(FileNotFoundError),
        ):
            data: bytes = self._system.cat_file(f"{self._path}/{name}")
            return data
        return b""

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        with reporting(f"{self._url}/{name}"), _reporting():
            self._system.pipe_file(f"{self._path}/{name}", data)

    def delete(self, name: str) -> None:
        """Delete a file, if there is one."""
        with (
            reporting(f"{self._url}/{name}"),
            _reporting(),
            suppress(FileNotFoundError),
        ):
            self._system.rm_file(f"{self._path}/{name}")


class Entry(NamedTuple):
    """A file that was found."""

    name: str
    """Its path below what was asked for."""
    remote: Remote
    size: int
    named: bool
    """Whether it is the very file that was asked for."""


def is_url(source: str) -> bool:
    r"""Tell whether a source is a URL and no path.

    >>> is_url("s3://bucket/day.jsonl.gz"), is_url("zip::s3://bucket/a.zip")
    (True, True)
    >>> is_url("notes/a.txt"), is_url("C:\\notes"), is_url("-")
    (False, False, False)
    """
    return _URL.match(source) is not None


def listed(url: str) -> Iterator[Entry]:
    """Yield the files that a URL names: itself, those below it, or those that its pattern fits. Raise UsageError."""
    _check(url)
    try:
        with _reporting():
            yield from _listed(url)
    except OSError as error:
        message = f"{url}: {'no such file or folder' if isinstance(error, FileNotFoundError) else error}"
        raise UsageError(message) from error


def _check(url: str) -> None:
    found = _URL.match(url)
    scheme = found[1].lower() if found else ""
    if scheme in _REFUSED:
        message = f"{url}: nothing is fetched by {scheme}; download it first, and name the file"
        raise UsageError(message)
    if "::" in url:
        message = f"{url}: a URL inside another one is not read; name the file itself"
        raise UsageError(message)
    if scheme in {"file", "local"}:
        message = f"{url}: a file on this machine; name its path"
        raise UsageError(message)


def _listed(url: str) -> Iterator[Entry]:
    system, path = _system(url)
    if system.isfile(path):
        yield Entry(
            path.rpartition("/")[2],
            Remote(url),
            int(system.size(path) or 0),
            named=True,
        )
        return
    has_pattern = _MAGIC.search(path) is not None
    root = (
        _MAGIC.split(path, maxsplit=1)[0].rpartition("/")[0]
        if has_pattern
        else path.rstrip("/")
    )
    found = (
        system.glob(path, detail=True)
        if has_pattern
        else system.find(path, detail=True)
    )
    if not found and not has_pattern and not system.exists(path):
        raise FileNotFoundError(path)
    for name in sorted(found, key=lambda name: name.split("/")):
        about = found[name]
        if about.get("type") == "file" and not name.endswith("/"):
            below = name.removeprefix(root).lstrip("/")
            yield Entry(
                below,
                Remote(system.unstrip_protocol(name)),
                int(about.get("size") or 0),
                named=False,
            )


def _system(url: str) -> tuple[AbstractFileSystem, str]:
    """Return the store that a URL names, and the path in it. Raise UsageError, OSError."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, and only URLs need it
    except ImportError as error:
        raise UsageError(INSTALL) from error
    with _reporting():
        system, path = url_to_fs(url)
    return system, str(path)


@contextmanager
def _reporting() -> Iterator[None]:
    """Turn what the packages of stores raise, which have no error in common, into OSError."""
    try:
        yield
    except (OSError, UsageError):
        raise
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        raise OSError(message) from error


class _Stream(io.RawIOBase):
    """A store's stream whose errors are OSError."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with _reporting():
            return self._stream.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _reporting():
            piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()

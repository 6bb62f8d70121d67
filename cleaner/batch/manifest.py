"""What a folder of results holds and what it was made from: `.clean/manifest.sqlite3`.

One row a document: the hash of what it was made from, of the rules and options that made it, what became of it and where that
stands. A row is written after its results have their names and are on the disk, in one transaction for many documents. So
whatever a killed run leaves, a row never says more than the folder holds; what has no row is done again, and comes out the
same.

A document whose two hashes are as before is not done again. A changed comment in a rule file changes neither.

SQLite in WAL mode with synchronous FULL. That needs a local disk: on a share of a network SQLite's locks and its shared
memory do not hold, so there it is refused.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import orjson

from cleaner.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.model import Source

FILE = "manifest.sqlite3"
VERSION = 1
"""Of the tables. Another version's file is put aside, and everything is done once more."""
MOUNTS = Path("/proc/self/mounts")
"""Where Linux says what is mounted; other systems have no such file."""
_NETWORKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "beegfs", "gpfs", "fuse.sshfs", "fuse.glusterfs",
     "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.ceph-fuse"}
)  # fmt: skip
_TABLES = """
CREATE TABLE IF NOT EXISTS doc (
    key TEXT PRIMARY KEY, digest BLOB NOT NULL, made_by BLOB NOT NULL, status TEXT NOT NULL, name TEXT NOT NULL,
    place TEXT, start INTEGER, size INTEGER, result BLOB, detail BLOB, run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS doc_place ON doc (place, start);
CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL, state TEXT NOT NULL, asked TEXT NOT NULL
);
"""
_COLUMNS = "key, digest, made_by, status, name, place, start, size, result, detail"


class Row(NamedTuple):
    """What is known of one document."""

    key: str
    digest: bytes
    """Of what it was made from: `digest_of`."""
    made_by: bytes
    """Of the rules, the version and the options."""
    status: str
    """`clean` or `rejected`."""
    name: str
    """The article's id."""
    place: str | None = None
    """Where its result stands below the output folder: a part, or its files' name without suffix."""
    start: int | None = None
    """Where it begins in a part, in bytes of its lines."""
    size: int | None = None
    """Bytes in a part, or of its files together."""
    result: bytes | None = None
    """Hash of its line in a part."""
    detail: bytes | None = None
    """The reject, as JSON."""


class Run(NamedTuple):
    """One run that the manifest knows. Times are seconds since 1970; `ended` is None for one that was killed or goes on."""

    number: int
    started: float
    ended: float | None
    state: str
    """`running`, `done`, `stopped` (a signal, or `--limit`), `failed` or `killed`."""
    order: str
    """How it was asked for: JSON."""


class Manifest:
    """The manifest of one output folder. Raises `OutputError` where it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._reporting():
            self._base = _opened(path)
            self._run = self._base.execute(
                "SELECT ifnull(max(id), 0) FROM run"
            ).fetchone()[0]
            self._is_new = (
                self._base.execute("SELECT 1 FROM doc LIMIT 1").fetchone() is None
            )

    def begin(self, order: str) -> None:
        """Note that a run begins; `order` is how it was asked for, as JSON."""
        with self._reporting(), self._base:
            self._base.execute(
                "UPDATE run SET state = 'killed' WHERE state = 'running'"
            )
            added = "INSERT INTO run (started, state, asked) VALUES (?, 'running', ?)"
            self._run = self._base.execute(added, (time.time(), order)).lastrowid or 0

    def end(self, state: str) -> None:
        """Note how the run ended."""
        with self._reporting(), self._base:
            self._base.execute(
                "UPDATE run SET ended = ?, state = ? WHERE id = ?",
                (time.time(), state, self._run),
            )

    def get(self, key: str) -> Row | None:
        """Return what earlier runs knew of a document."""
        if self._is_new:  # nothing: the first run asks 10^7 times
            return None
        with self._reporting():
            found = self._base.execute(
                f"SELECT {_COLUMNS} FROM doc WHERE key = ?",  # noqa: S608 - our own words
                (key,),
            ).fetchone()
            return _row(found) if found else None

    def inside(self, place: str) -> list[Row]:
        """Return the documents of a part, in its order."""
        with self._reporting():
            asked = f"SELECT {_COLUMNS} FROM doc WHERE place = ? ORDER BY start"  # noqa: S608
            return [_row(found) for found in self._base.execute(asked, (place,))]

    def parts(self) -> list[str]:
        """Return the names of all parts that runs have written."""
        with self._reporting():
            return [
                name
                for (name,) in self._base.execute("SELECT name FROM part ORDER BY name")
            ]

    def drop(self, parts: Iterable[str]) -> None:
        """Forget parts that are gone, and their documents."""
        with self._reporting(), self._base:
            names = [(name,) for name in parts]
            self._base.executemany("DELETE FROM doc WHERE place = ?", names)
            self._base.executemany("DELETE FROM part WHERE name = ?", names)

    def commit(self, rows: Iterable[Row], *, replaced: Iterable[str] = ()) -> None:
        """Write rows in one transaction. What else stood in the parts that were `replaced` is known no more."""
        with self._reporting(), self._base:
            for place in replaced:
                self._base.execute("DELETE FROM doc WHERE place = ?", (place,))
                self._base.execute("INSERT OR IGNORE INTO part VALUES (?)", (place,))
            # a name belongs to one document: what an earlier run put there is gone
            self._base.executemany(
                "DELETE FROM doc WHERE place = ? AND start IS NULL AND key != ?",
                [
                    (_storable(row.place), row.key)
                    for row in rows
                    if row.place and row.start is None
                ],
            )
            self._base.executemany(
                f"INSERT OR REPLACE INTO doc ({_COLUMNS}, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                [
                    (*row._replace(place=_storable(row.place)), self._run)
                    for row in rows
                ],
            )

    def counts(self) -> dict[str, int]:
        """Return how many documents are clean, and how many rejected."""
        with self._reporting():
            return dict(
                self._base.execute("SELECT status, count(*) FROM doc GROUP BY status")
            )

    def reasons(self) -> dict[str, int]:
        """Return how many documents are rejected for which reason."""
        asked = (
            "SELECT json_extract(CAST(detail AS TEXT), '$.reason') AS why, count(*) FROM doc WHERE status = 'rejected' "
            "GROUP BY why ORDER BY 2 DESC, 1"
        )
        with self._reporting():
            return dict(self._base.execute(asked))

    def rejected(self, reasons: Iterable[str] = ()) -> list[Row]:
        """Return the rejected documents, all or those with some reasons."""
        wanted = frozenset(reasons)
        with self._reporting():
            found = self._base.execute(
                f"SELECT {_COLUMNS} FROM doc WHERE status = 'rejected' ORDER BY key"  # noqa: S608
            )
            rows = [_row(each) for each in found]
        return [
            row
            for row in rows
            if not wanted or orjson.loads(row.detail or b"{}").get("reason") in wanted
        ]

    def forget(self, keys: Iterable[str]) -> None:
        """Forget documents: the next run does them again."""
        with self._reporting(), self._base:
            self._base.executemany(
                "DELETE FROM doc WHERE key = ?", [(key,) for key in keys]
            )

    def runs(self) -> list[Run]:
        """Return all runs, the latest first."""
        with self._reporting():
            return [
                Run(*row)
                for row in self._base.execute(
                    "SELECT id, started, ended, state, asked FROM run ORDER BY id DESC"
                )
            ]

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            message = f"{self._path}: the manifest cannot be used: {error}; free the disk, or remove the file to clean everything again"
            raise OutputError(message) from error


def _storable(place: str | None) -> str | None:
    """Return a path as SQLite takes it: bytes of a name that are no UTF-8 would else end the run."""
    if place is None or place.isascii():
        return place
    try:
        place.encode()
    except UnicodeEncodeError:
        return cast("str", os.fsencode(place))  # a column takes either
    return place


def _row(found: tuple[Any, ...]) -> Row:
    row = Row(*found)
    place: object = row.place
    return row._replace(place=os.fsdecode(place)) if isinstance(place, bytes) else row


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(
        parents=True,
        exist_ok=True,
    )
    if kind := shared_over(path.parent):
        message = f"{path.parent}: the manifest needs a local disk, and this is {kind}; choose --state DIR"
        raise UsageError(message)
    base = sqlite3.connect(path, timeout=30)
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version not in {0, VERSION}:
        base.close()
        path.replace(path.with_name(f"{path.name}.version-{version}"))
        base = sqlite3.connect(path, timeout=30)
    with closing(base.execute("PRAGMA journal_mode = WAL")):
        base.execute("PRAGMA synchronous = FULL")
    base.executescript(_TABLES)
    base.execute(f"PRAGMA user_version = {VERSION}")
    return base


def shared_over(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of network that a folder is reached over, None for a local disk and where it is not known."""
    real = str(folder.resolve())
    best, kind = "", ""
    with suppress(OSError):
        for line in mounts.read_text(
            encoding="utf-8", errors="surrogateescape"
        ).splitlines():
            _, place, found, *_ = line.split(" ")
            place = place.replace("\\040", " ")
            inside = real == place or real.startswith(place.rstrip("/") + "/")
            if inside and len(place) >= len(
                best
            ):  # of two on one place the later lies above
                best, kind = place, found
    return kind if kind in _NETWORKS else None


def digest_of(source: Source) -> bytes:
    """Return the hash of all that a document is made from."""
    parts = [
        source.media_type,
        source.charset,
        source.url,
        dict(source.facts),
        dict(source.extra),
        source.id,
        source.origin,
    ]
    head = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=str)
    data = (
        source.data.encode(errors="surrogatepass")
        if isinstance(source.data, str)
        else source.data
    )
    return blake2b(head + b"\0" + data, digest_size=16).digest()

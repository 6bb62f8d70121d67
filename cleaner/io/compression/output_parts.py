"""How the documents of a part become one file, and come back from it as the same bytes.

    lines ──pack──▶ part-00000.jsonl.zst ──unpack──▶ lines, joined

`unpack` never raises: of a file that somebody has damaged nothing comes back, and its documents are done once more. The
same lines give the same file wherever the same versions of the packages are installed.
"""

from __future__ import annotations

import gzip
import io
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cleaner.errors import SourceError, UsageError
from cleaner.io.compression import streams
from cleaner.io.formats import article_columns, parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMPRESSIONS = {"gz": "gzip", "zst": "zstd"}
"""What parts may be compressed with: the suffix, and the name of the kind."""
_LEVEL = 3
_ROWS = 250
"""Rows of a group of a Parquet file: a reader holds at least one in memory."""


class Packing(NamedTuple):
    """Two functions that undo each other."""

    pack: Callable[[Sequence[bytes]], bytes]
    unpack: Callable[[bytes], bytes]
    needs: Callable[[], str | None] = lambda: None
    """What to install before any work, None where nothing is missing."""

    def check(self) -> None:
        """Raise UsageError where a package is missing."""
        if missing := self.needs():
            raise UsageError(missing)


def headed(head: bytes) -> Packing:
    """Return the packing of a file with a first line, or with none."""
    return Packing(partial(_joined, head), partial(_behind, head))


def _joined(head: bytes, lines: Sequence[bytes]) -> bytes:
    return b"".join([head, *lines])


def _behind(head: bytes, data: bytes) -> bytes:
    return data[len(head) :] if data.startswith(head) else b""


def squeezed(inner: Packing, suffix: str) -> Packing:
    """Return a packing whose file is compressed besides."""
    kind = COMPRESSIONS[suffix]
    return Packing(
        partial(_squeeze, inner, kind),
        partial(_unsqueeze, inner, kind),
        lambda: streams.INSTALL if streams.is_missing(kind) else inner.needs(),
    )


def _squeeze(inner: Packing, kind: str, lines: Sequence[bytes]) -> bytes:
    data = inner.pack(lines)
    if kind == "gzip":
        return gzip.compress(data, mtime=0)
    import zstandard  # noqa: PLC0415 - an extra

    squeezed: bytes = zstandard.ZstdCompressor(
        level=_LEVEL, write_checksum=True
    ).compress(data)
    return squeezed


def _unsqueeze(inner: Packing, kind: str, data: bytes) -> bytes:
    try:
        stream = streams.Unpacked(io.BytesIO(data), kind)
    except SourceError:
        return b""
    unpacked = io.BufferedReader(stream, streams.PIECE).read()
    return b"" if stream.fault else inner.unpack(unpacked)


def _to_parquet(lines: Sequence[bytes]) -> bytes:
    """Return a Parquet file; a line is the row as JSON."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet as pq  # noqa: PLC0415

    table = pa.Table.from_pylist(
        [orjson.loads(line) for line in lines], article_columns.schema()
    )
    file = io.BytesIO()
    pq.write_table(
        table, file, row_group_size=_ROWS, compression="zstd", compression_level=_LEVEL
    )
    return file.getvalue()


def _from_parquet(data: bytes) -> bytes:
    try:
        return b"".join(
            row.raw for row in parquet.Table(io.BytesIO(data)) if row.error is None
        )
    except SourceError:
        return b""


PARQUET = Packing(
    _to_parquet,
    _from_parquet,
    lambda: parquet.INSTALL if parquet.is_missing() else None,
)

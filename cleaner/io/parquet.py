"""Parquet as rows, a few at a time, so that a file of any size is read in little memory.

A row group that is damaged costs its rows, and the next one is read: the row numbers go on as the file counts them. The
values of a row are what JSON can say: dates and times as ISO 8601, decimals as text, NaN as null. Bytes stay bytes where
they are the article, which may be a page in any encoding; elsewhere they are shown as text.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import orjson

from cleaner.errors import SourceError
from cleaner.io.compressed import BOMB_BYTES, BOMB_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyarrow import parquet

INSTALL = "Parquet needs the package pyarrow: pip install 'article-cleaner[arrow]'"
MAGIC = b"PAR1"
BATCH = 16
"""Rows that are in memory at a time."""
_BUFFER = 1 << 16


class Row(NamedTuple):
    """One row, or the error that its row group met."""

    number: int
    """From 1, as the file counts them; of a row group the first that is lost."""
    fields: Mapping[str, object]
    raw: bytes
    """The row as JSON."""
    error: SourceError | None = None


def is_missing() -> bool:
    """Tell whether what reads Parquet is not installed."""
    return find_spec("pyarrow") is None


class Table:
    """The rows of a Parquet file. Raise SourceError: unreadable without pyarrow, corrupt, truncated."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            from pyarrow import ArrowException, parquet  # noqa: PLC0415 - an extra, and only Parquet needs it
        except ImportError as error:
            raise SourceError(INSTALL, reason="unreadable", stage="read") from error
        if not stream.seekable():
            message = "Parquet is read from files, not from a pipe: its end must be read first"
            raise SourceError(message, reason="unreadable", stage="read")
        self._errors = (ArrowException, OSError, ValueError)
        try:
            self._file: parquet.ParquetFile = parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
        except self._errors as error:
            raise _unreadable(stream, error) from error
        self.columns = tuple(self._file.schema_arrow.names)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows of all row groups."""
        metadata, done = self._file.metadata, 0
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group).num_rows
            yield from self._group(group, done, rows)
            done += rows

    def _group(self, group: int, done: int, rows: int) -> Iterator[Row]:
        number = done
        try:
            self._refuse_bomb(group)
            for batch in self._file.iter_batches(batch_size=BATCH, row_groups=[group], use_threads=False):
                for fields in batch.to_pylist():
                    number += 1
                    yield _row(number, fields)
        except SourceError as error:
            yield Row(number + 1, {}, b"", error)
        except self._errors as error:
            message = f"row group {group + 1} is damaged ({error}): its rows {number + 1:,} to {done + rows:,} are lost"
            yield Row(number + 1, {}, b"", SourceError(message, reason="corrupt", stage="read"))

    def _refuse_bomb(self, group: int) -> None:
        about = self._file.metadata.row_group(group)
        for index in range(about.num_columns):
            column = about.column(index)
            size = column.total_uncompressed_size
            if size > BOMB_BYTES and size > BOMB_RATIO * max(1, column.total_compressed_size):
                message = f"column {column.path_in_schema} of row group {group + 1} unfolds to {size:,} bytes: a decompression bomb"
                raise SourceError(message, reason="bomb", stage="read")


def _unreadable(stream: BinaryIO, error: Exception) -> SourceError:
    stream.seek(0)
    if stream.read(len(MAGIC)) != MAGIC:
        return SourceError("no Parquet file: it does not begin with PAR1", reason="corrupt", stage="read")
    size = stream.seek(0, 2)
    stream.seek(max(0, size - len(MAGIC)))
    if stream.read() != MAGIC:
        message = f"the file breaks off at byte {size:,}: what tells where its rows are stands at its end"
        return SourceError(message, reason="truncated", stage="read", offset=size)
    return SourceError(f"a damaged Parquet file: {error}", reason="corrupt", stage="read")


def _row(number: int, fields: dict[str, object]) -> Row:
    raw = orjson.dumps(fields, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    values = {name: value if isinstance(value, bytes) else _json(value) for name, value in fields.items()}
    return Row(number, values, raw)


def _json(value: object) -> object:
    """Return what JSON makes of a value.

    >>> import datetime, decimal
    >>> _json(datetime.date(2024, 5, 17)), _json(decimal.Decimal("1.50")), _json([b"a", float("nan")])
    ('2024-05-17', '1.50', ['a', None])
    """
    if value is None or isinstance(value, str | int):
        return value
    return orjson.loads(orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS))


def _plain(value: object) -> object:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)

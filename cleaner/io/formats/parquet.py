"""Parquet as rows, a few at a time, so that a file of any size is read in little memory.

A row group that is damaged costs its rows, and the next one is read: the row numbers go on as the file counts them. The
values of a row are what JSON can say: dates and times as ISO 8601, decimals as text, NaN as null. Bytes stay bytes where
they are the article, which may be a page in any encoding; elsewhere they are shown as text. A value that Python cannot say
(nanoseconds, the year 50,000, text that is no UTF-8) costs nothing but its own form: see `_value`.
"""

from __future__ import annotations

import io
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import orjson

from cleaner.errors import SourceError
from cleaner.io.compression.streams import BOMB_BYTES, BOMB_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyarrow import RecordBatch, Scalar, parquet

INSTALL = "Parquet needs the package pyarrow: pip install 'article-cleaner[arrow]'"
MAGIC = b"PAR1"
BATCH = 16
"""Rows that are in memory at a time."""
_BUFFER = 1 << 16
_UNSAYABLE = (ValueError, OverflowError, LookupError)
"""What pyarrow raises for a value that Python has no type for."""


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
            raise SourceError(
                INSTALL,
                reason="unreadable",
                stage="read",
            ) from error
        if not stream.seekable():
            message = "Parquet is read from files, not from a pipe: its end must be read first"
            raise SourceError(
                message,
                reason="unreadable",
                stage="read",
            )
        self._errors = (ArrowException, OSError, ValueError)
        self._size = stream.seek(0, io.SEEK_END)
        try:
            self._file: parquet.ParquetFile = parquet.ParquetFile(
                stream, buffer_size=_BUFFER, pre_buffer=False
            )
            self.columns = tuple(self._file.schema_arrow.names)
        except self._errors as error:
            raise _unreadable(stream, error) from error

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
            for batch in self._file.iter_batches(
                batch_size=BATCH, row_groups=[group], use_threads=False
            ):
                for fields in _dicts(batch):
                    number += 1
                    yield _row(number, fields)
        except SourceError as error:
            yield Row(number + 1, {}, b"", error)
        except self._errors as error:
            message = f"row group {group + 1} is damaged ({error}): its rows {number + 1:,} to {done + rows:,} are lost"
            yield Row(
                number + 1,
                {},
                b"",
                SourceError(message, reason="corrupt", stage="read"),
            )

    def _refuse_bomb(self, group: int) -> None:
        """Raise SourceError where a row group says that it unfolds far beyond the file.

        What its columns say is not asked: pyarrow ends the process where a bit of that is wrong.
        """
        size = self._file.metadata.row_group(group).total_byte_size
        if size > BOMB_BYTES and size > BOMB_RATIO * self._size:
            message = (
                f"row group {group + 1} unfolds to {size:,} bytes: a decompression bomb"
            )
            raise SourceError(
                message,
                reason="bomb",
                stage="read",
            )


def _unreadable(stream: BinaryIO, error: Exception) -> SourceError:
    stream.seek(0)
    if stream.read(len(MAGIC)) != MAGIC:
        return SourceError(
            "no Parquet file: it does not begin with PAR1",
            reason="corrupt",
            stage="read",
        )
    size = stream.seek(0, 2)
    stream.seek(max(0, size - len(MAGIC)))
    if stream.read() != MAGIC:
        message = f"the file breaks off at byte {size:,}: the index of its rows, which comes last, is missing"
        return SourceError(message, reason="truncated", stage="read", offset=size)
    return SourceError(
        f"a damaged Parquet file: {error}", reason="corrupt", stage="read"
    )


def _dicts(batch: RecordBatch) -> list[dict[str, object]]:
    try:
        rows: list[dict[str, object]] = batch.to_pylist()
    except _UNSAYABLE:
        columns = [[_value(scalar) for scalar in column] for column in batch.columns]
        rows = [
            dict(zip(batch.schema.names, row, strict=True))
            for row in zip(*columns, strict=True)
        ]
    return rows


def _value(scalar: Scalar[Any]) -> object:
    """Return a value; where Python has none, microseconds for nanoseconds, else its bytes, its number, or what is wrong with it."""
    from pyarrow import timestamp, types  # noqa: PLC0415 - an extra, and only Parquet needs it

    try:
        return scalar.as_py()
    except _UNSAYABLE as error:
        if types.is_timestamp(scalar.type):
            with suppress(*_UNSAYABLE):
                return scalar.cast(
                    timestamp("us", tz=scalar.type.tz), safe=False
                ).as_py()
        if types.is_string(scalar.type) or types.is_large_string(scalar.type):
            return scalar.as_buffer().to_pybytes()
        return getattr(scalar, "value", f"unreadable: {error}")


def _row(number: int, fields: dict[str, object]) -> Row:
    raw = orjson.dumps(
        fields,
        default=_plain,
        option=orjson.OPT_NON_STR_KEYS,
    )
    values = {
        name: value if isinstance(value, bytes) else _json(value)
        for name, value in fields.items()
    }
    return Row(number, values, raw)


def _json(value: object) -> object:
    """Return what JSON makes of a value.

    >>> import datetime, decimal
    >>> _json(datetime.date(2024, 5, 17)), _json(decimal.Decimal("1.50")), _json([b"a", float("nan")])
    ('2024-05-17', '1.50', ['a', None])
    """
    if value is None or isinstance(value, str | int):
        return value
    return orjson.loads(
        orjson.dumps(
            value,
            default=_plain,
            option=orjson.OPT_NON_STR_KEYS,
        )
    )


def _plain(value: object) -> object:
    return (
        value.decode("utf-8", "backslashreplace")
        if isinstance(value, bytes)
        else str(value)
    )

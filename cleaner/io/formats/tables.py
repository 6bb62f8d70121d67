"""Read tables, CSV and Parquet: each row is a record whose fields are named by the columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from cleaner.errors import SourceError
from cleaner.io.formats import csv_rows, parquet
from cleaner.io.inputs import Input, Reading, Record, default_id, failed
from cleaner.io.records import check_columns, source_of
from cleaner.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read_csv(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the rows of a CSV file; the delimiter is told from its header."""
    return _csv(stream, place, reading, None)


def read_tsv(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the rows of a CSV file whose delimiter is the tab."""
    return _csv(stream, place, reading, b"\t")


def _csv(
    stream: BinaryIO, place: Input, reading: Reading, delimiter: bytes | None
) -> Iterator[Record]:
    try:
        table = csv_rows.Table(stream, reading.max_bytes, delimiter)
        names = _names([_decoded(cell) for cell in table.columns])
        if names:
            check_columns(names, reading.fields)
    except SourceError as error:
        yield failed(place, error)
        return
    for row in table:
        if row.error is not None:
            record = failed(
                place, row.error, raw=row.raw, number=row.number, offset=row.offset
            )
            yield replace(record, chunks=row.chunks)
        else:
            yield _row(row, names, place, reading)


def read_parquet(stream: BinaryIO, place: Input, reading: Reading) -> Iterator[Record]:
    """Yield the rows of a Parquet file."""
    try:
        table = parquet.Table(stream)
        check_columns(table.columns, reading.fields)
    except SourceError as error:
        yield failed(place, error)
        return
    for row in table:
        if row.error is not None:
            yield failed(place, row.error, number=row.number)
        elif len(row.raw) > reading.max_bytes:
            message = f"row {row.number} is larger than {reading.max_bytes:,} bytes (--max-bytes)"
            fault = SourceError(
                message,
                reason="too_large",
                stage="read",
            )
            yield failed(
                place,
                fault,
                raw=row.raw,
                number=row.number,
            )
        else:
            yield record_of(
                row.fields,
                place,
                reading,
                raw=row.raw,
                number=row.number,
            )


def _row(row: csv_rows.Row, names: list[str], place: Input, reading: Reading) -> Record:
    try:
        cells = [cell.decode() for cell in row.cells]
    except UnicodeDecodeError:
        try:
            cells = _transcoded(row)
        except SourceError as error:
            message = f"row {row.number}, at byte {row.offset:,}: {error}"
            fault = SourceError(
                message, reason=error.reason, stage="read", offset=row.offset
            )
            return failed(
                place, fault, raw=row.raw, number=row.number, offset=row.offset
            )
    record = dict(zip(names, cells, strict=True))
    return record_of(
        record, place, reading, raw=row.raw, number=row.number, offset=row.offset
    )


def _transcoded(row: csv_rows.Row) -> list[str]:
    """Return the fields of a row that is not UTF-8, in the encoding that fits the whole of it. Raise SourceError."""
    whole = b"\0".join(row.cells) if b"\0" not in row.raw else row.raw
    return _decoded(whole).split("\0")


def _decoded(data: bytes) -> str:
    from cleaner.text.decode import decode  # noqa: PLC0415 - most tables are UTF-8

    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(Source(id="", data=data)).text


def _names(columns: list[str]) -> list[str]:
    """Return the names of columns, the later of two that are the same with a number.

    >>> _names(["text", " id", "text", "text"])
    ['text', 'id', 'text.2', 'text.3']
    """
    names: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for column in map(str.strip, columns):
        name = column
        while name in names:
            counts[column] += 1
            name = f"{column}.{counts[column] + 1}"
        names[name] = None
    return list(names)


def record_of(
    fields: Mapping[str, object],
    place: Input,
    reading: Reading,
    *,
    raw: bytes,
    number: int,
    offset: int = 0,
) -> Record:
    """Return the record of one row."""
    name = default_id(place, number)
    try:
        source = source_of(
            fields,
            fields=reading.fields,
            fallback=name,
            origin=place.origin,
            url=reading.url,
        )
    except SourceError as error:
        return failed(place, error, raw=raw, number=number, offset=offset)
    return Record(input=place, source=source, raw=raw, number=number, offset=offset)

"""From rows and items to documents: which columns or fields hold what, and the cells of a table as Python has them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.adapters.columns import arrow
from cleaner.errors import SourceError, UsageError
from cleaner.io import sniff
from cleaner.io.records import FACTS, HTML, HTML_FIELDS, TEXT_FIELDS, Fields, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

    from cleaner.adapters.adapter_options import Options
    from cleaner.model import Source

_LANGUAGES = tuple(name for name, fact in FACTS.items() if fact == "language")
Cell = TypeVar("Cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a table hold what."""

    bodies: tuple[str, ...]
    """The columns of documents; of a row the first one counts that is not null."""
    html: frozenset[str]
    """Those of them that hold HTML."""
    id: str | None
    url: str | None
    facts: tuple[str, ...]


def columns_of(given: pa.Schema, options: Options) -> Columns:
    """Return which columns to read. Raise UsageError where none holds text, or one that is named is not there."""
    for name in (options.text, options.html, options.id, options.url):
        if name is not None and given.names.count(name) != 1:
            raise _not_one_column(given, name)
    bodies = _bodies(given, options)
    id_column = _only(given, options.id or "id")
    url_column = _only(given, options.url or "url")
    taken = {*bodies, id_column, url_column}
    facts = [name for name in FACTS if name not in taken and _only(given, name)]
    return Columns(
        bodies=bodies,
        html=_html_among(bodies, options),
        facts=tuple(facts),
        id=id_column,
        url=url_column,
    )


def _not_one_column(given: pa.Schema, name: str) -> UsageError:
    wrong = "more than one column" if name in given.names else "no column"
    names = ", ".join(given.names)
    return UsageError(f"there is {wrong} {name!r}; the columns are {names}")


def _html_among(names: Iterable[str], options: Options) -> frozenset[str]:
    """Return the columns that hold HTML: the one that is named, and those that are called so."""
    html = set(HTML_FIELDS)
    html.discard(options.text or "")
    html.add(options.html or "")
    return frozenset(html.intersection(names))


def _only(given: pa.Schema, name: str) -> str | None:
    return name if given.names.count(name) == 1 else None


def _bodies(given: pa.Schema, options: Options) -> tuple[str, ...]:
    """Return the columns that hold documents. Raise UsageError where there is none."""
    asked = _asked(options)
    names = asked or (*TEXT_FIELDS, *HTML_FIELDS)
    present = [name for name in names if _only(given, name)]
    found = tuple(name for name in present if _may_hold_text(given.field(name).type))
    if asked and found != asked:
        name = next(name for name in asked if name not in found)
        kind = given.field(name).type
        raise UsageError(f"column {name!r} holds {kind}: text must be strings or bytes")
    if not found:
        raise _no_text(given, names)
    return found


def _asked(options: Options) -> tuple[str, ...]:
    """Return the columns that the options name for documents, in the order in which they count."""
    return tuple(name for name in (options.html, options.text) if name)


def _no_text(given: pa.Schema, names: Iterable[str]) -> UsageError:
    known = [f"{name} ({given.field(name).type})" for name in given.names]
    columns = ", ".join(known) or "none"
    return UsageError(
        f"no column of strings or bytes called {', '.join(names)}; the columns are {columns}. "
        "Name the right one with text= or html="
    )


def _may_hold_text(kind: pa.DataType) -> bool:
    return _is_text(_plain(kind)) or bool(arrow().types.is_null(kind))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if arrow().types.is_dictionary(kind) else kind


def _is_text(kind: pa.DataType) -> bool:
    types = arrow().types
    tests = (
        "is_string",
        "is_large_string",
        "is_string_view",
        "is_binary",
        "is_large_binary",
        "is_binary_view",
    )
    return any(getattr(types, test)(kind) for test in tests)


def sources(
    batch: pa.RecordBatch, options: Options
) -> Iterator[tuple[Source, SourceError | None]]:
    """Yield each row as a document, with the error that it has met already."""
    columns = columns_of(batch.schema, options)
    facts: dict[str, list[Any]] = {}
    for name in (*columns.facts, columns.id, columns.url):
        if name:
            facts[name] = _values(batch.column(name))
    bodies: dict[str, list[str | bytes | None]] = {}
    for name in columns.bodies:
        bodies[name] = texts(batch.column(name))
    for row in range(batch.num_rows):
        known = _row(facts, row)
        cells = _row(bodies, row)
        yield _source(known, cells, columns.html, options)


def _row(columns: Mapping[str, list[Cell]], row: int) -> dict[str, Cell]:
    return {name: values[row] for name, values in columns.items()}


def source_of_item(
    item: Mapping[str, Any], options: Options
) -> tuple[Source, SourceError | None]:
    """Return an item as a document, with the error that it has met already: no text."""
    asked = _asked(options)
    cells: dict[str, str | bytes | None] = {}
    for name in asked or (*TEXT_FIELDS, *HTML_FIELDS):
        if name in item:
            value = item[name]
            cells[name] = value if isinstance(value, str | bytes) else None
    known = {}
    own = (options.id or "id", options.url or "url")
    for name in (*FACTS, *own):
        if name in item and name not in cells:
            known[name] = item[name]
    html = _html_among(cells, options)
    if not cells:
        cells = dict.fromkeys(asked or TEXT_FIELDS[:1])
    return _source(known, cells, html, options)


def _source(
    known: dict[str, Any],
    cells: dict[str, str | bytes | None],
    html: frozenset[str],
    options: Options,
) -> tuple[Source, SourceError | None]:
    if options.language and not any(known.get(name) for name in _LANGUAGES):
        known["language"] = options.language
    source = source_of(
        known,
        fields=Fields(id=options.id, url=options.url),
        fallback="",
        origin=None,
        data=b"",
    )
    name, data = _first(cells, html)
    if data is None:
        message = f"{name!r} holds no text"
        return source, SourceError(
            message,
            reason="malformed",
            stage="read",
        )
    return document(source, data, is_html=name in html), None


def _first(
    cells: dict[str, str | bytes | None], html: frozenset[str]
) -> tuple[str, str | bytes | None]:
    """Return the first cell that is not null; where it is blank, the first page of the same row."""
    present = [(name, cell) for name, cell in cells.items() if cell is not None]
    if not present:
        return next(iter(cells)), None
    first, first_cell = present[0]
    if first_cell.strip():
        return first, first_cell
    for name, cell in present:
        if name in html and cell.strip():
            return name, cell
    return first, first_cell


def document(source: Source, data: str | bytes, *, is_html: bool = False) -> Source:
    """Return a source with its text or bytes, and what they are: HTML where they look like nothing else."""
    is_html = is_html or _is_markup(data)
    media_type = HTML if is_html else "text/plain"
    return replace(source, data=data, media_type=media_type)


def _is_markup(data: str | bytes) -> bool:
    if isinstance(data, str):
        return sniff.is_markup(data)
    if sniff.is_page(data):
        return True
    start = data[: 2 * sniff.LOOKED_AT].decode("utf-8", "replace")
    return sniff.is_markup(start)


def texts(column: pa.Array) -> list[str | bytes | None]:
    """Return the cells as text, and as bytes where the column holds bytes or strings that are no UTF-8."""
    pa = arrow()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.large_string())
    if pa.types.is_string(column.type):
        column = column.cast(pa.binary())
    elif pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    else:
        return list(column.to_pylist())
    return list(map(_text, column.to_pylist()))


def _text(cell: bytes | None) -> str | bytes | None:
    if cell is not None:
        with suppress(UnicodeDecodeError):
            return cell.decode()
    return cell


def _values(column: pa.Array) -> list[Any]:
    """Return cells as JSON would have them: a time is text in ISO 8601."""
    pa = arrow()
    kind = _plain(column.type)
    if _is_text(kind):
        return [
            cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell
            for cell in texts(column)
        ]
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    return [
        cell.isoformat() if isinstance(cell, dt.date) else cell
        for cell in column.to_pylist()
    ]

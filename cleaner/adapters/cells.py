"""From rows and items to documents: which columns or fields hold what, and the cells of a table as Python has them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cleaner.adapters.columns import arrow
from cleaner.errors import SourceError, UsageError
from cleaner.io import sniff
from cleaner.io.records import FACTS, HTML, HTML_FIELDS, TEXT_FIELDS, Fields, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from cleaner.adapters.adapter_options import Options
    from cleaner.model import Source

_LANGUAGES = tuple(name for name, fact in FACTS.items() if fact == "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a table hold what."""

    bodies: tuple[str, ...]
    """Where documents stand; of a row the first counts that is not null."""
    html: frozenset[str]
    """Those of them that hold HTML."""
    id: str | None
    url: str | None
    facts: tuple[str, ...]


def columns_of(given: pa.Schema, options: Options) -> Columns:
    """Return which columns to read. Raise UsageError where none holds text, or one that is named is not there."""
    for name in (options.text, options.html, options.id, options.url):
        if name is not None and given.names.count(name) != 1:
            wrong = "more than one column" if name in given.names else "no column"
            raise UsageError(
                f"there is {wrong} {name!r}; the columns are {', '.join(given.names)}"
            )
    bodies = _bodies(given, options)
    html = frozenset(
        name
        for name in bodies
        if name == options.html or (name in HTML_FIELDS and name != options.text)
    )
    own = {name: _only(given, getattr(options, name) or name) for name in ("id", "url")}
    read = {*bodies, *own.values()}
    facts = tuple(name for name in FACTS if name not in read and _only(given, name))
    return Columns(bodies=bodies, html=html, facts=facts, id=own["id"], url=own["url"])


def _only(given: pa.Schema, name: str) -> str | None:
    return name if given.names.count(name) == 1 else None


def _bodies(given: pa.Schema, options: Options) -> tuple[str, ...]:
    asked = tuple(name for name in (options.html, options.text) if name)
    there = [
        name for name in asked or (*TEXT_FIELDS, *HTML_FIELDS) if _only(given, name)
    ]
    found = tuple(name for name in there if _may_hold_text(given.field(name).type))
    if asked and found != asked:
        name = next(name for name in asked if name not in found)
        raise UsageError(
            f"column {name!r} holds {given.field(name).type}: text must be strings or bytes"
        )
    if not found:
        known = (
            ", ".join(f"{name} ({given.field(name).type})" for name in given.names)
            or "none"
        )
        raise UsageError(
            f"no column of strings or bytes called {', '.join((*TEXT_FIELDS, *HTML_FIELDS))}; the columns are {known}. "
            "Name the right one with text= or html="
        )
    return found


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
    read = (*columns.facts, *(name for name in (columns.id, columns.url) if name))
    facts = {name: _values(batch.column(name)) for name in read}
    bodies = {name: texts(batch.column(name)) for name in columns.bodies}
    for row in range(batch.num_rows):
        known = {name: values[row] for name, values in facts.items()}
        yield _source(
            known,
            {name: cells[row] for name, cells in bodies.items()},
            columns.html,
            options,
        )


def source_of_item(
    item: Mapping[str, Any], options: Options
) -> tuple[Source, SourceError | None]:
    """Return an item as a document, with the error that it has met already: no text."""
    asked = tuple(name for name in (options.html, options.text) if name)
    names = [name for name in asked or (*TEXT_FIELDS, *HTML_FIELDS) if name in item]
    html = frozenset(
        name
        for name in names
        if name == options.html or (name in HTML_FIELDS and name != options.text)
    )
    cells = {
        name: item[name] if isinstance(item[name], str | bytes) else None
        for name in names
    }
    own = (options.id or "id", options.url or "url")
    known = {
        name: item[name]
        for name in (*FACTS, *own)
        if name in item and name not in cells
    }
    return _source(
        known, cells or dict.fromkeys(asked or TEXT_FIELDS[:1]), html, options
    )


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
        return source, SourceError(message, reason="malformed", stage="read")
    return document(source, data, is_html=name in html), None


def _first(
    cells: dict[str, str | bytes | None], html: frozenset[str]
) -> tuple[str, str | bytes | None]:
    """Return the first cell that is not null; where it is blank, a page that stands beside it."""
    there = [(name, cell) for name, cell in cells.items() if cell is not None]
    if not there:
        return next(iter(cells)), None
    if there[0][1].strip():
        return there[0]
    return next(
        ((name, cell) for name, cell in there if name in html and cell.strip()),
        there[0],
    )


def document(source: Source, data: str | bytes, *, is_html: bool = False) -> Source:
    """Return a source with its text or bytes, and what they are: HTML where they look like nothing else."""
    if isinstance(data, str):
        is_html = is_html or sniff.is_markup(data)
    else:
        start = data[: 2 * sniff.LOOKED_AT].decode("utf-8", "replace")
        is_html = is_html or sniff.is_page(data) or sniff.is_markup(start)
    return replace(source, data=data, media_type=HTML if is_html else "text/plain")


def texts(column: pa.Array) -> list[str | bytes | None]:
    """Return the cells as text, and as bytes where the column holds bytes or strings that are no UTF-8."""
    pa = arrow()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.large_string())
    if pa.types.is_string(column.type):
        return [_text(cell) for cell in column.cast(pa.binary()).to_pylist()]
    if pa.types.is_large_string(column.type):
        return [_text(cell) for cell in column.cast(pa.large_binary()).to_pylist()]
    return list(column.to_pylist())


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

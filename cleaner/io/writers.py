"""Write articles: one function per output format, from an `Article` to the bytes of one or two files, or of a line in a part.

To add a format: one function, one line in `FORMATS`.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cleaner.io.compression import output_parts as packing
from cleaner.io.formats.article_columns import row_of
from cleaner.model import SCHEMA, Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.io.compression.output_parts import Packing

PART = "part-"
"""What the names of parts begin with; a number of five digits follows, and the format's suffix."""
_FRONT = ("id", "title", "standfirst", "authors", "published", "modified", "language", "site", "url", "canonical_url",
          "publisher", "syndicator", "agency", "section", "tags", "image", "flags")  # fmt: skip


def body(article: Article) -> bytes:
    """Return the body alone, exactly: a text in which nothing was wrong comes out as it went in."""
    return article.body.encode()


def record(article: Article) -> bytes:
    """Return the whole record, indented for people."""
    return orjson.dumps(
        article.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def line(article: Article) -> bytes:
    """Return the whole record as one line of JSON: `Article.to_dict`, without the copy that it makes of each part."""
    fields = {
        "input" if name == "extra" else name: getattr(article, name) for name in _FIELDS
    }
    return orjson.dumps(
        {"schema": SCHEMA, **fields}, default=dict, option=orjson.OPT_APPEND_NEWLINE
    )


def row(article: Article) -> bytes:
    """Return the whole record as one row of CSV (RFC 4180): lists and objects as JSON, an empty cell for what is not there."""
    record = article.to_dict()
    cells = [record[name] for name in _CSV]
    out = io.StringIO()
    csv.writer(out).writerow(
        [
            orjson.dumps(cell).decode()
            if cell and isinstance(cell, list | dict)
            else cell or None
            for cell in cells
        ]
    )
    return out.getvalue().encode()


def table_row(article: Article) -> bytes:
    """Return the row of a table as JSON."""
    return orjson.dumps(row_of(article))


def markdown(article: Article) -> bytes:
    """Return the known facts as front matter, then the body."""
    import yaml  # noqa: PLC0415 - only this format needs it

    known = article.to_dict()
    facts = {name: known[name] for name in _FRONT if known.get(name)}
    front = yaml.safe_dump(
        facts, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return f"---\n{front}---\n{article.body}".encode()


class Format(NamedTuple):
    """How a format looks as files and on a stream."""

    files: tuple[tuple[str, Callable[[Article], bytes]], ...]
    """A suffix and a function for each file of a document; empty where documents share files, parts."""
    stream: Callable[[Article], bytes]
    """For one document after the other on one stream, or in a part."""
    suffix: str = ""
    """Of parts."""
    head: bytes = b""
    """What a stream begins with."""
    packing: Packing = packing.headed(b"")
    """Of parts."""


def compressed(form: Format, suffix: str) -> Format:
    """Return a format whose parts are compressed: `gz`, `zst`."""
    return form._replace(
        suffix=f"{form.suffix}.{suffix}", packing=packing.squeezed(form.packing, suffix)
    )


_FIELDS = tuple(place.name for place in dataclasses.fields(Article))
_CSV = ("schema", *("input" if name == "extra" else name for name in _FIELDS))
_HEAD = ",".join(_CSV).encode() + b"\r\n"

FORMATS = {
    "text": Format(files=((".txt", body), (".json", record)), stream=body),
    "json": Format(files=((".json", record),), stream=record),
    "jsonl": Format(files=(), stream=line, suffix=".jsonl"),
    "markdown": Format(files=((".md", markdown),), stream=markdown),
    "csv": Format(
        files=(), stream=row, suffix=".csv", head=_HEAD, packing=packing.headed(_HEAD)
    ),
    "parquet": Format(
        files=(), stream=table_row, suffix=".parquet", packing=packing.PARQUET
    ),
}

"""Write articles: one function per output format, from an `Article` to the bytes of one or two files.

To add a format: one function, one line in `FORMATS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Article

SHARED = "part-00000.jsonl"
"""The first file of a format that has none for each document."""
_FRONT = ("id", "title", "standfirst", "authors", "published", "modified", "language", "site", "url", "canonical_url",
          "publisher", "syndicator", "agency", "section", "tags", "image", "flags")  # fmt: skip


def body(article: Article) -> bytes:
    """Return the body alone, exactly: a text in which nothing was wrong comes out as it went in."""
    return article.body.encode()


def record(article: Article) -> bytes:
    """Return the whole record, indented for people."""
    return orjson.dumps(article.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def line(article: Article) -> bytes:
    """Return the whole record as one line of JSON."""
    return orjson.dumps(article.to_dict(), option=orjson.OPT_APPEND_NEWLINE)


def markdown(article: Article) -> bytes:
    """Return the known facts as front matter, then the body."""
    import yaml  # noqa: PLC0415 - only this format needs it

    known = article.to_dict()
    facts = {name: known[name] for name in _FRONT if known.get(name)}
    front = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{front}---\n{article.body}".encode()


class Format(NamedTuple):
    """How a format looks as files and on a stream."""

    files: tuple[tuple[str, Callable[[Article], bytes]], ...]
    """A suffix and a function for each file of a document; empty where all documents share one file."""
    stream: Callable[[Article], bytes]
    """For one document after the other on one stream, or in a part."""
    suffix: str = ".jsonl"
    """Of parts."""


FORMATS = {
    "text": Format(files=((".txt", body), (".json", record)), stream=body),
    "json": Format(files=((".json", record),), stream=record),
    "jsonl": Format(files=(), stream=line),
    "markdown": Format(files=((".md", markdown),), stream=markdown),
}

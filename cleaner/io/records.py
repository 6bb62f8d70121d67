"""From a record (a JSON object, front matter) to a `Source`: which field is the text, which are facts.

The text stands in the first of `TEXT_FIELDS` that holds a string (or bytes, as tables may), unless an option names another; HTML in one of
`HTML_FIELDS`, which count where no text is. What a text field holds is HTML too where it looks like nothing else
(`sniff.is_markup`). Fields that say something about the article become facts under the article's own names (`FACTS`); where two fields say the same, the
first in the table counts. Everything else, losers included, is passed through as it came.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import SourceError
from cleaner.io import sniff
from cleaner.io.formats import json_lines
from cleaner.model import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT_FIELDS = ("text", "content", "body", "article", "articleBody", "maintext")
HTML_FIELDS = ("html", "raw_html")
FACTS = {
    "title": "title",
    "headline": "title",
    "standfirst": "standfirst",
    "authors": "authors",
    "author": "authors",
    "published": "published",
    "date": "published",
    "date_publish": "published",
    "datePublished": "published",
    "modified": "modified",
    "dateModified": "modified",
    "language": "language",
    "lang": "language",
    "inLanguage": "language",
    "site": "site",
    "canonical_url": "canonical_url",
    "publisher": "publisher",
    "agency": "agency",
    "section": "section",
    "articleSection": "section",
    "tags": "tags",
    "image": "image",
}
"""Field of a record → fact. Names of this project, schema.org and common scrapers."""
HTML, XHTML = "text/html", "application/xhtml+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which fields of a record hold what; None where the usual names shall do."""

    text: str | None = None
    html: str | None = None
    """Where it is named it counts before a field of text."""
    id: str | None = None
    url: str | None = None


def source_of(
    record: Mapping[str, object],
    *,
    fields: Fields,
    fallback: str,
    origin: str | None,
    url: str | None = None,
    data: bytes | None = None,
) -> Source:
    """Return a record as a source; `fallback` is its id where it has none of its own.

    `data` is the text where it stands beside the record (front matter). Raises `SourceError` (malformed) where the
    record has no text.
    """
    text = _body_field(record, fields) if data is None else None
    record = {
        str(json_lines.whole(key)): item if key == text else _passable(item)
        for key, item in record.items()
    }
    own_id = _scalar(record, fields.id or "id")
    own_url = _scalar(record, fields.url or "url")
    used = {
        text,
        (fields.id or "id") if own_id else None,
        (fields.url or "url") if own_url else None,
    }
    facts, extra = _facts(
        {key: value for key, value in record.items() if key not in used}
    )
    return Source(
        id=own_id or fallback,
        data=_content(record[text]) if text is not None else data or b"",
        media_type="text/markdown"
        if text is None
        else _media_type(text, _content(record[text]), fields),
        origin=origin,
        url=own_url or url,
        facts=facts,
        extra=extra,
    )


def check_columns(names: Sequence[str], fields: Fields) -> None:
    """Raise SourceError (malformed) where no column of a table can hold the article."""
    columns = dict.fromkeys(names, "")
    try:
        _body_field(columns, fields)
    except SourceError as error:
        message = str(error).replace(
            "the record has", "the first row must name the columns, and has"
        )
        raise SourceError(message, reason=error.reason, stage=error.stage) from error


def _body_field(record: Mapping[str, object], fields: Fields) -> str:
    """Return the field that holds the article: a named one, else the first of text, else the first of HTML."""
    asked = tuple(name for name in (fields.html, fields.text) if name)
    names = asked or (*TEXT_FIELDS, *HTML_FIELDS)
    found = [name for name in names if isinstance(record.get(name), str | bytes)]
    if not found:
        raise SourceError(
            _no_text(record, names, asked), reason="malformed", stage="read"
        )
    return next(
        (
            name
            for name in found[1:]
            if name in HTML_FIELDS and not _is_filled(record, found[0])
        ),
        found[0],
    )


def _is_filled(record: Mapping[str, object], name: str) -> bool:
    return bool(_content(record[name]).strip())


def _content(value: object) -> str | bytes:
    return value if isinstance(value, bytes) else str(value)


def _passable(value: object) -> object:
    """Return a field that is passed through as JSON can say it."""
    return (
        value.decode("utf-8", "backslashreplace")
        if isinstance(value, bytes)
        else json_lines.whole(value)
    )


def _media_type(name: str, text: str | bytes, fields: Fields) -> str:
    is_html = name == fields.html or (name in HTML_FIELDS and name != fields.text)
    is_markup = (
        sniff.is_page(text) if isinstance(text, bytes) else sniff.is_markup(text)
    )
    return HTML if is_html or is_markup else "application/json"


def _no_text(
    record: Mapping[str, object], names: tuple[str, ...], asked: tuple[str, ...]
) -> str:
    for name in names:
        if name in record:
            return f"field {name!r} holds {json_lines.kind(record[name])}, not text"
    has = ", ".join(sorted(record)[:12]) or "no fields at all"
    close = [
        name
        for wanted in asked
        for name in difflib.get_close_matches(wanted, record, n=1)
    ]
    hint = (
        f"; did you mean {close[0]!r}?"
        if close
        else ""
        if asked
        else "; name the right one with --text-field"
    )
    if not asked:
        wanted = f"no text field ({', '.join(TEXT_FIELDS)}) and no HTML ({', '.join(HTML_FIELDS)})"
    else:
        wanted = "no field " + " or ".join(map(repr, asked))
    return (
        f"{wanted}; the record has {has}{hint}{' or --html-field' if not asked else ''}"
    )


def _scalar(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    usable = isinstance(value, str | int) and not isinstance(value, bool)
    return (str(value).strip() or None) if usable else None


def _facts(record: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    facts: dict[str, object] = {}
    taken = set()
    for name, fact in FACTS.items():
        if fact not in facts and (value := _plain(record.get(name))):
            facts[fact] = value
            taken.add(name)
    return facts, {key: value for key, value in record.items() if key not in taken}


def _plain(value: object) -> object:
    """Return a fact as text, a number or a list of them; schema.org writes people and images as objects.

    >>> _plain([{"@type": "Person", "name": "Jane Doe"}, "John Roe"])
    ['Jane Doe', 'John Roe']
    """
    if isinstance(value, list):
        return [plain for item in value if (plain := _plain(item))]
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("url"))
    return value

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
        message = _no_text(record, names, asked)
        raise SourceError(
            message,
            reason="malformed",
            stage="read",
        )
    first, *others = found
    if _is_filled(record, first):
        return first
    return next((name for name in others if name in HTML_FIELDS), first)


def _is_filled(record: Mapping[str, object], name: str) -> bool:
    return bool(_content(record[name]).strip())


def _content(value: object) -> str | bytes:
    return value if isinstance(value, bytes) else str(value)


def _passable(value: object) -> object:
    """Return the value of a field that is passed through, as JSON can hold it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return json_lines.whole(value)


def _media_type(name: str, text: str | bytes, fields: Fields) -> str:
    if name == fields.html:
        return HTML
    if name in HTML_FIELDS and name != fields.text:
        return HTML
    if isinstance(text, bytes):
        is_markup = sniff.is_page(text)
    else:
        is_markup = sniff.is_markup(text)
    return HTML if is_markup else "application/json"


def _no_text(
    record: Mapping[str, object], names: tuple[str, ...], asked: tuple[str, ...]
) -> str:
    for name in names:
        if name in record:
            return f"field {name!r} holds {json_lines.kind(record[name])}, not text"
    has = ", ".join(sorted(record)[:12]) or "no fields at all"
    if not asked:
        text, html = ", ".join(TEXT_FIELDS), ", ".join(HTML_FIELDS)
        missing = f"no text field ({text}) and no HTML ({html})"
        hint = "; name the right one with --text-field or --html-field"
    else:
        missing = f"no field {' or '.join(map(repr, asked))}"
        hint = _did_you_mean(record, asked)
    return f"{missing}; the record has {has}{hint}"


def _did_you_mean(record: Mapping[str, object], asked: tuple[str, ...]) -> str:
    """Return a hint at the field whose name resembles one that was asked for, empty where there is none."""
    for name in asked:
        close = difflib.get_close_matches(name, record, n=1)
        if close:
            return f"; did you mean {close[0]!r}?"
    return ""


def _scalar(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if isinstance(value, bool):
        return None
    if not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return text or None


def _facts(record: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the facts of a record, and its other fields."""
    facts: dict[str, object] = {}
    rest = dict(record)
    for name, fact in FACTS.items():
        value = None if fact in facts else _plain(record.get(name))
        if value:
            facts[fact] = value
            del rest[name]
    return facts, rest


def _plain(value: object) -> object:
    """Return a fact as text, a number or a list of them; schema.org writes people and images as objects.

    >>> _plain([{"@type": "Person", "name": "Jane Doe"}, "John Roe"])
    ['Jane Doe', 'John Roe']
    """
    if isinstance(value, list):
        return list(filter(None, map(_plain, value)))
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("url"))
    return value

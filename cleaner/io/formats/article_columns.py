"""The article's record as a table: what its columns are called and what they hold, for Arrow, Parquet and CSV.

The types are read off `model.Article`, so a field of the record is a column, with the same name and the same parts. Four
differ, for tables have no objects of any shape: `facts_from` is a list of field, source and confidence; `source` and `stats` have fixed
fields; `watched` holds removals and pruned elements with the fields of both; `input` is JSON, as text.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from cleaner.model import SCHEMA, Article, Pruned, Removal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

SOURCE = ("path", "media_type", "encoding", "encoding_from", "sha256", "body_from")
STATS = ("characters_before", "characters_after", "words_before", "words_after")
NAMES = tuple(
    "input" if field.name == "extra" else field.name
    for field in fields(Article)
    if field.name != "facts_confidence"
)
"""The columns, in the order of the record."""
_EITHER = tuple(
    dict.fromkeys(field.name for kind in (Removal, Pruned) for field in fields(kind))
)


def row_of(article: Article) -> dict[str, Any]:
    """Return the values of an article's row: exactly what reading it back from Arrow gives."""
    record = article.to_dict()
    watched: Any = record["watched"]
    record["facts_from"] = _origins(article)
    record["source"] = _picked(article.source, SOURCE)
    record["stats"] = _picked(article.stats, STATS)
    record["watched"] = [_picked(each, _EITHER) for each in watched]
    record["input"] = None
    if article.extra:
        record["input"] = orjson.dumps(article.extra, default=dict).decode()
    return _picked(record, NAMES)


def _origins(article: Article) -> list[dict[str, object]]:
    """Return where each fact comes from, and how sure it is."""
    confidence = article.facts_confidence
    return [
        {
            "field": name,
            "source": origin,
            "confidence": confidence.get(name),
        }
        for name, origin in article.facts_from.items()
    ]


def _picked(record: Mapping[str, object], names: Iterable[str]) -> dict[str, Any]:
    """Return the values of some fields, None for those that are missing."""
    return {name: record.get(name) for name in names}


@lru_cache(maxsize=1)
def types_of() -> dict[str, pa.DataType]:
    """Return the Arrow type of each column."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    text = pa.string()
    facts = dict.fromkeys(("field", "source", "confidence"), text)
    either = {**_struct(Removal), **_struct(Pruned)}
    watched = [(name, either[name]) for name in _EITHER]
    special = {
        "facts_from": pa.list_(pa.struct(facts)),
        "source": pa.struct(dict.fromkeys(SOURCE, text)),
        "stats": pa.struct(dict.fromkeys(STATS, pa.int64())),
        "watched": pa.list_(pa.struct(watched)),
        "input": text,
    }
    hints = typing.get_type_hints(Article)
    for name in NAMES:
        if name not in special:
            special[name] = _type(hints[name])
    return {name: special[name] for name in NAMES}


def schema() -> pa.Schema:
    """Return the Arrow schema of Parquet files; its metadata names the record's."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.schema(list(types_of().items()), metadata={"schema": SCHEMA})


def _type(hint: Any) -> pa.DataType:  # noqa: ANN401 - a type, as annotations have it
    import pyarrow as pa  # noqa: PLC0415 - an extra

    plain = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint]
    if is_dataclass(hint):
        return pa.struct(list(_struct(hint).items()))
    parts = [part for part in typing.get_args(hint) if part is not types.NoneType]
    inner = _type(parts[0])
    if typing.get_origin(hint) is tuple:
        return pa.list_(inner)
    return inner


def _struct(kind: Any) -> dict[str, pa.DataType]:  # noqa: ANN401 - a dataclass
    hints = typing.get_type_hints(kind)
    return {field.name: _type(hints[field.name]) for field in fields(kind)}

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
    import pyarrow as pa

SOURCE = ("path", "media_type", "encoding", "encoding_from", "sha256", "body_from")
STATS = ("characters_before", "characters_after", "words_before", "words_after")
NAMES = tuple(
    "input" if place.name == "extra" else place.name
    for place in fields(Article)
    if place.name != "facts_confidence"
)
"""The columns, in the order of the record."""
_EITHER = tuple(
    dict.fromkeys(place.name for kind in (Removal, Pruned) for place in fields(kind))
)


def row_of(article: Article) -> dict[str, Any]:
    """Return the values of an article's row: exactly what reading it back from Arrow gives."""
    record = article.to_dict()
    sure = article.facts_confidence
    record["facts_from"] = [
        {"field": name, "source": said, "confidence": sure.get(name)}
        for name, said in article.facts_from.items()
    ]
    record["source"] = {name: article.source.get(name) for name in SOURCE}
    record["stats"] = {name: article.stats.get(name) for name in STATS}
    watched: Any = record["watched"]
    record["watched"] = [{name: each.get(name) for name in _EITHER} for each in watched]
    record["input"] = (
        orjson.dumps(article.extra, default=dict).decode() if article.extra else None
    )
    return {name: record[name] for name in NAMES}


@lru_cache(maxsize=1)
def types_of() -> dict[str, pa.DataType]:
    """Return the Arrow type of each column."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    text, hints = pa.string(), typing.get_type_hints(Article)
    facts = [(name, text) for name in ("field", "source", "confidence")]
    either = {**_struct(Removal), **_struct(Pruned)}
    special = {
        "facts_from": pa.list_(pa.struct(facts)),
        "source": pa.struct([(name, text) for name in SOURCE]),
        "stats": pa.struct([(name, pa.int64()) for name in STATS]),
        "watched": pa.list_(pa.struct([(name, either[name]) for name in _EITHER])),
        "input": text,
    }
    return {
        name: special[name] if name in special else _type(hints[name]) for name in NAMES
    }


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
    inner = next(each for each in typing.get_args(hint) if each is not types.NoneType)
    return pa.list_(_type(inner)) if typing.get_origin(hint) is tuple else _type(inner)


def _struct(kind: Any) -> dict[str, pa.DataType]:  # noqa: ANN401 - a dataclass
    hints = typing.get_type_hints(kind)
    return {place.name: _type(hints[place.name]) for place in fields(kind)}

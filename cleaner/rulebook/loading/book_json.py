"""A rule book as plain JSON values, and back: what the cache keeps.

A rule is a list of its fields in their order. Scopes and guards that many rules share stand once, in tables. What is written
is read back and compared before anybody relies on it, so a kind of value that JSON cannot hold is not kept at all.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any

from cleaner.errors import Fault
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.rule import Example, Rule, Scope, When
from cleaner.verbs import verbs
from cleaner.verbs.api.values import TEXT_TYPES, Swap, Swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.verbs.api.verb import Verb

    Maker = Callable[[Any], object]

_TEXTS: dict[str, Maker] = {kind.__name__: kind for kind in TEXT_TYPES}


def book_to_plain(book: RuleBook) -> dict[str, object]:
    """Return a book as dictionaries, lists, texts and numbers."""
    scopes = {
        scope: number
        for number, scope in enumerate(dict.fromkeys(rule.scope for rule in book.rules))
    }
    guards = {
        when: number
        for number, when in enumerate(dict.fromkeys(rule.when for rule in book.rules))
    }
    rows = []
    for rule in book.rules:
        row = {
            place.name: getattr(rule, place.name) for place in dataclasses.fields(rule)
        }
        row |= {"scope": scopes[rule.scope], "when": guards[rule.when]}
        row |= {"verb": [rule.verb.KEY, *_values(rule.verb)]}
        rows.append(list(map(_plain, row.values())))
    return {
        "rules": rows,
        "scopes": [_values(scope) for scope in scopes],
        "guards": [_values(when) for when in guards],
        "lists": {name: list(words) for name, words in book.vocabulary.lists.items()},
        "faults": [_values(fault) for fault in book.faults],
    }


def _values(value: Any) -> list[object]:  # noqa: ANN401 - a value of any of our dataclasses
    return [_plain(getattr(value, place.name)) for place in dataclasses.fields(value)]


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return _values(value)
    return value


def book_from_plain(plain: dict[str, Any]) -> RuleBook:
    """Return the book again. Raise KeyError, TypeError or ValueError where the values are none of a book."""
    scopes = list(_made(Scope, plain["scopes"]))
    guards = list(_made(When, plain["guards"]))
    shared = {"scope": scopes.__getitem__, "when": guards.__getitem__}
    return RuleBook(
        rules=tuple(_made(Rule, plain["rules"], **shared)),
        vocabulary=Vocabulary(
            lists={name: tuple(words) for name, words in plain["lists"].items()}
        ),
        faults=tuple(_made(Fault, plain["faults"])),
    )


def _made(kind: Any, rows: Iterable[list[Any]], **makers: Maker) -> Iterable[Any]:  # noqa: ANN401 - a dataclass
    """Yield a value of a dataclass for each row of its fields."""
    names = [place.name for place in dataclasses.fields(kind)]
    places = [
        (number, make)
        for number, name in enumerate(names)
        if (make := makers.get(name) or _maker(kind, name))
    ]
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for number, make in places:
            values[names[number]] = make(row[number])
        yield kind(**values)


def _maker(kind: Any, name: str) -> Maker | None:  # noqa: ANN401 - a dataclass
    """Return what makes the value of a field from its plain form, None where that is the value."""
    types = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    declared = types[name]
    if declared in _MAKERS:
        return _MAKERS[declared]
    if declared in _TEXTS:
        return _TEXTS[declared]
    return tuple if declared.startswith("tuple[") else None


def _example(row: list[Any]) -> Example:
    before, after, captures, line = row
    return Example(
        before=before, after=after, captures=tuple(map(tuple, captures)), line=line
    )


def _verb(row: list[Any]) -> Verb:
    kind = verbs()[row[0]]
    names, makers = _fields_of(kind)
    values = dict(zip(names, row[1:], strict=True))
    for name, make in makers:
        values[name] = make(values[name])
    return kind(**values)


@cache
def _fields_of(kind: type[Verb]) -> tuple[list[str], list[tuple[str, Maker]]]:
    """Return the names of a verb's fields, and what makes those that are no plain values."""
    names = [place.name for place in dataclasses.fields(kind)]
    return names, [(name, make) for name in names if (make := _maker(kind, name))]


def _swaps(rows: list[list[str]]) -> Swaps:
    return Swaps(Swap(find=find, with_=with_) for find, with_ in rows)


_MAKERS: dict[str, Maker] = {
    "Verb": _verb,
    "tuple[Example, ...]": lambda rows: tuple(map(_example, rows)),
    "Swaps": _swaps,
}
"""By the type that a field declares."""

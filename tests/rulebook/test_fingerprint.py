"""The fingerprint of a book is that of its rules as plain values, however they are made plain."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING

from cleaner.rulebook import book as module
from cleaner.rulebook.loading.load import default_rules, load

if TYPE_CHECKING:
    from cleaner.rulebook.rule import Rule


def as_dict(rule: Rule) -> dict[str, object]:
    """Return a rule by the standard library's own way, which is slow and sure."""
    record = {
        field.name: getattr(rule, field.name)
        for field in dataclasses.fields(rule)
        if field.name not in module._ACCOUNT
    }
    return record | {
        "verb": {"key": rule.verb.KEY, **dataclasses.asdict(rule.verb)},
        "scope": dataclasses.asdict(rule.scope),
        "when": dataclasses.asdict(rule.when),
    }


def test_the_shipped_rules() -> None:
    book = load([default_rules()])
    values = [
        module.ENGINE,
        [as_dict(rule) for rule in book.active],
        dict(book.vocabulary.lists),
    ]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    assert book.fingerprint == hashlib.sha256(text.encode()).hexdigest()

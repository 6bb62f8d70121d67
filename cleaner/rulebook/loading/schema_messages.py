"""pydantic's errors in the words of an editor, at the place in the file."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from cleaner.rulebook.did_you_mean import did_you_mean
from cleaner.rulebook.loading.schema import rule_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from cleaner.errors import Fault
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node

_SHOWN = 40
_PLAIN = {
    "int_parsing": ("L003", "{key} must be a whole number, not '{input}'"),
    "int_type": ("L003", "{key} must be a whole number"),
    "bool_parsing": ("L003", "{key} must be true or false, not '{input}'"),
    "greater_than_equal": ("L003", "{key} must be at least {ge}, not {input}"),
    "less_than_equal": ("L003", "{key} must be at most {le}, not {input}"),
    "string_too_short": ("L003", "{key} says too little: '{input}'"),
    "string_too_long": ("L003", "{key} is too long"),
    "too_short": ("L003", "{key} is empty"),
    "string_pattern_mismatch": (
        "L003",
        "{key}: '{input}' is not of the form that it must have: {form}",
    ),
    "string_type": (
        "L016",
        "this line of {key} became a YAML mapping or list: write the phrases in a | block, as they appear in the article",
    ),
    "tuple_type": ("L003", "{key} must be a list or a | block"),
    "model_type": ("L003", "{key} must be a mapping of keys, not '{input}'"),
    "model_attributes_type": ("L003", "{key} must be a mapping of keys, not '{input}'"),
    "dict_type": ("L003", "{key} must be a mapping of keys, not '{input}'"),
}


_FORMS = {
    "id": "lower-case letters, digits and hyphens, with dots between words, such as promo.puzzle-page",
    "added": "a day such as 2026-11-22",
    "expires": "a day such as 2026-11-22",
    "languages": "a language's code of two or three small letters, such as en",
    "formats": "text or html",
}
"""What a key has to look like, for people who read no regular expressions."""
_REASONS = {
    "id": "every rule has a name for ever, such as `consent.video-wall`",
    "why": "say in a sentence why this is clutter, so that the next editor can agree or disagree",
    "name": "say in a few words what it removes",
    "category": "it groups the counts in the report",
}


def explain_errors(
    file: RuleFile,
    node: Node,
    error: ValidationError,
    model: type[BaseModel],
    rule: str | None,
) -> list[Fault]:
    """Return pydantic's errors in plain words, each at its place in the file."""
    faults = []
    for details in error.errors(include_url=False):
        fault = _fault_of(file, node, details, model)
        faults.append(dataclasses.replace(fault, rule=rule))
    return faults


def _fault_of(
    file: RuleFile, node: Node, details: ErrorDetails, model: type[BaseModel]
) -> Fault:
    """Return one error of pydantic as a fault."""
    where = details["loc"]
    kind = details["type"]
    if kind == "extra_forbidden":
        known = _keys(model, where[:-1])
        hint = did_you_mean(str(where[-1]), known)
        message = f"'{where[-1]}' is not {_owner(where, model)}{hint}"
        return file.fault("L001", message, _key_at(node, where))
    if kind == "missing":
        message = f"'{where[-1]}' is missing: {_why(str(where[-1]))}"
        return file.fault("L002", message, _parent(node, where))
    place = _value_at(node, where)
    names = [part for part in where if isinstance(part, str)]
    key = names[-1] if names else "this rule"
    if kind == "literal_error":
        return file.fault("L004", _unknown_word(key, details), place)
    code, message = _explained(key, details)
    return file.fault(code, message, place)


def _owner(where: Sequence[int | str], model: type[BaseModel]) -> str:
    """Return what a key should have been: a field of what holds it."""
    if len(where) > 1:
        return f"a field of {where[-2]}"
    return "a rule field" if model is rule_model() else "a key here"


def _unknown_word(key: str, details: ErrorDetails) -> str:
    """Return the message for a value that is not one of the words that a key takes."""
    shown = str(details.get("input"))[:_SHOWN]
    expected = str(details.get("ctx", {}).get("expected", ""))
    words = expected.replace("'", "").replace(" or ", ", ")
    hint = did_you_mean(shown, words.split(", "))
    return f"{key} '{shown}' is unknown{hint}; use {words}"


def _explained(key: str, details: ErrorDetails) -> tuple[str, str]:
    """Return the lint id and the message for a value of the wrong type or form."""
    code, template = _PLAIN.get(details["type"], ("L003", "{key}: {message}"))
    context = details.get("ctx", {})
    words = {
        "key": key,
        "input": str(details.get("input"))[:_SHOWN],
        "message": details["msg"],
        "ge": "",
        "le": "",
        **context,
        "form": _FORMS.get(key) or str(context.get("pattern", "")),
    }
    return code, template.format(**words)


def _why(key: str) -> str:
    return _REASONS.get(key, "it has to be given")


def _keys(model: type[BaseModel], where: Sequence[int | str]) -> list[str]:
    """Return the keys that are known at a place of a model."""
    current: Any = model
    for part in where:
        if isinstance(part, str) and hasattr(current, "model_fields"):
            current = _model_in(_field(current, part))
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> object:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return field.annotation
    return None


def _model_in(annotation: Any) -> Any:  # noqa: ANN401 - a type
    """Return the model inside a type such as `Model | None` or `tuple[Model, ...]`."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = (
        found
        for part in getattr(annotation, "__args__", ())
        if (found := _model_in(part))
    )
    return next(inner, None)


def _key_at(node: Node, where: Sequence[int | str]) -> Node:
    parent = _parent(node, where)
    return parent.key(str(where[-1])) or parent


def _parent(node: Node, where: Sequence[int | str]) -> Node:
    return _value_at(node, where[:-1])


def _value_at(node: Node, where: Sequence[int | str]) -> Node:
    """Return the node at a path, or the deepest one above it that is there."""
    for part in where:
        below = (
            node.get(part)
            if isinstance(part, str)
            else node.items[part]
            if part < len(node.items)
            else None
        )
        if below is None:
            return node
        node = below
    return node

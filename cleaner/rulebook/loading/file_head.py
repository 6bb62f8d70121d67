"""The head of a rule file: its keys, the version of the rule language, and what all its rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.rulebook.did_you_mean import did_you_mean
from cleaner.rulebook.loading.schema import (
    LANGUAGE,
    DefaultsModel,
    ValidationError,
)
from cleaner.rulebook.loading.schema_messages import explain_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.errors import Fault
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node

_KEYS = ("language", "pack", "defaults", "rules")


def rule_nodes(tree: Node) -> Sequence[Node]:
    """Return the rules of a tree: a list, or a mapping with a list under `rules`."""
    if tree.kind == "list":
        return tree.items
    rules = tree.get("rules")
    return rules.items if rules else ()


def defaults_of(tree: Node) -> dict[str, Any]:
    """Return what all rules of a file share; unknown keys are left out."""
    node = tree.get("defaults")
    values = node.plain() if node else None
    if not isinstance(values, dict):
        return {}
    known = DefaultsModel.model_fields
    return {key: value for key, value in values.items() if key in known}


def newer_language(file: RuleFile) -> Fault | None:
    """Return a fault where a file is written for a newer version of the rule language: its rules cannot be judged."""
    for tree in file.trees:
        node = tree.get("language")
        if node and node.text.isdecimal() and int(node.text) > LANGUAGE:
            message = (
                f"this file is written for version {node.text} of the rule language, "
                f"and this program knows version {LANGUAGE}: update the program"
            )
            return file.fault("L026", message, node)
    return None


def head_faults(file: RuleFile, tree: Node) -> Iterator[Fault]:
    """Yield what is wrong with the head of a file."""
    if tree.kind == "scalar" or tree.key("id"):
        message = "a rule file holds a list of rules, each beginning with `- id:`"
        yield file.fault("L002", message, tree.key("id") or tree)
        return
    for key, _ in tree.entries:
        if key.text not in _KEYS:
            hint = did_you_mean(key.text, _KEYS)
            message = f"'{key.text}' is not a key of a rule file{hint}"
            yield file.fault("L001", message, key)
    yield from _language_faults(file, tree)
    yield from _rules_faults(file, tree)
    yield from _defaults_faults(file, tree)


def _language_faults(file: RuleFile, tree: Node) -> Iterator[Fault]:
    node = tree.get("language")
    if node and node.text != str(LANGUAGE):
        message = f"language is a version of the rule language: write {LANGUAGE}, or leave it out"
        yield file.fault("L026", message, node)


def _rules_faults(file: RuleFile, tree: Node) -> Iterator[Fault]:
    """Yield a fault where `rules` is not a list. In a file with other faults it may be empty: its rules are read apart."""
    rules = tree.get("rules")
    if rules is not None and rules.kind == "list":
        return
    if rules is not None and rules.kind == "scalar" and not rules.text and file.faults:
        return
    place = rules if rules and rules.text else tree.key("rules") or tree
    message = "`rules:` holds a list of rules, each beginning with `- id:`"
    yield file.fault("L002", message, place)


def _defaults_faults(file: RuleFile, tree: Node) -> Iterator[Fault]:
    node = tree.get("defaults")
    if node is None:
        return
    try:
        DefaultsModel.model_validate(node.plain() or {})
    except ValidationError as error:
        yield from explain_errors(file, node, error, DefaultsModel, None)

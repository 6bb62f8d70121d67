"""Local changes to rules of a pack, by id: no fork, and an unknown id is an error.

    - rule: promo.newsletter-line
      status: watch
      not_sites: [example.com]
      except: |
        Subscribe to <any> theory

The file is a list; a status, a confidence or a list of sites replaces the rule's own, exceptions are added to them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.rulebook.did_you_mean import did_you_mean
from cleaner.rulebook.loading.schema import OverrideModel, ValidationError
from cleaner.rulebook.loading.schema_messages import explain_errors
from cleaner.rulebook.loading.validate import phrase_faults
from cleaner.verbs.api.values import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.errors import Fault
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node
    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.rule import Rule


def apply_overrides(book: RuleBook, files: Iterable[RuleFile]) -> RuleBook:
    """Return the book with the changes of some files made; what is wrong with them is added to its faults."""
    rules = {rule.id: rule for rule in book.rules}
    faults = list(book.faults)
    for file in files:
        faults += file.faults
        for tree in file.trees:
            for node in tree.items or (tree,):
                faults += _apply(file, node, rules, book.vocabulary)
    return replace(book, rules=tuple(rules.values()), faults=tuple(faults))


def _apply(
    file: RuleFile, node: Node, rules: dict[str, Rule], vocabulary: Vocabulary
) -> list[Fault]:
    """Make one change in `rules`; return what is wrong with it."""
    try:
        change = OverrideModel.model_validate(node.plain())
    except ValidationError as error:
        return explain_errors(file, node, error, OverrideModel, None)
    rule = rules.get(change.rule)
    if rule is None:
        message = f"there is no rule '{change.rule}'{did_you_mean(change.rule, rules)}"
        return [file.fault("L024", message, node.get("rule"), rule=change.rule)]
    if faults := phrase_faults(file, node, rule, vocabulary):
        return faults
    scope = replace(
        rule.scope,
        sites=rule.scope.sites if change.sites is None else change.sites,
        not_sites=(*rule.scope.not_sites, *change.not_sites),
    )
    rules[rule.id] = replace(
        rule,
        scope=scope,
        status=change.status or rule.status,
        confidence=change.confidence or rule.confidence,
        except_=Lines((*rule.except_, *(change.except_ or ()))),
    )
    return []

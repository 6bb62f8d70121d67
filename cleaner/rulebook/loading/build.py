"""From a file's tree to rules: validate, say what is wrong and where, compile every phrase once to prove it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from cleaner.errors import Fault
from cleaner.rulebook.loading.file_head import (
    defaults_of,
    head_faults,
    newer_language,
    rule_nodes,
)
from cleaner.rulebook.loading.schema import (
    RuleBase,
    ValidationError,
    is_day,
    own_fields,
    rule_keys,
    rule_model,
)
from cleaner.rulebook.loading.schema_messages import explain_errors
from cleaner.rulebook.loading.validate import (
    phrase_faults,
    selector_faults,
    sign_faults,
)
from cleaner.rulebook.rule import Example, Rule, Scope, When
from cleaner.verbs import verbs
from cleaner.verbs.api.values import TEXT_TYPES, Conditions, Lines, Swap, Swaps
from cleaner.verbs.api.verb import field_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node
    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.verbs.api.verb import Verb

_COPIED = (
    "id",
    "name",
    "why",
    "category",
    "status",
    "owner",
    "source",
    "replaces",
    "exact",
)
"""Fields that a rule has as they were validated."""
Built = tuple["Rule | None", list[Fault]]


def build_rules(
    file: RuleFile, vocabulary: Vocabulary, *, check_selectors: bool
) -> Iterator[Built]:
    """Yield each rule of a file, or None, with what is wrong with it."""
    if fault := newer_language(file):
        yield None, [fault]
        return
    defaults: dict[str, Any] = {}
    for tree in file.trees:
        if tree.kind != "list":
            yield None, list(head_faults(file, tree))
            defaults = defaults_of(tree)
        for node in rule_nodes(tree):
            yield _build(
                file, node, defaults, vocabulary, check_selectors=check_selectors
            )


def _build(
    file: RuleFile,
    node: Node,
    defaults: dict[str, Any],
    vocabulary: Vocabulary,
    *,
    check_selectors: bool,
) -> Built:
    if node.kind != "mapping":
        return None, [
            file.fault("L002", "a rule is a list of keys, beginning with `- id:`", node)
        ]
    id_node = node.get("id")
    name = id_node.text if id_node else None
    model_type = rule_model()
    try:
        model = model_type.model_validate(defaults | dict(_plain_rule(node)))
    except ValidationError as error:
        return None, explain_errors(file, node, error, model_type, name)
    rule, faults = _rule(file, node, model)
    faults += _example_faults(file, node, model)
    if rule is not None:
        faults += [
            *phrase_faults(file, node, rule, vocabulary),
            *sign_faults(file, node, rule),
        ]
        if check_selectors:
            faults += selector_faults(file, node, rule.verb)
    faults = [dataclasses.replace(fault, rule=name) for fault in faults]
    return (
        None if any(fault.severity == "error" for fault in faults) else rule
    ), faults


def _plain_rule(node: Node) -> Iterator[tuple[str, object]]:
    for key, value in node.entries:
        yield key.text, value.plain()


def _rule(
    file: RuleFile, node: Node, model: RuleBase
) -> tuple[Rule | None, list[Fault]]:
    """Return the frozen rule of a validated model."""
    given = [key for key in verbs() if getattr(model, key) is not None]
    if len(given) != 1:
        what = "no verb" if not given else f"{len(given)} verbs ({', '.join(given)})"
        place = node.key(given[1]) if len(given) > 1 else node.key("id")
        return None, [
            file.fault(
                "L005",
                f"a rule has exactly one verb, this one has {what}: {', '.join(verbs())}",
                place,
            )
        ]
    verb = _verb(given[0], model)
    faults = [
        file.fault("L005", f"{key} goes with {owner.KEY} only", node.key(key))
        for key, owner in rule_keys().items()
        if getattr(model, key) and owner.KEY != verb.KEY
    ]
    faults += [
        file.fault("L003", f"{key}: {day} is no day of the calendar", node.get(key))
        for key in ("added", "expires")
        if (day := getattr(model, key)) and not is_day(day)
    ]
    faults += _proof_faults(file, node, model, verb)
    return _frozen(file, node, model, verb), faults


def _proof_faults(
    file: RuleFile, node: Node, model: RuleBase, verb: Verb
) -> list[Fault]:
    """Return what is wrong with a rule that says too little of when it acts, or of how sure it is."""
    faults = []
    if (
        verb.PROOF
        and model.status != "retired"
        and not (model.when.near or model.when.followed_by)
    ):
        message = f"{verb.KEY} needs proof of what follows: give `when:` a `near:` or a `followed_by:`"
        faults.append(file.fault("L007", message, node.key(verb.KEY)))
    if model.status == "live" and model.confidence is None:
        message = "a live rule says how sure it is: `confidence: high`, `medium` or `low`; medium is assumed"
        faults.append(
            file.fault(
                "L107",
                message,
                node.key("status") or node.key("id"),
                severity="warning",
            )
        )
    return faults


def _verb(key: str, model: RuleBase) -> Verb:
    """Return the verb under a key of a validated rule."""
    kind = verbs()[key]
    given = getattr(model, key)
    if kind.DIRECT:
        values = {kind.DIRECT: given}
    else:
        values = {name: getattr(given, name) for name in own_fields(kind).values()}
    for name in kind.RULE_KEYS:
        values[name] = getattr(model, name)
    types = field_types(kind)
    typed = {name: _typed(types[name], value) for name, value in values.items()}
    return kind(**typed)


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a value of any field
    """Return a validated value as the type that a verb's field has."""
    if kind is Swaps:
        return Swaps(Swap(find=pair.find, with_=pair.with_) for pair in value)
    return kind(value) if kind in TEXT_TYPES else value


def _frozen(file: RuleFile, node: Node, model: RuleBase, verb: Verb) -> Rule:
    """Return the frozen rule of a validated model."""
    when = model.when.model_dump()
    when["near"] = Lines(model.when.near or ())
    when["line"] = Conditions(model.when.line or ())
    plain = {key: getattr(model, key) for key in _COPIED}
    return Rule(
        **plain,
        confidence=model.confidence or "medium",
        added=model.added or "",
        expires=model.expires or "",
        scope=Scope(**model.scope.model_dump()),
        verb=verb,
        when=When(**when),
        except_=Lines(model.except_ or ()),
        examples=_examples(node, model),
        file=file.name,
        line=node.line,
    )


def _examples(node: Node, model: RuleBase) -> tuple[Example, ...]:
    """Return the examples of a rule, each with its line in the file."""
    given = node.get("examples")
    examples = []
    for example, place in zip(
        model.examples, given.items if given else (), strict=True
    ):
        before = example.before
        if before is None:
            before = example.unchanged or ""
        frozen = Example(
            before=before,
            after=example.after,
            captures=tuple(example.captures.items()),
            line=place.line,
        )
        examples.append(frozen)
    return tuple(examples)


def _example_faults(file: RuleFile, node: Node, model: RuleBase) -> list[Fault]:
    examples = node.get("examples")
    message = "an example has `before` and `after` (or `captures`), or `unchanged`"
    faults = [
        file.fault("L006", message, place)
        for example, place in zip(
            model.examples, examples.items if examples else (), strict=True
        )
        if bool(
            example.before is not None
            and (example.after is not None or example.captures)
        )
        == (example.unchanged is not None)
    ]
    kinds = {
        "unchanged" if example.unchanged is not None else "before"
        for example in model.examples
    }
    for kind, words in (
        ("before", "with `before` and `after`"),
        ("unchanged", "with `unchanged`"),
    ):
        if kind not in kinds and model.status != "retired":
            message = f"there is no example {words}: each rule shows what it changes and what it leaves alone"
            faults.append(
                file.fault("L006", message, node.key("examples") or node.key("id"))
            )
    return faults

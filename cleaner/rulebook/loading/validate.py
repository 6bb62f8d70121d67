"""Check the phrases and selectors of a rule: each is compiled once, and what it captures must have a place."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import SignError, condition, sign
from cleaner.features.second_pass import is_article_fact
from cleaner.html.article.feature_names import is_block_feature
from cleaner.html.selectors import parser
from cleaner.metadata import FIELDS
from cleaner.rulebook.did_you_mean import did_you_mean
from cleaner.rulebook.loading import yaml_tree
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.phrase_errors import PhraseError
from cleaner.rulebook.rule import When
from cleaner.verbs.api.values import Conditions, Signs
from cleaner.verbs.remove_shape import EDGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.errors import Fault
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node
    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.verbs.api.verb import Verb

_LINE_GUARDS = frozenset(
    {*(place.name for place in dataclasses.fields(When)), "except", "exact"}
    - {"max_words", "max_chars"}
)
EMBED_FIELDS = ("author", "handle", "date", "url")


def phrase_faults(
    file: RuleFile, node: Node, rule: Rule, vocabulary: Vocabulary
) -> list[Fault]:
    """Return what is wrong with the phrases of a rule: each is compiled, and its captures must have a place."""
    allowed = _fields_of(rule)
    faults: list[Fault] = []
    for text, place, number in _phrases(rule, node):
        if place.style == ">" or (place.style != "|" and place.height > 1):
            message = "YAML joins these lines into one: write the phrases in a | block, one a line"
            faults += [file.fault("L016", message, place)] * (number == 0)
            continue
        if syntax.is_plain(text):
            continue
        line, column, width = yaml_tree.block_line(file.lines, place, number)
        try:
            syntax.pattern(text, vocabulary, exact=rule.exact)
            _check_fields(text, allowed)
        except PhraseError as error:
            shift = error.offset if place.style in ("", "|") else error.offset + 1
            found = file.fault(
                error.code,
                str(error),
                None,
                line=line,
                column=column + shift,
                width=min(error.width, width),
            )
            faults.append(found)
    return faults


def _fields_of(rule: Rule) -> Sequence[str]:
    if rule.verb.KEY == "remove_embed":
        return EMBED_FIELDS
    return FIELDS if getattr(rule.verb, "CAPTURES", False) else ()


def _check_fields(text: str, allowed: Sequence[str]) -> None:
    for name, offset in syntax.fields(text):
        if name not in allowed and not (syntax.is_regex(text) and not allowed):
            known = (
                f"; fields are {', '.join(allowed)}"
                if allowed
                else ": only lift, capture and remove_embed keep fields"
            )
            message = f"'{name}' is no field here{did_you_mean(name, allowed)}{known}"
            raise PhraseError("L014", message, offset, len(name))


def _phrases(rule: Rule, node: Node) -> Iterator[tuple[str, Node, int]]:
    """Yield each phrase of a rule with the node that holds it and its number among the lines of that node."""
    values: list[Node | None] = [node.get(rule.verb.KEY), node.get("except")]
    when = node.get("when")
    values.append(when.get("near") if when else None)
    if rule.verb.KEY == "remove_html":
        values.pop(0)
    for value in values:
        yield from _texts(value)


def _texts(value: Node | None) -> Iterator[tuple[str, Node, int]]:
    if value is None:
        return
    if value.kind == "scalar":
        texts = [line.strip() for line in value.text.split("\n") if line.strip()]
        yield from ((text, value, number) for number, text in enumerate(texts))
    elif value.kind == "list":
        for item in value.items:
            find = item.get("find") if item.kind == "mapping" else item
            yield from ((find.text, find, 0),) if find else ()
    else:
        for key in ("from", "to", "after", "signature", "marks", "sections"):
            yield from _texts(value.get(key))


def sign_faults(file: RuleFile, node: Node, rule: Rule) -> list[Fault]:
    """Return the signs and conditions of a rule that cannot be read."""
    verb, when = node.get(rule.verb.KEY), node.get("when")
    given: list[tuple[object, Node | None]] = [
        (rule.when.line, when.get("line") if when else None)
    ]
    given += [
        (getattr(rule.verb, name), verb.get(name) if verb else None)
        for name in _names(rule.verb)
    ]
    faults = []
    for texts, value in given:
        if isinstance(texts, Signs | Conditions) and value:
            for text, place, number in _texts(value):
                known = _known_facts(rule.verb, texts)
                if fault := _sign_fault(
                    file,
                    text,
                    place,
                    number,
                    known if isinstance(texts, Signs) else None,
                ):
                    faults.append(fault)
    return faults


def _known_facts(verb: Verb, texts: object) -> Callable[[str], bool]:
    """Return what tells the facts that some signs of a verb may ask for."""
    if verb.KEY == "take_article":
        return is_block_feature
    return is_article_fact if texts == getattr(verb, "second", None) else is_page_fact


def _names(verb: Verb) -> list[str]:
    return [place.name for place in dataclasses.fields(verb)]


def _sign_fault(
    file: RuleFile,
    text: str,
    place: Node,
    number: int,
    known: Callable[[str], bool] | None,
) -> Fault | None:
    """Return what is wrong with a sign over some facts, or with a condition where none are given."""
    try:
        if known:
            sign(text, known)
        elif text != EDGE:
            condition(text, is_page_fact)
    except SignError as error:
        line, column, width = yaml_tree.block_line(file.lines, place, number)
        return file.fault(
            "L025",
            str(error),
            None,
            line=line,
            column=column + error.offset,
            width=min(error.width, width),
        )
    return None


def selector_faults(file: RuleFile, node: Node, verb: Verb) -> list[Fault]:
    """Return the selectors of a rule that cannot be used on pages, and the guards that ask about lines of text."""
    faults = []
    value = node.get(verb.KEY)
    for number, selector in enumerate(getattr(verb, "selectors", ())):
        try:
            parser.parse(selector)
        except parser.SelectorError as error:
            place = value.items[number] if value and value.kind == "list" else value
            line, column, width = (
                yaml_tree.block_line(file.lines, place, number)
                if place
                else (node.line, node.column, 1)
            )
            message = f"not a CSS selector that can be used: {error}"
            faults.append(
                file.fault("L015", message, None, line=line, column=column, width=width)
            )
    guards = [
        *(
            when.entries
            if (when := node.get("when")) and when.kind == "mapping"
            else ()
        ),
        *node.entries,
    ]
    for key, _ in guards:
        if key.text in _LINE_GUARDS:
            message = f"{key.text} asks about lines of text, and {verb.KEY} acts before there are any; :not() narrows a selector"
            faults.append(file.fault("L005", message, key))
    return faults

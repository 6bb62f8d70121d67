"""Check the phrases, signs, conditions and selectors of a rule, each at its place in the file.

The type of a verb's field says what its texts are (`verbs/api/values.py`), so a new verb is checked without a change here.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import SignError, condition, sign
from cleaner.features.second_pass import is_article_fact
from cleaner.html.article.feature_names import is_block_feature
from cleaner.html.selectors import parser
from cleaner.rulebook.did_you_mean import did_you_mean
from cleaner.rulebook.loading import yaml_tree
from cleaner.rulebook.loading.schema import editor_name
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.phrase import is_plain, parse
from cleaner.rulebook.phrases.phrase_errors import PhraseError
from cleaner.rulebook.rule import When
from cleaner.verbs import verbs
from cleaner.verbs.api.values import PHRASE_TYPES, Conditions, Selectors, Signs
from cleaner.verbs.api.verb import field_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cleaner.errors import Fault
    from cleaner.rulebook.loading.parse_file import RuleFile
    from cleaner.rulebook.loading.yaml_tree import Node
    from cleaner.rulebook.phrases.phrase import Phrase
    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.rule import Rule
    from cleaner.verbs.api.verb import FactKind, Verb

_LINE_GUARDS = frozenset(
    {*(field.name for field in dataclasses.fields(When)), "except", "exact"}
    - {"max_words", "max_chars"}
)
_KNOWN_FACTS: Mapping[FactKind, Callable[[str], bool]] = {
    "line": is_page_fact,
    "article": is_article_fact,
    "block": is_block_feature,
}


class Written(NamedTuple):
    """A phrase, sign, condition or selector as it is written in a rule file."""

    text: str
    node: Node
    """The scalar that holds it."""
    number: int
    """Its number among the filled lines of the scalar, from 0."""

    def is_folded(self) -> bool:
        """Return whether YAML joins the lines of the scalar into one."""
        style = self.node.style
        return style == ">" or (style != "|" and self.node.height > 1)

    def fault(
        self, file: RuleFile, code: str, message: str, offset: int = 0, width: int = 0
    ) -> Fault:
        """Return a fault at `offset` code points into the text, `width` code points wide; 0: the whole text."""
        line, column, longest = yaml_tree.block_line(file.lines, self.node, self.number)
        return file.fault(
            code,
            message,
            None,
            line=line,
            column=column + offset,
            width=min(width or longest, longest),
        )


def phrase_faults(
    file: RuleFile, node: Node, rule: Rule, vocabulary: Vocabulary
) -> list[Fault]:
    """Return what is wrong with the phrases of a rule: one that does not compile, or captures what is not kept."""
    faults: list[Fault] = []
    for written in _phrases(rule, node):
        if written.is_folded():
            if written.number == 0:
                message = "YAML joins these lines into one: write the phrases in a | block, one a line"
                faults.append(file.fault("L016", message, written.node))
            continue
        if is_plain(written.text):
            continue
        try:
            syntax.pattern(written.text, vocabulary, exact=rule.exact)
            _check_captures(parse(written.text), rule.verb.CAPTURES)
        except PhraseError as error:
            quote = 0 if written.node.style in ("", "|") else 1
            offset = error.offset + quote
            found = written.fault(file, error.code, str(error), offset, error.width)
            faults.append(found)
    return faults


def _check_captures(phrase: Phrase, allowed: Sequence[str]) -> None:
    """Raise PhraseError for a captured field that the verb does not keep."""
    if phrase.is_regex and not allowed:
        return
    for name, offset in phrase.captures:
        if name not in allowed:
            message = f"'{name}' is not a field here{did_you_mean(name, allowed)}{_captures_known(allowed)}"
            raise PhraseError("L014", message, offset, len(name))


def _captures_known(allowed: Sequence[str]) -> str:
    """Return the end of a message: the fields that may be captured, or the verbs that capture any."""
    if allowed:
        return f"; fields are {', '.join(allowed)}"
    capturing = [key for key, verb in verbs().items() if verb.CAPTURES]
    first = ", ".join(capturing[:-1])
    return f": only {first} and {capturing[-1]} keep fields"


def _phrases(rule: Rule, node: Node) -> Iterator[Written]:
    """Yield the phrases of a rule: those of its verb's fields, of `except` and of `near`."""
    for name, kind in field_types(type(rule.verb)).items():
        if kind in PHRASE_TYPES:
            yield from _written(_field_node(rule.verb, node, name))
    yield from _written(node.get("except"))
    when = node.get("when")
    if when:
        yield from _written(when.get("near"))


def _field_node(verb: Verb, node: Node, name: str) -> Node | None:
    """Return the value of a verb's field in the tree of a rule, None where it is left out."""
    value = node.get(verb.KEY)
    if value is None or name == verb.DIRECT:
        return value
    return value.get(editor_name(name))


def _written(value: Node | None) -> Iterator[Written]:
    """Yield the texts of a block or a list. Of a list of pairs it is what each pair finds."""
    if value is None:
        return
    if value.kind == "scalar":
        texts = [line.strip() for line in value.text.split("\n") if line.strip()]
        for number, text in enumerate(texts):
            yield Written(text, value, number)
    for item in value.items:
        scalar = item.get("find") if item.kind == "mapping" else item
        if scalar:
            yield Written(scalar.text, scalar, 0)


def sign_faults(file: RuleFile, node: Node, rule: Rule) -> list[Fault]:
    """Return the signs and conditions of a rule that cannot be read."""
    verb = rule.verb
    faults: list[Fault | None] = []
    when = node.get("when")
    if when:
        conditions = _written(when.get("line"))
        faults += [_condition_fault(file, written) for written in conditions]
    for name, kind in field_types(type(verb)).items():
        texts = _written(_field_node(verb, node, name))
        if kind is Signs:
            known = _KNOWN_FACTS[verb.FACTS.get(name, "line")]
            faults += [_sign_fault(file, written, known) for written in texts]
        if kind is Conditions:
            faults += [
                _condition_fault(file, written)
                for written in texts
                if written.text not in verb.CONDITION_WORDS
            ]
    return [fault for fault in faults if fault]


def _sign_fault(
    file: RuleFile, written: Written, known: Callable[[str], bool]
) -> Fault | None:
    try:
        sign(written.text, known)
    except SignError as error:
        return written.fault(file, "L025", str(error), error.offset, error.width)
    return None


def _condition_fault(file: RuleFile, written: Written) -> Fault | None:
    try:
        condition(written.text, is_page_fact)
    except SignError as error:
        return written.fault(file, "L025", str(error), error.offset, error.width)
    return None


def selector_faults(file: RuleFile, node: Node, verb: Verb) -> list[Fault]:
    """Return the selectors of a rule that cannot be used on pages, and the guards that ask about lines of text."""
    names = [
        name for name, kind in field_types(type(verb)).items() if kind is Selectors
    ]
    faults = []
    for name in names:
        for written in _written(_field_node(verb, node, name)):
            try:
                parser.parse(written.text)
            except parser.SelectorError as error:
                message = f"not a CSS selector that can be used: {error}"
                faults.append(written.fault(file, "L015", message))
    if names:
        faults += _line_guard_faults(file, node, verb)
    return faults


def _line_guard_faults(file: RuleFile, node: Node, verb: Verb) -> Iterator[Fault]:
    """Yield a fault for each guard that asks about lines of text, which do not exist yet."""
    keys = [key for key, _ in node.entries]
    when = node.get("when")
    if when:
        keys = [*(key for key, _ in when.entries), *keys]
    for key in keys:
        if key.text in _LINE_GUARDS:
            message = (
                f"{key.text} asks about lines of text, and {verb.KEY} acts before "
                "there are any; :not() narrows a selector"
            )
            yield file.fault("L005", message, key)

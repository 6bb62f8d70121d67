"""Every phrase of every verb is checked when its rule is loaded, whatever field it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.errors import CleanerError
from cleaner.rulebook.authoring.lint import lint
from cleaner.rulebook.loading.load import load_text
from cleaner.rulebook.loading.schema import editor_name
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.verbs import verbs
from cleaner.verbs.api.values import (
    PHRASE_TYPES,
    TEXT_TYPES,
    Conditions,
    Selectors,
    Signs,
    Swaps,
)
from cleaner.verbs.api.verb import field_types

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
- id: bad.rule
  name: A rule under test
  why: It shows that no phrase is left unchecked.
  category: other
  when: {near: Advertisement}
"""
EXAMPLES = """\
  examples:
  - {before: x, after: y}
  - {unchanged: z}
"""
PHRASE = "Skip 😀 <typo> post"
GOOD = {
    Signs: "-1.2 words at most 3",
    Conditions: "words at most 3",
    Selectors: "aside.related",
    float: "1",
}
PHRASE_FIELDS = [
    (key, name)
    for key, verb in verbs().items()
    for name, kind in field_types(verb).items()
    if kind in PHRASE_TYPES
]
SIGN_FIELDS = [
    (key, name)
    for key, verb in verbs().items()
    for name, kind in field_types(verb).items()
    if kind in (Signs, Conditions)
]


def rule(key: str, name: str, text: str) -> str:
    """Return a rule with a text in one field of its verb, and harmless ones in the fields that must be given."""
    verb = verbs()[key]
    if verb.DIRECT:
        item = f"- find: {text}" if field_types(verb)[name] is Swaps else f"- {text}"
        return f"{HEAD}  {key}:\n  {item}\n{EXAMPLES}"
    rows = []
    for other, kind in field_types(verb).items():
        if other == name:
            rows.append(f"    {editor_name(name)}: |\n      {text}\n")
        elif kind in TEXT_TYPES or kind is float:
            rows.append(f"    {editor_name(other)}: {GOOD.get(kind, 'Some words')}\n")
    return f"{HEAD}  {key}:\n{''.join(rows)}{EXAMPLES}"


@pytest.mark.parametrize(("key", "name"), PHRASE_FIELDS)
class TestAPhrase:
    def test_with_an_unknown_placeholder_is_a_fault_at_its_place(
        self, key: str, name: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "rules.yaml"
        path.write_text(rule(key, name, PHRASE), encoding="utf-8")
        faults = [fault for fault in lint([path]) if fault.severity == "error"]
        assert [(fault.file, fault.code) for fault in faults] == [(str(path), "L011")]
        row = path.read_text(encoding="utf-8").split("\n")[faults[0].line - 1]
        start = faults[0].column - 1
        assert row[start : start + faults[0].width] == "<typo>"

    def test_is_accepted_without_the_mistake(self, key: str, name: str) -> None:
        assert not load_text(rule(key, name, PHRASE.replace("typo", "any"))).faults


@pytest.mark.parametrize(("key", "name"), SIGN_FIELDS)
def test_an_unknown_fact_is_a_fault_at_its_place(key: str, name: str) -> None:
    kind = field_types(verbs()[key])[name]
    text = "-1 wrods at most 3" if kind is Signs else "wrods at most 3"
    source = rule(key, name, text)
    faults = [fault for fault in load_text(source).faults if fault.code == "L025"]
    assert len(faults) == 1
    assert text in source.split("\n")[faults[0].line - 1]


def test_the_edge_of_the_text_is_not_a_condition_of_a_guard() -> None:
    head = HEAD.replace("near: Advertisement", "line: edge")
    (fault,) = load_text(f"{head}  remove_lines: Some words\n{EXAMPLES}").faults
    assert (fault.line, fault.code) == (5, "L025")


def test_a_phrase_that_cannot_be_used_is_an_error_of_the_library() -> None:
    with pytest.raises(CleanerError, match="unknown placeholder"):
        syntax.pattern("<typo>", Vocabulary())

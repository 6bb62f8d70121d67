"""The pages say what is so: rules in them work, and every word of the rule language is explained."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, get_args

import orjson
import pytest

from cleaner.rulebook import rule
from cleaner.rulebook.authoring.examples import prove
from cleaner.rulebook.loading import schema
from cleaner.rulebook.loading.load import default_rules, load_text
from cleaner.rulebook.phrases import syntax

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("README.md", "docs/contributing.md", "docs/how-it-works.md", "docs/rules.md")
_YAML = re.compile(r"^( *)```yaml\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def shown_rules(page: str) -> list[str]:
    """Return the blocks of a page that show whole rules, examples and all."""
    blocks = [textwrap.dedent(found[2]) for found in _YAML.finditer(page)]
    return [block for block in blocks if re.search(r"^- id:", block, re.MULTILINE)]


@pytest.mark.parametrize("name", PAGES)
def test_rules_that_are_shown_load_and_hold(name: str, root: Path) -> None:
    shown = shown_rules((root / name).read_text(encoding="utf-8"))
    assert shown
    for text in shown:
        book = load_text(text).require()
        proofs = list(prove(book))
        assert len(proofs) >= 2
        assert [
            (proof.rule, proof.kind, proof.diff) for proof in proofs if not proof.ok
        ] == []


def words() -> list[str]:
    """Return every word that an editor may write, apart from the verbs."""
    models = (schema.RuleBase, schema.WhenModel, schema.ScopeModel, schema.ExampleModel)
    keys = [
        field.alias or key
        for model in models
        for key, field in model.model_fields.items()
    ]
    choices = [
        word
        for choice in (rule.Status, rule.Confidence, rule.Category, rule.Following)
        for word in get_args(choice)
    ]
    return sorted({*keys, *choices})


@pytest.mark.parametrize("word", words())
def test_the_manual_explains_every_word(word: str, root: Path) -> None:
    manual = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.search(rf"`(?:followed_by: )?{re.escape(word)}(?:`|:)", manual)


def test_the_manual_explains_every_placeholder(root: Path) -> None:
    manual = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    known = syntax.Vocabulary().names
    assert [name for name in known if f"| `<{name}>` |" not in manual] == []


def test_the_schema_that_rule_files_point_to_is_the_real_one(root: Path) -> None:
    pointers = {
        (pack.parent / found[1]).resolve()
        for pack in default_rules().rglob("*.yaml")
        if (
            found := re.match(
                r"# yaml-language-server: \$schema=(\S+)",
                pack.read_text(encoding="utf-8"),
            )
        )
    }
    assert pointers == {root / "docs" / schema.SCHEMA_ID}
    written = orjson.loads((root / "docs" / schema.SCHEMA_ID).read_bytes())
    assert written == schema.json_schema(), (
        "renew it: clean rules schema > docs/rules-1.json"
    )

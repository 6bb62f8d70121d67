"""No module outside `cleaner/verbs/` knows a verb: what is true of a verb is said in its own module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cleaner.verbs import verbs

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for path in (ROOT / "cleaner").rglob("*.py")
    if "verbs" not in path.relative_to(ROOT).parts
)
ALLOWED = {
    "cleaner/learn/propose.py": "proposes rules of two kinds",
    "cleaner/learn/write.py": "writes the YAML of what was proposed",
}
OTHER_MEANINGS = {"lift": r"(?i)\bembeds\b", "replace": r"\b(en|de)code\("}
"""Keys that are also a value of the option `embeds` and a way to treat what cannot be decoded; modules that have these."""


def known_verbs(source: str) -> list[str]:
    """Return the verbs that a module knows by name or imports."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in verbs():
            key = str(node.value)
            other = OTHER_MEANINGS.get(key)
            if not (other and re.search(other, source)):
                found.append(key)
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or "", *(name.name for name in node.names)]
            found += [
                module
                for module in modules
                if module.removeprefix("cleaner.verbs.") in verbs()
                and "verbs" in (node.module or "")
            ]
    return found


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_module_knows_no_verb(path: Path) -> None:
    known = known_verbs(path.read_text(encoding="utf-8"))
    is_allowed = path.relative_to(ROOT).as_posix() in ALLOWED
    assert bool(known) == is_allowed, known


@pytest.mark.parametrize(
    "source",
    (
        'if rule.verb.KEY == "remove_embed": pass',
        "from cleaner.verbs.replace import Replace",
        "from cleaner.verbs import lift",
    ),
)
def test_a_name_is_noticed(source: str) -> None:
    assert known_verbs(source)


@pytest.mark.parametrize(
    "source",
    (
        'text.encode("utf-8", "replace")',
        'Embeds = Literal["lift", "keep"]',
        "from dataclasses import replace",
        '"""`remove_lines` in a docstring."""',
    ),
)
def test_a_word_with_another_meaning_is_not(source: str) -> None:
    assert not known_verbs(source)

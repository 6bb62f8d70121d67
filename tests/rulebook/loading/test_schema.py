"""The JSON Schema that editors complete and check packs with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator

from cleaner.rulebook.loading.schema import is_day, json_schema
from cleaner.verbs import verbs
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema import ValidationError

ROOT = Path(__file__).resolve().parents[3]
PACKS = sorted((ROOT / "rules").rglob("*.yaml"))
SCHEMA = Draft202012Validator(json_schema())


class Loader(yaml.SafeLoader):
    """YAML 1.2, as editors' tools read it: a day is text, and so is the Norwegian language."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - yaml declares it as an attribute of instances
        first: [
            each for each in resolvers if not each[0].endswith((":timestamp", ":bool"))
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|false"), list("tf")
)


def read(text: str) -> object:
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader


def pack(text: str) -> object:
    """Return a list of rules as a pack."""
    return {"rules": read(text)}


def told(instance: object) -> str:
    """Return everything that the schema says against a pack."""

    def leaves(errors: Iterable[ValidationError]) -> Iterator[str]:
        for error in errors:
            yield error.message
            yield from leaves(error.context or ())

    return "\n".join(leaves(SCHEMA.iter_errors(instance)))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    "path", PACKS, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_shipped_pack_is_accepted(path: Path) -> None:
    assert told(read(path.read_text(encoding="utf-8"))) == ""


@pytest.mark.parametrize("key", sorted(verbs()))
def test_every_verb_can_be_completed(key: str) -> None:
    place = json_schema()["$defs"]["Rule"]["properties"][key]  # type: ignore[index]
    assert place["description"]


def test_a_good_rule_is_accepted() -> None:
    assert (
        told(
            pack(
                rule("remove_lines: |\n  One\nwhen: {near: Two}\nexcept: |\n  Three\n")
            )
        )
        == ""
    )
    assert told(pack(rule("remove_block: {from: a, to: [b, c], keep_end: true}"))) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    (
        (rule("remove_blok: |\n  One\n"), "remove_blok"),
        (rule("remove_lines: One\nwhen: {max_char: 3}"), "max_char"),
        (
            rule("remove_lines: One").replace("category: other", "category: sozial"),
            "sozial",
        ),
        (rule("remove_lines: One", status="lively"), "lively"),
        (rule("remove_lines: One", confidence="sure"), "sure"),
        (
            rule("remove_lines: One").replace(
                "  why: It stands here to be tried, and for nothing else.\n", ""
            ),
            "why",
        ),
        (rule("remove_lines: One", name="Bad_Id"), "Bad_Id"),
        (rule("remove_lines: One\nadded: soon"), "soon"),
        (rule("remove_lines: {a: b}"), "is not of type"),
        (rule("remove_block: {from: a}"), "'to' is a required property"),
        (rule("remove_lines: One\nscope: {formats: [pdf]}"), "pdf"),
        (rule("remove_lines: One\nexamples_: []"), "examples_"),
    ),
)
def test_a_broken_rule_is_not(text: str, words: str) -> None:
    assert words in told(pack(text))


@pytest.mark.parametrize(
    "instance", ({}, {"rules": {}}, {"rules": [], "pak": "x"}, [], "rules")
)
def test_what_is_no_pack_is_not(instance: object) -> None:
    assert told(instance) != ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    (
        ("2026-11-22", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2026-2-3", False),
        ("20261122", False),
        ("٢٠٢٦-١١-٢٢", False),
        ("", False),
    ),
)
def test_days(text: str, is_one: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_day(text) is is_one

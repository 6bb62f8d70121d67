"""Options of cleaning: one list, which everything that takes them follows."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

import click
import pytest

from cleaner import Cleaner, CleaningOptions, UsageError
from cleaner.adapters.adapter_options import Options
from cleaner.cli.explain import explain
from cleaner.cli.run_command import run
from cleaner.options import CHOICES, CleaningKeywords
from cleaner.rulebook.engine.policy import APPLIES, SHARE

NAMES = [field.name for field in fields(CleaningOptions)]


def test_choices_and_keywords_are_the_fields() -> None:
    types = get_type_hints(CleaningOptions)
    assert {name: get_args(types[name]) for name in NAMES} == CHOICES
    assert get_type_hints(CleaningKeywords) == types


def test_every_level_has_its_rules_and_its_budget() -> None:
    assert tuple(APPLIES) == tuple(SHARE) == CHOICES["level"]


@pytest.mark.parametrize("command", (run, explain))
@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_one_of_the_command_line(
    command: click.Command, name: str
) -> None:
    options = {option.name: option for option in command.params}
    kind = options[name].type
    assert isinstance(kind, click.Choice)
    assert tuple(kind.choices) == CHOICES[name]
    assert options[name].default == getattr(CleaningOptions(), name)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_part_of_the_fingerprint(name: str) -> None:
    usual = CleaningOptions()
    other = next(value for value in CHOICES[name] if value != getattr(usual, name))
    changed = CleaningOptions.among({**vars(usual), name: other, "rules": ()})
    assert changed.fingerprint() != usual.fingerprint()
    assert CleaningOptions.among(vars(Options(**{name: other}))) == changed  # type: ignore[arg-type]


def test_options_are_one_value_or_keywords_or_both() -> None:
    book = Cleaner.default().rulebook
    bold = CleaningOptions(level="bold", lead="field")
    assert Cleaner(book).options == CleaningOptions()
    assert Cleaner(book, bold).options == bold
    assert Cleaner(book, level="bold", lead="field").options == bold
    assert Cleaner(book, bold, lead="keep").options == CleaningOptions(level="bold")
    assert Cleaner.default(bold).options == bold
    with pytest.raises(TypeError, match="speed"):
        Cleaner(book, speed="high")  # type: ignore[call-arg]


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_value_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} 'wild' is unknown: use "):
        CleaningOptions(**{name: "wild"})  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=f"{name} 'wild' is unknown: use "):
        Options(**{name: "wild"})  # type: ignore[arg-type]

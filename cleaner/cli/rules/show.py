"""`clean rules show`: everything about one rule, for the editor who asks what it does."""

from __future__ import annotations

import dataclasses
import difflib
import textwrap
from typing import TYPE_CHECKING, Unpack

import click

from cleaner.cli.rules.rule_options import BookOptions, book_options, load_book
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import DataclassInstance

    from cleaner.rulebook.rule import Example, Rule

_WIDTH = 100
_ACCOUNT = (
    "category",
    "status",
    "confidence",
    "owner",
    "added",
    "source",
    "replaces",
    "expires",
)


class Options(BookOptions):
    """The options of `clean rules show`."""

    rule_id: str


@click.command()
@click.argument("rule_id", metavar="ID")
@book_options
def show(**options: Unpack[Options]) -> None:
    """Show everything about the rule ID: what it looks for, its guards, its examples before and after."""
    book = load_book(
        options["rules"], options["overrides"], keep_going=options["keep_going"]
    )
    rule = book.get(options["rule_id"])
    if rule is None:
        raise _unknown(options["rule_id"], [rule.id for rule in book.rules])
    for line in render(rule):
        click.echo(line)


def _unknown(rule_id: str, known: list[str]) -> UsageError:
    """Return the error for an id that no rule has, with the ids that resemble it."""
    hint = "clean rules list shows all"
    if close := difflib.get_close_matches(rule_id, known, n=3):
        hint = f"did you mean {' or '.join(close)}?"
    return UsageError(f"no rule {rule_id!r}; {hint}")


def render(rule: Rule) -> Iterator[str]:
    """Yield the lines of a rule's page."""
    yield f"{rule.id}: {rule.name}"
    yield from textwrap.wrap(
        rule.why, _WIDTH, initial_indent="  ", subsequent_indent="  "
    )
    yield ""
    for name in _ACCOUNT:
        if value := getattr(rule, name):
            yield f"  {name:<12}{_plain(value)}"
    yield f"  {'file':<12}{rule.file}:{rule.line}"
    yield from _block("scope", rule.scope, none="everywhere")
    yield from _block(rule.verb.KEY, rule.verb)
    yield from _block("when", rule.when)
    if rule.except_:
        yield from _field("except", rule.except_, "")
    for number, example in enumerate(rule.examples, 1):
        yield from _example(number, example)


def _block(title: str, block: DataclassInstance, none: str = "") -> Iterator[str]:
    """Yield the fields of a dataclass that differ from their defaults, or a line with `none` where no field does."""
    changed = _changed(block)
    if changed:
        yield ""
        yield f"  {title}"
    elif none:
        yield ""
        yield f"  {title:<12}{none}"
    for name, value in changed.items():
        yield from _field(name, value, "  ")


def _changed(block: DataclassInstance) -> dict[str, object]:
    """Return the fields of a dataclass that differ from their defaults and are not empty, by the names in YAML."""
    changed: dict[str, object] = {}
    for field in dataclasses.fields(block):
        value = getattr(block, field.name)
        if value and value != field.default:
            changed[_yaml_name(field)] = value
    return changed


def _yaml_name(field: dataclasses.Field[object]) -> str:
    return field.name.rstrip("_")


def _field(name: str, value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield f"  {indent}{name}: {_plain(value)}"
        return
    yield f"  {indent}{name}:"
    for item in value:
        yield f"  {indent}  {_plain(item)}"


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if not dataclasses.is_dataclass(value):
        return str(value)
    return ", ".join(
        f"{_yaml_name(field)}: {getattr(value, field.name)}"
        for field in dataclasses.fields(value)
    )


def _example(number: int, example: Example) -> Iterator[str]:
    """Yield an example as a text with `-` before what goes and `+` before what is written instead."""
    before = after = example.before.rstrip("\n").split("\n")
    if example.after is not None:
        kind = "before and after"
        after = example.after.rstrip("\n").split("\n")
    elif example.captures:
        kind = "captures"
    else:
        kind = "unchanged"
    yield ""
    yield f"  example {number}: {kind}"
    for line in difflib.ndiff(before, after):
        if not line.startswith("?"):
            yield f"    {line.rstrip()}"
    for field, value in example.captures:
        yield f"    {field} = {value}"

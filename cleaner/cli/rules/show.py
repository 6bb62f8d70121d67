"""`clean rules show`: everything about one rule, for the editor who asks what it does."""

from __future__ import annotations

import dataclasses
import difflib
import textwrap
from typing import TYPE_CHECKING, Any, Unpack

import click

from cleaner.cli.rules.rule_options import BookOptions, book_options, load_book
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        close = difflib.get_close_matches(
            options["rule_id"], [rule.id for rule in book.rules], n=3
        )
        hint = (
            f"; did you mean {' or '.join(close)}?"
            if close
            else "; clean rules list shows all"
        )
        message = f"no rule {options['rule_id']!r}{hint}"
        raise UsageError(message)
    for line in render(rule):
        click.echo(line)


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


def _block(title: str, value: object, none: str = "") -> Iterator[str]:
    """Yield the fields of a dataclass that differ from their defaults."""
    set_fields = [
        (place.name, now)
        for place in dataclasses.fields(value)  # type: ignore[arg-type]
        if (now := _set(value, place))
    ]
    if set_fields or none:
        yield ""
        yield f"  {title}" if set_fields else f"  {title:<12}{none}"
        for name, now in set_fields:
            yield from _field(name.rstrip("_"), now, "  ")


def _set(value: object, place: dataclasses.Field[Any]) -> Any:  # noqa: ANN401 - any field's value
    now = getattr(value, place.name)
    return None if now == place.default else now


def _field(name: str, value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield f"  {indent}{name}: {_plain(value)}"
        return
    yield f"  {indent}{name}:"
    for item in value:
        yield f"  {indent}  {_plain(item)}"


def _plain(value: object) -> str:
    if dataclasses.is_dataclass(value):
        return ", ".join(
            f"{place.name.rstrip('_')}: {getattr(value, place.name)}"
            for place in dataclasses.fields(value)
        )
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _example(number: int, example: Example) -> Iterator[str]:
    """Yield an example as a text with `-` before what goes and `+` before what is written instead."""
    kind = (
        "before and after"
        if example.after is not None
        else "captures"
        if example.captures
        else "unchanged"
    )
    yield ""
    yield f"  example {number}: {kind}"
    before = example.before.rstrip("\n").split("\n")
    after = before if example.after is None else example.after.rstrip("\n").split("\n")
    yield from (
        f"    {line.rstrip()}"
        for line in difflib.ndiff(before, after)
        if not line.startswith("?")
    )
    yield from (f"    {field} = {value}" for field, value in example.captures)

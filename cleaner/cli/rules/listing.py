"""`clean rules list`: one line a rule."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Unpack

import click
import orjson

from cleaner.cli.rules.rule_options import BookOptions, book_options, load_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.rulebook.rule import Rule

_HEAD = ("id", "verb", "category", "status", "confidence", "languages", "first phrase")
_PHRASE = 72


class Options(BookOptions):
    """The options of `clean rules list`."""

    category: str | None
    status: str | None
    lang: str | None
    as_json: bool


@click.command("list")
@click.option("--category", metavar="NAME", help="Only rules of this category.")
@click.option(
    "--status",
    type=click.Choice(["draft", "watch", "live", "retired"]),
    help="Only rules of this status.",
)
@click.option(
    "--lang",
    metavar="CODE",
    help="Only rules that act on this language (those for all languages too).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@book_options
def list_rules(**options: Unpack[Options]) -> None:
    """List the rules: id, verb, category, status, confidence, languages, first phrase."""
    book = load_book(
        options["rules"], options["overrides"], keep_going=options["keep_going"]
    )
    chosen = [rule for rule in book.rules if _wanted(rule, options)]
    if options["as_json"]:
        click.echo(
            orjson.dumps(
                [dict(zip(_HEAD, _cells(rule), strict=True)) for rule in chosen],
                option=orjson.OPT_INDENT_2,
            )
        )
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in table([_HEAD, *map(_cells, chosen)], width):
        click.echo(line)
    click.echo(f"{len(chosen)} of {len(book.rules)} rules", err=True)


def _wanted(rule: Rule, options: Options) -> bool:
    languages = rule.scope.languages
    return (
        options["category"] in {None, rule.category}
        and options["status"] in {None, rule.status}
        and (options["lang"] is None or not languages or options["lang"] in languages)
    )


def _cells(rule: Rule) -> tuple[str, ...]:
    phrase = next(
        (phrase for role in rule.verb.roles() for phrase in role.phrases), ""
    )[:_PHRASE]
    languages = " ".join(rule.scope.languages) or "all"
    return (
        rule.id,
        rule.verb.KEY,
        rule.category,
        rule.status,
        rule.confidence,
        languages,
        phrase,
    )


def table(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Yield rows as aligned lines, cut to `width` columns.

    >>> list(table([("id", "verb"), ("a.long-one", "lift")], None))
    ['id          verb', 'a.long-one  lift']
    """
    sizes = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(
            cell.ljust(size) for cell, size in zip(row, sizes, strict=True)
        ).rstrip()
        yield line if width is None or len(line) <= width else line[: width - 1] + "…"

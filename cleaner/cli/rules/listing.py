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
    chosen = [rule for rule in book.rules if _is_wanted(rule, options)]
    rows = [_cells(rule) for rule in chosen]
    if options["as_json"]:
        objects = [dict(zip(_HEAD, row, strict=True)) for row in rows]
        shown = orjson.dumps(objects, option=orjson.OPT_INDENT_2)
        click.echo(shown)
        return
    width = None
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
    for line in table([_HEAD, *rows], width):
        click.echo(line)
    click.echo(f"{len(chosen)} of {len(book.rules)} rules", err=True)


def _is_wanted(rule: Rule, options: Options) -> bool:
    if options["category"] not in {None, rule.category}:
        return False
    if options["status"] not in {None, rule.status}:
        return False
    language = options["lang"]
    languages = rule.scope.languages
    if language is None or not languages:
        return True
    return language in languages


def _cells(rule: Rule) -> tuple[str, ...]:
    phrases = (phrase for role in rule.verb.roles() for phrase in role.phrases)
    first_phrase = next(phrases, "")
    languages = " ".join(rule.scope.languages) or "all"
    return (
        rule.id,
        rule.verb.KEY,
        rule.category,
        rule.status,
        rule.confidence,
        languages,
        first_phrase[:_PHRASE],
    )


def table(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Yield rows as aligned lines, cut to `width` columns.

    >>> list(table([("id", "verb"), ("a.long-one", "lift")], None))
    ['id          verb', 'a.long-one  lift']
    """
    columns = zip(*rows, strict=True)
    sizes = [max(map(len, column)) for column in columns]
    for row in rows:
        cells = map(str.ljust, row, sizes)
        line = "  ".join(cells).rstrip()
        if width is not None and len(line) > width:
            line = line[: width - 1] + "…"
        yield line

"""`clean explain`: one article, with everything that would go and why."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
import orjson

from cleaner.batch.plan import make_plan
from cleaner.cli.shared_options import Common, cleaner_of, common, reading_of
from cleaner.errors import SourceError, UsageError
from cleaner.io.readers import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.io.readers import Record
    from cleaner.model import Explanation

_EPILOG = """\b
Examples:
  clean explain article.txt --line-numbers
  clean explain day.jsonl --record 17         the record in line 17
  clean explain day.jsonl --record story-4    the record with this id
  clean explain crawl.warc.gz --record 17     the 17th record of a web archive
  clean explain article.txt --json | jq .article.removals

Without colour a removed line has a - before it, and a removed part is written [-so-]."""


class Options(Common):
    """The options of `clean explain`."""

    file: str
    record: str | None
    line_numbers: bool
    as_json: bool
    width: int | None
    full: bool
    color: bool | None


@click.command(epilog=_EPILOG)
@click.argument("file")
@click.option(
    "--record",
    metavar="N|ID",
    help="Which record of a file of records: its line, its number in an archive, or its id. Default: the first.",
)
@click.option("-n", "--line-numbers", is_flag=True, help="Number the lines.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the repaired text and the record as JSON.",
)
@click.option(
    "--width",
    type=click.IntRange(min=20),
    metavar="N",
    help="Columns to fill. Default: the terminal's.",
)
@click.option("--full", is_flag=True, help="Show long removals whole.")
@click.option(
    "--color/--no-color",
    default=None,
    help="Colour or not. Default: on a terminal, unless NO_COLOR is set.",
)
@common
def explain(**options: Unpack[Options]) -> None:
    """Show what would be removed from FILE (- for standard input), and which rule says so.

    Below the article: rules that almost fired and what stopped them, watch rules, facts and where they came from, repairs.
    """
    record = _record(options)
    explanation = cleaner_of(options).explain_source(record.source)
    if options["as_json"]:
        click.echo(orjson.dumps(_json(explanation), option=orjson.OPT_INDENT_2))
        return
    from cleaner.cli.explain_paint import paint  # noqa: PLC0415 - rich, which JSON does not need

    color = options["color"]
    if color is None and os.environ.get("NO_COLOR"):
        color = False
    paint(
        explanation,
        sys.stdout,
        width=options["width"],
        numbers=options["line_numbers"],
        full=options["full"],
        color=color,
    )


def _json(explanation: Explanation) -> dict[str, object]:
    return {"text": explanation.text, "article": explanation.article.to_dict()}


def _record(options: Options) -> Record:
    """Return the document to explain. Raises `UsageError` where there is none, `SourceError` where it is broken."""
    if Path(options["file"]).is_dir():
        message = f"{options['file']} is a folder; name one file in it"
        raise UsageError(message)
    plan = make_plan((options["file"],), input_format=options["input_format"])
    source_file = plan.inputs[0]
    wanted = options["record"]
    records = read_all(source_file, reading_of(options))
    record = next(_chosen(records, wanted), None)
    if record is None:
        missing = f"no record {wanted}" if wanted else "it holds no record"
        raise UsageError(f"{source_file.id}: {missing}")
    if record.number is not None and wanted is None:
        message = f"clean: this is record {record.number}; --record N shows another"
        click.echo(message, err=True)
    if record.passed is not None:
        message = f"{record.source.id}: {record.passed.message}"
        raise UsageError(message)
    if record.error is not None:
        error = record.error
        raise SourceError(
            f"{record.source.id}: {error}",
            reason=error.reason,
            stage=error.stage,
            offset=error.offset,
        )
    return record


def _chosen(records: Iterator[Record], wanted: str | None) -> Iterator[Record]:
    """Yield the records with a number or id, or all that are documents where none is wanted."""
    for record in records:
        if wanted is None:
            is_chosen = record.passed is None
        else:
            is_chosen = wanted in {str(record.number), record.source.id}
        if is_chosen:
            yield record

"""`clean retry`: the last run of an output folder once more, for what was rejected."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from cleaner.cli.run_command import run
from cleaner.cli.shared_options import size
from cleaner.cli.status import manifest_of
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--reason",
    multiple=True,
    metavar="CODE",
    help="Only what was rejected for this reason. Repeatable.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Another limit of time. 0: none.",
)
@click.option(
    "--max-memory", type=size, metavar="SIZE", help="Another limit of memory."
)
@click.option("--max-bytes", type=size, metavar="SIZE", help="Another limit of size.")
@click.pass_context
def retry(
    ctx: click.Context, /, output: Path, reason: tuple[str, ...], **limits: float | None
) -> None:
    """Do once more what the last run into OUT rejected, as it was asked for then: the same inputs, rules and options.

    What is clean stays as it is, unless the rules or the documents have changed.
    """
    with closing(manifest_of(output)) as manifest:
        runs = manifest.runs()
        rejected = manifest.rejected(reason)
        if not rejected or not runs:
            reasons = f" for {', '.join(reason)}" if reason else ""
            click.echo(f"nothing was rejected{reasons}")
            return
        order = orjson.loads(runs[0].order)
        if "-" in order["options"]["sources"]:
            message = f"{output}: the last run read standard input, which cannot be read again; the rejects are in rejects/"
            raise UsageError(message)
        manifest.forget(row.key for row in rejected)
    os.chdir(order["folder"])  # the paths are relative to it
    ctx.invoke(run, **_options(order["options"], limits))


def _options(
    stored: dict[str, Any], limits: Mapping[str, float | None]
) -> dict[str, Any]:
    """Return the options of the last run with other limits, as `clean run` takes them."""
    changed = {name: limit for name, limit in limits.items() if limit is not None}
    options = {**stored, **changed, "force": False}
    for name, value in options.items():
        if isinstance(value, list):
            options[name] = tuple(value)
    if options["state"]:
        options["state"] = Path(options["state"])
    return options

"""`clean retry`: the last run of an output folder once more, for what was rejected."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click
import orjson

from cleaner.cli.run_command import run
from cleaner.cli.shared_options import size
from cleaner.cli.status import manifest_of
from cleaner.errors import UsageError


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
        runs, rejected = manifest.runs(), manifest.rejected(reason)
        if not rejected or not runs:
            click.echo(
                "nothing was rejected" + (f" for {', '.join(reason)}" if reason else "")
            )
            return
        order = orjson.loads(runs[0].order)
        if "-" in order["options"]["sources"]:
            message = f"{output}: the last run read standard input, which is gone; what was rejected lies in rejects/"
            raise UsageError(message)
        manifest.forget(row.key for row in rejected)
    asked = {
        **order["options"],
        **{name: value for name, value in limits.items() if value is not None},
        "force": False,
    }
    asked["state"] = asked["state"] and Path(asked["state"])
    os.chdir(order["folder"])  # paths are written as they were then
    ctx.invoke(
        run,
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in asked.items()
        },
    )

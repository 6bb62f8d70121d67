"""`clean status`: what an output folder holds, from its manifest alone."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from cleaner.batch.lock import STATE
from cleaner.batch.manifest import FILE, Manifest
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.batch.manifest import Run

_ENDED = {
    "done": "went through",
    "stopped": "was stopped; run the same command again, and it goes on",
    "failed": "could not go on; run the same command again when the cause is gone",
    "killed": "was killed; run the same command again, and it goes on",
    "running": "is at work, or was killed",
}


@click.command()
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(output: Path, *, as_json: bool) -> None:
    """Say what the output folder OUT holds: documents clean and rejected, and how the last run ended."""
    with closing(manifest_of(output)) as manifest:
        runs, counts, reasons = manifest.runs(), manifest.counts(), manifest.reasons()
    if as_json:
        found = {
            "clean": counts.get("clean", 0),
            "rejected": counts.get("rejected", 0),
            "reasons": reasons,
        }
        shown = [{**run._asdict(), "order": orjson.loads(run.order)} for run in runs]
        click.echo(orjson.dumps({**found, "runs": shown}, option=orjson.OPT_INDENT_2))
        return
    for line in _lines(output, runs, counts, reasons):
        click.echo(line)


def _lines(
    output: Path, runs: list[Run], counts: Mapping[str, int], reasons: Mapping[str, int]
) -> Iterator[str]:
    yield f"{counts.get('clean', 0):,} clean, {counts.get('rejected', 0):,} rejected, in {len(runs)} run{'s' * (len(runs) != 1)}"
    if runs:
        when = datetime.fromtimestamp(runs[0].started, tz=UTC).strftime(
            "%Y-%m-%d %H:%M:%S UTC"
        )
        took = (
            f" took {runs[0].ended - runs[0].started:,.1f} s and"
            if runs[0].ended
            else ""
        )
        yield f"the last one, of {when},{took} {_ENDED[runs[0].state]}"
    yield from (f"  {count:>7,}  {reason}" for reason, count in reasons.items())
    if reasons:
        yield f"what was rejected: rejects.jsonl in the state folder; once more: clean retry {output}"


def manifest_of(output: Path) -> Manifest:
    """Return the manifest of an output folder, or of a folder for state. Raises `UsageError` where there is none."""
    path = next(
        (path for path in (output / STATE / FILE, output / FILE) if path.is_file()),
        None,
    )
    if path is None:
        message = f"{output}: no run has written here (there is no {STATE}/{FILE})"
        raise UsageError(message)
    return Manifest(path)

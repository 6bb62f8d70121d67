"""`clean status`: what an output folder holds, from its manifest alone."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson

from cleaner.batch.lock import STATE
from cleaner.batch.manifest import FILE, Manifest
from cleaner.errors import UsageError
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cleaner.batch.manifest import Run

_ENDED = {
    "done": "finished",
    "stopped": "was stopped; run the same command again to continue it",
    "failed": "failed; run the same command again when the cause is gone",
    "killed": "was killed; run the same command again to continue it",
    "running": "is still running, or was killed",
}


@click.command()
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(output: Path, *, as_json: bool) -> None:
    """Say what the output folder OUT holds: documents clean and rejected, and how the last run ended."""
    with closing(manifest_of(output)) as manifest:
        contents = _Contents.of(manifest)
    if as_json:
        shown = orjson.dumps(contents.to_dict(), option=orjson.OPT_INDENT_2)
        click.echo(shown)
        return
    for line in _lines(output, contents):
        click.echo(line)


class _Contents(NamedTuple):
    """What a manifest says of an output folder."""

    clean: int
    rejected: int
    reasons: Mapping[str, int]
    runs: Sequence[Run]

    @classmethod
    def of(cls, manifest: Manifest) -> _Contents:
        counts = manifest.counts()
        return cls(
            clean=counts.get("clean", 0),
            rejected=counts.get("rejected", 0),
            reasons=manifest.reasons(),
            runs=manifest.runs(),
        )

    def to_dict(self) -> dict[str, object]:
        runs = []
        for run in self.runs:
            order = orjson.loads(run.order)
            runs.append({**run._asdict(), "order": order})
        return {**self._asdict(), "runs": runs}


def _lines(output: Path, contents: _Contents) -> Iterator[str]:
    clean, rejected, reasons, runs = contents
    count = plural(len(runs), "run")
    yield f"{clean:,} clean, {rejected:,} rejected, in {count}"
    if runs:
        yield _last_run(runs[0])
    for reason, number in reasons.items():
        yield f"  {number:>7,}  {reason}"
    if reasons:
        yield f"the rejects are in rejects.jsonl in the state folder; try them again: clean retry {output}"


def _last_run(run: Run) -> str:
    """Return when a run took place and how it ended."""
    started = datetime.fromtimestamp(run.started, tz=UTC)
    when = started.strftime("%Y-%m-%d %H:%M:%S UTC")
    ending = _ENDED[run.state]
    if run.ended:
        seconds = run.ended - run.started
        ending = f"took {seconds:,.1f} s and {ending}"
    return f"the last one, of {when}, {ending}"


def manifest_of(output: Path) -> Manifest:
    """Return the manifest of an output folder, or of a folder for state. Raises `UsageError` where there is none."""
    for path in (output / STATE / FILE, output / FILE):
        if path.is_file():
            return Manifest(path)
    message = f"{output}: no run has written here (there is no {STATE}/{FILE})"
    raise UsageError(message)

"""What a run prints while it runs, and at its end: a progress bar on a terminal, plain lines elsewhere, or JSON."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
import orjson

from cleaner.batch.run import Silent
from cleaner.io.file_names import printable
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress, TaskID

    from cleaner.batch.discover import Skipped
    from cleaner.batch.manifest import Manifest
    from cleaner.batch.plan import Plan
    from cleaner.batch.rejects import Reject
    from cleaner.batch.rendered import Made
    from cleaner.batch.report import Report
    from cleaner.batch.run import Listener
    from cleaner.io.readers import Record

_EVERY = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutput:
    """What a run prints about itself, and where."""

    quiet: bool
    json_log: bool
    to_stderr: bool
    """Whether standard output carries articles, so that everything else goes to standard error."""

    def resume(self, manifest: Manifest) -> None:
        """Print that this run continues one that ended too early."""
        last = next(iter(manifest.runs()), None)
        if last is None or last.state == "done" or self.quiet or self.json_log:
            return
        done = plural(sum(manifest.counts().values()), "document")
        click.echo(
            f"clean: continuing the last run, with {done} done already (--force starts again)",
            err=True,
        )

    def finish(self, report: Report, code: int, lines: Iterable[str]) -> None:
        """Print how it went."""
        if self.json_log:
            log(
                event="finish",
                exit=code,
                **report.to_dict(),
            )
        elif not self.quiet:
            for line in lines:
                click.echo(line, err=self.to_stderr)


@contextmanager
def listening(output: RunOutput, plan: Plan) -> Iterator[Listener]:
    """Yield the listener of a run."""
    if output.json_log:
        inputs, skipped = len(plan.inputs), len(plan.skipped)
        log(
            event="start",
            inputs=inputs,
            skipped=skipped,
            bytes=plan.size,
        )
        yield JsonLog()
    elif output.quiet:
        yield Silent()
    elif sys.stderr.isatty() and not (output.to_stderr and sys.stdout.isatty()):
        with _bar() as progress:
            yield Bar(progress, plan)
    else:
        yield Plain()


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    counts = TextColumn(
        "{task.fields[documents]} clean, {task.fields[rejects]} rejected"
    )
    columns = (BarColumn(), counts, TransferSpeedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Plain(Silent):
    """Prints every reject when it happens, and the count of articles now and then."""

    def __init__(self) -> None:
        self._documents = 0

    def cleaned(self, record: Record, made: Made) -> None:  # noqa: ARG002
        """Count, and print the count every thousand articles."""
        self._documents += 1
        if self._documents % _EVERY == 0:
            click.echo(f"clean: {self._documents:,} articles", err=True)

    def rejected(self, record: Record, reject: Reject) -> None:  # noqa: ARG002
        """Print what was rejected and why."""
        name, message = printable(reject.id), printable(reject.message)
        click.echo(f"clean: rejected {name}: {message}", err=True)


class JsonLog:
    """Writes one JSON object for each document on standard error."""

    def skipped(self, entry: Skipped) -> None:
        """Log something that will not be read."""
        log(event="skipped", id=entry.id, reason=entry.reason, message=entry.message)

    def cleaned(self, record: Record, made: Made) -> None:
        """Log an article."""
        log(
            event="clean",
            id=made.id,
            source=record.input.origin,
            offset=record.offset,
            removals=made.account.removals,
            flags=list(made.account.flags),
            **made.account.stats,
        )

    def rejected(self, record: Record, reject: Reject) -> None:  # noqa: ARG002
        """Log a reject."""
        log(
            event="rejected",
            id=reject.id,
            source=reject.source,
            offset=reject.offset,
            stage=reject.stage,
            reason=reject.reason,
            message=reject.message,
            sha256=reject.sha256,
        )


class Bar(Silent):
    """Moves a progress bar by the bytes that were read."""

    def __init__(self, progress: Progress, plan: Plan) -> None:
        self._progress = progress
        self._documents = self._rejects = 0
        total = plan.size or None
        self._task: TaskID = progress.add_task(
            "",
            total=total,
            documents=0,
            rejects=0,
        )

    def cleaned(self, record: Record, made: Made) -> None:  # noqa: ARG002
        """Count an article."""
        self._documents += 1
        self._move(len(record.raw))

    def rejected(self, record: Record, reject: Reject) -> None:  # noqa: ARG002
        """Count a reject."""
        self._rejects += 1
        self._move(reject.bytes)

    def _move(self, size: int) -> None:
        self._progress.update(
            self._task, advance=size, documents=self._documents, rejects=self._rejects
        )


def log(**event: object) -> None:
    """Write one event as a line of JSON on standard error."""
    click.echo(orjson.dumps(event), err=True)

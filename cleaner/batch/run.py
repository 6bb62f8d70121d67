"""Run a plan: read, clean, write, count. One document after the other, in the order of the plan.

    plan ──read──▶ record ──attempt──▶ outcome ──settle──▶ sink or rejects, report

`attempt` is the only step that costs time and the only one that worker processes would take over: it needs a record
and gives an outcome, and touches nothing else.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import orjson

from cleaner.batch.walk import Skipped
from cleaner.errors import SourceError
from cleaner.io import files
from cleaner.io.readers import read_all
from cleaner.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.plan import Plan
    from cleaner.batch.rejects import Reject, Rejects
    from cleaner.batch.report import Report
    from cleaner.batch.sinks import Sink
    from cleaner.io.readers import Reading, Record
    from cleaner.model import Article, Source


class CleansSources(Protocol):
    """What a run needs of a `Cleaner`."""

    def clean_source(self, source: Source) -> Article:
        """Clean one document. Raises `SourceError`."""


class Listener(Protocol):
    """Somebody who wants to hear how a run goes."""

    def skipped(self, entry: Skipped) -> None:
        """Hear of something that will not be read."""

    def cleaned(self, record: Record, article: Article) -> None:
        """Hear of a clean article."""

    def rejected(self, record: Record, reject: Reject) -> None:
        """Hear of a document that could not be cleaned."""


class Stop:
    """A request to end the run after the document in hand.

    Whoever handles signals sets `signal`. Where `busy` is false nothing is in hand (the run waits for input), and
    raising KeyboardInterrupt ends it without loss; where it is true that stops at once, and what was not committed is
    dropped.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self.busy = False


def run(  # noqa: PLR0913 - what, from where, to where, and who hears of it
    cleaner: CleansSources,
    plan: Plan,
    *,
    sink: Sink,
    rejects: Rejects,
    listener: Listener,
    reading: Reading,
    stop: Stop,
    report: Report,
    limit: int | None = None,
) -> None:
    """Clean every document of the plan, counting in `report`, which is right whatever is raised.

    Raises `OutputError` where results cannot be written. Whatever is raised, no temporary file stays behind.
    """
    job = _Job(cleaner, sink, rejects, listener, report)
    try:
        for entry in plan.skipped:
            job.skip(entry)
        _work(job, plan, reading, stop, limit)
        sink.commit()
        rejects.commit()
    except BaseException:
        sink.abort()
        rejects.abort()
        report.complete = False
        raise
    finally:
        report.clean, report.rejected = sink.written, rejects.count


class _Job(NamedTuple):
    """What every document of a run passes through."""

    cleaner: CleansSources
    sink: Sink
    rejects: Rejects
    listener: Listener
    report: Report

    def skip(self, entry: Skipped) -> None:
        self.report.add_skipped(entry)
        self.listener.skipped(entry)

    def settle(self, record: Record) -> None:
        """Put one document among the clean or the rejected."""
        outcome = attempt(self.cleaner, record)
        if outcome.article is not None:
            self.sink.put(record, outcome.article)
            self.report.add_article(outcome.article)
            self.listener.cleaned(record, outcome.article)
        elif isinstance(outcome.error, SourceError):
            reject = self.rejects.add(record, outcome.error)
            self.report.add_reject(reject)
            self.listener.rejected(record, reject)


def _work(job: _Job, plan: Plan, reading: Reading, stop: Stop, limit: int | None) -> None:
    taken = 0
    try:
        for record in _records(job, plan, reading):
            stop.busy = True
            if record.passed is not None:
                job.skip(Skipped(id=record.source.id, reason=record.passed.reason, message=record.passed.message))
            else:
                taken += 1
                job.report.read += 1
                job.settle(record)
            if stop.signal is not None or taken == limit:
                break
            stop.busy = False
        job.report.complete = stop.signal is None and taken != limit
    except KeyboardInterrupt:
        if stop.busy:
            raise
        job.report.complete = False
    stop.busy = True


def _records(job: _Job, plan: Plan, reading: Reading) -> Iterator[Record]:
    """Yield the documents of all inputs; an input without any is skipped, and counted."""
    for place in plan.inputs:
        empty = True
        for record in read_all(place, reading):
            empty = False
            yield record
        if empty:
            job.skip(Skipped(id=place.id, reason="empty", message="a file of records without a record"))


def attempt(cleaner: CleansSources, record: Record) -> Outcome:
    """Clean one document. A fault in this program is an outcome too: it costs one document, not the run."""
    if record.error is not None:
        return Outcome(source=record.source, error=record.error)
    try:
        return Outcome(source=record.source, article=cleaner.clean_source(record.source))
    except SourceError as error:
        return Outcome(source=record.source, error=error)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is recorded with its place and the run goes on
        return Outcome(source=record.source, error=_crash(error))


def _crash(error: Exception) -> SourceError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno}); please report this"
    return SourceError(message, reason="crashed", stage="clean")


def save(report: Report, folder: Path) -> Path:
    """Write the report as `report.json` into the folder for state, and return its path."""
    path = folder / "report.json"
    files.make_folder(folder)
    files.write(path, orjson.dumps(report.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return path

"""Run a plan: read, clean, write, count; in the order of the plan.

    plan ──read──▶ Work ──clean──▶ answer ──settle──▶ sink or rejects, report ──flush──▶ manifest

Cleaning is the only step that costs time: it is done here, or by a pool of worker processes, and changes nothing else. What
the manifest knows from an earlier run is not cleaned again. `flush` is the one place where results become safe: first
the sink gives them their names, then the manifest records them, for many documents at once.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.batch.clean_one import Answer, CleansSources, attempt, crash_of
from cleaner.batch.discover import Skipped
from cleaner.batch.manifest import Row, digest_of
from cleaner.batch.part_files import Placed
from cleaner.batch.report import UNCHANGED, Report
from cleaner.errors import CleanerError, SourceError
from cleaner.io.inputs import failed
from cleaner.io.readers import read_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.batch.manifest import Manifest
    from cleaner.batch.plan import Plan
    from cleaner.batch.rejects import Kept, Reject, Rejects
    from cleaner.batch.rendered import Made, Rendering
    from cleaner.batch.sinks import Sink
    from cleaner.batch.workers.pool import Pool
    from cleaner.io.readers import Input, Reading, Record
    from cleaner.model import Source

FLUSH_SECONDS = 5.0
FLUSH_DOCUMENTS = 256
"""Results become safe after this much time or this many documents, where the sink allows it."""


class Listener(Protocol):
    """What follows the progress of a run."""

    def skipped(self, entry: Skipped) -> None:
        """Take note of something that will not be read."""

    def cleaned(self, record: Record, made: Made) -> None:
        """Take note of a clean article."""

    def rejected(self, record: Record, reject: Reject) -> None:
        """Take note of a document that could not be cleaned."""


class Silent:
    """A listener that ignores everything."""

    def skipped(self, entry: Skipped) -> None:
        """Do nothing."""

    def cleaned(self, record: Record, made: Made) -> None:
        """Do nothing."""

    def rejected(self, record: Record, reject: Reject) -> None:
        """Do nothing."""


class Stop:
    """A request to end the run after the documents in hand.

    The signal handler sets `signal`. While `busy` is false no document is in hand (the run waits for input), and
    KeyboardInterrupt ends the run without loss. While it is true, KeyboardInterrupt stops at once, and what was not
    committed is lost.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self.busy = False


class Ledger(NamedTuple):
    """The manifest that remembers the run for the next one."""

    manifest: Manifest
    made_by: bytes
    """Hash of the rules, the version and the options."""
    force: bool = False
    """Whether everything is cleaned again."""


@dataclass(frozen=True, slots=True)
class Work:
    """One document on its way through a run."""

    record: Record
    key: str
    digest: bytes = b""
    row: Row | None = None
    """The result of an earlier run for the same document and the same rules: it is not cleaned again."""
    line: bytes = b""
    kept: Kept | None = None
    """The bytes of a document that is too large, stored already."""
    name: str = ""
    """The name of its output files, if it has files of its own."""

    @property
    def source(self) -> Source | None:
        """The source to clean, None where the outcome is known already."""
        if self.record.error or self.record.passed or self.row:
            return None
        return self.record.source


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """What a run reads with, writes to and reports to."""

    sink: Sink
    rejects: Rejects
    reading: Reading
    report: Report = field(default_factory=Report)
    listener: Listener = field(default_factory=Silent)
    stop: Stop = field(default_factory=Stop)
    limit: int | None = None
    """Documents after which the run ends."""
    ledger: Ledger | None = None
    """Where the results of earlier runs are known from, None where every document is cleaned."""
    pool: Pool[Work] | None = None
    """Worker processes that clean, None where this process does."""


def run(cleaner: CleansSources, plan: Plan, context: RunContext) -> None:
    """Clean every document of the plan, counting in the report, which is right whatever is raised.

    Raise OutputError where results cannot be written. Whatever is raised, no temporary file is left behind.
    """
    sink, rejects = context.sink, context.rejects
    report, pool = context.report, context.pool
    job = _Job(context)
    try:
        for entry in plan.skipped:
            job.skip(entry)
        works = _Works(job, plan, context)
        if pool:
            answers = pool.answers(works, sink.rendering)
        else:
            answers = _answers_here(cleaner, works, sink.rendering)
        for work, answer in answers:
            job.settle(work, answer)
        report.complete = works.complete
        job.finish()
    except BaseException:
        sink.abort()
        rejects.abort()
        report.complete = False
        raise
    finally:
        if pool:
            pool.close()
        report.clean, report.rejected = sink.written, rejects.count


def _answers_here(
    cleaner: CleansSources, works: Iterable[Work], rendering: Rendering
) -> Iterator[tuple[Work, Answer[Made] | None]]:
    """Clean in this process."""
    for work in works:
        source = work.source
        yield work, attempt(cleaner, source, rendering) if source else None


class _Works:
    """The documents of a plan, as they are asked for."""

    def __init__(self, job: _Job, plan: Plan, context: RunContext) -> None:
        self.complete = True
        self._job = job
        self._plan = plan
        self._reading = context.reading
        self._stop = context.stop
        self._limit = context.limit
        self._has_workers = context.pool is not None

    def __iter__(self) -> Iterator[Work]:
        stop = self._stop
        stop.busy = self._has_workers  # workers are busy while this process reads
        try:
            yield from self._until_stopped()
        except KeyboardInterrupt:
            if stop.busy:
                raise
            self.complete = False
        stop.busy = True

    def _until_stopped(self) -> Iterator[Work]:
        """Yield documents until the run is asked to stop, or has taken as many as its limit."""
        stop, taken = self._stop, 0
        for work in self._all():
            stop.busy = True
            if work.record.passed is None:
                taken += 1
            yield work
            if stop.signal is not None or taken == self._limit:
                self.complete = False
                return
            stop.busy = self._has_workers

    def _all(self) -> Iterator[Work]:
        """Yield the documents of all inputs; an input without any is skipped, and counted."""
        seen: Counter[str] = Counter()
        for source_file in self._plan.inputs:
            seen[source_file.id] += 1
            times = seen[source_file.id]
            again = f"\n{times}" if times > 1 else ""
            is_empty = True
            for record in self._records(source_file):
                is_empty = False
                number = "" if record.number is None else f"#{record.number}"
                yield self._job.look_up(record, f"{source_file.id}{number}{again}")
            if is_empty:
                message = "a file of records without a record"
                entry = Skipped(id=source_file.id, reason="empty", message=message)
                self._job.skip(entry)

    def _records(self, source_file: Input) -> Iterator[Record]:
        """Yield the documents of an input; a fault of this program in reading it ends that input, not the run."""
        try:
            yield from read_all(source_file, self._reading)
        except Exception as error:  # noqa: BLE001 - it is recorded with its place
            yield failed(source_file, crash_of(error, "read"))


class _Job:
    """What every document of a run passes through."""

    def __init__(self, context: RunContext) -> None:
        self._sink = context.sink
        self._rejects = context.rejects
        self._listener = context.listener
        self._report = context.report
        self._ledger = context.ledger
        self._rows: list[Row] = []
        self._flushed = time.monotonic()

    def skip(self, entry: Skipped) -> None:
        """Count something that is not cleaned."""
        self._report.add_skipped(entry)
        self._listener.skipped(entry)

    def look_up(self, record: Record, key: str) -> Work:
        """Return a document with the result that an earlier run has for it."""
        name = "" if record.passed else self._sink.reserve(record)
        if record.error or record.passed or self._ledger is None:
            kept = None
            if record.chunks is not None:  # stored before the reader goes on
                kept = self._rejects.keep(record)
            return Work(
                record,
                key,
                kept=kept,
                name=name,
            )
        digest = digest_of(record.source)
        row = self._known(self._ledger, key, digest)
        line = self._line_of(row, name) if row else None
        if line is None:
            return Work(record, key, digest, name=name)
        return Work(record, key, digest, row, line, name=name)

    def _known(self, ledger: Ledger, key: str, digest: bytes) -> Row | None:
        """Return the row of an earlier run for the same document and the same rules."""
        if ledger.force:
            return None
        row = ledger.manifest.get(key)
        if row is None or row.digest != digest:
            return None
        if row.made_by != ledger.made_by:
            return None
        return row

    def _line_of(self, row: Row, name: str) -> bytes | None:
        """Return the stored result of a row, None where it is gone; a reject has its details in the manifest."""
        if row.status == "clean":
            return self._sink.recall(row, name)
        return b"" if row.detail else None

    def settle(self, work: Work, answer: Answer[Made] | None) -> None:
        """Put one document among the clean, the skipped or the rejected."""
        record, row = work.record, work.row
        if record.passed is not None:
            reason, message = record.passed.reason, record.passed.message
            entry = Skipped(id=record.source.id, reason=reason, message=message)
            self.skip(entry)
            return
        if row is not None and row.status == "clean":
            self._keep_unchanged(work, row)
        elif answer is not None and answer.made is not None:
            self._report.read += 1
            self._clean(work, answer.made, answer.seconds)
        else:
            self._report.read += 1
            error = answer.error if answer else record.error
            self._reject(work, error if isinstance(error, SourceError) else None)
        if self._sink.full or (self._sink.any_time and self._is_time()):
            self.flush()

    def _keep_unchanged(self, work: Work, row: Row) -> None:
        """Keep the result of an earlier run."""
        placed = self._sink.keep(row, work.line)
        if not self._sink.any_time:
            self._rows.append(row._replace(**placed._asdict()))
        message = "done before, by the same rules"
        entry = Skipped(id=row.name, reason=UNCHANGED, message=message)
        self.skip(entry)

    def _clean(self, work: Work, made: Made, seconds: float) -> None:
        try:
            placed = self._sink.put(work.record, made, work.name)
        except CleanerError:
            raise
        except Exception as error:  # noqa: BLE001 - an article that cannot be written costs itself, with its place
            self._reject(work, crash_of(error, "write"))
            return
        self._report.add_article(made.id, made.account, seconds)
        self._listener.cleaned(work.record, made)
        self._note(work, "clean", made.id, placed)

    def _reject(self, work: Work, error: SourceError | None) -> None:
        """Reject a document for an error, or again where an earlier run has rejected it (None)."""
        rejects = self._rejects
        if error is None:
            detail = work.row.detail if work.row else None
            reject = rejects.again(detail or b"{}")
        else:
            reject = rejects.add(work.record, error, work.kept)
            detail = rejects.line(reject)
            self._note(work, "rejected", reject.id, Placed(), detail)
        self._report.add_reject(reject)
        self._listener.rejected(work.record, reject)

    def _note(
        self,
        work: Work,
        status: str,
        name: str,
        placed: Placed,
        detail: bytes | None = None,
    ) -> None:
        """Hold a row for the manifest until the next flush."""
        if self._ledger is None:
            return
        # A document that could not be read has no digest: it is read again next time.
        made_by = self._ledger.made_by if work.digest else b""
        row = Row(work.key, work.digest, made_by, status, name, *placed, detail)
        self._rows.append(row)

    def _is_time(self) -> bool:
        if len(self._rows) >= FLUSH_DOCUMENTS:
            return True
        return time.monotonic() - self._flushed > FLUSH_SECONDS

    def flush(self) -> None:
        """Make results safe: their files first, then their rows in the manifest."""
        ledger, rows = self._ledger, self._rows
        replaced = self._sink.commit()
        if ledger is not None and (rows or replaced):
            ledger.manifest.commit(rows, replaced=replaced)
        self._rows = []
        self._flushed = time.monotonic()

    def finish(self) -> None:
        """Make the last results safe. Where the run was stopped, an old part keeps the lines that were not reached."""
        manifest = self._ledger.manifest if self._ledger else None
        is_complete = self._report.complete
        if manifest and not is_complete and not self._sink.any_time and self._rows:
            self._keep_rest(manifest)
        self.flush()
        if manifest and is_complete:
            trimmed = self._sink.trim(manifest.parts())
            if trimmed:
                manifest.drop(trimmed)
        self._rejects.commit()

    def _keep_rest(self, manifest: Manifest) -> None:
        """Append the lines that this run has not reached of the part that is about to be replaced."""
        part = next((row.place for row in self._rows if row.place), None)
        if part is None:
            return
        done = {row.key for row in self._rows}
        for row in manifest.inside(part):
            if row.key in done:
                continue
            line = self._sink.recall(row, "")
            if line is not None:
                placed = self._sink.keep(row, line)
                self._rows.append(row._replace(**placed._asdict()))

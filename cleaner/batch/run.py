"""Run a plan: read, clean, write, count; in the order of the plan.

    plan ──read──▶ Work ──clean──▶ answer ──settle──▶ sink or rejects, report ──flush──▶ manifest

Cleaning is the only step that costs time: it is done here, or by a pool of worker processes, and touches nothing else. What
the manifest knows from an earlier run is not cleaned again. `flush` is the one place where results become safe: first
the sink gives them their names, then the manifest tells of them, for many documents at once.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.batch.clean_one import Answer, CleansSources, attempt, crash_of
from cleaner.batch.discover import Skipped
from cleaner.batch.manifest import Row, digest_of
from cleaner.batch.part_files import Placed
from cleaner.batch.report import UNCHANGED
from cleaner.errors import CleanerError, SourceError
from cleaner.io.inputs import failed
from cleaner.io.readers import read_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.batch.manifest import Manifest
    from cleaner.batch.plan import Plan
    from cleaner.batch.rejects import Kept, Reject, Rejects
    from cleaner.batch.rendered import Made, Rendering
    from cleaner.batch.report import Report
    from cleaner.batch.sinks import Sink
    from cleaner.batch.workers.pool import Pool
    from cleaner.io.readers import Input, Reading, Record
    from cleaner.model import Source

FLUSH_SECONDS = 5.0
FLUSH_DOCUMENTS = 256
"""Results become safe at least so often, where the sink allows it."""


class Listener(Protocol):
    """Somebody who wants to hear how a run goes."""

    def skipped(self, entry: Skipped) -> None:
        """Hear of something that will not be read."""

    def cleaned(self, record: Record, made: Made) -> None:
        """Hear of a clean article."""

    def rejected(self, record: Record, reject: Reject) -> None:
        """Hear of a document that could not be cleaned."""


class Stop:
    """A request to end the run after the documents in hand.

    Whoever handles signals sets `signal`. Where `busy` is false nothing is in hand (the run waits for input), and
    raising KeyboardInterrupt ends it without loss; where it is true that stops at once, and what was not committed is
    dropped.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self.busy = False


class Ledger(NamedTuple):
    """What remembers the run for the next one."""

    manifest: Manifest
    made_by: bytes
    """Hash of the rules, the version and the options."""
    force: bool = False
    """Whether everything is done again."""


@dataclass(frozen=True, slots=True)
class Work:
    """One document on its way through a run."""

    record: Record
    key: str
    digest: bytes = b""
    row: Row | None = None
    """What an earlier run made of the same document by the same rules: it is not done again."""
    line: bytes = b""
    kept: Kept | None = None
    """The bytes of a document that is too large, put aside already."""
    name: str = ""
    """Where its result will stand, if in files of its own."""

    @property
    def source(self) -> Source | None:
        """What is to be cleaned, None where nothing is."""
        known = self.record.error or self.record.passed or self.row
        return None if known else self.record.source


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
    ledger: Ledger | None = None,
    pool: Pool[Work] | None = None,
) -> None:
    """Clean every document of the plan, counting in `report`, which is right whatever is raised.

    With a `pool` its workers clean; with a `ledger` what it knows is not done again. Raises `OutputError` where results
    cannot be written. Whatever is raised, no temporary file stays behind.
    """
    job = _Job(sink, rejects, listener, report, ledger)
    try:
        for entry in plan.skipped:
            job.skip(entry)
        works = _Works(job, plan, reading, stop, limit, eager=pool is not None)
        rendering = sink.rendering
        for work, answer in (
            pool.answers(works, rendering) if pool else _here(cleaner, works, rendering)
        ):
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


def _here(
    cleaner: CleansSources, works: Iterable[Work], rendering: Rendering
) -> Iterator[tuple[Work, Answer[Made] | None]]:
    """Clean in this process."""
    for work in works:
        yield work, attempt(cleaner, work.source, rendering) if work.source else None


class _Works:
    """The documents of a plan, as they are asked for."""

    def __init__(
        self,
        job: _Job,
        plan: Plan,
        reading: Reading,
        stop: Stop,
        limit: int | None,
        *,
        eager: bool,
    ) -> None:
        self.complete = True
        self._job, self._plan, self._reading = job, plan, reading
        self._stop, self._limit, self._eager = stop, limit, eager

    def __iter__(self) -> Iterator[Work]:
        stop, taken = self._stop, 0
        stop.busy = self._eager  # others are at work while this one reads
        try:
            for work in self._all():
                stop.busy = True
                taken += work.record.passed is None
                yield work
                if stop.signal is not None or taken == self._limit:
                    self.complete = False
                    break
                stop.busy = self._eager
        except KeyboardInterrupt:
            if stop.busy:
                raise
            self.complete = False
        stop.busy = True

    def _all(self) -> Iterator[Work]:
        """Yield the documents of all inputs; an input without any is skipped, and counted."""
        seen: Counter[str] = Counter()
        for place in self._plan.inputs:
            seen[place.id] += 1
            again = f"\n{seen[place.id]}" if seen[place.id] > 1 else ""
            empty = True
            for record in self._records(place):
                empty = False
                number = "" if record.number is None else f"#{record.number}"
                yield self._job.look_up(record, f"{place.id}{number}{again}")
            if empty:
                self._job.skip(
                    Skipped(
                        id=place.id,
                        reason="empty",
                        message="a file of records without a record",
                    )
                )

    def _records(self, place: Input) -> Iterator[Record]:
        """Yield the documents of an input; a fault of this program in reading it ends that input, not the run."""
        try:
            yield from read_all(place, self._reading)
        except Exception as error:  # noqa: BLE001 - it is recorded with its place
            yield failed(place, crash_of(error, "read"))


class _Job:
    """What every document of a run passes through."""

    def __init__(
        self,
        sink: Sink,
        rejects: Rejects,
        listener: Listener,
        report: Report,
        ledger: Ledger | None,
    ) -> None:
        self._sink, self._rejects, self._listener, self._report, self._ledger = (
            sink,
            rejects,
            listener,
            report,
            ledger,
        )
        self._rows: list[Row] = []
        self._flushed = time.monotonic()

    def skip(self, entry: Skipped) -> None:
        """Count something that is not cleaned."""
        self._report.add_skipped(entry)
        self._listener.skipped(entry)

    def look_up(self, record: Record, key: str) -> Work:
        """Return a document with what an earlier run made of it."""
        name = "" if record.passed else self._sink.reserve(record)
        if record.error or record.passed or self._ledger is None:
            kept = (
                self._rejects.keep(record) if record.chunks is not None else None
            )  # before the reader goes on
            return Work(record, key, kept=kept, name=name)
        digest = digest_of(record.source)
        row = None if self._ledger.force else self._ledger.manifest.get(key)
        line = None
        if row is not None and (row.digest, row.made_by) == (
            digest,
            self._ledger.made_by,
        ):
            line = (
                self._sink.recall(row, name)
                if row.status == "clean"
                else b""
                if row.detail
                else None
            )
        return Work(
            record,
            key,
            digest,
            row if line is not None else None,
            line or b"",
            name=name,
        )

    def settle(self, work: Work, answer: Answer[Made] | None) -> None:
        """Put one document among the clean, the skipped or the rejected."""
        record, row = work.record, work.row
        if record.passed is not None:
            self.skip(
                Skipped(
                    id=record.source.id,
                    reason=record.passed.reason,
                    message=record.passed.message,
                )
            )
            return
        if row is not None and row.status == "clean":
            placed = self._sink.keep(row, work.line)
            if not self._sink.any_time:
                self._rows.append(row._replace(**placed._asdict()))
            self.skip(
                Skipped(
                    id=row.name,
                    reason=UNCHANGED,
                    message="done before, by the same rules",
                )
            )
        elif answer is not None and answer.made is not None:
            self._report.read += 1
            self._clean(work, answer.made, answer.seconds)
        else:
            self._report.read += 1
            error = answer.error if answer else record.error
            self._reject(work, error if isinstance(error, SourceError) else None)
        if self._sink.full or (self._sink.any_time and self._is_time()):
            self.flush()

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
        if error is None:  # an earlier run has rejected it
            reject = self._rejects.again(
                work.row.detail if work.row and work.row.detail else b"{}"
            )
        else:
            reject = self._rejects.add(work.record, error, work.kept)
            detail = self._rejects.line(reject)
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
        if self._ledger is not None:
            made_by = (
                self._ledger.made_by if work.digest else b""
            )  # what could not be read is read again
            self._rows.append(
                Row(work.key, work.digest, made_by, status, name, *placed, detail)
            )

    def _is_time(self) -> bool:
        return (
            len(self._rows) >= FLUSH_DOCUMENTS
            or time.monotonic() - self._flushed > FLUSH_SECONDS
        )

    def flush(self) -> None:
        """Make results safe: their files first, then what the manifest says of them."""
        replaced = self._sink.commit()
        if self._ledger is not None and (self._rows or replaced):
            self._ledger.manifest.commit(self._rows, replaced=replaced)
        self._rows = []
        self._flushed = time.monotonic()

    def finish(self) -> None:
        """Make the last results safe; where the run was stopped, an old part keeps what it has not come to."""
        manifest = self._ledger.manifest if self._ledger else None
        if (
            manifest
            and not self._report.complete
            and not self._sink.any_time
            and self._rows
        ):
            self._keep_rest(manifest)
        self.flush()
        if (
            manifest
            and self._report.complete
            and (trimmed := self._sink.trim(manifest.parts()))
        ):
            manifest.drop(trimmed)
        self._rejects.commit()

    def _keep_rest(self, manifest: Manifest) -> None:
        """Append the lines of the part that is about to be replaced which this run has not come to."""
        name = next((row.place for row in self._rows if row.place), None)
        done = {row.key for row in self._rows}
        for row in manifest.inside(name) if name else ():
            if row.key not in done and (line := self._sink.recall(row, "")) is not None:
                placed = self._sink.keep(row, line)
                self._rows.append(row._replace(**placed._asdict()))

"""A run with all that stands around it: the claim on the output folder, the manifest, the workers, the signals."""

from __future__ import annotations

import os
import signal
from contextlib import closing, contextmanager, nullcontext
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cleaner._version import __version__
from cleaner.batch.lock import claimed
from cleaner.batch.manifest import FILE, Manifest
from cleaner.batch.report import save
from cleaner.batch.run import Ledger, Work
from cleaner.cli.progress import listening
from cleaner.cli.signals import handled
from cleaner.errors import OutputError
from cleaner.io.readers import SINGLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click

    from cleaner.batch.plan import Plan
    from cleaner.batch.report import Report
    from cleaner.batch.run import Stop
    from cleaner.batch.workers.pool import Pool
    from cleaner.batch.workers.processes import Source as ProcessSource
    from cleaner.cli.outputs import Places
    from cleaner.cli.progress import Voice
    from cleaner.pipeline import Cleaner

SMALL = 2_000_000
"""Bytes of input below which starting workers costs more than they save."""


class Effort(NamedTuple):
    """How a run may work; None where it decides itself."""

    jobs: int | None = None
    timeout: float | None = None
    max_memory: int | None = None
    force: bool = False


def work(  # noqa: PLR0913 - what runs, over what, where, how, and who hears of it
    job: Callable[..., None],
    plan: Plan,
    cleaner: Cleaner,
    *,
    places: Places,
    effort: Effort,
    processes: ProcessSource | None,
    order: bytes,
    voice: Voice,
    report: Report,
    stop: Stop,
) -> OutputError | None:
    """Do the work and save the report; return the error that ended it, None where it ended well or was interrupted.

    `order` is how the run was asked for, as JSON: `clean retry` asks for the same again.
    """
    state = places.state
    try:
        with (
            claimed(state, places.local) if state else nullcontext(),
            _ledger(
                places,
                order,
                Keeping(_made_by(cleaner, places.made_as), effort.force),
                report,
                voice,
            ) as ledger,
            listening(voice, plan) as listener,
            handled(stop),
        ):
            pool = _pool(plan, cleaner, effort, processes) if processes else None
            job(
                cleaner,
                plan,
                listener=listener,
                stop=stop,
                report=report,
                ledger=ledger,
                pool=pool,
            )
            if state:
                save(report, state)
    except OutputError as error:
        return error
    except KeyboardInterrupt:
        stop.signal = stop.signal or signal.SIGINT
    return None


class Keeping(NamedTuple):
    """What decides which documents need not be done again."""

    made_by: bytes
    force: bool


@contextmanager
def _ledger(
    places: Places, order: bytes, keeping: Keeping, report: Report, voice: Voice
) -> Iterator[Ledger | None]:
    """Open the manifest of an output folder; what goes elsewhere has none."""
    if places.state is None or places.folder is None:
        yield None
        return
    with closing(Manifest(places.state / FILE)) as manifest:
        if not keeping.force:
            voice.resume(manifest)
        manifest.begin(order.decode())
        ended = "failed"
        try:
            yield Ledger(manifest, keeping.made_by, keeping.force)
            ended = "done" if report.complete else "stopped"
        finally:
            manifest.end(ended)


def _made_by(cleaner: Cleaner, form: str) -> bytes:
    """Return the hash of all that decides, beside a document, what comes of it."""
    options = cleaner.options.fingerprint()
    parts = [cleaner.rulebook.fingerprint, __version__, *options, form]
    return blake2b(orjson.dumps(parts), digest_size=16).digest()


def processes_for(
    ctx: click.Context, plan: Plan, effort: Effort, *, to_folder: bool
) -> ProcessSource | None:
    """Return where worker processes come from, if they are asked for or worth their start, else None: then this process does the work.

    Made before the rules are loaded, so that both load at the same time, and closed with the command.
    """
    jobs, timeout, max_memory, _ = effort
    asked = timeout is not None or max_memory is not None
    if jobs is None and not asked and not (to_folder and plan.size >= SMALL):
        return None
    if (
        jobs == 1
        and not asked
        and all(place.format in SINGLE - {"html"} for place in plan.inputs)
    ):
        return None
    from cleaner.batch.workers.processes import new_source  # noqa: PLC0415 - loads what starts processes

    processes = new_source()
    ctx.call_on_close(processes.close)
    return processes


def _pool(
    plan: Plan, cleaner: Cleaner, effort: Effort, processes: ProcessSource
) -> Pool[Work]:
    from cleaner.batch.workers.pool import MAX_MEMORY, TIMEOUT, Pool  # noqa: PLC0415 - loads what starts processes
    from cleaner.batch.workers.warm_up import samples_for  # noqa: PLC0415

    seconds = TIMEOUT if effort.timeout is None else effort.timeout
    return Pool(
        cleaner,
        jobs=effort.jobs or _cores(),
        timeout=seconds or None,
        max_memory=effort.max_memory or MAX_MEMORY,
        samples=samples_for(plan),
        processes=processes,
    )


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Linux alone tells which of them are ours
        return os.cpu_count() or 1


def order_of(ctx: click.Context) -> bytes:
    """Return how a run was asked for, as JSON: its options and the folder that it was asked in."""
    return orjson.dumps({"folder": str(Path.cwd()), "options": ctx.params}, default=str)

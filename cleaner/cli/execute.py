"""A run with what surrounds it: the lock on the output folder, the manifest, the workers, the signals."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from cleaner._version import __version__
from cleaner.batch.lock import claimed
from cleaner.batch.manifest import FILE, Manifest
from cleaner.batch.report import save
from cleaner.batch.run import Ledger, Work, run
from cleaner.cli.progress import listening
from cleaner.cli.signals import handled
from cleaner.errors import OutputError
from cleaner.io.readers import SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from cleaner.batch.plan import Plan
    from cleaner.batch.report import Report
    from cleaner.batch.run import RunContext
    from cleaner.batch.workers.pool import Pool
    from cleaner.batch.workers.processes import Source as ProcessSource
    from cleaner.cli.outputs import Destination
    from cleaner.cli.progress import RunOutput
    from cleaner.pipeline import Cleaner

SMALL = 2_000_000
"""Bytes of input below which starting workers costs more than they save."""


class Effort(NamedTuple):
    """How a run may work; None where it decides itself."""

    jobs: int | None = None
    timeout: float | None = None
    max_memory: int | None = None
    force: bool = False


class Request(NamedTuple):
    """How a run was asked for on the command line."""

    destination: Destination
    effort: Effort
    processes: ProcessSource | None
    order: bytes
    """The options as JSON, which `clean retry` uses again."""
    output: RunOutput


def execute(
    cleaner: Cleaner, plan: Plan, context: RunContext, request: Request
) -> OutputError | None:
    """Run the plan and save the report. Return the error that ended it, None where it ended well or was interrupted."""
    state = request.destination.state
    try:
        with ExitStack() as stack:
            if state:
                stack.enter_context(claimed(state, request.destination.local))
            made_by = _made_by(cleaner, request.destination.made_as)
            ledger = stack.enter_context(_ledger(request, made_by, context.report))
            listener = stack.enter_context(listening(request.output, plan))
            stack.enter_context(handled(context.stop))
            pool = _pool(cleaner, plan, request)
            run(
                cleaner,
                plan,
                replace(
                    context,
                    listener=listener,
                    ledger=ledger,
                    pool=pool,
                ),
            )
            if state:
                save(context.report, state)
    except OutputError as error:
        return error
    except KeyboardInterrupt:
        context.stop.signal = context.stop.signal or signal.SIGINT
    return None


@contextmanager
def _ledger(
    request: Request, made_by: bytes, report: Report
) -> Iterator[Ledger | None]:
    """Open the manifest of an output folder; other outputs have none."""
    state, force = request.destination.state, request.effort.force
    if state is None or request.destination.folder is None:
        yield None
        return
    with closing(Manifest(state / FILE)) as manifest:
        if not force:
            request.output.resume(manifest)
        manifest.begin(request.order.decode())
        ended = "failed"
        try:
            yield Ledger(manifest, made_by, force)
            ended = "done" if report.complete else "stopped"
        finally:
            manifest.end(ended)


def _made_by(cleaner: Cleaner, form: str) -> bytes:
    """Return the hash of everything but the document that decides its result."""
    options = cleaner.options.fingerprint()
    parts = [cleaner.rulebook.fingerprint, __version__, *options, form]
    return blake2b(orjson.dumps(parts), digest_size=16).digest()


def processes_for(
    ctx: click.Context, plan: Plan, effort: Effort, *, to_folder: bool
) -> ProcessSource | None:
    """Return where worker processes come from, None where this process does the work.

    Made before the rules are loaded, so that both load at the same time, and closed with the command.
    """
    if not _wants_workers(plan, effort, to_folder=to_folder):
        return None
    from cleaner.batch.workers.processes import new_source  # noqa: PLC0415 - loads what starts processes

    processes = new_source()
    ctx.call_on_close(processes.close)
    return processes


def _wants_workers(plan: Plan, effort: Effort, *, to_folder: bool) -> bool:
    """Return whether workers are asked for, or worth their start."""
    if effort.timeout is not None or effort.max_memory is not None:
        return True
    if effort.jobs is None:
        return to_folder and plan.size >= SMALL
    if effort.jobs > 1:
        return True
    plain = SINGLE - {"html"}
    formats = {source_file.format for source_file in plan.inputs}
    return not formats <= plain


def _pool(cleaner: Cleaner, plan: Plan, request: Request) -> Pool[Work] | None:
    """Return the workers of a run, None where it has none."""
    if request.processes is None:
        return None
    from cleaner.batch.workers.pool import MAX_MEMORY, TIMEOUT, Pool  # noqa: PLC0415 - loads what starts processes
    from cleaner.batch.workers.warm_up import samples_for  # noqa: PLC0415

    effort = request.effort
    seconds = TIMEOUT if effort.timeout is None else effort.timeout
    return Pool(
        cleaner,
        jobs=effort.jobs or _cores(),
        timeout=seconds or None,
        max_memory=effort.max_memory or MAX_MEMORY,
        samples=samples_for(plan),
        processes=request.processes,
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows which of them this process may use
        return os.cpu_count() or 1


def order_of(ctx: click.Context) -> bytes:
    """Return how a run was asked for, as JSON: its options and the folder that it was asked in."""
    return orjson.dumps({"folder": str(Path.cwd()), "options": ctx.params}, default=str)

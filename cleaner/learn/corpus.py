"""Read a corpus into a profile, and save the profile now and then."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from cleaner.io.readers import read
from cleaner.learn import profile as profiles
from cleaner.learn.observe import Observer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cleaner.batch.plan import Plan
    from cleaner.io.readers import Reading, Record
    from cleaner.learn.profile import Profile
    from cleaner.pipeline import Cleaner

SAVE_EVERY = 5_000
"""Documents between two saves of a profile."""


class Stopping(Protocol):
    """A request to end after the document in hand: `batch.run.Stop`."""

    signal: int | None
    busy: bool


def learn(  # noqa: PLR0913 - what, into what, and who is told of it
    plan: Plan,
    profile: Profile,
    *,
    reading: Reading,
    cleaner: Cleaner | None = None,
    path: Path | None = None,
    heard: Callable[[int], None] | None = None,
    stop: Stopping | None = None,
    limit: int | None = None,
) -> int:
    """Count every document of a plan in a profile; return how many were read.

    With `path` the profile is saved after each `SAVE_EVERY` documents and at the end, whatever ends it. `heard` is told the
    number of documents read so far. Raise OutputError where the profile cannot be saved.
    """
    observer = Observer(profile, cleaner)
    count = 0
    try:
        for record in islice(_records(plan, reading), limit):
            if stop is not None:
                stop.busy = True
            observer.observe(record)
            count += 1
            if path is not None and count % SAVE_EVERY == 0:
                profiles.save(profile, path)
            if heard is not None:
                heard(count)
            if stop is None:
                continue
            if stop.signal is not None:
                break
            stop.busy = False
    finally:
        if path is not None:
            profiles.save(profile, path)
    return count


def _records(plan: Plan, reading: Reading) -> Iterator[Record]:
    for place in plan.inputs:
        yield from read(place, reading)

"""The summary of a run in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.batch.report import UNCHANGED
from cleaner.io.file_names import printable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.batch.report import Report
    from cleaner.io.remote import RemoteFolder

_TOP = 10


def summary(
    report: Report,
    *,
    folder: Path | RemoteFolder | None,
    state: Path | None,
    stopped: int | None = None,
) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield from _head(report, stopped)
    yield from _counts("removed, by category", report.categories)
    yield from _counts("rules most used", report.rules)
    yield from _counts("watch rules that would have acted", report.watched)
    yield from _counts("encoding repairs", report.repairs)
    yield from _counts("flags", report.flags)
    yield from _entries("needs review", report.review, report.needing_review)
    skipped = report.skipped - report.skips[UNCHANGED]
    if skipped > _TOP:
        yield from _counts("skipped, by reason", report.skips)
    skips = [(entry.id, entry.message) for entry in report.skipped_list]
    yield from _entries("skipped", skips, skipped)
    rejects = []
    for entry in report.rejected_list:
        rejects.append((entry.id, f"{entry.reason}: {entry.message}"))  # noqa: PERF401 - one thing a line
    yield from _entries("rejected", rejects, report.rejected)
    if folder and report.clean:
        yield f"articles in {folder}"
    if state:
        yield f"report and rejects in {state}"


def _head(report: Report, stopped: int | None) -> Iterator[str]:
    if stopped:
        yield "interrupted; the documents counted here are done, the others were not begun"
    dry = " (dry run: nothing was written)" if report.dry else ""
    clean = f"{report.clean:,} clean"
    skipped = f"{report.skipped:,} skipped"
    rejected = f"{report.rejected:,} rejected"
    yield f"{report.read:,} in = {clean} + {skipped} + {rejected}{dry}"
    if not report.balanced and report.complete:
        yield "THE ACCOUNTS DO NOT BALANCE: documents were lost. Please report this."
    if unchanged := report.skips[UNCHANGED]:
        yield f"{unchanged:,} of the skipped are unchanged: done by an earlier run, by the same rules (--force does them again)"
    before = report.stats["words_before"]
    after = report.stats["words_after"]
    if before:
        change = (after - before) / before
        yield f"words: {before:,} before, {after:,} after ({change:+.1%})"


def _counts(title: str, counts: Counter[str]) -> Iterator[str]:
    if not counts:
        return
    yield f"{title}:"
    for name, count in counts.most_common(_TOP):
        yield f"  {count:>7,}  {printable(name)}"
    more = len(counts) - _TOP
    if more > 0:
        yield f"           … {more} more"


def _entries(
    title: str, entries: Sequence[tuple[str, str]], total: int
) -> Iterator[str]:
    if not entries:
        return
    yield f"{title}:"
    for name, why in entries[:_TOP]:
        yield f"  {printable(name)}: {printable(why)}"
    more = total - _TOP
    if more > 0:
        yield f"  … {more} more"

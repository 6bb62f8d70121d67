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
    if report.skipped - report.skips[UNCHANGED] > _TOP:
        yield from _counts("skipped, by reason", report.skips)
    skips = [(entry.id, entry.message) for entry in report.skipped_list]
    yield from _entries("skipped", skips, report.skipped - report.skips[UNCHANGED])
    rejects = [
        (entry.id, f"{entry.reason}: {entry.message}") for entry in report.rejected_list
    ]
    yield from _entries("rejected", rejects, report.rejected)
    if folder and report.clean:
        yield f"articles in {folder}"
    if state:
        yield f"report and rejects in {state}"


def _head(report: Report, stopped: int | None) -> Iterator[str]:
    if stopped:
        yield "interrupted; what is counted here is done, the rest was not begun"
    dry = " (dry run: nothing was written)" if report.dry else ""
    yield (
        f"{report.read:,} in = {report.clean:,} clean + {report.skipped:,} skipped + {report.rejected:,} rejected{dry}"
    )
    if not report.balanced and report.complete:
        yield "THE ACCOUNTS DO NOT BALANCE: documents were lost. Please report this."
    if unchanged := report.skips[UNCHANGED]:
        yield f"{unchanged:,} of the skipped are unchanged: done by an earlier run, by the same rules (--force does them again)"
    before, after = report.stats["words_before"], report.stats["words_after"]
    if before:
        yield f"words: {before:,} before, {after:,} after ({(after - before) / before:+.1%})"


def _counts(title: str, counts: Counter[str]) -> Iterator[str]:
    if counts:
        yield f"{title}:"
        yield from (
            f"  {count:>7,}  {printable(name)}"
            for name, count in counts.most_common(_TOP)
        )
        if len(counts) > _TOP:
            yield f"           … {len(counts) - _TOP} more"


def _entries(
    title: str, entries: Sequence[tuple[str, str]], total: int
) -> Iterator[str]:
    if entries:
        yield f"{title}:"
        yield from (
            f"  {printable(name)}: {printable(why)}" for name, why in entries[:_TOP]
        )
        if total > _TOP:
            yield f"  … {total - _TOP} more"

"""A run's report as Prometheus text, for the textfile collector of a node exporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.batch.report import Report


def prometheus(report: Report, seconds: float, exit_code: int) -> bytes:
    """Return the gauges of one run. `seconds` is the time that it took.

    >>> from cleaner.batch.report import Report
    >>> print(prometheus(Report(read=2, clean=2), 1.5, 0).decode().splitlines()[2])
    cleaner_run_documents{state="clean"} 2
    """
    states = {
        "clean": report.clean,
        "skipped": report.skipped,
        "rejected": report.rejected,
    }
    states_text = "Documents of the last run, by what became of them."
    lines = [
        *_gauge("documents", states_text, "state", states),
        *_gauge("rejected", "Rejected documents, by reason.", "reason", report.rejects),
        *_gauge("skipped", "Skipped documents, by reason.", "reason", report.skips),
        *_gauge("removals", "Removals, by category.", "category", report.categories),
        *_gauge("stats", "Sums over the clean documents.", "of", report.stats),
        *_number("needs_review", "Documents that need review.", report.needing_review),
        *_number(
            "balanced",
            "1 where everything that went in came out.",
            int(report.balanced),
        ),
        *_number("complete", "1 where the run went through.", int(report.complete)),
        *_number("seconds", "Wall time of the run.", round(seconds, 3)),
        *_number("exit_code", "Exit code of the run.", exit_code),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _gauge(
    name: str, text: str, label: str, values: Mapping[str, float]
) -> Iterator[str]:
    """Yield a gauge with one value for each value of a label; nothing where there are no values."""
    if not values:
        return
    yield from _header(name, text)
    for key, value in values.items():
        yield f'cleaner_run_{name}{{{label}="{_escaped(key)}"}} {value}'


def _number(name: str, text: str, value: float) -> Iterator[str]:
    """Yield a gauge with one value."""
    yield from _header(name, text)
    yield f"cleaner_run_{name} {value}"


def _header(name: str, text: str) -> Iterator[str]:
    yield f"# HELP cleaner_run_{name} {text}"
    yield f"# TYPE cleaner_run_{name} gauge"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

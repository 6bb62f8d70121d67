"""Count a run: what went in, what became of it, and what needs attention.

The account is `in = clean + skipped + rejected`. The left side is counted where documents are read, the right side
where they are written, so that a document lost between the two shows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING

import orjson

from cleaner.io import atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cleaner.batch.discover import Skipped
    from cleaner.batch.rejects import Reject
    from cleaner.batch.rendered import Account

SCHEMA = "cleaner.report/1"
UNCHANGED = "unchanged"
"""The reason to skip a document that an earlier run has cleaned by the same rules. These are counted and not listed."""
LISTED = 1_000
"""Longest list in a report. The counts beside it are complete, and each article's record has its own flags."""
_TOP = 10
"""Documents in the lists of the most reduced and of the slowest."""


@dataclass(slots=True)
class Report:
    """The totals of a run, growing while it runs."""

    read: int = 0
    """Documents that were taken from the inputs, and files that were skipped."""
    clean: int = 0
    """Articles that are safely written."""
    rejected: int = 0
    skipped: int = 0
    complete: bool = True
    """False where the run was interrupted or `--limit` ended it."""
    dry: bool = False
    stats: Counter[str] = field(default_factory=Counter)
    """Words and characters, before and after: sums of the articles' own `stats`."""
    categories: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    watched: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    skipped_list: list[Skipped] = field(default_factory=list)
    rejected_list: list[Reject] = field(default_factory=list)
    review: list[tuple[str, str]] = field(default_factory=list)
    """Id and reason of each article that needs a look."""
    needing_review: int = 0
    reduced: list[tuple[float, str]] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)
    """Seconds and id of those that took longest."""
    taken: Counter[str] = field(default_factory=Counter)
    """Characters that each rule took away from texts."""
    rulebook: str = ""
    cleaner: str = ""

    @property
    def balanced(self) -> bool:
        """Whether everything that went in came out."""
        return self.read == self.clean + self.skipped + self.rejected

    def add_article(self, name: str, account: Account, seconds: float = 0.0) -> None:
        """Count one article, and how long it took; `clean` is counted by who writes it."""
        self.stats.update(account.stats)
        self.categories.update(account.categories)
        self.rules.update(account.rules)
        self.taken.update(account.taken)
        self.watched.update(account.watched)
        self.repairs.update(account.repairs)
        for flag in account.flags:
            kind, _, _ = flag.partition(":")
            self.flags[kind] += 1
        if account.review is not None:
            self._add_review(name, account.review)
        self._add_reduction(name, account.stats)
        duration = round(seconds, 3)
        _keep_largest(self.slow, (duration, name))
        self.rulebook = account.rulebook
        self.cleaner = account.cleaner

    def _add_review(self, name: str, why: str) -> None:
        self.needing_review += 1
        if len(self.review) < LISTED:
            self.review.append((name, why))

    def _add_reduction(self, name: str, stats: Mapping[str, int]) -> None:
        """List an article among those that lost the largest share of their words."""
        before = stats.get("words_before", 0)
        after = stats.get("words_after", 0)
        if after >= before:
            return
        lost = before - after
        percent = round(100 * lost / before)
        _keep_largest(self.reduced, (percent, name))

    def add_skipped(self, entry: Skipped) -> None:
        """Count something that was not read."""
        self.read += 1
        self.skipped += 1
        self.skips[entry.reason] += 1
        if entry.reason == UNCHANGED:
            return
        if len(self.skipped_list) < LISTED:
            self.skipped_list.append(entry)

    def add_reject(self, reject: Reject) -> None:
        """Count one reject's reason; `rejected` is counted by who keeps it."""
        self.rejects[reject.reason] += 1
        if len(self.rejected_list) < LISTED:
            self.rejected_list.append(reject)

    def to_dict(self) -> dict[str, object]:
        """Return the report (schema `cleaner.report/1`), ready for JSON. Only `slowest` differs between two runs over the same."""
        return {
            **self._totals(),
            **self._counts(),
            **self._lists(),
            "rulebook": self.rulebook,
            "cleaner": self.cleaner,
        }

    def _totals(self) -> dict[str, object]:
        return {
            "schema": SCHEMA,
            "in": self.read,
            "clean": self.clean,
            "skipped": self.skipped,
            "rejected": self.rejected,
            "balanced": self.balanced,
            "complete": self.complete,
            "dry_run": self.dry,
            "stats": dict(self.stats),
        }

    def _counts(self) -> dict[str, object]:
        """Return what is counted over the articles, the most frequent first."""
        return {
            "removals_by_category": dict(self.categories.most_common()),
            "removals_by_rule": dict(self.rules.most_common()),
            "characters_by_rule": dict(self.taken.most_common()),
            "watched_by_rule": dict(self.watched.most_common()),
            "repairs": dict(self.repairs.most_common()),
            "flags": dict(self.flags.most_common()),
        }

    def _lists(self) -> dict[str, object]:
        """Return the documents that need attention."""
        return {
            "needs_review": self.needing_review,
            "review": [{"id": name, "why": why} for name, why in self.review],
            "most_reduced": [
                {"id": name, "percent": share}
                for share, name in sorted(self.reduced, reverse=True)
            ],
            "slowest": [
                {"id": name, "seconds": seconds}
                for seconds, name in sorted(self.slow, reverse=True)
            ],
            "skipped_by_reason": dict(self.skips.most_common()),
            "skips": [_listed(entry) for entry in self.skipped_list],
            "rejected_by_reason": dict(self.rejects.most_common()),
            "rejects": [_listed(entry) for entry in self.rejected_list],
        }


def _listed(entry: Skipped | Reject) -> dict[str, str]:
    """Return an entry of the list of skips or rejects."""
    return {"id": entry.id, "reason": entry.reason, "message": entry.message}


def save(report: Report, folder: Path) -> Path:
    """Write the report as `report.json` into the folder for state, and return its path."""
    path = folder / "report.json"
    layout = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    atomic.make_folder(folder)
    atomic.write(path, orjson.dumps(report.to_dict(), option=layout))
    return path


def _keep_largest(top: list[tuple[float, str]], entry: tuple[float, str]) -> None:
    """Add an entry to a heap of the largest ones."""
    if len(top) < _TOP:
        heappush(top, entry)
    else:
        heappushpop(top, entry)

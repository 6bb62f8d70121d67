"""First and second looks: what `text.py` and `html.py` share in measuring tools over documents, round by round.

A round starts fresh processes, gives them some documents before the clock counts, then others, each once (the first look),
and those again if a second look is asked for. Every round has the documents in another order.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Spread, markdown, medians, milliseconds, sums
from benchmarks.turns import crew, ready, take_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.turns import Document, Looks, Tool


@dataclass(frozen=True)
class Plan:
    """What is measured how: documents before the clock, documents on it (None for the rest), rounds, looks (1 or 2)."""

    before: int = 50
    documents: int | None = None
    rounds: int = 3
    looks: int = 2
    together: bool = False

    def split(
        self, documents: Sequence[Document], dice: random.Random
    ) -> tuple[list[Document], list[Document]]:
        """Return the documents before the clock and those on it. Raise SystemExit if none is left.

        No document is in both. Those that are there twice are never on the clock, for their second copy is a second look.
        """
        copies = Counter(one["text"] for one in documents)
        order = dice.sample(list(documents), len(documents))
        order.sort(key=lambda one: copies[one["text"]] == 1)
        counted = [one for one in order[self.before :] if copies[one["text"]] == 1][
            : self.documents
        ]
        if not counted:
            raise SystemExit(
                f"{len(documents)} documents are too few for {self.before} before the clock starts"
            )
        return order[: self.before], counted


@dataclass(frozen=True)
class Measured:
    """The seconds of each round at both looks, and by tool its errors, its seconds until ready, or why it is missing."""

    first: list[dict[str, list[float]]] = field(default_factory=list)
    second: list[dict[str, list[float]]] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)
    ready: dict[str, list[float]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    answers: list[tuple[Document, dict[str, Any]]] = field(default_factory=list)
    """Of the first round, if they were asked for: each document with what each tool made of it, and in what order it came."""

    def started(self, reports: Mapping[str, Mapping[str, Any]]) -> None:
        """Note what the processes said when they had started."""
        self.labels[:] = reports
        for label, report in reports.items():
            if "missing" in report:
                self.missing[label] = report["missing"]
            else:
                self.ready.setdefault(label, []).append(report["ready"])

    def answered(self, documents: Sequence[Document], looks: Looks) -> None:
        """Keep the answers beside their documents."""
        for number, document in enumerate(documents):
            self.answers.append(
                (
                    document,
                    {label: said[number] for label, said in looks.answers.items()},
                )
            )


def measure(
    tools: Sequence[Tool],
    documents: Sequence[Document],
    plan: Plan,
    *,
    answers: bool = False,
) -> Measured:
    """Take the looks, in as many rounds as are planned. Answers are kept of the first round."""
    measured = Measured()
    for number in range(plan.rounds):
        dice = random.Random(number)  # noqa: S311 - no secret
        wanted = answers and number == 0
        before, counted = plan.split(documents, dice)
        with crew(tools, seed=number, together=plan.together) as workers:
            measured.started(ready(workers))
            warmed = take_turns(workers, before, dice, answers=wanted)
            looks = take_turns(workers, counted, dice, answers=wanted)
            measured.first.append(looks.seconds)
            if plan.looks > 1:
                measured.second.append(take_turns(workers, counted, dice).seconds)
        for label, failed in looks.failed.items():
            measured.failed[label] = measured.failed.get(label, 0) + sum(failed)
        if wanted:
            measured.answered(before, warmed)
            measured.answered(counted, looks)
    return measured


def earlier(base: Path) -> str:
    """Return what the tables call the version of another checkout."""
    text = (base / "cleaner" / "_version.py").read_text(encoding="utf-8")
    found = re.search(r"[\"'](\d[\w.]*)[\"']", text)
    return f"cleaner {found[1]}, before" if found else "cleaner, before"


def cells(
    measured: Measured, label: str, others: Sequence[str]
) -> dict[str, list[Spread]]:
    """Return a tool's figures by the heads of their columns. An earlier version of ours is held against ours alone."""
    first, second = measured.first, measured.second
    found = {"first look, ms": [milliseconds(first, label)]}
    for other in others:
        compared = (
            [sums(first, label, other), medians(first, label, other)]
            if _comparable(label, other)
            else []
        )
        found[f"as fast as {other}: sums; median"] = compared
    if second:
        found["second look, ms"] = [milliseconds(second, label)]
        for other in others:
            found[f"second look, as fast as {other}: sums"] = (
                [sums(second, label, other)] if _comparable(label, other) else []
            )
    return found


def _comparable(label: str, other: str) -> bool:
    return label.startswith("cleaner") or not other.startswith("cleaner")


def table(corner: str, measured: Measured, others: Sequence[str]) -> str:
    """Return the figures of all tools as Markdown; a tool that is missing says why."""
    head: list[str] = []
    lines = []
    for label in measured.labels:
        if label in measured.missing:
            lines.append([label, f"not installed: {measured.missing[label]}"])
            continue
        errors = measured.failed[label]
        found = cells(measured, label, others)
        head = [corner, *found]
        shown = ["; ".join(figure.show() for figure in some) for some in found.values()]
        lines.append([f"{label} ({errors} errors)" if errors else label, *shown])
    return markdown(head or [corner, ""], lines)


def as_numbers(found: Mapping[str, Sequence[Spread]]) -> dict[str, list[list[float]]]:
    """Return figures for other programs: of each, the median, lowest and highest of the rounds."""
    return {
        name: [[one.middle, one.low, one.high] for one in some]
        for name, some in found.items()
    }


def figures(
    measured: Measured, others: Sequence[str]
) -> dict[str, dict[str, list[list[float]]]]:
    """Return the figures of all tools for other programs."""
    return {
        label: as_numbers(cells(measured, label, others)) for label in measured.ready
    }

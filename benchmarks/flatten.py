"""Labelled lines of whole pages that were flattened to text, made from pages with gold bodies.

The benchmark's folder holds HTML pages with article bodies that others have marked, and `score_text.py`, whose docstring
defines the labels: a line is body where 80 per cent of its words lie in four-word windows that the gold has, clutter where
at most 20 per cent do, and surplus copies of a body line are clutter. Nothing is fetched and nothing is written.
"""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import html_text
import inscriptis
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FLATTENINGS: dict[str, Callable[[str], str]] = {
    "bs4": lambda html: BeautifulSoup(html, "lxml").get_text(),
    "bs4, a line for each string": lambda html: BeautifulSoup(html, "lxml").get_text(
        "\n"
    ),
    "html_text": html_text.extract_text,
    "inscriptis": inscriptis.get_text,
}
PAGES = {"scrapinghub": "sh", "fundus": "fundus", "wcxb_article": "wcxb"}
"""Files of pages, and the set of labelled lines that each belongs to."""
WINDOW = 4
BODY, CLUTTER = 0.8, 0.2
NEAR = 3
"""Of several copies of a body line the one with the most body lines so near stays body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One flattened page: its lines, a label for each (B, C, M mixed, N no words), and the gold body."""

    id: str
    set: str
    form: str
    lines: tuple[str, ...]
    labels: str
    gold: str

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def scorer(bench: Path) -> Any:  # noqa: ANN401 - a module of another folder
    """Return the benchmark's own scoring module, so that the figures are the same."""
    sys.path.insert(0, str(bench))
    return importlib.import_module("score_text")


def read_lines(bench: Path, form: str, sets: Sequence[str]) -> Iterator[Labelled]:
    """Yield the documents of a form that the benchmark has labelled itself: `c`, `d` or `e`."""
    with gzip.open(
        bench / "data" / "text" / f"{form}.jsonl.gz", "rt", encoding="utf-8"
    ) as rows:
        for row in map(json.loads, rows):
            if row["set"] in sets:
                kept = {name: row[name] for name in ("id", "set", "labels", "gold")}
                yield Labelled(form=form, lines=tuple(row["lines"]), **kept)


def flattened(bench: Path, form: str, sets: Sequence[str]) -> Iterator[Labelled]:
    """Yield the benchmark's HTML pages as a flattener of `FLATTENINGS` prints them, labelled."""
    score = scorer(bench)
    for name, set_ in PAGES.items():
        if set_ not in sets:
            continue
        with gzip.open(
            bench / "data" / "html" / f"{name}.jsonl.gz", "rt", encoding="utf-8"
        ) as rows:
            for row in map(json.loads, rows):
                lines = tuple(
                    FLATTENINGS[form](row["html"]).replace("\r", "\n").split("\n")
                )
                if row["body"] and any(map(str.strip, lines)):
                    labels = label(lines, row["body"], score.tokens)
                    yield Labelled(
                        id=row["id"],
                        set=set_,
                        form=form,
                        lines=lines,
                        labels=labels,
                        gold=row["body"],
                    )


def label(lines: Sequence[str], gold: str, tokens: Callable[[str], list[str]]) -> str:
    """Return a label for each line."""
    words = [tokens(line) for line in lines]
    gold_words = tokens(gold)
    whole = {tuple(tokens(line)) for line in gold.split("\n")}
    covered = iter(_covered([word for line in words for word in line], gold_words))
    labels = []
    for line in words:
        share = sum(next(covered) for _ in line) / len(line) if line else 0.0
        if not line:
            labels.append("N")
        elif share >= BODY or (len(line) >= WINDOW and tuple(line) in whole):
            labels.append("B")
        else:
            labels.append("C" if share <= CLUTTER else "M")
    _drop_surplus(labels, words, " ".join(gold_words))
    return "".join(labels)


def _covered(words: Sequence[str], gold: Sequence[str]) -> list[bool]:
    """Return for each word whether some window that holds it stands in the gold."""
    known = {
        tuple(gold[place : place + WINDOW]) for place in range(len(gold) - WINDOW + 1)
    }
    covered = [False] * len(words)
    for place in range(len(words) - WINDOW + 1):
        if tuple(words[place : place + WINDOW]) in known:
            covered[place : place + WINDOW] = [True] * WINDOW
    return covered


def _drop_surplus(labels: list[str], words: Sequence[Sequence[str]], gold: str) -> None:
    """Make clutter of the copies of a body line beyond as many as the gold has."""
    copies: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(words):
        if labels[number] == "B" and len(line) >= WINDOW:
            copies[" ".join(line)].append(number)
    for text, numbers in copies.items():
        surplus = len(numbers) - max(1, gold.count(text))
        if surplus > 0:
            beside = {
                number: Counter(labels[max(0, number - NEAR) : number + NEAR + 1])["B"]
                for number in numbers
            }
            for number in sorted(numbers, key=beside.__getitem__, reverse=True)[
                len(numbers) - surplus :
            ]:
                labels[number] = "C"

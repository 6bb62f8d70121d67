"""The conditions among which `fit_signs.py` looks, for both scorecards of `keep_article`.

Counts and shares are cut into steps that add up (`at least 4`, `at least 7` …): most of them come out as nothing, so that
what is left is a short table. Edges lie where labelled lines of many pages change, in round numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = (2, 4, 7, 10, 15, 25, 50)
_SHARES = (1, 10, 20, 35, 50, 70, 90)
_FEW = (1, 2, 3, 5, 9, 20)
_NEIGHBOURS = ("above ", "below ", "2 above ", "2 below ")


def steps(fact: str, edges: Sequence[float]) -> list[str]:
    """Return conditions that a line meets from each edge on.

    >>> steps("words", [2, 4.5])
    ['words at least 2', 'words at least 4.5']
    """
    return [f"{fact} at least {edge:g}" for edge in edges]


def lengths(prefix: str = "") -> list[str]:
    """Return steps of words, for lines with and without a stop at the end, of the line or of a neighbour."""
    return [
        f"{step}, {prefix}stop {stop}"
        for step in steps(f"{prefix}words", _WORDS)
        for stop in ("yes", "no")
    ]


def answered(*names: str) -> list[str]:
    """Return the condition that each yes-or-no fact is so.

    >>> answered("stop", "2 above dots")
    ['stop yes', '2 above dots yes']
    """
    return [f"{name} yes" for name in names]


def by_place(*conditions: str) -> list[str]:
    """Return each condition for lines inside the article and beside it.

    >>> by_place("dots yes")
    ['dots yes, inside yes', 'dots yes, inside no']
    """
    return [f"{one}, inside {answer}" for one in conditions for answer in ("yes", "no")]


_GLUED = (
    "words at least 120, stops at least 4, lower at least 60",
    "words at least 250, stops at least 6, lower at least 60",
    "words at least 500, stops at least 10",
)
"""Many sentences in one line: an article whose paragraphs were lost."""
_BROKEN = (
    *(f"{prefix}small start yes" for prefix in ("", *_NEIGHBOURS)),
    "above stop no, small start yes",
    "above words at least 7, above stop no, small start yes",
    "above words at least 4, above stop no, words at least 4",
    "below words at least 7, stop no, below small start yes",
    "words less than 4, below small start yes",
    "words less than 7, above stop no, above words at least 4, below small start yes",
)
"""Paragraphs that were broken at their links."""
FIRST = (
    "stop yes",
    *lengths(),
    *(
        condition
        for prefix in _NEIGHBOURS
        for condition in (f"{prefix}stop yes", *lengths(prefix))
    ),
    *steps("lower", (20, 40, 60, 75, 90)),
    *steps("digits", (1, 5, 15)),
    *steps("commas", (1, 5, 10, 20)),
    *steps("prose 3", _SHARES),
    *steps("prose 6", _SHARES),
    *steps("prose 12", _SHARES),
    *steps("prose words 6", (1, 20, 60, 120, 250)),
    *steps("prose words 12", (1, 20, 60, 120, 250, 500)),
    *steps("text above", (1, 5, 15, 30, 70, 85, 95, 99)),
    *steps("lines above", (5, 15, 30, 50, 70, 85, 95)),
    *steps("echo", (1, 25, 50, 75, 99)),
    *steps("gap", (1, 2, 3, 4, 8)),
    *steps("indent", (1, 4, 10)),
    *steps("characters", (30, 60, 100, 150, 250, 500)),
    *steps("clutter 3", (1, 2, 4)),
    *steps("stops", (2, 4)),
    *("upper at least 60", "copies at least 2", "edge at most 2"),
    *answered(
        "quote",
        "quotes",
        "colon",
        "dots",
        "separators",
        "link",
        "bullet",
        "doubled",
        "clutter",
    ),
    *answered(*(f"{prefix}dots" for prefix in _NEIGHBOURS)),
    *answered(
        "above colon", "above clutter", "below clutter", "above quote", "below quote"
    ),
    *_BROKEN,
    *_GLUED,
)
"""For a line by itself and with its neighbours."""
SECOND = (
    *steps("points", (-6, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4, 6)),
    *(
        condition
        for reach in (1, 2, 4, 8)
        for side in ("above", "below")
        for condition in steps(f"article {side} {reach}", (5, 20, 40, 60, 80, 95))
    ),
    *steps("share above", (0.5, 2, 10, 50, 90, 98, 99.5)),
    *steps("before", _FEW),
    *steps("after", _FEW),
    *steps("depth", _FEW[:-1]),
    *by_place("stop yes", *lengths()),
    *by_place(
        *steps("topic", (1, 15, 30, 50, 75)),
        "strange yes",
        "copies at least 2",
        "gap at least 3",
    ),
    *by_place(
        "dots yes",
        "lower at least 60",
        "lower less than 40",
        "digits at least 5",
        "commas at least 5",
    ),
    *by_place("quote yes", "separators yes"),
    *(
        "echo at least 50, inside yes",
        "echo less than 1, inside no",
        "colon yes, inside yes",
        "edge at most 2",
    ),
    *answered(
        "doubled", "link", "small start", "clutter", "above clutter", "below clutter"
    ),
    *steps("clutter 3", (1, 2, 4)),
    "headline yes, above sentence yes, below sentence yes",
    "headline yes, 2 above headline yes, above sentence yes, below sentence yes",
    "sentence yes, above headline yes, below headline yes, 2 above sentence yes, 2 below sentence yes",
    "below small start yes, inside yes",
    "words less than 7, below small start yes, inside yes",
    "above stop no, above words at least 7, inside yes",
    "above stop no, above words at least 7, small start yes",
    *_GLUED,
)
"""For a line beside the article that the first scorecard shows."""

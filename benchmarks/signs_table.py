"""The conditions among which `fit_signs.py` looks: bands of each line fact, for both scorecards of `keep_article`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNTS = (
    "words",
    "gap",
    "indent",
    "characters",
    "clutter 3",
    "before",
    "after",
    "depth",
    "prose words 6",
    "prose words 12",
)
"""Facts that are whole numbers: a band ends one before the next begins. Of others it ends a hundredth before."""
_WORDS = (2, 4, 7, 10, 15, 25, 50)
_REACH = (1, 2, 4, 8)
_NEIGHBOURS = ("above ", "below ", "2 above ", "2 below ")


def bands(fact: str, edges: Sequence[float], prefix: str = "") -> list[str]:
    """Return conditions that cut the range of a fact into bands.

    >>> bands("words", [2, 4, 5])
    ['words less than 2', 'words 2 to 3', 'words 4', 'words at least 5']
    >>> bands("lower", [20, 40])
    ['lower less than 20', 'lower 20 to 39.99', 'lower at least 40']
    """
    whole = fact in _COUNTS
    name = prefix + fact
    between = []
    for low, high in pairwise(edges):
        last = high - (1 if whole else 0.01)
        between.append(f"{name} {low:g}" if last == low else f"{name} {low:g} to {last:g}")
    return [f"{name} less than {edges[0]:g}", *between, f"{name} at least {edges[-1]:g}"]


def lengths(prefix: str = "", rest: str = "") -> list[str]:
    """Return bands of words, each with and without a stop at the line's end."""
    return [f"{band}, {prefix}stop {stop}{rest}" for band in bands("words", _WORDS, prefix) for stop in ("yes", "no")]


def answered(*names: str) -> list[str]:
    """Return the condition that each yes-or-no fact is so."""
    return [f"{name} yes" for name in names]


def by_place(*conditions: str) -> list[str]:
    """Return each condition for lines inside the article and beside it."""
    return [f"{one}, inside {answer}" for one in conditions for answer in ("yes", "no")]


FIRST = (
    *lengths(),
    *(condition for prefix in _NEIGHBOURS for condition in lengths(prefix)),
    *bands("lower", [20, 40, 60, 75, 90]),
    *bands("digits", [1, 5, 15]),
    *bands("commas", [1, 5, 10, 20]),
    *bands("prose 3", [1, 20, 35, 50, 70, 90]),
    *bands("prose 6", [1, 10, 20, 35, 50, 70, 90]),
    *bands("prose 12", [1, 10, 20, 35, 50, 70, 90]),
    *bands("prose words 6", [1, 20, 60, 120, 250]),
    *bands("prose words 12", [1, 20, 60, 120, 250, 500]),
    *bands("text above", [1, 5, 15, 30, 70, 85, 95, 99]),
    *bands("lines above", [5, 15, 30, 50, 70, 85, 95]),
    *bands("echo", [1, 25, 50, 75, 99]),
    *bands("gap", [1, 2, 3, 4, 8]),
    *bands("indent", [1, 4, 10]),
    *bands("characters", [30, 60, 100, 150, 250, 500]),
    *("upper at least 60", "copies at least 2", "stops at least 2", "stops at least 4", "edge at most 2"),
    *answered("quote", "quotes", "colon", "dots", "separators", "link", "bullet", "small start", "doubled", "clutter"),
    *bands("clutter 3", [1, 2, 4]),
    *(f"{prefix}dots yes" for prefix in _NEIGHBOURS),
)
"""For a line by itself and with its neighbours."""
SECOND = (
    *bands("points", [-6, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4, 6]),
    *(
        condition
        for reach in _REACH
        for side in ("above", "below")
        for condition in bands(f"article {side} {reach}", [5, 20, 40, 60, 80, 95])
    ),
    *bands("share above", [0.5, 2, 10, 50, 90, 98, 99.5]),
    *bands("before", [1, 2, 3, 5, 9, 20]),
    *bands("after", [1, 2, 3, 5, 9, 20]),
    *bands("depth", [1, 2, 3, 5, 9]),
    *lengths(rest=", inside yes"),
    *lengths(rest=", inside no"),
    *by_place(*bands("topic", [1, 15, 30, 50, 75]), "strange yes", "copies at least 2", "dots yes"),
    "doubled yes",
    *by_place("gap at least 3"),
    *answered("clutter"),
    *bands("clutter 3", [1, 2, 4]),
    *answered("link", "separators"),
    "colon yes, inside yes",
    "small start yes",
    "headline yes, above sentence yes, below sentence yes",
    "headline yes, 2 above headline yes, above sentence yes, below sentence yes",
    "sentence yes, above headline yes, below headline yes, 2 above sentence yes, 2 below sentence yes",
)
"""For a line beside the article that the first scorecard shows."""

"""The conditions among which `fit_article.py` looks for the signs that tell an article's lines from the rest of its page.

Counts and shares are cut into steps that add up; most of them come out as nothing. Edges are round numbers. Dear facts (echo,
topics) are left out: they brought nothing that others do not bring too.
"""

from __future__ import annotations

from benchmarks.signs_table import answered, steps
from cleaner.html.article.feature_names import ELEMENTS, MAIN_SHARES, PLACES
from cleaner.html.class_words import FAMILIES

_NEAR = ("above ", "below ", "2 above ", "2 below ")
_SHARES = (1, 5, 15, 30, 50, 75, 95)
CONDITIONS = (
    *steps("words", (2, 3, 4, 6, 9, 13, 20, 30, 45, 70)),
    *answered(
        "stop", "sentence", "headline", "quote", "colon", "dots", "separators", "link"
    ),
    *steps("stops", (1, 2, 4)),
    *steps("commas", (1, 5, 12)),
    *steps("lower", (20, 40, 60, 75, 90)),
    *steps("upper", (10, 20, 40, 80)),
    *steps("digits", (1, 5, 15, 30)),
    *steps("copies", (2,)),
    *(
        row
        for reach in (3, 6, 12)
        for row in steps(f"prose {reach}", (1, 20, 40, 60, 80, 99))
    ),
    *steps("text above", (0.1, 2, 10, 50, 90, 98, 99.9)),
    *steps("lines above", (5, 15, 30, 50, 70, 85, 95)),
    *steps("edge", (3, 10, 30)),
    *steps("linked", (1, 15, 30, 50, 75, 99)),
    *steps("bold", (1, 50, 99)),
    *steps("heading", (1, 2, 3, 4)),
    *answered("caption", "hidden", "title", "description"),
    *answered(*(f"element {name}" for name in ELEMENTS)),
    *answered(*(f"inside {name}" for name in PLACES)),
    *answered(
        *(f"{scope} {name}" for scope in ("class", "zone", "page") for name in FAMILIES)
    ),
    *answered(
        *(
            f"{side}main {share}"
            for side in ("", "before ", "after ")
            for share in MAIN_SHARES
        )
    ),
    *(
        row
        for share in MAIN_SHARES
        for row in steps(f"steps to main {share}", (1, 2, 3, 5))
    ),
    *(row for name in ("kind", "kin") for row in steps(name, _SHARES)),
    *(
        row
        for name in ("parent", "grandparent")
        for row in steps(f"{name} prose", _SHARES)
    ),
    *(
        row
        for name in ("parent", "grandparent")
        for row in steps(f"{name} sentences", (1, 10, 30, 50, 70, 90))
    ),
    *(
        row
        for name in ("parent", "grandparent")
        for row in steps(f"{name} linked", (1, 5, 15, 30, 60, 90))
    ),
    *steps("nesting", (5, 8, 11, 15, 20)),
    *steps("page words", (300, 700, 1500, 3000)),
    *steps("page sentences", (10, 25, 40, 60, 80)),
    *(
        row
        for reach in (4, 10)
        for row in steps(f"linked {reach}", (1, 5, 15, 30, 50, 75))
    ),
    *(
        row
        for reach in (4, 10)
        for row in steps(f"sentence {reach}", (1, 10, 25, 50, 75))
    ),
    *(row for near in _NEAR for row in steps(f"{near}words", (1, 4, 9, 20, 45))),
    *answered(
        *(
            f"{near}{name}"
            for near in _NEAR
            for name in ("stop", "sentence", "headline", "inside item", "colon")
        )
    ),
    *(row for near in _NEAR for row in steps(f"{near}linked", (1, 30, 75, 99))),
    *(row for near in _NEAR for row in steps(f"{near}heading", (1, 2, 3))),
    *(row for near in _NEAR for row in steps(f"{near}kin", (1, 15, 50))),
    *(row for near in _NEAR for row in steps(f"{near}parent prose", (1, 15, 50))),
    *(row for near in _NEAR for row in steps(f"{near}digits", (5, 15))),
    *(row for near in _NEAR for row in steps(f"{near}copies", (2,))),
)

"""The measuring scripts: labels, the blocks that they replace, and the picture. The pages that they measure on are not here."""

from __future__ import annotations

import doctest
import importlib
import re

import pytest

from benchmarks.tradeoff import OTHERS, Point, draw

GOLD = "The ferry sails again from the first of May.\nNobody had expected that it would ever sail again."


def script(name: str) -> object:
    """Return a script, or skip where the `bench` extra is not installed."""
    for package in ("html_text", "inscriptis", "sklearn"):
        pytest.importorskip(package)
    return importlib.import_module(f"benchmarks.{name}")


def labels(*lines: str) -> str:
    found: str = script("flatten").label(  # type: ignore[attr-defined]
        lines, GOLD, lambda text: re.findall(r"\w+", text.lower())
    )
    return found


@pytest.mark.parametrize(
    ("line", "label"),
    (
        ("The ferry sails again from the first of May.", "B"),
        ("Weather and sport and the whole programme of today", "C"),
        ("The ferry sails again and Brook, who keeps a shop, is happy", "M"),
        ("* * *", "N"),
    ),
)
def test_a_line_is_labelled_by_the_windows_that_the_gold_has(
    line: str, label: str
) -> None:
    assert labels("Home", line, "Contact") == f"C{label}C"


def test_of_two_copies_the_one_beside_the_article_is_body() -> None:
    first, second = GOLD.split("\n")
    assert (
        labels(first, "Sport", "Weather", "Culture", "Travel", first, second)
        == "CCCCCBB"
    )


@pytest.mark.parametrize("name", ("fit_signs", "flatten", "quality", "signs_table"))
def test_what_the_scripts_show_is_so(name: str) -> None:
    results = doctest.testmod(script(name))  # type: ignore[arg-type]
    assert results.failed == 0
    assert results.attempted or name == "flatten"


def test_a_block_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="first"):
        script("fit_signs").replaced("second: |\n  +1 stop yes\n", "first", [])  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="figures"):
        script("quality").filled("no marks", "x")  # type: ignore[attr-defined]


@pytest.mark.parametrize("card", ("FIRST", "SECOND"))
def test_no_condition_is_offered_twice(card: str) -> None:
    conditions = getattr(script("signs_table"), card)
    assert len(conditions) == len(set(conditions)) > 100


def test_the_picture_shows_more_removed_higher_and_more_lost_further_right() -> None:
    levels = [
        Point("cautious", 0.3, 0.001),
        Point("standard", 0.5, 0.004),
        Point("bold", 0.6, 0.02),
    ]
    picture = draw(levels)
    places = [
        tuple(map(float, found))
        for found in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="5"', picture)
    ]
    assert len(places) == len(levels)
    assert places == sorted(places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
    assert all(f">{point.name}</text>" in picture for point in (*levels, *OTHERS))

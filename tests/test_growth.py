"""Ten times the text takes about ten times the time: some of the shapes of `benchmarks/growth.py`, in two sizes.

The benchmark measures how far that holds; here only a square of time would be noticed, on any machine, however busy.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import growth
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner import Cleaner

SMALL, TIMES = 20_000, 10
SLOWER = 40
"""Ten times the text may take so many times as long, where a square of time would take a hundred times."""
ROUNDS = 3
"""The best of so many counts: a collection of garbage is nobody's growth."""
SHAPES = (
    "text/same paragraph",
    "text/article again and again",
    "text/short lines and a paragraph",
    "text/list items",
    "text/pull quotes",
    "text/teasers with three dots",
    "text/label and paragraph",
    "text/blank lines",
    "text/lines of spaces",
    "text/posts",
    "text/posts at the end of paragraphs",
    "page/paragraphs",
    "page/posts and paragraphs",
    "page/links in one paragraph",
)


@pytest.fixture(scope="module")
def shipped() -> Cleaner:
    return shipped_cleaner()


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_the_size(shipped: Cleaner, name: str) -> None:
    shape = growth.SHAPES[name]
    small, large = (
        min(growth.look(shipped, shape, size, turn) for turn in range(ROUNDS))
        for size in (SMALL, SMALL * TIMES)
    )
    assert large < SLOWER * small


def test_shapes_have_their_size_and_no_size_shares_its_lines() -> None:
    for name, shape in growth.SHAPES.items():
        made = shape.make(SMALL)
        assert SMALL <= len(made) < 2.5 * SMALL, name
        assert made == shape.make(SMALL), name
    one, other = (
        set(growth.SHAPES["text/paragraphs"].make(size).split(b"\n"))
        for size in (SMALL, SMALL + 1_000)
    )
    assert one & other == {b""}


def test_a_shape_is_measured_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "growth.json"
    monkeypatch.setattr(
        sys,
        "argv",
        [
            "growth",
            "--shapes",
            "text/one word",
            "--max-size",
            "10000",
            "--json",
            str(out),
        ],
    )
    growth.main()
    found = json.loads(out.read_text(encoding="utf-8"))["text/one word"]
    assert set(found["seconds"]) == {"1000", "10000"}
    assert not found["ended"]
    assert len(found["exponents"]) == 1
    assert "text/one word" in capsys.readouterr().out


def test_a_shape_that_takes_too_long_is_stopped() -> None:
    found = growth.measure("text/label", (1_000,), 0.01)  # no process starts as fast
    assert found.ended == "stopped by the clock"
    assert growth.row(found, (1_000,)).count("–") == 1


def test_exponents() -> None:
    found = growth.Growth("text/made", {1_000: 1.0, 10_000: 10.0, 100_000: 1000.0}, "")
    assert found.exponents() == pytest.approx([1, 2])

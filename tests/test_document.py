"""Marks of the markup follow their lines through what the rules change."""

from __future__ import annotations

import pytest

from cleaner.document import carried


@pytest.mark.parametrize(
    ("lines", "later", "marks"),
    (
        ("abc", "abc", (1, 2, 3)),
        ("abc", "ac", (1, 3)),
        ("abc", "axc", (1, 0, 3)),
        ("aa", "aa", (1, 2)),
        ("abab", "abab", (1, 2, 3, 4)),
        ("abab", "bab", (2, 3, 4)),
        ("abca", "bca", (2, 3, 4)),
        ("aa", "aaa", (1, 2, 0)),
        ("ab", "ba", (2, 0)),
    ),
)
def test_each_line_has_the_mark_of_its_own_place(
    lines: str, later: str, marks: tuple[float, ...]
) -> None:
    column = list(range(1, len(lines) + 1))
    assert carried({"item": column}, lines, later) == {"item": list(marks)}


def test_no_marks_are_none() -> None:
    assert carried({}, "ab", "a") == {}

"""What rules of the second stage know of the first: the lines that it takes out whole."""

from __future__ import annotations

import pytest

from cleaner.document import Document
from cleaner.model import Edit, Match
from cleaner.rulebook.engine.evaluate import claimed_by

DOCUMENT = Document(text="aa\nbb\ncc\ndd")


@pytest.mark.parametrize(
    ("start", "end", "replacement", "lines"),
    (
        (3, 5, "", {1}),
        (3, 6, "", {1}),
        (3, 8, "", {1, 2}),
        (0, 11, "", {0, 1, 2, 3}),
        (4, 8, "", {2}),
        (3, 7, "", {1}),
        (3, 5, "xx", set()),
        (3, 8, " ", set()),
    ),
)
def test_a_line_is_claimed_where_all_of_it_goes_and_nothing_comes(
    start: int, end: int, replacement: str, lines: set[int]
) -> None:
    match = Match(start=start, end=end, line=1, replacement=replacement)
    edit = Edit(rule="a", category="ads", match=match)
    assert claimed_by(DOCUMENT, [edit]) == lines

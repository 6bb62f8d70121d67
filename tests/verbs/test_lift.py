"""A line goes and what it says is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

VERB = """
lift: |
  By <authors:name>
  Published <published:date>
  By <authors:name> in <section:any>
when: {first_lines: 4}
"""


@pytest.mark.parametrize(
    ("line", "facts"),
    (
        ("By Jane Doe", [("authors", "Jane Doe")]),
        ("BY Jane van der Doe", [("authors", "Jane van der Doe")]),
        ("By  Zoë O’Neill-Ştefan", [("authors", "Zoë O’Neill-Ştefan")]),
        ("Published 3 July 2025", [("published", "3 July 2025")]),
        ("By Jane Doe in Kraków", [("authors", "Jane Doe"), ("section", "Kraków")]),
    ),
)
def test_goes(
    attempt: Callable[[str, str], Reduction], line: str, facts: list[tuple[str, str]]
) -> None:
    reduction = attempt(VERB, f"{line}\n{FIRST}\n{SECOND}")
    assert reduction.body == f"{FIRST}\n{SECOND}"
    assert [
        tuple(fact) for edit in reduction.applied for fact in edit.match.facts
    ] == facts


@pytest.mark.parametrize(
    "line",
    (
        "By the end of the day, Jane Doe had left.",
        "By jane doe",
        "Published by Jane Doe",
        "Published in July",
        "By Jane Doe, who was there on the night and saw it all.",
        "Standing By Jane Doe",
    ),
)
def test_stays(attempt: Callable[[str, str], Reduction], line: str) -> None:
    reduction = attempt(VERB, f"{line}\n{FIRST}\n{SECOND}")
    assert reduction.body == f"{line}\n{FIRST}\n{SECOND}"
    assert reduction.applied == ()


def test_position_is_counted_in_filled_lines(clean: Callable[[str, str], str]) -> None:
    fourth = f"\n\n{FIRST}\n\n{SECOND}\n\nIt rained.\n\nBy Jane Doe"
    assert clean(VERB, fourth) == f"\n\n{FIRST}\n\n{SECOND}\n\nIt rained."
    fifth = f"\n\n{FIRST}\n\n{SECOND}\n\nIt rained.\n\nIt stopped.\n\nBy Jane Doe"
    assert clean(VERB, fifth) == fifth

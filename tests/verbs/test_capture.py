"""What a line says is copied; the line stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

VERB = "capture: |\n  Explore what <syndicator:any> AI can do for you:\n  Filed under <tags:any>\n"


@pytest.mark.parametrize(
    ("line", "facts"),
    (
        ("Explore what Herald8 AI can do for you:", [("syndicator", "Herald8")]),
        ("EXPLORE what  Zeitung 9 ai can do for you:", [("syndicator", "Zeitung 9")]),
        ("Filed under ports, 😀 ferries", [("tags", "ports, 😀 ferries")]),
    ),
)
def test_is_learned_and_stays(
    attempt: Callable[[str, str], Reduction], line: str, facts: list[tuple[str, str]]
) -> None:
    text = f"{FIRST}\n{line}\n"
    reduction = attempt(VERB, text)
    assert reduction.body == text
    assert reduction.edits == ()
    assert [
        tuple(fact) for edit in reduction.learned for fact in edit.match.facts
    ] == facts


@pytest.mark.parametrize(
    "line",
    (
        "Explore what the city can do for you.",
        "Explore what AI can do for you:",
        "He filed under protest",
        "",
    ),
)
def test_nothing_is_learned(
    attempt: Callable[[str, str], Reduction], line: str
) -> None:
    reduction = attempt(VERB, f"{FIRST}\n{line}\n")
    assert (reduction.body, reduction.learned) == (f"{FIRST}\n{line}\n", ())

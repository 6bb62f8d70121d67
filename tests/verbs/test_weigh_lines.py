"""Signs add up: one alone takes nothing, several together do, and the reason shows the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

VERB = """
weigh_lines:
  at_least: 2
  signs: |
    +1.2 stop no
    +0.8 edge at most 1
    -3 quote yes
"""


@pytest.mark.parametrize("place", (0, 4))
def test_two_signs_take_a_line(clean: Callable[[str, str], str], place: int) -> None:
    lines = [FIRST, SECOND, THIRD, FIRST.replace("six", "five")]
    text = "\n".join([*lines[:place], "Harbour news", *lines[place:]])
    assert clean(VERB, text) == "\n".join(lines)


@pytest.mark.parametrize("line", ("Harbour news.", "“Harbour news”"))
def test_one_sign_takes_nothing(clean: Callable[[str, str], str], line: str) -> None:
    text = f"{FIRST}\n{SECOND}\n{THIRD}\n{line}"
    assert clean(VERB, text) == text


def test_a_sign_that_speaks_for_the_line_outweighs(
    clean: Callable[[str, str], str],
) -> None:
    text = f"{FIRST}\n{SECOND}\nHarbour news\n{THIRD}\n{FIRST}"
    assert (
        clean(VERB, text) == text
    )  # in the middle: the edge does not speak against it


def test_the_reason_is_the_sum(attempt: Callable[[str, str], Reduction]) -> None:
    reduction = attempt(VERB, f"{FIRST}\n{SECOND}\n{THIRD}\nHarbour news")
    assert (
        reduction.applied[0].match.reason
        == "+2.0, 2 needed: +1.2 stop no; +0.8 edge at most 1"
    )

"""Lines go for what they look like only where their neighbours and their number are as the rule says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.verbs.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

BULLET = """
remove_shape:
  line: |
    bullet yes, headline yes, stop no, words 3 to 20
  above: |
    sentence yes
  below: |
    sentence yes
    edge
  max_lines: 1
"""
MENU = """
remove_shape:
  line: |
    words at most 3, stop no
  above: |
    edge
  below: |
    sentence yes
  min_lines: 3
  max_lines: 5
"""


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    (
        (BULLET, f"{FIRST}\n- Storm closes the road\n{SECOND}", f"{FIRST}\n{SECOND}"),
        (
            BULLET,
            f"{FIRST}\n\n• Storm closes the road\n\n{SECOND}",
            f"{FIRST}\n\n{SECOND}",
        ),
        (BULLET, f"{FIRST}\n- Storm closes the road", FIRST),
        (MENU, f"Home\nNews\nSport\n{FIRST}", FIRST),
        (MENU, f"\nHome\nThe World\nSport\n\n{FIRST}\n{SECOND}", f"{FIRST}\n{SECOND}"),
    ),
)
def test_goes(
    clean: Callable[[str, str], str], verb: str, before: str, after: str
) -> None:
    assert clean(verb, before).strip("\n") == after


@pytest.mark.parametrize(
    ("verb", "text"),
    (
        (
            BULLET,
            f"{FIRST}\n- Storm closes the road\n- Bakers win their case\n{SECOND}",
        ),
        (BULLET, f"{FIRST}\n- Storm closes the road.\n{SECOND}"),
        (BULLET, f"{FIRST}\nStorm closes the road\n{SECOND}"),
        (BULLET, f"Harbour\n- Storm closes the road\n{SECOND}"),
        (BULLET, f"- Storm closes the road\n{SECOND}"),
        (MENU, f"Home\nNews\n{FIRST}"),
        (MENU, f"A\nB\nC\nD\nE\nF\n{FIRST}"),
        (MENU, f"{FIRST}\nHome\nNews\nSport\n{SECOND}"),
        (MENU, "Home\nNews\nSport\nHarbour master opens the gate at six"),
    ),
)
def test_stays(clean: Callable[[str, str], str], verb: str, text: str) -> None:
    assert clean(verb, text) == text

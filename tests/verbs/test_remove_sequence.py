"""Neighbouring lines go where they are the phrases in their order, blank lines between them aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = """
remove_sequence: |
  <word>
  <ago>
  - <word>
"""


@pytest.mark.parametrize(
    ("before", "after"),
    (
        ("One.\nHerald\n38 minutes ago\n- Herald\nTwo.", "One.\nTwo."),
        ("One.\n\nHerald\n\n\nan hour ago\n\n– Herald\n\nTwo.", "One.\n\nTwo."),
        ("Herald\n3 h ago\n- Post\nOne.", "One."),
        ("One.\nHerald\njust now\n- Herald", "One."),
        ("One.\nA\nHerald\nvor 3 Stunden\n- Herald\nTwo.", "One.\nA\nTwo."),
    ),
)
def test_goes(clean: Callable[[str, str], str], before: str, after: str) -> None:
    assert clean(VERB, before) == after


@pytest.mark.parametrize(
    "text",
    (
        "One.\nHerald\n38 minutes ago\nTwo.",
        "One.\nHerald\n38 minutes ago",
        "One.\n38 minutes ago\nHerald\n- Herald\nTwo.",
        "One.\nHerald\nIt was 38 minutes ago.\n- Herald\nTwo.",
        "One.\nHerald\n38 minutes ago\nTwo.\n- Herald",
        "Herald",
        "\n\n",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_one_sequence_after_another(clean: Callable[[str, str], str]) -> None:
    card = "Herald\n5 minutes ago\n- Herald\n"
    assert clean(VERB, f"One.\n{card}{card}{card}Two.") == "One.\nTwo."

"""Selectors act on markup alone: plain text has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.verbs.api.values import Selectors
from cleaner.verbs.remove_html import RemoveHtml

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = 'remove_html: |\n  aside.related\n  [class*="newsletter-signup"]\n'


@pytest.mark.parametrize(
    "text",
    (
        "aside.related",
        '<aside class="related">More</aside>',
        '[class*="newsletter-signup"]',
        "An aside.\nA related one.",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_keeps_its_selectors_as_they_are_written() -> None:
    selectors = Selectors(["A.B > c"])
    assert RemoveHtml(selectors=selectors).selectors == ("A.B > c",)

"""A name with its account that signs the article takes no paragraph with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shipped import shipped_cleaner
from tests.verbs.conftest import FIRST, SECOND, THIRD

if TYPE_CHECKING:
    from cleaner import Cleaner


@pytest.fixture(scope="module")
def shipped() -> Cleaner:
    return shipped_cleaner()


@pytest.mark.parametrize(
    "text",
    (
        f"{FIRST}\n{SECOND}\n{THIRD}\n— Ada Brook (@adabrook)",
        f"The harbour opens again\n{FIRST}\nAda Brook (@adabrook) November 2, 2025\n{SECOND}\n{THIRD}",
    ),
    ids=("at-the-end", "under-the-standfirst"),
)
def test_the_paragraph_above_stays(shipped: Cleaner, text: str) -> None:
    body = shipped.clean(text).body
    assert all(paragraph in body for paragraph in (FIRST, SECOND, THIRD))

"""What the tests of engines share: the rows, and what has to come of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.adapters import corpus


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """Some two hundred documents, pages among them."""
    return corpus.rows()


@pytest.fixture(scope="session")
def bad_rows() -> list[dict[str, Any]]:
    """Rows of bytes, some of which cannot be cleaned."""
    return corpus.bad_rows()


@pytest.fixture(scope="session")
def expected() -> str:
    """The hash of what every engine has to make of `rows`."""
    return corpus.expected()

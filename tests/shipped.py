"""The shipped rules, compiled once for all tests of a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from cleaner import Cleaner


@cache
def shipped_cleaner(**options: Any) -> Cleaner:  # noqa: ANN401 - the options of Cleaner.default
    """Return a cleaner with the shipped rules; it is immutable, so tests share it."""
    return Cleaner.default(**options)

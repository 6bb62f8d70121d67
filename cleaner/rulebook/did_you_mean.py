"""“Did you mean”: the nearest of some known words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that names the nearest known word, or an empty text.

    >>> did_you_mean("remove_blok", ["remove_block", "lift"])
    " – did you mean 'remove_block'?"
    """
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" – did you mean '{near[0]}'?" if near else ""

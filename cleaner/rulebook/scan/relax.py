r"""Patterns that compile in a moment, in place of one that takes long.

RE2 writes counted repetition out (`.{1,60}`), and a class of Unicode letters (`\p{Lu}`) takes a thousand instructions each
time. A *relaxed* pattern is the same with both widened: it matches all that the pattern does, and a little more. An *opened*
one is without the bounds that a short line cannot reach: on such a line it matches exactly what the pattern does.

    \p{Lu}[\p{L}.]{0,30} Uhr   relaxed:                 ..* Uhr
                               opened for 20 characters:  \p{Lu}[\p{L}.]{0,} Uhr
"""

from __future__ import annotations

import re

from cleaner import dates

SMALL = 2
"""Repetitions up to this many times stay as they are."""
_DATE = f".*{dates.YEAR}.*"
_PIECE = re.compile(
    r"(?P<letters>\\[pP](?:\{[^}]*\}|[A-Z]))|(?P<escape>\\(?:x\{[^}]*\}|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|"
    r"\{(?P<low>\d+)(?P<comma>,?)(?P<high>\d*)\}",
    re.DOTALL,
)


def relaxed(pattern: str) -> str:
    r"""Return a pattern that matches whatever the given one does and is cheap in a set.

    >>> relaxed(r"\p{Lu}[\p{L}.]{0,30} Uhr"), relaxed("Read more"), relaxed(r"a{2}[bc]{1,40}")
    ('..* Uhr', 'Read more', 'a{2}[bc]+')
    """
    return _PIECE.sub(_widened, pattern.replace(dates.date_pattern(), _DATE))


def _widened(found: re.Match[str]) -> str:
    if found["letters"]:
        return "."
    if found["escape"]:
        return found[0]
    if found["set"]:
        return "." if re.search(r"\\[pP]", found["set"]) else found[0]
    bounded = found["high"] if found["comma"] else found["low"]
    if bounded and int(bounded) <= SMALL:
        return found[0]
    return "*" if int(found["low"]) == 0 else "+"


_COUNTED = re.compile(
    r"(?P<atom>\\[pP](?:\{[^}]*\}|[A-Z])|\\(?:x\{[^}]*\}|.)|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|[^()|])"
    r"\{(?P<low>\d+),(?P<high>\d+)\}|"
    r"\\(?:[pPx]\{[^}]*\}|.)|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|.",
    re.DOTALL,
)
"""A character or class that is repeated between so many and so many times, or what else stands in a pattern."""


def bounds(pattern: str) -> list[int]:
    """Return how often a character or a class of the pattern may be repeated at most, each number once, the smallest first."""
    found = _COUNTED.finditer(pattern)
    highest = {int(one["high"]) for one in found if one["high"]}
    return sorted(highest)


def opened(pattern: str, size: int) -> str:
    r"""Return a pattern that matches the same lines of up to `size` characters, and others.

    >>> opened(r"[\p{L} ]{2,40}: .{1,9}", 20), bounds(r"[\p{L} ]{2,40}: .{1,9}")
    ('[\\p{L} ]{2,}: .{1,9}', [9, 40])
    """
    return _COUNTED.sub(lambda found: _opened(found, size), pattern)


def _opened(found: re.Match[str], size: int) -> str:
    if found["high"] is None or int(found["high"]) < size:
        return found[0]
    return f"{found['atom']}{{{found['low']},}}"

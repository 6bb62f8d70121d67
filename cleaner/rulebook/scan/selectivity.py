"""What literals say: of several that every line must hold, the one is looked for that stands in the fewest lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.rulebook.scan.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

Texts = frozenset[str]
"""Folded texts of which a line holds one; a newline stands for its begin or its end."""

MAX_TEXTS = 150
"""Texts of one choice. More say little, and cost a key each."""
_EDGE = 4
"""What it says more that a word stands at an edge of the line; of signs it says hardly more: lists have them there."""
_WORD = 2
_CHOICES_A_LETTER = 200
_SIGNS = dict.fromkeys(" .,'’‘-–—_\"“”„\xa0\n", 0) | dict.fromkeys(":;!?()…«»", 1)
"""Signs that say little; others stand for three letters, and for five where ASCII has none like it."""


class _Worths(dict[str, int]):
    """What each character says, worked out when it is first met."""

    def __missing__(self, char: str) -> int:
        other = 3 if char.isascii() else 5
        value = 1 if char.isalnum() else _SIGNS.get(char, other)
        self[char] = value
        return value


_worth_of = _Worths().__getitem__


def worth(text: str) -> int:
    """Return what a literal text says, in letters: a sign that is rare in prose says more than one.

    >>> worth("Foto"), worth("Foto:"), worth(" - "), worth("©")
    (4, 5, 0, 5)
    """
    return sum(map(_worth_of, text))


def score(texts: Texts) -> float:
    r"""Return what it says that a line holds one of some texts: as little as the least of them.

    >>> score(frozenset(["foto:"])), score(frozenset(["\nfoto:"])), score(frozenset(["\n", "foto"])), score(frozenset())
    (4.995, 8.995, -0.01, 0.0)
    """
    if not texts:
        return 0.0
    least = min(map(_worth_at_edge, texts))
    return least - len(texts) / _CHOICES_A_LETTER


def _worth_at_edge(text: str) -> int:
    said = worth(text)
    if text == "\n" or "\n" not in text:
        return said
    if said >= _WORD:
        return said + _EDGE
    return said + 1


def strongest(required: Iterable[Texts]) -> Texts:
    """Return the texts that say most, an empty set where there are none."""
    return max(required, key=score, default=frozenset())


def tidy(text: str) -> str:
    r"""Return a literal that is made of folded ones as it stands in folded lines, which neither begin nor end with a space.

    >>> tidy("\n by  i\u0307lan \n")
    '\nby ilan\n'
    """
    if "  " in text or "\u0307" in text:
        text = fold(text)
    if "\n" not in text:
        return text
    text = text.replace("\n ", "\n")
    return text.replace(" \n", "\n")

r"""What every match of a pattern must contain: a few literal words, of which one is always there.

Phrases that begin with anything (`<any> / Agencja Wyborcza`) cannot stand in a set of whole lines without multiplying
its states. They are looked for by their required words instead, and the lines that hold one are looked at again.

    .* (?:Foto|Bild): dpa    requires    Foto or Bild
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_LETTERS = 3
MAX_ALTERNATIVES = 80

_TOKEN = re.compile(
    r"(?P<open>\((?:\?(?:P<\w+>|[a-zA-Z]*-?[a-zA-Z]*:))?)|(?P<close>\))|(?P<bar>\|)|(?P<quantifier>[*+?]\??|\{\d+,?\d*\}\??)|"
    r"(?P<wide>\.|\^|\$|\[\^?\]?(?:\\.|[^\]\\])*\]|\\[a-zA-Z](?:\{[^}]*\})?)|\\(?P<escaped>.)|(?P<literal>.)",
    re.DOTALL,
)

Words = tuple[str, ...]


@dataclass(slots=True)
class _Sequence:
    """One branch while it is read: the literal run at its end, and the best words so far."""

    best: Words = ()
    run: str = ""

    def literal(self, char: str) -> None:
        self.run += char

    def gap(self) -> None:
        """End the run of literal characters."""
        self.offer((self.run,))
        self.run = ""

    def offer(self, words: Words) -> None:
        """Take words of which one is required, where they say more than the best so far."""
        if len(words) <= MAX_ALTERNATIVES and _worth(words) > _worth(self.best):
            self.best = words


def _worth(words: Words) -> int:
    """Return how much a choice of words says: the letters and digits of the shortest."""
    return min((sum(map(str.isalnum, word)) for word in words), default=0)


def required(pattern: str) -> Words:
    r"""Return words of which every match holds at least one, or nothing where they would say too little.

    >>> required(r".* (?:Foto|Bild): dpa"), required(r".+ / Agencja"), required(r"[0-9]+ .*")
    (('Foto', 'Bild'), ('/ Agencja',), ())
    """
    tokens = list(_TOKEN.finditer(pattern))
    words, _ = _alternatives(tokens, 0)
    return tuple(word.strip() for word in words) if _worth(words) >= MIN_LETTERS else ()


def _alternatives(tokens: list[re.Match[str]], at: int) -> tuple[Words, int]:
    """Return what one of the branches from a token on requires, and the token that ends them."""
    branches: list[Words] = []
    sequence = _Sequence()
    while at < len(tokens) and not tokens[at]["close"]:
        if tokens[at]["bar"]:
            sequence.gap()
            branches.append(sequence.best)
            sequence = _Sequence()
            at += 1
        else:
            at = _element(tokens, at, sequence)
    sequence.gap()
    branches.append(sequence.best)
    return (tuple(word for branch in branches for word in branch) if all(branches) else ()), at


def _element(tokens: list[re.Match[str]], at: int, sequence: _Sequence) -> int:
    """Read a literal, a class or a group with its quantifier into a sequence; return the token after it."""
    token = tokens[at]
    inner: Words = ()
    if token["open"]:
        inner, at = _alternatives(tokens, at + 1)
    quantifier = tokens[at + 1]["quantifier"] if at + 1 < len(tokens) else None
    may_be_missing = quantifier is not None and quantifier[0] in "*?{"
    char = token["literal"] or token["escaped"]
    if char and not may_be_missing:
        sequence.literal(char)
    if not char or quantifier:
        sequence.gap()
    if inner and not may_be_missing:
        sequence.offer(inner)
    return at + 1 + (quantifier is not None)

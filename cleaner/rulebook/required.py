r"""What every match of a pattern must contain: a fragment of the pattern that is cheap to look for anywhere in a text.

Phrases that begin with anything (`<any> / Agencja Wyborcza`) cannot be looked up by their first words, and one automaton
for whole lines of all of them would be large. They are looked for by a fragment that stands in each of their matches,
and the lines that hold one are looked at again. A fragment is made of neighbouring literal characters, small classes and
choices of such; of those that a pattern has, the one that says most is taken.

    .* \((?:Foto|Bild): dpa    requires    \((?:Foto|Bild): dpa
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

MIN_WORTH = 5
"""What says less than five letters do stands in too many lines."""
MAX_CHARS = 2_000
"""A longer fragment is a list of hundreds of names."""
_SMALL_CLASS = 12
"""Characters of a class that are as good as one; `…` of kinds of spaces or quotes are, however many there are."""
_SMALL_REPEAT = 4

_SIGNS = dict.fromkeys(" .,'’‘-–—_\"“”„\xa0", 0) | dict.fromkeys(":;!?()…«»", 1)
"""Signs that say little; others stand for three letters, and for five where ASCII has none like it."""

_TOKEN = re.compile(
    r"(?P<open>\((?:\?(?:P?<\w+>|(?P<flags>[a-zA-Z]*-?[a-zA-Z]*):))?)|(?P<close>\))|(?P<bar>\|)|"
    r"(?P<quantifier>[*+?]\??|\{(?P<low>\d+),?(?P<high>\d*)\}\??)|(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])|"
    r"(?P<wide>\.|\^|\$|\\[pPx]\{[^}]*\}|\\[pP][A-Z]|\\x[0-9A-Fa-f]{2}|\\[a-zA-Z])|\\(?P<escaped>.)|(?P<literal>.)",
    re.DOTALL,
)

_RANGE = re.compile(r".-.|\\[a-zA-Z]", re.DOTALL)
_FLAGS = re.compile(r"\(\?[a-zA-Z-]+\)")
"""Flags in the middle of a pattern change what follows them: few authors write them."""


class Fragment(NamedTuple):
    """A part of a pattern and what it says: about as much as so many letters."""

    pattern: str = ""
    worth: int = 0
    confirm: str = ""
    """A pattern that says more, and costs too much to be looked for in every line."""


NOTHING = Fragment()


def worth(text: str) -> int:
    """Return what a literal text says, in letters: a sign that is rare in prose says more than one.

    >>> worth("Foto"), worth("Foto:"), worth(" - "), worth("©")
    (4, 5, 0, 5)
    """
    return sum(1 if char.isalnum() else _SIGNS.get(char, 3 if char.isascii() else 5) for char in text)


def choice(fragments: list[Fragment]) -> Fragment:
    """Return the fragment that stands for a choice, without a group: it says as little as the least of them."""
    return Fragment("|".join(one.pattern for one in fragments), min(one.worth for one in fragments))


@dataclass(slots=True)
class Run:
    """Neighbouring parts of a pattern while it is read, and the best fragment so far."""

    best: Fragment = NOTHING
    parts: list[str] = field(default_factory=list)
    worth: int = 0
    unbroken: bool = True
    """Whether all that was read until now belongs to the run."""

    def add(self, fragment: Fragment) -> None:
        """Go on with a part."""
        self.parts.append(fragment.pattern)
        self.worth += fragment.worth

    def gap(self, inner: Fragment = NOTHING) -> None:
        """End the run with something that could be anything, but for a fragment inside it."""
        self.offer(Fragment("".join(self.parts), self.worth))
        self.offer(inner)
        self.parts, self.worth, self.unbroken = [], 0, False

    def offer(self, fragment: Fragment) -> None:
        """Take a fragment that says more than the best so far."""
        if fragment.worth > self.best.worth and len(fragment.pattern) <= MAX_CHARS:
            self.best = fragment

    def end(self) -> Fragment:
        """Return the best fragment, or none where it says too little."""
        self.offer(Fragment("".join(self.parts), self.worth))
        return self.best


def required(pattern: str) -> Fragment:
    r"""Return the fragment of a pattern that says most, an empty one where none says enough.

    >>> required(r".* (?:Foto|Bild): dpa").pattern, required(r".+ / Agencja").pattern, required(r"[0-9]+ .*").pattern
    (' (?:Foto|Bild): dpa', ' / Agencja', '')
    """
    if _FLAGS.search(pattern):
        return NOTHING
    best, _, _ = _alternatives(list(_TOKEN.finditer(pattern)), 0)
    return best if best.worth >= MIN_WORTH else NOTHING


def _alternatives(tokens: list[re.Match[str]], at: int) -> tuple[Fragment, Fragment | None, int]:
    """Return the best fragment of the branches from a token on, all of them if they are narrow, and where they end."""
    runs = [Run()]
    while at < len(tokens) and not tokens[at]["close"]:
        if tokens[at]["bar"]:
            runs.append(Run())
            at += 1
        else:
            at = _element(tokens, at, runs[-1])
    narrow = (
        choice([Fragment("".join(run.parts), run.worth) for run in runs]) if all(r.unbroken for r in runs) else None
    )
    return choice([run.end() for run in runs]), narrow, at


def _element(tokens: list[re.Match[str]], at: int, run: Run) -> int:
    """Read a literal, a class or a group with its quantifier into a run; return the token after it."""
    token = tokens[at]
    inner, narrow = NOTHING, _narrow(token)
    if token["open"]:
        inner, narrow, at = _alternatives(tokens, at + 1)
        shield = f"(?{token['flags'] or ''}:"
        inner = Fragment(f"{shield}{inner.pattern})", inner.worth)
        narrow = narrow and Fragment(f"{shield}{narrow.pattern})", narrow.worth)
    quantifier = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1]["quantifier"] else None
    if quantifier is None:
        run.add(narrow) if narrow else run.gap(inner)
        return at + 1
    low, high = _counts(quantifier)
    if narrow and high <= _SMALL_REPEAT:
        run.add(Fragment(narrow.pattern + quantifier[0], low * narrow.worth))
    else:
        run.gap((narrow if narrow and narrow.worth > inner.worth else inner) if low else NOTHING)
    return at + 2


def _counts(quantifier: re.Match[str]) -> tuple[int, int]:
    """Return how often a quantifier asks for something at least and at most; without a bound, often."""
    if quantifier["low"] is None:
        return int(quantifier[0][0] == "+"), 1 if quantifier[0][0] == "?" else _SMALL_REPEAT + 1
    low = int(quantifier["low"])
    bounded = "," not in quantifier[0] or quantifier["high"]
    return low, int(quantifier["high"] or low) if bounded else _SMALL_REPEAT + 1


def _narrow(token: re.Match[str]) -> Fragment | None:
    """Return a literal or a small class as a fragment, None for what could be anything."""
    if char := token["literal"] or token["escaped"]:
        return Fragment(token[0], worth(char))
    body = token["set"]
    if not body or body.startswith("[^") or re.search(r"\\[pPdDwWS]|\[:", body):
        return None
    chars = body[1:-1]
    if chars.startswith(r"\s\x{a0}"):
        return Fragment(body, 0)
    return Fragment(body, min(map(worth, chars))) if len(chars) <= _SMALL_CLASS and not _RANGE.search(chars) else None

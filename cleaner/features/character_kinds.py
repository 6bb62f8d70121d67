"""Kinds of characters: a line as one byte for each code point, in which line facts count.

The bits of a byte say what Unicode and the tables below know of the character. What takes a look at each character in
Python takes one at each byte in C here. `kinds.count(COMMA)` counts commas: a comma is nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER, LOWER, UPPER, ALPHABETIC, DIGIT, COMMA, SEPARATOR, QUOTE = (
    1 << bit for bit in range(8)
)
"""`LETTER`: it can be part of a word, as `WORD` has it. `ALPHABETIC`: it has a case or could have one, as `upper` asks."""
NUMERAL = LETTER | DIGIT
"""A digit that words can hold, as `²` and `①` are."""
GUILLEMET = SEPARATOR | QUOTE
"""The one quotation mark that menus use too: `»`."""
WORD = re.compile(r"[^\W\d_]+")
_COMMAS = frozenset(",;，、；،")
_SEPARATORS = frozenset("|•·©®™→←›‹»▶►×✕{}<>")
_QUOTES = frozenset('"“”„«»「」')
_BYTE = 0x100
_BREAK = b"\0"
ALIKE = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "–": "-",
    "—": "-",
    "…": ".",
    "•": "|",
}
"""Signs of Western texts outside Latin-1, and one inside it of the same kind."""


def of_character(character: str) -> int:
    """Return what is known of a character.

    >>> of_character("é") == LETTER | LOWER | ALPHABETIC, of_character("”") == QUOTE, of_character(" ")
    (True, True, 0)
    """
    says = (
        WORD.match(character),
        character.islower(),
        character.isupper(),
        character.isalpha(),
        character.isdigit(),
        character in _COMMAS,
        character in _SEPARATORS,
        character in _QUOTES,
    )
    return sum(1 << bit for bit, is_so in enumerate(says) if is_so)


class _Known(dict[str, int]):
    """The kinds of characters, each worked out when first seen: at most as many as Unicode has."""

    def __missing__(self, character: str) -> int:
        self[character] = of_character(character)
        return self[character]


_known = _Known()


@cache
def _latin() -> bytes:
    return bytes(map(of_character, map(chr, range(_BYTE))))


def of_line(line: str) -> bytes:
    """Return the kinds of all characters of a line."""
    try:
        data = line.encode("latin-1")
    except UnicodeEncodeError:
        return _of_wide(line)
    return data.translate(_latin())


def of_lines(lines: Sequence[str]) -> list[bytes]:
    """Return the kinds of all characters of each line: of all lines at once, where Latin-1 holds what is left of typography.

    >>> of_lines(["Ada …", "é"]) == [of_line("Ada …"), of_line("é")]
    True
    """
    text = "".join(lines)
    try:
        data = _alike(text).encode("latin-1")
    except UnicodeEncodeError:
        return list(map(of_line, lines))
    known = data.translate(_latin())
    ends = accumulate(map(len, lines))
    return [known[end - len(line) : end] for line, end in zip(lines, ends, strict=True)]


def _alike(text: str) -> str:
    """Return a text without what typography does to Western texts."""
    if not text.isascii():
        for old, new in ALIKE.items():
            text = text.replace(old, new)
    return text


def _of_wide(line: str) -> bytes:
    """Return the kinds of a line that Latin-1 cannot hold; what typography does to Western texts is taken back first."""
    line = _alike(line)
    try:
        data = line.encode("latin-1")
    except UnicodeEncodeError:
        return bytes(map(_known.__getitem__, line))
    return data.translate(_latin())


@cache
def _others(kind: int) -> bytes:
    """Return the bytes of all characters that are not of a kind."""
    return bytes(byte for byte in range(_BYTE) if not byte & kind)


def counts(lines: Sequence[bytes], kind: int) -> list[int]:
    """Return how many characters of each line are of a kind, whatever else they are.

    >>> counts([of_line("Gate XII")], UPPER)
    [4]
    """
    others = _others(kind)
    return [len(line.translate(None, others)) for line in lines]


def cased_words(lines: Sequence[bytes]) -> list[tuple[int, int]]:
    """Return for each line its words, and those of two letters or more that begin in lower case.

    >>> cased_words([of_line("the Mayor of Quay, a town"), of_line("Ada")])
    [(6, 3), (1, 0)]
    """
    text = _BREAK.join(lines)
    letters = int.from_bytes(text.translate(_table(LETTER)), "little")
    lower = int.from_bytes(text.translate(_table(LOWER)), "little")
    begin = letters & ~(letters << 8)
    begin_lower = begin & lower & letters >> 8
    marks = (begin + begin_lower).to_bytes(len(text), "little")
    ends = accumulate(len(line) + 1 for line in lines)
    by_line = [
        marks[end - 1 - len(line) : end - 1]
        for line, end in zip(lines, ends, strict=True)
    ]
    return [(line.count(1) + line.count(2), line.count(2)) for line in by_line]


@cache
def _table(kind: int) -> bytes:
    """Return a table: 1 for characters of a kind, 0 for others."""
    return bytes(bool(byte & kind) for byte in range(_BYTE))

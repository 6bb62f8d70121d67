"""Kinds of characters: a line as one byte for each code point, in which line facts count.

The bits of a byte say what Unicode and the tables below know of the character. What takes a look at each character in
Python takes one at each byte in C here: `counts` has how many digits each line has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTER, LOWER, UPPER, ALPHABETIC, DIGIT, COMMA, SEPARATOR, QUOTE = (1 << bit for bit in range(8))
"""`LETTER`: it can be part of a word, as `WORD` has it. `ALPHABETIC`: it has a case or could have one, as `upper` asks."""
WORD = re.compile(r"[^\W\d_]+")
_COMMAS = frozenset(",;，、；،")
_SEPARATORS = frozenset("|•·©®™→←›‹»▶►×✕{}<>")
_QUOTES = frozenset('"“”„«»「」')
_BYTE = 0x100
ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": ".", "•": "|"}
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


def _of_wide(line: str) -> bytes:
    """Return the kinds of a line that Latin-1 cannot hold; what typography does to Western texts is taken back first."""
    for old, new in ALIKE.items():
        line = line.replace(old, new)
    try:
        data = line.encode("latin-1")
    except UnicodeEncodeError:
        return bytes(map(_known.__getitem__, line))
    return data.translate(_latin())


@cache
def _others(kind: int) -> bytes:
    """Return the bytes of all characters that are not of a kind."""
    return bytes(byte for byte in range(_BYTE) if not byte & kind)


def counts(lines: Iterable[bytes], kind: int) -> list[int]:
    """Return how many characters of each line are of a kind.

    >>> counts([of_line("Gate 12, pier 4")], DIGIT)
    [3]
    """
    others = _others(kind)
    return [len(kinds.translate(None, others)) for kinds in lines]


@cache
def _cases() -> bytes:
    """Return a table: letters in lower case as `a`, other letters as `b`, and all else as a space."""
    cases = {LETTER: b"b", LETTER | LOWER: b"a"}
    return b"".join(cases.get(byte & (LETTER | LOWER), b" ") for byte in range(_BYTE))


def cased_words(kinds: bytes) -> tuple[int, int]:
    """Return the words of a line, and those of two letters or more that begin in lower case.

    >>> cased_words(of_line("the Mayor of Quay, a town"))
    (6, 3)
    """
    cases = b" " + kinds.translate(_cases())
    return len(cases.split()), cases.count(b" aa") + cases.count(b" ab")

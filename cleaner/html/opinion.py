"""Other opinions: what trafilatura and readability take for the article of a page, and whom to believe.

They are asked only where our own signs are in doubt. trafilatura is wrapped here and imported nowhere else but for dates;
its readability is the one that it ships (a fork that works on a tree without parsing it again).
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_GRAM = 4
"""Words in a row that two texts share only where one was taken from the other."""
MOST = 60.0
"""Per cent of a line's 4-grams that have to stand in another's text for the line to be among what it takes."""


def trafilatura(root: HtmlElement, *, fast: bool = True) -> str:
    """Return trafilatura's text of a page, empty where it finds none. The tree stays as it is."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - takes half a second

    try:
        found = bare_extraction(root, fast=fast, include_comments=False, with_metadata=False)
    except RecursionError:  # deeper than its functions can go: it has no opinion
        return ""
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def readability(root: HtmlElement) -> str:
    """Return the text that readability takes for the article, one line for each string; empty where it finds none."""
    from trafilatura.external import try_readability  # noqa: PLC0415 - takes half a second

    try:
        tree = try_readability(copy.deepcopy(root))
    except RecursionError:
        return ""
    return "\n".join(" ".join(text.split()) for text in tree.itertext() if text.strip())


def agreement(lines: Sequence[str], text: str) -> list[float]:
    r"""Return for each line how much of it stands in a text, per cent of its 4-grams; short lines stand there whole or not.

    >>> agreement(["one two three four five", "six", "seven"], "so one two three four\nsix")
    [50.0, 100.0, 0.0]
    """
    words = _WORD.findall(text)
    grams = set(zip(*(words[first:] for first in range(_GRAM)), strict=False))
    whole = {" ".join(_WORD.findall(line)) for line in text.split("\n")}
    return [_share(_WORD.findall(line), grams, whole) for line in lines]


def _share(words: list[str], grams: set[tuple[str, ...]], whole: set[str]) -> float:
    if len(words) < _GRAM:
        return 100.0 * bool(words and " ".join(words) in whole)
    own = list(zip(*(words[first:] for first in range(_GRAM)), strict=False))
    return 100 * sum(gram in grams for gram in own) / len(own)


def taken(lines: Sequence[str], text: str) -> list[bool]:
    """Return which lines are among a text."""
    return [share >= MOST for share in agreement(lines, text)]


def central(answers: Mapping[str, Sequence[bool]], words: Sequence[float]) -> str:
    """Return the name of the answer that agrees most with the others (their medoid), by words; the first of equals.

    >>> central({"a": [True, False], "b": [True, True], "c": [True, True]}, [10, 5])
    'b'
    """

    def close(name: str) -> float:
        return sum(_f1(answers[name], other, words) for key, other in answers.items() if key != name)

    return max(answers, key=close)


def _f1(one: Sequence[bool], other: Sequence[bool], words: Sequence[float]) -> float:
    both = sum(count for count, a, b in zip(words, one, other, strict=True) if a and b)
    each = sum(count * (a + b) for count, a, b in zip(words, one, other, strict=True))
    return 2 * both / each if each else 0.0

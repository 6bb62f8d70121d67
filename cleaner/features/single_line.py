"""What one line shows by itself, as a number: the line facts that need nothing but the line.

Each function is a fact by its own name and its docstring says what it is; lines have no spaces around them. What takes
characters by their kinds is in `kinds`, what looks at other lines in `line_facts`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.features import line_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LONG_WORD = 5
"""Letters of a word that says something about the topic; of scripts without spaces, pairs of characters do."""
_OPENERS = '"“„«‘「『'
_STOP = re.compile(r"[.!?…。！？।۔؟](?:(?<=[。！？।۔؟])|(?=[\"'”’»“)\]]*(?:\s|$)))")
"""One set of signs in front: the search skips to the next of them at once."""
_LINK = re.compile(r"https?://|www\.|\.(?:com|org|net)\b|\S@\S|(?:^|\s)@\w")
_BULLET = re.compile(r"\s*[*•·◦▪\-–—+>#]\s")
_LONG = re.compile(rf"[^\W\d_]{{{LONG_WORD},}}")
_LONG_ASCII = re.compile(rf"[a-z]{{{LONG_WORD},}}")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_PAIR = re.compile(rf"{_SPACELESS.pattern}{{2}}")


def characters(line: str) -> float:
    """Code points without the spaces around the line."""
    return len(line)


def stop(line: str) -> float:
    """Whether it ends in sentence punctuation, closing quotes and brackets aside."""
    return line_shape.ends_like_sentence(line)


def headline(line: str) -> float:
    """Whether it is short and has no full stop at its end."""
    return line_shape.is_headline(line)


def stops(line: str) -> float:
    """Sentence ends in it."""
    return len(_STOP.findall(line))


def quote(line: str) -> float:
    """Whether it begins with a quotation mark."""
    return line[:1] in _OPENERS


def colon(line: str) -> float:
    """Whether it ends in a colon."""
    return line.endswith((":", "："))


def dots(line: str) -> float:
    """Whether it breaks off in three dots."""
    return line.endswith(("...", "…"))


def link(line: str) -> float:
    """Whether it holds an address or an account."""
    return _may_link(line) and _LINK.search(line) is not None


def _may_link(line: str) -> bool:
    """Tell whether a line holds one of the signs that every link has: looking for them takes a tenth of a search."""
    is_named = ".com" in line or ".org" in line or ".net" in line
    return is_named or "@" in line or "://" in line or "www." in line


def bullet(line: str) -> float:
    """Whether it begins with a bullet or a dash."""
    return _BULLET.match(line) is not None


def small_start(line: str) -> float:
    """Whether its first letter is in lower case."""
    return line[:1].islower()


OF_LINE: Mapping[str, Callable[[str], float]] = {
    function.__name__.replace("_", " "): function
    for function in (
        characters,
        stop,
        headline,
        stops,
        quote,
        colon,
        dots,
        link,
        bullet,
        small_start,
    )
}
"""Facts that are a function of the line alone, by name."""


def long_words(folded: str) -> list[str]:
    """Return the words of a line that say something about its topic. `folded` is the line as `shapes.fold` has it.

    >>> long_words("the mayor kept her seat")
    ['mayor']
    """
    found: list[str] = (_LONG_ASCII if folded.isascii() else _LONG).findall(folded)
    return found


def has_spaceless(lines: Iterable[str]) -> bool:
    """Tell whether one of some lines has letters of scripts without spaces."""
    return any(_SPACELESS.search(line) for line in lines if not line.isascii())


def pairs(line: str) -> list[str]:
    """Return the pairs of characters of a line in scripts without spaces: they say what long words say elsewhere."""
    found: list[str] = _PAIR.findall(line)
    return found


def is_doubled(found: Sequence[str]) -> bool:
    """Tell whether a line says the same twice, by its long words: the second half holds those of the first."""
    half = len(found) // 2
    if half <= 1:
        return False
    first, second = set(found[:half]), set(found[half:])
    return 2 * len(first & second) > len(first)

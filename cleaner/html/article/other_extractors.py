"""Other extractors: what trafilatura and readability take for the article of a page, and whose answer to choose.

They run only where our own points leave doubt. trafilatura is wrapped here and imported nowhere else but for dates;
its readability is the one that it ships (a fork that works on a tree without parsing it again).
"""

from __future__ import annotations

import copy
import re
from functools import cache
from itertools import compress, islice
from operator import and_
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement
    from trafilatura.settings import Extractor

_WORD = re.compile(r"\w+")
_GRAM = 4
"""Words in a row that two texts share only where one was taken from the other."""
MOST_LINKS = 2_000
"""On a page with more, no other extractor runs: trafilatura's time grows with the square of the links in one paragraph."""
MOST_ELEMENTS = 30_000
"""The same for elements, four times as many as the largest of 1,672 news pages has: both extractors copy the tree."""
MOST = 60.0
"""Per cent of a line's 4-grams that an extractor's text must contain for the line to be among what it takes."""


def may_be_asked(root: HtmlElement) -> bool:
    """Tell whether other extractors can read a page in reasonable time."""
    has_many_links = _has_more(root.iter("a"), MOST_LINKS)
    return not has_many_links and not _has_more(root.iter(), MOST_ELEMENTS)


def _has_more(elements: Iterable[HtmlElement], count: int) -> bool:
    return next(islice(elements, count, None), None) is not None


def lighten(root: HtmlElement) -> None:
    """Take out of a tree what no extractor reads: styles, links of the head, meta tags, scripts without the article.

    The extractors copy the tree up to seven times and search all of it by XPath.
    """
    for script in list(root.iter("script")):
        kind = (script.get("type") or "").lower()
        if "ld+json" not in kind:
            script.tag = "style"
    etree.strip_elements(root, "style", "link", "meta", with_tail=False)


def trafilatura(root: HtmlElement, *, fast: bool = True) -> str:
    """Return trafilatura's text of a page, empty where it finds none. The tree stays as it is."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - takes half a second

    try:
        found = bare_extraction(root, options=_options(fast=fast))
    except RecursionError:  # deeper than its functions can go: it has no answer
        return ""
    if found is None or isinstance(found, dict):
        return ""
    return found.text or ""


@cache
def _options(*, fast: bool) -> Extractor:
    """Return trafilatura's options: it would read its settings again for each page."""
    from trafilatura.settings import Extractor  # noqa: PLC0415 - takes half a second

    return Extractor(output_format="python", fast=fast, comments=False)


def readability(root: HtmlElement) -> str:
    """Return the text that readability takes for the article, one line for each string; empty where it finds none."""
    from trafilatura.external import try_readability  # noqa: PLC0415 - takes half a second

    try:
        tree = try_readability(copy.deepcopy(root))
    except RecursionError:
        return ""
    lines = (" ".join(text.split()) for text in tree.itertext())
    return "\n".join(filter(None, lines))


def agreement(lines: Sequence[str], text: str) -> list[float]:
    r"""Return for each line how much of it a text contains, per cent of its 4-grams; short lines are in it whole or not.

    >>> agreement(["one two three four five", "six", "seven"], "so one two three four\nsix")
    [50.0, 100.0, 0.0]
    """
    return _shares(words_of(lines), text)


def words_of(lines: Iterable[str]) -> list[list[str]]:
    """Return the words of each line, for `taken`."""
    return list(map(_WORD.findall, lines))


def _shares(lines: Iterable[list[str]], text: str) -> list[float]:
    grams = set(_grams(_WORD.findall(text)))
    whole = {" ".join(_WORD.findall(line)) for line in text.split("\n")}
    return [_share(words, grams, whole) for words in lines]


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[first:] for first in range(_GRAM)), strict=False)


def _share(
    words: Sequence[str], grams: Container[tuple[str, ...]], whole: Container[str]
) -> float:
    if not words:
        return 0.0
    if len(words) < _GRAM:
        return 100.0 if " ".join(words) in whole else 0.0
    own = list(_grams(words))
    shared = sum(gram in grams for gram in own)
    return 100 * shared / len(own)


def taken(lines: Iterable[list[str]], text: str) -> list[bool]:
    """Return which lines, as their words, are among a text."""
    return [share >= MOST for share in _shares(lines, text)]


def central(answers: Mapping[str, Sequence[bool]], words: Sequence[float]) -> str:
    """Return the name of the answer that agrees most with the others (their medoid), by words; the first of equals.

    >>> central({"a": [True, False], "b": [True, True], "c": [True, True]}, [10, 5])
    'b'
    """

    def agreement_with_others(name: str) -> float:
        own = answers[name]
        others = (other for key, other in answers.items() if key != name)
        return sum(_f1(own, other, words) for other in others)

    return max(answers, key=agreement_with_others)


def _f1(one: Sequence[bool], other: Sequence[bool], words: Sequence[float]) -> float:
    """Return the F1 measure of two answers, by words."""
    both = sum(compress(words, map(and_, one, other)))
    each = sum(compress(words, one)) + sum(compress(words, other))
    return 2 * both / each if each else 0.0

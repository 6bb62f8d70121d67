"""Phrases by the words that they begin with: which of them a line may equal, found by looking in dictionaries.

Nearly all phrases begin with a literal word. A line that equals such a phrase begins with the same words, so its first
words, folded, lead to the few phrases that it may equal, whatever the number of phrases. Folding forgets all that a
pattern tolerates (case, kinds of quotes, dashes and spaces) and more: what is found here is looked at again with the
phrase's own pattern, which alone says what matches.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from cleaner.rulebook import phrases
from cleaner.rulebook.sets import PatternSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.sets import Owner

DEPTH = 3
"""So many words of a line's beginning are looked up. More would find fewer lines in vain, and cost more for each."""
MAX_NAMES = 150
"""A phrase that begins with a list of so many names is looked up by each of them."""
CHUNKS, CHUNK = 16_384, 32
"""So many beginnings of lines of at most so many characters are remembered."""

_WORD = re.compile(r"\w+")
_ODD = {0x02BC: "'", 0x0345: "ι"}
"""An apostrophe that is a letter to Unicode, and an iota that is none, though it is a case of one."""


def plain(text: str) -> str:
    """Return a text in which what a pattern takes for the same is a word character everywhere or nowhere."""
    return text.translate(_ODD) if "ʼ" in text or "\u0345" in text else text


def fold(word: str) -> str:
    """Return a word without what the case, `ß` for `ss` and the two Turkish i make different.

    >>> fold("STRASSE") == fold("straße"), fold("İLAN") == fold("ilan") == fold("ılan")
    (True, True)
    """
    word = word.casefold()
    return word if word.isascii() else word.replace("i\u0307", "i").replace("ı", "i")


def words(text: str) -> list[str]:
    """Return the folded words of a text.

    >>> words("Don’t miss:  STORIES…")
    ['don', 't', 'miss', 'stories']
    """
    return [fold(word) for word in _WORD.findall(plain(text))]


class Head(NamedTuple):
    """The words that every line begins with which equals a phrase."""

    words: tuple[str, ...]
    whole: bool
    """Whether the phrase holds no other words, and no placeholder."""


def heads(phrase: str, vocabulary: Vocabulary) -> list[Head]:
    """Return the ways in which a phrase begins, none where they are too many or it is a regular expression.

    A word that a placeholder may carry on is not whole, and left out.

    >>> none = phrases.Vocabulary()
    >>> heads("(Read more)", none), heads("Read more: <any>", none)
    ([Head(words=('read', 'more'), whole=True)], [Head(words=('read', 'more'), whole=False)])
    >>> heads("Ad<word>", none), heads("<any> said", none)
    ([], [])
    """
    if phrases.is_regex(phrase):
        return []
    begun, goes_on = [""], False
    for text, name in phrases.parts(phrase):
        names = vocabulary.lists.get(name) if name else (text,)
        if not names or len(names) > MAX_NAMES or (name and _WORD.search(begun[0])):
            goes_on = True
            break
        begun = [f"{one}{unicodedata.normalize('NFC', each)}" for one in begun for each in names]
    found = [_head(plain(one), goes_on=goes_on) for one in begun]
    return [one for one in found if one] if all(found) else []


def _head(text: str, *, goes_on: bool) -> Head | None:
    found = _WORD.findall(text)
    if goes_on and found and text.endswith(found[-1]):
        found.pop()
    return Head(tuple(map(fold, found)), not goes_on) if found else None


class _Node:
    """The phrases that begin with the same words."""

    __slots__ = ("fragments", "holders", "next", "open", "whole")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.whole: dict[str, list[Owner]] = {}
        """Phrases with no other words, by the words that are too many to be looked up one by one."""
        self.open: list[Owner] = []
        """Phrases that go on with anything …"""
        self.fragments: list[tuple[Owner, str]] = []
        """… and those that hold a fragment then."""
        self.holders: PatternSet[Owner] | None = None
        """The fragments as a set: most are never asked for."""


_NOWHERE = _Node()


class Heads:
    """Owners of phrases by the first words of these."""

    def __init__(self) -> None:
        self._root = _Node()
        self._begun: dict[str, _Node] = {}
        self._compiled: list[_Node] = []

    def add(self, owner: Owner, first: Sequence[str], *, whole: bool, fragment: str) -> None:
        """Add the owner of some phrases that all begin with these words; with `whole`, they hold no other words.

        A line that equals one of the phrases holds the `fragment`, where there is one.
        """
        node = self._root
        for word in first[:DEPTH]:
            after = node.next.get(word)
            if after is None:
                after = node.next[word] = _Node()
            node = after
        if whole:
            node.whole.setdefault(" ".join(first[DEPTH:]), []).append(owner)
        elif fragment:
            node.fragments.append((owner, fragment))
        else:
            node.open.append(owner)

    def find(self, lines: Iterable[str]) -> Iterator[tuple[int, list[Owner]]]:
        """Yield the numbers of the lines that may equal a phrase, with the owners of these."""
        begun = self._begun
        for number, line in enumerate(lines):
            chunk = line.partition(" ")[0]
            node = begun.get(chunk) or self._begin(chunk, line)
            if node is not _NOWHERE and (found := self._walk(node, line)):
                yield number, found

    def forget(self) -> None:
        """Forget what RE2 remembers of the lines so far."""
        while self._compiled:
            self._compiled.pop().holders = None

    def _begin(self, chunk: str, line: str) -> _Node:
        """Return where the first word of a line leads. What a line begins with is remembered: most begin alike."""
        match = _WORD.search(plain(line))
        node = self._root.next.get(fold(match[0]), _NOWHERE) if match else _NOWHERE
        if match and match.end() <= len(chunk) <= CHUNK:
            if len(self._begun) >= CHUNKS:
                self._begun.clear()
            self._begun[chunk] = node
        return node

    def _walk(self, node: _Node, line: str) -> list[Owner]:
        """Return the owners on the way from the node of the first word along the words of a line."""
        found: list[Owner] = []
        words = _WORD.finditer(plain(line))
        next(words)
        for depth in range(1, DEPTH + 1):
            found += node.open
            if node.fragments:
                found += self._holders(node).find(line.encode())
            if depth == DEPTH or not (word := next(words, None)):
                break
            after = node.next.get(fold(word[0]))
            if after is None:
                return found
            node = after
        if node.whole:
            found += node.whole.get(" ".join(fold(word[0]) for word in words), ())
        return found

    def _holders(self, node: _Node) -> PatternSet[Owner]:
        """Return the fragments of a node as a set."""
        holders = node.holders
        if holders is None:
            holders = PatternSet(whole_line=False)
            for owner, fragment in node.fragments:
                holders.add(owner, fragment)
            holders.compile()
            node.holders = holders
            self._compiled.append(node)
        return holders

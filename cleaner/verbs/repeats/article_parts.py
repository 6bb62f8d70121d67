"""Parts: lines that stand again as a part of a longer paragraph.

A pull quote is a sentence of the article, a standfirst its first one, a teaser its beginning with three dots. Lines are
cut into pieces at the ends of sentences and at quotation marks; a line is a part of another where that has all its
pieces. This takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features import line_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cleaner.verbs.api.view import View

HOLDERS = 8
"""So many paragraphs that hold the same piece are looked at; what stands in more of them is a formula."""
OPENING = 24
"""Code points of a teaser that lead to the paragraphs which begin like it."""
FEW = 16
"""So many candidates are looked for in the whole text, one by one; for more of them an index of all pieces is made."""
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_PIECE = re.compile(r'[.!?…。！？।؟۔]+(?=[\s"«»„)\]]|$)|[。！？।]|["«»„“”]')
_EDGES = " ,;:-'()[]"


class Part(NamedTuple):
    """A line that is a part of another one."""

    line: int
    holder: int
    is_cut: bool
    """True where the line breaks off with three dots."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The lines of a view that are parts of others. No `slots`: cached properties need an instance dictionary."""

    view: View
    candidates: Sequence[int]
    """The lines that may be parts, in order."""

    @cached_property
    def _folded(self) -> str:
        """The whole text as one folded line."""
        return line_shape.fold(self.view.document.text)

    @cached_property
    def _pieces(self) -> Mapping[int, set[str]]:
        """The pieces of each line."""
        contents, folds = self.view.document.contents, self.view.document.folds
        return {
            number: pieces(folds[contents[number]])
            for number in self.view.standing.numbers
        }

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[int]]:
        """For each piece the lines that have it."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, some in self._pieces.items():
            for piece in some:
                holders[piece].append(number)
        return holders

    @cached_property
    def _openings(self) -> Mapping[str, Sequence[int]]:
        """For the opening of each teaser, and some more, the lines that begin with it."""
        contents = self.view.document.contents
        words = {
            beginning(contents[number])
            for number in self.candidates
            if is_cut(contents[number])
        }
        holders: dict[str, list[int]] = defaultdict(list)
        for number in self.view.standing.numbers:
            if beginning(contents[number]) in words:
                holders[opening(contents[number])].append(number)
        return holders

    def __iter__(self) -> Iterator[Part]:
        """Yield each candidate that is a part of a longer line, from the top."""
        for number in self.candidates:
            cut = is_cut(self.view.document.contents[number])
            if found := self._cut(number) if cut else self._whole(number):
                yield found

    def _cut(self, number: int) -> Part | None:
        """Return the line that a teaser with three dots is the beginning of."""
        contents, folds = self.view.document.contents, self.view.document.folds
        text = folds[contents[number]]
        bare = _CUT.sub("", text)
        if bare == text:
            return None
        holders = self._openings.get(text[:OPENING], ())[:HOLDERS]
        return next(
            (
                Part(number, each, True)
                for each in holders
                if _goes_on(folds[contents[each]], bare, text)
            ),
            None,
        )

    def _whole(self, number: int) -> Part | None:
        """Return a longer line that has all pieces of a line."""
        wanted = pieces(self.view.document.folds[self.view.document.contents[number]])
        longest = max(wanted, key=len, default="")
        if not longest or (
            len(self.candidates) <= FEW and not stands_twice(longest, self._folded)
        ):
            return None
        holders = self._holders[longest]
        if not 1 < len(holders) <= HOLDERS:
            return None
        length = sum(map(len, wanted))
        for each in holders:
            some = self._pieces[each]
            if each != number and sum(map(len, some)) > length and wanted <= some:
                return Part(number, each, False)
        return None


def beginning(line: str) -> str:
    """Return the first word of an opening, or as much of it as belongs to that: cheaper, and for a first choice enough.

    >>> beginning("The  Council said"), len(beginning("運河沿いの図書館は日曜日も開館を続けることになったと、市議会が決めた。"))
    ('the', 24)
    """
    word = line.split(None, 1)[0][:OPENING]
    return word.lower() if word.isascii() else line_shape.fold(word)[:OPENING]


def opening(line: str) -> str:
    """Return the first code points of a folded line. Folding goes from left to right, so that not all of it is needed.

    >>> opening("The  Council said that it would never sell it")
    'the council said that it'
    """
    begun = line_shape.fold(line[: 2 * OPENING])
    return (begun if len(begun) > OPENING else line_shape.fold(line))[:OPENING]


def stands_twice(piece: str, text: str) -> bool:
    """Tell whether a text holds a piece in two places. Unlike `count`, the search ends there."""
    return text.find(piece, text.find(piece) + len(piece)) >= 0


def is_cut(text: str) -> bool:
    """Tell whether a line breaks off with three dots."""
    return text.rstrip().endswith(("…", "..."))


def _goes_on(text: str, bare: str, teaser: str) -> bool:
    """Tell whether a paragraph begins with a teaser and goes on after the end of a word."""
    return text != teaser and len(text) > len(bare) and text.startswith(bare)


def pieces(text: str) -> set[str]:
    r"""Return the sentences and quotations that a folded line consists of.

    >>> sorted(pieces('"we have lost the harbour," she said. nobody asked.'))
    ['nobody asked', 'she said', 'we have lost the harbour']
    """
    return {bare for piece in _PIECE.split(text) if (bare := piece.strip(_EDGES))}

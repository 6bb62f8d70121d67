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

from cleaner import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cleaner.verbs._view import View

HOLDERS = 8
"""So many paragraphs that hold the same piece are looked at; what stands in more of them is a formula."""
OPENING = 24
"""Code points of a teaser that lead to the paragraphs which begin like it."""
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
    def _folded(self) -> Mapping[int, str]:
        contents = self.view.document.contents
        return {number: shapes.fold(contents[number]) for number in self.view.standing.numbers}

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[int]]:
        """For each piece the lines that have it."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, text in self._folded.items():
            for piece in pieces(text):
                holders[piece].append(number)
        return holders

    @cached_property
    def _openings(self) -> Mapping[str, Sequence[int]]:
        """For each opening the lines that begin with it."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, text in self._folded.items():
            holders[text[:OPENING]].append(number)
        return holders

    def __iter__(self) -> Iterator[Part]:
        """Yield each candidate that is a part of a longer line, from the top."""
        for number in self.candidates:
            cut = is_cut(self.view.document.contents[number])
            if found := self._cut(number) if cut else self._whole(number):
                yield found

    def _cut(self, number: int) -> Part | None:
        """Return the line that a teaser with three dots is the beginning of."""
        text = self._folded[number]
        bare = _CUT.sub("", text)
        if bare == text:
            return None
        holders = self._openings.get(text[:OPENING], ())[:HOLDERS]
        return next((Part(number, each, True) for each in holders if _goes_on(self._folded[each], bare, text)), None)

    def _whole(self, number: int) -> Part | None:
        """Return a longer line that has all pieces of a line."""
        text = self._folded[number]
        wanted = pieces(text)
        holders = self._holders.get(max(wanted, key=len), ()) if wanted else ()
        if not 1 < len(holders) <= HOLDERS:
            return None
        length = sum(map(len, wanted))
        for each in holders:
            longer = each != number and sum(map(len, pieces(self._folded[each]))) > length
            if longer and wanted <= pieces(self._folded[each]):
                return Part(number, each, False)
        return None


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

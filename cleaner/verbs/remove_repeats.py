"""`remove_repeats`: remove a paragraph that is printed again.

    remove_repeats:
      min_words: 8
      first_lines: 6
      keep: last
      field: standfirst

One copy always stays. With `keep: last` the earlier copies go (a standfirst that stands in the article again, where
its quotation hangs on it), with `keep: first` the later ones, with `keep: in_flow` the copies with fewer paragraphs
beside them. `first_lines` limits the copies that may go to the head of the document. `field` keeps the text of the
copy as a fact; a copy that is followed by the same line as the other belongs to a passage that is printed twice, and is
no fact of its own. Short lines and lines that begin with a quotation mark are never repeats: refrains and answers are.

* removed: the first of two equal paragraphs of eight words or more
* kept: `"Yes," he said.`, twice
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from cleaner import shapes
from cleaner.model import Fact
from cleaner.verbs._view import Verb, View, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Document, Match

MIN_CHARS = 40
COMPARED = 500
"""Each paragraph is compared with so many different ones from the top: a longer text would take its length squared."""
SAME = 100
"""Per cent."""
_OPENERS = "\"'“„«‘‚»—–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRepeats(Verb):
    """Remove the copies of a paragraph that is printed more than once."""

    KEY: ClassVar[str] = "remove_repeats"
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ()
    min_words: Annotated[int, Ge(4)] = 8
    keep: Literal["first", "last", "in_flow"] = "first"
    first_lines: Annotated[int, Ge(1)] | None = None
    """Copies may only go where they stand within so many filled lines from the top."""
    similarity: Annotated[int, Ge(80), Le(SAME)] = SAME
    """How alike two paragraphs must be, in per cent of the characters; 100: the same but for case and quotes."""
    field: str | None = None
    """The fact that keeps the text of the copy."""

    def find(self, view: View) -> Iterator[Match]:
        """Yield each copy that goes."""
        head = set(view.document.filled[: self.first_lines]) if self.first_lines else None
        for copies in self._groups(view):
            stays = self._stays(view.document, copies)
            for number in copies:
                if number == stays or (head is not None and number not in head):
                    continue
                if self.field and in_passage(view.document, number, stays):
                    continue
                facts = (Fact(self.field, view.document.contents[number].strip()),) if self.field else ()
                reason = f"line {stays + 1} says the same"
                yield replace(whole_lines(view, number, number + 1, reason=reason, facts=facts), witness=stays)

    def _groups(self, view: View) -> Iterator[Sequence[int]]:
        """Yield the numbers of lines that say the same, in order."""
        groups = view.document.copies if self.similarity == SAME else self._alike(view)
        for group in groups:
            copies = [number for number in group if self._is_candidate(view, number)]
            if len(copies) > 1:
                yield copies

    def _is_candidate(self, view: View, number: int) -> bool:
        """Tell whether a line is long enough for its copy to be no chance, and no quotation."""
        content = view.document.contents[number].strip()
        long = len(content) >= MIN_CHARS and shapes.words(content) >= self.min_words
        return long and content[0] not in _OPENERS and number not in view.claimed

    def _alike(self, view: View) -> Iterator[Sequence[int]]:
        """Yield the lines that are as similar as the rule asks, each to the first of its group."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only rules that ask for similarity pay for it

        groups: dict[str, list[int]] = {}
        first: list[str] = []
        for number in view.document.filled:
            if self._is_candidate(view, number):
                key = shapes.fold(view.document.contents[number])
                best = process.extractOne(key, first, scorer=fuzz.ratio, score_cutoff=self.similarity)
                if best is None and len(first) < COMPARED:
                    first.append(key)
                groups.setdefault(key if best is None else str(best[0]), []).append(number)
        return iter(groups.values())

    def _stays(self, document: Document, copies: Sequence[int]) -> int:
        """Return the copy that stays."""
        if self.keep == "in_flow":
            return max(copies, key=lambda number: (neighbours(document, number), number))
        return copies[0] if self.keep == "first" else copies[-1]


def in_passage(document: Document, number: int, other: int) -> bool:
    """Tell whether two copies are followed by the same line again: then a passage is printed twice, and no standfirst."""
    below = [next(iter(document.filled[bisect_right(document.filled, line) :]), None) for line in (number, other)]
    texts = [None if line is None else shapes.fold(document.contents[line]) for line in below]
    return texts[0] is not None and texts[0] == texts[1]


def neighbours(document: Document, number: int) -> int:
    """Return how many of the two lines beside a copy are paragraphs of an article.

    Beside it stand the nearest filled lines that are no copies themselves: of a passage that is printed twice, the one
    stays that the rest of the article leads to and goes on from.
    """
    lines = document.single
    above, below = bisect_left(lines, number), bisect_right(lines, number)
    beside = (*lines[max(0, above - 1) : above], *lines[below : below + 1])
    return sum(map(document.is_sentence, beside))

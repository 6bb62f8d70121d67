"""`remove_repeats`: remove a paragraph that is printed again.

    remove_repeats:
      of: paragraph
      min_words: 8
      first_lines: 6
      keep: last
      field: standfirst

One copy always stays. With `keep: last` the earlier copies go (a standfirst that stands in the article again, where
its quotation hangs on it), with `keep: first` the later ones, with `keep: in_flow` the copies with fewer paragraphs
beside them. `first_lines` limits the copies that may go to the head of the document. `field` keeps the text of the
copy as a fact; a copy that stands under a paragraph of the article is a sentence of it, one that is followed by the same
line as the other belongs to a passage that is printed twice: both are no facts of their own, and stay.

`of` says what is printed again. A `paragraph` is one line. A `passage` is three lines or more that stand again in the
same order, whatever the length of each: an article that was printed twice, a list in two places; the run that has fewer
paragraphs of the article around it goes. A `part` is a line that a longer paragraph holds: a pull quote, a teaser that
breaks off with three dots; the part goes, whatever `keep` says, and the name under a pull quote goes with it.

`clear: true` lets a copy go only where its neighbours leave no doubt: it stands outside the flow of paragraphs and the
other inside, before the article and the other in the middle of it, or right beside the other. A part has to break off
with three dots or bear a name; of a passage both runs stay, in doubt, where the same stands around them. Without `clear`,
sentences of fewer than thirty words that stand among paragraphs both times are the author's own and stay all the same.

Short lines, lines that begin with a quotation mark, a time of day or the name of a speaker, and rows of a table are
never repeats: refrains, answers, stamps and results are printed more than once.

* removed: the first of two equal paragraphs of eight words or more
* kept: `"Yes," he said.`, twice
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from cleaner import shapes
from cleaner.model import Fact
from cleaner.verbs import _alike
from cleaner.verbs._flow import IN, Flow
from cleaner.verbs._parts import Parts, is_cut
from cleaner.verbs._passages import is_heavy, is_list, passages
from cleaner.verbs._view import Verb, View, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Document, Match
    from cleaner.verbs._parts import Part
    from cleaner.verbs._passages import Passage

MIN_CHARS = 40
SAME = 100
"""Per cent."""
OWN_WORDS = 30
"""A sentence with fewer words may be said twice by its author: a refrain, a step of a recipe, a point made again."""
PAIR = 2
_OPENERS = "\"'“„«‘‚»「『《〈—–-"
_NEVER = re.compile(r"\d{1,2}[:.]\d\d\b|[^.!?:]{1,24}:\s|[^\t|]*(?:\t| \| )")
"""A time of day, the name of a speaker, a row of a table."""
_DASHES = ("—", "–", "-")
_NAME = re.compile(r"\s*[—–-]\s*([^\W\d_][^@:.!?]{1,60})$")
"""The line under a pull quote that says who said it. A signature with a handle belongs to a post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRepeats(Verb):
    """Remove the copies of what is printed more than once."""

    KEY: ClassVar[str] = "remove_repeats"
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ()
    of: Literal["paragraph", "passage", "part"] = "paragraph"
    min_words: Annotated[int, Ge(4)] = 8
    keep: Literal["first", "last", "in_flow"] = "first"
    clear: bool = False
    """Copies may only go where their neighbours leave no doubt which of them is the article's."""
    first_lines: Annotated[int, Ge(1)] | None = None
    """Copies may only go where they stand within so many filled lines from the top."""
    similarity: Annotated[int, Ge(80), Le(SAME)] = SAME
    """How alike two paragraphs must be, in per cent of the characters; 100: the same but for case and quotes."""
    field: str | None = None
    """The fact that keeps the text of the copy."""

    def find(self, view: View) -> Iterator[Match]:
        """Yield each copy that goes."""
        found = {"paragraph": self._paragraphs, "passage": self._passages, "part": self._parts}[self.of](view)
        head = set(view.document.filled[: self.first_lines]) if self.first_lines else None
        return (match for match in found if head is None or match.line in head)

    def _paragraphs(self, view: View) -> Iterator[Match]:
        """Yield single lines that stand again."""
        groups = list(self._groups(view))
        if not groups:
            return
        runs = {number: passage for passage in passages(view.document) for number in chain(*passage)}
        flow = Flow(view=view, copied={number for group in (*view.document.copies, *groups) for number in group})
        for copies in groups:
            stays = self._stays(flow, copies)
            for number in copies:
                passed = number == stays or (self.keep == "in_flow" and _is_passage(runs, number, stays))
                if not passed and self._may_go(flow, number, stays, len(copies)):
                    yield self._match(view, number, stays)

    def _match(self, view: View, number: int, stays: int, stop: int | None = None, why: str = "says the same") -> Match:
        facts = (Fact(self.field, view.document.contents[number].strip()),) if self.field else ()
        reason = f"line {stays + 1} {why}"
        return replace(whole_lines(view, number, stop or number + 1, reason=reason, facts=facts), witness=stays)

    def _groups(self, view: View) -> Iterator[Sequence[int]]:
        """Yield the numbers of lines that say the same, in order."""
        for group in view.document.copies if self.similarity == SAME else self._alike(view):
            copies = [number for number in group if self._is_candidate(view, number)]
            if len(copies) > 1:
                yield copies

    def _alike(self, view: View) -> Iterator[Sequence[int]]:
        contents = view.document.contents
        lines = (number for number in view.document.filled if self._is_candidate(view, number))
        return iter(_alike.groups({number: shapes.fold(contents[number]) for number in lines}, self.similarity))

    def _is_candidate(self, view: View, number: int) -> bool:
        """Tell whether a line is long enough for its copy to be no chance, and no quotation."""
        content = view.document.contents[number].strip()
        return (
            len(content) >= MIN_CHARS
            and number not in view.claimed
            and (content[0] not in _OPENERS or (self.of == "part" and signature(view, number) is not None))
            and not _NEVER.match(content)
            and shapes.words(content) >= self.min_words
        )

    def _stays(self, flow: Flow, copies: Sequence[int]) -> int:
        """Return the copy that stays; of two with the same around them the last, of headlines and captions the first."""
        if self.keep == "in_flow":
            ordered = copies if flow.view.document.is_sentence(copies[0]) else copies[::-1]
            return max(reversed(ordered), key=lambda number: flow.place(number, number).weight)
        return copies[0] if self.keep == "first" else copies[-1]

    def _may_go(self, flow: Flow, number: int, stays: int, copies: int) -> bool:
        """Tell whether nothing speaks for a copy."""
        document = flow.view.document
        if self.field and (in_passage(document, number, stays) or not flow.is_head(number)):
            return False
        if self.keep != "in_flow":
            return not self.clear or (copies == PAIR and document.is_sentence(number) and flow.tells(number, stays))
        if _is_question(document.contents[number]):
            return False
        if self.clear:
            return copies == PAIR and document.is_sentence(number) and flow.tells(number, stays)
        own = document.words[number] < OWN_WORDS and flow.place(number, number).is_inside
        return not own or (copies == PAIR and flow.is_next(number, stays))

    def _passages(self, view: View) -> Iterator[Match]:
        """Yield the lines of the run that goes, each with the line of the other run that says the same."""
        document = view.document
        found = passages(document) if len(document.copies) >= PAIR else []  # its paragraphs have copies of their own
        flow = Flow(view=view, copied={number for passage in found for number in chain(*passage)})
        for passage in found:
            heavy = is_heavy(document, passage)
            if heavy or is_list(document, passage):
                goes, stays, doubt = self._sides(flow, passage, heavy=heavy)
                reason = f"lines {stays[0] + 1} to {stays[-1] + 1} are the same passage"
                for number, other in zip(goes, stays, strict=True):
                    if number not in view.claimed and other not in view.claimed:
                        yield replace(self._match(view, number, other), reason=reason, doubt=doubt)

    def _sides(self, flow: Flow, passage: Passage, *, heavy: bool) -> tuple[Sequence[int], Sequence[int], str | None]:
        """Return the run that goes, the run that stays, and why that may be wrong."""
        first, second = (flow.place(run[0], run[-1]) for run in passage)
        later = self.keep == "last" or (self.keep == "in_flow" and second.weight >= first.weight)
        goes, stays = passage if later else passage[::-1]
        if not heavy and not (first if later else second).is_outside:
            return goes, stays, "a list among paragraphs may be the article's own, both times"
        same = abs(first.weight - second.weight) < IN and first.is_outside == second.is_outside
        if heavy and self.clear and same:
            return goes, stays, "the same stands around both runs: which is the article cannot be told"
        return goes, stays, None

    def _parts(self, view: View) -> Iterator[Match]:
        """Yield the lines that are parts of others, with the name under them."""
        some = _marked(view) if self.clear else view.standing.numbers
        candidates = [number for number in some if self._is_candidate(view, number)]
        parts = list(Parts(view=view, candidates=candidates)) if candidates else []
        if not parts:
            return
        copied = {part.line for part in parts} | {number for group in view.document.copies for number in group}
        flow = Flow(view=view, copied=copied)
        lines = {part.line for part in parts}
        for part in parts:
            name = signature(view, part.line)
            if name is not None and flow.is_head(part.line):
                continue  # a motto
            certain = part.is_cut or name is not None
            if certain or (not self.clear and self._is_loose(flow, part, lines)):
                stop = None if name is None else name + 1
                yield self._match(view, part.line, part.holder, stop, "holds it")

    def _is_loose(self, flow: Flow, part: Part, parts: set[int]) -> bool:
        """Tell whether a part without any sign of its own stands where no paragraph of the article would."""
        question = _is_question(flow.view.document.contents[part.line])
        told = not question and flow.view.document.is_sentence(part.line) and flow.tells(part.line, part.holder)
        return told and not _is_summary(flow.view, part, parts)


def _is_question(content: str) -> bool:
    """Tell whether a line asks: interviewers and headlines ask twice."""
    return content.rstrip().endswith(("?", "？", "؟"))


def _is_passage(runs: dict[int, Passage], number: int, other: int) -> bool:
    """Tell whether two copies belong to a passage that is printed twice: then it goes or stays as a whole."""
    return number in runs and runs.get(other) == runs[number]


def _is_summary(view: View, part: Part, parts: set[int]) -> bool:
    """Tell whether a line is one of several parts in a row: the points of a summary, which are the article's own."""
    below = next(view.below(part.line), None)
    numbers = view.standing.numbers
    place = bisect_right(numbers, part.line) - 2
    above = numbers[place] if place >= 0 else None
    return below in parts or above in parts


def _marked(view: View) -> list[int]:
    """Return the lines with a sign of their own that they are parts: three dots at the end, or a name below."""
    contents, numbers = view.document.contents, view.standing.numbers
    return [
        number
        for number, below in zip_longest(numbers, numbers[1:])
        if is_cut(contents[number])
        or (below is not None and contents[below].lstrip()[:1] in _DASHES and signature(view, number) is not None)
    ]


def signature(view: View, number: int) -> int | None:
    """Return the line under a pull quote with the name of the speaker, where that name stands elsewhere too."""
    below = next(view.below(number), None)
    name = None if below is None else _NAME.match(view.document.contents[below])
    if below is None or name is None:
        return None
    surname = name[1].split()[-1]
    return below if view.document.text.count(surname) > 1 else None


def in_passage(document: Document, number: int, other: int) -> bool:
    """Tell whether two copies are followed by the same line again: then a passage is printed twice, and no standfirst."""
    below = [next(iter(document.filled[bisect_right(document.filled, line) :]), None) for line in (number, other)]
    texts = [None if line is None else shapes.fold(document.contents[line]) for line in below]
    return texts[0] is not None and texts[0] == texts[1]

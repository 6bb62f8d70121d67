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
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from cleaner.features import line_shape
from cleaner.model import Fact, Match
from cleaner.verbs.api.verb import Verb
from cleaner.verbs.repeats import similarity
from cleaner.verbs.repeats.article_parts import Parts
from cleaner.verbs.repeats.flow import IN, Flow
from cleaner.verbs.repeats.passages import (
    by_line,
    in_passage,
    is_heavy,
    is_list,
    share_passage,
)
from cleaner.verbs.repeats.pull_quotes import is_summary, may_be_parts, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from cleaner.verbs.api.view import View
    from cleaner.verbs.repeats.article_parts import Part
    from cleaner.verbs.repeats.passages import Passage

MIN_CHARS = 40
SAME = 100
"""Per cent."""
OWN_WORDS = 30
"""A sentence with fewer words may be said twice by its author: a refrain, a step of a recipe, a point made again."""
PAIR = 2
_OPENERS = "\"'“„«‘‚»「『《〈—–-"
_NEVER = re.compile(r"\d{1,2}[:.]\d\d\b|[^.!?:]{1,24}:\s|[^\t|]*(?:\t| \| )")
"""A time of day, the name of a speaker, a row of a table."""


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
        head = (
            None
            if self.first_lines is None
            else frozenset(view.document.filled[: self.first_lines])
        )
        if self.of == "paragraph":
            return self._paragraphs(view, head)
        found = self._passages(view) if self.of == "passage" else self._parts(view)
        return (match for match in found if head is None or match.line in head)

    def _paragraphs(self, view: View, head: AbstractSet[int] | None) -> Iterator[Match]:
        """Yield single lines that stand again; only those in the head of the document where there is one."""
        groups = list(self._groups(view, head))
        if not groups:
            return
        flow = Flow(
            view=view,
            copied={
                number for group in (*view.document.copies, *groups) for number in group
            },
        )
        runs = by_line(view.standing.passages) if self.keep == "in_flow" else {}
        for copies in groups:
            stays = self._stays(flow, copies)
            for number in (
                copies
                if head is None
                else [number for number in copies if number in head]
            ):
                passed = number == stays or (
                    self.keep == "in_flow" and share_passage(runs, number, stays)
                )
                if not passed and self._may_go(flow, number, stays, len(copies)):
                    yield self._match(
                        view, number, stays, f"line {stays + 1} says the same"
                    )

    def _match(
        self,
        view: View,
        number: int,
        stays: int,
        reason: str,
        *,
        stop: int | None = None,
        doubt: str | None = None,
    ) -> Match:
        facts = (
            (Fact(self.field, view.document.contents[number].strip()),)
            if self.field
            else ()
        )
        start, end = view.document.span(number, stop or number + 1)
        return Match(
            start=start,
            end=end,
            line=number,
            reason=reason,
            facts=facts,
            witness=stays,
            doubt=doubt,
        )

    def _groups(
        self, view: View, head: AbstractSet[int] | None
    ) -> Iterator[Sequence[int]]:
        """Yield the numbers of lines that say the same, in order."""
        if self.similarity < SAME:
            yield from (group for group in self._alike(view) if len(group) > 1)
            return
        contents = view.document.contents
        for group in view.document.copies:
            if head is not None and head.isdisjoint(group):
                continue  # no copy of it may go
            fits = {
                content: self._may_repeat(content)
                for content in {contents[number] for number in group}
            }
            copies = [
                number
                for number in group
                if fits[contents[number]] and number not in view.claimed
            ]
            if len(copies) > 1:
                yield copies

    def _alike(self, view: View) -> Iterable[Sequence[int]]:
        contents, folds = view.document.contents, view.document.folds
        lines = (
            number
            for number in view.document.filled
            if self._is_candidate(view, number)
        )
        return similarity.groups(
            {number: folds[contents[number]] for number in lines}, self.similarity
        )

    def _is_candidate(self, view: View, number: int) -> bool:
        """Tell whether a line is one whose copy may go, and no known clutter."""
        return number not in view.claimed and self._may_repeat(
            view.document.contents[number]
        )

    def _may_repeat(self, line: str) -> bool:
        """Tell whether a line is long enough for its copy to be no chance, and no quotation: only parts may be one."""
        content = line.strip()
        return (
            len(content) >= MIN_CHARS
            and (content[0] not in _OPENERS or self.of == "part")
            and not _NEVER.match(content)
            and line_shape.words(content) >= self.min_words
        )

    def _stays(self, flow: Flow, copies: Sequence[int]) -> int:
        """Return the copy that stays; of two with the same around them the last, of headlines and captions the first."""
        if self.keep == "in_flow":
            ordered = (
                copies if flow.view.document.is_sentence(copies[0]) else copies[::-1]
            )
            return max(
                reversed(ordered), key=lambda number: flow.place(number, number).weight
            )
        return copies[0] if self.keep == "first" else copies[-1]

    def _may_go(self, flow: Flow, number: int, stays: int, copies: int) -> bool:
        """Tell whether nothing speaks for a copy."""
        document = flow.view.document
        if self.field and (
            in_passage(document, number, stays) or not flow.is_head(number)
        ):
            return False
        if self.keep != "in_flow":
            return not self.clear or (
                copies == PAIR
                and document.is_sentence(number)
                and flow.tells(number, stays)
            )
        if _is_question(document.contents[number]):
            return False
        if self.clear:
            return (
                copies == PAIR
                and document.is_sentence(number)
                and flow.tells(number, stays)
            )
        own = (
            document.words[number] < OWN_WORDS and flow.place(number, number).is_inside
        )
        return not own or (copies == PAIR and flow.is_next(number, stays))

    def _passages(self, view: View) -> Iterator[Match]:
        """Yield the lines of the run that goes, each with the line of the other run that says the same."""
        document = view.document
        found = (
            view.standing.passages if len(document.copies) >= PAIR else ()
        )  # its paragraphs have copies of their own
        if not found:
            return
        flow = Flow(
            view=view,
            copied={number for passage in found for number in chain(*passage)},
        )
        for passage in found:
            heavy = is_heavy(document, passage)
            if heavy or is_list(document, passage):
                goes, stays, doubt = self._sides(flow, passage, heavy=heavy)
                reason = f"lines {stays[0] + 1} to {stays[-1] + 1} are the same passage"
                for number, other in zip(goes, stays, strict=True):
                    if number not in view.claimed and other not in view.claimed:
                        yield self._match(view, number, other, reason, doubt=doubt)

    def _sides(
        self, flow: Flow, passage: Passage, *, heavy: bool
    ) -> tuple[Sequence[int], Sequence[int], str | None]:
        """Return the run that goes, the run that stays, and why that may be wrong."""
        first, second = (flow.place(run[0], run[-1]) for run in passage)
        later = self.keep == "last" or (
            self.keep == "in_flow" and second.weight >= first.weight
        )
        goes, stays = passage if later else passage[::-1]
        if not heavy and not (first if later else second).is_outside:
            return (
                goes,
                stays,
                "a list among paragraphs may be the article's own, both times",
            )
        same = (
            abs(first.weight - second.weight) < IN
            and first.is_outside == second.is_outside
        )
        if heavy and self.clear and same:
            return (
                goes,
                stays,
                "the same stands around both runs: which is the article cannot be told",
            )
        return goes, stays, None

    def _parts(self, view: View) -> Iterator[Match]:
        """Yield the lines that are parts of others, with the name under them."""
        some = may_be_parts(view) if self.clear else view.standing.numbers
        candidates = [number for number in some if self._is_candidate(view, number)]
        found = list(Parts(view=view, candidates=candidates)) if candidates else []
        names = {part.line: signature(view, part) for part in found}
        parts = [part for part in found if self._is_sure(view, part, names[part.line])]
        if not parts:
            return
        lines = {part.line for part in parts}
        flow = Flow(
            view=view,
            copied=lines
            | {number for group in view.document.copies for number in group},
        )
        for part in parts:
            name = names[part.line]
            if name is not None and flow.is_head(part.line):
                continue  # a motto
            certain = part.is_cut or name is not None
            if certain or (not self.clear and self._is_loose(flow, part, lines)):
                stop = None if name is None else name + 1
                yield self._match(
                    view,
                    part.line,
                    part.holder,
                    f"line {part.holder + 1} holds it",
                    stop=stop,
                )

    def _is_sure(self, view: View, part: Part, name: int | None) -> bool:
        """Tell whether a part has the name under it that a quotation needs, and with `clear` every one without three dots."""
        is_quotation = view.document.contents[part.line].lstrip()[0] in _OPENERS
        return name is not None or not (
            is_quotation or (self.clear and not part.is_cut)
        )

    def _is_loose(self, flow: Flow, part: Part, parts: set[int]) -> bool:
        """Tell whether a part without any sign of its own stands where no paragraph of the article would."""
        question = _is_question(flow.view.document.contents[part.line])
        told = (
            not question
            and flow.view.document.is_sentence(part.line)
            and flow.tells(part.line, part.holder)
        )
        return told and not is_summary(flow.view, part, parts)


def _is_question(content: str) -> bool:
    """Tell whether a line asks: interviewers and headlines ask twice."""
    return content.rstrip().endswith(("?", "？", "؟"))

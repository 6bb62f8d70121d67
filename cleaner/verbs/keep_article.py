"""`keep_article`: where a whole page was flattened to text, keep the article and remove the page around it.

    keep_article:
      marks: |
        <page_mark>
      sections: |
        <page_section>
      min_marks: 3
      first: |
        -1.2 words at most 3, stop no
        +2.0 sentence yes, above sentence yes
      second: |
        -0.8 after 4 to 9

A text is a page where so many different lines are `marks` (items of menus and footers); two of them are enough where
twice as many lines are marks or `sections`. Two marks or sections are enough where a menu stands above the first sentence:
eight lines of one to three words in a row, without stops and digits. A line above a sentence is a sub-head and does not
count. In any other text the verb does nothing: what an extractor or a person has
made an article already is never judged. Each filled line of a page is judged twice by signs that add up: `first` by
itself and its neighbours, `second` by how it lies to the article that the first reckoning shows. Lines below 0 go.

Where it acts, no other rule acts in the same pass: what stands around the article would mislead them. They follow in
the next pass, and the article carries the flag `raw_page`.

* removed: `Home` / `Politics` / `Sign in` above an article, `Privacy policy` / `Terms of use` below it
* kept: the paragraphs between them; a text with one line `Home`
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge, Le

from cleaner.features import line_shape
from cleaner.features.clutter import is_page_fact
from cleaner.features.scorecard import Scorecard, sign
from cleaner.features.second_pass import SecondFacts, is_article_fact
from cleaner.verbs.api.values import Lines, Signs
from cleaner.verbs.api.verb import Verb, quoted, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Document, Match
    from cleaner.verbs.api.view import View

MIN_OTHERS = 12
"""A page has so many lines at least that are no sentences."""
MENU_LINES = 8
"""Such a run of menu-like lines before the first sentence stands in three of four flattened pages. Line-ups and lists of
ingredients are like it: two of its items have to be known."""
MENU_WORDS = 3
PAIR = 2
"""Items of a menu that have to be known, where its shape or its sections speak for the rest."""
SHOWN = 3
"""Signs that a reason names."""
FLAG = "raw_page"
_NO_LINES, _NO_SIGNS = Lines(), Signs()
_ENDS = ".!?…:,;。！？："


@dataclass(frozen=True, kw_only=True)
class KeepArticle(Verb):
    """Find the article in a page that was flattened to text, and remove the rest. No `slots`: cached properties."""

    KEY: ClassVar[str] = "keep_article"
    FACTS: ClassVar = {"second": "article"}
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ("marks",)
    ALWAYS: ClassVar[bool] = True
    ALONE: ClassVar[bool] = True
    marks: Lines
    """Lines that only pages have: items of menus and footers."""
    sections: Lines = _NO_LINES
    """Lines that menus have, and other texts too."""
    min_marks: Annotated[int, Ge(2), Le(100)] = 3
    """Different marks that make a text a page."""
    first: Signs
    """Signs for a line by itself and with its neighbours."""
    second: Signs = _NO_SIGNS
    """Signs for a line beside the article that the first reckoning shows."""

    @cached_property
    def _first(self) -> Scorecard:
        return Scorecard(signs=tuple(sign(text, is_page_fact) for text in self.first))

    @cached_property
    def _second(self) -> Scorecard:
        return Scorecard(
            signs=tuple(sign(text, is_article_fact) for text in self.second)
        )

    def find(self, view: View) -> Iterator[Match]:
        """Yield the stretches of a page that are not the article."""
        if not self._is_page(view):
            return
        facts, points = self.reckon(view)
        filled = view.document.filled
        reason_for = self._second if self.second else self._first
        stays = _with_neighbours(view, [point >= 0 for point in points])
        for goes, group in groupby(
            range(len(filled)), key=lambda place: not stays[place]
        ):
            places = list(group)
            if goes and len(places) < len(filled):
                nearest = max(places, key=points.__getitem__)
                signs = "; ".join(map(str, reason_for.reasons(facts, nearest)[:SHOWN]))
                what = f"{len(places)} lines beside the article, the likeliest "
                reason = f"{what}{quoted(view.document.contents[filled[nearest]])} {points[nearest]:+.1f}: {signs}"
                match = whole_lines(
                    view, filled[places[0]], filled[places[-1]] + 1, reason=reason
                )
                yield replace(match, flag=FLAG)

    def reckon(self, view: View) -> tuple[SecondFacts, Sequence[float]]:
        """Return the facts of all filled lines after the first reckoning, and the points that decide."""
        points = self._first.scores(view.line_facts)
        facts = SecondFacts(view.line_facts, points, view.line_facts.topics)
        return facts, self._second.scores(facts) if self.second else points

    def _is_page(self, view: View) -> bool:
        """Tell whether the text is a whole page: enough lines that only menus and footers have."""
        marks = _listed(view, view.hits.get("marks", ()))
        if len(marks) < self.min_marks:
            has_menu = _has_menu(view.document)
            if len(marks) < PAIR and not has_menu:
                return False
            items = marks | _listed(view, view.lines("sections"))
            if len(items) < (PAIR if has_menu else 2 * self.min_marks):
                return False
        others = (
            number
            for number in view.document.filled
            if not view.document.is_sentence(number)
        )
        return sum(1 for _ in islice(others, MIN_OTHERS)) == MIN_OTHERS


def _with_neighbours(view: View, stays: list[bool]) -> list[bool]:
    """Keep the sentences too that touch a kept one: the article's first and last lines are the likeliest to be misjudged.

    Known clutter, lines that stand twice and those that break off in three dots are teasers, and stay out.
    """
    facts = view.line_facts
    is_prose = [bool(value) for value in facts.column("sentence")]
    columns = (facts.column(name) for name in ("clutter", "dots", "copies"))
    plain = [
        own and not clutter and not dots and copies == 1
        for own, clutter, dots, copies in zip(is_prose, *columns, strict=True)
    ]
    kept = list(stays)
    for places, step in ((range(1, len(kept)), -1), (range(len(kept) - 2, -1, -1), 1)):
        for place in places:
            kept[place] = kept[place] or (
                plain[place] and kept[place + step] and is_prose[place + step]
            )
    return kept


def _listed(view: View, numbers: Sequence[int]) -> set[str]:
    """Return what some lines say, without sub-heads, which stand above a sentence, and lists that a colon opens."""
    contents, filled = view.document.contents, view.document.filled
    some = set(filled).intersection(numbers)
    found = set()
    opened = False
    for number in sorted(some):
        place = bisect_left(filled, number)
        above = filled[place - 1] if place else None
        if above not in some:
            opened = above is not None and contents[above].rstrip().endswith(
                (":", "：")
            )  # "The best menus have:"
        below = filled[place + 1 : place + 2]
        if not opened and not any(map(view.document.is_sentence, below)):
            found.add(line_shape.fold(contents[number]))
    return found


def _has_menu(document: Document) -> bool:
    """Tell whether a run of menu-like lines stands before the first sentence of a text."""
    run = 0
    for number in document.filled:
        content = document.contents[number].strip()
        if line_shape.is_sentence(content):
            return False
        is_item = content[-1] not in _ENDS and line_shape.words(content) <= MENU_WORDS
        run = run + 1 if is_item and not any(map(str.isdigit, content)) else 0
        if run >= MENU_LINES:
            return True
    return False

"""Line facts: what can be said of each filled line of a text, as numbers, by names that rules use.

A fact is a column with one number for each filled line, in order ("place" means an index into them); it is worked out
for all lines when the first rule asks for it, and never again for that text. Yes and no are 1 and 0, shares are per
cent. `FACTS` is the whole vocabulary; `docs/rules.md` shows it, and a test compares the two.

Facts know nothing of languages: they count words, stops, cases and signs, and look at the neighbours. What stands
above or below is asked for by a prefix: `above words`, `2 below stop`; beyond the edge of the text these are 0.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import accumulate, compress, repeat
from typing import TYPE_CHECKING

from cleaner.features import character_kinds, line_shape
from cleaner.features.single_line import (
    OF_LINE,
    has_spaceless,
    is_doubled,
    long_words,
    pairs,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Column = list[float]

_MARKED = {
    "item": "list",
    "cell": "table",
    "quoted": "block quotation",
    "caption": "caption or a credit",
}
MARKS = {
    "linked": "Of an HTML page: characters inside links, per cent",
    "heading": "Of an HTML page: the level of a heading, 0 for other lines",
    **{
        name: f"Of an HTML page: whether it stands in a {what}"
        for name, what in _MARKED.items()
    },
}
"""Facts that the markup of a page tells; 0 where the input was text."""
_AROUND = (3, 6, 12)


def _says(*names: str) -> dict[str, str]:
    return {name: (OF_LINE[name].__doc__ or "").rstrip(".") for name in names}


FACTS: Mapping[str, str] = {
    "words": "Words; scripts without spaces count two characters a word",
    **_says("characters", "stop"),
    "sentence": "Whether it has ten words or more and ends in sentence punctuation",
    **_says("headline", "stops"),
    "commas": "Commas and semicolons for a hundred words",
    "lower": "Words of two letters or more that begin in lower case, per cent of its words",
    "upper": "Capital letters, per cent of its letters",
    "digits": "Digits, per cent of its characters",
    **_says("quote"),
    "quotes": "Whether it holds a quotation mark",
    **_says("colon", "dots"),
    "separators": "Whether it holds a sign that menus and footers use: `|`, `•`, `©`, `»`, an arrow",
    **_says("link", "bullet", "small start"),
    "doubled": "Whether it says the same twice: its second half holds the long words of its first",
    "copies": "Lines of the text that say the same, itself included",
    "gap": "Blank lines directly above",
    "indent": "Spaces in front of it",
    **{
        f"prose {reach}": f"Sentences, per cent of the {reach} lines on each side"
        for reach in _AROUND
    },
    **{
        f"prose words {reach}": f"Words of the sentences among the {reach} lines on each side"
        for reach in _AROUND[1:]
    },
    "text above": "Words of sentences above it, per cent of those in the whole text",
    "lines above": "Lines above it, per cent of all",
    "echo": "Its long words that stand in another sentence of the text too, per cent",
    "edge": "Lines between it and the nearer end of the text",
    **MARKS,
}
"""Every fact and what it says."""
_NEIGHBOUR = re.compile(r"(?:([2-9]) )?(above|below) (.+)")


def is_fact(name: str) -> bool:
    """Tell whether a name is a fact, or one of a neighbour.

    >>> is_fact("words"), is_fact("2 above stop"), is_fact("text above"), is_fact("mood")
    (True, True, True, False)
    """
    return own_name(name)[0] in FACTS


def own_name(name: str) -> tuple[str, int]:
    """Return a fact without the prefix of a neighbour, and how far below the line that neighbour stands.

    >>> own_name("2 above stop"), own_name("stop")
    (('stop', -2), ('stop', 0))
    """
    found = _NEIGHBOUR.fullmatch(name)
    if not found:
        return name, 0
    return found[3], int(found[1] or 1) * (-1 if found[2] == "above" else 1)


def shifted(column: Sequence[float], below: int) -> Column:
    """Return for each place the value of the place so far below it, 0 beyond the edge.

    >>> shifted([1, 2, 3], -1), shifted([1, 2, 3], 2)
    ([0, 1, 2], [3, 0, 0])
    """
    far = min(abs(below), len(column))
    none: Column = [0] * far
    return (
        [*none, *column[: len(column) - far]] if below < 0 else [*column[far:], *none]
    )


def reached(count: int, below: int) -> list[int]:
    """Return for each of some places the one so far below it, at the furthest the edge: 0 or their count.

    >>> reached(4, -1), reached(4, 3)
    ([0, 0, 1, 2], [3, 4, 4, 4])
    """
    far = min(abs(below), count)
    return (
        [*repeat(0, far), *range(count - far)]
        if below < 0
        else [*range(far, count), *repeat(count, far)]
    )


class LineFeatures:
    """The facts of the filled lines of one text. `marks` has one number for each line, filled or not, by fact."""

    def __init__(
        self,
        contents: Sequence[str],
        marks: Mapping[str, Sequence[float]] | None = None,
    ) -> None:
        self._contents = contents
        self._marks = marks or {}
        self.filled = tuple(
            number for number, content in enumerate(contents) if content.strip()
        )
        self._bare = tuple(contents[number].strip() for number in self.filled)
        self.known: dict[str, Column] = {}
        """What has been worked out, here or by the caller before."""

    def column(self, name: str) -> Column:
        """Return one fact of every filled line. Raise KeyError for a name that is none."""
        if name not in self.known:
            self.known[name] = self._work_out(name)
        return self.known[name]

    def _work_out(self, name: str) -> Column:
        if name in OF_LINE:
            return list(map(OF_LINE[name], self._bare))
        if name in MARKS:
            marks = self._marks.get(name)
            return [marks[number] if marks else 0.0 for number in self.filled]
        if name in FACTS:
            kind, _, reach = name.rpartition(" ")
            if kind == "prose":
                return self._prose(int(reach))
            if kind == "prose words":
                return self._prose_words(int(reach))
            column: Column = getattr(self, f"_{name.replace(' ', '_')}")()
            return column
        fact, below = own_name(name)
        if not below or fact not in FACTS:
            raise KeyError(name)
        return shifted(self.column(fact), below)

    @cached_property
    def _folded(self) -> list[str]:
        """The lines without what typography may change, and one space between words."""
        return list(map(line_shape.fold, self._bare))

    @cached_property
    def _kinds(self) -> list[bytes]:
        return character_kinds.of_lines(self._bare)

    def _words(self) -> Column:
        if has_spaceless(self._bare):
            return list(map(line_shape.words, self._bare))
        return [folded.count(" ") + 1 for folded in self._folded]

    def _sentence(self) -> Column:
        pairs_ = zip(self.column("stop"), self.column("words"), strict=True)
        return [ends and count >= line_shape.SENTENCE_WORDS for ends, count in pairs_]

    def _commas(self) -> Column:
        found = zip(self._kinds, self.column("words"), strict=True)
        return [
            100 * line.count(character_kinds.COMMA) / (words or 1)
            for line, words in found
        ]

    def _lower(self) -> Column:
        return [
            100 * lower / (words or 1)
            for words, lower in character_kinds.cased_words(self._kinds)
        ]

    def _upper(self) -> Column:
        capitals = character_kinds.counts(self._kinds, character_kinds.UPPER)
        letters = character_kinds.counts(self._kinds, character_kinds.ALPHABETIC)
        return [
            100 * some / (every or 1)
            for some, every in zip(capitals, letters, strict=True)
        ]

    def _digits(self) -> Column:
        return [
            100
            * (line.count(character_kinds.DIGIT) + line.count(character_kinds.NUMERAL))
            / len(line)
            for line in self._kinds
        ]

    def _quotes(self) -> Column:
        return [
            character_kinds.QUOTE in line or character_kinds.GUILLEMET in line
            for line in self._kinds
        ]

    def _separators(self) -> Column:
        return [
            character_kinds.SEPARATOR in line or character_kinds.GUILLEMET in line
            for line in self._kinds
        ]

    @cached_property
    def _prose_above(self) -> Column:
        counts = zip(self.column("sentence"), self.column("words"), strict=True)
        return list(
            accumulate((is_prose * count for is_prose, count in counts), initial=0)
        )

    def _prose(self, reach: int) -> Column:
        own = self.column("sentence")
        sums = list(accumulate(own, initial=0))
        around = zip(
            reached(len(own), -reach), reached(len(own), reach + 1), own, strict=True
        )
        return [
            100 * (sums[stop] - sums[start] - is_prose) / (stop - start - 1 or 1)
            for start, stop, is_prose in around
        ]

    def _prose_words(self, reach: int) -> Column:
        sums, count = self._prose_above, len(self.filled)
        around = zip(
            reached(count, -reach), range(count), reached(count, reach + 1), strict=True
        )
        return [
            sums[place] - sums[start] + sums[stop] - sums[place + 1]
            for start, place, stop in around
        ]

    def _copies(self) -> Column:
        count = Counter(self._folded)
        return [count[text] for text in self._folded]

    def _gap(self) -> Column:
        above = (-1, *self.filled)
        return [
            number - before - 1
            for before, number in zip(above, self.filled, strict=False)
        ]

    def _indent(self) -> Column:
        lines = (self._contents[number] for number in self.filled)
        return [len(line) - len(line.lstrip()) for line in lines]

    def _text_above(self) -> Column:
        sums = self._prose_above
        return [100 * above / (sums[-1] or 1) for above in sums[:-1]]

    def _lines_above(self) -> Column:
        return [100 * place / len(self.filled) for place in range(len(self.filled))]

    def _edge(self) -> Column:
        last = len(self.filled) - 1
        return [min(place, last - place) for place in range(last + 1)]

    @cached_property
    def _long(self) -> list[list[str]]:
        return list(map(long_words, self._folded))

    @cached_property
    def topics(self) -> list[frozenset[str]]:
        """The words of each filled line that say something about its topic."""
        long = list(map(frozenset, self._long))
        if has_spaceless(self._bare):
            return [
                words.union(pairs(line))
                for words, line in zip(long, self._bare, strict=True)
            ]
        return long

    def _doubled(self) -> Column:
        return list(map(is_doubled, self._long))

    def _echo(self) -> Column:
        prose = list(map(bool, self.column("sentence")))
        said = shared(self.topics, prose)
        return [
            100 * some / (len(topic) or 1)
            for some, topic in zip(said, self.topics, strict=True)
        ]


def shared(topics: Sequence[frozenset[str]], members: Sequence[bool]) -> list[int]:
    """Return for each line how many of its topic words stand in another line, of those that are members.

    >>> shared([frozenset({"ferry", "harbour"}), frozenset({"ferry"}), frozenset({"harbour"})], [True, True, False])
    [1, 1, 1]
    """
    once: set[str] = set()
    twice: set[str] = set()
    for topic in compress(topics, members):
        twice |= topic & once
        once |= topic
    return [
        len(topic & (twice if own else once))
        for topic, own in zip(topics, members, strict=True)
    ]

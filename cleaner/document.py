"""Article text as lines, with facts about each line that are computed once, when somebody first asks for them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features import line_shape
from cleaner.features.lines import LineFeatures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COPY_CHARS = 24
"""A shorter line that stands twice is a label, an answer or a refrain."""


FIRST, LAST = 0, -1


class Line(NamedTuple):
    """A line's place in the text: code points, half-open, without its newline."""

    start: int
    end: int


class Folds(dict[str, str]):
    """The folded form of each line that somebody compared: later texts of a document have nearly the same lines."""

    def __missing__(self, line: str) -> str:
        """Fold a line, and remember it."""
        folded = self[line] = line_shape.fold(line)
        return folded


def edge_words(lines: Sequence[str], side: int) -> list[str]:
    """Return the first or the last word of each line, folded and behind a dot.

    >>> edge_words(["Nobody’s  HOME. ", "", "Nobody's here"], FIRST)
    [".nobody's", '.', ".nobody's"]
    """
    if side == FIRST:
        words = [(line.split(None, 1) or ("",))[0] for line in lines]
    else:
        words = [(line.rsplit(None, 1) or ("",))[-1] for line in lines]
    return line_shape.fold(" ".join(f".{word}" for word in words)).split()


class WordCounts(dict[str, int]):
    """The number of words of each line that somebody asked for: later texts of a document have nearly the same lines."""

    def __missing__(self, line: str) -> int:
        """Count the words of a line."""
        self[line] = line_shape.words(line)
        return self[line]


@dataclass(frozen=True, kw_only=True)
class Document:
    """Article text as lines, with facts about each line computed once, when first asked for.

    No `slots`: cached properties need an instance dictionary.
    """

    text: str
    language: str | None = None
    """ISO 639-1 code of the article's language, None where it cannot be told."""
    site: str | None = None
    """Host name of the article's URL without `www.`."""
    format: str = "text"
    """`text` or `html`: what the input was."""
    marks: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """What the markup told of each line, by fact (`line_facts.MARKS`); empty where the input was text."""
    counts: WordCounts = field(default_factory=WordCounts, compare=False, repr=False)
    """Words of single lines, shared with the texts that passes make of this one."""
    folds: Folds = field(default_factory=Folds, compare=False, repr=False)
    """The folded form of single lines, for all who compare lines; shared as the words are."""

    @cached_property
    def contents(self) -> tuple[str, ...]:
        """The text of each line, without newlines."""
        return tuple(self.text.split("\n"))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The place of each line."""
        ends = (
            start + len(content)
            for start, content in zip(self.starts, self.contents, strict=True)
        )
        return tuple(map(Line, self.starts, ends))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The code point at which each line begins."""
        lengths = [len(content) + 1 for content in self.contents]
        return tuple(accumulate(lengths[:-1], initial=0))

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The numbers of the lines that are not blank."""
        return tuple(compress(count(), map(str.strip, self.contents)))

    @cached_property
    def copies(self) -> tuple[tuple[int, ...], ...]:
        """Groups of longer lines that say the same but for case, spaces and the kind of quotes and dashes, in order."""
        lengths: dict[int, list[int]] = {}
        for number, content in enumerate(self.contents):
            if len(content) >= COPY_CHARS:
                lengths.setdefault(
                    len(content) - content.count(" ") - content.count("\xa0"), []
                ).append(number)
        # what differs only in typography has as many characters
        numbers = [
            number for group in lengths.values() if len(group) > 1 for number in group
        ]
        groups: dict[str, list[int]] = {}
        for number in self.with_peers(numbers):
            groups.setdefault(self.folds[self.contents[number]], []).append(number)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def with_peers(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return those of some lines that end and begin in the same words as another: the others have no copy among them."""
        for side in (LAST, FIRST):
            words = edge_words([self.contents[number] for number in numbers], side)
            counts = Counter(words)
            if len(counts) == len(numbers):
                return []
            numbers = [
                number
                for number, word in zip(numbers, words, strict=True)
                if counts[word] > 1
            ]
        return numbers

    @cached_property
    def single(self) -> tuple[int, ...]:
        """The filled lines that have no copy, in order."""
        copied = {number for group in self.copies for number in group}
        return tuple(number for number in self.filled if number not in copied)

    @cached_property
    def facts(self) -> LineFeatures:
        """The facts of the filled lines, each worked out when first asked for."""
        return LineFeatures(self.contents, self.marks)

    @cached_property
    def words(self) -> tuple[int, ...]:
        """The number of words of each line."""
        return tuple(map(self.counts.__getitem__, self.contents))

    @cached_property
    def word_count(self) -> int:
        """The number of words of the whole text."""
        return line_shape.words(self.text)

    def is_blank(self, number: int) -> bool:
        """Tell whether a line holds nothing but white space."""
        return not self.contents[number].strip()

    def is_sentence(self, number: int) -> bool:
        """Tell whether a line looks like a paragraph of an article."""
        line = self.contents[number]
        return (
            line_shape.ends_like_sentence(line)
            and self.counts[line] >= line_shape.SENTENCE_WORDS
        )

    def is_headline(self, number: int) -> bool:
        """Tell whether a line looks like a headline, a label or a menu item."""
        return line_shape.is_headline(self.contents[number])

    def span(self, first: int, stop: int) -> tuple[int, int]:
        r"""Return the code points of lines `first` to `stop` (exclusive), each with its newline.

        >>> Document(text="a\nb\nc").span(1, 2)
        (2, 4)
        """
        return self.starts[first], self.starts[stop] if stop < len(
            self.starts
        ) else len(self.text)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds the code point at `offset`."""
        return bisect_right(self.starts, offset) - 1


def carried(
    marks: Mapping[str, Sequence[float]], lines: Sequence[str], later: Sequence[str]
) -> dict[str, list[float]]:
    """Return the marks of the lines of a text for what rules have left of it. A line that they changed has none.

    >>> carried({"item": [0, 1, 0]}, ["a", "b", "c"], ["b", "", "c!"])
    {'item': [1, 0.0, 0.0]}
    """
    if not marks:
        return {}
    known: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        known.setdefault(line, []).append(place)
    places: list[int | None] = []
    start = 0
    for line in later:
        copies = known.get(line, [])
        nearest = bisect_left(copies, start)
        places.append(copies[nearest] if nearest < len(copies) else None)
        start = start if places[-1] is None else places[-1] + 1
    return {
        name: [0.0 if place is None else column[place] for place in places]
        for name, column in marks.items()
    }

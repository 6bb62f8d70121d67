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
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Column = list[float]

LONG_WORD = 5
"""Letters of a word that says something about the topic; of scripts without spaces, pairs of characters do."""
_QUOTES = frozenset('"“”„«»「」')
_OPENERS = '"“„«‘「『'
_STOP = re.compile(r"[.!?…](?=[\"'”’»“)\]]*(?:\s|$))|[。！？।۔؟]")
_WORD = re.compile(r"[^\W\d_]+")
_COMMA = re.compile(r"[,;，、；،]")
_SEPARATOR = re.compile(r"[|•·©®™→←›‹»▶►×✕]|[{}<>]")
_LINK = re.compile(r"https?://|www\.|\.(?:com|org|net)\b|\S@\S|(?:^|\s)@\w")
_BULLET = re.compile(r"\s*[*•·◦▪\-–—+>#]\s")
_PAIR = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]{2}")


def words(line: str) -> float:
    """Words; scripts without spaces count two characters a word."""
    return shapes.words(line)


def characters(line: str) -> float:
    """Code points without the spaces around the line."""
    return len(line)


def stop(line: str) -> float:
    """Whether it ends in sentence punctuation, closing quotes and brackets aside."""
    return shapes.ends_like_sentence(line)


def sentence(line: str) -> float:
    """Whether it has ten words or more and ends in sentence punctuation."""
    return shapes.is_sentence(line)


def headline(line: str) -> float:
    """Whether it is short and has no full stop at its end."""
    return shapes.is_headline(line)


def stops(line: str) -> float:
    """Sentence ends in it."""
    return len(_STOP.findall(line))


def commas(line: str) -> float:
    """Commas and semicolons for a hundred words."""
    return 100 * len(_COMMA.findall(line)) / max(1, shapes.words(line))


def lower(line: str) -> float:
    """Words of two letters or more that begin in lower case, per cent of its words."""
    found: list[str] = _WORD.findall(line)
    return 100 * sum(len(word) > 1 and word[0].islower() for word in found) / max(1, len(found))


def upper(line: str) -> float:
    """Capital letters, per cent of its letters."""
    return 100 * sum(map(str.isupper, line)) / max(1, sum(map(str.isalpha, line)))


def digits(line: str) -> float:
    """Digits, per cent of its characters."""
    return 100 * sum(map(str.isdigit, line)) / max(1, len(line))


def quote(line: str) -> float:
    """Whether it begins with a quotation mark."""
    return line[:1] in _OPENERS


def quotes(line: str) -> float:
    """Whether it holds a quotation mark."""
    return not _QUOTES.isdisjoint(line)


def colon(line: str) -> float:
    """Whether it ends in a colon."""
    return line.endswith((":", "："))


def dots(line: str) -> float:
    """Whether it breaks off in three dots."""
    return line.endswith(("...", "…"))


def separators(line: str) -> float:
    """Whether it holds a sign that menus and footers use: `|`, `•`, `©`, `»`, an arrow."""
    return _SEPARATOR.search(line) is not None


def link(line: str) -> float:
    """Whether it holds an address or an account."""
    return _LINK.search(line) is not None


def bullet(line: str) -> float:
    """Whether it begins with a bullet or a dash."""
    return _BULLET.match(line) is not None


def small_start(line: str) -> float:
    """Whether its first letter is in lower case."""
    return line[:1].islower()


def doubled(line: str) -> float:
    """Whether it says the same twice: its second half holds the long words of its first."""
    found = [word for word in _WORD.findall(line.casefold()) if len(word) >= LONG_WORD]
    half = len(found) // 2
    first, second = set(found[:half]), set(found[half:])
    return half > 1 and 2 * len(first & second) > len(first)


_ALONE: Mapping[str, Callable[[str], float]] = {
    name.__name__.replace("_", " "): name
    for name in (
        *(words, characters, stop, sentence, headline, stops, commas, lower, upper, digits),
        *(quote, quotes, colon, dots, separators, link, bullet, small_start, doubled),
    )
}
_MARKED = {"item": "list", "cell": "table", "quoted": "block quotation", "caption": "caption or a credit"}
MARKS = {
    "linked": "Of an HTML page: characters inside links, per cent",
    "heading": "Of an HTML page: the level of a heading, 0 for other lines",
    **{name: f"Of an HTML page: whether it stands in a {what}" for name, what in _MARKED.items()},
}
"""Facts that the markup of a page tells; 0 where the input was text."""
_AROUND = (3, 6, 12)
FACTS: Mapping[str, str] = {
    **{name: (function.__doc__ or "").rstrip(".") for name, function in _ALONE.items()},
    "copies": "Lines of the text that say the same, itself included",
    "gap": "Blank lines directly above",
    "indent": "Spaces in front of it",
    **{f"prose {reach}": f"Sentences, per cent of the {reach} lines on each side" for reach in _AROUND},
    **{f"prose words {reach}": f"Words of the sentences among the {reach} lines on each side" for reach in _AROUND[1:]},
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
    return [*none, *column[: len(column) - far]] if below < 0 else [*column[far:], *none]


class LineFacts:
    """The facts of the filled lines of one text. `marks` has one number for each line, filled or not, by fact."""

    def __init__(self, contents: Sequence[str], marks: Mapping[str, Sequence[float]] | None = None) -> None:
        self._contents = contents
        self._marks = marks or {}
        self.filled = tuple(number for number, content in enumerate(contents) if content.strip())
        self._bare = tuple(contents[number].strip() for number in self.filled)
        self.known: dict[str, Column] = {}
        """What has been worked out, here or by the caller before."""

    def column(self, name: str) -> Column:
        """Return one fact of every filled line. Raise KeyError for a name that is none."""
        if name not in self.known:
            self.known[name] = self._work_out(name)
        return self.known[name]

    def _work_out(self, name: str) -> Column:
        if name in _ALONE:
            return list(map(_ALONE[name], self._bare))
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
    def _sentences_above(self) -> Column:
        return list(accumulate(self.column("sentence"), initial=0))

    @cached_property
    def _prose_above(self) -> Column:
        pairs = zip(self.column("sentence"), self.column("words"), strict=True)
        return list(accumulate((is_prose * count for is_prose, count in pairs), initial=0))

    def _prose(self, reach: int) -> Column:
        sums, own, last = self._sentences_above, self.column("sentence"), len(self.filled)
        column = []
        for place in range(last):
            first, stop_ = max(0, place - reach), min(last, place + reach + 1)
            column.append(100 * (sums[stop_] - sums[first] - own[place]) / max(1, stop_ - first - 1))
        return column

    def _prose_words(self, reach: int) -> Column:
        sums, last = self._prose_above, len(self.filled)
        spans = ((max(0, place - reach), place, min(last, place + reach + 1)) for place in range(last))
        return [sums[stop_] - sums[place + 1] + sums[place] - sums[first] for first, place, stop_ in spans]

    def _copies(self) -> Column:
        folded = list(map(shapes.fold, self._bare))
        count = Counter(folded)
        return [count[text] for text in folded]

    def _gap(self) -> Column:
        above = (-1, *self.filled)
        return [number - before - 1 for before, number in zip(above, self.filled, strict=False)]

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

    def _echo(self) -> Column:
        topics = [topic_words(line) for line in self._bare]
        prose = self.column("sentence")
        known = Counter(word for some, is_prose in zip(topics, prose, strict=True) if is_prose for word in some)
        return [
            100 * sum(known[word] > is_prose for word in some) / len(some) if some else 0
            for some, is_prose in zip(topics, prose, strict=True)
        ]


def topic_words(line: str) -> set[str]:
    """Return the words of a line that say something about its topic.

    >>> sorted(topic_words("The mayor kept her seat"))
    ['mayor']
    """
    return {word for word in _WORD.findall(line.casefold()) if len(word) >= LONG_WORD} | set(_PAIR.findall(line))

"""Template or news: what speaks for each repeated line, what speaks against it, and the sum.

News repeats too: running heads, sub-heads, names, refrains, a sentence of background that every report ends with, the note
of a correction. What tells them from a template is seldom how often they stand. A template stands in the same place, beside
other lines of the template, always the same ones; it speaks to the reader or for the outlet; it counts and dates
itself. Each sign has a weight (`Sign`), a line with `ENOUGH` is proposed, and one with less is listed as doubtful.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.features import line_shape
from cleaner.learn import audience
from cleaner.learn.counts import END, START
from cleaner.learn.line_candidates import Candidate, owners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cleaner.learn.audience import Said
    from cleaner.learn.profile import Known

ENOUGH = 3
TOGETHER, BESIDE = 0.8, 0.6
MOST, ALWAYS = 0.5, 0.85
SHARES = ((0.8, 3), (0.5, 2), (0.2, 1), (0.1, 0))
LABEL_WORDS, SPOKEN_WORDS = 6, 3
NAME_WORDS = 4
SURE = 2
CROWD = 3.0
"""More copies than this in one document are a list, a dialogue or a refrain."""
SENTENCES = 0.2
LITERAL = 0.5
_SET_OFF = re.compile(r"[-–—*=~>»•\[({]+\s*\w.*\w\s*[-–—*=~<«•\])}]+$")
_SEPARATORS = (":", "|", "–", "—", "-", "»", "→", "›", "•", ">")

Sign = tuple[int, str]
"""A weight, and what an editor reads about it."""


class Source:
    """What the judge knows of a source beside the line in hand."""

    def __init__(self, known: Known) -> None:
        self.languages = tuple(
            sorted(known.languages, key=lambda code: (-known.languages[code], code))[:2]
        )
        self.outlet = audience.outlet_words(known.name, is_host=known.site is not None)

    def speaks(self, line: Candidate) -> Said | None:
        """Return how a line speaks for its outlet or to the reader."""
        return audience.speaks(line.phrase, self.languages, self.outlet)


def judge(known: Known, found: Sequence[Candidate]) -> None:
    """Give each candidate its neighbours, its block and its score, with the reasons."""
    by_key = owners(known, found)
    sides = {line.key: _sides(line, by_key) for line in found}
    source = Source(known)
    bases = {line.key: _base(line, source) for line in found}
    for line in found:
        line.beside = tuple(_support(line, side, bases) for side in sides[line.key])  # type: ignore[assignment] # two sides
        line.inside = all(_strong(line, side) for side in sides[line.key])
    for line in found:
        below = _partner(line, sides, 1)
        if (
            below is not None
            and _partner(below, sides, 0) is line
            and below.above is None
        ):
            line.below, below.above = below, line
    for line in found:
        line.block = _block(line)
    for line in found:
        for weight, why in signs(line, source):
            line.score += weight
            (line.reasons if weight > 0 else line.doubts).append(why)


Side = dict["Candidate | int", int]


def _sides(line: Candidate, by_key: Mapping[int, Candidate]) -> tuple[Side, Side]:
    """Return what stands above a line and below it, each with its count."""
    sides: tuple[Side, Side] = ({}, {})
    for member in (line, *line.stands_for):
        for side, counts in zip(
            sides, (member.entry.before, member.entry.after), strict=True
        ):
            for key, count in counts.items():
                owner = by_key.get(key, key if key in (START, END) else 0)
                side[owner] = side.get(owner, 0) + count
        if line.is_family:
            break  # a family counts the lines of its members too
    return sides


def _support(line: Candidate, side: Side, bases: Mapping[int, int]) -> float:
    """Return how often an edge, or a line that is worth something by itself, stands on one side of a line."""
    counts = (
        count
        for owner, count in side.items()
        if (
            bases[owner.key] > 0
            if isinstance(owner, Candidate)
            else owner in (START, END)
        )
    )
    return sum(counts) / max(1, line.entry.lines)


def _strong(line: Candidate, side: Side) -> bool:
    """Tell whether lines that most articles have stand on one side of a line, nearly always."""
    lines = [
        owner
        for owner in side
        if isinstance(owner, Candidate)
        and owner is not line
        and owner.share >= MOST
        and owner.is_steady
    ]
    return sum(side[owner] for owner in lines) >= ALWAYS * line.entry.lines


def _partner(
    line: Candidate, sides: Mapping[int, tuple[Side, Side]], side: int
) -> Candidate | None:
    """Return the line that nearly always stands beside another."""
    counts = sides[line.key][side]
    best = max(
        (owner for owner in counts if isinstance(owner, Candidate)),
        key=counts.__getitem__,
        default=None,
    )
    return (
        best
        if best is not None
        and best is not line
        and counts[best] >= TOGETHER * line.entry.lines
        else None
    )


def _block(line: Candidate) -> list[Candidate]:
    """Return the chain of partners that a line belongs to, from above."""
    first, seen = line, {line.key}
    while first.above is not None and first.above.key not in seen:
        first = first.above
        seen.add(first.key)
    block, seen = [first], {first.key}
    while (below := block[-1].below) is not None and below.key not in seen:
        block.append(below)
        seen.add(below.key)
    return block


def signs(line: Candidate, source: Source) -> Iterator[Sign]:
    """Yield what speaks for a line and against it."""
    spoken = source.speaks(line)
    sure = spoken is not None and spoken.weight >= SURE
    others = (
        None
        if sure
        else next((said for each in line.block if (said := _sure(each, source))), None)
    )
    yield from _own(line, source)
    yield from _place(line)
    if others:
        yield 1, f"beside it: {others.why}"
    if (
        sure
        and line.where == "middle"
        and _is_short(line, SPOKEN_WORDS)
        and len(line.block) == 1
    ):
        yield -1, "a short line alone between paragraphs"
    elif not sure and not line.inside:
        for doubt in (_sentence, _label, _name):
            yield from doubt(line, supported=others is not None)


def _base(line: Candidate, source: Source) -> int:
    """Return what a line is worth wherever it stands: only what is worth something lends weight to its neighbours."""
    own = sum(weight for weight, _ in _own(line, source))
    return (
        own
        if _sure(line, source)
        else own + sum(weight for weight, _ in _sentence(line, supported=False))
    )


def _sure(line: Candidate, source: Source) -> Said | None:
    said = source.speaks(line)
    return said if said is not None and said.weight >= SURE else None


def _own(line: Candidate, source: Source) -> Iterator[Sign]:
    """Yield what a line says of itself, wherever it stands."""
    spoken = source.speaks(line)
    yield _share(line)
    if spoken:
        yield spoken.weight, spoken.why
    if _SET_OFF.match(line.phrase):
        yield 2, "it is set off by dashes or brackets"
    yield from _slot(line, spoken=spoken is not None)
    yield from _crowd(line)
    yield from _correction(line)


def _share(line: Candidate) -> Sign:
    weight = next((weight for share, weight in SHARES if line.share >= share), -1)
    return weight, f"it stands in {line.share:.0%} of the documents"


def _place(line: Candidate) -> Iterator[Sign]:
    above, below = line.beside
    if line.inside:
        yield 3, "it stands inside the template, between lines that most articles have"
    elif above >= BESIDE and below >= BESIDE:
        yield 2, "it stands between other repeated lines"
    elif (above >= BESIDE or below >= BESIDE) and line.where != "middle":
        yield 1, "it stands beside other repeated lines"
    if len(line.block) > 1:
        yield 1, "it always comes with the same neighbour"
    if line.is_steady:
        yield 1, "it always stands in the same place"


def _slot(line: Candidate, *, spoken: bool) -> Iterator[Sign]:
    phrase = line.phrase
    if not line.is_family:
        if "<" in phrase:
            yield 1, "it is the same but for figures, dates or addresses"
        return
    sentences = line.entry.sentences / max(1, line.entry.lines)
    literal = line.letters / max(1.0, line.entry.chars / max(1, line.entry.lines))
    if "<any>" in phrase:
        yield -1, "much of it changes"
        if phrase.partition("<any>")[0].rstrip().endswith(_SEPARATORS):
            yield 1, "a label with a colon, and what changes behind it"
        elif literal < LITERAL:
            yield -1 if spoken else -3, "lines that only begin or end alike"
    if sentences <= SENTENCES and line.where == "middle":
        yield 1, "it reads like a headline, not like a sentence"
    elif sentences > SENTENCES and literal < LITERAL:
        yield -4, "sentences that only begin or end alike"


def _crowd(line: Candidate) -> Iterator[Sign]:
    if line.entry.lines > CROWD * line.entry.documents:
        yield (
            -2,
            "it stands many times in one document: a list, a dialogue or a refrain",
        )


def _correction(line: Candidate) -> Iterator[Sign]:
    if any(map(audience.is_correction, line.entry.samples)):
        yield -8, "it corrects the article"


def _sentence(line: Candidate, *, supported: bool) -> Iterator[Sign]:
    if not supported and line_shape.ends_like_sentence(line.entry.samples[0]):
        yield -2, "a sentence that could be news"
        if line.where == "middle" and line.share < SHARES[0][0]:
            yield -2, "in the middle of the article"


def _label(line: Candidate, *, supported: bool) -> Iterator[Sign]:
    if not _is_short(line):
        return
    if line.where == "middle" and len(line.block) == 1:
        yield -3, "a short line alone between paragraphs: it may be a sub-head"
    elif line.where == "head" and line.share < SHARES[0][0] and not supported:
        yield -3, "a short line at the top: it may head a series"
    elif line.where == "tail" and line.share < SHARES[1][0] and not supported:
        yield -2, "a short line that only some articles have"


def _is_short(line: Candidate, words: int = LABEL_WORDS) -> bool:
    return line.is_fixed and line.is_label and line_shape.words(line.phrase) <= words


def _name(line: Candidate, *, supported: bool) -> Iterator[Sign]:
    words = line.phrase.split()
    if (
        supported
        or not line.is_fixed
        or len(words) > NAME_WORDS
        or line.share >= SHARES[0][0]
    ):
        return
    if all(word[0].isupper() or not word[0].isalpha() for word in words) and (
        len(words) > 1 or line.phrase.isupper()
    ):
        yield -3, "it may be somebody's name, or a place"

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
FREQUENT, COMMON = 0.8, 0.5
SHARES = ((FREQUENT, 3), (COMMON, 2), (0.2, 1), (0.1, 0))
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
    """What the judge knows of a source, whatever the line."""

    def __init__(self, known: Known) -> None:
        self.known = known
        counts = known.languages
        by_count = sorted(counts, key=lambda code: (-counts[code], code))
        is_host = known.site is not None
        self.languages = tuple(by_count[:2])
        self.outlet = audience.outlet_words(known.name, is_host=is_host)

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
        above, below = sides[line.key]
        line.beside = _support(line, above, bases), _support(line, below, bases)
        line.inside = _strong(line, above) and _strong(line, below)
    _join_partners(found, sides)
    for line in found:
        line.block = _block(line)
    for line in found:
        for weight, why in signs(line, source):
            line.score += weight
            reasons = line.reasons if weight > 0 else line.doubts
            reasons.append(why)


def _join_partners(
    found: Sequence[Candidate], sides: Mapping[int, tuple[Side, Side]]
) -> None:
    """Join each two lines of which each nearly always stands beside the other."""
    for line in found:
        below = _partner(line, sides, 1)
        if below is None or below.above is not None:
            continue
        if _partner(below, sides, 0) is line:
            line.below = below
            below.above = line


Side = dict["Candidate | int", int]


def _sides(line: Candidate, by_key: Mapping[int, Candidate]) -> tuple[Side, Side]:
    """Return what stands above a line and below it, each with its count."""
    above: Side = {}
    below: Side = {}
    members = [line]
    if not line.is_family:  # a family counts the lines of its members too
        members += line.stands_for
    for member in members:
        _add_owners(above, member.entry.before, by_key)
        _add_owners(below, member.entry.after, by_key)
    return above, below


def _add_owners(
    side: Side, counts: Mapping[int, int], by_key: Mapping[int, Candidate]
) -> None:
    """Add what was counted beside a line, by the candidates that say it."""
    for key, count in counts.items():
        other = key if key in (START, END) else 0
        owner = by_key.get(key, other)
        side[owner] = side.get(owner, 0) + count


def _support(line: Candidate, side: Side, bases: Mapping[int, int]) -> float:
    """Return how often an edge, or a line that is worth something by itself, stands on one side of a line."""
    total = 0
    for owner, count in side.items():
        if isinstance(owner, Candidate):
            supports = bases[owner.key] > 0
        else:
            supports = owner in (START, END)
        if supports:
            total += count
    return total / max(1, line.entry.lines)


def _strong(line: Candidate, side: Side) -> bool:
    """Tell whether lines that most articles have stand on one side of a line, nearly always."""
    total = 0
    for owner, count in side.items():
        if not isinstance(owner, Candidate) or owner is line:
            continue
        if owner.share >= MOST and owner.is_steady:
            total += count
    return total >= ALWAYS * line.entry.lines


def _partner(
    line: Candidate, sides: Mapping[int, tuple[Side, Side]], side: int
) -> Candidate | None:
    """Return the line that nearly always stands beside another."""
    best: Candidate | None = None
    most = 0
    for owner, count in sides[line.key][side].items():
        if isinstance(owner, Candidate) and (best is None or count > most):
            best = owner
            most = count
    if best is line or most < TOGETHER * line.entry.lines:
        return None
    return best


def _block(line: Candidate) -> list[Candidate]:
    """Return the chain of partners that a line belongs to, from above."""
    first = line
    seen = {line.key}
    while first.above is not None and first.above.key not in seen:
        first = first.above
        seen.add(first.key)
    block: list[Candidate] = []
    keys: set[int] = set()
    below: Candidate | None = first
    while below is not None and below.key not in keys:
        block.append(below)
        keys.add(below.key)
        below = below.below
    return block


def signs(line: Candidate, source: Source) -> Iterator[Sign]:
    """Yield what speaks for a line and against it."""
    sure = _sure(line, source) is not None
    others = None if sure else _said_beside(line, source)
    yield from _own(line, source)
    yield from _place(line)
    if others:
        yield 1, f"beside it: {others.why}"
    if sure:
        yield from _alone(line)
    elif not line.inside:
        supported = others is not None
        yield from _sentence(line, supported=supported)
        yield from _label(line, supported=supported)
        yield from _name(line, supported=supported)


def _said_beside(line: Candidate, source: Source) -> Said | None:
    """Return what a line that always comes together with another says for sure."""
    for other in line.block:
        said = _sure(other, source)
        if said:
            return said
    return None


def _alone(line: Candidate) -> Iterator[Sign]:
    if line.where != "middle" or len(line.block) != 1:
        return
    if _is_short(line, SPOKEN_WORDS):
        yield -1, "a short line alone between paragraphs"


def _base(line: Candidate, source: Source) -> int:
    """Return what a line is worth wherever it stands: only what is worth something lends weight to its neighbours."""
    found = list(_own(line, source))
    if _sure(line, source) is None:
        found += _sentence(line, supported=False)
    return sum(weight for weight, _ in found)


def _sure(line: Candidate, source: Source) -> Said | None:
    said = source.speaks(line)
    if said is None or said.weight < SURE:
        return None
    return said


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
    why = f"it stands in {line.share:.0%} of the documents"
    for share, weight in SHARES:
        if line.share >= share:
            return weight, why
    return -1, why


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
    entry = line.entry
    lines = max(1, entry.lines)
    is_open = line.letters / max(1.0, entry.chars / lines) < LITERAL
    if "<any>" in phrase:
        yield -1, "much of it changes"
        label, _, _ = phrase.partition("<any>")
        if label.rstrip().endswith(_SEPARATORS):
            yield 1, "a label with a colon, and what changes behind it"
        elif is_open:
            weight = -1 if spoken else -3
            yield weight, "lines that only begin or end alike"
    are_sentences = entry.sentences / lines > SENTENCES
    if are_sentences and is_open:
        yield -4, "sentences that only begin or end alike"
    elif not are_sentences and line.where == "middle":
        yield 1, "it reads like a headline, not like a sentence"


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
    sample = line.entry.samples[0]
    if supported or not line_shape.ends_like_sentence(sample):
        return
    yield -2, "a sentence that could be news"
    if line.where == "middle" and line.share < FREQUENT:
        yield -2, "in the middle of the article"


def _label(line: Candidate, *, supported: bool) -> Iterator[Sign]:
    if not _is_short(line):
        return
    if line.where == "middle":
        if len(line.block) == 1:
            yield -3, "a short line alone between paragraphs: it may be a sub-head"
        return
    if supported:
        return
    if line.where == "head" and line.share < FREQUENT:
        yield -3, "a short line at the top: it may head a series"
    elif line.where == "tail" and line.share < COMMON:
        yield -2, "a short line that only some articles have"


def _is_short(line: Candidate, words: int = LABEL_WORDS) -> bool:
    if not line.is_fixed or not line.is_label:
        return False
    return line_shape.words(line.phrase) <= words


def _name(line: Candidate, *, supported: bool) -> Iterator[Sign]:
    words = line.phrase.split()
    if supported or not line.is_fixed or line.share >= FREQUENT:
        return
    if len(words) == 1 and not line.phrase.isupper():
        return
    if len(words) <= NAME_WORDS and all(map(_begins_like_name, words)):
        yield -3, "it may be somebody's name, or a place"


def _begins_like_name(word: str) -> bool:
    return word[0].isupper() or not word[0].isalpha()

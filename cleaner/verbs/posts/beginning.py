"""Where a flattened post begins: its block is weighed line by line, by what each says and how full the post would be.

From the top of the block, lines that speak like the article are given back. Only what decides is worked out: of a block
of one line mostly nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cleaner.verbs.posts import boundaries, voice
from cleaner.verbs.posts.signatures import is_sign_off

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.model import Document
    from cleaner.verbs.api.view import View
    from cleaner.verbs.posts.signatures import Signature

CUT_SLACK = 60
"""A post that ends in an ellipsis was cut at the limit: it weighs no less than the limit minus this."""
FULL = 0.985
"""People shorten what they write until it fits: 15 of 84 real posts weigh 277 to 280, by chance one line in a hundred would."""
PEEL = -0.5
"""A line with this score or less speaks like the article."""
CLEARLY = -2.0
"""A line with this score or less would be the article's without what every sentence is given."""
VOICE_LINES = 60


class Unit(NamedTuple):
    """A line, or a sentence of the signature's own line."""

    line: int
    start: int
    """Code point in the document."""
    text: str


class Block(NamedTuple):
    """What could belong to a post."""

    units: tuple[Unit, ...]
    announced: bool
    """True where the line above announces the post."""
    glued: bool
    """True where the units are sentences of one line."""


class Voices:
    """The voice of an article around each of its posts: one for all that begin below the lines it is heard in."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._heard = {
            number: voice.Heard(document.contents[number])
            for number in document.filled[:VOICE_LINES]
        }
        self._voices: dict[frozenset[int], voice.Voice] = {}

    def without(self, lines: Iterable[int]) -> voice.Voice:
        """Return how the article speaks in its first lines but for some that may be a post's."""
        left_out = frozenset(number for number in lines if number in self._heard)
        if left_out not in self._voices:
            heard = tuple(
                line for number, line in self._heard.items() if number not in left_out
            )
            self._voices[left_out] = voice.Voice(heard, self._language)
        return self._voices[left_out]


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """One block on the scales. No `slots`: cached properties need an instance dictionary."""

    view: View
    signature: Signature
    block: Block
    limit: int
    """The heaviest that this post can be."""
    voices: Voices

    @cached_property
    def _around(self) -> voice.Voice:
        return self.voices.without(
            {unit.line for unit in self.block.units} | {self.signature.line}
        )

    @cached_property
    def _said(self) -> dict[int, voice.Reasons]:
        """What was found to speak for and against units by what they say, by their places."""
        return {}

    def kept(self) -> tuple[tuple[Unit, ...], str | None]:
        """Return the units that are the post's, and why that is in doubt."""
        units = self.block.units
        if not units:
            return (), None
        first = 0
        for place, unit in enumerate(units):
            is_last = place == len(units) - 1
            if is_last and not self.block.glued and boundaries.weight(unit.text):
                break
            weighed = self._weigh(place, plain=place == first)
            if weighed.score <= PEEL and not weighed.has(voice.MARK):
                first = place + 1
        return units[first:], self._doubt(first)

    def _by_words(self, place: int) -> voice.Reasons:
        """Weigh a unit by what it says."""
        if place not in self._said:
            author = self.signature.facts.get("author")
            self._said[place] = voice.reasons(
                self.block.units[place].text, self._around, author
            )
        return self._said[place]

    def _weigh(self, place: int, *, plain: bool) -> voice.Reasons:
        """Weigh a unit by what it says and by how full the post would be if it began there."""
        units = self.block.units
        named = list(self._by_words(place).named)
        text = "\n".join(other.text for other in units[place:])
        if place == 0 and units[place].line == self.view.document.filled[0]:
            named.append(("first line", -3.0))
        if plain and not self.block.announced:
            named.append((voice.PLAIN, -1.0))
        if (
            not self.block.glued
            and self.limit
            and boundaries.weight(text) / self.limit >= FULL
        ):
            named.append(("full", 2.0))
        if place < len(units) - 1 and boundaries.is_cut(text):
            rest = "\n".join(other.text for other in units[place + 1 :])
            if boundaries.weight(rest) < self.limit - CUT_SLACK:
                named.append(("cut at the limit", 6.0))
        return voice.Reasons(tuple(named))

    def _doubt(self, first: int) -> str | None:
        """Return why the start is in doubt, None where it is not."""
        units = self.block.units
        if first == len(units):
            return (
                f"no sentence of line {self.signature.line + 1} is surely the post's"
                if self.block.glued
                else None
            )
        if first == len(units) - 1 and not self.block.glued:
            return None if self.block.announced else self._doubt_of_one(first)
        weighed = self._weigh(first, plain=False)
        unit = units[first]
        return (
            f"line {unit.line + 1} could be the article's: {unit.text[:40]}"
            if weighed.score <= CLEARLY
            else None
        )

    def _doubt_of_one(self, place: int) -> str | None:
        """Return why a post of one line, which nothing announces, may be the article's."""
        number = self.block.units[place].line + 1
        if (
            is_sign_off(self.view, self.signature)
            and self._weigh(place, plain=False).score <= 0
        ):
            return f"the signature may be the article's own, and nothing speaks for a post in line {number}"
        author = self.signature.facts.get("author")
        if not author or not voice.names(
            author, voice.without_quotations(self.block.units[place].text)
        ):
            return None
        weighed = self._weigh(place, plain=False)
        about = weighed.score <= CLEARLY and not weighed.has(voice.MARK)
        return f"line {number} speaks of the author" if about else None

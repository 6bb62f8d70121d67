"""`remove_embed`: remove a post that was flattened into paragraphs, up from its signature line.

    remove_embed:
      signature: — <author:account> (<handle:handle>) <date:date>
      opening: Skip X post by <any>
      platform: twitter
      limit: 280

Only the signature says that a post was there; where the post began has to be found. A line that equals `opening` says
it: all from there to the signature goes. Without one, the lines above the signature belong to the post as long as
together they weigh no more than `limit`, and no longer than to a line that announces it ("… wrote on X:"), to another
signature, or to a line that other rules remove. Where the post hangs on a paragraph, its sentences are looked at in the
same way. From the top of that block, lines that speak like the article (a reporting verb, the author's surname, the
article's quotation marks) are given back, and so is every plain sentence that nothing makes a post's: no mark, no
announcement, no other language, no full count. Where the start stays in doubt, nothing is removed and the document is
marked for review: losing a sentence of the article is worse than leaving a post. An article that consists of posts for
the most part keeps them, and is marked too. `limit: 0` takes nothing above the signature but what an `opening` begins.

A signature that begins with a dash may hang at the end of the post's last line; any other has to fill its line.
What the post said is kept under `embeds`.

* removed: `I spoke with @POTUS today.` / `— Keir Starmer (@Keir_Starmer) January 26, 2025`
* kept: `The account (@POTUS) was created on January 20, 2015.`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

from annotated_types import Ge, Le

from cleaner import dates
from cleaner.features import line_shape
from cleaner.model import Embed, Match
from cleaner.verbs.api.values import Lines, Role
from cleaner.verbs.api.verb import Verb
from cleaner.verbs.posts import boundaries, voice
from cleaner.verbs.posts.beginning import CLEARLY, Block, Unit, Voices, Weighing
from cleaner.verbs.posts.signatures import Signature, signatures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.verbs.api.view import View

OLD_LIMIT = 140
"""The limit before November 2017."""
OLD_LIMIT_UNTIL = "2017-11-07"
OPENED_LIMIT = 2_200
"""What stands between an opening and a signature weighs no more: the longest caption on Instagram."""
ROUNDUP_POSTS = 3
ROUNDUP_SHARE = 2 / 3
"""Where so many posts are so much of the text, the posts are the article."""

_NONE = cast(
    "Lines", ()
)  # a plain tuple, which the JSON Schema of rule files can show as a default
_DASHES = ("-", "—", "–", "―")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEmbed(Verb):
    """Remove a flattened post and keep what it said."""

    KEY: ClassVar[str] = "remove_embed"
    SHORT_PHRASES: ClassVar[bool] = True
    STAGE: ClassVar[int] = 1
    GIVES_WAY: ClassVar[bool] = False
    TRIGGERS: ClassVar[tuple[str, ...]] = ("glued", "alone")
    CAPTURES: ClassVar[tuple[str, ...]] = ("author", "handle", "date", "url")
    signature: Lines
    """The last line of a post; captures `author`, `handle`, `date` and `url` describe the embed."""
    opening: Lines = _NONE
    """The line that a post begins with, where the page prints one: a label, or the account's handle."""
    platform: str = "twitter"
    limit: Annotated[int, Ge(0), Le(5000)] = 280
    """The heaviest that a post of this platform can be."""

    def roles(self) -> Iterator[Role]:
        """Yield the signatures that may hang on a line, those that fill one, and the openings."""
        glued, alone = [], []
        for phrase in self.signature:
            if phrase.startswith(_DASHES):
                glued.append(phrase)
            else:
                alone.append(phrase)
        if glued:
            yield Role("glued", tuple(glued), whole_line=False)
        if alone:
            yield Role("alone", tuple(alone), whole_line=True)
        if self.opening:
            yield Role("opening", self.opening, whole_line=True)

    def find(self, view: View) -> Iterator[Match]:
        """Yield each post with its signature."""
        found = list(signatures(view))
        taken: set[int] = set()
        for signature in found:
            taken.update(range(signature.line, signature.stop))
        voices = Voices(view.document)
        matches = [self._match(view, signature, taken, voices) for signature in found]
        doubt = _doubt_of_roundup(view, matches)
        for match in matches:
            yield replace(match, doubt=doubt) if doubt else match

    def _match(
        self, view: View, signature: Signature, taken: set[int], voices: Voices
    ) -> Match:
        day = dates.parse_date(signature.facts.get("date", ""))
        limit = self._limit(day)
        opened = self._opened(view, signature, taken)
        if opened is None:
            block = _block(view, signature, taken, limit)
            weighing = Weighing(
                view=view, signature=signature, block=block, limit=limit, voices=voices
            )
            kept, doubt = weighing.kept()
        else:
            kept, doubt = opened, None
        said = kept if opened is None else kept[1:]
        start, end = _span(view, signature, kept)
        text = "\n".join(unit.text for unit in said)
        return Match(
            start=start,
            end=end,
            line=signature.line,
            reason=f"signed post, {boundaries.weight(text)} of {limit} characters",
            doubt=doubt,
            embed=self._embed(signature, day, text),
        )

    def _limit(self, day: str | None) -> int:
        """Return the heaviest that the post of a day can be; before November 2017 half as much."""
        old = self.limit == 280 and day is not None and day < OLD_LIMIT_UNTIL  # noqa: PLR2004 - the present limit
        return OLD_LIMIT if old else self.limit

    def _opened(
        self, view: View, signature: Signature, taken: set[int]
    ) -> tuple[Unit, ...] | None:
        """Return the lines from the nearest opening to a signature that fills its line, None where there is none.

        Where a line between them speaks like the article, the opening belongs to another post, whose end is lost.
        """
        if not self.opening or signature.start:
            return None
        units: list[Unit] = []
        for number in _above(view, signature.line):
            if number in taken or _weight(units) > OPENED_LIMIT:
                return None
            if view.equals("opening", number):
                if _has_article_line(units, signature.facts.get("author")):
                    return None
                return _line(view, number), *units
            units.insert(0, _line(view, number))
        return None

    def _embed(self, signature: Signature, day: str | None, text: str) -> Embed:
        facts = signature.facts
        return Embed(
            platform=self.platform,
            author=facts.get("author", "").strip() or None,
            handle=facts.get("handle", "").lstrip("@") or None,
            date=day,
            text=text or None,
            url=facts.get("url"),
            truncated=boundaries.is_cut(text),
        )


def _block(view: View, signature: Signature, taken: set[int], limit: int) -> Block:
    """Return what stands above a signature and could all belong to the post."""
    own = _own_words(view, signature)
    if own and limit and (signature.left or _weight(own) > limit):
        return _cut_block(own, limit, glued=True)
    for place in range(len(own) - 1, 0, -1):
        if boundaries.is_lead_in(own[place - 1].text):
            return Block(own[place:], announced=True, glued=True)
    return _lines_above(view, signature, taken, limit, own)


def _lines_above(
    view: View,
    signature: Signature,
    taken: set[int],
    limit: int,
    own: Sequence[Unit],
) -> Block:
    """Return the lines above a signature that could belong to the post, with its own words."""
    units = _joined(own)
    for number in _above(view, signature.line):
        unit = _line(view, number)
        if boundaries.is_lead_in(unit.text) and number not in taken:
            return Block(tuple(units), announced=True, glued=False)
        is_clutter = number in view.claimed
        is_media = is_clutter and boundaries.weight(unit.text) == 0
        if is_media and len(units) <= len(own):
            units.insert(0, unit)  # a picture's address on a line of its own
            continue
        if number in taken or is_clutter or _weight([unit, *units]) > limit:
            break
        units.insert(0, unit)
    return Block(tuple(units), announced=False, glued=False)


def _weight(units: Sequence[Unit], separator: str = "\n") -> int:
    """Return the weight of a post that consists of some units."""
    return boundaries.weight(separator.join(unit.text for unit in units))


def _above(view: View, line: int) -> Iterator[int]:
    """Yield the filled lines above a line, nearest first."""
    for number in range(line - 1, -1, -1):
        if not view.document.is_blank(number):
            yield number


def _has_article_line(units: Sequence[Unit], author: str | None) -> bool:
    """Tell whether one of some lines speaks like the article."""
    unknown = voice.Voice(())
    for unit in reversed(units):
        if voice.reasons(unit.text, unknown, author).score <= CLEARLY:
            return True
    return False


def _doubt_of_roundup(view: View, matches: Sequence[Match]) -> str | None:
    """Return why the posts may be the article itself: they are most of its text."""
    posts, words = 0, 0
    for match in matches:
        if match.embed and match.embed.text:
            posts += 1
            words += line_shape.words(view.document.text[match.start : match.end])
    share = words / max(1, view.document.word_count)
    if posts >= ROUNDUP_POSTS and share > ROUNDUP_SHARE:
        return f"{posts} posts are most of the text"
    return None


def _line(view: View, number: int) -> Unit:
    return Unit(
        number,
        view.document.lines[number].start,
        view.document.contents[number].strip(),
    )


def _own_words(view: View, signature: Signature) -> tuple[Unit, ...]:
    """Return the sentences before a signature in its own line."""
    line = view.document.contents[signature.line]
    text = line[signature.left : signature.start]
    start = view.document.starts[signature.line] + signature.left
    units = []
    for offset, sentence in boundaries.sentences(text):
        units.append(Unit(signature.line, start + offset, sentence))
    return tuple(units)


def _joined(own: Sequence[Unit]) -> list[Unit]:
    """Return the sentences of a line as one unit, none where there are none."""
    if not own:
        return []
    text = " ".join(unit.text for unit in own)
    return [Unit(own[0].line, own[0].start, text)]


def _cut_block(own: Sequence[Unit], limit: int, *, glued: bool) -> Block:
    """Return the last sentences of a line that could all belong to the post."""
    units: list[Unit] = []
    announced = False
    for unit in reversed(own):
        if boundaries.is_lead_in(unit.text):
            announced = bool(units)
            break
        if _weight([unit, *units], " ") > limit:
            break
        units.insert(0, unit)
    return Block(tuple(units), announced=announced, glued=glued)


def _span(view: View, signature: Signature, kept: Sequence[Unit]) -> tuple[int, int]:
    """Return the code points of a post with its signature; whole lines go with their newlines."""
    document = view.document
    own = document.starts[signature.line]
    start = kept[0].start if kept else own + signature.start
    last = document.lines[signature.stop - 1]
    tail = document.text[last.start + signature.end : last.end]
    if tail.strip():
        return start, last.end - len(tail.lstrip())
    line_start = document.starts[document.line_at(start)]
    if not document.text[line_start:start].strip():
        _, end = document.span(signature.line, signature.stop)
        return line_start, end
    before = document.contents[signature.line][: start - own]
    return own + len(before.rstrip()), last.end

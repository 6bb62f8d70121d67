"""`remove_embed`: remove a post that was flattened into paragraphs, up from its signature line.

    remove_embed:
      signature: — <author:account> (<handle:handle>) <date:date>
      platform: twitter
      limit: 280

Only the signature says that a post was there; where the post began has to be found. Upward from the signature the
lines belong to the post as long as together they weigh no more than `limit`, and no longer than to a line that
announces it ("… wrote on X:"), to another signature, or to a line that other rules remove. From the top of that block,
lines that speak like the article (a reporting verb, the author's surname, the article's quotation marks) are given
back, and so is a plain sentence that is very short or very long: nothing tells
whose it is, and the article comes first. Where the start stays in doubt, nothing is removed and the document is marked
for review: losing a sentence of the article is worse than leaving a post. `limit: 0` takes the signature's own lines and nothing above them.

A signature that begins with a dash may hang at the end of the post's last line; any other has to fill its line.
What the post said is kept under `embeds`.

* removed: `I spoke with @POTUS today.` / `— Keir Starmer (@Keir_Starmer) January 26, 2025`
* kept: `The account (@POTUS) was created on January 20, 2015.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from annotated_types import Ge, Le

from cleaner import dates, shapes
from cleaner.model import Embed, Match
from cleaner.verbs import _posts
from cleaner.verbs._view import Lines, Place, Role, Verb, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OLD_LIMIT = 140
"""The limit before November 2017."""
OLD_LIMIT_UNTIL = "2017-11-07"
CUT_SLACK = 60
"""A post that ends in an ellipsis was cut at the limit: it weighs no less than the limit minus this."""
PEEL = -1.0
"""A line with this score or less speaks like the article."""
SHORT_PROSE = 80
LONG_PROSE = 150
"""A plain sentence on top of a block, shorter or longer than these, is kept: few posts open with so little or so much."""
VOICE_LINES = 40

_ADDRESS_AT_END = re.compile(r"\s*https?://\S+\s*$")
_QUOTED = re.compile('["“”„«»]')
_DASHES = ("-", "—", "–", "―")


class Signature(NamedTuple):
    """A post's last line: where it stands and what it says."""

    line: int
    start: int
    """Offset in the line at which the signature begins; before it may stand the post's last words."""
    end: int
    stop: int
    """The line after the signature: its own, or one more where the date stands on the next line."""
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEmbed(Verb):
    """Remove a flattened post and keep what it said."""

    KEY: ClassVar[str] = "remove_embed"
    STAGE: ClassVar[int] = 1
    TRIGGERS: ClassVar[tuple[str, ...]] = ("glued", "alone")
    CAPTURES: ClassVar[bool] = True
    signature: Lines
    """The last line of a post; captures `author`, `handle`, `date` and `url` describe the embed."""
    platform: str = "twitter"
    limit: Annotated[int, Ge(0), Le(5000)] = 280
    """The heaviest that a post of this platform can be."""

    def roles(self) -> Iterator[Role]:
        """Yield the signatures that may hang on a line, and those that fill one."""
        glued = tuple(phrase for phrase in self.signature if phrase.startswith(_DASHES))
        alone = tuple(phrase for phrase in self.signature if not phrase.startswith(_DASHES))
        yield from (Role("glued", glued, whole_line=False),) if glued else ()
        yield from (Role("alone", alone, whole_line=True),) if alone else ()

    def find(self, view: View) -> Iterator[Match]:
        """Yield each post with its signature."""
        signatures = list(self._signatures(view))
        taken = {number for signature in signatures for number in range(signature.line, signature.stop)}
        for signature in signatures:
            yield self._match(view, signature, taken)

    def _signatures(self, view: View) -> Iterator[Signature]:
        numbers = sorted({*view.hits.get("glued", ()), *view.hits.get("alone", ())})
        for number in numbers:
            found = next(view.places("alone", number), None) or _last(list(view.places("glued", number)))
            content = view.document.contents[number]
            if found is None:
                continue
            facts = dict(found.captures)
            if content[found.end :].strip() and "date" not in facts:
                continue  # "— Name (@name)" in the middle of a sentence is prose
            yield _with_next_date(view, Signature(number, found.start, found.end, number + 1, facts))

    def _match(self, view: View, signature: Signature, taken: set[int]) -> Match:
        document = view.document
        content = document.contents[signature.line]
        last_words = content[: signature.start].strip()
        block = self._block(view, signature, taken, last_words)
        first, doubt = self._start(view, signature, block, last_words)
        said = [*(document.contents[number] for number in block if number >= first), *([last_words] * bool(last_words))]
        start = document.span(first, first + 1)[0]
        tail = content[signature.end :].strip()
        end = document.lines[signature.line].start + signature.end if tail else document.span(first, signature.stop)[1]
        text = "\n".join(line.strip() for line in said)
        return Match(
            start=start,
            end=end,
            line=signature.line,
            reason=f"signed post, {_posts.weight(text)} of {self._limit(signature)} characters",
            doubt=doubt,
            embed=self._embed(signature, text),
        )

    def _limit(self, signature: Signature) -> int:
        """Return the heaviest that this post can be; before November 2017 half as much."""
        day = dates.parse_date(signature.facts.get("date", ""))
        old = self.limit == 280 and day is not None and day < OLD_LIMIT_UNTIL  # noqa: PLR2004 - the present limit
        return OLD_LIMIT if old else self.limit

    def _block(self, view: View, signature: Signature, taken: set[int], last_words: str) -> list[int]:
        """Return the lines above a signature that could all belong to the post, top first."""
        limit, block = self._limit(signature), [] if not last_words else [signature.line]
        texts = [last_words] if last_words else []
        for number in range(signature.line - 1, -1, -1):
            if view.document.is_blank(number):
                continue
            text = view.document.contents[number].strip()
            if number in taken or number in view.claimed or _posts.is_lead_in(text):
                break
            if _posts.weight("\n".join([text, *texts])) > limit:
                break
            texts.insert(0, text)
            block.insert(0, number)
        return [number for number in block if number != signature.line]

    def _start(self, view: View, signature: Signature, block: Sequence[int], words: str) -> tuple[int, str | None]:
        """Return the first line of the post, and why it is in doubt."""
        document = view.document
        whole = [*block, *([signature.line] if words else [])]
        if not whole:
            return signature.line, None
        inside = set(block)
        voice = _posts.Voice(
            tuple(
                document.contents[n] for n in document.filled[:VOICE_LINES] if n not in inside and n != signature.line
            )
        )
        first = 0
        announced = bool(block) and self._is_announced(view, block[0])
        for place, number in enumerate(block[: len(block) - (not words)]):
            weighed = self._weigh(view, signature, voice, number)
            unknown = place == first and not announced and not weighed.named
            plain = unknown and _is_plain_sentence(document.contents[number])
            if (plain or (weighed.score <= PEEL and not weighed.marked)) and not self._must_be_full(
                view, signature, whole, place + 1, words
            ):
                first = place + 1
        kept = whole[first:]
        return kept[0], self._doubt(view, signature, kept, voice, words)

    @staticmethod
    def _is_announced(view: View, top: int) -> bool:
        """Tell whether the filled line above a block announces the post."""
        above = next((number for number in range(top - 1, -1, -1) if not view.document.is_blank(number)), None)
        return above is not None and _posts.is_lead_in(view.document.contents[above].strip())

    @staticmethod
    def _weigh(view: View, signature: Signature, voice: _posts.Voice, number: int) -> _posts.Reasons:
        """Weigh a line of the block; the first line of a document is more likely the article's."""
        weighed = _posts.reasons(view.document.contents[number], voice, signature.facts.get("author"))
        first = number == view.document.filled[0]
        return _posts.Reasons((*weighed.named, *([("first line", -1.5)] if first else [])))

    def _must_be_full(self, view: View, signature: Signature, whole: Sequence[int], first: int, words: str) -> bool:
        """Tell whether a post that was cut ("…") would be too light if it began at `first`."""
        texts = [view.document.contents[number] for number in whole[first:] if number != signature.line]
        text = "\n".join([*texts, *([words] if words else [])]).strip()
        return is_cut(text) and _posts.weight(text) < self._limit(signature) - CUT_SLACK

    def _doubt(
        self, view: View, signature: Signature, kept: Sequence[int], voice: _posts.Voice, words: str
    ) -> str | None:
        """Return why the start is in doubt: the top line of several speaks like neither the post nor the article."""
        top = kept[0]
        if top == signature.line or (len(kept) == 1 and not words):
            return None
        weighed = self._weigh(view, signature, voice, top)
        full = self._must_be_full(view, signature, kept, 1, words)
        return None if weighed.score > PEEL or full else f"line {top + 1} could be the article's"

    def _embed(self, signature: Signature, text: str) -> Embed:
        facts = signature.facts
        return Embed(
            platform=self.platform,
            author=facts.get("author", "").strip() or None,
            handle=facts.get("handle", "").lstrip("@") or None,
            date=dates.parse_date(facts.get("date", "")),
            text=text or None,
            url=facts.get("url"),
            truncated=is_cut(text),
        )


def is_cut(text: str) -> bool:
    """Tell whether a post's text was cut: it ends in an ellipsis, the address of the post aside.

    >>> is_cut("I look forward to meeting soon to…"), is_cut("it could take… https://t.co/abc"), is_cut("Done.")
    (True, True, False)
    """
    return _ADDRESS_AT_END.sub("", text).rstrip().endswith(("…", "..."))


def _is_plain_sentence(text: str) -> bool:
    """Tell whether a line that speaks like neither the post nor the article is more likely the article's.

    >>> _is_plain_sentence("Nobody was hurt."), _is_plain_sentence("nobody hurt."), _is_plain_sentence("“No.”")
    (True, False, False)
    """
    bare = text.strip()
    fits = not SHORT_PROSE < len(bare) < LONG_PROSE
    return fits and bare[:1].isupper() and shapes.ends_like_sentence(bare) and not _QUOTED.search(bare)


def _last(places: Sequence[Place]) -> Place | None:
    return places[-1] if places else None


def _with_next_date(view: View, signature: Signature) -> Signature:
    """Return a signature that takes the next line too where that holds the date which it lacks."""
    following = next(view.below(signature.line), None)
    if "date" in signature.facts or following is None:
        return signature
    text = view.document.contents[following].strip()
    if not re.fullmatch(dates.date_pattern(), text, re.IGNORECASE):
        return signature
    return signature._replace(stop=following + 1, facts=signature.facts | {"date": text})

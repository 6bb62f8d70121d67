"""The article among the blocks of a page: points decide, and where they leave doubt, others are asked.

    blocks ──signs──▶ points ──(doubt: trafilatura, readability)──▶ lines of the article ──lead──▶ body

What stays out is told stretch by stretch, with the signs that spoke against the line that came closest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features.scorecard import Scorecard, sign
from cleaner.html.article import lead as leads
from cleaner.html.article import other_extractors
from cleaner.html.article.block_features import BlockFacts
from cleaner.html.article.blocks import blocks_of
from cleaner.html.article.feature_names import is_block_fact
from cleaner.html.article.page_words import page_words
from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block
    from cleaner.verbs.api.values import ArticleSigns

SHOWN = 3
"""Signs that a reason names."""
LITTLE, MANY = 20, 200
"""An article of fewer words than the first, on a page of more than the second, is doubted whatever its points are."""
FORLORN = -1.5
"""Points below which a paragraph is left out whatever stands beside it."""
_FARTHEST = 30.0
_LINKED = 50
"""Per cent of links from which a line is no text, where nothing better is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The compiled signs of a `take_article` rule."""

    rule: str
    category: str
    signs: Scorecard
    doubt: float

    @classmethod
    def of(cls, rule: str, category: str, verb: ArticleSigns) -> Card:
        """Return the card of a rule. Raise SignError where a sign cannot be read."""
        signs = tuple(sign(text, is_block_fact) for text in verb.signs)
        return cls(
            rule=rule, category=category, signs=Scorecard(signs=signs), doubt=verb.doubt
        )


class Body(NamedTuple):
    """The article of a page, and what stayed out of it."""

    blocks: Sequence[Block]
    left: tuple[Pruned, ...] = ()
    lead: str | None = None
    """The standfirst, where one was recognised; it is among the blocks if it was to be kept."""
    chosen_by: str = "trafilatura"
    """`signs`, or whose answer was taken: `trafilatura`, `readability`; `everything` where nobody had one."""


def read_facts(
    root: HtmlElement, title: str = "", captions: Collection[HtmlElement] = ()
) -> BlockFacts:
    """Return the blocks of a page with their facts. `title` is the article's, `captions` are elements under images."""
    return BlockFacts(blocks_of(root), page_words(root, title), captions)


def take(
    root: HtmlElement, facts: BlockFacts, card: Card, *, keep_lead: bool = True
) -> Body:
    """Return the article of a page. Where it has any text, the article is not empty."""
    if not facts.blocks:
        return Body((), chosen_by="signs")
    points = card.signs.scores(facts)
    chosen_by, stays = choose(root, facts, points, card.doubt)
    for place in leads.titles(facts, stays):
        stays[place] = False
    lead = leads.find(facts, stays, points)
    for place in lead:
        stays[place] = keep_lead
    left = _left(card, facts, points, stays, chosen_by)
    text = " ".join(facts.texts[place] for place in lead) or None
    kept = [block for block, stay in zip(facts.blocks, stays, strict=True) if stay]
    return Body(kept, tuple(left), text, chosen_by)


def choose(
    root: HtmlElement, facts: BlockFacts, points: Sequence[float], most: float
) -> tuple[str, list[bool]]:
    """Return who is believed, and which blocks are the article.

    Others are asked only where there is doubt; the tree then loses its styles and scripts.
    """
    words = facts.column("words")
    answers = {"signs": _with_subheads(facts, _with_siblings(facts, points))}
    if doubt(points, words) > most and other_extractors.may_be_asked(root):
        answers |= _others(root, facts, answers["signs"])
    name = other_extractors.central(answers, words)
    if any(answers[name]):
        return name, answers[name]
    if other_extractors.may_be_asked(root):
        answers["trafilatura"] = other_extractors.taken(
            other_extractors.words_of(facts.texts),
            other_extractors.trafilatura(root, fast=False),
        )
    answers["everything"] = [linked < _LINKED for linked in facts.column("linked")]
    found = next((name for name, answer in answers.items() if any(answer)), None)
    return (found, answers[found]) if found else ("everything", [True] * len(points))


def _others(
    root: HtmlElement, facts: BlockFacts, own: list[bool]
) -> dict[str, list[bool]]:
    """Return what others take for the article: trafilatura is not asked where readability takes the same as our signs.

    Two who agree are believed whatever a third one says.
    """
    other_extractors.lighten(root)
    lines = other_extractors.words_of(facts.texts)
    readability = other_extractors.taken(lines, other_extractors.readability(root))
    if readability == own:
        return {"readability": readability}
    return {
        "trafilatura": other_extractors.taken(
            lines, other_extractors.trafilatura(root)
        ),
        "readability": readability,
    }


def _with_siblings(facts: BlockFacts, points: Sequence[float]) -> list[bool]:
    """Keep the paragraphs too that stand beside a kept one in the same block, in elements of the same name and class.

    Losing a sentence is worse than keeping a line of clutter, and the text rules know that by its words.
    """
    kept = [point >= 0 for point in points]
    sentence, linked, kin = (
        facts.column("sentence"),
        facts.column("linked"),
        facts.kin(),
    )
    parents = [block.region.parent for block in facts.blocks]
    plain = [
        bool(own) and links < _LINKED and point >= FORLORN
        for own, links, point in zip(sentence, linked, points, strict=True)
    ]
    for places, step in ((range(1, len(kept)), -1), (range(len(kept) - 2, -1, -1), 1)):
        for place in places:
            beside = place + step
            is_alike = (
                parents[beside] is parents[place]
                and kin[beside] == kin[place]
                and sentence[beside]
            )
            kept[place] = kept[place] or (
                plain[place] and kept[beside] and bool(is_alike)
            )
    return kept


def _with_subheads(facts: BlockFacts, stays: Sequence[bool]) -> list[bool]:
    """Keep a sub-head too where what it stands over, in the same block, is kept, and so is a line above it."""
    kept = list(stays)
    headings, linked = facts.column("heading"), facts.column("linked")
    for place in range(len(kept) - 2, 0, -1):
        below = facts.blocks[place + 1].region.parent
        is_head = (
            headings[place] > 1
            and linked[place] < _LINKED
            and facts.blocks[place].region.parent is below
        )
        kept[place] = kept[place] or (is_head and kept[place + 1] and any(kept[:place]))
    return kept


def doubt(points: Sequence[float], words: Sequence[float]) -> float:
    """Return the words that points leave unsure, per cent of those that they take for the article.

    100 where they take (nearly) nothing of a page that has many words: somebody else should be asked.

    >>> round(doubt([5.0, -5.0, 0.0], [100, 100, 10]), 1)
    6.0
    """
    sure = [1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, each)))) for each in points]
    unsure = sum(
        count * min(each, 1 - each) for each, count in zip(sure, words, strict=True)
    )
    kept = sum(count * each for each, count in zip(sure, words, strict=True))
    return (
        100.0 if kept < LITTLE and sum(words) > MANY else 100 * unsure / max(1.0, kept)
    )


def _left(
    card: Card,
    facts: BlockFacts,
    points: Sequence[float],
    stays: Sequence[bool],
    chosen_by: str,
) -> Iterator[Pruned]:
    """Yield each stretch of blocks that stays out."""
    for stay, group in groupby(range(len(stays)), key=stays.__getitem__):
        places = list(group)
        if stay:
            continue
        nearest = max(places, key=points.__getitem__)
        signs = "; ".join(map(str, card.signs.reasons(facts, nearest)[:SHOWN]))
        written = card.signs.written(facts, nearest, points[nearest])
        whose = "" if chosen_by == "signs" else f"{chosen_by} was believed; "
        element = facts.blocks[places[0]].region.element
        yield Pruned(
            rule=card.rule,
            category=card.category,
            selector="",
            element=named(element),
            line=element.sourceline or 0,
            text="\n".join(facts.texts[place] for place in places),
            reason=f"{whose}the likeliest of {len(places)} lines has {written}: {signs}"
            if points[nearest] < 0 or whose
            else "a title or a lead: it stands in a field of its own",
        )


def named(element: HtmlElement) -> str:
    """Return an element's tag, id and classes as a selector, shortened.

    >>> from lxml.html import fromstring
    >>> named(fromstring('<div id="a" class="b c">x</div>'))
    'div#a.b.c'
    """
    own, classes = element.get("id") or "", (element.get("class") or "").split()[:4]
    return "".join(
        [str(element.tag), f"#{own}" if own else "", *(f".{name}" for name in classes)]
    )[:120]

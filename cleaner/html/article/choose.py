"""Choose the article among the blocks of a page: by points, and where they leave doubt, with other extractors.

    blocks ──features──▶ points ──(doubt: trafilatura, readability)──▶ lines of the article ──lead──▶ body

Each stretch that stays out is recorded, with the conditions that counted against the line that came closest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, groupby
from math import exp
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features.scorecard import Scorecard, sign
from cleaner.html.article import lead, other_extractors
from cleaner.html.article.block_features import BlockFeatures
from cleaner.html.article.blocks import blocks_of
from cleaner.html.article.feature_names import is_block_feature
from cleaner.html.article.page_words import page_words
from cleaner.model import Pruned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block
    from cleaner.verbs.api.values import ArticleSigns

SHOWN = 3
"""Conditions that a reason names."""
LITTLE, MANY = 20, 200
"""An article of fewer words than the first, on a page of more than the second, is doubted whatever its points are."""
FORLORN = -1.5
"""Points below which a paragraph is left out whatever its neighbours are."""
_NAMED_CLASSES, _NAME_CHARS = 4, 120
"""Classes and characters of an element that its name shows."""
_FARTHEST = 30.0
_LINKED = 50
"""Per cent of links from which a line is no text, where nothing better is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScorer:
    """The compiled conditions of a `take_article` rule, with their weights."""

    rule: str
    category: str
    signs: Scorecard
    doubt: float

    @classmethod
    def of(cls, rule: str, category: str, verb: ArticleSigns) -> ArticleScorer:
        """Return the scorer of a rule. Raise SignError where a condition cannot be read."""
        signs = tuple(sign(text, is_block_feature) for text in verb.signs)
        return cls(
            rule=rule,
            category=category,
            signs=Scorecard(signs=signs),
            doubt=verb.doubt,
        )


class Body(NamedTuple):
    """The article of a page, and what stayed out of it."""

    blocks: Sequence[Block]
    left: tuple[Pruned, ...] = ()
    lead: str | None = None
    """The standfirst, where one was recognised; it is among the blocks if it was to be kept."""
    chosen_by: str = "trafilatura"
    """`signs`, or whose answer was taken: `trafilatura`, `readability`; `everything` where there was none."""


class _Scored(NamedTuple):
    """The blocks of a page with the points of a scorer."""

    scorer: ArticleScorer
    features: BlockFeatures
    points: Sequence[float]


def read_features(
    root: HtmlElement, title: str = "", captions: Collection[HtmlElement] = ()
) -> BlockFeatures:
    """Return the blocks of a page with their features. `title` is the article's, `captions` are elements under images."""
    return BlockFeatures(blocks_of(root), page_words(root, title), captions)


def take(
    root: HtmlElement,
    features: BlockFeatures,
    scorer: ArticleScorer,
    *,
    keep_lead: bool = True,
) -> Body:
    """Return the article of a page. Where it has any text, the article is not empty."""
    if not features.blocks:
        return Body((), chosen_by="signs")
    points = scorer.signs.scores(features)
    chosen_by, stays = choose(root, features, points, scorer.doubt)
    for place in lead.printed_titles(features, stays):
        stays[place] = False
    lead_lines = lead.find_lead(features, stays, points)
    for place in lead_lines:
        stays[place] = keep_lead
    scored = _Scored(scorer, features, points)
    return Body(
        blocks=list(compress(features.blocks, stays)),
        left=tuple(_left_out(scored, stays, chosen_by)),
        lead=" ".join(features.texts[place] for place in lead_lines) or None,
        chosen_by=chosen_by,
    )


def choose(
    root: HtmlElement, features: BlockFeatures, points: Sequence[float], most: float
) -> tuple[str, list[bool]]:
    """Return whose answer is taken, and which blocks are the article.

    Other extractors run only where there is doubt; the tree then loses its styles and scripts.
    """
    words = features.column("words")
    own = _with_subheads(features, _with_siblings(features, points))
    answers = {"signs": own}
    if doubt(points, words) > most and other_extractors.may_be_asked(root):
        answers |= _others(root, features, own)
    name = other_extractors.central(answers, words)
    if any(answers[name]):
        return name, answers[name]
    if other_extractors.may_be_asked(root):
        thorough = other_extractors.trafilatura(root, fast=False)
        lines = other_extractors.words_of(features.texts)
        answers["trafilatura"] = other_extractors.taken(lines, thorough)
    linked = features.column("linked")
    answers["everything"] = [share < _LINKED for share in linked]
    for name, answer in answers.items():
        if any(answer):
            return name, answer
    return "everything", [True] * len(points)


def _others(
    root: HtmlElement, features: BlockFeatures, own: list[bool]
) -> dict[str, list[bool]]:
    """Return what other extractors take for the article: only readability's where it is the same as our own.

    Two that agree are taken whatever a third one says.
    """
    other_extractors.lighten(root)
    lines = other_extractors.words_of(features.texts)
    text = other_extractors.readability(root)
    readability = other_extractors.taken(lines, text)
    if readability == own:
        return {"readability": readability}
    text = other_extractors.trafilatura(root)
    return {
        "trafilatura": other_extractors.taken(lines, text),
        "readability": readability,
    }


def _with_siblings(features: BlockFeatures, points: Sequence[float]) -> list[bool]:
    """Keep a paragraph too where one next to it is kept, in the same block, in an element of the same name and class.

    Losing a sentence is worse than keeping a line of clutter, and the text rules know that by its words.
    """
    kept = [point >= 0 for point in points]
    may_join = _paragraphs(features, points)
    sentence = features.column("sentence")
    kin = features.kin()
    parents = [block.region.parent for block in features.blocks]

    def join(place: int, other: int) -> None:
        if kept[place] or not may_join[place]:
            return
        if not kept[other] or not sentence[other]:
            return
        if parents[other] is parents[place]:
            kept[place] = kin[other] == kin[place]

    count = len(kept)
    for place in range(1, count):
        join(place, place - 1)
    for place in range(count - 2, -1, -1):
        join(place, place + 1)
    return kept


def _paragraphs(features: BlockFeatures, points: Sequence[float]) -> list[bool]:
    """Tell of each block whether it is a sentence without many links that is not hopeless by its points."""
    columns = zip(
        features.column("sentence"), features.column("linked"), points, strict=True
    )
    return [
        bool(sentence) and linked < _LINKED and point >= FORLORN
        for sentence, linked, point in columns
    ]


def _with_subheads(features: BlockFeatures, stays: Sequence[bool]) -> list[bool]:
    """Keep a sub-head too where the line below it, in the same block, is kept, and so is a line above it."""
    kept = list(stays)
    is_head = _subheads(features)
    parents = [block.region.parent for block in features.blocks]
    for place in range(len(kept) - 2, 0, -1):
        if kept[place] or not is_head[place]:
            continue
        below = place + 1
        if kept[below] and parents[below] is parents[place]:
            kept[place] = any(kept[:place])
    return kept


def _subheads(features: BlockFeatures) -> list[bool]:
    """Tell of each block whether it is a heading below the first level, without many links."""
    columns = zip(features.column("heading"), features.column("linked"), strict=True)
    return [level > 1 and linked < _LINKED for level, linked in columns]


def doubt(points: Sequence[float], words: Sequence[float]) -> float:
    """Return the words that points leave unsure, per cent of those that they take for the article.

    100 where they take (nearly) nothing of a page that has many words.

    >>> round(doubt([5.0, -5.0, 0.0], [100, 100, 10]), 1)
    6.0
    """
    likely = list(map(_likelihood, points))
    kept: float = sum(map(mul, words, likely))
    if kept < LITTLE and sum(words) > MANY:
        return 100.0
    uncertain = map(_uncertainty, likely)
    unsure: float = sum(map(mul, words, uncertain))
    return 100 * unsure / max(1.0, kept)


def _likelihood(points: float) -> float:
    """Return the logistic of some points: 0.5 at 0."""
    bounded = max(-_FARTHEST, min(_FARTHEST, points))
    return 1 / (1 + exp(-bounded))


def _uncertainty(likelihood: float) -> float:
    return min(likelihood, 1 - likelihood)


def _left_out(
    scored: _Scored, stays: Sequence[bool], chosen_by: str
) -> Iterator[Pruned]:
    """Yield each stretch of blocks that stays out."""
    scorer, features, _ = scored
    for stay, group in groupby(range(len(stays)), key=stays.__getitem__):
        if stay:
            continue
        places = list(group)
        element = features.blocks[places[0]].region.element
        yield Pruned(
            rule=scorer.rule,
            category=scorer.category,
            selector="",
            element=named(element),
            line=element.sourceline or 0,
            text="\n".join(features.texts[place] for place in places),
            reason=_reason(scored, places, chosen_by),
        )


def _reason(scored: _Scored, places: Sequence[int], chosen_by: str) -> str:
    """Return why a stretch of blocks stays out, by the line of it that came closest."""
    scorer, features, points = scored
    nearest = max(places, key=points.__getitem__)
    most = points[nearest]
    is_own = chosen_by == "signs"
    if is_own and most >= 0:
        return "a title or a lead: it stands in a field of its own"
    whose = "" if is_own else f"{chosen_by} was believed; "
    written = scorer.signs.written(features, nearest, most)
    reasons = scorer.signs.reasons(features, nearest)
    signs = "; ".join(map(str, reasons[:SHOWN]))
    return f"{whose}the likeliest of {len(places)} lines has {written}: {signs}"


def named(element: HtmlElement) -> str:
    """Return an element's tag, id and classes as a selector, shortened.

    >>> from lxml.html import fromstring
    >>> named(fromstring('<div id="a" class="b c">x</div>'))
    'div#a.b.c'
    """
    name = str(element.tag)
    if identity := element.get("id"):
        name += f"#{identity}"
    classes = (element.get("class") or "").split()
    for each in classes[:_NAMED_CLASSES]:
        name += f".{each}"
    return name[:_NAME_CHARS]

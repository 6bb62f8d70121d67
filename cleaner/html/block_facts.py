"""Block facts: what can be said of each line of a page, as numbers, by names that signs use.

They are the line facts of text (`cleaner.line_facts`: words, stops, neighbours …) and what the markup adds: links, elements,
class words, and how the line lies to the region that holds most of the page's prose. `block_names` has the vocabulary.
Shares are per cent, yes and no are 1 and 0; `above NAME`, `2 below NAME` ask for neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.html.block_names import MAIN_SHARES, MARKUP_FACTS, PLACES
from cleaner.html.class_words import FAMILIES
from cleaner.line_facts import FACTS, LineFacts, own_name, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.blocks import Block, Region
    from cleaner.html.page_words import PageWords

Column = list[float]
USUAL = 60
"""The main region whose class words are those of the whole article and say nothing of its parts."""
_TITLE_CHARS, _START_CHARS, _LIKE_CHARS, _START = 3, 12, 20, 60
"""A shorter title is none; a shorter line begins none; a shorter description says nothing; how much of one is compared."""
_HALF = 50
_HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}

_GROUPS = {
    "element": "_element",
    "inside": "_inside",
    "class": "_class",
    "zone": "_zone",
    "page": "_anywhere",
    "main": "_in_main",
    "before main": "_before_main",
    "after main": "_after_main",
    "steps to main": "_steps_to_main",
    "linked": "_linked_near",
    "sentence": "_sentence_near",
}
"""Facts with a name or a number behind them, and the method that works them out: names, because a bound method in an
attribute would be a cycle, and a page's tree would wait for the garbage collector."""


class BlockFacts:
    """The facts of a page's blocks; each is worked out when first asked for."""

    def __init__(self, blocks: Sequence[Block], words: PageWords, captions: Collection[HtmlElement] = ()) -> None:
        self.blocks = blocks
        self._captions = captions
        self.texts = [block.text for block in blocks]
        self._page_words_ = words
        self._lines = LineFacts(self.texts)
        self._columns: dict[str, Column] = {}

    def column(self, name: str) -> Column:
        """Return one fact of every block. Raise KeyError for a name that is none."""
        if name not in self._columns:
            self._columns[name] = self._work_out(name)
        return self._columns[name]

    def _work_out(self, name: str) -> Column:
        if name in FACTS and name not in MARKUP_FACTS:
            return self._lines.column(name)
        fact, below = own_name(name)
        if below:
            return shifted(self.column(fact), below)
        own = getattr(self, f"_{name.replace(' ', '_')}", None)
        if own:
            column: Column = own()
            return column
        group, _, rest = name.rpartition(" ")
        method = _GROUPS[group]
        found: Column = getattr(self, method)(rest)
        return found

    def kin(self) -> list[Hashable]:
        """Return for each block the look of its element and of the one around it."""
        return [(block.region.look, block.region.parent and block.region.parent.look) for block in self.blocks]

    @cached_property
    def _regions(self) -> list[Region]:
        return list(dict.fromkeys(block.region for block in self.blocks))

    @cached_property
    def _root(self) -> Region:
        root = self.blocks[0].region
        while root.parent:
            root = root.parent
        return root

    @cached_property
    def _mains(self) -> dict[int, Region]:
        """The smallest region that holds so much of the prose, going down from the root by the richest child."""
        children: dict[Region, list[Region]] = defaultdict(list)
        seen: set[Region] = set()
        for each in self._regions:
            region: Region | None = each
            while region and region not in seen:
                seen.add(region)
                if region.parent:
                    children[region.parent].append(region)
                region = region.parent
        return {share: _richest(self._root, children, share * self._prose / 100) for share in MAIN_SHARES}

    @property
    def _prose(self) -> float:
        return max(1, self._root.prose)

    def _by_region(self, value: Callable[[Region], float]) -> Column:
        """Return for each block what its region has; each region is asked once."""
        known = {region: value(region) for region in self._regions}
        return [known[block.region] for block in self.blocks]

    def _linked(self) -> Column:
        return [100 * block.linked / block.characters for block in self.blocks]

    def _bold(self) -> Column:
        return [100 * block.bold / block.characters for block in self.blocks]

    def _heading(self) -> Column:
        return [_HEADINGS.get(block.region.look[0], 0.0) for block in self.blocks]

    def _caption(self) -> Column:
        return self._by_region(lambda region: region.is_inside(self._captions))

    def _hidden(self) -> Column:
        return [float(block.region.hidden) for block in self.blocks]

    def _nesting(self) -> Column:
        return [float(block.region.depth) for block in self.blocks]

    def _element(self, name: str) -> Column:
        return [float(block.region.look[0] == name) for block in self.blocks]

    def _inside(self, name: str) -> Column:
        bit = PLACES.index(name)
        return self._by_region(lambda region: region.places >> bit & 1)

    def _class(self, name: str) -> Column:
        bit = FAMILIES.index(name)
        return self._by_region(
            lambda region: (region.families | (region.parent.families if region.parent else 0)) >> bit & 1
        )

    def _zone(self, name: str) -> Column:
        bit, common = FAMILIES.index(name), self._mains[USUAL].zone
        return self._by_region(lambda region: (region.zone & ~common) >> bit & 1)

    def _anywhere(self, name: str) -> Column:
        bit = FAMILIES.index(name)
        return self._by_region(lambda region: region.zone >> bit & 1)

    def _in_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return [float(main.start <= place < main.end) for place in range(len(self.blocks))]

    def _before_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return [float(place < main.start) for place in range(len(self.blocks))]

    def _after_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return [float(place >= main.end) for place in range(len(self.blocks))]

    def _steps_to_main(self, share: str) -> Column:
        around = set()
        main: Region | None = self._mains[int(share)]
        while main:
            around.add(main)
            main = main.parent

        def steps(region: Region) -> float:
            count = 0
            while region not in around and region.parent:
                region, count = region.parent, count + 1
            return count

        return self._by_region(steps)

    def _kind(self) -> Column:
        return self._prose_of([block.region.look for block in self.blocks])

    def _kin(self) -> Column:
        return self._prose_of(self.kin())

    def _prose_of(self, groups: Sequence[Hashable]) -> Column:
        prose: Counter[Hashable] = Counter()
        columns = (self.column(name) for name in ("words", "sentence", "linked"))
        for group, words, sentence, linked in zip(groups, *columns, strict=True):
            prose[group] += int(words) * (sentence > 0 and linked < _HALF)
        return [100 * prose[group] / self._prose for group in groups]

    def _parent_prose(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 1).prose / self._prose)

    def _grandparent_prose(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 2).prose / self._prose)

    def _parent_sentences(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 1).prose / max(1, _up(region, 1).words))

    def _grandparent_sentences(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 2).prose / max(1, _up(region, 2).words))

    def _parent_linked(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 1).linked / max(1, _up(region, 1).words))

    def _grandparent_linked(self) -> Column:
        return self._by_region(lambda region: 100 * _up(region, 2).linked / max(1, _up(region, 2).words))

    @cached_property
    def _folded(self) -> list[str]:
        return [self._page_words_.fold(text) for text in self.texts]

    def _title(self) -> Column:
        titles = self._page_words_.titles
        starts = tuple(title for title in titles if len(title) >= _START_CHARS)
        return [
            float(
                len(text) > _TITLE_CHARS
                and (text in titles or (len(text) >= _START_CHARS and any(each.startswith(text) for each in starts)))
            )
            for text in self._folded
        ]

    def _description(self) -> Column:
        said = [text for text in self._page_words_.descriptions if len(text) > _LIKE_CHARS]
        return [
            float(
                len(text) > _LIKE_CHARS
                and any(each.startswith(text[:_START]) or text.startswith(each[:_START]) for each in said)
            )
            for text in self._folded
        ]

    def _page_words(self) -> Column:
        return [float(self._root.words)] * len(self.blocks)

    def _page_sentences(self) -> Column:
        return [100.0 * self._prose / max(1, self._root.words)] * len(self.blocks)

    def _linked_near(self, reach: str) -> Column:
        return self._rolling("linked", int(reach))

    def _sentence_near(self, reach: str) -> Column:
        return self._rolling("sentence", int(reach))

    def _rolling(self, name: str, reach: int) -> Column:
        sums = list(accumulate(self.column(name), initial=0.0))
        scale, last = 100 if name == "sentence" else 1, len(self.blocks)
        spans = ((max(0, place - reach), min(last, place + reach + 1)) for place in range(last))
        return [scale * (sums[stop] - sums[start]) / (stop - start) for start, stop in spans]


def _richest(root: Region, children: dict[Region, list[Region]], least: float) -> Region:
    """Return the last region on the way down from the root, by the child with the most prose, that has at least so much."""
    main = root
    while below := children.get(main):
        best = max(below, key=lambda region: (region.prose, -region.start))
        if best.prose < least:
            break
        main = best
    return main


def _up(region: Region, steps: int) -> Region:
    for _ in range(steps):
        region = region.parent or region
    return region

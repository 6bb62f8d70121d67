"""Block facts: what can be said of each line of a page, as numbers, by names that signs use.

They are the line facts of text (`cleaner.features.lines`: words, stops, neighbours …) and what the markup adds: links, elements,
class words, and how the line lies to the region that holds most of the page's prose. `block_names` has the vocabulary.
Shares are per cent, yes and no are 1 and 0; `above NAME`, `2 below NAME` ask for neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from struct import pack
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features.lines import FACTS, LineFeatures, own_name, shifted
from cleaner.html.article.feature_names import MAIN_SHARES, MARKUP_FACTS, PLACES
from cleaner.html.article.main_region import main_regions, steps_to
from cleaner.html.class_words import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block, Region
    from cleaner.html.article.page_words import PageWords

Column = Sequence[float]
"""Yes and no, where cheap, as bytes: 1 and 0."""
_YES, _WIDTH = b"\1", 8
_ONE_BIT = [bytes(byte >> bit & 1 for byte in range(0x100)) for bit in range(8)]
USUAL = 60
"""The main region whose class words are those of the whole article and say nothing of its parts."""
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


class Bits(NamedTuple):
    """Something of each block's region as bits, at most 64 of them."""

    each: list[int]
    packed: bytes
    """The bits of all blocks, eight bytes for each, the lowest first."""

    @classmethod
    def of(cls, each: list[int]) -> Bits:
        """Return the bits of each block, packed too."""
        return cls(each, pack(f"<{len(each)}Q", *each))

    def column(self, place: int) -> bytes:
        """Return one of the bits of each block, as 1 or 0."""
        byte, bit = divmod(place, 8)
        return self.packed[byte::_WIDTH].translate(_ONE_BIT[bit])


class BlockFacts:
    """The facts of a page's blocks; each is worked out when first asked for."""

    def __init__(
        self,
        blocks: Sequence[Block],
        words: PageWords,
        captions: Collection[HtmlElement] = (),
    ) -> None:
        self.blocks = blocks
        self._captions = captions
        self.texts = [block.text for block in blocks]
        self._page_words_ = words
        self._lines = LineFeatures(self.texts)
        self._lines.known["words"] = [each.words for each in blocks]
        self._lines.known["sentence"] = [each.is_sentence for each in blocks]
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

    def kin(self) -> Sequence[Hashable]:
        """Return for each block the look of its element and of the one around it."""
        return self._looks

    @cached_property
    def _looks(self) -> list[Hashable]:
        return [
            (region.look, region.parent and region.parent.look)
            for region in self._regions
        ]

    @cached_property
    def _regions(self) -> list[Region]:
        """The region of each block."""
        return [block.region for block in self.blocks]

    @cached_property
    def _parents(self) -> list[Region]:
        return [region.parent or region for region in self._regions]

    @cached_property
    def _grandparents(self) -> list[Region]:
        return [region.parent or region for region in self._parents]

    @cached_property
    def _root(self) -> Region:
        root = self.blocks[0].region
        while root.parent:
            root = root.parent
        return root

    @cached_property
    def _mains(self) -> dict[int, Region]:
        return main_regions(
            self._root,
            self._regions,
            {share: share * self._prose / 100 for share in MAIN_SHARES},
        )

    @cached_property
    def _prose(self) -> float:
        return max(1, self._root.prose)

    def _by_region(self, value: Callable[[Region], float]) -> Column:
        """Return for each block what its region has."""
        return list(map(value, self._regions))

    def _linked(self) -> Column:
        return [100 * block.linked / block.characters for block in self.blocks]

    def _bold(self) -> Column:
        return [100 * block.bold / block.characters for block in self.blocks]

    def _heading(self) -> Column:
        return [_HEADINGS.get(tag, 0.0) for tag in self._tags]

    def _caption(self) -> Column:
        captions = self._captions
        return (
            self._by_region(lambda region: region.is_inside(captions))
            if captions
            else [0] * len(self.blocks)
        )

    def _hidden(self) -> Column:
        return [region.hidden for region in self._regions]

    def _nesting(self) -> Column:
        return [region.depth for region in self._regions]

    def _element(self, name: str) -> Column:
        return (
            [tag == name for tag in self._tags]
            if name in self._tags
            else bytes(len(self.blocks))
        )

    def _inside(self, name: str) -> Column:
        return self._places.column(PLACES.index(name))

    def _class(self, name: str) -> Column:
        return self._near.column(FAMILIES.index(name))

    def _zone(self, name: str) -> Column:
        return self._below_main.column(FAMILIES.index(name))

    def _anywhere(self, name: str) -> Column:
        return self._zones.column(FAMILIES.index(name))

    @cached_property
    def _tags(self) -> list[str]:
        return [region.look[0] for region in self._regions]

    @cached_property
    def _places(self) -> Bits:
        return Bits.of([region.places for region in self._regions])

    @cached_property
    def _near(self) -> Bits:
        """Families of each block's region and of the one around it."""
        pairs = zip(self._regions, self._parents, strict=True)
        return Bits.of([region.families | parent.families for region, parent in pairs])

    @cached_property
    def _zones(self) -> Bits:
        return Bits.of([region.zone for region in self._regions])

    @cached_property
    def _below_main(self) -> Bits:
        common = self._mains[USUAL].zone
        return Bits.of([zone & ~common for zone in self._zones.each])

    def _in_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        inside = main.end - main.start
        return bytes(main.start) + _YES * inside + bytes(len(self.blocks) - main.end)

    def _before_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return _YES * main.start + bytes(len(self.blocks) - main.start)

    def _after_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return bytes(main.end) + _YES * (len(self.blocks) - main.end)

    def _steps_to_main(self, share: str) -> Column:
        return steps_to(self._mains[int(share)], self._regions)

    def _kind(self) -> Column:
        return self._prose_of([region.look for region in self._regions])

    def _kin(self) -> Column:
        return self._prose_of(self._looks)

    def _prose_of(self, groups: Sequence[Hashable]) -> Column:
        prose: Counter[Hashable] = Counter()
        for group, block in zip(groups, self.blocks, strict=True):
            if block.is_sentence and 100 * block.linked / block.characters < _HALF:
                prose[group] += block.words
        share = {group: 100 * words / self._prose for group, words in prose.items()}
        return [share.get(group, 0.0) for group in groups]

    def _parent_prose(self) -> Column:
        return _shares_of_prose(self._parents, self._prose)

    def _grandparent_prose(self) -> Column:
        return _shares_of_prose(self._grandparents, self._prose)

    def _parent_sentences(self) -> Column:
        return _sentences(self._parents)

    def _grandparent_sentences(self) -> Column:
        return _sentences(self._grandparents)

    def _parent_linked(self) -> Column:
        return _links(self._parents)

    def _grandparent_linked(self) -> Column:
        return _links(self._grandparents)

    @cached_property
    def _folded(self) -> list[str]:
        return self._page_words_.folded(self.texts)

    def _title(self) -> Column:
        return self._page_words_.titled(self._folded)

    def _description(self) -> Column:
        return self._page_words_.described(self._folded)

    def _page_words(self) -> Column:
        return [float(self._root.words)] * len(self.blocks)

    def _page_sentences(self) -> Column:
        return [100.0 * self._prose / max(1, self._root.words)] * len(self.blocks)

    def _linked_near(self, reach: str) -> Column:
        return self._rolling("linked", int(reach))

    def _sentence_near(self, reach: str) -> Column:
        return self._rolling("sentence", int(reach))

    def _rolling(self, name: str, reach: int) -> Column:
        last = len(self.blocks)
        near = min(reach, last)
        starts = [0] * near + list(range(last - near))
        stops = list(range(near + 1, last + 1)) + [last] * near
        scale, sums = (
            100 if name == "sentence" else 1,
            list(accumulate(self.column(name), initial=0.0)),
        )
        return [
            scale * (sums[stop] - sums[start]) / (stop - start)
            for start, stop in zip(starts, stops, strict=True)
        ]


def _shares_of_prose(regions: Iterable[Region], whole: float) -> Column:
    return [100 * region.prose / whole for region in regions]


def _sentences(regions: Iterable[Region]) -> Column:
    return [100 * region.prose / (region.words or 1) for region in regions]


def _links(regions: Iterable[Region]) -> Column:
    return [100 * region.linked / (region.words or 1) for region in regions]

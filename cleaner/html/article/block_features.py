"""Block features: numbers that describe each line of a page, by the names that conditions use.

They are the line features of text (`cleaner.features.lines`: words, stops, neighbours …) and what the markup adds: links,
elements, class words, and how far the line is from the region that holds most of the page's prose. `feature_names` has the
vocabulary. Shares are per cent, yes and no are 1 and 0; `above NAME`, `2 below NAME` ask for neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from struct import pack
from typing import TYPE_CHECKING, NamedTuple

from cleaner.features.lines import FACTS, LineFeatures, own_name, shifted
from cleaner.features.registry import FeatureTable, feature
from cleaner.html.article.feature_names import MAIN_SHARES, MARKUP_FEATURES, PLACES
from cleaner.html.article.main_region import main_regions, steps_to
from cleaner.html.class_words import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block, Region
    from cleaner.html.article.page_words import PageWords

Column = Sequence[float]
"""Yes and no, where cheap, as bytes: 1 and 0."""
_YES, _WIDTH = b"\1", 8
_ONE_BIT = [bytes(byte >> bit & 1 for byte in range(0x100)) for bit in range(8)]
USUAL = 60
"""The main region whose class words are those of the whole article and describe none of its parts."""
_HALF = 50
"""Per cent of links from which a sentence is not prose."""
_HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}


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


class BlockFeatures(FeatureTable):
    """The features of a page's blocks; each is worked out when first asked for."""

    def __init__(
        self,
        blocks: Sequence[Block],
        declared: PageWords,
        captions: Collection[HtmlElement] = (),
    ) -> None:
        self.blocks = blocks
        self.texts = [block.text for block in blocks]
        self._captions = captions
        self._declared = declared
        self._lines = LineFeatures(self.texts)
        self._lines.known["words"] = [block.words for block in blocks]
        self._lines.known["sentence"] = [block.is_sentence for block in blocks]
        self._columns: dict[str, Column] = {}

    def column(self, name: str) -> Column:
        """Return one feature of every block. Raise KeyError for an unknown name."""
        if name not in self._columns:
            self._columns[name] = self._work_out(name)
        return self._columns[name]

    def _work_out(self, name: str) -> Column:
        if name in FACTS and name not in MARKUP_FEATURES:
            return self._lines.column(name)
        own, below = own_name(name)
        if below:
            return shifted(self.column(own), below)
        if compute := self.features.get(name):
            return compute(self)
        group, _, argument = name.rpartition(" ")
        compute = self.features[f"{group} *"]
        return compute(self, argument)

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
        least = {share: share * self._prose / 100 for share in MAIN_SHARES}
        return main_regions(self._root, self._regions, least)

    @cached_property
    def _prose(self) -> float:
        return max(1, self._root.prose)

    @feature("linked")
    def _linked(self) -> Column:
        return [_linked_share(block) for block in self.blocks]

    @feature("bold")
    def _bold(self) -> Column:
        return [100 * block.bold / block.characters for block in self.blocks]

    @feature("heading")
    def _heading(self) -> Column:
        return [_HEADINGS.get(tag, 0.0) for tag in self._tags]

    @feature("caption")
    def _caption(self) -> Column:
        captions = self._captions
        if not captions:
            return bytes(len(self.blocks))
        return [region.is_inside(captions) for region in self._regions]

    @feature("hidden")
    def _hidden(self) -> Column:
        return [region.hidden for region in self._regions]

    @feature("nesting")
    def _nesting(self) -> Column:
        return [region.depth for region in self._regions]

    @feature("element *")
    def _element(self, name: str) -> Column:
        if name not in self._tags:
            return bytes(len(self.blocks))
        return [tag == name for tag in self._tags]

    @feature("inside *")
    def _inside(self, name: str) -> Column:
        return self._places.column(PLACES.index(name))

    @feature("class *")
    def _class(self, name: str) -> Column:
        return self._near.column(FAMILIES.index(name))

    @feature("zone *")
    def _zone(self, name: str) -> Column:
        return self._below_main.column(FAMILIES.index(name))

    @feature("page *")
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

    @feature("main *")
    def _in_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return b"".join(
            (
                bytes(main.start),
                _YES * (main.end - main.start),
                bytes(len(self.blocks) - main.end),
            )
        )

    @feature("before main *")
    def _before_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return _YES * main.start + bytes(len(self.blocks) - main.start)

    @feature("after main *")
    def _after_main(self, share: str) -> Column:
        main = self._mains[int(share)]
        return bytes(main.end) + _YES * (len(self.blocks) - main.end)

    @feature("steps to main *")
    def _steps_to_main(self, share: str) -> Column:
        return steps_to(self._mains[int(share)], self._regions)

    @feature("kind")
    def _kind(self) -> Column:
        return self._prose_of([region.look for region in self._regions])

    @feature("kin")
    def _kin(self) -> Column:
        return self._prose_of(self._looks)

    def _prose_of(self, groups: Sequence[Hashable]) -> Column:
        """Return for each block the prose in all blocks of its group, per cent of the page's."""
        words: Counter[Hashable] = Counter()
        for group, block in zip(groups, self.blocks, strict=True):
            if _is_prose(block):
                words[group] += block.words
        whole = self._prose
        shares = {group: 100 * count / whole for group, count in words.items()}
        return [shares.get(group, 0.0) for group in groups]

    @feature("parent prose")
    def _parent_prose(self) -> Column:
        return _shares_of_prose(self._parents, self._prose)

    @feature("grandparent prose")
    def _grandparent_prose(self) -> Column:
        return _shares_of_prose(self._grandparents, self._prose)

    @feature("parent sentences")
    def _parent_sentences(self) -> Column:
        return _sentences(self._parents)

    @feature("grandparent sentences")
    def _grandparent_sentences(self) -> Column:
        return _sentences(self._grandparents)

    @feature("parent linked")
    def _parent_linked(self) -> Column:
        return _links(self._parents)

    @feature("grandparent linked")
    def _grandparent_linked(self) -> Column:
        return _links(self._grandparents)

    @cached_property
    def _folded(self) -> list[str]:
        return self._declared.folded(self.texts)

    @feature("title")
    def _title(self) -> Column:
        return self._declared.titled(self._folded)

    @feature("description")
    def _description(self) -> Column:
        return self._declared.described(self._folded)

    @feature("page words")
    def _page_words(self) -> Column:
        return [float(self._root.words)] * len(self.blocks)

    @feature("page sentences")
    def _page_sentences(self) -> Column:
        share = 100.0 * self._prose / max(1, self._root.words)
        return [share] * len(self.blocks)

    @feature("linked *")
    def _linked_near(self, reach: str) -> Column:
        return self._rolling_mean(self.column("linked"), int(reach))

    @feature("sentence *")
    def _sentence_near(self, reach: str) -> Column:
        return self._rolling_mean(self.column("sentence"), int(reach), scale=100)

    def _rolling_mean(self, values: Column, reach: int, scale: int = 1) -> Column:
        """Return for each block the mean of itself and as many blocks on each side as reach says."""
        count = len(self.blocks)
        near = min(reach, count)
        starts = [0] * near
        starts += range(count - near)
        stops = list(range(near + 1, count + 1))
        stops += [count] * near
        sums = list(accumulate(values, initial=0.0))
        return [
            scale * (sums[stop] - sums[start]) / (stop - start)
            for start, stop in zip(starts, stops, strict=True)
        ]


def _linked_share(block: Block) -> float:
    return 100 * block.linked / block.characters


def _is_prose(block: Block) -> bool:
    return block.is_sentence and _linked_share(block) < _HALF


def _shares_of_prose(regions: Iterable[Region], whole: float) -> Column:
    return [100 * region.prose / whole for region in regions]


def _sentences(regions: Iterable[Region]) -> Column:
    return [100 * region.prose / (region.words or 1) for region in regions]


def _links(regions: Iterable[Region]) -> Column:
    return [100 * region.linked / (region.words or 1) for region in regions]

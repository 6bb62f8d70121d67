"""Marks of the lines that go to the text engine: what their markup was, which rules may ask for as line features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.html.article.feature_names import Within

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block, Region

_HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}
_CELL = int(Within.CELL)


def marks_of(
    blocks: Sequence[Block], captions: Collection[HtmlElement]
) -> dict[str, list[float]]:
    """Return the marks of some blocks: one number for each, by the names in `features.lines.MARKS`."""
    regions = [block.region for block in blocks]
    tags = [region.look[0] for region in regions]
    return {
        "linked": [100 * block.linked / block.characters for block in blocks],
        "heading": [_HEADINGS.get(tag, 0.0) for tag in tags],
        "item": _are_within(Within.ITEM, regions),
        "cell": [float(_is_cell(region)) for region in regions],
        "quoted": _are_within(Within.BLOCKQUOTE, regions),
        "caption": [float(region.is_inside(captions)) for region in regions],
    }


def _are_within(kind: Within, regions: Sequence[Region]) -> list[float]:
    bit = int(kind)
    return [float(bool(region.places & bit)) for region in regions]


def _is_cell(region: Region) -> bool:
    return region.look[0] == "tr" or bool(region.places & _CELL)

"""What the markup tells the text engine of the lines that it hands over: marks, which rules may ask for as line facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.html.article.feature_names import PLACES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.article.blocks import Block

_HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}
_ITEM, _CELL, _QUOTED = (
    1 << PLACES.index(name) for name in ("item", "cell", "blockquote")
)


def marks_of(
    blocks: Sequence[Block], captions: Collection[HtmlElement]
) -> dict[str, list[float]]:
    """Return the marks of some blocks: one number for each, by the names in `line_facts.MARKS`."""
    return {
        "linked": [100 * block.linked / block.characters for block in blocks],
        "heading": [_HEADINGS.get(block.region.look[0], 0.0) for block in blocks],
        "item": [float(bool(block.region.places & _ITEM)) for block in blocks],
        "cell": [
            float(block.region.look[0] == "tr" or bool(block.region.places & _CELL))
            for block in blocks
        ],
        "quoted": [float(bool(block.region.places & _QUOTED)) for block in blocks],
        "caption": [float(block.region.is_inside(captions)) for block in blocks],
    }

"""The names of block features: what conditions may ask of a line of a page. Rules are checked against them without lxml."""

from __future__ import annotations

from enum import IntFlag, auto

from cleaner.features.lines import FACTS, own_name
from cleaner.html.class_words import FAMILIES

# fmt: off
ELEMENTS = (
    "p", "h1", "h2", "h3", "h4", "li", "tr", "td", "div", "section", "blockquote", "figcaption", "pre", "dt", "dd", "article", "header",
)
# fmt: on


class Within(IntFlag):
    """What a block may be inside of. Where speed counts, sets of these are plain integers with these bits."""

    NAV = auto()
    HEADER = auto()
    FOOTER = auto()
    ASIDE = auto()
    FIGURE = auto()
    TABLE = auto()
    BLOCKQUOTE = auto()
    FORM = auto()
    LIST = auto()
    ARTICLE = auto()
    MAIN = auto()
    ITEM = auto()
    CELL = auto()
    DETAILS = auto()
    LINK = auto()
    ADDRESS = auto()


PLACES = tuple(name.lower() for name in Within.__members__)
"""The same by name, in the order of their bits."""
MAIN_SHARES = (40, 60, 80)
"""Shares of the page's prose, per cent, that the main region holds: a narrow, a usual and a wide notion of it."""
REACHES = (4, 10)
MARKUP_FEATURES = {
    "linked": "Characters inside links, per cent",
    "bold": "Characters in bold, per cent",
    "heading": "The level of a heading, 0 for other lines",
    "caption": "Whether it stands under an image, as a caption or a credit",
    "hidden": "Whether the markup hides it",
    **{f"element {name}": f"Whether its block is a <{name}>" for name in ELEMENTS},
    **{f"inside {name}": f"Whether it stands inside: {name}" for name in PLACES},
    **{
        f"class {name}": f"Whether classes or ids of its block or the one around it speak of: {name}"
        for name in FAMILIES
    },
    **{
        f"zone {name}": f"Whether those of any block around it, below the main region, speak of: {name}"
        for name in FAMILIES
    },
    **{
        f"page {name}": f"Whether those of any block around it speak of: {name}"
        for name in FAMILIES
    },
    **{
        f"main {share}": f"Whether it stands in the smallest region with {share} % of the prose"
        for share in MAIN_SHARES
    },
    **{
        f"before main {share}": "Whether it stands before that region"
        for share in MAIN_SHARES
    },
    **{
        f"after main {share}": "Whether it stands after that region"
        for share in MAIN_SHARES
    },
    **{
        f"steps to main {share}": "Blocks to leave until one stands around both"
        for share in MAIN_SHARES
    },
    "kind": "Prose in elements of its name and class, per cent of the page's",
    "kin": "Prose in elements of its name and class inside elements of their parent's, per cent of the page's",
    "parent prose": "Prose in the block around its own, per cent of the page's",
    "grandparent prose": "Prose in the block around that, per cent of the page's",
    "parent sentences": "Words of the block around its own that stand in sentences, per cent",
    "grandparent sentences": "Words of the block around that which stand in sentences, per cent",
    "parent linked": "Words of the block around its own that are links, per cent",
    "grandparent linked": "Words of the block around that which are links, per cent",
    "nesting": "Blocks around it",
    "title": "Whether it is a title that the page declares, or begins one",
    "description": "Whether it says what the page's description says",
    "page words": "Words of the whole page",
    "page sentences": "Words of the whole page that stand in sentences, per cent",
    **{
        f"linked {reach}": f"Links in it and the {reach} lines on each side, per cent on average"
        for reach in REACHES
    },
    **{
        f"sentence {reach}": f"Sentences among it and the {reach} lines on each side, per cent"
        for reach in REACHES
    },
}
"""What the markup adds to the features of a line of text."""
BLOCK_FEATURES = {**FACTS, **MARKUP_FEATURES}
"""Every feature of a page's line and what it means."""


def is_block_feature(name: str) -> bool:
    """Tell whether a name is a feature of a page's line, or one of a neighbour.

    >>> is_block_feature("linked"), is_block_feature("2 above words"), is_block_feature("colour")
    (True, True, False)
    """
    return own_name(name)[0] in BLOCK_FEATURES

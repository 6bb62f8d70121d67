"""A page's tree becomes blocks: the lines of text that a reader sees, in order, each with the element that holds it.

Block-level elements and `<br>` end a line; white space is one space, as browsers show it. A row of a data table is one
line, its cells between ` | `. Scripts, styles and controls say nothing, unless an unclosed control has swallowed half
the page.

Block-level elements are kept as `Region`s with what can be counted while walking: what they hold and how much of it is
prose. The walk is one pass over the tree; nesting may be as deep as the parser lets it be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from cleaner import shapes
from cleaner.html.block_names import PLACES
from cleaner.html.class_words import families
from cleaner.html.tree import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

BLOCK_LEVEL = frozenset(
    (
    "address", "amp-sidebar", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_CONTROLS = frozenset(
    (
    "audio", "base", "button", "canvas", "datalist", "embed", "img", "input", "link", "map", "meta", "meter", "option", "param",
    "picture", "progress", "source", "title", "track", "video",
    )
)  # fmt: skip
"""Elements whose text is a label, a fallback or nothing."""
_PLACES = {name: 1 << bit for bit, name in enumerate(PLACES)}
_PLACE_OF = {
    **{name: bit for name, bit in _PLACES.items() if name not in {"list", "item", "cell", "link"}},
    **dict.fromkeys(("ul", "ol", "dl"), _PLACES["list"]),
    "figcaption": _PLACES["figure"],
    "li": _PLACES["item"],
    "td": _PLACES["cell"],
    "a": _PLACES["link"],
}
_NAMED = ("class", "id", "role", "itemprop", "data-component", "data-testid")
_CELL_CHARS = 200
"""A longer cell is text that a table lays out."""
_NOT_IN_CELLS = ("table", "ul", "ol", "h1", "h2", "h3", "blockquote", "form")


class Region:
    """A block-level element. The counts grow while the page is walked and are final afterwards."""

    __slots__ = ("depth", "element", "end", "families", "hidden", "linked", "look", "parent", "places", "prose", "start", "words", "zone")  # fmt: skip

    def __init__(self, element: HtmlElement, parent: Region | None, start: int) -> None:
        get = element.get
        self.element = element
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.families = families(" ".join(filter(None, map(get, _NAMED)))) if element.attrib else 0
        """Families of its own class words, as bits."""
        self.zone: int = self.families | (parent.zone if parent else 0)
        """The same of all elements around it."""
        self.places: int = _PLACE_OF.get(element.tag, 0) | (parent.places if parent else 0)
        self.hidden: bool = (parent is not None and parent.hidden) or _is_hidden(element)
        self.look = (element.tag, get("class") or "")
        """What elements of one kind have in common."""
        self.start = start
        """Number of the first block in it."""
        self.end = start
        self.words = self.prose = 0
        """Words in it; those of them that stand in sentences."""
        self.linked = 0.0
        """Words in it that are links."""

    def is_inside(self, elements: Collection[HtmlElement]) -> bool:
        """Tell whether it is one of some elements, or inside one."""
        above: Region | None = self if elements else None
        while above:
            if above.element in elements:
                return True
            above = above.parent
        return False


class Block:
    """One line of text. `linked` and `bold` count characters that are no spaces."""

    __slots__ = ("bold", "characters", "linked", "region", "text")

    def __init__(self, text: str, region: Region, linked: int, bold: int) -> None:
        self.text = text
        self.region = region
        self.characters = max(1, len(text) - text.count(" "))
        self.linked = linked
        self.bold = bold


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    if style and "display:none" in style.replace(" ", "").lower():
        return True
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def blocks_of(root: HtmlElement) -> list[Block]:
    """Return the blocks of a page in reading order, their regions counted."""
    blocks = _Walk(root).blocks
    for block in blocks:
        _count(block)
    return blocks


def _count(block: Block) -> None:
    """Add a block to the counts of every region around it."""
    words = shapes.words(block.text)
    prose = words if 2 * block.linked < block.characters and shapes.is_sentence(block.text) else 0
    linked = words * block.linked / block.characters
    region: Region | None = block.region
    while region:
        region.words += words
        region.prose += prose
        region.linked += linked
        region = region.parent


class _Walk:
    """One pass over a tree: what is open, and the line that is being read."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self._open = [Region(root, None, 0)]
        self._parts: list[str] = []
        self._linked = self._bold = 0
        self._links = self._strong = 0
        skipped = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skips(element):
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._enter(element, root)
            elif skipped is not None and element is skipped:
                skipped = None
                self._say(element.tail)
            else:
                self._leave(element, root)
        self._end_line()

    def _skips(self, element: HtmlElement) -> bool:
        """Tell whether an element says nothing (more): controls, and rows that are a line already."""
        tag = element.tag
        if tag in UNSEEN:
            return True
        if tag in _CONTROLS:
            return next(element.iter("p", "h1", "article"), None) is None
        if tag == "tr" and (row := _row(element)):
            self._end_line()
            region = Region(element, self._open[-1], len(self.blocks))
            linked = sum(len("".join("".join(link.itertext()).split())) for link in element.iter("a"))
            self.blocks.append(Block(row, region, linked, 0))
            region.end = len(self.blocks)
            return True
        return False

    def _enter(self, element: HtmlElement, root: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._end_line()
            return
        if tag in BLOCK_LEVEL:
            self._end_line()
            if element is not root:
                self._open.append(Region(element, self._open[-1], len(self.blocks)))
        elif tag == "a":
            self._links += 1
        elif tag in {"b", "strong"}:
            self._strong += 1
        self._say(element.text)

    def _leave(self, element: HtmlElement, root: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_LEVEL:
            self._end_line()
            self._open[-1].end = len(self.blocks)
            if element is not root:
                self._open.pop()
        elif tag == "a":
            self._links -= 1
        elif tag in {"b", "strong"}:
            self._strong -= 1
        if element is not root:
            self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._links or self._strong:
                letters = len("".join(text.split()))
                self._linked += letters if self._links else 0
                self._bold += letters if self._strong else 0

    def _end_line(self) -> None:
        if self._parts:
            text = " ".join("".join(self._parts).split())
            if text:
                self.blocks.append(Block(text, self._open[-1], self._linked, self._bold))
            self._parts.clear()
            self._linked = self._bold = 0


def _row(row: HtmlElement) -> str | None:
    """Return a row of a data table as a line; None where the table lays out a page or its cells hold more than a line."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2:  # noqa: PLR2004 - one cell is a box
        return None
    texts = []
    for cell in cells:
        if next(cell.iter(*_NOT_IN_CELLS), None) is not None:
            return None
        texts.append(" ".join("".join(cell.itertext()).split()))
        if len(texts[-1]) > _CELL_CHARS:
            return None
    return " | ".join(texts) if sum(map(bool, texts)) > 1 else None

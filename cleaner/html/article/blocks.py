"""Turn a page's tree into blocks: the lines of text that a reader sees, in order, each with the element that holds it.

Block-level elements and `<br>` end a line; white space is one space, as browsers show it. A row of a data table is one
line, its cells between ` | `. Scripts, styles and controls are skipped, unless an unclosed control has swallowed half
the page.

Block-level elements that hold a line are kept as `Region`s with what can be counted while walking: what they hold and how
much of it is prose. The walk is one pass over the tree; nesting may be as deep as the parser lets it be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.features import line_shape
from cleaner.html.article.feature_names import Within
from cleaner.html.class_words import families
from cleaner.html.tree import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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
_WITHIN = {
    "nav": Within.NAV,
    "header": Within.HEADER,
    "footer": Within.FOOTER,
    "aside": Within.ASIDE,
    "figure": Within.FIGURE,
    "figcaption": Within.FIGURE,
    "table": Within.TABLE,
    "blockquote": Within.BLOCKQUOTE,
    "form": Within.FORM,
    "ul": Within.LIST,
    "ol": Within.LIST,
    "dl": Within.LIST,
    "article": Within.ARTICLE,
    "main": Within.MAIN,
    "li": Within.ITEM,
    "td": Within.CELL,
    "details": Within.DETAILS,
    "a": Within.LINK,
    "address": Within.ADDRESS,
}
_WITHIN_BITS = {tag: int(within) for tag, within in _WITHIN.items()}
"""The same as plain integers, which combine fifty times as fast."""
_NAMED = ("class", "id", "role", "itemprop", "data-component", "data-testid")
_NAMED_TOO = frozenset(_NAMED) - {"class"}
_CELL_CHARS = 200
"""A longer cell is text that a table lays out."""
_NOT_IN_CELLS = ("table", "ul", "ol", "h1", "h2", "h3", "blockquote", "form")


_BLOCK, _LINK, _STRONG, _BREAK, _SILENT, _CONTROL, _ROW = (
    "block",
    "link",
    "strong",
    "break",
    "silent",
    "control",
    "row",
)
_KINDS = {
    **dict.fromkeys(_CONTROLS, _CONTROL),
    **dict.fromkeys(BLOCK_LEVEL, _BLOCK),
    **dict.fromkeys(UNSEEN, _SILENT),
    "tr": _ROW,
    "a": _LINK,
    "b": _STRONG,
    "strong": _STRONG,
    "br": _BREAK,
}
"""What the walk does at an element; others are inline."""


class Region:
    """A block-level element. The counts grow while the page is walked and are final afterwards."""

    __slots__ = ("depth", "element", "end", "families", "hidden", "linked", "look", "parent", "places", "prose", "start", "words", "zone")  # fmt: skip

    def __init__(self, element: HtmlElement, parent: Region | None, start: int) -> None:
        attributes = dict(element.items())
        classes = attributes.get("class", "")
        self.element = element
        self.parent = parent
        self.families = families(_names(attributes)) if attributes else 0
        """Families of its own class words, as the bits of `Family`."""
        own_places = _WITHIN_BITS.get(element.tag, 0)
        has_more = len(attributes) > bool(classes)
        is_hidden = has_more and _is_hidden(attributes)
        if parent:
            self.depth: int = parent.depth + 1
            self.zone: int = self.families | parent.zone
            """The families of all elements around it too."""
            self.places: int = own_places | parent.places
            """What it is and what it is inside of, as the bits of `Within`."""
            self.hidden: bool = parent.hidden or is_hidden
        else:
            self.depth = 0
            self.zone = self.families
            self.places = own_places
            self.hidden = is_hidden
        self.look = (element.tag, classes)
        """What elements of one kind have in common."""
        self.start = start
        """Number of the first block in it."""
        self.end = start
        self.words = 0
        self.prose = 0
        """Words in it that are in sentences."""
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

    __slots__ = (
        "bold",
        "characters",
        "is_sentence",
        "linked",
        "region",
        "text",
        "words",
    )

    def __init__(self, text: str, region: Region, linked: int, bold: int) -> None:
        spaces = text.count(" ")
        words = line_shape.spaced_words(text, spaces)
        self.text = text
        self.region = region
        self.characters = (len(text) - spaces) or 1
        self.linked = linked
        self.bold = bold
        self.words = words
        is_long = words >= line_shape.SENTENCE_WORDS
        self.is_sentence = is_long and line_shape.ends_like_sentence(text)


def _names(attributes: Mapping[str, str]) -> str:
    """Return what names an element. Most have a class and nothing else."""
    if _NAMED_TOO.isdisjoint(attributes):
        return attributes.get("class", "")
    return " ".join(filter(None, map(attributes.get, _NAMED)))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style")
    if style:
        compact = style.replace(" ", "").lower()
        if "display:none" in compact:
            return True
    if "hidden" in attributes:
        return True
    return attributes.get("aria-hidden") == "true"


def blocks_of(root: HtmlElement) -> list[Block]:
    """Return the blocks of a page in reading order, their regions counted."""
    walk = _Walk(root)
    _count(walk.blocks, walk.regions)
    return walk.blocks


def _count(blocks: Iterable[Block], regions: Sequence[Region]) -> None:
    """Add each block to the counts of every region around it. Regions come in the order of the page."""
    for block in blocks:
        region = block.region
        region.words += block.words
        if block.linked:
            _count_links(block)
        is_mostly_links = 2 * block.linked >= block.characters
        if block.is_sentence and not is_mostly_links:
            region.prose += block.words
    for region in reversed(regions):
        parent = region.parent
        if parent:
            parent.words += region.words
            parent.prose += region.prose


def _count_links(block: Block) -> None:
    """Add the links of one block. They are fractions: sums of sums would be others in the last digit."""
    share = block.words * block.linked / block.characters
    region: Region | None = block.region
    while region:
        region.linked += share
        region = region.parent


class _Walk:
    """One pass over a tree: what is open, and the line that is being read."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        """Those that hold a block, in the order of the page."""
        self._elements: list[HtmlElement] = []
        """The open block-level elements."""
        self._open: list[Region] = []
        """The regions of the first of them: one is made when its first line is."""
        self._parts: list[str] = []
        self._linked = self._bold = 0
        self._links = self._strong = 0
        self._read_block(root)

    def _read_inside(self, element: HtmlElement) -> None:
        """Take in what an element says and what the elements in it do."""
        if text := element.text:
            self._say(text)
        for each in element:
            kind = _KINDS.get(each.tag)
            if kind is None:
                self._read_inside(each)
            elif kind is _BLOCK:
                self._read_block(each)
            else:
                self._read_special(kind, each)
            if tail := each.tail:
                self._say(tail)

    def _read_special(self, kind: str, element: HtmlElement) -> None:
        """Take in a row, a link, what is bold, a break, or a control that was never closed."""
        if kind is _ROW:
            if not self._took_row(element):
                self._read_block(element)
        elif not _is_silent(kind, element):
            self._enter(kind)
            self._read_inside(element)
            self._leave(kind)

    def _read_block(self, element: HtmlElement) -> None:
        """Read a block-level element: lines end before and behind it."""
        elements = self._elements
        if self._parts:
            self._end_line()
        elements.append(element)
        self._read_inside(element)
        if self._parts:
            self._end_line()
        if len(self._open) == len(elements):
            region = self._open.pop()
            region.end = len(self.blocks)
        elements.pop()

    def _took_row(self, element: HtmlElement) -> bool:
        """Read a row of a data table as a line; tell whether it is one."""
        row = _row(element)
        if not row:
            return False
        self._end_line()
        region = self._region_of(element, self._region())
        linked = 0
        for link in element.iter("a"):
            linked += _letters("".join(link.itertext()))
        block = Block(row, region, linked, 0)
        self.blocks.append(block)
        region.end = len(self.blocks)
        return True

    def _enter(self, kind: str) -> None:
        if kind is _BREAK:
            self._end_line()
        elif kind is _LINK:
            self._links += 1
        elif kind is _STRONG:
            self._strong += 1

    def _leave(self, kind: str) -> None:
        if kind is _LINK:
            self._links -= 1
        elif kind is _STRONG:
            self._strong -= 1

    def _region(self) -> Region:
        """Return the region of the innermost open element."""
        known = self._open
        parent = known[-1] if known else None
        for element in self._elements[len(known) :]:
            parent = self._region_of(element, parent)
            known.append(parent)
        return known[-1]

    def _region_of(self, element: HtmlElement, parent: Region | None) -> Region:
        region = Region(element, parent, len(self.blocks))
        self.regions.append(region)
        return region

    def _say(self, text: str) -> None:
        if not self._parts and text.isspace():
            return  # what a line begins with is not seen
        self._parts.append(text)
        if not (self._links or self._strong):
            return
        letters = _letters(text)
        if self._links:
            self._linked += letters
        if self._strong:
            self._bold += letters

    def _end_line(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        line = " ".join(text.split())
        block = Block(line, self._region(), self._linked, self._bold)
        self.blocks.append(block)
        self._parts.clear()
        self._linked = 0
        self._bold = 0


def _letters(text: str) -> int:
    """Return the number of characters that are no white space."""
    return len("".join(text.split()))


def _is_silent(kind: str, element: HtmlElement) -> bool:
    """Tell whether an element is skipped. A control that holds paragraphs was never closed."""
    if kind is _CONTROL:
        return next(element.iter("p", "h1", "article"), None) is None
    return kind is _SILENT


def _row(row: HtmlElement) -> str | None:
    """Return a row of a data table as a line; None where the table lays out a page or its cells hold more than a line."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2:  # noqa: PLR2004 - one cell is a box
        return None
    texts = []
    for cell in cells:
        text = _cell(cell)
        if text is None:
            return None
        texts.append(text)
    filled = sum(map(bool, texts))
    return " | ".join(texts) if filled > 1 else None


def _cell(cell: HtmlElement) -> str | None:
    """Return the text of a cell, None where it holds more than a line."""
    for _ in cell.iter(*_NOT_IN_CELLS):
        return None
    text = "".join(cell.itertext())
    line = " ".join(text.split())
    return line if len(line) <= _CELL_CHARS else None

"""Parse markup into one lxml tree, once. Everything that is read from a page is read from this tree.

libxml2 takes what browsers take: unclosed and misnested elements, fragments, XHTML, framesets. What would cost text is
removed before, or the page is parsed again:

    characters that XML forbids    NULs, lone surrogates: taken out
    an encoding declaration        it was right once, before the text was decoded: taken off
    `</body>`, `</html>`           browsers go on after them, libxml2 would not: taken out
    a comment, `<title>` or `<textarea>` that is never closed would swallow the rest: its beginning is taken out
    tags of 100,000 characters     their attributes are taken off
    nesting deeper than 256        libxml2 stops there: the page is flattened to that depth and parsed again
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_CONTROLS_AS_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_PROLOG = re.compile(r"[\s\ufeff]*<\?xml[^>]{0,200}>")
_SPACE = rb"(?:\s|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)"
"""What white space may be, as UTF-8."""
_WATCHED = re.compile(
    rb"<(?:/(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])" + _SPACE + rb"{0,9}>|"
    rb"(?P<opens>[tT](?:[iI][tT][lL][eE]|[eE][xX][tT][aA][rR][eE][aA])))"
)
"""Ends of the page, and beginnings that may never end. Both cases spelled out: a pattern without flags is looked for by
its first byte, ten times as fast."""
_CLOSES = {
    b"title": re.compile(rb"</title", re.IGNORECASE),
    b"textarea": re.compile(rb"</textarea", re.IGNORECASE),
}
_LONG = re.compile(r"<([a-zA-Z][^\s/>]*)\s[^<>]{100000,}>")
"""A tag with a hundred thousand characters of attributes: libxml2 compares each with each."""
_LONG_BYTES = 100_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>")
_COMMENT = b"<!--"
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
DEEPEST = 180
"""Elements inside each other that a flattened page keeps: libxml2 takes 256, and adds some of its own."""
MOST_CHARS = 20_000_000
"""Larger markup is refused: trafilatura's own limit, and a hundred times the size of a page."""
_PLAIN = etree.ElementDefaultClassLookup(element=HtmlElement)
"""All elements are of one class: lxml.html has others for forms, and asks Python for each element which it is."""
_NOTHING = "<html><body></body></html>"
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "title", "iframe", "object", "math", "textarea", "select",
})  # fmt: skip
"""Elements whose text no reader sees, or that are controls."""

_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp",
    "script", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements inside a word or a line: the text on both sides touches."""


def load(markup: str) -> HtmlElement:
    """Return the tree of a page or a fragment; its root is `html`. A page without text has an empty body.

    Raise SourceError: `too_large`, or `malformed` where the parser gives up.

    >>> load("<p>One<p>Two").tag
    'html'
    """
    if len(markup) > MOST_CHARS:
        message = f"{len(markup):,} characters of markup are more than {MOST_CHARS:,}: no page is so large; split what it holds"
        raise SourceError(message, reason="too_large", stage="extract")
    data = _allowed(markup)
    data = _without(_cuts(data), data)
    data = _without_long_tags(data)
    root, is_cut = _parse(data)
    if is_cut:
        flat = flattened(data.decode())
        root, is_cut = _parse(flat.encode(), huge=True)
    if is_cut:
        message = "the parser stopped before the end of the markup: an element or a text in it is too large"
        raise SourceError(message, reason="malformed", stage="extract")
    return root


def _allowed(markup: str) -> bytes:
    """Return markup as UTF-8, as the parser needs it, without characters that XML forbids and an encoding declaration.

    Nearly no page has any, which a translation of its bytes shows fastest: it copies nothing where it changes nothing.
    """
    try:
        data = markup.encode()
    except UnicodeEncodeError:  # half a character
        return _allowed(_FORBIDDEN.sub("", markup))
    has_controls = data.translate(_CONTROLS_AS_SPACES) != data
    if has_controls or "\ufffe" in markup or "\uffff" in markup:
        return _allowed(_FORBIDDEN.sub("", markup))
    prolog = _PROLOG.match(markup)
    if prolog:
        return markup[prolog.end() :].encode()
    return data


def _cuts(data: bytes) -> list[tuple[int, int]]:
    """Return the spans of markup to be taken out: ends of the page, and beginnings of what never ends."""
    cuts = []
    last_starts: dict[bytes, int] = {}
    for found in _WATCHED.finditer(data):
        opens = found["opens"]
        if opens:
            last_starts[opens.lower()] = found.start()
        else:
            cuts.append(found.span())
    for name, start in last_starts.items():
        if not _CLOSES[name].search(data, start):
            stop = data.find(b">", start) + 1
            cuts.append((start, stop or len(data)))
    comment = data.rfind(_COMMENT)
    if comment >= 0 and data.find(b"-->", comment) < 0:
        cuts.append((comment, comment + len(_COMMENT)))
    cuts.sort()
    return cuts


def _without(cuts: Iterable[tuple[int, int]], data: bytes) -> bytes:
    r"""Return markup without some spans, which come in order.

    >>> _without([(1, 2), (3, 4)], b"abcde")
    b'ace'
    """
    parts = []
    kept_from = 0
    for start, stop in cuts:
        parts.append(data[kept_from:start])
        kept_from = max(kept_from, stop)
    parts.append(data[kept_from:])
    return b"".join(parts)


def _without_long_tags(data: bytes) -> bytes:
    """Return markup whose long tags have lost their attributes."""
    place = 0
    while len(data) - place > _LONG_BYTES:
        # the last bracket in reach: a page takes few steps of nearly the whole reach; long scripts have a `<`
        reach = place + _LONG_BYTES + 1
        closing = data.rfind(b">", place, reach)
        opening = data.rfind(b"<", place, reach)
        place = max(closing, opening) + 1
        if not place:
            shorter = _LONG.sub(r"<\1>", data.decode())
            return shorter.encode()
    return data


def _parse(data: bytes, *, huge: bool = False) -> tuple[HtmlElement, bool]:
    """Return a tree of UTF-8, and whether the parser met a limit of its own and left the rest out."""
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
        huge_tree=huge,
    )
    parser.set_element_class_lookup(_PLAIN)
    is_empty = b"<" not in data and not data.decode().strip()
    try:
        root = document_fromstring(
            _NOTHING if is_empty else data,
            parser=parser,
            ensure_head_body=True,
        )
    except etree.ParserError:  # nothing but comments
        return document_fromstring(_NOTHING, ensure_head_body=True), False
    except (ValueError, AssertionError) as error:
        message = f"the markup cannot be parsed: {error}"
        raise SourceError(message, reason="malformed", stage="extract") from error
    kinds = {entry.type for entry in parser.error_log}
    return root, etree.ErrorTypes.ERR_RESOURCE_LIMIT in kinds


def flattened(markup: str, deepest: int = DEEPEST) -> str:
    """Return markup whose elements are no deeper inside each other; deeper tags become line breaks, all text stays.

    >>> flattened("<div><div><div>a</div>b</div></div>", 2)
    '<div><div><br>a<br>b</div></div>'
    """
    depth = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth
        tag = found[0]
        if found[2].lower() in _VOID:
            return tag
        if found[1]:
            depth = max(0, depth - 1)
            is_deep = depth >= deepest
        else:
            depth += 1
            is_deep = depth > deepest
        return "<br>" if is_deep else tag

    return _TAG.sub(keep, markup)


def text_of(element: HtmlElement) -> str:
    """Return the text of an element on one line, scripts and styles left out.

    >>> text_of(load("<p>A <b>b</b><script>c</script> d"))
    'A b d'
    """
    found: list[str] = []
    _say(element, found)
    return " ".join("".join(found).split())


def _say(element: HtmlElement, found: list[str]) -> None:
    """Collect the texts in an element. Trees are no deeper than `DEEPEST` and what libxml2 adds."""
    tag = element.tag
    if tag not in _INLINE:
        found.append(" ")
    if tag not in UNSEEN:
        if text := element.text:
            found.append(text)
        for each in element:
            _say(each, found)
            if tail := each.tail:
                found.append(tail)
    if tag not in _INLINE:
        found.append(" ")


def short_text_of(element: HtmlElement, most: int) -> str | None:
    """Return what `text_of` returns, or None where that has more characters: a long text is not read to its end.

    >>> short_text_of(load("<p>A <b>b</b><script>c</script> d"), 5), short_text_of(load("<p>A <b>b</b> d"), 4)
    ('A b d', None)
    """
    found: list[str] = []
    left = _collect_within(element, found, most)
    if left < 0:
        return None
    text = " ".join("".join(found).split())
    return text if len(text) <= most else None


def _collect_within(element: HtmlElement, found: list[str], limit: int) -> int:
    """Collect the texts in an element up to a limit; return what is left of it, below 0 where they are longer."""
    is_inline = element.tag in _INLINE
    if not is_inline:
        found.append(" ")
    if element.tag not in UNSEEN:
        if text := element.text:
            found.append(text)
            limit -= _letters(text)
        for each in element:
            if limit < 0:
                return limit
            limit = _collect_within(each, found, limit)
            if tail := each.tail:
                found.append(tail)
                limit -= _letters(tail)
    if not is_inline:
        found.append(" ")
    return limit


def _letters(text: str) -> int:
    """Return the number of characters that are no white space."""
    return sum(map(len, text.split()))


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = _joined(parent.text, tail)
        else:
            previous.tail = _joined(previous.tail, tail)
    parent.remove(element)


def _joined(text: str | None, tail: str) -> str:
    return f"{text or ''} {tail}"

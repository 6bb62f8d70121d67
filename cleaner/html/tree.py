"""Markup becomes one lxml tree, once. Everything that is read from a page is read from this tree.

libxml2 takes what browsers take: unclosed and misnested elements, fragments, XHTML, framesets. What would cost text is met
before, or the page is parsed again:

    characters that XML forbids    NULs, lone surrogates: taken out
    an encoding declaration        it was right once, before the text was decoded: taken off
    `</body>`, `</html>`           browsers go on behind them, libxml2 would not: taken out
    a comment, `<title>` or `<textarea>` that is never closed would swallow the rest: its beginning is taken out
    tags of 100,000 characters     their attributes are taken off
    nesting deeper than 256        libxml2 stops there: the page is flattened to that depth and parsed again
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from cleaner.errors import SourceError

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NO_CHARACTERS = "\ufffe".encode(), "\uffff".encode()
_END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s{0,9}>")
"""Both cases spelled out: a pattern without flags is looked for by its first characters, ten times as fast."""
_PROLOG = re.compile(r"[\s\ufeff]*<\?xml[^>]{0,200}>")
_LONG = re.compile(r"<([a-zA-Z][^\s/>]*)\s[^<>]{100000,}>")
"""A tag with a hundred thousand characters of attributes: libxml2 compares each with each."""
_LONG_CHARS = 100_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>")
_SWALLOWING = ("<!--", "-->"), ("<title", "</title"), ("<textarea", "</textarea")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
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
"""Elements that stand inside a word or a line: the text on both sides touches."""


def load(markup: str) -> HtmlElement:
    """Return the tree of a page or a fragment; its root is `html`. A page that says nothing has an empty body.

    Raise SourceError: `too_large`, or `malformed` where the parser gives up.

    >>> load("<p>One<p>Two").tag
    'html'
    """
    if len(markup) > MOST_CHARS:
        message = f"{len(markup):,} characters of markup are more than {MOST_CHARS:,}: no page is so large; split what it holds"
        raise SourceError(message, reason="too_large", stage="extract")
    text = _allowed(markup)
    prolog = _PROLOG.match(text)
    text = _END.sub("", text[prolog.end() :] if prolog else text)
    if len(max(text.split(">"), key=len)) > _LONG_CHARS:
        text = _LONG.sub(r"<\1>", text)
    lower = text.encode().lower()  # of bytes: ten times as fast, and tags are ASCII
    for start, end in _SWALLOWING:
        last = lower.rfind(start.encode())
        if last >= 0 and lower.find(end.encode(), last) < 0:
            text = _opened(text, start, end)
    root, is_cut = _parse(text)
    if is_cut:
        root, is_cut = _parse(flattened(text), huge=True)
    if is_cut:
        message = "the parser stopped before the end of the markup: an element or a text in it is too large"
        raise SourceError(message, reason="malformed", stage="extract")
    return root


def _allowed(markup: str) -> str:
    """Return markup without the characters that XML forbids. Nearly no page has any, which bytes tell fastest."""
    try:
        data = markup.encode()
    except UnicodeEncodeError:  # half a character
        return _FORBIDDEN.sub("", markup)
    is_clean = len(data.translate(None, _CONTROLS)) == len(data) and not any(each in data for each in _NO_CHARACTERS)
    return markup if is_clean else _FORBIDDEN.sub("", markup)


def _parse(text: str, *, huge: bool = False) -> tuple[HtmlElement, bool]:
    """Return a tree, and whether the parser met a limit of its own and left the rest out."""
    parser = HTMLParser(
        encoding=None, remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False, huge_tree=huge
    )
    parser.set_element_class_lookup(_PLAIN)
    try:
        root = document_fromstring(text if text.strip() else _NOTHING, parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but comments
        return document_fromstring(_NOTHING, ensure_head_body=True), False
    except (ValueError, AssertionError) as error:
        message = f"the markup cannot be parsed: {error}"
        raise SourceError(message, reason="malformed", stage="extract") from error
    return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _opened(text: str, start: str, end: str) -> str:
    """Return a text without the last beginning of something that never ends."""
    lower = text if start == "<!--" else text.lower()
    last = lower.rfind(start)
    if last < 0 or lower.find(end, last + len(start)) >= 0 or len(lower) != len(text):
        return text
    stop = last + len(start) if start == "<!--" else text.find(">", last) + 1
    return text[:last] + text[stop or len(text) :]


def flattened(markup: str, deepest: int = DEEPEST) -> str:
    """Return markup whose elements stand no deeper inside each other; deeper tags become line breaks, all text stays.

    >>> flattened("<div><div><div>a</div>b</div></div>", 2)
    '<div><div><br>a<br>b</div></div>'
    """
    depth = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2].lower() in _VOID:
            return found[0]
        if found[1]:
            depth = max(0, depth - 1)
            return found[0] if depth < deepest else "<br>"
        depth += 1
        return found[0] if depth <= deepest else "<br>"

    return _TAG.sub(keep, markup)


def text_of(element: HtmlElement) -> str:
    """Return what an element says on one line, scripts and styles left out.

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


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + " " + element.tail
        else:
            parent.text = (parent.text or "") + " " + element.tail
    parent.remove(element)

"""Recognise HTML that is called something else: pages saved as `.txt`, fragments in a text field of JSON.

In doubt the answer is no. A text that is taken for HTML loses what looks like a tag; HTML that is taken for text keeps
its tags, where every reader sees them.
"""

from __future__ import annotations

import codecs
import re

HEAD = 4_096
"""Characters within which a page begins: comments with licences and notes of the tool that saved it may come first."""
_TAIL = 200
_HEAD_BYTES, _TAIL_BYTES = 2 * HEAD, 2 * _TAIL
"""The same in bytes: UTF-16 has two for a character."""
LOOKED_AT = 100_000
"""Characters of a fragment that are examined."""
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BEFORE = re.compile(
    r"\ufeff?(?:\s+|<\?xml[^>]{0,200}>|<!--(?:[^-]|-(?!->)){0,3000}-->)*+"
)
_ROOT = re.compile(
    r"<!doctype\s+html[\s>]|<(?:html|head)(?:\s[^<>]{0,2000})?>\s*+(?:<|\Z)",
    re.IGNORECASE,
)
_LAST = re.compile(r"</html\s*>\s*\Z", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?:[\s/][^<>]{0,2000})?>")
_TOKEN = re.compile(r"<!--(?:[^-]|-(?!->)){0,300}-->|" + _TAG.pattern)
_WORD = re.compile(r"\w+")
_BLOCK_NAMES = (
    "address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_OTHER_NAMES = (
    "a abbr acronym audio b base bdi bdo big body br button canvas caption cite code col colgroup data datalist del dfn em "
    "embed font head hgroup hr html i iframe img input ins kbd label legend link map mark meta meter noscript object "
    "optgroup option output param picture progress q rp rt ruby s samp script search select small source span strike "
    "strong style sub sup svg path template textarea time title track tt u var video wbr"
)
_BLOCKS, _OTHERS = frozenset(_BLOCK_NAMES.split()), frozenset(_OTHER_NAMES.split())
_UNCLOSED = frozenset(
    {"p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot"}
)
"""Elements that HTML lets end without an end tag."""
_OUTSIDE, _CROSSED, _UNKNOWN = 0.1, 0.2, 0.1
"""Largest shares: of words outside any block, of end tags that close nothing, of tags that HTML does not have."""


def is_page(data: bytes | str) -> bool:
    r"""Tell whether a document is a whole page: it begins with `<!doctype html>`, or with `<html>` or `<head>` and another tag.

    White space, comments and an XML declaration may come first. Where another tag comes first, the text must end in `</html>`.

    >>> is_page(b"\n<!-- saved -->\n<!DOCTYPE html>\n<html>"), is_page("<html lang=en><body>")
    (True, True)
    >>> is_page("<html> is the root of a page."), is_page("<htmlx><p>"), is_page("")
    (False, False, False)
    """
    start, end = _ends(data)
    begin = _begin(start)
    if _ROOT.match(start, begin):
        return True
    if _TAG.match(start, begin) is None:
        return False
    return _LAST.search(end) is not None


def _begin(text: str) -> int:
    """Return the offset behind white space, comments and an XML declaration."""
    before = _BEFORE.match(text)
    return before.end() if before else 0


def _ends(data: bytes | str) -> tuple[str, str]:
    """Return the beginning and the end of a text. Bytes are UTF-16 after its byte order mark, else one letter a byte."""
    if isinstance(data, bytes):
        encoding = _WIDE.get(data[:2], "latin-1")
        start = data[:_HEAD_BYTES].decode(encoding, "replace")
        end = data[-_TAIL_BYTES:].decode(encoding, "replace")
        start = start.removeprefix("ï»¿")
    else:
        start = data[:HEAD]
        end = data[-_TAIL:]
    return start, end


def is_markup(text: str) -> bool:
    r"""Tell whether a text is HTML: a whole page, or a fragment made of block elements.

    A fragment begins with a tag, closes at least two blocks (or is one block from end to end), has hardly a word outside
    of blocks, hardly an end tag that fits no start tag, and hardly a tag that HTML does not have. So text that mentions
    tags is not HTML, nor is XML, nor text with a `<br>` in it.

    >>> is_markup("<p>One.</p>\n<p>Two <b>and</b> three.</p>"), is_markup("<div>One.<br>Two.</div>")
    (True, True)
    >>> is_markup("Write <p>One.</p> and <p>Two.</p> for two."), is_markup("I <3 it<br>a < b"), is_markup("<to>Ann</to>")
    (False, False, False)
    """
    if "</" not in text[:LOOKED_AT]:
        return is_page(text)
    return is_page(text) or _is_fragment(text[:LOOKED_AT])


def _is_fragment(text: str) -> bool:
    begin = _begin(text)
    if "<?xml" in text[:begin] or _TAG.match(text, begin) is None:
        return False
    tags = _Tags()
    end = begin
    for tag in _TOKEN.finditer(text, begin):
        tags.count(text[end : tag.start()])
        if tag[2]:
            tags.take(tag[2].lower(), closes=bool(tag[1]))
        end = tag.end()
    tags.count(text[end:])
    return tags.are_html


class _Tags:
    """What was seen in one fragment."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._all = 0
        self._unknown = 0
        self._closed = 0
        self._crossed = 0
        self._inside = 0
        self._outside = 0

    def count(self, text: str) -> None:
        """Count the words of a piece between two tags."""
        words = sum(1 for _ in _WORD.finditer(text))
        if self._open:
            self._inside += words
        else:
            self._outside += words

    def take(self, name: str, *, closes: bool) -> None:
        """Open or close an element."""
        self._all += 1
        if name not in _BLOCKS:
            if name not in _OTHERS:
                self._unknown += 1
        elif closes:
            self._close(name)
        else:
            self._open.append(name)

    def _close(self, name: str) -> None:
        """Close a block, and those in it that need no end tag."""
        blocks = self._open
        while blocks and blocks[-1] != name and blocks[-1] in _UNCLOSED:
            blocks.pop()
        if blocks and blocks[-1] == name:
            blocks.pop()
            self._closed += 1
        else:
            self._crossed += 1

    @property
    def are_html(self) -> bool:
        """Whether the tags and words are a fragment of HTML."""
        is_one_block = self._closed == 1 and not self._outside and self._inside > 0
        if self._closed < 2 and not is_one_block:  # noqa: PLR2004 - two blocks, or one
            return False
        words = self._inside + self._outside
        ends = self._closed + self._crossed
        return (
            self._outside <= _OUTSIDE * words
            and self._crossed <= _CROSSED * ends
            and self._unknown <= _UNKNOWN * self._all
        )

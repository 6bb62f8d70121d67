"""Markup becomes one lxml tree, once. Everything that is read from a page is read from this tree.

libxml2 takes what browsers take: unclosed and misnested elements, fragments, XHTML, framesets. What it cannot take is
met before: NULs and other characters that XML forbids, encoding declarations inside text that is decoded already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""End tags that browsers ignore: what follows them belongs to the page, and libxml2 would lose it."""
_PROLOG = re.compile(r"\s*<\?xml[^>]{0,200}>")
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "title", "iframe", "object", "math", "textarea", "select"}
)
"""Elements whose text no reader sees, or that are controls."""


def load(markup: str) -> HtmlElement:
    """Return the tree of a page or a fragment; its root is `html`. Raise SourceError (empty, malformed) where there is none.

    >>> load("<p>One<p>Two").tag
    'html'
    """
    text = _END.sub("", _FORBIDDEN.sub("", _PROLOG.sub("", markup, count=1)))
    if not text.strip():
        raise SourceError("no markup at all: the page is empty", reason="empty", stage="extract")
    try:
        return document_fromstring(text, parser=_parser(), ensure_head_body=True)
    except (etree.ParserError, ValueError, AssertionError) as error:
        message = f"the markup has no element or text that can be read ({error})"
        raise SourceError(message, reason="malformed", stage="extract") from error


def _parser() -> HTMLParser:
    """Return a parser for one page: comments and processing instructions say nothing to a reader."""
    return HTMLParser(encoding=None, remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False)


def text_of(element: HtmlElement) -> str:
    """Return what an element says on one line, scripts and styles left out.

    >>> text_of(load("<p>A <b>b</b><script>c</script> d"))
    'A b d'
    """
    return " ".join("".join(_strings(element)).split())


def _strings(element: HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "start":
            if each.tag in UNSEEN:
                walk.skip_subtree()
            else:
                yield each.text or ""
        elif each is not element:
            yield each.tail or ""


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

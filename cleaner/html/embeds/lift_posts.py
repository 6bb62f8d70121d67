"""Embedded posts and players leave the tree and become records.

Three kinds of finds are lifted one after the other: those whose markup names a post or a player; boxes that only look like a
post and hold a link to one; placeholders that wait for a reader's consent. With a widget go the wrappers that hold nothing
else. A quotation of the article, a link in a sentence and the text around a widget stay; so does what is longer than any
post, because an element that is not closed swallows the article.
"""

from __future__ import annotations

import dataclasses
import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml.html import Element

from cleaner.html.embeds import notices, post
from cleaner.html.embeds.find import (
    FRAMES,
    MEDIA,
    MEDIA_CHARS,
    NOTICE,
    PICTURES,
    STRONG,
    WEAK,
    Find,
    address_within,
    finds,
)
from cleaner.html.tree import drop
from cleaner.model import Embed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex

MAX_EMBEDS = 200
"""Widgets of one page that are looked at: a page with more is a wall of posts, or malformed."""
MAX_SIBLINGS = 12
"""A wrapper has no more children."""
MAX_INSIDE = 100
"""What stands beside a widget and belongs to it has no more elements."""
WEAK_CHARS = 300
"""A box that only looks like a post, and names no account, says no more."""
UNKNOWN = "unknown"
"""The platform of a placeholder that names none."""

_NETWORKS = frozenset({
    "twitter", "instagram", "facebook", "tiktok", "bluesky", "threads", "mastodon", "truth-social", "telegram", "vk", "reddit", "linkedin",
    "tumblr",
})  # fmt: skip
"""Platforms whose embeds are words that somebody wrote, not players and cards."""
_ROOMS = frozenset({"html", "body", "main", "article", "td", "tr", "table", "li"})
_PROSE = frozenset(
    {
        "p",
        "span",
        "strong",
        "small",
        "a",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
)
_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "br",
        "hr",
        "svg",
        "link",
        "button",
        "input",
    }
)
_PLAIN_TITLE = re.compile(
    r"player|embed|iframe|frame|widget|content|inhalt|video|youtube|vimeo|twitter|post\b|spotify|https?:",
    re.IGNORECASE,
)


def lift(
    page: ElementIndex, *, keep: bool = False, url: str | None = None
) -> tuple[Embed, ...]:
    """Take embedded posts and players out of a page's tree; return what they said, in the order of the page.

    With `keep` a post's own words stay as a quotation. `url` is the page's: addresses without a host are read from it.
    """
    lifted: dict[int, Embed] = {}
    found = sorted(islice(finds(page), MAX_EMBEDS))
    waiting = {find.element for find in found if find.kind != NOTICE}
    for find in found:
        if page.root not in find.element.iterancestors():
            continue  # it went with another
        waiting.discard(find.element)
        embed = _read(find, waiting)
        if embed is None:
            continue
        shell = _shell(find, waiting)
        words = (
            embed.text
            if keep and embed.platform in _NETWORKS and find.element.tag not in FRAMES
            else None
        )
        embed = _captioned(embed, shell, find.element)
        _take(shell, words)
        lifted[find.place] = embed
    if lifted or any(find.element.tag in MEDIA for find in found):
        page.renew() if keep else page.forget()
    return _once([lifted[place] for place in sorted(lifted)], url)


def _once(embeds: list[Embed], url: str | None) -> tuple[Embed, ...]:
    """Return each post and player once: pages print them a second time for readers without scripts."""
    known: dict[object, Embed] = {}
    for place, embed in enumerate(embeds):
        key = embed.url or place
        if key not in known or known[key].text is None:
            known[key] = dataclasses.replace(embed, url=_absolute(embed.url, url))
    return tuple(known.values())


def _absolute(address: str | None, url: str | None) -> str | None:
    try:
        return urljoin(url, address) if url and address else address
    except ValueError:  # one of the two is no address
        return address


def _read(find: Find, waiting: set[HtmlElement]) -> Embed | None:
    """Return what a find says, None where it is no widget after all."""
    if find.kind == NOTICE:
        return _read_notice(find, waiting)
    embed = post.read_post(find.element, find.platform or UNKNOWN, find.address)
    if embed is None or (find.kind == STRONG and not (embed.url or embed.text)):
        return None
    if (
        find.kind == WEAK
        and len(embed.text or "") > WEAK_CHARS
        and not embed.author
        and "@" not in (embed.text or "")
    ):
        return None
    if find.element.tag in FRAMES or ("-" in find.element.tag and embed.text is None):
        title = " ".join((find.element.get("title") or "").split())
        return dataclasses.replace(
            embed,
            text=title if " " in title and not _PLAIN_TITLE.search(title) else None,
        )
    return embed


def _read_notice(find: Find, waiting: set[HtmlElement]) -> Embed | None:
    """Return what the placeholder says that begins with an element; a player's own words are no embed's but go as well."""
    element = find.element
    if element.tag in MEDIA:
        if (lines := post.lines_of(element, MEDIA_CHARS)) is not None and lines:
            _empty(element)
        return None
    lines = post.lines_of(element, notices.BOX_CHARS)
    if not lines or not notices.begins_a_notice(" ".join(lines)):
        return None
    box = _shell(find, waiting)
    if box.tag in _PROSE and not notices.stands_alone(" ".join(lines)):
        return None  # a sentence among sentences may be the article's; rules for text know more of it
    address = address_within(box)
    marks = " ".join(
        filter(
            None, (box.get("class"), box.get("data-platform"), box.get("data-provider"))
        )
    )
    text = " ".join(post.lines_of(box, notices.BOX_CHARS) or ())
    platform = (
        address.platform if address else notices.platform_named(f"{marks} {text}")
    )
    return Embed(platform=platform or UNKNOWN, url=address.url if address else None)


def _empty(element: HtmlElement) -> None:
    tail = element.tail
    for child in element:
        element.remove(child)
    element.text, element.tail = None, tail


def _shell(find: Find, waiting: set[HtmlElement]) -> HtmlElement:
    """Return the outermost element that holds nothing but this find and what belongs to its widget."""
    element = find.element
    while (
        (parent := element.getparent()) is not None
        and parent.tag not in _ROOMS
        and len(parent) <= MAX_SIBLINGS
    ):
        if (parent.text or "").strip() or any(
            (child.tail or "").strip() for child in parent
        ):
            break
        if not all(
            child is element
            or _belongs(child, parent, waiting, in_box=find.kind == NOTICE)
            for child in parent
        ):
            break
        if find.kind == NOTICE and post.lines_of(parent, notices.BOX_CHARS) is None:
            break
        element = parent
    return element


def _belongs(
    sibling: HtmlElement,
    parent: HtmlElement,
    waiting: set[HtmlElement],
    *,
    in_box: bool,
) -> bool:
    """Tell whether an element beside a widget is part of it: silent, empty, its caption, or about consent."""
    if sibling in waiting:
        return False
    if sibling.tag in _SILENT or (
        sibling.tag == "figcaption" and parent.tag == "figure"
    ):
        return True
    inside = list(islice(sibling.iter("*"), MAX_INSIDE + 1))
    if len(inside) > MAX_INSIDE or any(
        each.tag in PICTURES or each in waiting for each in inside
    ):
        return False
    lines = post.lines_of(sibling, notices.BOX_CHARS)
    return lines is not None and (not lines or notices.is_part(lines, in_box=in_box))


def _captioned(embed: Embed, shell: HtmlElement, element: HtmlElement) -> Embed:
    """Return a player's record with the caption that stands under it, where it has no words of its own."""
    if embed.text is not None or shell is element:
        return embed
    caption = next(shell.iter("figcaption"), None)
    lines = post.lines_of(caption, notices.BOX_CHARS) if caption is not None else None
    return dataclasses.replace(embed, text="\n".join(lines)) if lines else embed


def _take(shell: HtmlElement, words: str | None) -> None:
    """Take a widget out of its tree, or leave its words as a quotation."""
    parent = shell.getparent()
    if words and parent is not None:
        quotation = Element("blockquote")
        for line in words.split("\n"):
            paragraph = Element("p")
            paragraph.text = line
            quotation.append(paragraph)
        parent.insert(parent.index(shell), quotation)
    drop(shell)

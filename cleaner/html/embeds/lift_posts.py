"""Lift embedded posts and players out of the tree into records.

Three kinds of finds are lifted one after the other: those whose markup names a post or a player; boxes that only look like a
post and hold a link to one; notices that ask for a reader's consent. With a widget go the wrappers that hold nothing
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
"""An element next to a widget that belongs to it holds no more elements."""
WEAK_CHARS = 300
"""A box that only looks like a post, and names no account, has no more text."""
UNKNOWN = "unknown"
"""The platform of a placeholder that names none."""

_NETWORKS = frozenset({
    "twitter", "instagram", "facebook", "tiktok", "bluesky", "threads", "mastodon", "truth-social", "telegram", "vk", "reddit", "linkedin",
    "tumblr",
})  # fmt: skip
"""Platforms whose embeds are posts of words, not players and cards."""
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
    """Take embedded posts and players out of a page's tree; return their records in the order of the page.

    With `keep` a post's own words stay as a quotation. `url` is the page's, the base of addresses without a host.
    """
    found = sorted(islice(finds(page), MAX_EMBEDS))
    waiting = {find.element for find in found if find.kind != NOTICE}
    lifted: dict[int, Embed] = {}
    for find in found:
        if page.root not in find.element.iterancestors():
            continue  # it went with another
        waiting.discard(find.element)
        embed = _read(find, waiting)
        if embed is None:
            continue
        shell = _shell(find, waiting)
        lifted[find.place] = _captioned(embed, shell, find.element)
        _take(shell, _own_words(find, embed) if keep else None)
    if lifted or any(find.element.tag in MEDIA for find in found):
        if keep:
            page.renew()
        else:
            page.forget()
    return _once([lifted[place] for place in sorted(lifted)], url)


def _own_words(find: Find, embed: Embed) -> str | None:
    """Return the words of a post, None for players and cards."""
    if embed.platform not in _NETWORKS or find.element.tag in FRAMES:
        return None
    return embed.text


def _once(embeds: list[Embed], url: str | None) -> tuple[Embed, ...]:
    """Return each post and player once: pages print them a second time for readers without scripts."""
    known: dict[object, Embed] = {}
    for number, embed in enumerate(embeds):
        key = embed.url or number
        is_new = key not in known or known[key].text is None
        if is_new:
            address = _absolute(embed.url, url)
            known[key] = dataclasses.replace(embed, url=address)
    return tuple(known.values())


def _absolute(address: str | None, url: str | None) -> str | None:
    if not url or not address:
        return address
    try:
        return urljoin(url, address)
    except ValueError:  # one of the two is no address
        return address


def _read(find: Find, waiting: set[HtmlElement]) -> Embed | None:
    """Return the record of a find, None where it is no widget after all."""
    if find.kind == NOTICE:
        return _read_notice(find, waiting)
    embed = post.read_post(find.element, find.platform or UNKNOWN, find.address)
    if embed is None:
        return None
    if find.kind == STRONG and not (embed.url or embed.text):
        return None
    if find.kind == WEAK and _is_too_long(embed):
        return None
    is_custom = "-" in find.element.tag and embed.text is None
    if find.element.tag in FRAMES or is_custom:
        return dataclasses.replace(embed, text=_title(find.element))
    return embed


def _is_too_long(embed: Embed) -> bool:
    """Tell whether what only looks like a post has too many words to be one, and names no account."""
    text = embed.text or ""
    return len(text) > WEAK_CHARS and not embed.author and "@" not in text


def _title(frame: HtmlElement) -> str | None:
    """Return the title of a frame where it is more than the name of a player."""
    title = " ".join((frame.get("title") or "").split())
    if " " not in title or _PLAIN_TITLE.search(title):
        return None
    return title


def _read_notice(find: Find, waiting: set[HtmlElement]) -> Embed | None:
    """Return the record of an embed that waits for consent. A player's own text is no record but goes as well."""
    element = find.element
    if element.tag in MEDIA:
        if post.lines_of(element, MEDIA_CHARS):
            _empty(element)
        return None
    lines = post.lines_of(element, notices.BOX_CHARS)
    if not lines:
        return None
    text = " ".join(lines)
    if not notices.begins_a_notice(text):
        return None
    box = _shell(find, waiting)
    if box.tag in _PROSE and not notices.stands_alone(text):
        return None  # a sentence among sentences may be the article's; rules for text know more of it
    address = address_within(box)
    if address:
        return Embed(platform=address.platform, url=address.url)
    return Embed(platform=_named_platform(box) or UNKNOWN)


def _named_platform(box: HtmlElement) -> str | None:
    """Return the platform that a box names, in its attributes or its text."""
    words = [box.get(name) for name in ("class", "data-platform", "data-provider")]
    marks = " ".join(filter(None, words))
    text = " ".join(post.lines_of(box, notices.BOX_CHARS) or ())
    return notices.platform_named(f"{marks} {text}")


def _empty(element: HtmlElement) -> None:
    """Take out all that an element holds."""
    tail = element.tail
    for child in element:
        element.remove(child)
    element.text = None
    element.tail = tail


def _shell(find: Find, waiting: set[HtmlElement]) -> HtmlElement:
    """Return the outermost element that holds nothing but this find and what belongs to its widget."""
    element = find.element
    while True:
        parent = element.getparent()
        if parent is None or parent.tag in _ROOMS or len(parent) > MAX_SIBLINGS:
            return element
        if not _holds_only(parent, element, find, waiting):
            return element
        element = parent


def _holds_only(
    parent: HtmlElement, element: HtmlElement, find: Find, waiting: set[HtmlElement]
) -> bool:
    """Tell whether an element holds nothing but one of its children and what belongs to its widget."""
    if (parent.text or "").strip():
        return False
    if any((child.tail or "").strip() for child in parent):
        return False
    is_notice = find.kind == NOTICE
    for child in parent:
        if child is element:
            continue
        if not _belongs(child, parent, waiting, in_box=is_notice):
            return False
    return not is_notice or post.lines_of(parent, notices.BOX_CHARS) is not None


def _belongs(
    sibling: HtmlElement,
    parent: HtmlElement,
    waiting: set[HtmlElement],
    *,
    in_box: bool,
) -> bool:
    """Tell whether an element next to a widget is part of it: without text, its caption, or about consent."""
    if sibling in waiting:
        return False
    is_caption = sibling.tag == "figcaption" and parent.tag == "figure"
    if is_caption or sibling.tag in _SILENT:
        return True
    if not _is_small(sibling, waiting):
        return False
    lines = post.lines_of(sibling, notices.BOX_CHARS)
    if lines is None:
        return False
    return not lines or notices.is_part(lines, in_box=in_box)


def _is_small(element: HtmlElement, waiting: set[HtmlElement]) -> bool:
    """Tell whether an element holds few others, no picture and no other find."""
    inside = list(islice(element.iter("*"), MAX_INSIDE + 1))
    if len(inside) > MAX_INSIDE:
        return False
    if not waiting.isdisjoint(inside):
        return False
    return all(each.tag not in PICTURES for each in inside)


def _captioned(embed: Embed, shell: HtmlElement, element: HtmlElement) -> Embed:
    """Return a player's record with the caption under it, where it has no words of its own."""
    if embed.text is not None or shell is element:
        return embed
    caption = next(shell.iter("figcaption"), None)
    if caption is None:
        return embed
    lines = post.lines_of(caption, notices.BOX_CHARS)
    if not lines:
        return embed
    return dataclasses.replace(embed, text="\n".join(lines))


def _take(shell: HtmlElement, words: str | None) -> None:
    """Take a widget out of its tree, or leave its words as a quotation."""
    parent = shell.getparent()
    if words and parent is not None:
        place = parent.index(shell)
        parent.insert(place, _quotation_of(words))
    drop(shell)


def _quotation_of(words: str) -> HtmlElement:
    quotation = Element("blockquote")
    for line in words.split("\n"):
        paragraph = Element("p")
        paragraph.text = line
        quotation.append(paragraph)
    return quotation

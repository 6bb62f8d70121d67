"""Read the markup of a post: its words, its author, and its day.

A post is printed as lines: its own words, then a signature. `— Name (@handle) March 3, 2024` is the form of X and
Bluesky; Instagram and Facebook sign with a sentence in the reader's language, Reddit and TikTok with links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from cleaner import dates
from cleaner.html.tree import UNSEEN
from cleaner.model import Embed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from cleaner.html.embeds.platforms import Address

POST_CHARS = 4_000
"""No embedded post shows more, spaces of the markup not counted. What is longer is not one post: an element that is never closed has swallowed the article."""
MAX_PIECES = 2_000
"""No post has more pieces of markup."""
SNOWFLAKE_EPOCH = 1_288_834_974_657
"""X numbers posts by the time: milliseconds since this one (4 November 2010), shifted by 22 bits."""

_BLOCKS = frozenset({"p", "div", "br", "section", "li", "ul", "ol", "blockquote", "header", "footer", "h1", "h2", "h3", "h4",
                     "figcaption", "article", "tr", "table", "hr"})  # fmt: skip
_DASHED = re.compile(
    r"(?:^|\s)[—–―]\s*(?P<author>[^\n—–―]{0,120}?)\s*\(\s*@(?P<handle>[\w.@-]{1,80})\s*\)(?P<rest>[^\n]{0,90})$|"
    r"^-{1,2}\s*(?P<author2>[^\n—–―]{0,120}?)\s*\(\s*@(?P<handle2>[\w.@-]{1,80})\s*\)(?P<rest2>[^\n]{0,90})$"
)
_SHARED = re.compile(
    r"^(?P<author>[^\n]{0,160}?)\s*\(\s*@(?P<handle>[\w.]{1,60})\s*\)(?P<rest>[^\n]{0,120})$"
)
_SHARED_BY = re.compile(
    r"^(?:[^\n]{0,60}?\b(?:shared|posted|geteilt|gepostet|partagée?|publiée?|compartida|publicada|publicado|condiviso|pubblicato|"
    r"compartilhada|partilhada|gedeeld|geplaatst|udostępnion[ya]|delat|delt|jaettu|jakama|sdílen[ýé]|megosztott|paylaştığı)"
    r"(?: (?:by|von|par|por|da|de|di|door|przez|av|af))?|Публикация от|Допис, поширений|Beitrag von|Post di|Post by|"
    r"Publication de|Publicación de|Publicação de)\s+",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"^(?:posted by|gepostet von|veröffentlicht von|publiée? par|publicad[oa] por|pubblicat[oa] da|geplaatst door|"
    r"opublikowan[ya] przez|publicerat av|slået op af|опубликовано)\s+(?P<author>.{1,80}?)\s+(?:on|am|le|em|el|il|op|su|den)\b",
    re.IGNORECASE,
)
_REDDIT = re.compile(
    r"^by\s*u/(?P<handle>[\w-]{1,40})\s*in\s*r?/?\w{1,40}\b", re.IGNORECASE
)
_INVITES = re.compile(
    r"[^\n.]{0,60}\b(?:on|auf|sur|en|em|su|op|na|på|в|у|i)\s?(?:Instagram|Facebook|Threads|Mastodon|TikTok|Bluesky|Twitter|X)\.?"
    r"(?: an| ansehen| anzeigen| anschauen| bekijken| megtekintése| görüntüle)?|"
    r"♬.*|\[image or embed\]|(?:Instagram|Facebook|Twitter|TikTok|Bluesky|Threads)|Instagram.{0,40}投稿.{0,20}",
    re.IGNORECASE,
)  # fmt: skip
_CUT = re.compile(
    r"(?:…|\.\.\.)(?:\s?(?:https?://t\.co|pic\.(?:twitter|x)\.com)/\w{1,20}){0,3}$"
)
_STATUS = re.compile(r"(?:twitter|x)\.com/.{0,60}status(?:es)?/(?P<id>\d{16,20})")


_SIGNATURE_LINES, _SIGNATURE_CHARS = 3, 320
"""Last lines among which a signature is, and the characters at the end of a line that it has at most."""
_DAY_CHARS = 90
"""No line with a post's day is longer."""


class Signed(NamedTuple):
    """A post in parts."""

    lines: tuple[str, ...]
    author: str | None = None
    handle: str | None = None
    day: str | None = None


def lines_of(element: HtmlElement, limit: int = POST_CHARS) -> tuple[str, ...] | None:
    """Return the lines that a reader sees in an element, None where they are more than a post's or a box's."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        tag = each.tag
        ends_a_line = tag in _BLOCKS
        if event == "start":
            if tag in UNSEEN:
                walk.skip_subtree()
                continue
            text = each.text
        elif each is element:
            break
        else:
            text = each.tail
            ends_a_line = ends_a_line and tag != "br"
        if ends_a_line:
            pieces.append("\n")
            limit -= 1
        piece = _flat(text)
        pieces.append(piece)
        limit -= len(piece)
        if limit < 0 or len(pieces) > MAX_PIECES + 1:
            return None
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return tuple(filter(None, lines))


def _flat(text: str | None) -> str:
    """Return a text with one space for all white space, at its edges too."""
    if not text:
        return ""
    return " ".join(f"|{text}|".split())[1:-1]


def read_post(
    element: HtmlElement, platform: str, address: Address | None
) -> Embed | None:
    """Return the record of a post, None where its markup holds more than a post does."""
    lines = lines_of(element)
    if lines is None:
        return None
    signed = sign(lines)
    words = [line for line in signed.lines if not _is_around_a_post(line)]
    text = "\n".join(words) or None
    url = None
    handle = signed.handle
    day = signed.day or _day_in(element)
    if address:
        url = address.url
        handle = handle or address.handle
        day = day or _day_of_number(url)
    return Embed(
        platform=platform,
        author=signed.author,
        handle=handle or None,
        date=day,
        text=text,
        url=url,
        truncated=text is not None and _CUT.search(text[-200:]) is not None,
    )


def _is_around_a_post(line: str) -> bool:
    """Tell whether a line is an invitation to the platform or an address, and none of the post's words."""
    return _INVITES.fullmatch(line) is not None or _is_bare_address(line)


def sign(lines: Sequence[str]) -> Signed:
    """Return a post's own words apart from its signature, which is one of the last lines.

    >>> sign(("Snow in June.", "— Ada Example (@ada_example) June 3, 2024"))
    Signed(lines=('Snow in June.',), author='Ada Example', handle='ada_example', day='2024-06-03')
    >>> sign(("Snow.", "A post shared by Ada Example (@ada.example)")).author
    'Ada Example'
    """
    first = max(0, len(lines) - _SIGNATURE_LINES)
    for number in range(len(lines) - 1, first - 1, -1):
        line = lines[number]
        kept = tuple(lines[:number])
        rest = tuple(lines[number + 1 :])
        signed = _dashed(line, kept, rest) or _shared(line, kept, rest)
        if signed:
            return signed
    return Signed(tuple(lines))


def _dashed(line: str, kept: tuple[str, ...], rest: tuple[str, ...]) -> Signed | None:
    """Return a post that is signed after a dash."""
    head, tail = line[:-_SIGNATURE_CHARS], line[-_SIGNATURE_CHARS:]
    found = _DASHED.search(tail)
    if not found:
        return None
    form = "" if found["handle"] else "2"
    before = (head + tail[: found.start()]).strip()
    if before:
        kept = (*kept, before)
    return Signed(
        lines=kept,
        author=found["author" + form] or None,
        handle=found["handle" + form],
        day=dates.parse_date(found["rest" + form]) or _day_among(rest),
    )


def _shared(line: str, kept: tuple[str, ...], rest: tuple[str, ...]) -> Signed | None:
    """Return a post that a sentence or a link signs."""
    if found := _REDDIT.match(line):
        return Signed(kept, None, found["handle"], _day_among(rest))
    if found := _POSTED.match(line):
        day = dates.parse_date(line[found.end("author") :])
        return Signed(kept, found["author"], None, day)
    found = _SHARED.match(line)
    if found is None:
        return None
    author, count = _SHARED_BY.subn("", found["author"], count=1)
    after = found["rest"]
    day = dates.parse_date(after) or _day_among(rest)
    is_signed = count or day or not after.strip()
    if not is_signed:
        return None
    return Signed(kept, author.strip() or None, found["handle"], day)


def _day_among(lines: Sequence[str]) -> str | None:
    for line in lines:
        if len(line) > _DAY_CHARS:
            continue
        day = dates.parse_date(line)
        if day:
            return day
    return None


def _day_in(element: HtmlElement) -> str | None:
    """Return the day that a post's <time> gives."""
    for each in element.iter("time"):
        moment = each.get("datetime") or ""
        day = dates.parse_date(moment[:10])
        if day:
            return day
    return None


def _day_of_number(url: str) -> str | None:
    """Return the day on which X gave a post its number.

    >>> _day_of_number("https://x.com/ada_example/status/1720918522082078752")
    '2023-11-04'
    """
    from datetime import UTC, datetime  # noqa: PLC0415 - arithmetic on a number, no clock

    found = _STATUS.search(url)
    if found is None:
        return None
    milliseconds = (int(found["id"]) >> 22) + SNOWFLAKE_EPOCH
    moment = datetime.fromtimestamp(milliseconds / 1_000, UTC)
    return moment.date().isoformat()


def _is_bare_address(line: str) -> bool:
    return " " not in line and line.startswith(("http://", "https://"))

"""What a post's markup says: its words, who wrote them, and on which day.

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
        if event == "start":
            if tag in UNSEEN:
                walk.skip_subtree()
                continue
            text, ends_a_line = each.text, tag in _BLOCKS
        elif each is element:
            break
        else:
            text, ends_a_line = each.tail, tag in _BLOCKS and tag != "br"
        if ends_a_line:
            pieces.append("\n")
            limit -= 1
        pieces.append(piece := _flat(text))
        limit -= len(piece)
        if limit < 0 or len(pieces) > MAX_PIECES + 1:
            return None
    return tuple(
        line
        for line in (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        if line
    )


def _flat(text: str | None) -> str:
    return " ".join(f"|{text}|".split())[1:-1] if text else ""


def read_post(
    element: HtmlElement, platform: str, address: Address | None
) -> Embed | None:
    """Return what the markup of a post says, None where it says more than a post does."""
    lines = lines_of(element)
    if lines is None:
        return None
    signed = sign(lines)
    words = tuple(
        line
        for line in signed.lines
        if not _INVITES.fullmatch(line) and not _is_bare_address(line)
    )
    text = "\n".join(words) or None
    return Embed(
        platform=platform,
        author=signed.author,
        handle=signed.handle or (address.handle if address else None),
        date=signed.day
        or _day_in(element)
        or (_day_of_number(address.url) if address else None),
        text=text,
        url=address.url if address else None,
        truncated=text is not None and _CUT.search(text[-200:]) is not None,
    )


def sign(lines: Sequence[str]) -> Signed:
    """Return a post's own words apart from its signature, which is one of the last lines.

    >>> sign(("Snow in June.", "— Ada Example (@ada_example) June 3, 2024"))
    Signed(lines=('Snow in June.',), author='Ada Example', handle='ada_example', day='2024-06-03')
    >>> sign(("Snow.", "A post shared by Ada Example (@ada.example)")).author
    'Ada Example'
    """
    for place in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
        line, kept = lines[place], tuple(lines[:place])
        rest = tuple(lines[place + 1 :])
        head, tail = line[:-320], line[-320:]
        if found := _DASHED.search(tail):
            groups = {
                name.removesuffix("2"): value
                for name, value in found.groupdict().items()
                if value is not None
            }
            before = (head + tail[: found.start()]).strip()
            day = dates.parse_date(groups.get("rest", "")) or _day_among(rest)
            return Signed(
                (*kept, *((before,) if before else ())),
                groups["author"] or None,
                groups["handle"],
                day,
            )
        if signed := _shared(line, kept, rest):
            return signed
    return Signed(tuple(lines))


def _shared(line: str, kept: tuple[str, ...], rest: tuple[str, ...]) -> Signed | None:
    """Return a post that a sentence or a link signs."""
    if found := _REDDIT.match(line):
        return Signed(kept, None, found["handle"], _day_among(rest))
    if found := _POSTED.match(line):
        return Signed(
            kept, found["author"], None, dates.parse_date(line[found.end("author") :])
        )
    found = _SHARED.match(line)
    if found is None:
        return None
    author, count = _SHARED_BY.subn("", found["author"], count=1)
    day = dates.parse_date(found["rest"]) or _day_among(rest)
    if not count and not day and found["rest"].strip():
        return None
    return Signed(kept, author.strip() or None, found["handle"], day)


def _day_among(lines: Sequence[str]) -> str | None:
    return next(
        (day for line in lines if len(line) <= 90 and (day := dates.parse_date(line))),  # noqa: PLR2004
        None,
    )


def _day_in(element: HtmlElement) -> str | None:
    """Return the day that a post's <time> gives."""
    for each in element.iter("time"):
        day = dates.parse_date((each.get("datetime") or "")[:10])
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
    seconds = ((int(found["id"]) >> 22) + SNOWFLAKE_EPOCH) / 1_000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _is_bare_address(line: str) -> bool:
    return " " not in line and line.startswith(("http://", "https://"))

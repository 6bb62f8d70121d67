"""What a line of a social media post weighs, and what tells it from a line of the article around it.

Weights follow the platform's published counting (twitter-text v3): code points in four light ranges count 1, all
others 2, an address 23, an emoji 2 however many code points it has; attached media and a quoted post at the end are
free. Measured on 84 real posts with known starts: the heaviest weighs exactly 280.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cleaner import shapes

URL_WEIGHT = 23

_MEDIA = re.compile(r"(?:https?://)?pic\.(?:twitter|x)\.com/\w+")
_QUOTED_POST = re.compile(r"\s*https?://t\.co/\w+\s*$")
_URL = re.compile(r"https?://\S+|\bt\.co/\w+")
_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
    "(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?)*)"
)
_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")

_POST_MARK = re.compile(
    r"(?<![\w.])@\w{2,30}\b|(?<!\w)#[^\W\d]\w+|\bt\.co/|pic\.(?:twitter|x)\.com/|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_QUOTATION = re.compile(r"“[^”]*”?|\"[^\"]*\"?|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|«[^»]*»?|„[^“”]*[“”]?")
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells|added|adds|wrote|writes|explained|insisted|claimed|argued|according to|announced|replied|"
    r"asked|warned|stated|quipped|wondered|joked|mocked|pointed|observed|suggested|urged|lamented|praised|criticised|criticized|confirmed|reported|responded|described|commented|continued|noted|revealed|sagte|schrieb|erklärte|"
    r"teilte|a déclaré|a écrit|a dit|selon|dijo|afirmó|escribió|según|ha detto|ha scritto|secondo|disse|afirmou|segundo|"
    r"zei|schreef|powiedział|napisał|sade|skrev|sier|sa|sagde)\b|\b(?:Mr|Mrs|Ms|Sir|Dame|Lord)\.? [A-Z]",
)
_POSTING = re.compile(
    r"\b(?:tweet(?:ed|s|ing)?|post(?:ed|s|ing)?|shar(?:ed|es|ing)|wrote|writes|written|writing|captioned|messaged?|said|says|"
    r"added|replied|responded|saying|see|watch|look|here'?s|here is|below|read|announced|statement|twitter|instagram|facebook|"
    r"account|social media|caption|video|x|promis(?:ed|es)|apologi[sz](?:ed|es)|explain(?:ed|s)|comment(?:ed|s)|react(?:ed|s)|responds|"
    r"warn(?:ed|s)|insist(?:ed|s)|not(?:ed|es)|told|tells|asked|asks|sagt|sagte|erklärte|reagierte|dit|déclaré|réagi|dijo|reaccionó|detto|disse|schrieb|twitterte|postete|teilte|tuit(?:eó|ó)|escribió|public(?:ó|ou)|écrit|tweeté|"
    r"scritto|scrive|twittato|escreveu|schreef|napisał|skrev)\b",
    re.IGNORECASE,
)
_ABOUT_POSTS = re.compile(
    r"\b(?:tweeted|tweets?|twitter|twitterte|tuiteó|tuit|retweeted|posted|(?:on|to|auf|en|sur|su|no|på) (?:X|Instagram|Facebook|"
    r"TikTok|Bluesky|Truth Social|social media)|(?:one|another|other|some|many) (?:users?|fans?|followers?|people))\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I'm|I’m|I've|I’ve|my|me|we|our|us|We|My|Our|[Ii]ch|[Ww]ir|uns|[Uu]nser\w*|[Mm]ein\w*|[Jj]e|[Jj]['’]\w+|[Nn]ous|"
    r"[Nn]otre|[Nn]os|[Yy]o|[Nn]uestr[oa]s?|[Nn]oi|[Nn]ostr[aeio]|[Nn]ós|[Nn]oss[oa]s?)\b"
)
_ARTICLES = frozenset(("The", "El", "La", "Le", "Les", "Los", "Der", "Die", "Das", "Il", "Lo"))
_WEEKDAY = re.compile(r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def weight(text: str) -> int:
    """Return the weight of a post's text.

    >>> weight("Hello, world!"), weight("…"), weight("see https://example.org/a/b"), weight("日本")
    (13, 2, 27, 4)
    """
    bare = _QUOTED_POST.sub("", _MEDIA.sub("", text)).strip()
    addresses = _URL.findall(bare)
    bare = _URL.sub("", bare)
    emoji = _EMOJI.findall(bare)
    bare = _EMOJI.sub("", bare)
    return URL_WEIGHT * len(addresses) + 2 * len(emoji) + 2 * len(bare) - len(_LIGHT.findall(bare))


def is_lead_in(text: str) -> bool:
    """Tell whether a line of the article announces a post: it ends in a colon and speaks of posting or showing.

    >>> is_lead_in("The minister wrote on X:"), is_lead_in("Senate resolves to:")
    (True, False)
    """
    bare = text.rstrip()
    return bare.endswith((":", "：")) and _POSTING.search(bare[-160:]) is not None


def without_quotations(text: str) -> str:
    """Return a text without what stands in quotation marks."""
    return _QUOTATION.sub(" ", text)


@dataclass(frozen=True)
class Voice:
    """How the article around a post speaks: what its lines have in common that the post's may not have."""

    lines: tuple[str, ...]

    @cached_property
    def quote_style(self) -> str:
        """Return `double` or `single` where the article prefers one kind of quotation mark, else ``."""
        text = "\n".join(self.lines)
        double = text.count('"') + text.count("“")
        single = len(re.findall(r"(?<!\w)['‘](?=\w)", text))
        if double >= 2 * single + 2:
            return "double"
        return "single" if single >= 2 * double + 2 else ""

    @cached_property
    def first_person(self) -> bool:
        """Tell whether the article itself says I or we."""
        return any(_FIRST_PERSON.search(without_quotations(line)) for line in self.lines)


@dataclass(frozen=True)
class Reasons:
    """Signed reasons for a line to belong to the post (positive) or to the article (negative)."""

    named: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """Return the sum."""
        return sum(value for _, value in self.named)

    @property
    def marked(self) -> bool:
        """Tell whether the line bears a mark that only posts have: a mention, a tag, an emoji."""
        return any(name == "mark" for name, _ in self.named)


def reasons(line: str, voice: Voice, author: str | None) -> Reasons:
    """Weigh a line. The weights are few and round; see the decision record on flattened posts for what they cost."""
    outside = without_quotations(line)
    named: list[tuple[str, float]] = []
    if _POST_MARK.search(outside):
        named.append(("mark", 3.0))
    if not shapes.ends_like_sentence(line):
        named.append(("no final stop", 1.5))
    named += _of_quotes(line, voice)
    if _FIRST_PERSON.search(outside) and not voice.first_person:
        named.append(("first person", 2.0))
    if _REPORTING.search(outside):
        named.append(("reporting verb or title", -2.5))
    if _ABOUT_POSTS.search(outside) and not _POST_MARK.search(outside):
        named.append(("speaks of posts", -2.0))
    if author and _names(author, outside):
        named.append(("names the author", -2.5))
    if _WEEKDAY.search(outside):
        named.append(("weekday", -1.2))
    return Reasons(tuple(named))


def _of_quotes(line: str, voice: Voice) -> list[tuple[str, float]]:
    double, single = '"' in line or "“" in line, re.search(r"(?<!\w)['‘](?=\w)", line) is not None
    if voice.quote_style and double != single:
        same = (voice.quote_style == "double") == double
        if not same:
            return [("other quotation marks", 1.5)]
        if line.lstrip()[:1] in "\"“'‘":
            return [("opens with the article's quotation mark", -2.0)]
    return []


def _names(author: str, text: str) -> bool:
    """Tell whether a text names a person by the surname; accounts of organisations have none."""
    parts = [part for part in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", author) if part[0].isupper()]
    if not 2 <= len(parts) <= 4 or parts[0] in _ARTICLES:  # noqa: PLR2004 - a person has two to four names
        return False
    return re.search(rf"(?<![@#\w]){re.escape(parts[-1])}\b", text) is not None

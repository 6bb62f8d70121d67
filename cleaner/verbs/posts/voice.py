"""What tells a line of a post from a line of the article around it.

The signs are few and their weights round. Those that hold in every language come first: marks that only posts have, how
a line begins and ends, how long the article's own sentences are, whether the article knows the line's words. Where
nothing speaks for the post, a sentence is the article's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from cleaner.features import line_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = "mark"
PLAIN = "plain sentence"

VOCABULARY = 150
"""An article of fewer different words cannot tell whether a word is foreign to it."""
FOREIGN_WORDS = 6
KNOWN_SHARE = 0.1
SENTENCES = 4
"""An article of fewer sentence-like lines has no length that is usual for it."""
SHORT_SHARE = 0.45
LINKING_CHARS = 80
"""A line much shorter than the article's paragraphs is a post's nine times of ten, unless it is so short that it may link
the post to the paragraph above. Counted on 61 real posts, and on the same posts put under lines of 700 articles."""

QUOTED_WORDS = 4

_POST_MARK = re.compile(
    r"(?<![\w.])@\w{2,30}\b|(?<!\w)#[^\W\d]\w+|\bt\.co/|pic\.(?:twitter|x)\.com/|\[image or embed\]|"
    r"[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_QUOTATION = re.compile(
    r"“[^”]*”?|\"[^\"]*\"?|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|«[^»]*»?|„[^“”]*[“”]?|「[^」]*」?"
)
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells|added|adds|wrote|writes|explained|insisted|claimed|argued|according to|announced|replied|"
    r"asked|warned|stated|quipped|wondered|joked|mocked|pointed|observed|suggested|urged|lamented|praised|criticised|"
    r"criticized|confirmed|reported|responded|described|commented|continued|noted|revealed|"
    r"sagten?|schrieb|erklärte|teilte|betonte|forderte|berichtete|laut|zufolge|"
    r"a (?:déclaré|écrit|dit|expliqué|ajouté|annoncé|affirmé)|selon|dijo|afirmó|escribió|según|señaló|aseguró|explicó|"
    r"anunció|ha (?:detto|scritto|spiegato|dichiarato|annunciato)|secondo|disse|afirmou|escreveu|declarou|explicou|"
    r"zei|schreef|volgens|meldde|powiedział[ao]?|napisał[ao]?|poinformował[ao]?|według|sade|skrev|sier|sa|sagde|ifølge|"
    r"enligt|сказал[аи]?|заявил[аи]?|написал[аи]?|сообщил[аи]?|словам|сказа(?:в|ла)|заяви(?:в|ла)|söyledi|açıkladı|"
    r"belirtti|yazdı|وقالت?|قالت?)\b|कहा|बताया|"
    r"\b(?:Mr|Mrs|Ms|Sir|Dame|Lord|Frau|Herr|Mme)\.? [A-Z]|述べた|語った|話した|発表した|明らかにした",
)
_ABOUT_POSTS = re.compile(
    r"\b(?:tweet(?:ed|s)?|twitter|twitterte|tuite?ó|tuit|tuitou|retweeted|posted|твит\w*|твиттер\w*|"
    r"(?:on|to|via|auf|bei|en|sur|su|no|na|på|op|di|в) (?:X|Instagram|Facebook|TikTok|Bluesky|Threads|Telegram|Truth Social|"
    r"social media)|(?:one|another|other|some|many) (?:users?|fans?|followers?|people))\b|ツイート|投稿",
    re.IGNORECASE,
)
_FIRST_PERSON = {
    language: re.compile(rf"\b(?:{words})\b")
    for language, words in {
        "en": r"I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Ww]e|[Oo]ur|us",
        "de": r"[Ii]ch|[Ww]ir|uns|[Uu]nser\w*|[Mm]ein\w*|mir|mich",
        "fr": r"[Jj]e|[Jj]['’]\w+|[Nn]ous|[Nn]otre|[Mm]on|[Mm]es",
        "es": r"[Yy]o|[Nn]osotr[oa]s|[Nn]uestr[oa]s?|[Mm]is?",
        "it": r"[Ii]o|[Nn]oi|[Nn]ostr[aeio]|[Mm]i[ao]|[Mm]iei",
        "pt": r"[Ee]u|[Nn]ós|[Nn]oss[oa]s?|[Mm]eus?|[Mm]inhas?",
        "nl": r"[Ii]k|[Ww]ij|[Mm]ijn|[Oo]nze",
        "pl": r"[Jj]a|[Mm]y|[Nn]asz\w*|[Mm]ój|[Mm]oj\w+",
        "sv": r"[Jj]ag|[Vv]i|[Vv]år[at]?|[Mm]in|[Mm]itt",
        "no": r"[Jj]eg|[Vv]i|[Vv]år[et]?|[Mm]in|[Mm]itt",
        "da": r"[Jj]eg|[Vv]i|[Vv]ores|[Mm]in|[Mm]it",
        "ru": r"[Яя]|[Мм]ы|[Нн]аш\w*|[Мм]о[йяеи]",
        "uk": r"[Яя]|[Мм]и|[Нн]аш\w*|[Мм]о[яєї]|[Мм]ій",
    }.items()
}
"""What the author of a post calls himself. Two letters mean something else in the next language: `we` is Polish for "on"."""
_ARTICLES = frozenset(
    ("The", "El", "La", "Le", "Les", "Los", "Der", "Die", "Das", "Il", "Lo")
)
_WEEKDAY = re.compile(
    r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bam (?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)")
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Greek": re.compile("[\u0370-\u03ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Indic": re.compile("[\u0900-\u0dff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "East Asian": re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
}


_NOT_LATIN = re.compile(
    "[\u0370-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""A letter of any script but the first."""


def without_quotations(text: str) -> str:
    """Return a text without what stands in quotation marks."""
    return _QUOTATION.sub(" ", text)


def script(*texts: str) -> str | None:
    """Return the script that most letters of some texts are in; None where they have none. Most are Latin from end to end.

    >>> script("Nobody was hurt."), script("船は", "出ません"), script("12:30")
    ('Latin', 'East Asian', None)
    """
    if all(text.isascii() or _NOT_LATIN.search(text) is None for text in texts):
        return (
            "Latin" if any(_SCRIPTS["Latin"].search(text) for text in texts) else None
        )
    counts = {
        name: sum(len(pattern.findall(text)) for text in texts)
        for name, pattern in _SCRIPTS.items()
    }
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else None


@dataclass(frozen=True)
class Heard:
    """What one line of an article tells of its voice, worked out once for all posts around it."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words, lower case, in order."""
        return _WORD.findall(self.text.casefold())

    @cached_property
    def outside(self) -> str:
        """What stands outside of quotation marks."""
        return without_quotations(self.text)

    @cached_property
    def quotes(self) -> tuple[int, int]:
        """How many double and single marks open a quotation, or close one with double marks of ASCII."""
        return self.text.count('"') + self.text.count("“"), len(
            _SINGLE.findall(self.text)
        )

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it looks like a paragraph of an article."""
        return line_shape.is_sentence(self.text)


@dataclass(frozen=True)
class Voice:
    """How the article around a post speaks: what its lines have in common that the post's may not have."""

    lines: tuple[Heard, ...]
    """The article's lines without those that may be the post's."""
    language: str | None = None
    """ISO 639-1 code."""

    @cached_property
    def quote_style(self) -> str:
        """Return `double` or `single` where the article prefers one kind of quotation mark, else ``."""
        double = sum(line.quotes[0] for line in self.lines)
        single = sum(line.quotes[1] for line in self.lines)
        if double >= 2 * single + 2:
            return "double"
        return "single" if single >= 2 * double + 2 else ""

    @cached_property
    def first_person(self) -> bool:
        """Tell whether the article itself says I or we."""
        return any(self.says_i(line.outside) for line in self.lines)

    def says_i(self, text: str) -> bool:
        """Tell whether a text says I or we in the article's language."""
        pattern = _FIRST_PERSON.get(self.language or "")
        return pattern is not None and pattern.search(text) is not None

    @cached_property
    def script(self) -> str | None:
        """Return the script of the article."""
        return script(*(line.text for line in self.lines))

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the article's words, lower case."""
        return frozenset(word for line in self.lines for word in line.words)

    @cached_property
    def usual_length(self) -> float:
        """Return the median length of the article's sentence-like lines, in code points; 0 where it has too few."""
        lengths = [len(line.text) for line in self.lines if line.is_sentence]
        return median(lengths) if len(lengths) >= SENTENCES else 0

    def is_short(self, text: str) -> bool:
        """Tell whether a text is much shorter than the article's paragraphs, and more than a phrase that links them."""
        return LINKING_CHARS <= len(text) < SHORT_SHARE * self.usual_length

    @cached_property
    def _running(self) -> str:
        return "\n".join(f" {' '.join(line.words)} " for line in self.lines)

    def quotes_again(self, text: str) -> bool:
        """Tell whether a text is nothing but a quotation that the article gives elsewhere in its own sentence."""
        words = _WORD.findall(text.casefold())
        is_quotation = len(words) >= QUOTED_WORDS and not without_quotations(
            text
        ).strip(" .,")
        return is_quotation and f" {' '.join(words)} " in self._running

    def is_foreign(self, text: str) -> bool:
        """Tell whether a text is in another script or language than the article."""
        other = script(text)
        if other and self.script and other != self.script:
            return True
        words = [word for word in _WORD.findall(text) if word.islower()]
        return (
            len(words) >= FOREIGN_WORDS
            and not self._knows(words)
            and len(self.words) >= VOCABULARY
        )

    def _knows(self, words: Sequence[str]) -> bool:
        """Tell whether the article has its share of some words. Mostly its first lines have it."""
        known: set[str] = set()
        for line in self.lines:
            known.update(set(words).intersection(line.words))
            if sum(word in known for word in words) >= KNOWN_SHARE * len(words):
                return True
        return False


@dataclass(frozen=True)
class Reasons:
    """Signed reasons for a line to belong to the post (positive) or to the article (negative)."""

    named: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """Return the sum."""
        return sum(value for _, value in self.named)

    def has(self, name: str) -> bool:
        """Tell whether a reason is among them."""
        return any(other == name for other, _ in self.named)


def reasons(line: str, voice: Voice, author: str | None) -> Reasons:
    """Weigh a line. The weights are few and round; see the decision records on flattened posts for what they cost."""
    outside = without_quotations(line)
    marked = _POST_MARK.search(outside) is not None
    found = (
        (MARK, 3.0, marked),
        ("begins small", 2.0, line[:1].islower()),
        ("another language", 3.0, voice.is_foreign(line)),
        ("first person", 2.0, voice.says_i(outside) and not voice.first_person),
        ("short for the article", 1.0, voice.is_short(line)),
        ("quoted again by the article", 1.5, voice.quotes_again(line)),
        ("reporting verb or title", -2.5, _REPORTING.search(outside) is not None),
        (
            "speaks of posts",
            -2.0,
            not marked and _ABOUT_POSTS.search(outside) is not None,
        ),
        ("names the author", -2.5, names(author or "", outside)),
        ("weekday", -1.2, _WEEKDAY.search(outside) is not None),
    )
    named = [(name, value) for name, value, true in found if true]
    return Reasons((*named, *_of_quotes(line, voice)))


def _of_quotes(line: str, voice: Voice) -> list[tuple[str, float]]:
    double, single = '"' in line or "“" in line, _SINGLE.search(line) is not None
    if double != single and voice.quote_style:
        same = (voice.quote_style == "double") == double
        if not same:
            return [("other quotation marks", 1.0)]
        if line.lstrip()[:1] in "\"“'‘":
            return [("opens with the article's quotation mark", -2.0)]
    return []


def names(author: str, text: str) -> bool:
    """Tell whether a text names a person by the surname; accounts of organisations have none.

    >>> names("Ann Harbour", "Harbour left."), names("The Harbour", "Harbour left."), names("Ann Harbour", "@Harbour")
    (True, False, False)
    """
    parts = [
        part
        for part in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", author)
        if part[0].isupper()
    ]
    if not 2 <= len(parts) <= 4 or parts[0] in _ARTICLES:  # noqa: PLR2004 - a person has two to four names
        return False
    surname = parts[-1]
    return (
        surname in text
        and re.search(rf"(?<![@#\w]){re.escape(surname)}\b", text) is not None
    )

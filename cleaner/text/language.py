"""Which language a text is in: by its script, and by its function words where languages share one.

The first 2,000 code points are read. Scripts that belong to one language decide alone (Greek, Thai, Hangul …). In
Latin, Cyrillic, Arabic and Devanagari letters each function word speaks for the languages that have it, the less the
more there are. Where the evidence is thin or the runner-up close, the answer is None: nothing depends on knowing,
and rules for one language must not run on a text in another.

It costs about forty microseconds and loads nothing; see `docs/decisions/0006-language-by-function-words.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from cleaner.text import function_words

SAMPLE = 2_000
"""Code points that are read."""

_OTHER_SCRIPTS = re.compile("[\u0370-\u1cff\u3040-\ud7ff]")
_SCRIPTS = {
    "Latin": (0x0040, 0x024F),
    "el": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x052F),
    "hy": (0x0530, 0x058F),
    "he": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "bn": (0x0980, 0x09FF),
    "pa": (0x0A00, 0x0A7F),
    "gu": (0x0A80, 0x0AFF),
    "or": (0x0B00, 0x0B7F),
    "ta": (0x0B80, 0x0BFF),
    "te": (0x0C00, 0x0C7F),
    "kn": (0x0C80, 0x0CFF),
    "ml": (0x0D00, 0x0D7F),
    "si": (0x0D80, 0x0DFF),
    "th": (0x0E00, 0x0E7F),
    "lo": (0x0E80, 0x0EFF),
    "bo": (0x0F00, 0x0FFF),
    "my": (0x1000, 0x109F),
    "ka": (0x10A0, 0x10FF),
    "am": (0x1200, 0x137F),
    "km": (0x1780, 0x17FF),
    "mn": (0x1800, 0x18AF),
    "Kana": (0x3040, 0x30FF),
    "Han": (0x3400, 0x9FFF),
    "ko": (0xAC00, 0xD7AF),
}
"""Where each script's code points are; a script that only one language of news writes has that language's name."""

_TELLTALE = {"he": ("yi", "װױײ"), "bn": ("as", "ৰৱ"), "am": ("ti", "ኣቐ")}
"""Letters by which a second language of the same script is told."""

_WORDS = {
    "Latin": function_words.LATIN,
    "Cyrillic": function_words.CYRILLIC,
    "Arabic": function_words.ARABIC,
    "Devanagari": function_words.DEVANAGARI,
}

_DOMINANT = 0.5
_LETTERS = 300
_KANA_SHARE = 0.1
_MIN_SCORE = 2.0
_MIN_SHARE = 0.07
_LEAD, _LEAD_OF_COUSINS = 1.25, 1.08
_COUSINS = ({"hr", "sr"}, {"id", "ms"}, {"da", "no"}, {"cs", "sk"}, {"gl", "pt"})
"""Languages that share so many words that the better one leads by little."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that the text begins with, None where it cannot be told.

    >>> detect_language("Der Senat hat am Montag über das neue Gesetz beraten und es dann doch nicht beschlossen.")
    'de'
    >>> detect_language("В понедельник"), detect_language("Η κυβέρνηση"), detect_language("OK!")
    (None, 'el', None)
    """
    sample = text[:SAMPLE]
    script: str | None = "Latin"
    if _OTHER_SCRIPTS.search(_thin(sample)):
        script = _script(sample)
    if script in _WORDS:
        as_written = _by_words(sample.split(), script)
        return as_written or _by_words(sample.lower().split(), script)
    if script in _TELLTALE:
        other, letters = _TELLTALE[script]
        if any(letter in sample for letter in letters):
            return other
    return script


def _thin(sample: str) -> str:
    """Return every few characters of a long sample: enough to tell its script."""
    return sample[:: 1 + len(sample) // _LETTERS]


def _script(sample: str) -> str | None:
    """Return the script of most letters of the sample: a key of `_WORDS`, or a language."""
    blocks = Counter([ord(character) >> 4 for character in _thin(sample)])
    known = _blocks()
    counts: Counter[str] = Counter()
    for block, count in blocks.items():
        if block in known:
            counts[known[block]] += count
    kana = counts.pop("Kana", 0)
    han = counts.pop("Han", 0)
    east_asian = "ja" if kana > _KANA_SHARE * han else "zh"
    counts[east_asian] = kana + han
    script, count = counts.most_common(1)[0]
    if count > _DOMINANT * counts.total():
        return script
    return None


@cache
def _blocks() -> dict[int, str]:
    scripts = {}
    for script, (first, last) in _SCRIPTS.items():
        for block in range(first >> 4, (last >> 4) + 1):
            scripts[block] = script
    return scripts


class _Table(NamedTuple):
    """The languages of a script, and for each word the number of the group of languages that have it.

    A group holds places in `languages`; the group 0 is empty, and no word has it.
    """

    languages: tuple[str, ...]
    group_of: dict[str, int]
    groups: list[tuple[int, ...]]


@cache
def _table(script: str) -> _Table:
    languages = _WORDS[script]
    owners: dict[str, list[int]] = {}
    for place, words in enumerate(languages.values()):
        for word in dict.fromkeys(words.split()):
            owners.setdefault(word, []).append(place)
    numbers: dict[tuple[int, ...], int] = {(): 0}
    group_of = {}
    for word, places in owners.items():
        group = tuple(places)
        group_of[word] = numbers.setdefault(group, len(numbers))
    return _Table(tuple(languages), group_of, list(numbers))


def _by_words(words: list[str], script: str) -> str | None:
    """Return the language whose function words speak loudest, if they are enough and speak clearly."""
    table = _table(script)
    scores = _scores(words, table)
    score = max(scores)
    best = scores.index(score)
    scores[best] = -1.0
    runner_up = max(scores)
    second = scores.index(runner_up)
    language = table.languages[best]
    pair = {language, table.languages[second]}
    lead = _LEAD_OF_COUSINS if pair in _COUSINS else _LEAD
    enough = max(_MIN_SCORE, _MIN_SHARE * len(words))
    if score < enough or score < lead * runner_up:
        return None
    return language


def _scores(words: list[str], table: _Table) -> list[float]:
    """Return what the function words say for each language; those of several count the less for each."""
    groups = map(table.group_of.get, words)
    hits = Counter(filter(None, groups))
    scores = [0.0] * len(table.languages)
    for group, count in hits.items():
        languages = table.groups[group]
        share = count / len(languages)
        for place in languages:
            scores[place] += share
    return scores

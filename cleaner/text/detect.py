"""Which encoding, when nothing says it and it is not UTF-8.

Text in a Latin alphabet has few bytes above 127 and each must turn into a letter that some language of the encoding
uses, or into a mark that stands where such marks stand. In other alphabets most letters are such bytes, and the most
frequent letters of the language must be the most frequent ones. Both can be told from small tables, and more reliably
than by charset-normalizer, which takes Spanish for Polish; it is asked about everything else, East Asian text first.

UTF-16 and UTF-32 without a byte order mark show in their NUL bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from cleaner.text.language import detect_language

_LATIN = {
    "cp1252": "fr:àâæçéèêëîïôœùûüÿñ de:äöüßé es:áéíñóúüªº pt:áâãàçéêíóôõúüªº it:àèéìíîòóùú nl:áéëïóöüèêíç sv:åäöéü "
    "da:æøåéöäü no:æøåéòôöä fi:äöåéšž is:áðéíóúýþæö ca:àçèéíïòóúü· en:éèêëàâäçñïîôöüáíóø gl:áéíóúñü eu:ñüç sq:çë",
    "cp1250": "cs:áčďéěíňóřšťúůýž sk:áäčďéíĺľňóôŕšťúýž pl:ąćęłńóśźż hu:áéíóöőúüű hr:čćđšž sl:čšžć ro:ăâîşţ",
    "cp1254": "tr:çğıöşüâîûİ",
    "cp1257": "lt:ąčęėįšųūž lv:āčēģīķļņšūž et:äõöüšž",
}
_LATIN_TWINS = (
    ("cp1252", "cp1252"),
    ("iso8859-15", "cp1252"),
    ("cp1250", "cp1250"),
    ("iso8859-2", "cp1250"),
    ("cp1254", "cp1254"),
    ("cp1257", "cp1257"),
    ("iso8859-13", "cp1257"),
    ("mac_roman", "cp1252"),
    ("mac_latin2", "cp1250"),
    ("cp850", "cp1252"),
    ("cp852", "cp1250"),
)
"""Encodings, and the entry of `_LATIN` that lists their languages. Of equals the first wins."""

_FREQUENT = {
    "cp1251 koi8-r koi8-u iso8859-5 mac_cyrillic cp866": "ru:оеаинтсрвлкмдпуяыьгзбчй uk:оанитірвесклумдпзяьбгїч "
    "bg:аеиотнрсвлкдпмзъуягбчщ sr:аоеинрсјтувкдпмлзгбчш",
    "cp1253 iso8859-7": "el:αοιετσνηυρπκμλςωάέίόήύώδγθχ",
    "cp1255 iso8859-8": "he:יוהלאתרבשמנדקפחםעגכטןצ",
    "cp1256 iso8859-6": "ar:اليمنوترةبدعفسحكقشجهىأإصطخ fa:اینرمدتهوسبشکخلگزپچعقفج",
}
_OTHERS = (
    "gb18030 big5 big5hkscs cp932 euc_jp cp949 cp1251 koi8_r koi8_u iso8859_5 cp866 mac_cyrillic cp1253 iso8859_7 "
    "cp1255 iso8859_8 cp1256 iso8859_6 cp874 cp1258 cp1252 cp1250 iso8859_2 cp1254 cp1257 mac_roman cp850 cp852"
)
"""What charset-normalizer may choose from: encodings that news was ever written in, and none for mainframes."""

_MARKS = frozenset("“”‘’‚„‹›«»–—…•·€£§©®™°²³½¼¾±×¡¿ªº´\u00a0\u00ad")
_JOINS = frozenset("’‘–—·´\u00a0\u00ad")
"""Marks that may stand between two letters."""
_HIGH = re.compile(r"[^\x00-\x7f]+")
_LETTER = re.compile("[A-Za-z]")
_MOST_LATIN, _LEAST_OTHER = 0.55, 0.35
"""Shares of letters outside ASCII: the most that a Latin alphabet has, and the least that another one has."""
_LATIN_FIT, _OTHER_FIT = 0.85, 0.7
_NONSENSE = 0.45
_ENOUGH = 12
_RARE, _RARITY = frozenset({"mac_roman", "mac_latin2", "cp850", "cp852"}), 0.08
"""Encodings that hardly a page has: they must fit better by this much."""
_HINT = 0.03
"""What the language of the words that are ASCII anyway adds to an encoding's fit."""
_SAMPLE = 1 << 14
"""Bytes, or code points, that the tables look at, from the first one outside ASCII."""
_STATISTICS_SAMPLE = 1 << 18
"""Bytes that charset-normalizer looks at."""
_NUL_SHARE = 0.2

_COMMON = re.compile(
    "[\t\n\f\r -~\u00a0-\u06ff\u0900-\u109f\u1e00-\u206f\u20ac\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uffef]"
)
"""What texts are made of. The other half of the 16-bit numbers is what random bytes hit as often."""
_COMMON_SHARE = 0.85
_WIDE_SAMPLE = 1 << 15


class Detected(NamedTuple):
    """Text, and Python's name of the encoding that gave it."""

    text: str
    encoding: str


def detect(data: bytes) -> Detected | None:
    """Return the text with its most plausible encoding, None where there is none.

    >>> detect("Mañana el presidente hablará".encode("cp1252")).encoding
    'cp1252'
    """
    for encoding in (*_by_tables(data), *_by_statistics(data)):
        try:
            return Detected(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_nonsense(text: str) -> bool:
    """Tell whether text that came out of a single-byte encoding has too few letters where letters should be."""
    first = _HIGH.search(text)
    if not first:
        return False
    start = first.start()
    sample = text[start : start + _SAMPLE]
    seen = _high_characters(sample)
    high = seen.total()
    if high < _ENOUGH:
        return False
    letters = high + len(_LETTER.findall(sample))
    fits = [fit(seen, one.letters, one.half) for one in _plausible(high / letters)]
    return max(fits) < _NONSENSE


def detect_wide(data: bytes) -> Detected | None:
    """Return the text of UTF-16 or UTF-32 without a byte order mark, None where the data is neither.

    >>> detect_wide("Für".encode("utf-16-be"))
    Detected(text='Für', encoding='utf-16-be')
    """
    for encoding in _wide_candidates(data[:_WIDE_SAMPLE]):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_text(text):
            return Detected(text, encoding)
    return None


def _wide_candidates(sample: bytes) -> tuple[str, ...]:
    """Return encodings by where the NUL bytes stand: text has them on one side of each character only."""
    even = sample[::2].count(0)
    odd = sample[1::2].count(0)
    if min(even, odd) > _NUL_SHARE * len(sample):
        return "utf-32-le", "utf-32-be"
    if odd >= even:
        return "utf-16-le", "utf-16-be"
    return "utf-16-be", "utf-16-le"


def is_text(text: str) -> bool:
    """Tell whether nearly all characters are such as texts are made of, and none is a NUL."""
    sample = text[:_WIDE_SAMPLE]
    if "\0" in sample:
        return False
    common = len(_COMMON.findall(sample))
    return common >= _COMMON_SHARE * len(sample)


class _Candidate(NamedTuple):
    encoding: str
    language: str
    enough: float
    """The fit that it needs to be believed."""
    letters: str
    half: str = ""
    """Letters that count half."""


@cache
def _latin() -> tuple[_Candidate, ...]:
    """Return Latin alphabets. Letters of the encoding's other languages count half: names travel."""
    candidates = []
    for encoding, twin in _LATIN_TWINS:
        languages = _LATIN[twin]
        half = languages + languages.upper()
        for language, small in _letters(languages):
            letters = small + small.upper()
            candidate = _Candidate(encoding, language, _LATIN_FIT, letters, half)
            candidates.append(candidate)
    return tuple(candidates)


@cache
def _others() -> tuple[_Candidate, ...]:
    """Return other alphabets. Capitals count half: in the wrong encoding all small letters turn into capitals."""
    candidates = []
    for encodings, languages in _FREQUENT.items():
        for encoding in encodings.split():
            for language, letters in _letters(languages):
                half = letters.upper()
                candidate = _Candidate(encoding, language, _OTHER_FIT, letters, half)
                candidates.append(candidate)
    return tuple(candidates)


def _letters(languages: str) -> list[tuple[str, str]]:
    found = []
    for entry in languages.split():
        language, _, letters = entry.partition(":")
        found.append((language, letters))
    return found


def _plausible(share: float) -> tuple[_Candidate, ...]:
    """Return the candidates for a text in which this share of all letters is outside ASCII."""
    candidates: tuple[_Candidate, ...] = ()
    if share <= _MOST_LATIN:
        candidates += _latin()
    if share >= _LEAST_OTHER:
        candidates += _others()
    return candidates


def _by_tables(data: bytes) -> list[str]:
    """Return the encoding that the tables speak for, if any."""
    sample = _sample(data)
    candidates = _plausible(_share_of_high(sample))
    hint = detect_language(sample.decode("latin-1"))
    encodings = dict.fromkeys(candidate.encoding for candidate in candidates)
    seen = {encoding: _seen(sample, encoding) for encoding in encodings}
    best: list[str] = []
    score = 0.0
    for candidate in candidates:
        counted = seen[candidate.encoding]
        if not counted:
            continue
        value = _value(candidate, counted, hint)
        if value > max(score, candidate.enough):
            best = [candidate.encoding]
            score = value
    return best


def _sample(data: bytes) -> bytes:
    """Return the bytes that the tables look at."""
    first = _HIGH_BYTE.search(data)
    start = max(0, first.start() - 1) if first else 0
    return data[start : start + _SAMPLE]


def _share_of_high(sample: bytes) -> float:
    """Return the share of bytes outside ASCII among them and the letters."""
    high = sum(sample.translate(_IS_HIGH))
    letters = sum(sample.translate(_IS_LETTER))
    return high / (high + letters)


def _value(candidate: _Candidate, seen: Counter[str], hint: str | None) -> float:
    """Return how well a candidate fits, what is likely of itself counted in."""
    value = fit(seen, candidate.letters, candidate.half)
    if candidate.language == hint:
        value += _HINT
    if candidate.encoding in _RARE:
        value -= _RARITY
    return value


_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_IS_HIGH = bytes(not chr(code).isascii() for code in range(256))
_IS_LETTER = bytes(chr(code).isalpha() and chr(code).isascii() for code in range(256))


def _seen(sample: bytes, encoding: str) -> Counter[str] | None:
    try:
        return _high_characters(sample.decode(encoding))
    except UnicodeDecodeError:
        return None


def _high_characters(text: str) -> Counter[str]:
    """Count the characters outside ASCII; a capital that begins a word as a small letter, the misplaced as NUL."""
    counts: Counter[str] = Counter()
    for run in _HIGH.finditer(text):
        start, end = run.span()
        before = text[start - 1 : start] or " "
        characters = run.group()
        following = characters[1:] + (text[end : end + 1] or " ")
        for character, after in zip(characters, following, strict=True):
            counts[_counted(before, character, after)] += 1
            before = character
    return counts


def _counted(before: str, character: str, after: str) -> str:
    if character.isupper():
        return _counted_capital(before, character, after)
    if character.isalpha() or character in _JOINS:
        return character
    if before.isalpha() and after.isalpha():
        return "\0"
    return character


def _counted_capital(before: str, character: str, after: str) -> str:
    if before.islower():
        return "\0"
    if after.islower() and not before.isalpha():
        return character.lower()
    return character


def fit(seen: Counter[str], letters: str, half: str = "") -> float:
    """Return the share of characters outside ASCII that are these letters, or marks; some may count half.

    >>> fit(Counter("ñ–ą"), "áéíñóúü")
    0.6666666666666666
    """
    good = 0.0
    for character, count in seen.items():
        if character in _MARKS or character in letters:
            good += count
        elif character in half:
            good += 0.5 * count
    return good / (seen.total() or 1)


def _by_statistics(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only bytes that nothing else explains need it

    sample = data
    if len(data) > _STATISTICS_SAMPLE:
        end = data.rfind(b"\n", 0, _STATISTICS_SAMPLE)
        if end > 0:
            sample = data[:end]
    matches = from_bytes(sample, cp_isolation=_OTHERS.split())
    return [match.encoding for match in matches]

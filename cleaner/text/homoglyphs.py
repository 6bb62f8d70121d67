"""Words in which letters of other scripts pose as Latin ones: `Сlіck hеrе` with Cyrillic С, і and е.

Advertisers write so that filters do not find the words; readers see no difference. Such a word gets its Latin letters
where all of this holds:

* it mixes Latin letters with look-alikes of Cyrillic, Greek, Armenian or Cherokee, with full-width ones (Ａ) or with
  three or more mathematical ones (𝐀), and nothing else is in it. `VКonlinе` is mended, `HyperТекст`, `TNFα`, `µm` and
  `sin𝑥` are none of these;
* the line and the whole text are Latin: at least four of five letters. A Russian text keeps what its keyboard mixed;
* the text holds at least two such words. One alone is a slip of the keyboard, a name, or the example of an article
  about this very trick.

Words wholly in one script stay, full-width and mathematical ones too. So do words in brackets, single words in
quotation marks, and everything in addresses, hashtags, handles, paths and formulas: next to `@ # / _ =`, to
a backslash, or to a dot between letters.

Mending changes neither which words could be mended nor what script they count as; doing it twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text import ftfy_prefilter

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

_LOOK_ALIKES = {
    "АВЕЅІЈКМНОРСТУҮХԌԜ": "ABESIJKMHOPCTYYXGW",  # Cyrillic
    "аеҽѕіјорсухһԁԛԝѵү": "aeesijopcyxhdqwvy",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ": "ABEZHIKMNOPTYXocj",  # Greek
    "ՏՕՍօսոհզց": "SOUounhqg",  # Armenian
    "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ": "ABCDEGHiJKLMPRSTVWZ",  # Cherokee
}
"""Letters that most fonts draw like a Latin one (Unicode Technical Standard 39, `confusables.txt`).

Left out are small Greek letters that science writes beside Latin ones (α γ ι κ ν ρ σ υ χ), and letters that are only alike.
"""
_MATHS = "\U0001d400-\U0001d6a3"
_WIDE = "\uff21-\uff3a\uff41-\uff5a"


def _table() -> dict[int, str]:
    """Return the Latin letter for each letter that poses as one."""
    table: dict[int, str] = {}
    for first, last in (("Ａ", "Ｚ"), ("ａ", "ｚ"), ("\U0001d400", "\U0001d6a3")):
        for code in range(ord(first), ord(last) + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain.isascii():
                table[code] = plain
    for letters, latin in _LOOK_ALIKES.items():
        for letter, like in zip(letters, latin, strict=True):
            table[ord(letter)] = like
    return table


_TABLE = _table()
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿﬀ-ﬆ"
_POSING = f"{''.join(_LOOK_ALIKES)}{_WIDE}{_MATHS}"
ANY = f"[{_LATIN}][{_POSING}]|[{_POSING}][{_LATIN}]"
"""A pattern, for `re` and RE2, that finds something in every text that `mend` could change."""

_MIXED = re.compile(ANY)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_ALL_LATIN = re.compile(f"[{_LATIN}]+")
_ALL_STYLED = re.compile(f"[{_WIDE}{_MATHS}]+")
_MATHEMATICAL = re.compile(f"[{_MATHS}]")
_ADDRESS = re.compile(r"[@#/\\_=]|\w\.\w")
_SET_APART = re.compile(
    r"\([^()\n]*\)|\[[^\[\]\n]*\]|[“”„«»‘‚‹›\"'][^\W_]+[“”«»‘’‹›\"']"
)
_SHARE = 0.8
_WORDS = 2
_MATHS_LETTERS = 3
"""Fewer mathematical letters beside others are variables."""


class _Place(NamedTuple):
    """A word that can be mended: its half-open span in the text, and the word."""

    start: int
    stop: int
    word: str


def mend(text: str, counts: Counter[str]) -> str:
    """Return the text with Latin letters in its mixed words; add to `counts` how many letters were replaced.

    >>> from collections import Counter
    >>> counts = Counter()
    >>> mend("Сlick hеrе for all of today's news from Мир", counts), mend("Сlick once, α-blocker, Сахара", counts)
    ("Click here for all of today's news from Мир", 'Сlick once, α-blocker, Сахара')
    >>> dict(counts)
    {'homoglyphs': 3}
    """
    if not _may_be_mixed(text):
        return text
    places = list(_places(text))
    words = {place.word.casefold() for place in places}
    if len(words) < _WORDS or not _is_latin(_WORD.findall(text)):
        return text
    pieces: list[str] = []
    done = 0
    for start, stop, word in places:
        pieces.append(text[done:start])
        pieces.append(word.translate(_TABLE))
        done = stop
        counts["homoglyphs"] += sum(ord(letter) in _TABLE for letter in word)
    pieces.append(text[done:])
    return "".join(pieces)


def _may_be_mixed(text: str) -> bool:
    if text.isascii():
        return False
    scanner = ftfy_prefilter.re2_compile(ANY)
    return scanner.search(ftfy_prefilter.encoded(text)) is not None


def _places(text: str) -> Iterator[_Place]:
    """Yield each word that can be mended, in lines that are Latin."""
    start = 0
    for line in text.split("\n"):
        if _MIXED.search(line) and _is_latin(_WORD.findall(line)):
            yield from _places_in(line, start)
        start += len(line) + 1


def _places_in(line: str, offset: int) -> Iterator[_Place]:
    bare = _SET_APART.sub(_blank, line)
    for token in _TOKEN.finditer(bare):
        run = token.group()
        if not _MIXED.search(run) or _ADDRESS.search(run):
            continue
        start = offset + token.start()
        for found in _WORD.finditer(run):
            word = found.group()
            if _is_mixed(word):
                first, last = found.span()
                yield _Place(start + first, start + last, word)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _is_mixed(word: str) -> bool:
    """Tell whether a word is of Latin letters and look-alikes, and of both.

    >>> _is_mixed("Сlick"), _is_mixed("click"), _is_mixed("Сосо"), _is_mixed("sin𝑥"), _is_mixed("𝐂𝐥𝐢ck")
    (True, False, False, False, True)
    """
    if not _MIXED.search(word):
        return False
    latin = word.translate(_TABLE)
    if not _ALL_LATIN.fullmatch(latin):
        return False
    mathematical = len(_MATHEMATICAL.findall(word))
    return not 0 < mathematical < _MATHS_LETTERS


def _is_latin(words: Iterable[str]) -> bool:
    """Tell whether most letters of some words are in Latin ones; mixed words count as what they would become."""
    latin = others = 0
    for word in words:
        if (
            word.isascii()
            or _ALL_LATIN.fullmatch(word)
            or _ALL_STYLED.fullmatch(word)
            or _is_mixed(word)
        ):
            latin += len(word)
        else:
            others += len(word)
    return latin >= _SHARE * (latin + others)

"""Folded text: lines and phrases without what a phrase tolerates, so that they can be compared as strings.

Folding goes character by character but for three things: `…` becomes three stops, a run of spaces one space, and a few
letters (`ß`, ligatures, the Turkish i) more or fewer characters. Where RE2 takes a line for a phrase, both fold to the same
text. The reverse holds for all lines that are not *odd*.
"""

from __future__ import annotations

import re
import unicodedata

from cleaner.rulebook.phrases.syntax import ALIKE, SPACES

_RARE_ASCII = {"`": "'", "\t": " ", "\r": " ", "\f": " "}
_SINGLE = {
    char: "'\"-"[kind]
    for kind, chars in enumerate(ALIKE)
    for char in chars
    if not char.isascii()
}
_WIDE = {**_SINGLE, **{char: " " for char in SPACES if not char.isascii()}, "…": "..."}


def fold(text: str) -> str:
    r"""Return a text without what phrases tolerate. Newlines stay: many lines may be folded at once.

    >>> fold("«Don’t  STOP»…"), fold("STRASSE") == fold("straße"), fold("İLAN") == fold("ılan") == fold("ilan")
    ('"don\'t stop"...', True, True)
    """
    for char, plain in _RARE_ASCII.items():
        if char in text:
            text = text.replace(char, plain)
    if text.isascii():
        text = text.lower()
    else:
        for char, plain in _WIDE.items():
            text = text.replace(char, plain)
        text = text.lower() if text.isascii() else _casefolded(text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _casefolded(text: str) -> str:
    return text.casefold().replace("ı", "i").replace("i\u0307", "i")


def fold_phrase(text: str, *, exact: bool = False) -> str:
    """Return the folded literal text of a phrase, whose white space of any kind stands for spaces, if it is not exact."""
    text = unicodedata.normalize("NFC", text)
    return fold(text if exact else _WHITE.sub(" ", text))


_WHITE = re.compile(r"\s+")


def is_odd(line: str) -> bool:
    """Tell whether a line may fold to the text of a phrase that RE2 does not take it for.

    Letters that fold to several are taken for one, the Turkish i for an i; and `…` beside a stop folds to four of them.

    >>> is_odd("Straße"), is_odd("wait…."), is_odd("Wait… “now”")
    (True, True, False)
    """
    if line.isascii():
        return False
    return _has_odd_letter(line) or (
        "…" in line and _ODD_STOPS.search(line) is not None
    )


def is_odd_phrase(text: str) -> bool:
    """Tell whether RE2 may not take a line that is not odd for a literal text that folds to the same.

    A phrase with `ß` equals lines with `ss`, one with a Turkish i those with any i. An apostrophe that is a letter stands
    for itself in a phrase.

    >>> is_odd_phrase("Straße"), is_odd_phrase("\ufb01n")
    (False, True)
    """
    if text.isascii():
        return False
    text = unicodedata.normalize("NFC", text).translate(_TOLERATED)
    return "ʼ" in text or _has_odd_letter(text)


def _has_odd_letter(text: str) -> bool:
    return "ı" in text or "\u0307" in text or len(text.casefold()) != len(text)


_ODD_STOPS = re.compile(r"…[.…]|\.…")
_TOLERATED = dict.fromkeys(map(ord, "ßıİ"))

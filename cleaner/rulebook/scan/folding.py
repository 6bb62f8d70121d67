"""Folded text: lines and phrases without what a phrase tolerates, so that they can be compared as strings.

Folding goes character by character but for three things: `…` becomes three stops, a run of spaces one space, and a few
letters (`ß`, ligatures, the Turkish i) more or fewer characters. Where RE2 takes a line for a phrase, both fold to the same
text. The reverse holds for all lines that are not *odd*.
"""

from __future__ import annotations

import re
import unicodedata

from cleaner.rulebook.phrases import ALIKE, SPACES

_RARE_ASCII = {"`": "'", "\t": " ", "\r": " ", "\f": " "}
_SINGLE = {char: "'\"-"[kind] for kind, chars in enumerate(ALIKE) for char in chars if not char.isascii()}
_WIDE = {**_SINGLE, **{char: " " for char in SPACES if not char.isascii()}, "…": "..."}


def fold(text: str) -> str:
    r"""Return a text without what phrases tolerate. Newlines stay: many lines may be folded at once.

    >>> fold("«Don’t  STOP»…"), fold("STRASSE") == fold("straße"), fold("İLAN") == fold("ılan") == fold("ilan")
    ('"don\'t stop"...', True, True)
    """
    for char, plain in _RARE_ASCII.items():
        if char in text:
            text = text.replace(char, plain)
    if not text.isascii():
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
ODD_LETTERS = (
    "\u00df\u0130\u0131\u0149\u01f0\u0307\u0390\u03b0\u0587\u1e96-\u1e9a\u1e9e\u1f50\u1f52\u1f54\u1f56\u1f80-\u1faf"
    "\u1fb2-\u1fb4\u1fb6\u1fb7\u1fbc\u1fc2-\u1fc4\u1fc6\u1fc7\u1fcc\u1fd2\u1fd3\u1fd6\u1fd7\u1fe2-\u1fe4\u1fe6\u1fe7"
    "\u1ff2-\u1ff4\u1ff6\u1ff7\u1ffc\ufb00-\ufb06\ufb13-\ufb17"
)
"""As the inside of a class: what `str.casefold` makes several characters of, the dotless i, and the dot above."""
_ODD = re.compile(rf"[{ODD_LETTERS}]|…[.…]|\.…")
_ODD_IN_PHRASES = re.compile(rf"(?![ßıİ])[{ODD_LETTERS}ʼ]")  # an apostrophe that is a letter stands for itself in a phrase


def is_odd(line: str) -> bool:
    """Tell whether a line may fold to the text of a phrase that RE2 does not take it for.

    >>> is_odd("Straße"), is_odd("wait…."), is_odd("Wait… “now”")
    (True, True, False)
    """
    return not line.isascii() and _ODD.search(line) is not None


def is_odd_phrase(text: str) -> bool:
    """Tell whether RE2 may not take a line that is not odd for a literal text that folds to the same.

    A phrase with `ß` equals lines with `ss`, one with a Turkish i those with any i.

    >>> is_odd_phrase("Straße"), is_odd_phrase("\ufb01n")
    (False, True)
    """
    return not text.isascii() and _ODD_IN_PHRASES.search(unicodedata.normalize("NFC", text)) is not None

"""What a line looks like: facts about one line's text that verbs and guards ask for.

All functions are pure, take one line without its newline, and know nothing of rules. Thresholds come from
measurements on labelled news text: a body paragraph ends in sentence punctuation and has ten words or more; a
headline, a menu item or a label has no final stop and at most 140 characters.
"""

from __future__ import annotations

import re

SENTENCE_WORDS = 10
HEADLINE_CHARS = 140
WALL_CHARS = 1_500
"""A line longer than this is a text whose paragraphs were lost, as aggregators print whole articles."""

_CLOSERS = "\"'”’»“‘)]"
_FOLDED = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_SPACELESS_CHARS_A_WORD = 2
_LONG = 150
"""Characters from which on counting where words begin is cheaper than cutting them out."""
_ASCII = bytes(range(0x80))
_SPACE, _INK = b" ", b"x"
_INKED = bytes(
    _SPACE[0] if chr(code).isspace() and code < 0x80 else _INK[0]  # noqa: PLR2004
    for code in range(0x100)
)
"""Every byte of UTF-8 as a space or as ink; white space outside ASCII is ink here."""


def words(text: str) -> int:
    """Return the number of words; scripts without spaces count two characters a word.

    >>> words("Sir Keir met Mr Trump."), words("首相は記者団に 語った")
    (5, 7)
    """
    if text.isascii():
        return len(text.split()) if len(text) < _LONG else _begun(text.encode())
    data = text.encode("utf-8", "replace")
    wide = data.translate(None, _ASCII).decode()
    has_wide_space = wide.split(None, 1) != [wide]
    count = len(text.split()) if has_wide_space or len(text) < _LONG else _begun(data)
    return count + len(_SPACELESS.findall(wide)) // _SPACELESS_CHARS_A_WORD


def spaced_words(text: str, spaces: int) -> int:
    """Return the number of words of a line that has no white space but so many spaces; one after the other is rare.

    >>> spaced_words("Sir Keir met Mr Trump.", 4), spaced_words("a |  | b", 5)
    (5, 4)
    """
    if (
        not text
        or "  " in text
        or not text.isascii()
        or text[0] == " "
        or text[-1] == " "
    ):
        return words(text)
    return spaces + 1


def _begun(data: bytes) -> int:
    r"""Return the number of words of a text in UTF-8 whose white space is ASCII: the places at which ink follows a space.

    >>> _begun(b" Sir  Keir\nmet")
    3
    """
    inked = data.translate(_INKED)
    return inked.count(_SPACE + _INK) + inked.startswith(_INK)


def ends_like_sentence(text: str) -> bool:
    """Tell whether the line ends in sentence punctuation, closing quotes and brackets aside.

    >>> ends_like_sentence('He said: “No.”'), ends_like_sentence("Labour might be down")
    (True, False)
    """
    bare = text.rstrip().rstrip(_CLOSERS).rstrip()
    return bare.endswith((".", "!", "?", "…", "。", "！", "？", "।", "．", "؟", "۔"))


def is_sentence(text: str) -> bool:
    """Tell whether the line looks like a paragraph of an article: ten words or more, sentence punctuation."""
    return ends_like_sentence(text) and words(text) >= SENTENCE_WORDS


def is_headline(text: str) -> bool:
    """Tell whether the line looks like a headline, label or menu item: short, and no full stop at its end.

    A question or exclamation mark may end a headline.

    >>> is_headline("Who's REALLY to blame?"), is_headline("He left."), is_headline("")
    (True, False, False)
    """
    bare = text.strip()
    if not bare or len(bare) > HEADLINE_CHARS:
        return False
    return not bare.rstrip(_CLOSERS).endswith(
        (".", "…", "。", "।", "．", "۔", ",", ";", ":")
    )


def is_wall(text: str) -> bool:
    """Tell whether the line is a wall of text: a whole article flattened into one paragraph."""
    return len(text) > WALL_CHARS and ". " in text


def fold(text: str) -> str:
    """Return a line without what typography may change: case, the kind of quotes and dashes, spaces.

    >>> fold("Who’s  THERE? ")
    "who's there?"
    """
    if not text.isascii():
        for old, new in _FOLDED.items():  # several times as fast as `translate`
            text = text.replace(old, new)
    folded = text.casefold()
    has_odd_spaces = (
        "  " in folded
        or not folded.isprintable()
        or folded[:1] == " "
        or folded[-1:] == " "
    )
    return " ".join(folded.split()) if has_odd_spaces else folded

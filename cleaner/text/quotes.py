"""The option `quotes`: what becomes of quotation marks and apostrophes.

* `keep` changes nothing.
* `repair` closes what was opened: where “ or ‘ opens and the mark that closes it is straight, that one becomes ” or ’.
  Apostrophes and all other marks stay.
* `straight` writes ' and " for all of them; « » and ‹ › only in pairs, for » alone is an arrow.
* `curly` writes typographic marks for all straight ones, apostrophes included, in the style of the text's language
  („…“ in German and Czech, „…” in Polish, ”…” in Swedish, “…” elsewhere). Feet and inches (6'2") stay straight.

A mark opens at the start of a word and closes at the end of one; a quotation ends with its line at the latest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text import ftfy_prefilter, language

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Pair(NamedTuple):
    opener: str
    closer: str
    straight: str


_PAIRS = (_Pair("‘", "’", "'"), _Pair("“", "”", '"'))
_BEFORE_OPENING = r"(?:^|(?<=[\s(\[{<—–\-/“„«‹\"'‘]))"
_MARKS = {
    pair: re.compile(
        rf"{_BEFORE_OPENING}(?:(?P<opens>{pair.opener})|(?P<nested>{pair.straight}))(?=[^\s’”\"',.;:!?)\]])"
        rf"|(?<=[^\s(\[{{<—–“„‘])(?:(?P<closes>{pair.closer})|(?P<straight>{pair.straight}))(?!\w)"
        r"|(?P<end>\n)",
        re.MULTILINE,
    )
    for pair in _PAIRS
}
_POSSESSIVE = re.compile(r"[sxzSXZ]' +[a-z]|in' +[a-z]|\d\"")
"""A straight mark that may well be no closing quote: the dogs' owner, goin' home, 5\" tall."""


MAYBE_MIXED = r"(?:‘[^\n]*'|“[^\n]*\")(?:[^\w]|\z)"
"""An RE2 pattern that finds something in every text that `is_mixed`."""


def is_mixed(text: str) -> bool:
    """Tell whether a typographic mark opens a quotation that a straight one closes.

    >>> is_mixed("the ‘anchors' of it"), is_mixed("the ‘anchors’ of a dog's life")
    (True, False)
    """
    scanner = ftfy_prefilter.re2_compile(MAYBE_MIXED)
    if not scanner.search(ftfy_prefilter.encoded(text)):
        return False
    return any(map(_is_mixed_line, text.split("\n")))


def _is_mixed_line(line: str) -> bool:
    for pair in _PAIRS:
        for _ in _straight_closers(line, pair):
            return True
    return False


def repair(text: str) -> tuple[str, int]:
    """Return the text with each opened quotation closed by its own mark, and the number of marks changed.

    >>> repair("It's ‘a dog's life', he said")
    ("It's ‘a dog's life’, he said", 1)
    """
    changed = 0
    for pair in _PAIRS:
        pieces: list[str] = []
        done = 0
        for place in _straight_closers(text, pair):
            pieces.append(text[done:place])
            pieces.append(pair.closer)
            done = place + 1
            changed += 1
        pieces.append(text[done:])
        text = "".join(pieces)
    return text, changed


def _straight_closers(text: str, pair: _Pair) -> Iterator[int]:
    """Yield the place of each straight mark that closes what a typographic one opened."""
    if pair.opener not in text or pair.straight not in text:
        return
    is_open = False
    nested = 0
    candidates: list[int] = []
    for mark in _MARKS[pair].finditer(text):
        kind = mark.lastgroup
        if kind == "nested":
            nested += 1
        elif kind == "straight":
            if is_open and not nested:
                candidates.append(mark.start())
            nested = max(0, nested - 1)
        else:
            if candidates and kind != "closes":
                yield _likeliest(text, candidates)
            is_open = kind == "opens"
            nested = 0
            candidates = []
    if candidates:
        yield _likeliest(text, candidates)


def _likeliest(text: str, candidates: list[int]) -> int:
    """Return the first candidate that is surely no apostrophe, else the last."""
    for place in candidates:
        start = max(place - 2, 0)
        if not _POSSESSIVE.search(text, start, place + 3):
            return place
    return candidates[-1]


_STRAIGHT = dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟", '"')
_GUILLEMETS = (
    (
        "»",
        '"',
        re.compile(
            r"«[ \u00a0\u202f]?([^«»\n]*?)[ \u00a0\u202f]?»|(?<!\w)»(?=\w)([^«»\n]*)«"
        ),
    ),
    (
        "›",
        "'",
        re.compile(
            r"‹[ \u00a0\u202f]?([^‹›\n]*?)[ \u00a0\u202f]?›|(?<!\w)›(?=\w)([^‹›\n]*)‹"
        ),
    ),
)


def straight(text: str) -> tuple[str, int]:
    r"""Return the text with ASCII quotation marks, and the number of marks changed.

    >>> straight("« Oui », dit-il. ‘It’s “fine”’")
    ('"Oui", dit-il. \'It\'s "fine"\'', 7)
    """
    changed = 0
    for typographic, mark in _STRAIGHT.items():
        changed += text.count(typographic)
        text = text.replace(typographic, mark)
    for closer, mark, pattern in _GUILLEMETS:
        if closer in text:
            text, pairs = pattern.subn(rf"{mark}\1\2{mark}", text)
            changed += 2 * pairs
    return text, changed


class _Style(NamedTuple):
    opens: str = "“"
    closes: str = "”"
    opens_inner: str = "‘"
    closes_inner: str = "’"


_LOW_HIGH = _Style("„", "“", "‚", "‘")
_LOW_RIGHT = _Style("„", "”", "‚", "’")
_RIGHT = _Style("”", "”", "’", "’")
_STYLES = (
    dict.fromkeys(("de", "cs", "sk", "sl", "bg", "et", "lt", "is"), _LOW_HIGH)
    | dict.fromkeys(("pl", "hu", "ro", "hr"), _LOW_RIGHT)
    | dict.fromkeys(("sv", "fi"), _RIGHT)
)
_APOSTROPHE = re.compile(
    r"(?i)'(?:(?<=\w')(?=\w)|(?=\d0s?\b)|(?=(?:tis|twas|em|til|cause|bout|n)\b))"
)
_FEET_AND_INCHES = re.compile(r"(?<=\d)'(?=\d)|(?:(?<=\d'\d)|(?<=\d'\d\d))\"")
_ALL_MARKS = "'\"‘’‚‛“”„‟«»‹›"
_ANY_MARK = re.compile("[\"'“”„]")
_STARTS_WORD = re.compile(
    rf"(?:^|(?<=[\s(\[{{<—–\-/]))[{_ALL_MARKS}]+(?=[^\s,.;:!?)\]}}…{_ALL_MARKS}])"
)


def curly(text: str) -> tuple[str, int]:
    r"""Return the text with typographic quotation marks and apostrophes, and the number of marks changed.

    >>> curly('"It\'s 5\'11" tall," he said')
    ('“It’s 5\'11" tall,” he said', 3)
    """
    if "'" not in text and '"' not in text:
        return text, 0
    code = language.detect_language(text) or ""
    style = _STYLES.get(code, _Style())
    lines = [_curled(line, style) for line in text.split("\n")]
    curled = "\n".join(lines)
    changed = 0
    for old, new in zip(text, curled, strict=True):
        if old != new:
            changed += 1
    return curled, changed


def _curled(line: str, style: _Style) -> str:
    opening: set[int] = set()
    for run in _STARTS_WORD.finditer(line):
        opening.update(range(*run.span()))
    out = list(line)
    is_open = False
    for mark in _ANY_MARK.finditer(line):
        place = mark.start()
        character = mark.group()
        opens = place in opening
        if character == "'":
            out[place] = _single(line, place, style, opens=opens)
            continue
        before = line[place - 1 : place]
        opens = opens and (not is_open or not before.strip())
        if _FEET_AND_INCHES.match(line, place):
            continue
        if before.isdigit() and not opens and not is_open:
            continue
        if character == '"':
            out[place] = style.opens if opens else style.closes
        is_open = opens
    return "".join(out)


def _single(line: str, place: int, style: _Style, *, opens: bool) -> str:
    if _FEET_AND_INCHES.match(line, place):
        return "'"
    if _APOSTROPHE.match(line, place):
        return "’"
    return style.opens_inner if opens else style.closes_inner

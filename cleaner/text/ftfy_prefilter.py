"""Which segments of a text ftfy could change: a filter in front of it, derived from its own tables.

ftfy reads about three megabytes a second; nearly all news text comes out as it went in. ftfy works segment by segment
(a segment is a line with its newline) and changes one only if at least one of these is true:

* an HTML entity in it can be decoded;
* the badness pattern matches: the text looks like UTF-8 read as something else;
* it holds a control character, a line break other than a newline, or a surrogate;
* it is not in normal form NFC.

The first three are one RE2 pattern here, run once over the whole text (about 300 MB/s). RE2 has no exact counterpart
for all that Python's patterns can say, so the translation may only ever match *more* than the original: a segment too
many costs time, a segment too few would be an error. What cannot be translated that way is replaced by "any character
outside ASCII". The fourth is the caller's, `mojibake.fix`; so are plain CRLF line ends, which need no ftfy.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Scanner(Protocol):
    """A compiled RE2 pattern, as far as it is used here. Offsets are code points."""

    def search(self, text: str | bytes) -> object | None:
        """Return the first match in a text or its UTF-8 form, if any."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches from left to right; they do not overlap."""


SURROGATE = re.compile("[\ud800-\udfff]")

_SET = r"(?P<set>\[\^?(?:\\.|[^\]\\])+\])|(?P<escape>\\x[0-9a-fA-F]{2}|\\.)"
_TOKEN = re.compile(rf"{_SET}|(?P<other>.)", re.DOTALL)
_VERBOSE_TOKEN = re.compile(
    rf"{_SET}|(?P<ignored>\#[^\n]*|\s+)|(?P<other>.)", re.DOTALL
)
_SET_ESCAPE = re.compile(r"\\(?!x[0-9a-fA-F]{2})")
_WIDER = {
    r"\s": r"[\x00-\x20\x{80}-\x{10ffff}]",
    r"\w": r"[\w\x{80}-\x{10ffff}]",
    r"\d": r"[\d\x{80}-\x{10ffff}]",
}
"""RE2's classes are ASCII: all else is let in. Python's white space also has four separators below the space."""
_LINE_BREAKS = r"\r(?:[^\n]|\z)|[\x{85}\x{2028}\x{2029}]"
_ANYTHING = r"[\x{80}-\x{10ffff}]|&"
_MAX_MEMORY = 64 << 20


def suspects(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the spans, in code points, of the segments that ftfy could change; CRLF and NFC aside.

    >>> list(suspects("AT&T Café\nAT&amp;T CafÃ©\n“Yes”\r\n"))
    [(10, 25)]
    """
    scanner = re2_compile(pattern())
    done = 0
    for match in scanner.finditer(encodable(text)):
        first, last = match.span()
        if last <= done:
            continue
        begin = text.rfind("\n", 0, first) + 1
        start = max(begin, done)
        done = text.find("\n", last - 1) + 1 or len(text)
        yield from _segments(text, start, done)


def _segments(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = text.find("\n", start, stop) + 1 or stop
        yield start, end
        start = end


def encodable(text: str) -> str:
    """Return the text with NUL for each surrogate, which RE2 cannot be given; both are suspicious."""
    return encoded(text).decode()


def encoded(text: str) -> bytes:
    """Return the text in UTF-8, the form in which RE2 reads it, with NUL for each surrogate."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return SURROGATE.sub("\0", text).encode()


@cache
def pattern() -> str:
    """Return the RE2 pattern that finds something in every segment that ftfy could change, CRLF and NFC aside."""
    from ftfy.badness import BADNESS_RE  # noqa: PLC0415 - 80 ms, which help and rule checks need not pay
    from ftfy.chardata import C1_CONTROL_RE, CONTROL_CHARS, HTML_ENTITY_RE  # noqa: PLC0415

    controls = "[" + "".join(rf"\x{{{code:x}}}" for code in sorted(CONTROL_CHARS)) + "]"
    known = f"{_LINE_BREAKS}|{controls}"
    try:
        derived = "|".join(
            [known, *map(translate, (C1_CONTROL_RE, HTML_ENTITY_RE, BADNESS_RE))]
        )
        re2_compile(derived)
    except ValueError:
        return f"{known}|{_ANYTHING}"
    return derived


@cache
def re2_compile(pattern: str) -> Scanner:
    """Return the compiled pattern; raises ValueError where RE2 does not take it."""
    import re2  # noqa: PLC0415 - with the rest of the filter

    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    try:
        compiled: Scanner = re2.compile(pattern, options=options)
    except re2.error as error:
        raise ValueError(f"RE2 does not take {pattern!r}: {error}") from error
    return compiled


def translate(pattern: re.Pattern[str]) -> str:
    r"""Return an RE2 pattern that matches within every string in which `pattern` matches, and maybe in others.

    Raises ValueError where it holds anything that is not known to be safe.

    >>> translate(re.compile(r"^[Ââ] \s  # at the start", re.VERBOSE))
    '[Ââ][\\x00-\\x20\\x{80}-\\x{10ffff}]'
    """
    if pattern.flags & ~(re.VERBOSE | re.UNICODE):
        raise ValueError(f"flags of {pattern!r}")
    scanner = _VERBOSE_TOKEN if pattern.flags & re.VERBOSE else _TOKEN
    tokens = scanner.finditer(pattern.pattern)
    return "".join(map(_wider, tokens))


def _wider(match: re.Match[str]) -> str:
    token = match.group()
    kind = match.lastgroup
    if kind == "set":
        if _SET_ESCAPE.search(token):
            raise ValueError(f"set {token}")
        return token
    if kind == "escape":
        return _wider_escape(token)
    if kind == "ignored" or token == "^":
        return ""
    following = match.string[match.end() : match.end() + 1]
    if token in "$[" or (token == "(" and following == "?"):
        raise ValueError(f"{token} in {match.string!r}")
    return token


def _wider_escape(token: str) -> str:
    if token in _WIDER:
        return _WIDER[token]
    if token.startswith(r"\x"):
        return token
    raise ValueError(f"escape {token}")

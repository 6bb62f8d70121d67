r"""Phrases to RE2 patterns: literal first, `<placeholders>` second, `/RE2/` last.

A phrase is what an editor pastes. The pattern made of it tolerates what typography changes (case, curly or straight
quotes, dashes, `…` or `...`, kinds and runs of spaces); the article's text is never rewritten to match. Patterns go into
RE2 with `case_sensitive` off; what minds the case switches it on for itself.

RE2's `\w`, `\d` and `\s` know ASCII only; in `/…/` they are widened to what authors expect of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner import dates
from cleaner.rulebook.phrases.phrase import is_plain, is_regex, parse
from cleaner.rulebook.phrases.phrase_errors import PhraseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.rulebook.phrases.phrase import Part

__all__ = [
    "ALIKE",
    "LONGEST",
    "PLACEHOLDERS",
    "SPACE",
    "SPACES",
    "STOPS",
    "UNBOUNDED",
    "Vocabulary",
    "bare_length",
    "captured",
    "inside",
    "is_headline",
    "is_plain",
    "is_regex",
    "literal",
    "longest",
    "parts",
    "pattern",
    "text_pattern",
    "whole_line",
]

SPACE = r"[\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}]"
_EDGE = r"[^\p{L}\p{M}\p{N}_]"
SPACES = "\t\n\f\r \u00a0" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u3000"
"""The characters of `SPACE`."""
ALIKE = ("'‘’ʼ′`´", '"“”„‟″«»', "-‐‑‒–—―−")
"""Signs that a phrase takes for one another, each kind with its plainest sign first."""
_TOLERANT = {
    **{sign: f"[{signs}]" for signs in ALIKE for sign in signs},
    "…": r"(?:…|\.\.\.)",
    "...": r"(?:…|\.\.\.)",
    "ß": "(?:ß|ss)",
}
_TURKISH = dict.fromkeys("iıIİ", "[iıIİ]")
_TURKISH_LETTERS = frozenset("ışğİŞĞ")
_PIECE = re.compile(r"\s+|\.\.\.|[^\w\s]|[ßiıIİ]|_", re.UNICODE)

_WORD = r"[\p{L}\p{M}\p{N}]+(?:['’\-][\p{L}\p{M}\p{N}]+)*"
_CAPITAL = r"(?-i:\p{Lu}[\p{L}\p{M}'’.\-]*)"
_PARTICLE = (
    r"(?:de|la|le|van|von|der|den|da|di|do|dos|el|al|bin|ten|ter|du|des|zu|af|av)"
)
STOPS = ".…。।,;:!?！？"
"""Signs that a headline does not end in."""
PLACEHOLDERS: Mapping[str, str] = {
    "any": r".+?",
    "word": _WORD,
    "number": r"[0-9][0-9.,]*[kKmM]?",
    "time": dates.TIME,
    "ago": dates.AGO,
    "handle": r"@?[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}.\-]+)?",
    "username": r"@?[A-Za-z0-9_]{1,30}",
    "domain": r"@?[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+",
    "hashtag": r"#[\p{L}\p{M}\p{N}_]+",
    "url": r"(?:https?://|www\.)[^\s<>]+",
    "email": r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+",
    "name": rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,4}}",
    "account": r"[^()—–\n]{1,70}?",
    "headline": r".*[^\s.…。।,;:?!？！]",
}
"""What stands for what. `<account>` is a display name, `<username>` a handle on X, `<domain>` one on Bluesky, `<handle>`
one on any platform, `<headline>` a line without a final stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Placeholders that stand for lists: each `vocab/NAME.txt` gives `<NAME>`."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def pattern(self, name: str) -> str | None:
        """Return the pattern of a placeholder, None where nobody knows it."""
        if name == "date":
            return dates.date_pattern()
        if name in self.lists:
            return _alternatives(self.lists[name])
        return PLACEHOLDERS.get(name)

    @property
    def names(self) -> list[str]:
        """Return every placeholder that can be used, in alphabetical order."""
        return sorted({*PLACEHOLDERS, *self.lists, "date"})


@lru_cache(maxsize=64)
def _alternatives(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(literal, words))})"


def literal(text: str) -> str:
    r"""Return the pattern of a literal text, tolerant of typography.

    >>> literal("Don't…") == "Don['‘’ʼ′`´]t" + r"(?:…|\.\.\.)"
    True
    """
    text = unicodedata.normalize("NFC", text)
    turkish = not _TURKISH_LETTERS.isdisjoint(text)
    return _PIECE.sub(lambda found: _piece(found[0], turkish=turkish), text)


def _piece(text: str, *, turkish: bool) -> str:
    if text.isspace():
        return SPACE + "+"
    if turkish and text in _TURKISH:
        return _TURKISH[text]
    return _TOLERANT.get(text) or (
        text if text.isalnum() or text == "_" else re.escape(text)
    )


def pattern(
    phrase: str, vocabulary: Vocabulary, *, exact: bool = False, captures: bool = False
) -> str:
    """Return the RE2 pattern of a phrase, without anchors. With `captures`, `<field:x>` becomes a named group.

    Raise PhraseError for an unknown placeholder or a regular expression that RE2 does not take.
    """
    parsed = parse(phrase)
    if parsed.is_regex:
        from cleaner.rulebook.phrases.regex import translate  # noqa: PLC0415 - few rules have one

        body = translate(phrase[1:-1])
        return f"(?-i:{body})" if exact else f"(?:{body})"
    pieces = []
    for part in parsed.parts:
        if part.placeholder:
            pieces.append(_placeholder(part, vocabulary, captures=captures))
        else:
            pieces.append(text_pattern(part.text, exact=exact))
    return "".join(pieces)


def is_headline(phrase: str) -> bool:
    """Return whether a phrase is nothing but `<headline>`: it equals each line that does not end in one of `STOPS`."""
    return "headline" in phrase and parse(phrase).is_headline


def text_pattern(text: str, *, exact: bool) -> str:
    """Return the pattern of the literal text between two placeholders."""
    if exact and text:
        escaped = re.escape(unicodedata.normalize("NFC", text))
        return f"(?-i:{escaped})"
    return literal(text)


def parts(phrase: str) -> list[tuple[str, str]]:
    """Return the parts of a phrase that is not a regular expression: literal text, or the name of a placeholder.

    >>> parts("By <authors:name>, <date>")
    [('By ', ''), ('', 'name'), (', ', ''), ('', 'date')]
    """
    return [(part.text, part.placeholder) for part in parse(phrase).parts]


def _placeholder(part: Part, vocabulary: Vocabulary, *, captures: bool) -> str:
    name = part.placeholder
    body = vocabulary.pattern(name)
    if body is None:
        message = _unknown_placeholder(name, vocabulary.names)
        width = part.end - part.offset
        raise PhraseError("L011", message, part.offset, width)
    if captures and part.field:
        return f"(?P<{part.field}>{body})"
    return f"(?:{body})"


def _unknown_placeholder(name: str, known: list[str]) -> str:
    from cleaner.rulebook.did_you_mean import did_you_mean  # noqa: PLC0415 - only for a message

    names = ", ".join(f"<{name}>" for name in known)
    return f"unknown placeholder <{name}>{did_you_mean(name, known)}; known are {names}"


def captured(phrase: str) -> list[str]:
    """Return for each placeholder of a phrase the field that it captures, empty where it captures none.

    >>> captured("By <authors:name>, <date>")
    ['authors', '']
    """
    return [part.field for part in parse(phrase).placeholders]


def whole_line(body: str) -> str:
    """Return the pattern of a line that is nothing but the phrase, white space at its ends aside."""
    return f"{SPACE}*(?:{body}){SPACE}*"


def inside(body: str, phrase: str) -> str:
    """Return the pattern of a place inside a line, as the group `found_`; words are not cut in two."""
    found = f"(?P<found_>{body})"
    if is_regex(phrase):
        return found
    left = f"(?:^|{_EDGE})" if _is_word(phrase[:1]) else ""
    right = f"(?:$|{_EDGE})" if _is_word(phrase[-1:]) else ""
    return left + found + right


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


LONGEST = {"date": 160, "time": 40, "ago": 60, "username": 31, "account": 70}
UNBOUNDED = 1 << 30


def longest(phrase: str, vocabulary: Vocabulary) -> int:
    """Return how many code points a line can have that equals a phrase, generously; UNBOUNDED where nothing limits it.

    A run of spaces counts as one.

    >>> longest("<date> | <time>", Vocabulary()), longest("By <any>", Vocabulary()) == UNBOUNDED
    (209, True)
    """
    parsed = parse(phrase)
    if parsed.is_regex:
        return UNBOUNDED
    total = sum(_longest_part(part, vocabulary) for part in parsed.parts)
    return min(total, UNBOUNDED)


def _longest_part(part: Part, vocabulary: Vocabulary) -> int:
    """Return how many code points of a line a part of a phrase can equal: folding may make three of one."""
    if part.text:
        return 3 * len(part.text)
    names = vocabulary.lists.get(part.placeholder)
    if names is None:
        return LONGEST.get(part.placeholder, UNBOUNDED)
    return 3 * max(map(len, names), default=0)


def bare_length(phrase: str) -> int:
    """Return the number of literal letters and digits in a phrase, placeholders aside."""
    return parse(phrase).bare_length

"""A phrase, parsed once: literal text and placeholders, or a regular expression between slashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

PLACEHOLDER = re.compile(r"<(?:([a-z_]+):)?([a-z_]+)>")
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
_SHORTEST_REGEX = 3


class Part(NamedTuple):
    """A piece of a phrase: literal text, or a placeholder, which has no text."""

    offset: int
    """Where it begins in the phrase, in code points."""
    end: int
    text: str = ""
    placeholder: str = ""
    field: str = ""
    """The field that keeps what the placeholder stands for, empty where nothing is kept."""


class Capture(NamedTuple):
    """A field that a phrase captures, and where its name begins in the phrase, in code points."""

    field: str
    offset: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as an editor writes it. `parse` makes one."""

    text: str
    is_regex: bool
    """Whether it is written as `/RE2/`."""
    parts: tuple[Part, ...]
    """Its literal texts and placeholders, in order."""

    @property
    def is_plain(self) -> bool:
        """Return whether it is nothing but literal text, which always compiles."""
        return is_plain(self.text)

    @property
    def is_headline(self) -> bool:
        """Return whether it is nothing but `<headline>`."""
        return len(self.parts) == 1 and self.parts[0].placeholder == "headline"

    @property
    def placeholders(self) -> tuple[Part, ...]:
        """Return its placeholders, in order."""
        return tuple(part for part in self.parts if part.placeholder)

    @property
    def captures(self) -> tuple[Capture, ...]:
        """Return the fields that it captures, in order."""
        if self.is_regex:
            groups = _GROUP.finditer(self.text)
            return tuple(Capture(group[1], group.start(1)) for group in groups)
        return tuple(
            Capture(part.field, part.offset + 1)
            for part in self.placeholders
            if part.field
        )

    @property
    def bare_length(self) -> int:
        """Return how many letters and digits its literal texts have."""
        return sum(sum(map(str.isalnum, part.text)) for part in self.parts)


def parse(text: str) -> Phrase:
    """Return a phrase from its text.

    >>> phrase = parse("By <authors:name>, <date>")
    >>> [part.text or part.placeholder for part in phrase.parts]
    ['By ', 'name', ', ', 'date']
    >>> phrase.captures
    (Capture(field='authors', offset=4),)
    """
    if is_plain(text):
        parts = (Part(0, len(text), text),) if text else ()
        return Phrase(text, is_regex=False, parts=parts)
    return _parsed(text)


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> Phrase:
    return Phrase(text, is_regex(text), _parts(text))


def is_regex(text: str) -> bool:
    """Return whether a phrase is written as `/RE2/`, without parsing it."""
    return len(text) >= _SHORTEST_REGEX and text.startswith("/") and text.endswith("/")


def is_plain(text: str) -> bool:
    """Return whether a phrase is nothing but literal text, without parsing it."""
    return "<" not in text and not is_regex(text)


def _parts(text: str) -> tuple[Part, ...]:
    parts = []
    done = 0
    for found in PLACEHOLDER.finditer(text):
        start, end = found.span()
        if start > done:
            parts.append(Part(done, start, text[done:start]))
        parts.append(Part(start, end, "", found[2], found[1] or ""))
        done = end
    if done < len(text):
        parts.append(Part(done, len(text), text[done:]))
    return tuple(parts)

"""The titles and descriptions that a page declares, in the form in which lines are compared with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from lxml.html import HtmlElement

_TITLES = frozenset({"og:title", "twitter:title"})
_DESCRIPTIONS = frozenset({"og:description", "description", "twitter:description"})
_WORD = re.compile(r"\w+")
_TITLE_CHARS = 3
"""A title has more characters."""
_START_CHARS = 12
"""A line with fewer characters is not the beginning of a title."""
_LIKE_CHARS = 20
"""A description, and a line that is like one, have more characters."""
_START = 60
"""Characters of a description that are compared."""
_HEAD = _TITLE_CHARS + 1
"""Characters at the beginning that are the same in everything that is compared."""
_GLANCE = 16
"""Characters of a line that show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Titles and descriptions of a page, folded."""

    titles: frozenset[str] = frozenset()
    descriptions: frozenset[str] = frozenset()

    @staticmethod
    def fold(text: str) -> str:
        """Return the words of a text in lower case, one space between them.

        >>> PageWords.fold("  “No”, she said. ")
        'no she said'
        """
        return " ".join(_WORD.findall(text)).casefold()

    def folded(self, texts: Iterable[str]) -> list[str]:
        """Return lines folded; an empty text for those that begin like no title and no description."""
        declared = (*self.titles, *self.descriptions)
        heads = {text[:_HEAD] for text in declared}
        firsts = {head[:1] for head in heads}
        result = []
        for text in texts:
            folded = ""
            if _may_begin(text, firsts) and self._may_match(text, heads):
                folded = self.fold(text)
            result.append(folded)
        return result

    def _may_match(self, text: str, heads: Container[str]) -> bool:
        glance = self.fold(text[:_GLANCE])
        return len(glance) < _HEAD or glance[:_HEAD] in heads

    def titled(self, folded: Iterable[str]) -> list[float]:
        """Tell of folded lines whether each is one of the titles, or begins one."""
        long = tuple(title for title in self.titles if len(title) >= _START_CHARS)
        return [self._is_title(text, long) for text in folded]

    def _is_title(self, text: str, long: Iterable[str]) -> bool:
        if len(text) <= _TITLE_CHARS:
            return False
        if text in self.titles:
            return True
        if len(text) < _START_CHARS:
            return False
        return any(title.startswith(text) for title in long)

    def described(self, folded: Iterable[str]) -> list[float]:
        """Tell of folded lines whether each begins like one of the descriptions."""
        long = [text for text in self.descriptions if len(text) > _LIKE_CHARS]
        return [_is_like_any(text, long) for text in folded]


def _is_like_any(text: str, descriptions: Iterable[str]) -> bool:
    """Tell whether a line and one of some descriptions begin alike."""
    if len(text) <= _LIKE_CHARS:
        return False
    start = text[:_START]
    for description in descriptions:
        if description.startswith(start) or text.startswith(description[:_START]):
            return True
    return False


def _may_begin(text: str, firsts: Container[str]) -> bool:
    """Tell whether a line may begin, folded, with one of some characters: always where it does not begin with a word."""
    first = text[:1]
    return not first.isalnum() or first.casefold()[:1] in firsts


def page_words(root: HtmlElement, title: str = "") -> PageWords:
    """Return the words of a page's `<title>` and of its title and description properties, with the chosen title."""
    titles = [title, root.findtext(".//title") or ""]
    descriptions = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        content = meta.get("content") or ""
        if name in _TITLES:
            titles.append(content)
        elif name in _DESCRIPTIONS:
            descriptions.append(content)
    return PageWords(titles=_folded(titles), descriptions=_folded(descriptions))


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(PageWords.fold, texts)))

"""What a page declares as its titles and descriptions, in the form in which lines are compared with them."""

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
_TITLE_CHARS, _START_CHARS, _LIKE_CHARS, _START = 3, 12, 20, 60
"""A shorter title is none; a shorter line begins none; a shorter description says nothing; how much of one is compared."""
_HEAD, _GLANCE = _TITLE_CHARS + 1, 16
"""Whatever is compared with a title or a description begins with the same few characters; how much of a line shows them."""


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
        """Return lines folded; nothing for those that begin like no title and no description."""
        heads = {each[:_HEAD] for each in (*self.titles, *self.descriptions)}
        firsts = {each[:1] for each in heads}
        return [
            self.fold(text)
            if _may_begin(text, firsts) and self._may_be_said(text, heads)
            else ""
            for text in texts
        ]

    def _may_be_said(self, text: str, heads: Container[str]) -> bool:
        glance = self.fold(text[:_GLANCE])
        return len(glance) < _HEAD or glance[:_HEAD] in heads

    def titled(self, folded: Iterable[str]) -> list[float]:
        """Tell of folded lines whether each is one of the titles, or begins one."""
        starts = tuple(title for title in self.titles if len(title) >= _START_CHARS)
        return [
            len(text) > _TITLE_CHARS
            and (
                text in self.titles
                or (
                    len(text) >= _START_CHARS
                    and any(each.startswith(text) for each in starts)
                )
            )
            for text in folded
        ]

    def described(self, folded: Iterable[str]) -> list[float]:
        """Tell of folded lines whether each begins like one of the descriptions."""
        said = [text for text in self.descriptions if len(text) > _LIKE_CHARS]
        return [
            len(text) > _LIKE_CHARS
            and any(
                each.startswith(text[:_START]) or text.startswith(each[:_START])
                for each in said
            )
            for text in folded
        ]


def _may_begin(text: str, firsts: Container[str]) -> bool:
    """Tell whether a line may begin, folded, with one of some characters: that is sure where it begins with no word."""
    first = text[:1]
    return not first.isalnum() or first.casefold()[:1] in firsts


def page_words(root: HtmlElement, title: str = "") -> PageWords:
    """Return the words of a page's `<title>` and of its title and description properties; `title` is what it is taken for."""
    titles = [title, root.findtext(".//title") or ""]
    descriptions = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in _TITLES:
            titles.append(meta.get("content") or "")
        elif name in _DESCRIPTIONS:
            descriptions.append(meta.get("content") or "")
    return PageWords(
        titles=frozenset(filter(None, map(PageWords.fold, titles))),
        descriptions=frozenset(filter(None, map(PageWords.fold, descriptions))),
    )

"""What a page declares as its titles and descriptions, in the form in which lines are compared with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = frozenset({"og:title", "twitter:title"})
_DESCRIPTIONS = frozenset({"og:description", "description", "twitter:description"})
_WORD = re.compile(r"\w+")


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

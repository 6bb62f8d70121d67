"""Which elements of a page are its furniture: navigation, sidebars, and teasers that lead to other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.html.class_stems import Stems
from cleaner.html.embeds.post import lines_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from cleaner.html.element_index import ElementIndex

TEASER_CHARS = 600
"""The card of another story has no more text."""
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "dialog", "select"})
_PAGE = frozenset({"main", "body", "html"})
"""These hold the whole page: their class and id do not count."""
_SEPARATE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teasers?|sidebar|comments?|authors?|avatar|bio|newsletter|promo\w*|share|sharing|social|menu|"
    r"widget|footer|popular|trending|logo|icon|masthead|breadcrumb|more-(?:from|news|stories)|read-?more|most-?read|latest|advert\w*|"
    r"sponsor\w*|cookie\w*|product-?card|card-?list|up-?next|also-?(?:like|read))(?:$|[\s_-])",
    re.IGNORECASE,
)
_SEPARATE_STEMS = Stems((
    "related", "recommend", "teaser", "sidebar", "comment", "author", "avatar", "bio", "newsletter", "promo", "share", "sharing",
    "social", "menu", "widget", "footer", "popular", "trending", "logo", "icon", "masthead", "breadcrumb", "more", "read",
    "latest", "advert", "sponsor", "cookie", "product", "card", "next", "also",
))  # fmt: skip
"""One of these is in whatever `_SEPARATE` finds."""


class Furniture:
    """Which elements of a page are not the article's; each is examined once."""

    def __init__(self, page: ElementIndex) -> None:
        self._known: dict[HtmlElement, bool] = {}
        self._telling = page.marked(_SEPARATE_STEMS)

    def holds(self, element: HtmlElement) -> bool:
        """Tell whether an element is in navigation, a sidebar, a teaser or the like."""
        chain: list[HtmlElement] = []
        each: HtmlElement | None = element
        verdict = False
        while each is not None:
            if each in self._known:
                verdict = self._known[each]
                break
            chain.append(each)
            if self._is_one(each):
                verdict = True
                break
            each = each.getparent()
        self._known.update(dict.fromkeys(chain, verdict))
        return verdict

    def _is_one(self, element: HtmlElement) -> bool:
        """Tell whether an element itself is furniture, by its tag or by its class and id."""
        tag = element.tag
        if tag in _FURNITURE:
            return True
        if tag == "header" and not is_within_article(element):
            return True
        if tag in _PAGE:
            return False
        if tag == "article" and _is_teaser(element):
            return True
        return self._is_called_one(element)

    def _is_called_one(self, element: HtmlElement) -> bool:
        classes = element.get("class")
        identity = element.get("id")
        if classes not in self._telling and identity not in self._telling:
            return False
        names = f"{classes or ''} {identity or ''}"
        return _SEPARATE.search(names[:300]) is not None


def _is_teaser(article: HtmlElement) -> bool:
    """Tell whether an <article> is the card of another story: short, with a headline that is a link."""
    headings = article.iter("h2", "h3", "h4", "h5")
    if not any(map(_is_linked, headings)):
        return False
    return lines_of(article, TEASER_CHARS) is not None


def _is_linked(heading: HtmlElement) -> bool:
    if next(heading.iter("a"), None) is not None:
        return True
    return bool(heading.getparent().tag == "a")


def is_within_article(element: HtmlElement) -> bool:
    """Tell whether an element is inside an article or the main part of a page."""
    return any(each.tag in {"article", "main"} for each in element.iterancestors())

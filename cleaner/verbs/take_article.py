"""`take_article`: take the article out of an HTML page, line by line, by signs that add up.

    take_article:
      signs: |
        -2.1 words at least 0
        +1.8 main 60 yes
        -0.9 linked at least 50
      doubt: 10

Each line of a page gets the points of the signs that it shows: what it says, its markup, its neighbours, how it lies to the
region that holds most of the page's prose. Lines below 0 stay out, and the article's record lists them with the rule's
id and the signs that spoke against them. Where the points leave more than `doubt` per cent of the article's words
unsure, trafilatura and readability are asked too, and of the three answers the one is taken that agrees most with the
other two.

The first such rule that is live in a page's scope is used. Without one, trafilatura's text is the article. On plain text
it does nothing. The points are fitted to labelled pages (`benchmarks/fit_article.py`); the facts are in `docs/html.md`.

* removed: `<nav><a href="/">Home</a></nav>`
* kept: `<article><p>The paragraphs of the article, which end in full stops.</p></article>`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from annotated_types import Ge, Le

from cleaner.verbs.api.values import Signs
from cleaner.verbs.api.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeArticle(Verb):
    """Tell the lines of a page that are its article from the others. Plain text is an article already: `find` yields nothing."""

    KEY: ClassVar[str] = "take_article"
    INPUT: ClassVar = "page"
    EXAMPLE_KIND: ClassVar = "page"
    FACTS: ClassVar = {"signs": "block"}
    TRIGGERS: ClassVar[tuple[str, ...]] = ("signs",)
    signs: Signs
    """Signs for a line, its markup and its neighbours."""
    doubt: Annotated[float, Ge(0), Le(100)] = 10.0
    """Per cent of the article's words that may be unsure before others are asked; 100: nobody is."""

    def find(self, view: View) -> Iterator[Match]:  # noqa: ARG002 - the signature of every verb
        """Yield nothing: the article is taken before a document of lines exists."""
        return iter(())

"""`remove_html`: remove elements of an HTML page by selector, before there is a text.

    remove_html: |
      aside.related
      [class*="newsletter-signup"]
      :named(related articles)

One selector a line. Selectors are CSS (`cleaner/html/css.py` says which part of it), and `:named(words)` fits an element
whose class or id has these words side by side, whatever joins them. Case does not matter. The outermost element goes
with all it holds; what looks like the article itself stays. On plain text the verb does nothing.

`when` knows `max_words` and `max_chars` here: a larger element stays. Examples are markup: `after` is `before` without
the elements that go, spaces and line breaks aside.

* removed: `<aside class="related">…</aside>`, `<div class="c-RelatedArticles__list">…</div>`
* kept: `<p class="related-work">…</p>`, `<article class="has-related-articles">…</article>`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.verbs.api.values import Selectors
from cleaner.verbs.api.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match
    from cleaner.verbs.api.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHtml(Verb):
    """Remove the elements that a selector picks. Plain text has none, so `find` yields nothing."""

    KEY: ClassVar[str] = "remove_html"
    DIRECT: ClassVar[str] = "selectors"
    INPUT: ClassVar = "page"
    EXAMPLE_KIND: ClassVar = "markup"
    TRIGGERS: ClassVar[tuple[str, ...]] = ("selectors",)
    selectors: Selectors

    def find(self, view: View) -> Iterator[Match]:  # noqa: ARG002 - the signature of every verb
        """Yield nothing: elements are gone before a document of lines exists."""
        return iter(())

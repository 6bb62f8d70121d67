"""`remove_html`: remove elements by CSS selector before the text exists.

    remove_html: |
      aside.related
      [class*="newsletter-signup"]

One selector a line. The selectors are compiled by soupsieve when rules are checked; they act where the input is HTML,
and never on plain text.

* removed: `<aside class="related">…</aside>`
* kept: `<p class="related-work">…</p>`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.verbs._view import Verb, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHtml(Verb):
    """Remove the elements that a selector picks. Plain text has none, so `find` yields nothing."""

    KEY: ClassVar[str] = "remove_html"
    TRIGGERS: ClassVar[tuple[str, ...]] = ("selectors",)
    selectors: tuple[str, ...]

    def find(self, view: View) -> Iterator[Match]:  # noqa: ARG002 - the signature of every verb
        """Yield nothing: elements are gone before a document of lines exists."""
        return iter(())

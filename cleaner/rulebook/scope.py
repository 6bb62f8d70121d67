"""Whether the scope of a rule holds a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.model import Document
    from cleaner.rulebook.rule import Scope


def in_scope(scope: Scope, document: Document) -> bool:
    """Tell whether a rule's scope holds the document. A language that cannot be told is in every scope."""
    if (
        scope.languages
        and document.language
        and document.language not in scope.languages
    ):
        return False
    if scope.formats and document.format not in scope.formats:
        return False
    if scope.sites and not any(
        _is_site(document.site, pattern) for pattern in scope.sites
    ):
        return False
    return not any(_is_site(document.site, pattern) for pattern in scope.not_sites)


def _is_site(site: str | None, pattern: str) -> bool:
    if site is None:
        return False
    return site == pattern or (
        pattern.startswith("*.") and f".{site}".endswith(pattern[1:])
    )

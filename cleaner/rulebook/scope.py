"""Whether the scope of a rule holds a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Document
    from cleaner.rulebook.rule import Scope


def in_scope(scope: Scope, document: Document) -> bool:
    """Return whether a rule's scope holds the document. A document of unknown language is in every scope."""
    language, site = document.language, document.site
    if scope.languages and language and language not in scope.languages:
        return False
    if scope.formats and document.format not in scope.formats:
        return False
    if scope.sites and not _is_one_of(site, scope.sites):
        return False
    return not _is_one_of(site, scope.not_sites)


def _is_one_of(site: str | None, patterns: Sequence[str]) -> bool:
    """Return whether a host is one of some sites; `*.example.com` is the host and all below it."""
    if site is None:
        return False
    for pattern in patterns:
        if site == pattern:
            return True
        if pattern.startswith("*.") and f".{site}".endswith(pattern[1:]):
            return True
    return False

"""Clean scraped news articles: take the syndication clutter out, and account for every removed character.

    from cleaner import Cleaner

    article = Cleaner.default().clean(text)
    article.body, article.title, article.removals

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cleaner._version import __version__

if TYPE_CHECKING:
    from cleaner.errors import (
        CleanerError,
        Fault,
        OutputError,
        RuleError,
        SourceError,
        UsageError,
    )
    from cleaner.model import (
        Article,
        Embed,
        Explanation,
        Refusal,
        Related,
        Removal,
        Repair,
        Source,
    )
    from cleaner.options import CleaningOptions
    from cleaner.pipeline import Cleaner

_HOMES = {
    **dict.fromkeys(
        (
            "CleanerError",
            "Fault",
            "OutputError",
            "RuleError",
            "SourceError",
            "UsageError",
        ),
        "cleaner.errors",
    ),
    **dict.fromkeys(
        (
            "Article",
            "Embed",
            "Explanation",
            "Refusal",
            "Related",
            "Removal",
            "Repair",
            "Source",
        ),
        "cleaner.model",
    ),
    "Cleaner": "cleaner.pipeline",
    "CleaningOptions": "cleaner.options",
}

__all__ = [
    "Article",
    "Cleaner",
    "CleanerError",
    "CleaningOptions",
    "Embed",
    "Explanation",
    "Fault",
    "OutputError",
    "Refusal",
    "Related",
    "Removal",
    "Repair",
    "RuleError",
    "Source",
    "SourceError",
    "UsageError",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Return a public name, loading the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__

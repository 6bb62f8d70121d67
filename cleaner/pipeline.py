"""The five steps, from bytes to a clean article. Read this first, then `model.py`.

    Source ──decode──▶ Page ──extract──▶ Document ──match──▶ Edits ──policy──▶ Article

`Cleaner.explain_source` is where they stand one under the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from cleaner.assemble import assemble
from cleaner.errors import SourceError, UsageError
from cleaner.facts import site_of
from cleaner.model import Document, Explanation, Source
from cleaner.rulebook.load import default_rules, load
from cleaner.rulebook.passes import reduce
from cleaner.rulebook.policy import APPLIES
from cleaner.text.language import detect_language
from cleaner.text.page import read_page
from cleaner.text.quotes import Quotes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.model import Article, Page
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.rule import Level

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]|$)")
"""A language tag: `de`, `en-GB`. The word `German` is none."""
_TEXTS = (str, bytes, bytearray)
TEXT_TYPES = ("text/plain", "text/markdown", "application/json")


class Cleaner:
    """A rule book and the options of a run: `clean` turns one input into one article.

    Immutable, picklable, and safe in threads for text. The same input, rule book and options give the same article
    everywhere.
    """

    def __init__(self, rulebook: RuleBook, *, level: Level = "standard", quotes: Quotes = "keep") -> None:
        if level not in APPLIES:
            raise UsageError(f"level {level!r} is unknown: use {', '.join(APPLIES)}")
        if quotes not in get_args(Quotes):
            raise UsageError(f"quotes {quotes!r} is unknown: use {', '.join(get_args(Quotes))}")
        self.rulebook = rulebook
        self.level: Level = level
        self.quotes: Quotes = quotes

    @classmethod
    def default(
        cls, *, level: Level = "standard", quotes: Quotes = "keep", overrides: Sequence[str | Path] = ()
    ) -> Cleaner:
        """Return a cleaner with the shipped rules. Raise RuleError where an override cannot be used."""
        return cls(load([default_rules()], overrides=overrides).require(), level=level, quotes=quotes)

    @classmethod
    def from_rules(
        cls,
        paths: Sequence[str | Path],
        *,
        level: Level = "standard",
        quotes: Quotes = "keep",
        overrides: Sequence[str | Path] = (),
        keep_going: bool = False,
    ) -> Cleaner:
        """Return a cleaner with the rules of some files and folders.

        Raise RuleError with every fault, unless `keep_going`: then the good rules run and `rulebook.faults` tells.
        """
        book = load(paths, overrides=overrides, check_selectors=True)
        return cls(book if keep_going and book.rules else book.require(), level=level, quotes=quotes)

    def clean(
        self,
        text_or_bytes: str | bytes,
        url: str | None = None,
        media_type: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> Article:
        """Return the clean article of one input. Raise SourceError where it cannot be read as text."""
        return self.explain(text_or_bytes, url, media_type, facts).article

    def explain(
        self,
        text_or_bytes: str | bytes,
        url: str | None = None,
        media_type: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> Explanation:
        """Return the clean article beside the repaired text that its removals refer to.

        Raise SourceError where the input cannot be read as text.
        """
        for name, value, kinds in (("text_or_bytes", text_or_bytes, _TEXTS), ("url", url or "", (str,))):
            if not isinstance(value, kinds):
                wanted = " or ".join(kind.__name__ for kind in kinds[:2])
                message = f"{name} must be {wanted}, not {type(value).__name__}"
                raise TypeError(message)
        given = dict(facts or {})
        source = Source(
            id=str(given.pop("id", url or "")),
            data=text_or_bytes,
            media_type=media_type or "text/plain",
            url=url,
            facts=given,
        )
        return self.explain_source(source)

    def clean_source(self, source: Source) -> Article:
        """Return the clean article of a source. Raise SourceError where it cannot be read as text."""
        return self.explain_source(source).article

    def explain_source(self, source: Source) -> Explanation:
        """Return the clean article of a source beside its repaired text: all five steps."""
        page = read_page(source, quotes=self.quotes)
        document = _extract(page)
        reduction = reduce(document, self.rulebook, self.level, lambda text: _document(text, page))
        return Explanation(text=page.text, article=assemble(page, document, reduction, self.rulebook))


def _extract(page: Page) -> Document:
    """Return the page's article text as a document. Plain text passes through."""
    if page.source.media_type not in TEXT_TYPES:
        message = f"{page.source.media_type} is not supported: give plain text, or extract the article first"
        raise SourceError(message, reason="malformed", stage="extract")
    return _document(page.text, page)


def _document(text: str, page: Page) -> Document:
    given = _LANGUAGE.match(str(page.source.facts.get("language") or ""))
    language = given[1].lower() if given else detect_language(text)
    return Document(text=text, language=language, site=site_of(page.source.url))

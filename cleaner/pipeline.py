"""The five steps, from bytes to a clean article. Read this first, then `model.py`.

    Source ──decode──▶ Page ──extract──▶ Document ──match──▶ Edits ──policy──▶ Article

`Cleaner.explain_source` is where they stand one under the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from cleaner.assemble import assemble
from cleaner.document import carried
from cleaner.errors import SourceError
from cleaner.metadata import site_of
from cleaner.model import Document, Explanation, Source
from cleaner.options import CleaningOptions
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.loading.load import default_rules, load
from cleaner.text.language import SAMPLE, detect_language
from cleaner.text.page import read_page
from cleaner.text.repair import repair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Unpack

    from cleaner.html.extract import Extract
    from cleaner.metadata import Claim
    from cleaner.model import Article, Page
    from cleaner.options import CleaningKeywords
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.page_rules import ElementRules

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]|$)")
"""A language tag: `de`, `en-GB`. The word `German` is none."""
_TEXTS = (str, bytes, bytearray)
TEXT_TYPES = ("text/plain", "text/markdown", "application/json")
HTML_TYPES = ("text/html", "application/xhtml+xml")


class Cleaner:
    """A rule book and the options of a run: `clean` turns one input into one article.

    Options are given as one value, as keyword arguments, or as a value and keyword arguments that change it. Immutable, picklable, and safe in threads for text. The same input, rule book and options give the same article
    everywhere.
    """

    def __init__(
        self,
        rulebook: RuleBook,
        options: CleaningOptions | None = None,
        **changed: Unpack[CleaningKeywords],
    ) -> None:
        self.rulebook = rulebook
        self.options = replace(options or CleaningOptions(), **changed)

    def __getstate__(self) -> dict[str, object]:
        """Leave the compiled page rules behind: they are made again where a page asks for them."""
        state = dict(vars(self))
        state.pop("page_rules", None)
        return state

    @cached_property
    def page_rules(self) -> ElementRules:
        """The active rules that act on the elements of a page."""
        from cleaner.rulebook.engine.page_rules import ElementRules  # noqa: PLC0415 - loads lxml: only where there is a page

        return ElementRules(self.rulebook.active)

    @classmethod
    def default(
        cls,
        options: CleaningOptions | None = None,
        *,
        overrides: Sequence[str | Path] = (),
        **changed: Unpack[CleaningKeywords],
    ) -> Cleaner:
        """Return a cleaner with the shipped rules. Raise RuleError where an override cannot be used."""
        book = load([default_rules()], overrides=overrides).require()
        return cls(book, options, **changed)

    @classmethod
    def from_rules(
        cls,
        paths: Sequence[str | Path],
        options: CleaningOptions | None = None,
        *,
        overrides: Sequence[str | Path] = (),
        keep_going: bool = False,
        **changed: Unpack[CleaningKeywords],
    ) -> Cleaner:
        """Return a cleaner with the rules of some files and folders.

        Raise RuleError with every fault. With `keep_going` the good rules run, and `rulebook.faults` holds the faults.
        """
        book = load(paths, overrides=overrides, check_selectors=True)
        if not (keep_going and book.rules):
            book.require()
        return cls(book, options, **changed)

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
        for name, value, kinds in (
            ("text_or_bytes", text_or_bytes, _TEXTS),
            ("url", url or "", (str,)),
        ):
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

    def read(self, source: Source) -> Document:
        """Return what a source says before rules for text act: its repaired text, of an HTML page the article's lines.

        Raise SourceError where it cannot be read as text.
        """
        return self._extract(read_page(source, quotes=self.options.quotes))[1]

    def explain_source(self, source: Source) -> Explanation:
        """Return the clean article of a source beside its repaired text: all five steps."""
        page = read_page(source, quotes=self.options.quotes)
        page, document, extract = self._extract(page)
        reduction = reduce(
            document, self.rulebook, self.options.level, _Later(page, document, extract)
        )
        return Explanation(
            text=page.text,
            article=assemble(page, document, reduction, self.rulebook, extract),
        )

    def _extract(self, page: Page) -> tuple[Page, Document, Extract | None]:
        """Return the page's article text as a document. Plain text passes through; the text of HTML is repaired here."""
        kind = page.source.media_type
        if kind in TEXT_TYPES:
            return page, _document(page, page.text), None
        if kind not in HTML_TYPES:
            message = f"{kind} is not supported: give plain text or HTML ({', '.join(HTML_TYPES)})"
            raise SourceError(message, reason="malformed", stage="extract")
        from cleaner.html.extract import extract  # noqa: PLC0415 - loads lxml: only where there is HTML

        url = page.source.url
        rules = partial(self.page_rules.of_page, self.options.level, site_of(url))
        found = extract(page.text, url=url, rules=rules, options=self.options)
        found = replace(found, claims=tuple(map(_repaired, found.claims)))
        repaired = repair(found.text, self.options.quotes)
        text = replace(
            page,
            text=repaired.text,
            repairs=(*page.repairs, *repaired.repairs),
            flags=(*page.flags, *repaired.flags),
        )
        marks = found.marks_of(repaired.text)
        return text, _document(text, repaired.text, found, marks), found


def _repaired(claim: Claim) -> Claim:
    """Return what a page says of a field with its encoding repaired, as the text's is."""
    return (
        claim._replace(value=repair(claim.value).text)
        if isinstance(claim.value, str)
        else claim
    )


def _document(
    page: Page,
    text: str,
    extract: Extract | None = None,
    marks: Mapping[str, Sequence[float]] | None = None,
) -> Document:
    """Return a text as a document."""
    return Document(
        text=text,
        language=_language(page, text, extract),
        site=site_of(page.source.url),
        format="html" if extract else "text",
        marks=marks or {},
    )


def _language(page: Page, text: str, extract: Extract | None) -> str | None:
    """Return the language of a text. What it is written in counts more than what its page says that it is written in."""
    given = _LANGUAGE.match(str(page.source.facts.get("language") or ""))
    return (
        given[1].lower()
        if given
        else detect_language(text) or (extract.language if extract else None)
    )


class _Later:
    """Makes what rules have left of a document one of its own; what is known of its lines and its beginning stays known."""

    def __init__(self, page: Page, first: Document, extract: Extract | None) -> None:
        self._page, self._first, self._extract = page, first, extract
        self._languages = {first.text[:SAMPLE]: first.language}

    def __call__(self, text: str) -> Document:
        """Return a text as a document; its lines keep what the markup told of them."""
        first, sample = self._first, text[:SAMPLE]
        if sample not in self._languages:
            self._languages[sample] = _language(self._page, text, self._extract)
        later = replace(first, text=text, language=self._languages[sample], marks={})
        marks = carried(first.marks, first.contents, later.contents)
        return replace(later, marks=marks) if marks else later

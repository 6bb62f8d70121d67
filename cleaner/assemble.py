"""Apply: build the article from a page and what the passes made of it. Nothing is decided here any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner import facts as facts_table
from cleaner import shapes
from cleaner._version import __version__
from cleaner.model import Article, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Document, Edit, Page
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.passes import Reduction


def assemble(page: Page, document: Document, reduction: Reduction, book: RuleBook) -> Article:
    """Return the article: its body, its facts, and the account of what was taken away."""
    facts, origin = facts_table.settle(_claims(page, document, reduction))
    embeds = tuple(edit.match.embed for edit in reduction.applied if edit.match.embed)
    known: dict[str, Any] = facts
    return Article(
        **known,
        id=page.source.id,
        facts_from=origin,
        body=reduction.body,
        embeds=embeds,
        related=tuple(story for edit in reduction.applied for story in edit.match.related),
        dates_seen=tuple(dict.fromkeys(embed.date for embed in embeds if embed.date)),
        removals=tuple(_removal(document, edit) for edit in reduction.edits),
        repairs=page.repairs,
        flags=tuple(_flags(page, reduction)),
        source=_source(page),
        stats=_stats(document, reduction),
        refused=reduction.refused,
        watched=tuple(_removal(document, edit) for edit in reduction.watched),
        rulebook=book.fingerprint,
        cleaner=__version__,
        extra={**facts_table.others(page.source.facts), **page.source.extra},
    )


def _claims(page: Page, document: Document, reduction: Reduction) -> Iterator[tuple[str, str, object]]:
    """Yield every claim about a fact, in the order in which it was learned."""
    yield from facts_table.from_input(page.source.facts, page.source.url)
    for edit in (*reduction.applied, *reduction.learned):
        for fact in edit.match.facts:
            yield f"rule:{edit.rule}", fact.field, fact.value
    if document.language:
        yield "heuristic", "language", document.language


def _removal(document: Document, edit: Edit) -> Removal:
    first = document.line_at(edit.start)
    text = document.text[edit.start : edit.end]
    return Removal(
        rule=edit.rule,
        category=edit.category,
        start=edit.start,
        end=edit.end,
        lines=(first + 1, first + 1 + text.count("\n", 0, max(0, len(text) - 1))),
        text=text,
        replacement=edit.match.replacement,
        reason=edit.match.reason,
        also=edit.also,
    )


def _flags(page: Page, reduction: Reduction) -> dict[str, None]:
    """Return what a reader of the record should know at a glance, each once, in order."""
    flags = dict.fromkeys((*page.flags, *reduction.flags))
    flags |= dict.fromkeys(edit.match.flag for edit in reduction.applied if edit.match.flag)
    if any(edit.category == "paywall" for edit in reduction.applied):
        flags["paywalled"] = None
    if not reduction.body.strip():
        flags["empty_body"] = None
    return flags


def _source(page: Page) -> dict[str, object]:
    source = page.source
    return {
        "path": source.origin,
        "media_type": source.media_type,
        "encoding": page.encoding,
        "encoding_from": page.encoding_from,
        "sha256": page.sha256,
    }


def _stats(document: Document, reduction: Reduction) -> dict[str, int]:
    unchanged = reduction.body == document.text
    return {
        "characters_before": len(document.text),
        "characters_after": len(reduction.body),
        "words_before": document.word_count,
        "words_after": document.word_count if unchanged else shapes.words(reduction.body),
    }

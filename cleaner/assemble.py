"""Apply: build the article from a page and the edits applied to it. No decision is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner import metadata as facts_table
from cleaner._version import __version__
from cleaner.features import line_shape
from cleaner.metadata import Claim
from cleaner.model import Article, Refusal, Removal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.html.extract import Extract
    from cleaner.html.selectors.prune import Kept
    from cleaner.model import Document, Edit, Embed, Page, Pruned, Related
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.fixpoint import Reduction


def assemble(
    page: Page,
    document: Document,
    reduction: Reduction,
    book: RuleBook,
    extract: Extract | None = None,
) -> Article:
    """Return the article: its body, its metadata, and the account of what was removed."""
    claims = _claims(page, document, reduction, extract)
    facts, origin, confidence = facts_table.settle(claims)
    known: dict[str, Any] = facts | _from_page(reduction, extract)
    embeds = _embeds(reduction, extract)
    dates_seen = dict.fromkeys(embed.date for embed in embeds if embed.date)
    source = _source(page)
    extracted_flags: tuple[str, ...] = ()
    if extract:
        source["body_from"] = extract.body.chosen_by
        extracted_flags = extract.flags
    return Article(
        **known,
        id=page.source.id,
        facts_from=origin,
        facts_confidence=confidence,
        body=reduction.body,
        embeds=embeds,
        related=_related(reduction),
        dates_seen=tuple(dates_seen),
        removals=_removals(document, reduction.edits),
        repairs=page.repairs,
        flags=tuple(_flags(page, reduction, extracted_flags)),
        source=source,
        stats=_stats(document, reduction),
        watched=_watched(document, reduction, extract),
        rulebook=book.fingerprint,
        cleaner=__version__,
        extra={**facts_table.others(page.source.facts), **page.source.extra},
    )


def _from_page(reduction: Reduction, extract: Extract | None) -> dict[str, object]:
    """Return the fields that hold more where the source was an HTML page."""
    if extract is None:
        return {"refused": tuple(reduction.refused)}
    pruning = extract.pruning
    refused = [_refusal_of_element(kept) for kept in pruning.refused]
    fields: dict[str, object] = {}
    fields["images"] = extract.images
    fields["pruned"] = (*pruning.pruned, *extract.body.left)
    fields["refused"] = (*refused, *reduction.refused)
    return fields


def _embeds(reduction: Reduction, extract: Extract | None) -> tuple[Embed, ...]:
    """Return the embeds of the page's elements, then those found in the text."""
    embeds = list(extract.embeds) if extract else []
    for edit in reduction.applied:
        if edit.match.embed:
            embeds.append(edit.match.embed)
    return tuple(embeds)


def _related(reduction: Reduction) -> tuple[Related, ...]:
    stories: list[Related] = []
    for edit in reduction.applied:
        stories.extend(edit.match.related)
    return tuple(stories)


def _watched(
    document: Document, reduction: Reduction, extract: Extract | None
) -> tuple[Removal | Pruned, ...]:
    """Return what watch rules found: first elements of the page, then text."""
    removals = _removals(document, reduction.watched)
    if extract is None:
        return removals
    return (*extract.pruning.watched, *removals)


def _removals(document: Document, edits: Iterable[Edit]) -> tuple[Removal, ...]:
    return tuple(_removal(document, edit) for edit in edits)


def _claims(
    page: Page, document: Document, reduction: Reduction, extract: Extract | None
) -> Iterator[Claim]:
    """Yield every claim about a fact, in the order in which it was learned."""
    yield from facts_table.from_input(page.source.facts, page.source.url)
    if extract:
        if extract.body.lead:
            yield Claim("html", "standfirst", extract.body.lead)
        yield from extract.claims
    for edit in (*reduction.applied, *reduction.learned):
        for fact in edit.match.facts:
            yield Claim(f"rule:{edit.rule}", fact.field, fact.value, "medium")
    if document.language:
        yield Claim("heuristic", "language", document.language, "medium")


def _removal(document: Document, edit: Edit) -> Removal:
    first = document.line_at(edit.start)
    text = document.text[edit.start : edit.end]
    newlines = text.count("\n", 0, max(0, len(text) - 1))
    match = edit.match
    return Removal(
        rule=edit.rule,
        category=edit.category,
        start=edit.start,
        end=edit.end,
        lines=(first + 1, first + 1 + newlines),
        text=text,
        replacement=match.replacement,
        reason=match.reason,
        also=edit.also,
    )


def _refusal_of_element(kept: Kept) -> Refusal:
    """Return the refusal for an element of a page: no span in the text, and the line of the markup."""
    element = kept.element
    return Refusal(
        rule=element.rule,
        category=element.category,
        start=0,
        end=0,
        line=max(0, element.line - 1),
        why=kept.why,
        detail=f"{element.element} ({element.selector}): {kept.detail}",
    )


def _flags(
    page: Page, reduction: Reduction, extracted: Iterable[str]
) -> dict[str, None]:
    """Return the flags of the record, each once, in order."""
    flags = dict.fromkeys((*page.flags, *extracted, *reduction.flags))
    for edit in reduction.applied:
        if edit.match.flag:
            flags[edit.match.flag] = None
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
    words_after = document.word_count
    if reduction.body != document.text:
        words_after = line_shape.words(reduction.body)
    return {
        "characters_before": len(document.text),
        "characters_after": len(reduction.body),
        "words_before": document.word_count,
        "words_after": words_after,
    }

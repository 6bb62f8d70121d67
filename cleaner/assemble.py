"""Apply: build the article from a page and what the passes made of it. Nothing is decided here any more."""

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
    from cleaner.model import Document, Edit, Page
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.fixpoint import Reduction


def assemble(
    page: Page,
    document: Document,
    reduction: Reduction,
    book: RuleBook,
    extract: Extract | None = None,
) -> Article:
    """Return the article: its body, its facts, and the account of what was taken away."""
    facts, origin, confidence = facts_table.settle(
        _claims(page, document, reduction, extract)
    )
    posts = extract.embeds if extract else ()
    embeds = (
        *posts,
        *(edit.match.embed for edit in reduction.applied if edit.match.embed),
    )
    pruning = extract.pruning if extract else None
    known: dict[str, Any] = facts
    return Article(
        **known,
        id=page.source.id,
        facts_from=origin,
        facts_confidence=confidence,
        body=reduction.body,
        embeds=embeds,
        images=extract.images if extract else (),
        related=tuple(
            story for edit in reduction.applied for story in edit.match.related
        ),
        dates_seen=tuple(dict.fromkeys(embed.date for embed in embeds if embed.date)),
        removals=tuple(_removal(document, edit) for edit in reduction.edits),
        pruned=(*pruning.pruned, *extract.body.left) if extract and pruning else (),
        repairs=page.repairs,
        flags=tuple(_flags(page, reduction, extract.flags if extract else ())),
        source=_source(page)
        | ({"body_from": extract.body.chosen_by} if extract else {}),
        stats=_stats(document, reduction),
        refused=(
            *(_kept_element(each) for each in (pruning.refused if pruning else ())),
            *reduction.refused,
        ),
        watched=(
            *(pruning.watched if pruning else ()),
            *(_removal(document, edit) for edit in reduction.watched),
        ),
        rulebook=book.fingerprint,
        cleaner=__version__,
        extra={**facts_table.others(page.source.facts), **page.source.extra},
    )


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


def _kept_element(each: Kept) -> Refusal:
    """Return the refusal of a page's element: it has no place in the text, and its line is the markup's."""
    element = each.element
    return Refusal(
        rule=element.rule,
        category=element.category,
        start=0,
        end=0,
        line=max(0, element.line - 1),
        why=each.why,
        detail=f"{element.element} ({element.selector}): {each.detail}",
    )


def _flags(
    page: Page, reduction: Reduction, extracted: Iterable[str]
) -> dict[str, None]:
    """Return what a reader of the record should know at a glance, each once, in order."""
    flags = dict.fromkeys((*page.flags, *extracted, *reduction.flags))
    flags |= dict.fromkeys(
        edit.match.flag for edit in reduction.applied if edit.match.flag
    )
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
        "words_after": document.word_count
        if unchanged
        else line_shape.words(reduction.body),
    }

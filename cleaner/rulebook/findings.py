"""Match: ask every rule that the scan woke what it would change in one document, and sort the answers.

All rules look at the same text. Verbs of the second stage also know which lines those of the first take out, because
a flattened post or a run of headlines is read best without the advertisements in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.model import Edit, Refusal
from cleaner.rulebook import guards, policy
from cleaner.verbs._view import Standing, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.model import Document, Match
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.rule import Level, Rule, Scope


NEAR_MISSES = 3
"""A phrase that matches in more places than this outside its position is a shape, and those places tell nobody anything."""


@dataclass(slots=True)
class Findings:
    """What the rules found in one document, before the budget."""

    edits: list[Edit] = field(default_factory=list)
    watched: list[Edit] = field(default_factory=list)
    learned: list[Edit] = field(default_factory=list)
    """Matches that only teach facts."""
    refused: list[Refusal] = field(default_factory=list)


def find(book: RuleBook, document: Document, level: Level, barred: frozenset[str] = frozenset()) -> Findings:
    """Return what the active rules of a book find in a document. The rules in `barred` are refused everything."""
    hits = book.matcher.scan(document)
    findings = Findings()
    woken = sorted({*book.always, *hits})
    for stage in (0, 1):
        standing = Standing(document=document, claimed=frozenset(claimed_by(document, findings.edits) if stage else ()))
        for number in woken:
            rule = book.active[number]
            if rule.stage != stage or not in_scope(rule.scope, document) or _is_wasted(rule, level):
                continue
            near_misses = 0 if number in book.shapes else NEAR_MISSES
            found = _in_position(rule, hits.get(number, {}), document, near_misses)
            if not _is_triggered(rule, found):
                continue
            phrasebook = book.matcher.phrases_of(number)
            view = View(document=document, hits=found, phrasebook=phrasebook, standing=standing)
            for match in rule.verb.find(view):
                if not _is_taken(findings.edits, rule, match):
                    _sort(findings, rule, match, view, level, barred)
    _give_way(findings, book)
    return findings


def _give_way(findings: Findings, book: RuleBook) -> None:
    """Leave only the edits of a rule that acts alone, where one does: the others find their places in the next pass."""
    if book.alone and any(edit.rule in book.alone for edit in findings.edits):
        stay = book.alone | {rule.id for rule in book.active if not rule.verb.GIVES_WAY}
        findings.edits = [edit for edit in findings.edits if edit.rule in stay]
        findings.learned, findings.refused = [], [one for one in findings.refused if one.rule in stay]


def _in_position(
    rule: Rule, found: Mapping[str, list[int]], document: Document, near_misses: int
) -> Mapping[str, list[int]]:
    """Leave out hits far from the edge that the rule is bound to, where there are too many to be near misses."""
    when = rule.when
    if when.first_lines is None and when.last_lines is None:
        return found
    allowed = set(document.filled[: when.first_lines]) if when.first_lines else set(document.filled)
    if when.last_lines:
        allowed &= set(document.filled[-when.last_lines :])
    kept = dict(found)
    for role in rule.verb.triggers:
        lines = found.get(role, [])
        inside = [line for line in lines if line in allowed]
        if len(lines) - len(inside) > near_misses:
            kept[role] = inside
            if not inside:
                del kept[role]
    return kept


def _is_triggered(rule: Rule, found: Mapping[str, list[int]]) -> bool:
    return rule.verb.ALWAYS or not rule.verb.triggers or any(role in found for role in rule.verb.triggers)


def _is_wasted(rule: Rule, level: Level) -> bool:
    """Tell whether a costly verb would look at a document for nothing: what it finds could not be applied."""
    return rule.verb.COSTLY and rule.status == "live" and rule.confidence not in policy.APPLIES[level]


def in_scope(scope: Scope, document: Document) -> bool:
    """Tell whether a rule's scope holds the document. A language that cannot be told is in every scope."""
    if scope.languages and document.language and document.language not in scope.languages:
        return False
    if scope.formats and document.format not in scope.formats:
        return False
    if scope.sites and not any(_is_site(document.site, pattern) for pattern in scope.sites):
        return False
    return not any(_is_site(document.site, pattern) for pattern in scope.not_sites)


def _is_site(site: str | None, pattern: str) -> bool:
    if site is None:
        return False
    return site == pattern or (pattern.startswith("*.") and f".{site}".endswith(pattern[1:]))


def _is_taken(edits: Sequence[Edit], rule: Rule, match: Match) -> bool:
    """Tell whether a match lies inside the one that the same rule made just before: a cut under a cut adds nothing."""
    return bool(edits) and edits[-1].rule == rule.id and edits[-1].start <= match.start and match.end <= edits[-1].end


def _sort(findings: Findings, rule: Rule, match: Match, view: View, level: Level, barred: frozenset[str]) -> None:
    """Put a match where it belongs: applied, watched, learned or refused."""
    stopped = guards.objection(rule, match, view) or policy.objection(rule, match, level)
    if stopped is None and rule.id in barred:
        stopped = "passes", "the rule finds more in what it leaves, pass after pass: it may not touch this document"
    edit = Edit(rule=rule.id, category=rule.category, match=match if stopped else rule.verb.complete(view, match))
    if stopped is None:
        (findings.edits if match.changes else findings.learned).append(edit)
    elif stopped[0] == "status":
        findings.watched.append(edit)
    else:
        findings.refused.append(refusal(edit, *stopped))


def refusal(edit: Edit, why: str, detail: str) -> Refusal:
    """Return the account of an edit that is not applied."""
    return Refusal(
        rule=edit.rule,
        category=edit.category,
        start=edit.start,
        end=edit.end,
        line=edit.match.line,
        why=why,
        detail=detail,
    )


def claimed_by(document: Document, edits: list[Edit]) -> set[int]:
    """Return the lines that edits take out whole."""
    claimed: set[int] = set()
    for edit in edits:
        first, stop = guards.line_range(document, edit.match)
        for number in range(first, stop):
            line = document.lines[number]
            if edit.start <= line.start and line.end <= edit.end and not edit.match.replacement:
                claimed.add(number)
    return claimed

"""Match: ask every rule that the scan woke what it would change in one document, and sort the answers.

All rules look at the same text. Verbs of the second stage also know which lines those of the first take out, because
a flattened post or a run of headlines is read best without the advertisements in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Edit, Refusal
from cleaner.rulebook.engine import guards, policy
from cleaner.rulebook.scope import in_scope
from cleaner.verbs.api.view import RemainingLines, View

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cleaner.model import Document, Match
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.rule_plans import Plan
    from cleaner.rulebook.rule import Level, Rule, When


@dataclass(slots=True)
class Findings:
    """What the rules found in one document, before the budget."""

    edits: list[Edit] = field(default_factory=list)
    watched: list[Edit] = field(default_factory=list)
    learned: list[Edit] = field(default_factory=list)
    """Matches that only teach facts."""
    refused: list[Refusal] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    """Rules that were not asked yet: whatever they find is refused."""


class PutOff(NamedTuple):
    """A rule that is asked only where its refusals are told, which is after the last pass."""

    place: int
    """The number of refusals that stand before those of this rule."""
    plan: Plan
    view: View


def find(
    book: RuleBook,
    document: Document,
    level: Level,
    barred: frozenset[str] = frozenset(),
) -> Findings:
    """Return what the active rules of a book find in a document. The rules in `barred` are refused everything."""
    return completed(find_edits(book, document, level, barred), level)


def find_edits(
    book: RuleBook,
    document: Document,
    level: Level,
    barred: frozenset[str] = frozenset(),
) -> Findings:
    """Return what the rules find that may act in a run of a level; the others are put off."""
    hits = book.matcher.scan(document)
    findings = Findings()
    woken = [book.plans[number] for number in sorted({*book.always, *hits})]
    for stage in (0, 1):
        standing = RemainingLines(
            document=document,
            claimed=frozenset(claimed_by(document, findings.edits) if stage else ()),
        )
        for plan in woken:
            if plan.stage == stage and _is_asked(plan, document, level):
                found = _in_position(plan, hits.get(plan.number, {}), document)
                if plan.is_always or any(role in found for role in plan.triggers):
                    phrasebook = book.matcher.phrases_of(plan.number)
                    view = View(
                        document=document,
                        hits=found,
                        phrasebook=phrasebook,
                        standing=standing,
                    )
                    _ask(findings, plan, view, level, barred)
    _give_way(findings, book)
    return findings


def completed(findings: Findings, level: Level) -> Findings:
    """Return findings with the refusals of the rules that were put off, each where its turn was."""
    refused: list[Refusal] = []
    done = 0
    for place, plan, view in findings.put_off:
        refused += findings.refused[done:place]
        for match in plan.rule.verb.find(view):
            stopped = guards.objection(
                plan.guards, plan.rule, match, view
            ) or policy.objection(plan.rule, match, level)
            if stopped:
                refused.append(
                    refusal(
                        Edit(
                            rule=plan.rule.id, category=plan.rule.category, match=match
                        ),
                        *stopped,
                    )
                )
        done = place
    return replace(findings, refused=[*refused, *findings.refused[done:]], put_off=[])


def _is_asked(plan: Plan, document: Document, level: Level) -> bool:
    """Tell whether a rule that is woken may have a say."""
    return (
        plan.is_everywhere or in_scope(plan.rule.scope, document)
    ) and not _is_wasted(plan.rule, level)


def _ask(
    findings: Findings, plan: Plan, view: View, level: Level, barred: frozenset[str]
) -> None:
    """Put what a rule finds where it belongs."""
    if _is_refused(plan.rule, level):
        findings.put_off.append(PutOff(len(findings.refused), plan, view))
        return
    for match in plan.rule.verb.find(view):
        if not _is_taken(findings.edits, plan.rule, match):
            _sort(findings, plan, match, view, level, barred)


def _is_refused(rule: Rule, level: Level) -> bool:
    """Tell whether a run of a level refuses a rule everything, because it is not sure enough."""
    return rule.status == "live" and rule.confidence not in policy.APPLIES[level]


def _give_way(findings: Findings, book: RuleBook) -> None:
    """Leave only the edits of a rule that acts alone, where one does: the others find their places in the next pass."""
    if book.alone and any(edit.rule in book.alone for edit in findings.edits):
        findings.edits = [edit for edit in findings.edits if edit.rule in book.steady]
        findings.learned = []
        findings.put_off = [
            each._replace(
                place=sum(
                    one.rule in book.steady for one in findings.refused[: each.place]
                )
            )
            for each in findings.put_off
            if each.plan.rule.id in book.steady
        ]
        findings.refused = [one for one in findings.refused if one.rule in book.steady]


def _in_position(
    plan: Plan, found: Mapping[str, list[int]], document: Document
) -> Mapping[str, list[int]]:
    """Leave out hits far from the edge that the rule is bound to, where there are too many to be near misses."""
    if not plan.is_bound or not found:
        return found
    allowed = _positions(plan.rule.when, document.filled)
    kept = dict(found)
    for role in plan.triggers:
        lines = found.get(role, [])
        inside = [line for line in lines if line in allowed]
        if len(lines) - len(inside) > plan.near_misses:
            kept[role] = inside
            if not inside:
                del kept[role]
    return kept


def _positions(when: When, filled: Sequence[int]) -> Collection[int]:
    """Return the filled lines that are near enough to the edges that a rule is bound to."""
    first = filled[: when.first_lines] if when.first_lines else filled
    if not when.last_lines:
        return set(first)
    return {line for line in filled[-when.last_lines :] if first and line <= first[-1]}


def _is_wasted(rule: Rule, level: Level) -> bool:
    """Tell whether a costly verb would look at a document for nothing: what it finds could not be applied."""
    return rule.verb.COSTLY and _is_refused(rule, level)


def _is_taken(edits: Sequence[Edit], rule: Rule, match: Match) -> bool:
    """Tell whether a match lies inside the one that the same rule made just before: a cut under a cut adds nothing."""
    return (
        bool(edits)
        and edits[-1].rule == rule.id
        and edits[-1].start <= match.start
        and match.end <= edits[-1].end
    )


def _sort(
    findings: Findings,
    plan: Plan,
    match: Match,
    view: View,
    level: Level,
    barred: frozenset[str],
) -> None:
    """Put a match where it belongs: applied, watched, learned or refused."""
    rule = plan.rule
    stopped = guards.objection(plan.guards, rule, match, view) or policy.objection(
        rule, match, level
    )
    if stopped is None and rule.id in barred:
        stopped = (
            "passes",
            "the rule finds more in what it leaves, pass after pass: it may not touch this document",
        )
    edit = Edit(
        rule=rule.id,
        category=rule.category,
        match=match if stopped else rule.verb.complete(view, match),
    )
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
        if edit.match.replacement:
            continue
        first, stop = guards.line_range(document, edit.match)
        for number in range(first, stop):
            start = document.starts[number]
            if (
                edit.start <= start
                and start + len(document.contents[number]) <= edit.end
            ):
                claimed.add(number)
    return claimed

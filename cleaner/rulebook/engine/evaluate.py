"""Match: ask every rule that the scan triggered what it would change in one document, and sort the matches.

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
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cleaner.model import Document, Match
    from cleaner.options import Level
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.rule_plans import Plan
    from cleaner.rulebook.rule import Rule, When


_NOT_TERMINATING = (
    "the rule finds more in what it leaves, pass after pass: "
    "it may not touch this document"
)


@dataclass(slots=True)
class Findings:
    """What the rules found in one document, before the budget."""

    edits: list[Edit] = field(default_factory=list)
    watched: list[Edit] = field(default_factory=list)
    learned: list[Edit] = field(default_factory=list)
    """Matches that change nothing and only give metadata."""
    refused: list[Refusal] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    """Rules that were not asked yet, because whatever they find is refused."""


class PutOff(NamedTuple):
    """A rule that is asked after the last pass: its matches are only reported as refused."""

    place: int
    """The number of refusals that come before those of this rule."""
    plan: Plan
    view: View


def find(
    book: RuleBook,
    document: Document,
    level: Level,
    suspended: frozenset[str] = frozenset(),
) -> Findings:
    """Return what the active rules of a book find in a document. The rules in `suspended` are refused everything."""
    return completed(find_edits(book, document, level, suspended), level)


def find_edits(
    book: RuleBook,
    document: Document,
    level: Level,
    suspended: frozenset[str] = frozenset(),
) -> Findings:
    """Return what the rules find that may act in a run of a level; the others are put off."""
    hits = book.matcher.scan(document)
    findings = Findings()
    triggered = [book.plans[number] for number in sorted({*book.always, *hits})]
    for stage in (0, 1):
        claimed = claimed_by(document, findings.edits) if stage else ()
        standing = RemainingLines(document=document, claimed=frozenset(claimed))
        for plan in triggered:
            if plan.stage != stage or not _is_asked(plan, document, level):
                continue
            found = _in_position(plan, hits.get(plan.number, {}), document)
            if plan.is_always or any(role in found for role in plan.triggers):
                view = View(
                    document=document,
                    hits=found,
                    phrasebook=book.matcher.phrases_of(plan.number),
                    standing=standing,
                )
                _ask(findings, plan, view, level, suspended)
    _give_way(findings, book)
    return findings


def completed(findings: Findings, level: Level) -> Findings:
    """Return findings with the refusals of the rules that were put off, each where its turn was."""
    refused: list[Refusal] = []
    done = 0
    for place, plan, view in findings.put_off:
        refused += findings.refused[done:place]
        refused += _refusals(plan, view, level)
        done = place
    refused += findings.refused[done:]
    return replace(findings, refused=refused, put_off=[])


def _refusals(plan: Plan, view: View, level: Level) -> Iterator[Refusal]:
    """Yield the matches of a rule that is refused everything."""
    rule = plan.rule
    for match in rule.verb.find(view):
        stopped = _objection(plan, match, view, level)
        if stopped:
            edit = Edit(rule=rule.id, category=rule.category, match=match)
            yield refusal(edit, *stopped)


def _objection(
    plan: Plan, match: Match, view: View, level: Level
) -> tuple[str, str] | None:
    """Return what stops a match, a guard or the policy, and why; None where nothing does."""
    by_guard = guards.objection(plan.guards, plan.rule, match, view)
    return by_guard or policy.objection(plan.rule, match, level)


def _is_asked(plan: Plan, document: Document, level: Level) -> bool:
    """Return whether a triggered rule may act in a document."""
    if not plan.is_everywhere and not in_scope(plan.rule.scope, document):
        return False
    return not _is_wasted(plan.rule, level)


def _ask(
    findings: Findings, plan: Plan, view: View, level: Level, suspended: frozenset[str]
) -> None:
    """Add what a rule finds to the findings."""
    rule = plan.rule
    if _is_refused(rule, level):
        findings.put_off.append(PutOff(len(findings.refused), plan, view))
        return
    for match in rule.verb.find(view):
        if not _is_taken(findings.edits, rule, match):
            _sort(findings, plan, match, view, level, suspended)


def _is_refused(rule: Rule, level: Level) -> bool:
    """Return whether a run of a level refuses a rule everything, because it is not sure enough."""
    return rule.status == "live" and rule.confidence not in policy.APPLIES[level]


def _give_way(findings: Findings, book: RuleBook) -> None:
    """Leave only the edits of a rule that acts alone, where one does: the others find their places in the next pass."""
    if not book.alone or not any(edit.rule in book.alone for edit in findings.edits):
        return
    steady = book.steady
    put_off = []
    for each in findings.put_off:
        if each.plan.rule.id in steady:
            before = findings.refused[: each.place]
            place = sum(one.rule in steady for one in before)
            put_off.append(each._replace(place=place))
    findings.put_off = put_off
    findings.learned = []
    findings.edits = [edit for edit in findings.edits if edit.rule in steady]
    findings.refused = [one for one in findings.refused if one.rule in steady]


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
        outside = len(lines) - len(inside)
        if outside <= plan.near_misses:
            continue
        if inside:
            kept[role] = inside
        else:
            del kept[role]
    return kept


def _positions(when: When, filled: Sequence[int]) -> Collection[int]:
    """Return the filled lines that are near enough to the edges that a rule is bound to."""
    first = filled[: when.first_lines] if when.first_lines else filled
    if not when.last_lines:
        return set(first)
    last = filled[-when.last_lines :]
    if not first:
        return set()
    return {line for line in last if line <= first[-1]}


def _is_wasted(rule: Rule, level: Level) -> bool:
    """Return whether a costly verb would look at a document in vain: what it finds could not be applied."""
    return rule.verb.COSTLY and _is_refused(rule, level)


def _is_taken(edits: Sequence[Edit], rule: Rule, match: Match) -> bool:
    """Return whether a match lies inside the one that the same rule made just before: a cut under a cut adds nothing."""
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
    suspended: frozenset[str],
) -> None:
    """Add a match to what is applied, watched, learned or refused."""
    rule = plan.rule
    stopped = _objection(plan, match, view, level)
    if stopped is None and rule.id in suspended:
        stopped = "passes", _NOT_TERMINATING
    if stopped is None:
        match = rule.verb.complete(view, match)
    edit = Edit(rule=rule.id, category=rule.category, match=match)
    if stopped is None and match.changes:
        findings.edits.append(edit)
    elif stopped is None:
        findings.learned.append(edit)
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

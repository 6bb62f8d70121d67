"""Passes: clean until nothing more is found, and give all edits as spans of the first text.

A removal can uncover what it hid (a byline under a headline). Cleaning the result again must change nothing, so the
passes go on until one finds nothing to apply; their edits are moved back to the repaired text and united.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner import edits as arithmetic
from cleaner.rulebook.engine import policy
from cleaner.rulebook.engine.evaluate import completed, find_edits, refusal
from cleaner.rulebook.engine.policy import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.model import Document, Edit, Refusal
    from cleaner.options import Level
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.evaluate import Findings

MAX_PASSES = 12
"""Texts settle in two or three. Rules that still find something after these do not terminate: they are suspended."""
MAX_ROUNDS = 50
"""A round ends where the text settles or a rule is suspended. Two or three are enough even where rules were suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A text after all passes. Spans refer to the text before the first."""

    body: str
    edits: tuple[Edit, ...] = ()
    applied: tuple[Edit, ...] = ()
    """The rules' own edits pass by pass, before they were united: they carry facts, embeds, related stories."""
    learned: tuple[Edit, ...] = ()
    watched: tuple[Edit, ...] = ()
    refused: tuple[Refusal, ...] = ()
    flags: tuple[str, ...] = ()


def reduce(
    document: Document, book: RuleBook, level: Level, read: Callable[[str], Document]
) -> Reduction:
    """Return what a rule book makes of a document. `read` turns the text after a pass into a document.

    Rules that do not terminate in this document (two replacements that undo each other, a label that is lifted from
    the top again and again) do nothing to it, and a flag says so.
    """
    done = Reduction(body=document.text)
    suspended: frozenset[str] = frozenset()
    for _ in range(MAX_ROUNDS):
        result, non_terminating = _settle(document, done, book, level, read, suspended)
        if non_terminating:
            suspended |= non_terminating
        elif not suspended or result.body == done.body:
            return result
        else:  # what the suspended rules could not finish before they may finish now
            done, suspended = result, frozenset()
    return replace(done, flags=(*done.flags, "needs_review:passes"))


def _find(
    document: Document, book: RuleBook, level: Level, suspended: frozenset[str]
) -> tuple[Findings, Verdict]:
    """Return what the rules find and what of it may be applied.

    Where a rule that acts alone finds something and may not apply it, the other rules act.
    """
    found = find_edits(book, document, level, suspended)
    verdict = policy.decide(document, found.edits, level)
    if verdict.accepted or not any(edit.rule in book.alone for edit in found.edits):
        return found, verdict
    suspended |= book.alone
    others = completed(find_edits(book, document, level, suspended), level)
    refused = completed(found, level).refused
    refused += [one for one in others.refused if one.rule not in book.alone]
    second = policy.decide(document, others.edits, level)
    both = Verdict(
        second.accepted,
        refused=(*verdict.refused, *second.refused),
        flags=tuple(dict.fromkeys((*verdict.flags, *second.flags))),
    )
    return replace(others, refused=refused), both


def _settle(
    document: Document,
    done: Reduction,
    book: RuleBook,
    level: Level,
    read: Callable[[str], Document],
    suspended: frozenset[str],
) -> tuple[Reduction, frozenset[str]]:
    """Return the text in which the rules find nothing more, or the rules that went on after the last pass."""
    cumulative = done.edits
    applied, learned, watched = [*done.applied], [*done.learned], [*done.watched]
    current = document if done.body == document.text else read(done.body)
    passes = 0
    while True:
        found, verdict = _find(current, book, level, suspended)
        learned += arithmetic.rebase(found.learned, cumulative)
        watched = watched or arithmetic.rebase(found.watched, cumulative)
        if not verdict.accepted or passes == MAX_PASSES:
            break
        passes += 1
        applied += _newly_applied(verdict.accepted, cumulative)
        cumulative = _with_pass(cumulative, verdict.accepted, current)
        current = read(arithmetic.apply(document.text, cumulative))
    refused = completed(found, level).refused
    over_budget = [refusal(edit, "budget", why) for edit, why in verdict.refused]
    reduction = Reduction(
        body=current.text,
        edits=cumulative,
        applied=tuple(applied),
        learned=tuple(learned),
        watched=tuple(watched),
        refused=tuple(_rebased([*refused, *over_budget], cumulative, document)),
        flags=(*verdict.flags, *_doubts(refused)),
    )
    return reduction, frozenset(edit.rule for edit in verdict.accepted)


def _with_pass(
    cumulative: Sequence[Edit], accepted: Sequence[Edit], current: Document
) -> tuple[Edit, ...]:
    """Return the edits of all passes so far, as spans of the first text, with those of one more."""
    blanks = arithmetic.tidy(current, accepted)
    pass_edits: Sequence[Edit] = arithmetic.unite([*accepted, *blanks])
    pass_edits = arithmetic.joined(pass_edits, cumulative, current.text)
    moved = arithmetic.rebase(pass_edits, cumulative)
    return arithmetic.unite([*moved, *cumulative])


def _newly_applied(
    accepted: Sequence[Edit], cumulative: Sequence[Edit]
) -> Iterator[Edit]:
    """Yield edits of a pass as spans of the first text, without those inside what was removed before."""
    for edit in arithmetic.rebase(accepted, cumulative):
        if not arithmetic.covered(edit, cumulative):
            yield edit


def _rebased(
    refused: Iterable[Refusal], cumulative: Sequence[Edit], document: Document
) -> list[Refusal]:
    """Move refusals of the last pass back to the first text."""
    origins = arithmetic.Origins(cumulative)
    moved = []
    for each in refused:
        start, _ = origins.of(each.start)
        end, _ = origins.of(each.end, at_end=True)
        end = max(start, end)
        line = document.line_at(start)
        if (start, end, line) == (each.start, each.end, each.line):
            moved.append(each)
        else:
            moved.append(replace(each, start=start, end=end, line=line))
    return moved


def _doubts(refused: Iterable[Refusal]) -> tuple[str, ...]:
    """Return the flags of a document in which a verb itself was in doubt, or rules were suspended."""
    whys = {each.why for each in refused}
    return tuple(f"needs_review:{why}" for why in ("doubt", "passes") if why in whys)

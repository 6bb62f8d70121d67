"""Passes: clean until nothing more is found, and tell the whole story in terms of the first text.

A removal can lay open what it hid (a byline under a headline). Cleaning the result again must change nothing, so the
passes go on until one finds nothing to apply; their edits are moved back to the repaired text and united.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner import edits as arithmetic
from cleaner.rulebook.engine import policy
from cleaner.rulebook.engine.evaluate import completed, find_edits, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.model import Document, Edit, Refusal
    from cleaner.options import Level
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.evaluate import Findings
    from cleaner.rulebook.engine.policy import Verdict

MAX_PASSES = 12
"""Texts settle in two or three. Rules that still find something then feed on what they leave: they are barred."""


MAX_ROUNDS = 50
"""A round ends where the text settles or a rule is barred. Two or three are enough even where rules were barred."""


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

    Rules that never come to an end in this document (two replacements that undo each other, a label that is lifted from
    the top again and again) do nothing to it, and a flag says so.
    """
    done = Reduction(body=document.text)
    barred: frozenset[str] = frozenset()
    for _ in range(MAX_ROUNDS):
        further, restless = _settle(document, done, book, level, read, barred)
        if restless:
            barred |= restless
        elif not barred or further.body == done.body:
            return further
        else:  # what the barred rules could not finish before they may finish now
            done, barred = further, frozenset()
    return replace(done, flags=(*done.flags, "needs_review:passes"))


def _find(
    document: Document, book: RuleBook, level: Level, barred: frozenset[str]
) -> tuple[Findings, Verdict]:
    """Return what the rules find and what of it may be applied. A rule that acts alone and may not stops no other one."""
    found = find_edits(book, document, level, barred)
    verdict = policy.decide(document, found.edits, level)
    if verdict.accepted or not any(edit.rule in book.alone for edit in found.edits):
        return found, verdict
    others = completed(find_edits(book, document, level, barred | book.alone), level)
    refused = completed(found, level).refused
    others.refused = [
        *refused,
        *(one for one in others.refused if one.rule not in book.alone),
    ]
    second = policy.decide(document, others.edits, level)
    flags = tuple(dict.fromkeys((*verdict.flags, *second.flags)))
    return others, second._replace(
        refused=(*verdict.refused, *second.refused), flags=flags
    )


def _settle(
    document: Document,
    done: Reduction,
    book: RuleBook,
    level: Level,
    read: Callable[[str], Document],
    barred: frozenset[str],
) -> tuple[Reduction, frozenset[str]]:
    """Return the text that the rules leave alone, or the rules that went on after the last pass."""
    story = done.edits
    applied, learned, watched = [*done.applied], [*done.learned], [*done.watched]
    current = document if done.body == document.text else read(done.body)
    passes = 0
    while True:
        found, (accepted, over_budget, flags) = _find(current, book, level, barred)
        learned += arithmetic.rebase(found.learned, story)
        watched = watched or arithmetic.rebase(found.watched, story)
        if not accepted or passes == MAX_PASSES:
            break
        passes += 1
        cuts: Sequence[Edit] = arithmetic.unite(
            [*accepted, *arithmetic.tidy(current, accepted)]
        )
        applied += _outermost(arithmetic.rebase(accepted, story), story)
        cuts = arithmetic.joined(cuts, story, current.text)
        story = arithmetic.unite([*arithmetic.rebase(cuts, story), *story])
        current = read(arithmetic.apply(document.text, story))
    found = completed(found, level)
    refused = [
        *found.refused,
        *(refusal(edit, "budget", why) for edit, why in over_budget),
    ]
    reduction = Reduction(
        body=current.text,
        edits=story,
        applied=tuple(applied),
        learned=tuple(learned),
        watched=tuple(watched),
        refused=tuple(_rebased(refused, story, document)),
        flags=(*flags, *_doubts(found.refused)),
    )
    return reduction, frozenset(edit.rule for edit in accepted)


def _outermost(edits: Iterable[Edit], story: Sequence[Edit]) -> list[Edit]:
    """Return the edits that do not lie inside what was removed before."""
    return [edit for edit in edits if not arithmetic.covered(edit, story)]


def _rebased(
    refused: Iterable[Refusal], story: Sequence[Edit], document: Document
) -> list[Refusal]:
    """Move refusals of the last pass back to the first text."""
    origins = arithmetic.Origins(story)
    moved = []
    for each in refused:
        start, _ = origins.of(each.start)
        end, _ = origins.of(each.end, at_end=True)
        end, line = max(start, end), document.line_at(start)
        is_there = (start, end, line) == (each.start, each.end, each.line)
        moved.append(
            each if is_there else replace(each, start=start, end=end, line=line)
        )
    return moved


def _doubts(refused: Iterable[Refusal]) -> tuple[str, ...]:
    """Return the flags of a document in which a verb itself was in doubt, or rules were barred."""
    whys = {each.why for each in refused}
    return tuple(f"needs_review:{why}" for why in ("doubt", "passes") if why in whys)

"""Passes: clean until nothing more is found, and tell the whole story in terms of the first text.

A removal can lay open what it hid (a byline under a headline). Cleaning the result again must change nothing, so the
passes go on until one finds nothing to apply; their edits are moved back to the repaired text and united.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner import edits as arithmetic
from cleaner.rulebook import policy
from cleaner.rulebook.findings import find, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.model import Document, Edit, Refusal
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.rule import Level

MAX_PASSES = 12
"""Texts shrink from pass to pass and settle in two or three; only `replace` rules that feed each other do not."""


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


def reduce(document: Document, book: RuleBook, level: Level, read: Callable[[str], Document]) -> Reduction:
    """Return what a rule book makes of a document. `read` turns the text after a pass into a document."""
    story: tuple[Edit, ...] = ()
    applied: list[Edit] = []
    learned: list[Edit] = []
    watched: list[Edit] = []
    current = document
    for _ in range(MAX_PASSES):
        found = find(book, current, level)
        verdict = policy.decide(current, found.edits, level)
        learned += arithmetic.rebase(found.learned, story)
        watched = watched or arithmetic.rebase(found.watched, story)
        refused = [*found.refused, *(refusal(edit, "budget", why) for edit, why in verdict.refused)]
        if not verdict.accepted:
            return Reduction(
                body=current.text,
                edits=story,
                applied=tuple(applied),
                learned=tuple(learned),
                watched=tuple(watched),
                refused=tuple(_rebased(refused, story, document)),
                flags=(*verdict.flags, *_doubts(found.refused)),
            )
        cuts = arithmetic.unite([*verdict.accepted, *arithmetic.tidy(current, verdict.accepted)])
        applied += _outermost(arithmetic.rebase(_standing(found.edits, verdict.accepted), story), story)
        story = arithmetic.unite([*arithmetic.rebase(cuts, story), *story])
        current = read(arithmetic.apply(document.text, story))
    return Reduction(body=current.text, edits=story, applied=tuple(applied), flags=("needs_review:passes",))


def _standing(edits: Sequence[Edit], accepted: Sequence[Edit]) -> list[Edit]:
    """Return the edits that were accepted under their own rule's name, with all that they found."""
    names = {(edit.rule, edit.start) for edit in accepted}
    return [edit for edit in edits if (edit.rule, edit.start) in names]


def _outermost(edits: Iterable[Edit], story: Sequence[Edit]) -> list[Edit]:
    """Return the edits that do not lie inside what was removed before."""
    return [edit for edit in edits if not any(done.start <= edit.start and edit.end <= done.end for done in story)]


def _rebased(refused: Iterable[Refusal], story: Sequence[Edit], document: Document) -> list[Refusal]:
    """Move refusals of the last pass back to the first text."""
    moved = []
    for each in refused:
        start, _ = arithmetic.origin(each.start, story)
        end, _ = arithmetic.origin(each.end, story, at_end=True)
        moved.append(replace(each, start=start, end=max(start, end), line=document.line_at(start)))
    return moved


def _doubts(refused: Iterable[Refusal]) -> tuple[str, ...]:
    """Return the flag of a document in which a verb itself was in doubt."""
    return ("needs_review:doubt",) if any(each.why == "doubt" for each in refused) else ()

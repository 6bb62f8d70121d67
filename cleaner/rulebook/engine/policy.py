"""Policy: which of the edits that were found may be applied.

A rule must be live, and as sure as the level of the run asks for. Then the edits of a document are judged together:
a document never becomes silently empty or silently short. A flat share would be wrong (in one seed the right cut
takes four fifths of the words), so edits count by what speaks for them: a line that equals a stock phrase, a copy
that stays, a signature, a tail of cards prove themselves; what only follows a shape has a budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner import edits as arithmetic
from cleaner.features import line_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Document, Edit, Match
    from cleaner.options import Level
    from cleaner.rulebook.rule import Confidence, Rule

APPLIES: dict[Level, tuple[Confidence, ...]] = {
    "cautious": ("high",),
    "standard": ("high", "medium"),
    "bold": ("high", "medium", "low"),
}
SHARE: dict[Level, float] = {"cautious": 0.1, "standard": 0.25, "bold": 0.5}
"""The share of a document's words that edits without proof of their own may take together."""
FREE_WORDS = 40
"""So many words may always go without proof: in a short text one label and its headlines are a large share."""
LITTLE_WORDS = 25
"""A body with fewer words is little left …"""
MUCH_WORDS = 100
"""… where so many words or more would go."""


class Verdict(NamedTuple):
    """What the policy makes of the edits of a document."""

    accepted: tuple[Edit, ...]
    refused: tuple[tuple[Edit, str], ...] = ()
    flags: tuple[str, ...] = ()


def objection(rule: Rule, match: Match, level: Level) -> tuple[str, str] | None:
    """Return why a rule's match may not be applied whatever the rest of the document, or None."""
    if rule.status != "live":
        return "status", f"the rule is on {rule.status}"
    if rule.confidence not in APPLIES[level]:
        return (
            "confidence",
            f"confidence {rule.confidence} needs --level {_level_for(rule.confidence)}",
        )
    if match.doubt:
        return "doubt", match.doubt
    return None


def _level_for(confidence: Confidence) -> Level:
    return next(level for level, applied in APPLIES.items() if confidence in applied)


def decide(document: Document, edits: Sequence[Edit], level: Level) -> Verdict:
    """Return which edits of a document are applied, which are not and why, and the flags that say so."""
    accepted = arithmetic.unite(witnessed(document, edits))
    if not accepted:
        return Verdict(())
    total = document.word_count
    unproved = [edit for edit in accepted if not edit.match.proved]
    if (spent := _words(document, unproved)) > max(FREE_WORDS, SHARE[level] * total):
        why = f"{spent} of {total} words would go without proof, at most {SHARE[level]:.0%} may"
        rest = decide(document, [edit for edit in edits if edit.match.proved], level)
        refused = tuple((edit, why) for edit in edits if not edit.match.proved)
        return Verdict(
            rest.accepted,
            (*rest.refused, *refused),
            ("needs_review:budget", *rest.flags),
        )
    if (left := _words_left(document, accepted)) is not None and (
        not left or total - left >= MUCH_WORDS
    ):
        why = f"only {left} of {total} words would stay"
        return Verdict(
            (), tuple((edit, why) for edit in edits), ("needs_review:little_left",)
        )
    return Verdict(accepted)


def _words_left(document: Document, edits: Sequence[Edit]) -> int | None:
    """Return how many words united edits leave, None where that is more than a little.

    An edit takes no more words than it covers, and one where it joins the words on its two sides; where scripts without
    spaces are counted by pairs of characters, half of a pair is one more.
    """
    if document.word_count - _words(document, edits) - 2 * len(edits) >= LITTLE_WORDS:
        return None  # most documents: then nobody need count the words that stay
    left = line_shape.words(arithmetic.apply(document.text, edits))
    return left if left < LITTLE_WORDS else None


def witnessed(document: Document, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits without those whose copy another edit takes: of two copies one always stays.

    Edits that need no copy come first, then copies from the top. What is left out here is found again by the next pass,
    if it still has a copy then.
    """
    kept = [edit for edit in edits if edit.match.witness is None]
    if len(kept) == len(edits):
        return kept
    going = {number for edit in kept for number in _lines_in(document, edit)}
    needed: set[int] = set()
    for edit in sorted(
        (edit for edit in edits if edit.match.witness is not None),
        key=lambda edit: edit.start,
    ):
        lines = _lines_in(document, edit)
        if edit.match.witness not in going and needed.isdisjoint(lines):
            kept.append(edit)
            going.update(lines)
            needed.add(edit.match.witness or 0)
    return kept


def _lines_in(document: Document, edit: Edit) -> range:
    """Return the lines that an edit touches."""
    return range(
        document.line_at(edit.start),
        document.line_at(max(edit.start, edit.end - 1)) + 1,
    )


def _words(document: Document, edits: Sequence[Edit]) -> int:
    return sum(line_shape.words(document.text[edit.start : edit.end]) for edit in edits)

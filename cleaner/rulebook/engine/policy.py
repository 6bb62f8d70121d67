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
"""Words that may always go without proof: in a short text one label and its headlines are a large share."""
LITTLE_WORDS = 25
"""All edits are refused where fewer words than this would stay and at least `MUCH_WORDS` would go."""
MUCH_WORDS = 100
"""See `LITTLE_WORDS`."""


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
    spent = _words(document, unproved)
    if spent > max(FREE_WORDS, SHARE[level] * total):
        why = f"{spent} of {total} words would go without proof, at most {SHARE[level]:.0%} may"
        return _proved_only(document, edits, level, why)
    left = _words_left(document, accepted)
    if left is None or (left and total - left < MUCH_WORDS):
        return Verdict(accepted)
    why = f"only {left} of {total} words would stay"
    refused = tuple((edit, why) for edit in edits)
    return Verdict((), refused, ("needs_review:little_left",))


def _proved_only(
    document: Document, edits: Sequence[Edit], level: Level, why: str
) -> Verdict:
    """Return the verdict on the edits with proof; the others are refused."""
    proved = [edit for edit in edits if edit.match.proved]
    verdict = decide(document, proved, level)
    refused = [(edit, why) for edit in edits if not edit.match.proved]
    return Verdict(
        verdict.accepted,
        refused=(*verdict.refused, *refused),
        flags=("needs_review:budget", *verdict.flags),
    )


def _words_left(document: Document, edits: Sequence[Edit]) -> int | None:
    """Return how many words united edits leave, None where that is more than a little.

    An edit takes no more words than it covers, and one where it joins the words on its two sides; where scripts without
    spaces are counted by pairs of characters, half of a pair is one more.
    """
    most_taken = _words(document, edits) + 2 * len(edits)
    if document.word_count - most_taken >= LITTLE_WORDS:
        return None  # most documents: the words that stay need not be counted
    left = line_shape.words(arithmetic.apply(document.text, edits))
    if left >= LITTLE_WORDS:
        return None
    return left


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
    copies = [edit for edit in edits if edit.match.witness is not None]
    for edit in sorted(copies, key=lambda edit: edit.start):
        witness = edit.match.witness or 0
        lines = _lines_in(document, edit)
        if witness not in going and needed.isdisjoint(lines):
            kept.append(edit)
            going.update(lines)
            needed.add(witness)
    return kept


def _lines_in(document: Document, edit: Edit) -> range:
    """Return the lines that an edit touches."""
    first = document.line_at(edit.start)
    last = document.line_at(max(edit.start, edit.end - 1))
    return range(first, last + 1)


def _words(document: Document, edits: Sequence[Edit]) -> int:
    texts = (document.text[edit.start : edit.end] for edit in edits)
    return sum(map(line_shape.words, texts))

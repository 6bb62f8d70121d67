"""From what was counted to drafts of rules: few rules, each for one place of the page.

The lines at the top make one rule, those at the end another, what stands between paragraphs a third. Of each, lines that say
little by themselves (a short label, a slot for anything) are kept apart, and bound to the place where they were seen: by
`first_lines`, by `last_lines`, or as `remove_sequence` with the lines that always come with them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cleaner.learn.judge import ENOUGH, Source, judge
from cleaner.learn.line_candidates import MIN_SHARE, Candidate, candidates
from cleaner.learn.line_templates import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.learn.profile import Known, Profile
    from cleaner.rulebook.rule import Category

FEWEST = 8
"""Of fewer documents nobody can tell what repeats."""
LOOSE_LETTERS = 12
COVERED = 0.8
SLACK, SPREADS = 3, 3
"""A guard lets a line stand so many lines further in than its mean place and so many standard deviations."""
DEEPEST = 40
_OPEN = ("<any>", "<name>", "<word>")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A rule to be."""

    id: str
    name: str
    verb: Literal["remove_lines", "remove_sequence"]
    category: Category
    lines: list[Candidate]
    when: dict[str, int] = field(default_factory=dict)
    where: str


@dataclass(slots=True, kw_only=True)
class Drafts:
    """What is proposed for one source, and what is not."""

    known: Known
    slug: str
    """Its name as a part of ids and of file names."""
    drafts: list[Draft] = field(default_factory=list)
    doubtful: list[Candidate] = field(default_factory=list)
    covered: list[Candidate] = field(default_factory=list)
    """Lines that the shipped rules take already."""
    neighbours: dict[int, str] = field(default_factory=dict)
    """What stands beside each line, in words, by the line's key."""


@dataclass(slots=True, kw_only=True)
class Proposals:
    """What is proposed for all sources."""

    sources: list[Drafts]
    few: list[Known]
    """Sources with too few documents."""


def propose(
    profile: Profile,
    *,
    min_share: float = MIN_SHARE,
    fewest: int = FEWEST,
    include_covered: bool = False,
) -> Proposals:
    """Return drafts for every source with enough documents, in the order of their names."""
    enough = [known for known in profile.sources.values() if known.documents >= fewest]
    few = [known for known in profile.sources.values() if known.documents < fewest]
    slugs = _slugs([known.name for known in enough])
    return Proposals(
        sources=[
            _for_source(
                known, slugs[known.name], min_share, include_covered=include_covered
            )
            for known in sorted(enough, key=lambda known: known.name)
        ],
        few=sorted(few, key=lambda known: known.name),
    )


def _slugs(names: Sequence[str]) -> dict[str, str]:
    """Return a part of an id for each name, different ones for different names.

    >>> _slugs(["harbour-post.example", "Harbour Post example"])
    {'Harbour Post example': 'harbour-post-example', 'harbour-post.example': 'harbour-post-example-2'}
    """
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        base = (
            re.sub(r"[^a-z0-9]+", "-", name.lower())[-60:].strip("-")
            or f"source-{key_of('slug', name) % 10_000}"
        )
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        slugs[name] = slug
    return slugs


def _for_source(
    known: Known, slug: str, min_share: float, *, include_covered: bool
) -> Drafts:
    found = candidates(known, min_share)
    judge(known, found)
    result = Drafts(known=known, slug=slug)
    chosen = []
    for line in found:
        entry = line.entry
        if (
            not include_covered
            and entry.asked
            and entry.covered >= COVERED * entry.asked
        ):
            result.covered.append(line)
        elif line.score >= ENOUGH:
            chosen.append(line)
        elif not line.is_family or (line.score > 0 and not _is_said(line, chosen)):
            result.doubtful.append(line)
    result.drafts = list(_drafts(chosen, slug, known))
    by_key = {line.key: line for line in found}
    by_key |= {member.key: line for line in found for member in line.stands_for}
    result.neighbours = {line.key: _beside(line, by_key) for line in found}
    return result


def _is_said(line: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether proposed lines say what a family has in common."""
    return any(
        not set(other.entry.samples).isdisjoint(line.entry.samples) for other in chosen
    )


def _beside(line: Candidate, by_key: dict[int, Candidate]) -> str:
    """Return the repeated lines that stand most often above and below a line."""
    words = []
    for side, counts in (("after", line.entry.before), ("before", line.entry.after)):
        known = [key for key in counts if key in by_key and by_key[key] is not line]
        best = max(
            known, key=lambda key: (counts[key], by_key[key].phrase), default=None
        )
        if best is not None and 2 * counts[best] >= line.entry.lines:
            words.append(f"{side} “{by_key[best].phrase}”")
    return ", ".join(words)


def _drafts(chosen: Sequence[Candidate], slug: str, known: Known) -> Iterator[Draft]:
    """Yield the rules of a source, from the top of the page to its end."""
    source = Source(known)
    taken: set[int] = set()
    sequences = []
    for line in chosen:
        steps = [each for each in line.block if each in chosen]
        if (
            line.where == "middle"
            and is_loose(line)
            and len(steps) > 1
            and line.key not in taken
        ):
            taken.update(step.key for step in steps)
            sequences.append(steps)
    for where, words in (
        ("head", "at the top"),
        ("middle", "between paragraphs"),
        ("tail", "at the end"),
    ):
        lines = [
            line for line in chosen if line.where == where and line.key not in taken
        ]
        for loose in (False, True):
            some = sorted(
                (line for line in lines if is_loose(line) is loose), key=_order
            )
            if not some:
                continue
            when = _guard(some, where) if loose else {}
            yield Draft(
                id=f"learned.{slug}.{where}{'-loose' * loose}",
                name=f"{known.name}: {'short or open lines' if loose else 'lines'} {words}",
                verb="remove_lines",
                category=_category(some, source),
                lines=some,
                when=when,
                where=where,
            )
        for number, steps in enumerate(sequences if where == "middle" else (), 1):
            name = f"{known.name}: box of {len(steps)} lines between paragraphs"
            box = f"learned.{slug}.box-{number}"
            yield Draft(
                id=box,
                name=name,
                verb="remove_sequence",
                category=_category(steps, source),
                lines=steps,
                where=where,
            )


def _order(line: Candidate) -> tuple[float, str]:
    place = (
        line.entry.from_top[0] if line.where == "head" else -line.entry.from_bottom[0]
    )
    return (place if line.where != "middle" else -line.share), line.phrase


def is_loose(line: Candidate) -> bool:
    """Tell whether a phrase says so little by itself that its place has to speak for it."""
    return line.letters < LOOSE_LETTERS or any(slot in line.phrase for slot in _OPEN)


def _guard(lines: Sequence[Candidate], where: str) -> dict[str, int]:
    """Return the guard that holds lines to the edge at which they were seen, nothing in the middle."""
    if where == "middle":
        return {}
    moments = [
        line.entry.from_top if where == "head" else line.entry.from_bottom
        for line in lines
    ]
    deepest = max(
        math.ceil(mean + SPREADS * spread) + SLACK for mean, spread in moments
    )
    return {"first_lines" if where == "head" else "last_lines": min(deepest, DEEPEST)}


def _category(lines: Sequence[Candidate], source: Source) -> Category:
    said = [source.speaks(line) for line in lines]
    if sum(
        each is not None and "points to other stories" in each.why for each in said
    ) * 2 > len(lines):
        return "related"
    if any("<name>" in line.phrase for line in lines) and lines[0].where == "head":
        return "byline"
    return "promo" if sum(map(bool, said)) * 2 > len(lines) else "other"

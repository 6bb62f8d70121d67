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
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.learn.profile import Known, Profile
    from cleaner.rulebook.rule import Category

FEWEST = 8
"""Fewer documents do not show what repeats."""
LOOSE_LETTERS = 12
COVERED = 0.8
SLACK, SPREADS = 3, 3
"""A guard lets a line stand so many lines further in than its mean place and so many standard deviations."""
DEEPEST = 40
_WORDS = {"head": "at the top", "middle": "between paragraphs", "tail": "at the end"}
"""Places of the page, in words."""
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
    by_name = sorted(profile.sources.values(), key=lambda known: known.name)
    enough = [known for known in by_name if known.documents >= fewest]
    few = [known for known in by_name if known.documents < fewest]
    slugs = _slugs([known.name for known in enough])
    sources = []
    for known in enough:
        drafts = Drafts(known=known, slug=slugs[known.name])
        _fill(drafts, min_share, include_covered=include_covered)
        sources.append(drafts)
    return Proposals(sources=sources, few=few)


def _slugs(names: Sequence[str]) -> dict[str, str]:
    """Return a part of an id for each name, different ones for different names.

    >>> _slugs(["harbour-post.example", "Harbour Post example"])
    {'Harbour Post example': 'harbour-post-example', 'harbour-post.example': 'harbour-post-example-2'}
    """
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        base = _slug(name)
        slug = base
        number = 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        slugs[name] = slug
    return slugs


def _slug(name: str) -> str:
    dashed = re.sub(r"[^a-z0-9]+", "-", name.lower())
    number = key_of("slug", name) % 10_000
    return dashed[-60:].strip("-") or f"source-{number}"


def _fill(result: Drafts, min_share: float, *, include_covered: bool) -> None:
    """Sort the lines of a source into drafts, doubtful ones and those that the shipped rules take."""
    known = result.known
    found = candidates(known, min_share)
    judge(known, found)
    chosen: list[Candidate] = []
    for line in found:
        if not include_covered and _is_covered(line):
            result.covered.append(line)
        elif line.score >= ENOUGH:
            chosen.append(line)
        elif not line.is_family or (line.score > 0 and not _is_said(line, chosen)):
            result.doubtful.append(line)
    result.drafts = list(_drafts(chosen, result.slug, known))
    by_key = {line.key: line for line in found}
    for line in found:
        for member in line.stands_for:
            by_key[member.key] = line
    for line in found:
        result.neighbours[line.key] = _neighbours(line, by_key)


def _is_covered(line: Candidate) -> bool:
    """Tell whether the shipped rules take a line nearly always."""
    entry = line.entry
    return entry.asked > 0 and entry.covered >= COVERED * entry.asked


def _is_said(line: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether proposed lines say what a family has in common."""
    samples = set(line.entry.samples)
    return any(not samples.isdisjoint(other.entry.samples) for other in chosen)


def _neighbours(line: Candidate, by_key: dict[int, Candidate]) -> str:
    """Return the repeated lines that stand most often above and below a line."""
    words = []
    for side, counts in (("after", line.entry.before), ("before", line.entry.after)):
        ranked = []
        for key, count in counts.items():
            other = by_key.get(key)
            if other is not None and other is not line:
                ranked.append((count, other.phrase))
        count, phrase = max(ranked, default=(0, ""))
        if ranked and 2 * count >= line.entry.lines:
            words.append(f"{side} “{phrase}”")
    return ", ".join(words)


def _drafts(chosen: Sequence[Candidate], slug: str, known: Known) -> Iterator[Draft]:
    """Yield the rules of a source, from the top of the page to its end."""
    source = Source(known)
    boxes = _boxes(chosen)
    boxed = {line.key for box in boxes for line in box}
    for where in _WORDS:
        lines = [line for line in chosen if line.where == where]
        lines = [line for line in lines if line.key not in boxed]
        yield from _line_drafts(lines, where, slug, source)
        if where == "middle":
            yield from _box_drafts(boxes, slug, source)


def _boxes(chosen: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the lines between paragraphs that say little alone, each with those that always come with it."""
    boxes: list[list[Candidate]] = []
    boxed: set[int] = set()
    for line in chosen:
        if line.where != "middle" or not is_loose(line) or line.key in boxed:
            continue
        box = [other for other in line.block if other in chosen]
        if len(box) > 1:
            boxed.update(other.key for other in box)
            boxes.append(box)
    return boxes


def _line_drafts(
    lines: Sequence[Candidate], where: str, slug: str, source: Source
) -> Iterator[Draft]:
    """Yield the rules for single lines at one place of the page: those that say enough, and the others with a guard."""
    loose = sorted(filter(is_loose, lines), key=_order)
    sure = sorted((line for line in lines if line not in loose), key=_order)
    place = _WORDS[where]
    name = source.known.name
    if sure:
        yield Draft(
            id=f"learned.{slug}.{where}",
            name=f"{name}: lines {place}",
            verb="remove_lines",
            category=_category(sure, source),
            lines=sure,
            where=where,
        )
    if loose:
        yield Draft(
            id=f"learned.{slug}.{where}-loose",
            name=f"{name}: short or open lines {place}",
            verb="remove_lines",
            category=_category(loose, source),
            lines=loose,
            when=_guard(loose, where),
            where=where,
        )


def _box_drafts(
    boxes: Sequence[list[Candidate]], slug: str, source: Source
) -> Iterator[Draft]:
    """Yield a rule for each box between paragraphs."""
    name = source.known.name
    for number, box in enumerate(boxes, 1):
        yield Draft(
            id=f"learned.{slug}.box-{number}",
            name=f"{name}: box of {len(box)} lines between paragraphs",
            verb="remove_sequence",
            category=_category(box, source),
            lines=box,
            where="middle",
        )


def _order(line: Candidate) -> tuple[float, str]:
    """Return the place of a line in its rule: as on the page; in the middle the most frequent first."""
    rank = -line.share
    if line.where == "head":
        rank, _ = line.entry.from_top
    elif line.where == "tail":
        from_end, _ = line.entry.from_bottom
        rank = -from_end
    return rank, line.phrase


def is_loose(line: Candidate) -> bool:
    """Tell whether a phrase says so little by itself that its place has to speak for it."""
    if line.letters < LOOSE_LETTERS:
        return True
    return any(slot in line.phrase for slot in _OPEN)


def _guard(lines: Sequence[Candidate], where: str) -> dict[str, int]:
    """Return the guard that holds lines to the edge at which they were seen, nothing in the middle."""
    if where == "head":
        return {"first_lines": _deepest(line.entry.from_top for line in lines)}
    if where == "tail":
        return {"last_lines": _deepest(line.entry.from_bottom for line in lines)}
    return {}


def _deepest(moments: Iterable[tuple[float, float]]) -> int:
    """Return how far from an edge lines may stand, from means and standard deviations of their places."""
    deepest = 0
    for mean, spread in moments:
        furthest = math.ceil(mean + SPREADS * spread)
        deepest = max(deepest, furthest + SLACK)
    return min(deepest, DEEPEST)


def _category(lines: Sequence[Candidate], source: Source) -> Category:
    spoken = list(filter(None, map(source.speaks, lines)))
    related = [said for said in spoken if "points to other stories" in said.why]
    if 2 * len(related) > len(lines):
        return "related"
    if lines[0].where == "head" and any("<name>" in line.phrase for line in lines):
        return "byline"
    if 2 * len(spoken) > len(lines):
        return "promo"
    return "other"

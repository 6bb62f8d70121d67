"""Drafts as YAML that an editor can read, and that the rule book takes as it is.

Above each rule stand its lines with what was counted: in how many documents, where, beside what, a sample, the risk. Below
the rules of a source, as comments, the lines that were not proposed and why. Each rule has examples made of neutral
words round the samples; a rule whose examples do not hold is not written as a rule.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import re2

from cleaner.learn.slots import matches
from cleaner.rulebook.authoring.examples import prove
from cleaner.rulebook.loading.load import load_text
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan.pattern_cache import re2_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.learn.line_candidates import Candidate
    from cleaner.learn.profile import Known
    from cleaner.learn.propose import Draft, Drafts

SHOWN_DOUBTS = 30
SHOWN_CHARS = 160
EXAMPLE_LINES = 6
WHY_REASONS = 2

Status = Literal["draft", "watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A pack, and the drafts that are in it; `left_out` are ids of drafts whose own examples did not hold."""

    text: str
    drafts: Sequence[tuple[Drafts, Draft]] = ()
    left_out: Sequence[str] = field(default_factory=tuple)


def write(
    sources: Sequence[Drafts],
    *,
    status: Status = "draft",
    today: str = "",
    pack: str = "learned",
) -> Written:
    """Return the pack of some sources."""
    bodies = {
        draft.id: rule(source.known, draft)
        for source in sources
        for draft in source.drafts
    }
    head = _head(pack, status, today)
    failed = _failed(head, list(bodies.values()))
    parts = [head]
    kept = []
    for source in sources:
        good = [draft for draft in source.drafts if draft.id not in failed]
        kept += [(source, draft) for draft in good]
        parts.append("\n".join(_section(source, good, bodies)))
    text = (
        "\n".join(parts)
        if kept
        else "\n".join(["# Nothing is proposed.", *parts[1:], ""])
    )
    return Written(text=text, drafts=kept, left_out=sorted(failed))


def _head(pack: str, status: Status, today: str) -> str:
    added = f", added: {today}" if today else ""
    return (
        f"# Learned by counting; nobody has read it yet. Judge each rule, delete what is news, then set its status.\n"
        f"pack: {pack}\ndefaults: {{status: {status}, confidence: medium{added}}}\nrules:"
    )


def _failed(head: str, bodies: Sequence[str]) -> set[str]:
    """Return the ids of rules that do not load or whose examples do not hold."""
    if not bodies:
        return set()
    book = load_text("\n".join([head, *bodies]) + "\n", name="learned.yaml")
    failed = {fault.rule or "" for fault in book.faults if fault.severity == "error"}
    return failed | {proof.rule for proof in prove(book) if not proof.ok}


def _section(
    source: Drafts, good: Sequence[Draft], bodies: dict[str, str]
) -> Iterator[str]:
    known = source.known
    yield ""
    yield f"# ── {_inline(known.name)}: {known.documents:,} documents" + _copies(known)
    if known.windows:
        yield f"#    Counts may be too low by up to {known.windows}."
    if good and known.site is None:
        yield "#    No site is known here: without `scope: {sites: […]}` these rules would act everywhere."
    for draft in good:
        yield ""
        for line in draft.lines:
            yield from evidence(line, source)
        yield bodies[draft.id]
    if source.doubtful:
        yield from _doubts(source)


def _doubts(source: Drafts) -> Iterator[str]:
    """Yield the lines that repeat and may be news, as comments."""
    yield ""
    yield f"# Doubtful in {_inline(source.known.name)}, not proposed:"
    for line in source.doubtful[:SHOWN_DOUBTS]:
        yield f"#   {_inline(line.phrase)}"
        counted = f"in {line.documents:,} of {source.known.documents:,} documents, {line.where}"
        yield f"#     {'; '.join([counted, *line.doubts])}"
    if (more := len(source.doubtful) - SHOWN_DOUBTS) > 0:
        yield f"#   … {more} more"


def _copies(known: Known) -> str:
    return f", {known.copies:,} later versions of them left out" if known.copies else ""


def evidence(line: Candidate, source: Drafts) -> Iterator[str]:
    """Yield what was counted for a line, as comments."""
    known, entry = source.known, line.entry
    (top, up), (bottom, down) = entry.from_top, entry.from_bottom
    mean, spread, edge = (top, up, "top") if up <= down else (bottom, down, "end")
    place = f"line {mean + 1:.0f} from the {edge} (± {spread:.1f})"
    beside = (
        f"; {_inline(source.neighbours[line.key])}"
        if source.neighbours.get(line.key)
        else ""
    )
    yield f"# {_inline(line.phrase)}"
    yield f"#   in {line.documents:,} of {known.documents:,} documents ({line.share:.0%}); {line.where}, {place}{beside}"
    if "<" in line.phrase:
        yield f"#   sample: {_inline(entry.samples[0])}"
    yield f"#   risk: {risk(line, known)}"


def risk(line: Candidate, known: Known) -> str:
    """Return how often a line was seen where it may be part of the article."""
    words = []
    if inside := _inside(line.phrase, known.paragraphs):
        words.append(
            f"{inside} of {len(known.paragraphs)} paragraphs hold the same words"
        )
    if line.entry.between and line.where != "middle":
        words.append(f"{line.entry.between} times between two paragraphs")
    elif line.entry.between:
        words.append(
            f"stands between two paragraphs, {line.entry.between} times of {line.entry.lines}"
        )
    return ", ".join(words) or f"none seen in {len(known.paragraphs)} paragraphs"


def risks(draft: Draft, known: Known) -> str:
    """Return in a few words how often the lines of a rule were seen where they may be part of the article.

    In the middle every line stands between paragraphs: there only running text tells something.
    """
    inside = max(_inside(line.phrase, known.paragraphs) for line in draft.lines)
    between = sum(line.entry.between for line in draft.lines if line.where != "middle")
    told = [f"in {inside} of {len(known.paragraphs)} paragraphs"] if inside else []
    told += [f"{between} times between paragraphs"] if between else []
    return ", ".join(told) or "none seen"


def _inside(phrase: str, paragraphs: Sequence[str]) -> int:
    body = syntax.inside(syntax.pattern(phrase, Vocabulary()), phrase)
    pattern = re2.compile(body, options=re2_options())
    return sum(
        pattern.search(text) is not None
        for text in paragraphs
        if not matches(phrase, text)
    )


def rule(known: Known, draft: Draft) -> str:
    """Return one rule as YAML."""
    phrases_ = [line.phrase for line in draft.lines]
    samples = [" ".join(line.entry.samples[0].split()) for line in draft.lines]
    if draft.verb == "remove_lines":
        samples = samples[:EXAMPLE_LINES]
    rows = [
        f"- id: {draft.id}",
        f"  name: {_quoted(draft.name)}",
        f"  why: {_quoted(why(known, draft))}",
        f"  category: {draft.category}",
        f"  source: {_quoted(known.name)}",
    ]
    if known.site:
        rows.append(f"  scope: {{sites: [{_quoted(known.site)}]}}")
    rows += [f"  {draft.verb}: |", *(f"    {phrase}" for phrase in phrases_)]
    if draft.when:
        rows.append(
            f"  when: {{{', '.join(f'{name}: {value}' for name, value in draft.when.items())}}}"
        )
    return "\n".join([*rows, "  examples:", *_examples(draft, samples)])


def why(known: Known, draft: Draft) -> str:
    """Return what an editor can agree or disagree with."""
    shares = [line.share for line in draft.lines]
    low, high = min(shares), max(shares)
    spread = (
        f"{low:.0%}" if f"{low:.0%}" == f"{high:.0%}" else f"{low:.0%} to {high:.0%}"
    )
    counts: dict[str, int] = {}
    for line in draft.lines:
        for reason in line.reasons[1:]:
            counts[reason] = counts.get(reason, 0) + 1
    most = sorted(counts, key=lambda reason: (-counts[reason], reason))[:WHY_REASONS]
    these, told = (
        ("These lines stand", "most of them: ")
        if len(draft.lines) > 1
        else ("This line stands", "")
    )
    reasons = f" What speaks for a template: {told}{'; '.join(most)}." if most else ""
    return f"{these} in {spread} of {known.documents:,} documents of {known.name}.{reasons}"


def _examples(draft: Draft, samples: Sequence[str]) -> Iterator[str]:
    above, below = {
        "head": ((), (30, 45)),
        "tail": ((30, 45), ()),
        "middle": ((30,), (45,)),
    }[draft.where]
    before = [
        *(f"<filler {count}>" for count in above),
        *samples,
        *(f"<filler {count}>" for count in below),
    ]
    after = [f"<filler {count}>" for count in (*above, *below)]
    yield from _block("- before", before)
    yield from _block("  after", after)
    innocent = f"The words “{samples[0]}” were painted on the wall of the old mill, nobody knew why."
    yield from _block("- unchanged", [innocent, "<filler 25>"])


def _block(key: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"  {key}: |"
    yield from (f"      {line}" for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _inline(text: str) -> str:
    """Return a text for a comment of one line."""
    bare = " ".join(text.split())
    return bare if len(bare) <= SHOWN_CHARS else bare[: SHOWN_CHARS - 1] + "…"

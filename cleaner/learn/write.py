"""Drafts as YAML that an editor can read, and that the rule book takes as it is.

Above each rule stand its lines with what was counted: in how many documents, where, beside what, a sample, the risk. Below
the rules of a source, as comments, the lines that were not proposed and why. Each rule has examples made of neutral
words round the samples; a rule whose examples do not hold is not written as a rule.
"""

from __future__ import annotations

import json
from collections import Counter
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

_ABOVE, _BELOW = "<filler 30>", "<filler 45>"
_FILLERS: dict[str, tuple[list[str], list[str]]] = {
    "head": ([], [_ABOVE, _BELOW]),
    "tail": ([_ABOVE, _BELOW], []),
    "middle": ([_ABOVE], [_BELOW]),
}
"""The neutral lines above and below the samples of an example, by where a rule acts."""

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
    bodies: dict[str, str] = {}
    for source in sources:
        for draft in source.drafts:
            bodies[draft.id] = rule(source.known, draft)
    head = _head(pack, status, today)
    failed = _failed(head, list(bodies.values()))
    kept: list[tuple[Drafts, Draft]] = []
    sections: list[str] = []
    for source in sources:
        good = [draft for draft in source.drafts if draft.id not in failed]
        kept += [(source, draft) for draft in good]
        section = _section(source, good, bodies)
        sections.append("\n".join(section))
    parts = [head, *sections]
    if not kept:
        parts = ["# Nothing is proposed.", *sections, ""]
    return Written(text="\n".join(parts), drafts=kept, left_out=sorted(failed))


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
    text = "\n".join([head, *bodies, ""])
    book = load_text(text, name="learned.yaml")
    failed = set()
    for fault in book.faults:
        if fault.severity == "error":
            failed.add(fault.rule or "")
    for proof in prove(book):
        if not proof.ok:
            failed.add(proof.rule)
    return failed


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
    known = source.known
    yield ""
    yield f"# Doubtful in {_inline(known.name)}, not proposed:"
    for line in source.doubtful[:SHOWN_DOUBTS]:
        yield f"#   {_inline(line.phrase)}"
        counted = f"in {line.documents:,} of {known.documents:,} documents"
        told = "; ".join([f"{counted}, {line.where}", *line.doubts])
        yield f"#     {told}"
    more = len(source.doubtful) - SHOWN_DOUBTS
    if more > 0:
        yield f"#   … {more} more"


def _copies(known: Known) -> str:
    if not known.copies:
        return ""
    return f", {known.copies:,} later versions of them left out"


def evidence(line: Candidate, source: Drafts) -> Iterator[str]:
    """Yield what was counted for a line, as comments."""
    known = source.known
    place = f"{line.where}, {_usual_place(line)}"
    neighbours = source.neighbours.get(line.key)
    if neighbours:
        place += f"; {_inline(neighbours)}"
    counted = f"in {line.documents:,} of {known.documents:,} documents"
    yield f"# {_inline(line.phrase)}"
    yield f"#   {counted} ({line.share:.0%}); {place}"
    if "<" in line.phrase:
        sample = line.entry.samples[0]
        yield f"#   sample: {_inline(sample)}"
    yield f"#   risk: {risk(line, known)}"


def _usual_place(line: Candidate) -> str:
    """Return where a line stands, from the edge from which it varies less."""
    mean, spread = line.entry.from_top
    edge = "top"
    from_end, spread_from_end = line.entry.from_bottom
    if spread > spread_from_end:
        mean = from_end
        spread = spread_from_end
        edge = "end"
    return f"line {mean + 1:.0f} from the {edge} (± {spread:.1f})"


def risk(line: Candidate, known: Known) -> str:
    """Return how often a line was seen where it may be part of the article."""
    words = []
    paragraphs = len(known.paragraphs)
    inside = _inside(line.phrase, known.paragraphs)
    if inside:
        words.append(f"{inside} of {paragraphs} paragraphs hold the same words")
    between = line.entry.between
    if between and line.where != "middle":
        words.append(f"{between} times between two paragraphs")
    elif between:
        times = f"{between} times of {line.entry.lines}"
        words.append(f"stands between two paragraphs, {times}")
    return ", ".join(words) or f"none seen in {paragraphs} paragraphs"


def risks(draft: Draft, known: Known) -> str:
    """Return in a few words how often the lines of a rule were seen where they may be part of the article.

    In the middle every line stands between paragraphs: there only running text tells something.
    """
    inside = 0
    between = 0
    for line in draft.lines:
        inside = max(inside, _inside(line.phrase, known.paragraphs))
        if line.where != "middle":
            between += line.entry.between
    told = []
    if inside:
        told.append(f"in {inside} of {len(known.paragraphs)} paragraphs")
    if between:
        told.append(f"{between} times between paragraphs")
    return ", ".join(told) or "none seen"


def _inside(phrase: str, paragraphs: Sequence[str]) -> int:
    """Return how many paragraphs hold a phrase and are not equal to it."""
    body = syntax.inside(syntax.pattern(phrase, Vocabulary()), phrase)
    pattern = re2.compile(body, options=re2_options())
    count = 0
    for text in paragraphs:
        if not matches(phrase, text) and pattern.search(text):
            count += 1
    return count


def rule(known: Known, draft: Draft) -> str:
    """Return one rule as YAML."""
    rows = [
        f"- id: {draft.id}",
        f"  name: {_quoted(draft.name)}",
        f"  why: {_quoted(why(known, draft))}",
        f"  category: {draft.category}",
        f"  source: {_quoted(known.name)}",
    ]
    if known.site:
        rows.append(f"  scope: {{sites: [{_quoted(known.site)}]}}")
    rows.append(f"  {draft.verb}: |")
    rows += [f"    {line.phrase}" for line in draft.lines]
    if draft.when:
        guards = [f"{name}: {value}" for name, value in draft.when.items()]
        rows.append(f"  when: {{{', '.join(guards)}}}")
    rows.append("  examples:")
    rows += _examples(draft)
    return "\n".join(rows)


def why(known: Known, draft: Draft) -> str:
    """Return what an editor can agree or disagree with."""
    is_one = len(draft.lines) == 1
    these = "This line stands" if is_one else "These lines stand"
    spread = _spread([line.share for line in draft.lines])
    corpus = f"{known.documents:,} documents of {known.name}"
    text = f"{these} in {spread} of {corpus}."
    reasons = "; ".join(_most_frequent_reasons(draft))
    if not reasons:
        return text
    told = "" if is_one else "most of them: "
    return f"{text} What speaks for a template: {told}{reasons}."


def _spread(shares: Sequence[float]) -> str:
    low = f"{min(shares):.0%}"
    high = f"{max(shares):.0%}"
    return low if low == high else f"{low} to {high}"


def _most_frequent_reasons(draft: Draft) -> list[str]:
    """Return what most lines of a rule have for them, aside from how frequent they are."""
    counts: Counter[str] = Counter()
    for line in draft.lines:
        counts.update(line.reasons[1:])
    ranked = sorted(counts, key=lambda reason: (-counts[reason], reason))
    return ranked[:WHY_REASONS]


def _examples(draft: Draft) -> Iterator[str]:
    samples = [" ".join(line.entry.samples[0].split()) for line in draft.lines]
    if draft.verb == "remove_lines":
        samples = samples[:EXAMPLE_LINES]
    above, below = _FILLERS[draft.where]
    yield from _block("- before", [*above, *samples, *below])
    yield from _block("  after", [*above, *below])
    innocent = f"The words “{samples[0]}” were painted on the wall of the old mill, nobody knew why."
    yield from _block("- unchanged", [innocent, "<filler 25>"])


def _block(key: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"  {key}: |"
    for line in lines:
        yield f"      {line}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _inline(text: str) -> str:
    """Return a text for a comment of one line."""
    bare = " ".join(text.split())
    if len(bare) > SHOWN_CHARS:
        return bare[: SHOWN_CHARS - 1] + "…"
    return bare

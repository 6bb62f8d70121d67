"""How much clutter goes, and what it costs: figures by level, language, family and rule, on labelled pages.

    python -m benchmarks.quality BENCH                    the tables of docs/quality.md
    python -m benchmarks.quality BENCH --raw              flattenings of whole pages too (a minute more)
    python -m benchmarks.quality BENCH --worst 10         the documents with the most words wrong, with their lines
    python -m benchmarks.quality BENCH --raw --page docs/quality.md    the same, put between the marks of the page
    python -m benchmarks.quality BENCH --picture docs/images/tradeoff.svg

BENCH is the folder with `score_text.py` and `data/`; its docstring defines the measures. "Removed" is the share of
clutter lines that are gone, "lost" the share of body lines. The pages stay where they are: `--worst` only prints.
The picture shows what each further piece of clutter costs: the levels, and beyond them bold runs that ask for less and
less evidence.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from benchmarks.flatten import FLATTENINGS, Labelled, flattened, read_lines, scorer
from benchmarks.tradeoff import Point, draw
from cleaner import Cleaner
from cleaner.verbs.weigh_lines import WeighLines

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from cleaner import Article
    from cleaner.options import Level

NEWS = ("sh", "fundus")
LEVELS: tuple[Level, ...] = ("cautious", "standard", "bold")
EVIDENCE = (1.5, 1.0, 0.5, 0.0, -0.5, -1.0)
"""Points that a line needs in the bold runs beyond the shipped one."""
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(slots=True)
class Tally:
    """Lines and words of some documents."""

    clutter: int = 0
    body: int = 0
    removed: int = 0
    lost: int = 0
    copied: int = 0
    """Lost lines of which a copy stays: the pages print them twice, and the label went to the other copy."""
    f1: list[float] = field(default_factory=list)
    doing_nothing: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the shares and means."""
        removed, lost = (
            self.removed / max(1, self.clutter),
            self.lost / max(1, self.body),
        )
        means = {"doing nothing": fmean(self.doing_nothing), "token F1": fmean(self.f1)}
        return {
            "documents": len(self.f1),
            "removed": removed,
            "lost": lost,
            "copied": self.copied / max(1, self.body),
        } | means

    def row(self) -> str:
        """Return the figures as cells of a table."""
        removed, lost = (
            self.removed / max(1, self.clutter),
            self.lost / max(1, self.body),
        )
        lines = f"{len(self.f1)} | {self.clutter:,} | {self.body:,} | {removed:.1%} | {lost:.2%} | {self.lost} | {self.copied}"
        return f"{lines} | {fmean(self.doing_nothing):.3f} | {fmean(self.f1):.3f}"


HEAD = "documents | clutter lines | body lines | removed | lost | lines | of these a copy stays | F1, doing nothing | F1"


@dataclass(slots=True)
class Result:
    """What one run over some documents gave."""

    all: Tally = field(default_factory=Tally)
    languages: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    families: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    worst: list[tuple[float, str, list[str]]] = field(default_factory=list)


def measure(cleaner: Cleaner, documents: Iterable[Labelled], score: Any) -> Result:  # noqa: ANN401 - a module
    """Return the figures of a run."""
    result = Result()
    for document in documents:
        article = cleaner.clean(document.text)
        kept = score.kept_lines(document.lines, article.body)
        copies = set(map(str.strip, article.body.split("\n")))
        for tally in (result.all, result.languages[article.language or "not told"]):
            _count(tally, document, kept, copies)
            tally.f1.append(score.token_f1(article.body, document.gold))
            tally.doing_nothing.append(score.token_f1(document.text, document.gold))
        _credit(result, document, article, kept)
        result.worst.append(_wrong(document, kept, score))
    return result


def _count(
    tally: Tally, document: Labelled, kept: Sequence[bool], copies: Container[str]
) -> None:
    for line, mark, stays in zip(document.lines, document.labels, kept, strict=True):
        tally.clutter += mark == "C"
        tally.body += mark == "B"
        tally.removed += mark == "C" and not stays
        tally.lost += mark == "B" and not stays
        tally.copied += mark == "B" and not stays and line.strip() in copies


def _credit(
    result: Result, document: Labelled, article: Article, kept: Sequence[bool]
) -> None:
    """Count each line that is gone for the rule and the family that took it."""
    starts = list(accumulate((len(line) + 1 for line in document.lines), initial=0))
    for removal in article.removals:
        first, last = (
            bisect_right(starts, at) - 1
            for at in (removal.start, max(removal.start, removal.end - 1))
        )
        for number in range(first, last + 1):
            if (
                number < len(kept)
                and not kept[number]
                and document.labels[number] in "BC"
            ):
                result.families[removal.category][document.labels[number]] += 1
                result.rules[removal.rule][document.labels[number]] += 1


def _wrong(
    document: Labelled,
    kept: Sequence[bool],
    score: Any,  # noqa: ANN401
) -> tuple[float, str, list[str]]:
    rows = list(zip(document.lines, document.labels, kept, strict=True))
    wrong = [
        (line, mark)
        for line, mark, stays in rows
        if mark in "BC" and stays == (mark == "C")
    ]
    size = sum(len(score.tokens(line)) for line, mark, _ in rows if mark in "BC")
    share = sum(len(score.tokens(line)) for line, _ in wrong) / max(1, size)
    return (
        share,
        f"{document.set}/{document.id}",
        [f"{'+' if mark == 'C' else '-'} {line[:120]}" for line, mark in wrong],
    )


def gold_lost(
    cleaner: Cleaner,
    bench: Path,
    sets: Sequence[str],
    score: Any,  # noqa: ANN401
) -> tuple[int, int, Counter[str]]:
    """Return the lines of all gold bodies, those that are lost when they are given as input, and by which rules."""
    golds = {
        document.gold: document
        for form in "cde"
        for document in read_lines(bench, form, sets)
    }
    lines = 0
    rules: Counter[str] = Counter()
    for gold in golds:
        article = cleaner.clean(gold)
        texts = gold.split("\n")
        lines += sum(bool(line.strip()) for line in texts)
        document = Labelled(
            id="",
            set="",
            form="gold",
            lines=tuple(texts),
            labels="".join("NB"[bool(score.tokens(t))] for t in texts),
            gold="",
        )
        result = Result()
        _credit(result, document, article, score.kept_lines(texts, article.body))
        rules.update(
            {rule: counts["B"] for rule, counts in result.rules.items() if counts["B"]}
        )
    return lines, rules.total(), rules


def with_evidence(cleaner: Cleaner, at_least: float) -> Cleaner:
    """Return a bold cleaner whose lines need so many points of evidence."""
    rules = tuple(
        replace(rule, verb=replace(rule.verb, at_least=at_least))
        if isinstance(rule.verb, WeighLines)
        else rule
        for rule in cleaner.rulebook.rules
    )
    return Cleaner(replace(cleaner.rulebook, rules=rules), level="bold")


def points(bench: Path, sets: Sequence[str], score: Any) -> list[Point]:  # noqa: ANN401
    """Return the levels and the bold runs beyond them, each on forms d and e together."""
    documents = [
        document for form in "de" for document in read_lines(bench, form, sets)
    ]
    runs: list[tuple[str, Cleaner]] = [
        (level, Cleaner.default(level=level)) for level in LEVELS
    ]
    runs += [
        (f"evidence {limit:g}", with_evidence(runs[-1][1], limit)) for limit in EVIDENCE
    ]
    found = []
    for name, cleaner in runs:
        tally = measure(cleaner, documents, score).all
        found.append(
            Point(name, tally.removed / tally.clutter, tally.lost / tally.body)
        )
        print(
            f"| {name} | {found[-1].removed:.1%} | {found[-1].lost:.2%} | {fmean(tally.f1):.4f} |",
            flush=True,
        )
    return found


def table(title: str, head: str, rows: Iterable[str]) -> str:
    """Return a table in Markdown.

    >>> print(table("Speed", "a | b", ["1 | 2"]))
    **Speed**
    <BLANKLINE>
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    columns = head.count("|") + 1
    return "\n".join(
        [
            f"**{title}**",
            "",
            f"| {head} |",
            f"|{'---|' * columns}",
            *(f"| {row} |" for row in rows),
        ]
    )


def filled(page: str, figures: str) -> str:
    r"""Return a page with other figures between its two marks. Raise ValueError where it has not both once.

    >>> filled("a\n<!-- figures -->\nold\n<!-- end of figures -->\nb\n", "new")
    'a\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\nb\n'
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise ValueError(
            f"the page must have one line {BEGIN} and one line {END} below it"
        )
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{rest.partition(END)[2]}"


Found = dict[tuple[str, str], Result]


def measure_forms(args: argparse.Namespace, score: Any) -> Found:  # noqa: ANN401 - a module
    """Return the results by form and level."""
    cleaners = {level: Cleaner.default(level=level) for level in LEVELS}
    return {
        (form, level): measure(
            cleaners[level], read_lines(args.bench, form, args.sets), score
        )
        for form in "cde"
        for level in LEVELS
    }


def form_tables(found: Found) -> Iterator[str]:
    """Yield the tables by form and level, by language, by family, and the rules that cost body lines."""
    rows = (
        f"{form} | {level} | {result.all.row()}"
        for (form, level), result in found.items()
    )
    yield table("By form and level", f"form | level | {HEAD}", rows)
    for form in "de":
        languages = sorted(
            found[form, "standard"].languages.items(), key=lambda pair: -pair[1].clutter
        )
        rows = (f"{name} | {tally.row()}" for name, tally in languages if tally.clutter)
        yield table(f"Form {form} by language, standard", f"language | {HEAD}", rows)
    for title, name in (("family", "families"), ("rule that cost body lines", "rules")):
        counts = {form: getattr(found[form, "standard"], name) for form in "cde"}
        keys = sorted(
            {key for some in counts.values() for key in some},
            key=lambda key: -_total(counts, key, "C"),
        )
        rows = (
            f"{key} | "
            + " | ".join(
                f"{counts[form][key]['C']} / {counts[form][key]['B']}" for form in "cde"
            )
            for key in keys
            if name == "families" or _total(counts, key, "B")
        )
        yield table(
            f"By {title}, standard: clutter / body lines", f"{title} | c | d | e", rows
        )


def show_worst(found: Found, count: int) -> None:
    """Print the documents with the most words wrong: + clutter that stays, - body lines that are gone."""
    for form in "cde" if count else "":
        for share, where, lines in sorted(found[form, "standard"].worst, reverse=True)[
            :count
        ]:
            print(
                f"\n{share:.0%} of its words wrong, form {form}: {where}",
                *lines[:8],
                sep="\n    ",
            )


def _total(counts: dict[str, dict[str, Counter[str]]], key: str, mark: str) -> int:
    return sum(some[key][mark] for some in counts.values())


def other_tables(args: argparse.Namespace, score: Any) -> Iterator[str]:  # noqa: ANN401 - a module
    """Yield what gold bodies lose as input, flattened posts, and with `--raw` flattened pages."""
    standard = Cleaner.default()
    lines, lost, rules = gold_lost(standard, args.bench, args.sets, score)
    rows = [
        f"all | {lost} of {lines:,}",
        *(f"{rule} | {count}" for rule, count in rules.most_common()),
    ]
    yield table("Gold bodies as input, standard", "rule | lines lost", rows)
    options = argparse.Namespace(data=args.bench / "data", worst=0)
    posts = score.score_tweets(lambda text: standard.clean(text).body, options)
    head = "posts | exact | strict | prose above gone too | a line left | prose lines | lost"
    cells = " | ".join(
        str(posts[key])
        for key in ("n", "exact", "strict", "over", "under", "prose", "lost")
    )
    yield table("Flattened posts, standard", head, [cells])
    if args.raw:
        raw = {
            form: measure(standard, flattened(args.bench, form, args.sets), score).all
            for form in FLATTENINGS
        }
        rows = [f"{form} | {tally.row()}" for form, tally in raw.items()]
        yield table("Whole pages, flattened, standard", f"flattened by | {HEAD}", rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--sets", type=lambda text: tuple(text.split(",")), default=NEWS
    )
    parser.add_argument(
        "--raw", action="store_true", help="flatten the HTML pages in four ways"
    )
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument(
        "--page",
        type=Path,
        metavar="FILE",
        help="put the tables between the marks of this page",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures by form and level"
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help="only draw the trade-off curve"
    )
    args = parser.parse_args()
    score = scorer(args.bench)
    if args.picture:
        args.picture.write_text(
            draw(points(args.bench, args.sets, score)), encoding="utf-8"
        )
        return
    found = measure_forms(args, score)
    tables = []
    for text in chain(form_tables(found), other_tables(args, score)):
        print(f"\n{text}", flush=True)
        tables.append(text)
    show_worst(found, args.worst)
    if args.page:
        args.page.write_text(
            filled(args.page.read_text(encoding="utf-8"), "\n\n".join(tables)),
            encoding="utf-8",
        )
    if args.json:
        figures = {
            f"{form} {level}": result.all.figures()
            for (form, level), result in found.items()
        }
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

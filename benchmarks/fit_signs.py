"""Fit the points of `keep_article`: what each sign of `rules/raw.yaml` is worth.

    python -m benchmarks.fit_signs BENCH                            cross-validated token F1 by form and threshold
    python -m benchmarks.fit_signs BENCH --check                    how far the shipped points are from a new fit
    python -m benchmarks.fit_signs BENCH --write rules/raw.yaml     fit on all pages and replace `first:` and `second:`

BENCH is the folder with `score_text.py` and `data/`. Whole pages, flattened in five ways, are the material; every filled
line that is labelled body or clutter is a case. A page counts as much as any other, in it a line by the root of its
words. Conditions on line facts (`signs_table.py`) are the columns of a logistic regression with an L1 penalty, which
leaves most of them out; its coefficients, rounded to a tenth, are the points.

The second scorecard is fitted on first scorecards that have not seen the page (inner folds), and all figures are of pages
that neither has seen: folds go by page, whatever it was flattened by. Reading the pages takes two minutes, a fit one,
cross-validation five.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import md5
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.flatten import FLATTENINGS, Labelled, flattened, read_lines, scorer
from benchmarks.signs_table import FIRST, SECOND
from cleaner import Cleaner
from cleaner.features.clutter import PageFacts
from cleaner.features.lines import LineFeatures
from cleaner.features.scorecard import condition
from cleaner.features.second_pass import SecondFacts, is_article_fact
from cleaner.model import Document
from cleaner.rulebook.engine.evaluate import find
from cleaner.text.language import detect_language
from cleaner.verbs.keep_article import KeepArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.features.scorecard import Columns
    from cleaner.rulebook.book import RuleBook


Floats = Any
"""An array: numpy is not installed where types are checked."""
FORMS = ("c", *FLATTENINGS)
SETS = ("sh", "fundus", "wcxb")
NEWS = ("sh", "fundus")
FOLDS, INNER_FOLDS = 5, 3
STRENGTH = 0.03
"""The inverse of the penalty (scikit-learn's C): two signs in five are left, which do as well as all of them."""
GRACE = 0.5
"""Added to every line's second sum: losing a body line is worse than keeping a clutter line."""
THRESHOLDS = (-1.0, -GRACE, 0.0, 0.5)
LEAST_LINES = 5
SAMPLE = 3
"""Of the pages that are no news every third is taken."""


class Card(NamedTuple):
    """A fitted scorecard: points for each condition, and those that every line gets."""

    points: Floats
    base: float

    def scores(self, matrix: Floats) -> Floats:
        """Return the sum of each line."""
        total: Floats = matrix @ self.points + self.base
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A labelled page with what the fit needs of its filled lines."""

    labelled: Labelled
    facts: PageFacts
    first: Floats
    body: Floats
    scored: Floats
    weight: Floats
    words: tuple[Counter[str], ...]
    gold: Counter[str]

    def fold(self, folds: int, salt: str = "") -> int:
        """Return the fold of the page, the same for all its forms."""
        return number_of(self.labelled.id[:20] + salt, folds)

    def f1(self, stays: Iterable[bool]) -> float:
        """Return the token F1 of the lines that stay."""
        kept: Counter[str] = Counter()
        for words, keep in zip(self.words, stays, strict=True):
            if keep:
                kept.update(words)
        return (
            2 * (kept & self.gold).total() / ((kept.total() + self.gold.total()) or 1)
        )


def number_of(name: str, count: int) -> int:
    """Return a number below a count for a name, the same on every machine."""
    return int(md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % count


def matrix(
    facts: Columns,
    conditions: Sequence[str],
    known: Callable[[str], bool] = is_article_fact,
) -> Floats:
    """Return a row for each filled line, with 1 for each condition that it meets."""
    columns: dict[str, Floats] = {}
    met = []
    for text in conditions:
        holds: Any = True
        for fact, low, high in condition(text, known):
            if fact not in columns:
                columns[fact] = np.asarray(facts.column(fact), np.float64)
            holds = holds & (columns[fact] >= low) & (columns[fact] <= high)
        met.append(holds)
    return np.array(met, np.float32).T


def read_pages(bench: Path, forms: Sequence[str]) -> Iterator[Page]:
    """Yield the labelled pages of all forms."""
    tokens = scorer(bench).tokens
    cleaner = Cleaner.default()
    rules = tuple(rule for rule in cleaner.rulebook.rules if not rule.stage)
    book = replace(cleaner.rulebook, rules=rules)
    for form in forms:
        read = flattened if form in FLATTENINGS else read_lines
        for labelled in read(bench, form, SETS):
            is_sample = (
                labelled.set in NEWS
                or form not in FLATTENINGS
                or not number_of(labelled.id, SAMPLE)
            )
            if (
                is_sample
                and sum(map(bool, map(str.strip, labelled.lines))) >= LEAST_LINES
            ):
                yield read_page(labelled, known_clutter(labelled, book), tokens)


def known_clutter(labelled: Labelled, book: RuleBook) -> frozenset[int]:
    """Return the lines that the other rules take out whole."""
    document = Document(text=labelled.text, language=detect_language(labelled.text))
    spans = [
        (edit.start, edit.end)
        for edit in find(book, document, "standard").edits
        if not edit.match.replacement
    ]
    lines = (
        (number, document.lines[number])
        for start, end in spans
        for number in range(
            document.line_at(start), document.line_at(max(start, end - 1)) + 1
        )
        if start <= document.lines[number].start and document.lines[number].end <= end
    )
    return frozenset(number for number, _ in lines)


def read_page(labelled: Labelled, claimed: frozenset[int], tokens: Any) -> Page:  # noqa: ANN401 - the scorer's function
    """Return a page with its facts and weights."""
    facts = PageFacts(LineFeatures(labelled.lines), claimed)
    marks = [labelled.labels[number] for number in facts.facts.filled]
    scored = np.array([mark in "BC" for mark in marks])
    roots = np.sqrt(np.asarray(facts.column("words"), np.float64)[scored] + 1)
    return Page(
        labelled=labelled,
        facts=facts,
        first=matrix(facts, FIRST),
        body=np.array([mark == "B" for mark in marks]),
        scored=scored,
        weight=100 * roots / max(1.0, roots.sum()),
        words=tuple(
            Counter(tokens(labelled.lines[number])) for number in facts.facts.filled
        ),
        gold=Counter(tokens(labelled.gold)),
    )


def fit(pages: Sequence[Page], matrices: Sequence[Floats]) -> Card:
    """Return the scorecard for the scored lines of some pages."""
    cases = np.vstack(
        [rows[page.scored] for page, rows in zip(pages, matrices, strict=True)]
    )
    body = np.concatenate([page.body[page.scored] for page in pages])
    weight = np.concatenate([page.weight for page in pages])
    model = LogisticRegression(
        C=STRENGTH,
        l1_ratio=1,
        solver="liblinear",
        max_iter=300,
        tol=1e-3,
        random_state=0,
    )
    model.fit(cases, body, weight)
    return Card(
        np.round(model.coef_[0].astype(np.float64), 1),
        float(np.round(model.intercept_[0], 1)),
    )


def fit_both(pages: Sequence[Page]) -> tuple[Card, Card]:
    """Return both scorecards, the second fitted on first ones that have not seen the page."""
    first = fit(pages, [page.first for page in pages])
    later: dict[int, Floats] = {}
    for inner in range(INNER_FOLDS):
        seen = [page for page in pages if page.fold(INNER_FOLDS, "x") != inner]
        card = fit(seen, [page.first for page in seen])
        later |= {
            id(page): beside(page, card)
            for page in pages
            if page.fold(INNER_FOLDS, "x") == inner
        }
    return first, fit(pages, [later[id(page)] for page in pages])


def beside(page: Page, first: Card) -> Floats:
    """Return the matrix of the second scorecard for a page that the first has judged."""
    scores = [float(score) for score in first.scores(page.first)]
    return matrix(SecondFacts(page.facts, scores, page.facts.topics), SECOND)


def cross_validate(pages: Sequence[Page]) -> dict[tuple[str, str], list[float]]:
    """Return the token F1 of the news pages by form and way to decide."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        first, second = fit_both([page for page in pages if page.fold(FOLDS) != fold])
        for page in pages:
            if page.fold(FOLDS) != fold or page.labelled.set not in NEWS:
                continue
            ways = {
                "first alone": first.scores(page.first) > 0,
                "everything": page.body | True,
            }
            sums = second.scores(beside(page, first))
            ways |= {f"above {limit:+.1f}": sums > limit for limit in THRESHOLDS}
            ways["labels"] = page.body | ~page.scored
            for way, stays in ways.items():
                found[page.labelled.form, way].append(page.f1(stays))
    return found


def written(card: Card, conditions: Sequence[str], grace: float = 0.0) -> list[str]:
    """Return a scorecard as signs.

    >>> written(Card(np.array([0.5, 0.0, -1.2]), 0.1), ["stop yes", "dots yes", "link yes"])
    ['+0.1 words at least 0', '+0.5 stop yes', '-1.2 link yes']
    """
    rows = [
        f"{points:+.1f} {text}"
        for points, text in zip(card.points, conditions, strict=True)
        if abs(points) > 0.05
    ]
    base = card.base + grace
    return [f"{base:+.1f} words at least 0", *rows] if abs(base) > 0.05 else rows


def replaced(pack: str, field: str, signs: Sequence[str]) -> str:
    r"""Return a pack's text with other signs under one field. Raise ValueError where the field is not there once.

    >>> replaced("a:\n  first: |\n    +1 stop yes\n    -1 dots yes\n  examples: []\n", "first", ["+2.0 link yes"])
    'a:\n  first: |\n    +2.0 link yes\n  examples: []\n'
    """
    block = re.compile(rf"^( *){field}: \|\n(?:\1  +\S.*\n)+", re.MULTILINE)
    if len(block.findall(pack)) != 1:
        raise ValueError(
            f"the pack has not one block `{field}: |`: fit_signs replaces exactly one"
        )
    return block.sub(
        lambda found: "".join(
            [f"{found[1]}{field}: |\n", *(f"{found[1]}  {row}\n" for row in signs)]
        ),
        pack,
    )


def differences(shipped: Sequence[str], signs: Sequence[str]) -> dict[str, float]:
    """Return for each condition how far a new fit is from the shipped points, where it is at all.

    >>> differences(["+0.5 stop yes", "-1.0 dots yes"], ["+0.6 stop yes", "-1.0 dots yes"])
    {'stop yes': 0.1}
    """
    tenths: Counter[str] = Counter()
    for rows, way in ((signs, 1), (shipped, -1)):
        for row in rows:
            points, _, text = row.partition(" ")
            tenths[text] += way * round(10 * float(points))
    return {text: number / 10 for text, number in tenths.items() if number}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare a fit on all pages with the shipped points",
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help="fit on all pages and write the points into a pack",
    )
    args = parser.parse_args()
    pages = list(read_pages(args.bench, FORMS))
    print(
        f"{len(pages)} pages, {sum(int(page.scored.sum()) for page in pages):,} lines"
    )
    if not (args.check or args.write):
        for (form, way), values in sorted(cross_validate(pages).items()):
            print(f"{form:<30}{way:<14}{fmean(values):.4f}  ({len(values)} pages)")
        return
    first, second = fit_both(pages)
    signs = {"first": written(first, FIRST), "second": written(second, SECOND, GRACE)}
    if args.check:
        rule = next(
            rule.verb
            for rule in Cleaner.default().rulebook.rules
            if isinstance(rule.verb, KeepArticle)
        )
        shipped = {"first": rule.first, "second": rule.second}
        for name, rows in signs.items():
            print(name, differences(shipped[name], rows))
    if args.write:
        pack = args.write.read_text(encoding="utf-8")
        for name, rows in signs.items():
            pack = replaced(pack, name, rows)
        args.write.write_text(pack, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Fit the points of `take_article`: what each sign of `rules/html/article.yaml` is worth.

    python -m benchmarks.fit_article BENCH                                  cross-validated figures by set
    python -m benchmarks.fit_article BENCH --write rules/html/article.yaml  fit on all pages and replace the points

BENCH is the folder with `score_html.py` and `data/`. Pages are read as the program reads them: embeds are lifted, the rules'
selectors have pruned. Every block is a case: it is the article where at least half of its 4-grams stand in the gold body,
or a gold segment in it; blocks of pages with gold segments only count where one of the segments stands in them. A page
counts as much as any other, in it a block by its share of the article's words and a little for itself. On scrapinghub,
whose gold leaves leads out, what a page declares as its description counts for nothing: leads stay (`--lead`).

Folds go by site. An L1 penalty leaves out what says nothing.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import importlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from benchmarks.blocks_table import CONDITIONS
from benchmarks.fit_signs import Card, matrix, number_of, replaced, written
from cleaner import Cleaner
from cleaner.html.article import other_extractors
from cleaner.html.article.choose import choose, doubt, read_features
from cleaner.html.article.feature_names import is_block_feature
from cleaner.html.element_index import ElementIndex
from cleaner.html.embeds import lift_posts
from cleaner.html.images.pick import pictures
from cleaner.html.metadata import claims as metadata
from cleaner.html.selectors.prune import prune
from cleaner.html.tree import load
from cleaner.metadata import settle
from cleaner.model import Source
from cleaner.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from cleaner.html.article.block_features import BlockFeatures

Floats = Any
"""An array: numpy is not installed where types are checked."""
SETS = ("scrapinghub", "fundus", "wcxb_article", "trafilatura_eval")
NO_LEADS = "scrapinghub"
FOLDS = 4
STRENGTH = 0.03
"""The inverse of the penalty (scikit-learn's C)."""
GRACE = 0.0
"""Added to every block's sum."""
DOUBTS = (5, 10, 15, 25, 100)
HALF, OWN_SHARE = 50.0, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with gold, its facts, and the conditions that its blocks meet."""

    set: str
    gold: dict[str, Any]
    root: HtmlElement
    facts: BlockFeatures
    body: Floats
    weight: Floats
    met: Floats

    def fold(self) -> int:
        """Return the fold of the page's site."""
        host = urlsplit(self.gold.get("url") or "").hostname or self.gold["id"]
        return number_of(".".join(host.split(".")[-2:]), FOLDS)


def read_pages(bench: Path) -> Iterator[Page]:
    """Yield the pages of the benchmark with their blocks labelled."""
    selectors = Cleaner.default().page_rules.selector_rules("standard")
    for name in SETS:
        with gzip.open(
            bench / "data" / "html" / f"{name}.jsonl.gz",
            "rt",
            encoding="utf-8",
            newline="\n",
        ) as rows:
            for row in map(json.loads, rows):
                data = row.pop("html", None) or base64.b64decode(row.pop("html_b64"))
                root = load(
                    decode(Source(id="", data=data, media_type="text/html")).text
                )
                page = ElementIndex(root)
                claims = metadata.read(page, row.get("url")).claims
                title = settle(
                    claim for claim in claims if claim.field == "title"
                ).facts.get("title")
                lift_posts.lift(page)
                captions = pictures(page).captions
                prune(page, selectors)
                facts = read_features(root, str(title or ""), captions)
                if facts.blocks:
                    body = labels(row, facts.texts)
                    weight = weights(row, facts, body, leads=name != NO_LEADS)
                    met = csr_matrix(matrix(facts, CONDITIONS, is_block_feature))
                    yield Page(
                        set=name,
                        gold=row,
                        root=root,
                        facts=facts,
                        body=body,
                        weight=weight,
                        met=met,
                    )


def labels(row: dict[str, Any], texts: Sequence[str]) -> Floats:
    """Return 1 for blocks of the article, 0 for others, nan where the gold does not say."""
    if row.get("body"):
        return np.array(
            [
                float(share >= HALF)
                for share in other_extractors.agreement(texts, row["body"])
            ]
        )
    inside, outside = (
        [" ".join(text.split()) for text in row.get(key, [])]
        for key in ("with", "without")
    )
    return np.array(
        [
            1.0
            if any(s in text for s in inside)
            else 0.0
            if any(s in text for s in outside)
            else np.nan
            for text in texts
        ]
    )


def weights(
    row: dict[str, Any], facts: BlockFeatures, body: Floats, *, leads: bool
) -> Floats:
    """Return what each block counts; all of a page together 100."""
    known = ~np.isnan(body)
    words = np.asarray(facts.column("words"), np.float64)
    share = np.minimum(words / max(1.0, (words * (body == 1)).sum()), 1)
    weight = (
        known * ((1 - OWN_SHARE) * share + OWN_SHARE / max(1, known.sum()))
        if row.get("body")
        else known.astype(float)
    )
    if not leads:
        weight *= np.asarray(facts.column("description")) == 0
    return 100 * weight / max(1e-9, weight.sum())


def fit(pages: Sequence[Page]) -> Card:
    """Return the points of all conditions, fitted on some pages."""
    counts = [page.weight > 0 for page in pages]
    rows = vstack([page.met[some] for page, some in zip(pages, counts, strict=True)])
    body, weight = (
        np.concatenate(
            [
                getattr(page, name)[some]
                for page, some in zip(pages, counts, strict=True)
            ]
        )
        for name in ("body", "weight")
    )
    model = LogisticRegression(
        C=STRENGTH,
        l1_ratio=1,
        solver="liblinear",
        max_iter=100,
        tol=1e-3,
        random_state=0,
    )
    model.fit(rows, body, weight)
    return Card(
        np.round(model.coef_[0].astype(np.float64), 1),
        float(np.round(model.intercept_[0], 1)),
    )


def cross_validate(pages: Sequence[Page], scorer: Any) -> None:  # noqa: ANN401 - the scorer's module
    """Print the figures of pages whose sites the points have not seen, by the doubt from which others are asked."""
    rows: dict[tuple[int, str], list[Any]] = defaultdict(list)
    asked: dict[int, int] = defaultdict(int)
    for fold in range(FOLDS):
        card = fit([page for page in pages if page.fold() != fold])
        print(f"fold {fold}: {int((card.points != 0).sum())} signs", flush=True)
        for page in pages:
            if page.fold() == fold:
                points = [float(score) + GRACE for score in card.scores(page.met)]
                unsure = doubt(points, page.facts.column("words"))
                alone, others = (
                    choose(page.root, page.facts, points, most)[1]
                    for most in (100, 0 if unsure > min(DOUBTS) else 100)
                )
                for most in DOUBTS:
                    asked[most] += unsure > most
                    stays = others if unsure > most else alone
                    body = "\n".join(
                        text
                        for text, stay in zip(page.facts.texts, stays, strict=True)
                        if stay
                    )
                    rows[most, page.set].append(scorer.score_page(page.gold, body))
    for (most, name), some in rows.items():
        found = scorer.summary(some)
        shown = " ".join(
            f"{key} {value:.3f}"
            for key, value in found.items()
            if key in {"F1", "P", "R", "exact", "segF1"}
        )
        print(
            f"doubt {most:>3} ({asked[most] / len(pages):.0%}) {name:<17} {shown}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help="fit on all pages and write the points into a pack",
    )
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench))
    pages = list(read_pages(args.bench))
    print(
        f"{len(pages)} pages, {sum(len(page.facts.blocks) for page in pages):,} blocks",
        flush=True,
    )
    if args.write:
        pack = args.write.read_text(encoding="utf-8")
        args.write.write_text(
            replaced(pack, "signs", written(fit(pages), CONDITIONS, GRACE)),
            encoding="utf-8",
        )
    else:
        cross_validate(pages, importlib.import_module("score_html"))


if __name__ == "__main__":
    main()

"""Extract an HTML page: its markup becomes the article's lines, metadata, embeds and images.

    markup ──load──▶ tree ──▶ metadata ──▶ embeds, images ──▶ prune by rules ──▶ blocks ──▶ the article's lines

The tree is parsed once; each step reads what the one before has left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import carried
from cleaner.html.article import other_extractors
from cleaner.html.article.choose import Body, read_features, take
from cleaner.html.article.line_marks import marks_of
from cleaner.html.element_index import ElementIndex
from cleaner.html.embeds import lift_posts as embeds
from cleaner.html.images.pick import pictures
from cleaner.html.metadata import claims as metadata
from cleaner.html.selectors.prune import Pruning, prune
from cleaner.html.tree import load
from cleaner.metadata import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cleaner.html.article.choose import ArticleScorer
    from cleaner.html.selectors.prune import SelectorRules
    from cleaner.metadata import Claim
    from cleaner.model import Embed, Image
    from cleaner.options import CleaningOptions


class PageRules(NamedTuple):
    """What a rule book has for one page."""

    selectors: SelectorRules
    """Selectors of what is taken out first."""
    scorer: ArticleScorer | None
    """What chooses the article; None where no rule does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a page holds. `text` is not repaired yet; `marks` has one number for each of its lines by feature."""

    text: str
    marks: Mapping[str, Sequence[float]]
    claims: tuple[Claim, ...] = ()
    embeds: tuple[Embed, ...] = ()
    images: tuple[Image, ...] = ()
    pruning: Pruning
    body: Body
    flags: tuple[str, ...] = ()

    def marks_of(self, repaired: str) -> Mapping[str, Sequence[float]]:
        """Return the marks of the repaired text's lines. Lines into which repairs split one have none."""
        lines = self.text.split("\n")
        later = repaired.split("\n")
        if len(lines) == len(later):
            return self.marks
        return carried(self.marks, lines, later)

    @property
    def language(self) -> str | None:
        """The language that the page declares."""
        return _settled(self.claims, "language")


def _settled(claims: Iterable[Claim], field: str) -> str | None:
    """Return the value of one field on which the claims settle."""
    of_field = (claim for claim in claims if claim.field == field)
    value = settle(of_field).facts.get(field)
    return str(value) if value else None


def extract(
    markup: str,
    *,
    url: str | None,
    rules: Callable[[str | None], PageRules],
    options: CleaningOptions,
) -> Extract:
    """Return what a page holds. Raise SourceError (empty, malformed) for markup that cannot be read.

    `rules` returns the rules for a page in a language. Where none of them takes the article, trafilatura does.
    The lead is the standfirst, and posts are listed, whatever `options` say of the body.
    """
    root = load(markup)
    page = ElementIndex(root)
    claims, flags = metadata.read(page, url)
    selectors, scorer = rules(_settled(claims, "language"))
    posts = embeds.lift(page, keep=options.embeds == "keep", url=url)
    shown = pictures(page, url=url)
    pruning = prune(page, selectors)
    marks: Mapping[str, Sequence[float]]
    if scorer:
        title = _settled(claims, "title") or ""
        features = read_features(root, title, shown.captions)
        body = take(root, features, scorer, keep_lead=options.lead == "keep")
        text = "\n".join(block.text for block in body.blocks)
        marks = marks_of(body.blocks, shown.captions)
    else:
        body = Body(())
        text = other_extractors.trafilatura(root, fast=False)
        marks = {}
    return Extract(
        text=text,
        marks=marks,
        claims=claims,
        embeds=posts,
        images=shown.images,
        pruning=pruning,
        body=body,
        flags=(*flags, *pruning.flags),
    )

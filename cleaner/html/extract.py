"""Step two for HTML: a page's markup becomes the article's lines and everything else that the page knows.

    markup ──load──▶ tree ──▶ facts ──▶ embeds, images ──▶ prune by rules ──▶ blocks ──▶ the article's lines

The tree is parsed once; each step reads what the one before has left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import carried
from cleaner.html.article import other_extractors
from cleaner.html.article.choose import Body, read_facts, take
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

    from cleaner.html.article.choose import Card
    from cleaner.html.selectors.prune import Wanted
    from cleaner.metadata import Claim
    from cleaner.model import Embed, Image
    from cleaner.options import CleaningOptions


class PageRules(NamedTuple):
    """What a rule book has for one page."""

    wanted: Wanted
    """Selectors of what is taken out first."""
    card: Card | None
    """What takes the article; None where no rule does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a page holds. `text` is not repaired yet; `marks` has one number for each of its lines by fact."""

    text: str
    marks: Mapping[str, Sequence[float]]
    claims: tuple[Claim, ...] = ()
    embeds: tuple[Embed, ...] = ()
    images: tuple[Image, ...] = ()
    pruning: Pruning
    body: Body
    flags: tuple[str, ...] = ()

    def marks_of(self, repaired: str) -> Mapping[str, Sequence[float]]:
        """Return the marks of the repaired text's lines. Repairs that made lines of one line leave them without."""
        lines, later = self.text.split("\n"), repaired.split("\n")
        return (
            self.marks
            if len(lines) == len(later)
            else carried(self.marks, lines, later)
        )

    @property
    def language(self) -> str | None:
        """The language that the page declares."""
        return _fact(self.claims, "language")


def _fact(claims: Iterable[Claim], field: str) -> str | None:
    """Return what the page says of one field."""
    value = settle(claim for claim in claims if claim.field == field).facts.get(field)
    return str(value) if value else None


def extract(
    markup: str,
    *,
    url: str | None,
    rules: Callable[[str | None], PageRules],
    options: CleaningOptions,
) -> Extract:
    """Return what a page holds. Raise SourceError (empty, malformed) where the markup is none.

    `rules` returns what the rule book has for a page in a language. Where none of it takes the article, trafilatura does.
    The lead is the standfirst, and posts are listed, whatever `options` say of the body.
    """
    root = load(markup)
    page = ElementIndex(root)
    claims, flags = metadata.read(page, url)
    wanted, card = rules(_fact(claims, "language"))
    posts = embeds.lift(page, keep=options.embeds == "keep", url=url)
    shown = pictures(page, url=url)
    pruning = prune(page, wanted)
    if card:
        facts = read_facts(root, _fact(claims, "title") or "", shown.captions)
        body = take(root, facts, card, keep_lead=options.lead == "keep")
        text, marks = (
            "\n".join(block.text for block in body.blocks),
            marks_of(body.blocks, shown.captions),
        )
    else:
        body, text, marks = Body(()), other_extractors.trafilatura(root, fast=False), {}
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

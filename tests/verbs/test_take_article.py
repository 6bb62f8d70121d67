"""`take_article` acts on pages alone: on plain text it does nothing, on a page it tells the article from the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner import Cleaner
from cleaner.rulebook.loading.load import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = "take_article:\n  signs: |\n    -1 words at least 0\n    +2 element p yes\n"
PACK = """
pack: own
defaults: {{owner: desk, added: 2026-11-22, status: {status}, confidence: high}}
rules:
- id: own.article
  name: Paragraphs
  category: navigation
  why: Only paragraphs are the article.
  take_article:
    signs: |
      -1 words at least 0
      +2 element p yes
    doubt: 100
  examples:
    - before: "<div>Menu</div><p>Text of the story.</p>"
      after: "Text of the story."
    - unchanged: "<p>Text of the story.</p>"
"""
PAGE = "<div>Home</div><p>A first paragraph of the story.</p><div>Share this</div><p>A second one.</p>"


@pytest.mark.parametrize(
    "text",
    ("Home\nA paragraph of the story, which says something.", "<p>Not a page</p>"),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def cleaner(status: str = "live") -> Cleaner:
    return Cleaner(load_text(PACK.format(status=status)).require())


def test_takes_the_lines_with_points_and_tells_what_stays_out() -> None:
    article = cleaner().clean(PAGE, media_type="text/html")
    assert article.body == "A first paragraph of the story.\nA second one."
    assert [(each.rule, each.text) for each in article.pruned] == [
        ("own.article", "Home"),
        ("own.article", "Share this"),
    ]
    assert "-1.0 words at least 0" in article.pruned[0].reason
    assert article.source["body_from"] == "signs"


def test_a_rule_that_is_not_live_leaves_the_page_to_trafilatura() -> None:
    page = f"<html><body><article>{'<p>A paragraph that says something about the town and its bridge.</p>' * 9}</article></body></html>"
    article = cleaner("watch").clean(page, media_type="text/html")
    assert article.source["body_from"] == "trafilatura"
    assert "its bridge" in article.body


def test_refuses_facts_that_pages_do_not_have() -> None:
    book = load_text(
        PACK.format(status="live").replace("element p yes", "element blink yes")
    )
    assert [fault.code for fault in book.faults] == ["L025"]
    assert "element blink" in book.faults[0].message

"""The article of a page: what is kept, what is told of the rest, and who is believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cleaner import Cleaner
from cleaner.html.article import other_extractors
from cleaner.html.article.blocks import blocks_of
from cleaner.html.article.choose import choose, doubt, read_features
from cleaner.html.article.feature_names import BLOCK_FEATURES, MARKUP_FEATURES
from cleaner.html.article.page_words import page_words
from cleaner.html.tree import load

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from cleaner import Article

TITLE = "New bridge opens after two years"
LEAD = "Two years late and a little cheaper than planned, the bridge over the river is open to everybody at last."
STORY = (
    "The mayor cut the ribbon on Monday morning, and about four hundred people walked across in the first hour.",
    "“It has cost less than we had feared,” she said, and thanked the workers for two hard winters on the water.",
    "Buses will cross from next week on, and the ferry goes on until the end of the month, the harbour office said.",
)
PAGE = f"""<html lang="en"><head><title>{TITLE} - The Gazette</title></head><body>
<header><nav><a href="/">Home</a> <a href="/town">Town</a></nav></header>
<main><article><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p><div class="story-body"><p>{STORY[0]}</p>
<h2>“Two hard winters”</h2><p>{STORY[1]}</p>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2024</td><td>3 million</td></tr></table>
<p>{STORY[2]}</p></div></article></main>
<aside class="more-stories"><h3>More stories</h3><a href="/1">Ferry stops in autumn</a></aside>
<footer>© The Gazette. All rights reserved.</footer></body></html>"""


def clean(page: str, **options: str) -> Article:
    cleaner = Cleaner.default(**options)  # type: ignore[arg-type]
    return cleaner.clean(
        page, url="https://gazette.example/bridge", media_type="text/html"
    )


def test_takes_the_article_with_its_lead_sub_heads_and_tables() -> None:
    article = clean(PAGE)
    lines = article.body.split("\n")
    assert [line for line in (LEAD, *STORY) if line not in lines] == []
    assert "“Two hard winters”" in lines
    assert TITLE not in lines
    assert not re.search("Home|More stories|rights reserved", article.body)
    assert (article.title, article.standfirst, article.source["body_from"]) == (
        TITLE,
        LEAD,
        "signs",
    )


def test_the_lead_can_be_a_field_alone() -> None:
    article = clean(PAGE, lead="field")
    assert LEAD not in article.body
    assert article.standfirst == LEAD
    assert STORY[0] in article.body


def test_every_word_of_the_page_is_accounted_for() -> None:
    article = clean(PAGE)
    gone = [
        *(each.text for each in article.removals),
        *(each.text for each in article.pruned),
    ]
    told = "\n".join([article.body, article.title or "", *gone])
    known = set(re.findall(r"\w+", told))
    assert {
        word
        for block in blocks_of(load(PAGE))
        for word in re.findall(r"\w+", block.text)
    } <= known


def test_facts_are_repaired_as_the_text_is() -> None:
    assert (
        clean(PAGE.replace(TITLE, "CafÃ© opens on the bridge")).title
        == "Café opens on the bridge"
    )


def test_the_body_is_clean_already() -> None:
    body = clean(PAGE).body
    assert Cleaner.default().clean(body).body == body


@pytest.mark.parametrize(
    "wrapper",
    (
        "related-story-body",
        "sidebar-layout content",
        "has-share-bar",
        "comment-page",
        "newsletter-article",
    ),
)
def test_a_wrapper_with_a_misleading_name_costs_nothing(wrapper: str) -> None:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    article = clean(
        f'<html><body><div class="{wrapper}"><h1>{TITLE}</h1>{story}</div></body></html>'
    )
    assert [line for line in STORY if line not in article.body] == []


def test_paragraphs_without_elements_are_lines() -> None:
    article = clean(f"<html><body><div>{'<br><br>'.join(STORY)}</div></body></html>")
    assert article.body == "\n".join(STORY)


def test_a_row_is_a_line_and_layout_tables_are_not() -> None:
    rows = "<table><tr><td>Team</td><td>Points</td></tr></table>"
    layout = f"<table><tr><td><h2>Menu</h2></td><td>{STORY[0]}</td></tr></table>"
    assert [block.text for block in blocks_of(load(rows + layout))] == [
        "Team | Points",
        "Menu",
        STORY[0],
    ]


def test_doubt_grows_with_what_is_unsure() -> None:
    assert doubt([4.0, 0.1], [100, 100]) > doubt([4.0, 4.0], [100, 100])
    assert doubt([-4.0] * 3, [100, 100, 100]) == 100


def test_the_answer_that_agrees_most_is_believed() -> None:
    answers = {
        "signs": [True, False, False],
        "trafilatura": [False, True, True],
        "readability": [False, True, True],
    }
    assert other_extractors.central(answers, [50, 50, 50]) == "trafilatura"


def test_the_others_find_the_article_too() -> None:
    root = load(PAGE)
    for text in (
        other_extractors.trafilatura(root),
        other_extractors.readability(root),
    ):
        assert all(other_extractors.taken(other_extractors.words_of(STORY), text))


def test_what_nobody_looks_at_changes_no_opinion() -> None:
    clutter = "<script>var a = 1</script> <style>p {color: red}</style> <link rel=next href=/2> <meta name=a content=b> "
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "Hello."}</script>'
    root = load(PAGE.replace("<h2>", f"{data}{clutter}<h2>"))
    before = other_extractors.trafilatura(root), other_extractors.readability(root)
    other_extractors.lighten(root)
    assert {"script", "style", "link", "meta"} & {each.tag for each in root.iter()} == {
        "script"
    }
    assert (
        other_extractors.trafilatura(root),
        other_extractors.readability(root),
    ) == before


def test_nobody_else_is_asked_where_two_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    root = load(PAGE)
    facts = read_features(root, TITLE)
    article = [STORY[0], "“Two hard winters”", *STORY[1:]]
    monkeypatch.setattr(other_extractors, "readability", lambda _: "\n".join(article))
    asked = []

    def trafilatura(_: HtmlElement) -> str:
        asked.append(LEAD)
        return LEAD

    monkeypatch.setattr(other_extractors, "trafilatura", trafilatura)
    points = [1.0 if text in article else -5.0 for text in facts.texts]
    name, stays = choose(root, facts, points, most=0)
    kept = [text for text, stay in zip(facts.texts, stays, strict=True) if stay]
    assert (name, kept, asked) == ("signs", article, [])
    choose(root, facts, [-point for point in points], most=0)
    assert asked == [LEAD]


def test_every_fact_has_a_column() -> None:
    facts = read_features(load(PAGE), TITLE)
    for name in BLOCK_FEATURES:
        assert len(facts.column(name)) == len(facts.blocks), name
    assert max(facts.column("title")) == 1
    assert page_words(load(PAGE)).titles == {
        "new bridge opens after two years the gazette"
    }


def test_the_manual_has_every_fact(root: Path) -> None:
    page = (root / "docs" / "html.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in page.split("\n") if line.startswith("| "))
    shown = set(re.findall(r"`([^`]+)`", table))
    assert [name for name in MARKUP_FEATURES if _general(name) not in shown] == []


def _general(name: str) -> str:
    """Return how the manual writes a fact: with `NAME`, `FAMILY` or `N` for what differs."""
    first, _, rest = name.rpartition(" ")
    if rest.isdigit():
        return f"{first} N"
    if first in {"class", "zone"} or (
        first == "page" and rest not in {"words", "sentences"}
    ):
        return f"{first} FAMILY"
    return f"{first} NAME" if first in {"element", "inside"} else name

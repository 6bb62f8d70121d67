"""Every fact of a page: who says it, and who wins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner import metadata as facts
from cleaner.html.element_index import ElementIndex
from cleaner.html.metadata import claims
from cleaner.html.tree import load

if TYPE_CHECKING:
    from cleaner.metadata import Settled

URL = "https://www.gull.example/harbour/ferry"


def settled(
    body: str, head: str = "", lang: str = "en", url: str | None = URL
) -> Settled:
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return facts.settle(claims.read(ElementIndex(load(page)), url).claims)


def ld(*values: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(value)}</script>'
        for value in values
    )


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry returns to the harbour",
    "datePublished": "2026-03-01T08:00:00+02:00",
    "dateModified": "2026-03-01T09:30:00+02:00",
    "author": [
        {"@type": "Person", "name": "Jane Doe"},
        {"@type": "Person", "name": "John Roe"},
    ],
    "publisher": {"@type": "Organization", "name": "The Gull"},
    "description": "After two years of repairs the old ferry sails again.",
    "articleSection": "Local",
    "keywords": ["ferry", "harbour"],
    "image": {"@type": "ImageObject", "url": "/img/ferry.jpg"},
    "inLanguage": "en-GB",
}


def test_all_facts_of_an_article() -> None:
    found = settled(
        "<h1>Ferry returns to the harbour</h1>",
        ld(ARTICLE) + '<meta property="og:site_name" content="The Gull">',
    )
    assert found.facts == {
        "title": "Ferry returns to the harbour",
        "published": "2026-03-01T08:00:00+02:00",
        "modified": "2026-03-01T09:30:00+02:00",
        "authors": ("Jane Doe", "John Roe"),
        "publisher": "The Gull",
        "standfirst": "After two years of repairs the old ferry sails again.",
        "section": "Local",
        "tags": ("ferry", "harbour"),
        "image": "https://www.gull.example/img/ferry.jpg",
        "language": "en",
        "site": "The Gull",
    }
    assert found.origin["title"] == "html"
    assert found.origin["published"] == "json-ld"
    assert found.origin["site"] == "opengraph"
    assert found.confidence["published"] == "high"
    assert found.confidence["standfirst"] == "low"


def test_a_graph_with_references() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "The Gull"},
            {
                "@type": "Article",
                "headline": "Ferry",
                "author": {"@id": "#/p/1"},
                "publisher": {"@id": "#org"},
            },
            {"@type": "Person", "@id": "#/p/1", "name": "Jane Doe"},
            {"@type": "Organization", "@id": "#org", "name": "Gull Media"},
        ]
    }
    found = settled("<p>Text.</p>", ld(graph))
    assert found.facts["authors"] == ("Jane Doe",)
    assert found.facts["publisher"] == "Gull Media"


def test_other_articles_are_not_this_one() -> None:
    related = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "NewsArticle", "headline": "Other", "author": "Nobody Here"}
        ],
    }
    elsewhere = ARTICLE | {
        "url": "https://www.gull.example/other",
        "author": "Wrong Person",
    }
    own = ARTICLE | {"url": URL}
    found = settled("<p>Text.</p>", ld(related, elsewhere, own))
    assert found.facts["authors"] == ("Jane Doe", "John Roe")


@pytest.mark.parametrize(
    ("head", "published"),
    (
        (
            '<meta property="article:published_time" content="2026-03-01T08:00:00Z">',
            "2026-03-01T08:00:00Z",
        ),
        (
            '<meta name="pubdate" content="Sun, 01 Mar 2026 08:00:00 +0100">',
            "2026-03-01T08:00:00+01:00",
        ),
        ('<meta name="x-published-date" content="2026-03-01">', "2026-03-01"),
        ('<meta name="dcterms.issued" content="01.03.2026">', "2026-03-01"),
    ),
)
def test_declared_dates(head: str, published: str) -> None:
    assert settled("<p>Text.</p>", head).facts["published"] == published


def test_authors_that_are_the_site_give_way_to_a_byline() -> None:
    head = '<meta property="og:site_name" content="The Gull"><meta name="author" content="The Gull">'
    found = settled(
        '<h1>Ferry returns to the harbour</h1><div class="byline">By Jane Doe</div>',
        head,
    )
    assert (found.facts["authors"], found.origin["authors"]) == (("Jane Doe",), "html")
    alone = settled("<h1>Ferry returns to the harbour</h1>", head)
    assert (alone.facts["authors"], alone.confidence["authors"]) == (
        ("The Gull",),
        "low",
    )


def test_agencies() -> None:
    found = settled(
        "<p>Text.</p>", '<meta name="author" content="Karl Kai, dpa">', lang="de"
    )
    assert found.facts["authors"] == ("Karl Kai", "dpa")
    assert found.facts["agency"] == "dpa"


def test_canonical_address_language_and_section() -> None:
    head = (
        '<link rel="canonical" href="/harbour/ferry"><meta property="article:section" content="Häfen">'
        '<meta name="news_keywords" content="Fähre, Hafen"><meta property="og:image" content="//img.gull.example/a.jpg">'
    )
    found = settled("<p>Text.</p>", head, lang="de-AT")
    assert found.facts["canonical_url"] == URL
    assert found.facts["language"] == "de"
    assert found.facts["section"] == "Häfen"
    assert found.facts["tags"] == ("Fähre", "Hafen")
    assert found.facts["image"] == "https://img.gull.example/a.jpg"


def test_the_language_where_the_page_says_none() -> None:
    assert (
        settled(
            "<p>Text.</p>", '<meta property="og:locale" content="pt_BR">', lang=""
        ).facts["language"]
        == "pt"
    )


@pytest.mark.parametrize(
    ("body", "text", "sure"),
    (
        ('<p class="article-lead">{}</p>', True, "high"),
        ('<div class="chapo">{}</div>', True, "high"),
        ('<p class="intro">{}</p>', True, "medium"),
        ('<p class="leaderboard">{}</p>', False, ""),
        ('<nav><p class="lead">{}</p></nav>', False, ""),
    ),
)
def test_the_standfirst_that_is_shown(body: str, text: bool, sure: str) -> None:  # noqa: FBT001 - a column of the table
    lead = (
        "After two years of repairs the old ferry sails again from the northern pier."
    )
    found = settled(
        f"<h1>Ferry returns to the harbour</h1>{body.format(lead)}<p>Text.</p>"
    )
    assert (found.facts.get("standfirst") == lead) is text
    assert found.confidence.get("standfirst", "") == sure


def test_flags() -> None:
    live = {
        "@type": "LiveBlogPosting",
        "headline": "Storm",
        "isAccessibleForFree": "False",
    }
    assert claims.read(ElementIndex(load(ld(live) + "<p>x</p>")), None).flags == (
        "paywalled",
        "live_blog",
    )
    assert claims.read(
        ElementIndex(
            load('<meta property="article:content_tier" content="locked"><p>x</p>')
        ),
        None,
    ).flags == ("paywalled",)
    assert claims.read(ElementIndex(load(ld(ARTICLE) + "<p>x</p>")), None).flags == ()


@pytest.mark.parametrize(
    "page",
    (
        "<p>",
        "plain words",
        "<frameset><frame src=x></frameset>",
        ld(
            {
                "@type": ["NewsArticle", 5, None, {}],
                "@id": [1],
                "author": [[{"name": [{"a": 1}]}], 5, True],
                "image": [[{"url": 1}]],
            }
        ),
        ld(
            {
                "@type": "NewsArticle",
                "author": {"@id": {"x": 1}},
                "publisher": [],
                "inLanguage": {"name": 5},
                "keywords": [[], {}],
            }
        ),
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">"' + '\\"' * 50_000 + "</script>",
        '<script type="application/ld+json">' + "/*" * 50_000 + "</script>",
        '<link rel="canonical" href="http://[::1"><h1>A title of words</h1>',
        '<h1 class="' + "author " * 20_000 + '">x</h1>',
        "<title>" + "word | " * 20_000 + "</title><h1>" + "word - " * 20_000 + "</h1>",
        '<div class="author">By' + "(" * 290 + "</div>",
    ),
    ids=range(12),
)
def test_malformed_pages_have_claims_too(page: str) -> None:
    found = facts.settle(claims.read(ElementIndex(load(page)), "http://[::1").claims)
    assert set(found.facts) <= set(facts.FIELDS)
    assert set(found.facts) == set(found.origin) == set(found.confidence)

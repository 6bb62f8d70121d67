"""JSON-LD as pages really write it."""

from __future__ import annotations

import pytest

from cleaner.html.metadata import json_ld


@pytest.mark.parametrize(
    "script",
    (
        '{"@type": "NewsArticle", "headline": "Ferry"}',
        '[{"@type": "NewsArticle", "headline": "Ferry"}]',
        '{"@graph": [{"@type": "NewsArticle", "headline": "Ferry"}]}',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Ferry",}',
        '{"@type": "NewsArticle", /* the title */ "headline": "Ferry"} ',
        '{"@type": "NewsArticle", // http://x\n "headline": "Ferry"}',
        '{"@type": "WebSite"}{"@type": "NewsArticle", "headline": "Ferry"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Ferry&quot;}",
    ),
)
def test_read(script: str) -> None:
    headlines = [
        node["headline"]
        for node, own in json_ld.nodes([script])
        if own and "headline" in node
    ]
    assert headlines == ["Ferry"]


def test_raw_line_breaks_in_a_string() -> None:
    [(node, _)] = json_ld.nodes(['{"headline": "Ferry\nreturns, /* truly */, }"}'])
    assert json_ld.text(node["headline"]) == "Ferry returns, /* truly */, }"


@pytest.mark.parametrize(
    "script",
    ("", "no json", "{", '{"a": ', "<p>x</p>", "[" * 10_000, '"' + '\\"' * 10_000, "5"),
)
def test_nothing_to_read(script: str) -> None:
    assert json_ld.nodes([script]) == []


def test_related_things_do_not_stand_on_their_own() -> None:
    own = {
        node.get("headline"): own
        for node, own in json_ld.nodes(
            ['{"headline": "A", "mentions": {"headline": "B"}}']
        )
    }
    assert own == {"A": True, "B": False}


def test_the_number_of_objects_is_bounded() -> None:
    assert len(json_ld.nodes(["[" + "{}," * 20_000 + "{}]"])) <= 5_000


@pytest.mark.parametrize(
    ("value", "text"),
    (
        ("A &amp; B", "A & B"),
        ({"name": " A  B "}, "A B"),
        ([{"@value": "A"}, "B"], "A"),
        ({"@id": "#a"}, "#a"),
        (7, "7"),
        (True, ""),
        (None, ""),
        ([], ""),
        ({}, ""),
    ),
)
def test_text(value: object, text: str) -> None:
    assert json_ld.text(value) == text


def test_types() -> None:
    assert json_ld.types({"@type": ["http://schema.org/NewsArticle", "Thing"]}) == [
        "NewsArticle",
        "Thing",
    ]

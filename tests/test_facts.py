"""Who wins where two sources claim a fact."""

from __future__ import annotations

import pytest

from cleaner import facts


def test_the_strongest_source_wins() -> None:
    claims = [
        ("heuristic", "title", "From the text"),
        ("rule:head.title", "title", "From a rule"),
        ("input", "title", "From the input"),
        ("rule:head.byline", "authors", "By Jane Doe and John Roe"),
        ("rule:head.byline", "authors", "Jane Doe"),
        ("heuristic", "authors", "Somebody Else"),
    ]
    settled, origin = facts.settle(claims)
    assert settled == {"title": "From the input", "authors": ("Jane Doe", "John Roe")}
    assert origin == {"title": "input", "authors": "rule:head.byline"}


def test_the_first_of_two_equals_stands() -> None:
    settled, origin = facts.settle([("rule:a", "title", "One"), ("rule:b", "title", "Two")])
    assert (settled["title"], origin["title"]) == ("One", "rule:a")


def test_authors_of_a_weaker_rule_are_not_mixed_in() -> None:
    settled, _ = facts.settle([("rule:a", "authors", "Jane Doe"), ("rule:b", "authors", "John Roe")])
    assert settled["authors"] == ("Jane Doe",)


@pytest.mark.parametrize("value", (None, "", "   ", "Friday", "03/04/2025"))
def test_no_date_is_better_than_a_guess(value: object) -> None:
    settled, origin = facts.settle([("rule:a", "published", value)])
    assert "published" not in settled
    assert "published" not in origin


@pytest.mark.parametrize(
    ("field", "value", "fit"),
    (
        ("published", "3 July 2025", "2025-07-03"),
        ("published", "2025-07-03T09:14:00Z", "2025-07-03T09:14:00Z"),
        ("modified", "25. September 2018", "2018-09-25"),
        ("authors", "Von Anna Hafen und Karl Kai", ("Anna Hafen", "Karl Kai")),
        ("authors", ["Jane Doe", "John Roe"], ("Jane Doe", "John Roe")),
        ("authors", "Par Zoé d'Or", ("Zoé d'Or",)),
        ("authors", " , ", None),
        ("authors", ["Gabriel y Galán"], ("Gabriel y Galán",)),
        ("tags", "ports; ferries", ("ports", "ferries")),
        ("tags", "law and order, R&D | Ort / Land", ("law and order", "R&D", "Ort / Land")),
        ("tags", "#Puerto  #Islas,#Ferry", ("Puerto", "Islas", "Ferry")),
        ("title", "  Mayor \n wins ", "Mayor wins"),
        ("title", "", None),
        ("authors", [], None),
    ),
)
def test_fitting(field: str, value: object, fit: object) -> None:
    assert facts.fitting(field, value) == fit


@pytest.mark.parametrize(
    ("url", "site"),
    (
        ("https://www.Example.com:8080/a", "example.com"),
        ("http://news.example.org", "news.example.org"),
        ("no address", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ),
)
def test_site_of(url: str | None, site: str | None) -> None:
    assert facts.site_of(url) == site


def test_what_came_with_the_input() -> None:
    claims = facts.from_input({"title": "T", "authors": [], "section": None, "tags": ""}, "https://www.example.org/a")
    assert claims == [
        ("input", "title", "T"),
        ("input", "url", "https://www.example.org/a"),
        ("heuristic", "site", "example.org"),
    ]

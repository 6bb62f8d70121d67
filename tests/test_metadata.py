"""Who wins where two sources claim a fact."""

from __future__ import annotations

import pytest

from cleaner import metadata
from cleaner.metadata import Claim


def test_the_strongest_source_wins() -> None:
    claims = [
        Claim("heuristic", "title", "From the text"),
        Claim("rule:head.title", "title", "From a rule"),
        Claim("input", "title", "From the input"),
        Claim("rule:head.byline", "authors", "By Jane Doe and John Roe"),
        Claim("rule:head.byline", "authors", "Jane Doe"),
        Claim("heuristic", "authors", "Somebody Else"),
    ]
    settled, origin, _ = metadata.settle(claims)
    assert settled == {"title": "From the input", "authors": ("Jane Doe", "John Roe")}
    assert origin == {"title": "input", "authors": "rule:head.byline"}


def test_the_first_of_two_equals_stands() -> None:
    settled, origin, _ = metadata.settle(
        [Claim("rule:a", "title", "One"), Claim("rule:b", "title", "Two")]
    )
    assert (settled["title"], origin["title"]) == ("One", "rule:a")


def test_authors_of_a_weaker_rule_are_not_mixed_in() -> None:
    settled = metadata.settle(
        [Claim("rule:a", "authors", "Jane Doe"), Claim("rule:b", "authors", "John Roe")]
    )
    assert settled.facts["authors"] == ("Jane Doe",)


def test_what_is_surer_beats_what_is_less_sure() -> None:
    settled = metadata.settle(
        [
            Claim("json-ld", "published", "2026-03-01T08:00:00+02:00", "low"),
            Claim("html", "published", "28 February 2026", "medium"),
        ]
    )
    assert settled.facts["published"] == "2026-02-28"
    assert (settled.origin["published"], settled.confidence["published"]) == (
        "html",
        "medium",
    )


def test_a_list_takes_only_values_that_are_as_sure_as_the_first() -> None:
    settled = metadata.settle(
        [
            Claim("html", "authors", ["Jane Doe"]),
            Claim("html", "authors", ["Somebody"], "medium"),
        ]
    )
    assert settled.facts["authors"] == ("Jane Doe",)


def test_every_field_knows_every_source() -> None:
    for field, order in metadata.PRECEDENCE.items():
        assert field in metadata.FIELDS
        assert sorted(order) == sorted(metadata.SOURCES)
        assert (order[0], order[-1]) == ("input", "heuristic")


@pytest.mark.parametrize("value", (None, "", "   ", "Friday", "03/04/2025"))
def test_no_date_is_better_than_a_guess(value: object) -> None:
    settled, origin, confidence = metadata.settle([Claim("rule:a", "published", value)])
    assert not settled
    assert not origin
    assert not confidence


@pytest.mark.parametrize(
    ("field", "value", "fit"),
    (
        ("published", "3 July 2025", "2025-07-03"),
        ("published", "2025-07-03T09:14:00Z", "2025-07-03T09:14:00Z"),
        ("published", "Thu, 03 Jul 2025 09:14:00 +0200", "2025-07-03T09:14:00+02:00"),
        ("modified", "25. September 2018", "2018-09-25"),
        ("authors", "Von Anna Hafen und Karl Kai", ("Anna Hafen", "Karl Kai")),
        ("authors", ["Jane Doe", "John Roe"], ("Jane Doe", "John Roe")),
        ("authors", "Par Zoé d'Or", ("Zoé d'Or",)),
        ("authors", " , ", None),
        ("authors", ["Gabriel y Galán"], ("Gabriel y Galán",)),
        ("tags", "ports; ferries", ("ports", "ferries")),
        (
            "tags",
            "law and order, R&D | Ort / Land",
            ("law and order", "R&D", "Ort / Land"),
        ),
        ("tags", "#Puerto  #Islas,#Ferry", ("Puerto", "Islas", "Ferry")),
        ("title", "  Mayor \n wins ", "Mayor wins"),
        ("title", "", None),
        ("authors", [], None),
    ),
)
def test_fitting(field: str, value: object, fit: object) -> None:
    assert metadata.fitting(field, value) == fit


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
    assert metadata.site_of(url) == site


def test_what_came_with_the_input() -> None:
    claims = metadata.from_input(
        {"title": "T", "authors": [], "section": None, "tags": ""},
        "https://www.example.org/a",
    )
    assert claims == [
        Claim("input", "title", "T"),
        Claim("input", "url", "https://www.example.org/a"),
        Claim("heuristic", "site", "example.org", "low"),
    ]

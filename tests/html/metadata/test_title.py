"""The headline: the heading that readers see, where declared titles bear it out."""

from __future__ import annotations

import pytest

from cleaner.html.metadata.title import (
    Heading,
    Titles,
    choose,
    last_parts,
    without_site,
)

GULL = frozenset({"thegull", "gullexample", "gull"})


def titles(*declared: str, page: str = "", article: str = "") -> Titles:
    return Titles(declared, article, page, GULL)


@pytest.mark.parametrize(
    ("known", "headings", "title", "sure"),
    (
        (titles("Ferry returns | The Gull"), [Heading("h1", "Ferry returns")], "Ferry returns", "high"),
        (titles("Ferry returns to port"), [Heading("h1", "The Gull"), Heading("h1", "Ferry returns to port")], "Ferry returns to port", "high"),
        (titles("Ferry returns to the port - now"), [Heading("h1", "Ferry returns to the port")], "Ferry returns to the port", "high"),
        (titles("Ferry returns to port"), [Heading("h1", "Harbour: Ferry returns to port")], "Ferry returns to port", "high"),
        (titles("Ferry returns to port"), [Heading("h1", "Most read"), Heading("h2", "Ferry returns to port")], "Ferry returns to port", "high"),
        (titles("Ferry returns - City - The Gull"), [], "Ferry returns", "medium"),
        (titles("Old ferry sails again today"), [Heading("h1", "The ferry sails again")], "The ferry sails again", "medium"),
        (titles("Old ferry sails again"), [Heading("h1", "Welcome")], "Old ferry sails again", "medium"),
        (titles(page="Contact"), [Heading("h1", "Write to our harbour desk")], "Write to our harbour desk", "medium"),
        (titles(), [Heading("h1", "The Gull"), Heading("h2", "Ferry")], "Ferry", "low"),
        (titles(), [], "", "low"),
    ),
)  # fmt: skip
def test_choice(known: Titles, headings: list[Heading], title: str, sure: str) -> None:
    assert choose(known, headings) == (title, sure)


def test_a_title_for_engines_in_the_breadcrumb() -> None:
    known = titles(
        "Old ferry sails again",
        "Ferry harbour return",
        page="Ferry harbour return | The Gull",
    )
    crumb = Heading("h1", "Ferry harbour return", crumb=True)
    assert choose(known, [crumb, Heading("h2", "Harbour Old ferry sails again")]) == (
        "Old ferry sails again",
        "high",
    )
    assert (
        choose(known, [crumb, Heading("h2", "Most read")])[0] == "Ferry harbour return"
    )


def test_a_kicker_that_both_declarations_have_stays() -> None:
    known = titles(
        "Harbour: the old ferry sails again",
        article="Harbour: the old ferry sails again",
    )
    assert (
        choose(known, [Heading("h1", "The old ferry sails again")])[0]
        == "Harbour: the old ferry sails again"
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    (
        ("Ferry returns | The Gull", "Ferry returns"),
        ("The Gull » Ferry returns", "Ferry returns"),
        ("Ferry returns – gull.example", "Ferry returns"),
        ("Ferry returns - to the harbour", "Ferry returns - to the harbour"),
        ("The Gull", "The Gull"),
        ("Port-au-Prince: ferry returns", "Port-au-Prince: ferry returns"),
    ),
)
def test_without_site(text: str, bare: str) -> None:
    assert without_site(text, GULL) == bare


def test_last_parts() -> None:
    assert last_parts(
        titles("Ferry returns", page="Ferry returns | City | The Gull")
    ) == ["The Gull"]

"""Who wrote it: names as pages declare and print them."""

from __future__ import annotations

import pytest

from cleaner import metadata as facts
from cleaner.html.element_index import ElementIndex
from cleaner.html.metadata import claims, person_names
from cleaner.html.tree import load

HEAD = "<h1>Ferry returns to the harbour</h1>"


@pytest.mark.parametrize(
    ("line", "people"),
    (
        ("By Jane Doe", ["Jane Doe"]),
        ("Von Anna Hafen und Karl Kai", ["Anna Hafen", "Karl Kai"]),
        ("Par Zoé d'Or et Luc Quai", ["Zoé d'Or", "Luc Quai"]),
        ("Por María Puerto y José Muelle", ["María Puerto", "José Muelle"]),
        ("Di Carla Porto", ["Carla Porto"]),
        ("Door Jan van der Haven", ["Jan van der Haven"]),
        ("Tekst: Ola Brygge", ["Ola Brygge"]),
        ("Автор: Анна Портова", ["Анна Портова"]),
        ("Written by Jane Doe, Senior Reporter", ["Jane Doe"]),
        ("By JANE DOE | 3 July 2025", ["JANE DOE"]),
        ("By Jane Doe Mar 3, 2025", ["Jane Doe"]),
        ("Jane Doe (The Gull)", ["Jane Doe"]),
        ("Jane Doe, dpa", ["Jane Doe", "dpa"]),
        ("By\nJane Doe\nHarbour reporter of many years at this paper", ["Jane Doe"]),
        ("Published 3 July 2025", []),
        ("Read more about our authors", []),
        ("all the news that the sea brings", []),
        ("Share", []),
        ("", []),
        ("x" * 400, []),
    ),
)
def test_printed(line: str, people: list[str]) -> None:
    assert person_names.printed(line) == people


@pytest.mark.parametrize(
    ("values", "people"),
    (
        (["Jane Doe", "John Roe"], ["Jane Doe", "John Roe"]),
        (["By Jane Doe &amp; John Roe"], ["Jane Doe", "John Roe"]),
        (["jane@gull.example"], []),
        (["https://social.example/gull"], []),
        (["Jane Doe &lt;jane@gull.example&gt;"], ["Jane Doe"]),
        (["@janedoe"], []),
        (["admin"], []),
        (["Martin L. King Jr."], ["Martin L. King Jr."]),
        (["新聞 花子"], ["新聞 花子"]),
        (["", "-", "123"], []),
    ),
)
def test_declared(values: list[str], people: list[str]) -> None:
    assert person_names.declared(values) == people


@pytest.mark.parametrize(
    ("body", "people"),
    (
        (
            '<p itemprop="author" itemscope><span itemprop="name">jane_doe</span></p>',
            ("jane_doe",),
        ),
        (
            '<a rel="author" href="/x">Jane Doe</a><a rel="author" href="/y">John Roe</a>',
            ("Jane Doe", "John Roe"),
        ),
        (
            '<div class="post-author"><span>By</span> <a>Jane Doe</a><div>Published July 3, 2025</div></div>',
            ("Jane Doe",),
        ),
        (
            '<div class="author-box"><span>Jane Doe</span><span>Founder</span></div>',
            ("Jane Doe",),
        ),
        ('<p>By <a href="/staff/jane-doe">Jane Doe</a></p>', ("Jane Doe",)),
        ("<p>Von Anna Hafen</p>", ("Anna Hafen",)),
        ("<p>By the time the ferry came, it was dark.</p>", None),
        ('<div class="comments"><span class="author">Some Reader</span></div>', None),
        ('<nav><a class="author">Our Authors</a></nav>', None),
    ),
)
def test_on_the_page(body: str, people: tuple[str, ...] | None) -> None:
    found = facts.settle(
        claims.read(ElementIndex(load(HEAD + body + "<p>Text.</p>")), None).claims
    )
    assert found.facts.get("authors") == people

"""Innocent shapes in large numbers: a page of a megabyte costs seconds at most, whatever it is full of."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from cleaner.html.article import other_extractors
from cleaner.html.tree import load
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner import Cleaner

SENTENCE = "The mayor opened the bridge on Monday, after two years of work, and hundreds came to see it, number {}."
SECONDS = 2.0
"""CPU seconds for a megabyte; the slowest shape takes half of that on a busy machine."""
MEGABYTE = 1_000_000
SHAPES: dict[str, Callable[[int], str]] = {
    "tables": lambda number: (
        f"<table><tr><td>{number}</td><td>{7 * number} points</td></tr></table>"
    ),
    "lists": lambda number: (
        f"<ul><li>thing {number}</li><li>{SENTENCE.format(number)}</li></ul>"
    ),
    "figures": lambda number: (
        f'<figure><img src="/{number}.jpg"><p>{SENTENCE.format(number)}</p></figure>'
    ),
    "nested divs": lambda number: (
        "<div>" * 40 + SENTENCE.format(number) + "</div>" * 40
    ),
    "breaks": lambda number: f"{SENTENCE.format(number)}<br><br>",
    "classes": lambda number: (
        f'<p class="{" ".join(f"c{number}-{k}" for k in range(30))}">{SENTENCE.format(number)}</p>'
    ),
    "styles": lambda number: (
        f"<style>.a{number}{{}}</style><script>var a = {number}</script><svg><title>a</title></svg>"
    ),
}


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    cleaner = shipped_cleaner()
    cleaner.clean(f"<p>{SENTENCE}", media_type="text/html")
    return cleaner


def seconds(cleaner: Cleaner, markup: str) -> float:
    began = time.process_time()
    cleaner.clean(markup, media_type="text/html")
    return time.process_time() - began


@pytest.mark.parametrize("name", SHAPES)
def test_a_megabyte_of_one_shape(cleaner: Cleaner, name: str) -> None:
    make = SHAPES[name]
    count = MEGABYTE // len(make(1000))
    assert (
        seconds(cleaner, f"<article>{''.join(map(make, range(count)))}</article>")
        < SECONDS
    )


@pytest.mark.parametrize("parent", ("p", "div", "section"))
def test_links_in_one_element_are_not_compared_with_each_other(
    cleaner: Cleaner, parent: str
) -> None:
    links = " ".join(
        f'<a href="/{number}">story {number} of many</a>' for number in range(8_000)
    )
    assert seconds(cleaner, f"<{parent}>{links}</{parent}>") < SECONDS


def test_a_large_attribute(cleaner: Cleaner) -> None:
    assert (
        seconds(cleaner, f'<div data-x="{"x" * MEGABYTE}"><p>{SENTENCE}</p></div>')
        < SECONDS
    )


def test_who_is_asked_depends_on_the_links() -> None:
    link = '<a href="/">a</a>'
    assert other_extractors.may_be_asked(load(link * other_extractors.MOST_LINKS))
    assert not other_extractors.may_be_asked(
        load(link * (other_extractors.MOST_LINKS + 1))
    )


def test_who_is_asked_depends_on_the_elements() -> None:
    row = "<tr><td>a</td></tr>"
    few, many = (
        load(f"<table>{row * rows}</table>")
        for rows in (1_000, other_extractors.MOST_ELEMENTS)
    )
    assert other_extractors.may_be_asked(few)
    assert not other_extractors.may_be_asked(many)

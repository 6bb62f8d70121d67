"""The index of a page's elements says what a walk would find, and stays true when the tree changes."""

from __future__ import annotations

import time

import pytest

from cleaner.html.class_stems import Stems
from cleaner.html.element_index import ElementIndex
from cleaner.html.embeds import lift_posts
from cleaner.html.images import pick
from cleaner.html.metadata import claims
from cleaner.html.selectors.select import Selectors
from cleaner.html.tree import load

PAGE = """<div class="a b" id="one"><p class="lead">1</p><p class="lead">2</p><img class="lead" src="x"></div>
<p class="Über-Author">3</p><p id="AUTHOR-box">4</p><h2>5</h2><h1>6</h1>"""


def texts(page: ElementIndex, *tags: str) -> list[str | None]:
    return [element.text for element in page.tagged(*tags)]


def test_looks_are_shared_by_elements_that_look_alike() -> None:
    page = ElementIndex(load(PAGE))
    assert sorted(place for look in page.looks for place in look.places) == list(
        range(len(page.elements))
    )
    assert page.elements == list(page.root.iter("*"))
    (lead,) = [
        look for look in page.looks if look.tag == "p" and look.classes == "lead"
    ]
    assert [page.elements[place].text for place in lead.places] == ["1", "2"]
    assert lead.names == ("class",)
    assert [look.names for look in page.looks if look.tag == "img"] == [
        ("class", "src")
    ]


def test_elements_come_in_the_order_of_the_page() -> None:
    page = ElementIndex(load(PAGE))
    assert texts(page, "h1", "p", "h2") == ["1", "2", "3", "4", "5", "6"]
    assert texts(page, "table") == []


def test_marks_are_found_in_either_case() -> None:
    page = ElementIndex(load(PAGE))
    assert page.marked(Stems({"author", "lead"})) == {
        "lead",
        "Über-Author",
        "AUTHOR-box",
    }
    assert page.marked(Stems({"footer"})) == {"Über-Author"}, (
        "what is not ASCII may fit in ways that only a pattern knows"
    )


@pytest.mark.parametrize("way", ("forget", "renew"))
def test_what_was_taken_out_is_found_no_more(way: str) -> None:
    page = ElementIndex(load(PAGE))
    box = page.tagged("div")[0]
    box.remove(box[0])
    getattr(page, way)()
    assert texts(page, "p") == ["2", "3", "4"]
    box.getparent().remove(box)
    getattr(page, way)()
    assert texts(page, "p") == ["3", "4"]
    assert not page.places(("div", "img"))
    assert [look.tag for look in page.looks if not look.places] == []


def test_quotations_of_posts_are_found() -> None:
    post = '<blockquote class="twitter-tweet"><p>Snow.</p>— Ada (@ada) <a href="https://x.com/ada/status/1720918522082078752">x</a></blockquote>'
    for keep in (False, True):
        page = ElementIndex(load(f"<p>One</p>{post}<p>Two</p>"))
        lift_posts.lift(page, keep=keep)
        assert texts(page, "p") == ["One", *["Snow."] * keep, "Two"]
        assert len(page.places(("blockquote",))) == keep


SHAPES = {
    "classes": lambda n: (
        f'<div class="{" ".join(f"c{n}-{k}" for k in range(20))}">x</div>'
    ),
    "names": lambda n: (
        f'<div class="related-articles-{n} byline-{n}" id="teaser-{n}">x</div>'
    ),
    "attributes": lambda n: (
        f'<div data-testid="related-articles-{n}" rel="author a{n}" itemprop="name">x</div>'
    ),
    "figures": lambda n: (
        f'<figure><img class="logo-{n}" src="/{n}.jpg"><figcaption class="caption-{n}">x</figcaption></figure>'
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_page_and_no_faster(shape: str) -> None:
    """Each takes about half a second; a look at all classes for each find would take minutes."""
    root = load("<body>" + "".join(map(SHAPES[shape], range(20_000))))
    chosen = Selectors([":named(related articles)", ".c7-7", "[class*=articles-9]"])
    began = time.process_time()
    page = ElementIndex(root)
    claims.read(page, None)
    lift_posts.lift(page)
    pick.pictures(page)
    found = chosen.find(page)
    assert time.process_time() - began < 15
    assert len(found) == {"classes": 1, "figures": 0}.get(shape, 20_000)

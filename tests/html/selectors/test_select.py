"""Selectors pick what soupsieve picks, at a cost that does not grow with their number."""

from __future__ import annotations

import bs4
import pytest
import soupsieve
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import tostring

from cleaner.html.element_index import ElementIndex
from cleaner.html.selectors.match import Answers
from cleaner.html.selectors.parser import SelectorError, parse
from cleaner.html.selectors.select import Selectors
from cleaner.html.tree import load

CLASSES = ("a", "b", "share", "c-x")
VALUES = ("x", "x-y", "x y", "yx", "")
TAGS = ("div", "p", "b", "aside")


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    """Return markup of nested elements with classes, ids and an attribute."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        tag = draw(st.sampled_from(("div", "aside") if depth < 3 else TAGS))
        classes = draw(st.lists(st.sampled_from(CLASSES), max_size=2, unique=True))
        attributes = f' class="{" ".join(classes)}"' * bool(classes)
        attributes += draw(st.sampled_from(("", "", "", ' id="i"', ' id="j"')))
        attributes += draw(
            st.sampled_from(("", "", *(f' data-k="{value}"' for value in VALUES)))
        )
        inside = draw(trees(depth + 1)) if depth < 3 else ""
        parts.append(f"<{tag}{attributes}>w{inside}</{tag}>")
    return "".join(parts)


def compounds(depth: int) -> st.SearchStrategy[str]:
    simple = [
        st.sampled_from(CLASSES).map(".{}".format),
        st.sampled_from(
            (
                "#i",
                "#j",
                ":first-child",
                ":last-child",
                ":only-child",
                "[data-k]",
                "[data-k='']",
            )
        ),
        st.sampled_from(
            (
                "[class*=a]",
                "[class*='-x']",
                "[class~=share]",
                "[class='a b']",
                "[class^=c-]",
                "[id='i']",
                "[id$=j]",
            )
        ),
        st.sampled_from(
            (
                "[data-k=x]",
                "[data-k~=x]",
                "[data-k|=x]",
                "[data-k^=x]",
                "[data-k$=x]",
                "[data-k*=y]",
            )
        ),
    ]
    if depth < 2:
        inner = st.lists(selectors(depth + 1), min_size=1, max_size=2).map(", ".join)
        simple += [inner.map(":not({})".format), inner.map(":is({})".format)]
        simple.append(
            st.sampled_from(
                (":has(b)", ":has(> p)", ":has( aside.a )", ":has(>[data-k])")
            )
        )
    tags = st.sampled_from((*TAGS, *TAGS, "", "*"))
    found = st.tuples(tags, st.lists(st.one_of(simple), max_size=2).map("".join))
    return found.map("".join).map(lambda text: text or "div")


def selectors(depth: int = 0) -> st.SearchStrategy[str]:
    further = st.tuples(st.sampled_from((" ", ">", " > ", "+")), compounds(depth)).map(
        "".join
    )
    return st.tuples(compounds(depth), st.lists(further, max_size=2).map("".join)).map(
        "".join
    )


def picked(texts: list[str], markup: str) -> dict[str, list[int]]:
    """Return for each selector the places of the elements that it picks."""
    root = load(markup)
    places = {element: place for place, element in enumerate(root.iter("*"))}
    found: dict[str, list[int]] = {text: [] for text in texts}
    for element, numbers in Selectors(texts).find(ElementIndex(root)):
        for number in numbers:
            found[texts[number]].append(places[element])
    return found


def is_findable(text: str) -> bool:
    """Tell whether a selector names something to look for. Nothing else that is drawn here is refused."""
    try:
        Selectors([text])
    except SelectorError as error:
        if "names nothing to look for" not in str(error):
            raise
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(markup=trees(), texts=st.lists(selectors(), min_size=1, max_size=8, unique=True))
def test_picks_what_soupsieve_picks(markup: str, texts: list[str]) -> None:
    known = [text for text in texts if is_findable(text)]
    soup = bs4.BeautifulSoup(tostring(load(markup), encoding="unicode"), "lxml")
    places = {id(element): place for place, element in enumerate(soup.find_all(True))}
    expected = {
        text: [places[id(element)] for element in soupsieve.select(text, soup)]
        for text in known
    }
    assert picked(known, markup) == expected


NAMES = (
    ('<div class="related-articles">', True),
    ('<div class="x c-RelatedArticles__list">', True),
    ('<div class="article_related_articles">', True),
    ('<div id="relatedArticles">', True),
    ('<div data-testid="related-articles">', True),
    ("<related-articles>", True),
    ('<div class="unrelated-articles">', False),
    ('<div class="related"><p class="articles">', False),
    ('<div class="articles-related">', False),
    ('<div class="has-related-articles">', False),
    ('<div class="post tag-related-articles">', False),
    ('<h3 id="what-we-wrote-in-related-articles">', False),
    ('<div title="related-articles">', False),
)


@pytest.mark.parametrize(("markup", "fits"), NAMES)
def test_names(markup: str, fits: bool) -> None:  # noqa: FBT001 - a table
    assert (
        bool(
            Selectors([":named(related articles)"]).find(
                ElementIndex(load(f"<main>{markup}One</main>"))
            )
        )
        is fits
    )


def test_names_beside_other_marks() -> None:
    texts = [
        "aside:named(share)",
        ".wide:named(share)",
        "#s:named(share)",
        "div > p:named(share)",
        "p:not(:named(share))",
    ]
    markup = '<div><aside class="share"></aside><p class="wide" data-testid="share"></p><p id="s" class="no-share"></p></div>'
    found = [
        (element.tag, [texts[number] for number in numbers])
        for element, numbers in Selectors(texts).find(ElementIndex(load(markup)))
    ]
    assert found == [
        ("aside", texts[:1]),
        ("p", [texts[1], texts[3]]),
        ("p", texts[4:]),
    ]


PIECES = (
    "related",
    "Related",
    "articles",
    "List",
    "has-",
    "tag-",
    "-",
    "_",
    "2",
    "é",
    "·",
    "–",
    " ",
    "  ",
    "x:",
)


@given(
    st.lists(
        st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
        min_size=4,
        max_size=4,
    ),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_names_are_found_wherever_a_sweep_finds_them(
    values: list[str],
    has_blank: bool,  # noqa: FBT001
) -> None:
    texts = [
        ":named(related articles)",
        ":named(related)",
        ".related-articles",
        ":named(list 2)",
        ":named(é)",
        ".é",
    ]
    texts += [".\\-\\-"] * has_blank  # a class that has no letters
    first, second, third, identity = values
    markup = f'<p class="{first}" id="{identity}">1</p><p class="{second}" data-testid="{third}">2</p>'
    page = ElementIndex(load(markup))
    swept = {
        element: tuple(
            number
            for number, text in enumerate(texts)
            if Answers().matches(parse(text)[0], element)
        )
        for element in page.elements
    }
    assert Selectors(texts).find(page) == [
        (element, numbers) for element, numbers in swept.items() if numbers
    ]


def test_alternatives_count_for_the_selector_that_has_them() -> None:
    found = Selectors([".x, .y", ".y"]).find(
        ElementIndex(load('<p class="x"></p><p class="y"></p>'))
    )
    assert [numbers for _, numbers in found] == [(0,), (0, 1)]


def test_what_was_learned_on_one_page_holds_on_the_next() -> None:
    chosen = Selectors([".a > .b", "[data-k=x].b", ".b:has(i)"])
    for _ in range(2):
        assert [
            numbers
            for _, numbers in chosen.find(ElementIndex(load('<p class="b">1</p>')))
        ] == []
        assert [
            numbers
            for _, numbers in chosen.find(
                ElementIndex(load('<div class="a"><p class="b">1<i>2</i></p></div>'))
            )
        ] == [(0, 2)]
        assert [
            numbers
            for _, numbers in chosen.find(
                ElementIndex(load('<p class="b" data-k="X">1</p>'))
            )
        ] == [(1,)]


def test_absurd_pages_do_no_harm() -> None:
    chosen = Selectors(
        [
            ":named(share bar)",
            "[class*=zz] .a .b .c .d",
            "div:has(.never)",
            "i:not(b i)",
        ]
    )
    assert (
        chosen.find(
            ElementIndex(load(f'<p class="{"ab-Cd " * 50_000}" id="{"x" * 100_000}">1'))
        )
        == []
    )
    assert chosen.find(ElementIndex(load("<div class='a b c d'>" * 5_000 + "x"))) == []
    assert len(chosen.find(ElementIndex(load("<p><i>x</i></p>" * 20_000)))) == 20_000
    assert (
        chosen.find(ElementIndex(load('<p class="" id="" data-testid="">1<o:p>2')))
        == []
    )


def test_an_empty_value_fits_nothing() -> None:
    """Selectors Level 4: a substring match with an empty value represents no element."""
    assert not Selectors(["[data-k*='']"]).find(
        ElementIndex(load('<div data-k="x">w</div>'))
    )

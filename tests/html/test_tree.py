"""Whatever the markup is, its text comes out of the tree, or an error says why not."""

from __future__ import annotations

import pytest

from cleaner import SourceError
from cleaner.html import tree
from tests.shipped import shipped_cleaner

TEXT = "The mayor opened the bridge on Monday, after two years of work, and hundreds of people came to see it."
PAGE = f"<p>{TEXT}</p><p>She thanked the workers, who had built it through two hard winters, for their patience.</p>"
CASES = {
    "plain text": TEXT,
    "deep": "<div>" * 5_000 + PAGE + "</div>" * 5_000,
    "deep and never closed": "<b>" * 5_000 + PAGE,
    "comment that never ends": f"<!-- oops {PAGE}",
    "title that never ends": f"<html><head><title>The title<body>{PAGE}",
    "text area that never ends": f"<textarea>x{PAGE}",
    "button that never ends": f"<button>Menu{PAGE}",
    "behind the end": f"<html><body><p>Hello.</p></body></html>{PAGE}",
    "two bodies": f"<html><body><p>Hello.</p></body><body>{PAGE}</body></html>",
    "in the head": f"<title>x</title><article>{PAGE}</article>",
    "XHTML": f'<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{PAGE}</body></html>',
    "absurd spans": f"<table><tr><td colspan=9007199254740992>A</td><td rowspan=9007199254740992>B</td></tr></table>{PAGE}",
    "absurd attributes": "<p "
    + " ".join(f"a{number}=1" for number in range(20_000))
    + f">{PAGE}",
    "spaces": "<script>" + " " * 500_000 + f"</script>{PAGE}",
    "brackets": "<" * 50_000 + PAGE,
    "NULs": PAGE.replace("bridge", "bri\0dge"),
    "a lone surrogate": f"{PAGE}\ud800",
}


@pytest.mark.parametrize("name", CASES)
def test_the_text_comes_out(name: str) -> None:
    assert TEXT in tree.text_of(tree.load(CASES[name]))
    assert TEXT in shipped_cleaner().clean(CASES[name], media_type="text/html").body


@pytest.mark.parametrize(
    "markup", ("", " \n", "<!-- a -->", "<script>1</script>", "<html></html>")
)
def test_a_page_that_says_nothing_is_empty(markup: str) -> None:
    article = shipped_cleaner().clean(markup, media_type="text/html")
    assert (article.body, article.flags) == ("", ("empty_body",))


def test_refuses_what_is_no_page() -> None:
    with pytest.raises(SourceError, match="characters of markup") as caught:
        tree.load("x" * (tree.MOST_CHARS + 1))
    assert caught.value.reason == "too_large"


def test_a_charset_inside_a_script_counts_for_nothing() -> None:
    page = f"<html><head><script>var a = '<meta charset=\"utf-16\">';</script></head><body>{PAGE.replace('bridge', 'Brücke')}"
    article = shipped_cleaner().clean(page.encode("cp1252"), media_type="text/html")
    assert "Brücke" in article.body


def test_text_after_a_dropped_element_stays() -> None:
    root = tree.load("<p>One <b>two</b> three</p>")
    bold = next(root.iter("b"))
    tree.drop(bold)
    assert tree.text_of(root) == "One three"


@pytest.mark.parametrize(
    "markup",
    (
        "<p>A <b>b</b><script>c</script> d",
        "<div>One<div> two </div><i>th</i>ree<br>four</div>",
        "<p>",
    ),
)
def test_a_short_text_is_the_text_unless_it_is_too_long(markup: str) -> None:
    root = tree.load(markup)
    text = tree.text_of(root)
    for most in range(len(text) + 2):
        assert tree.short_text_of(root, most) == (text if len(text) <= most else None)


@pytest.mark.parametrize(
    "attributes",
    (
        "x" * 100_001,
        "x" * 60_000 + ">" + "x" * 60_000,
        "x" * 60_000 + "<b>" + "x" * 100_001,
    ),
)
def test_tags_are_long_where_no_bracket_stands_in_them(attributes: str) -> None:
    markup = f"<p>{'y' * 99_990}</p><i {attributes}>z</i>".encode()
    assert (
        tree._without_long_tags(markup)
        == tree._LONG.sub(r"<\1>", markup.decode()).encode()
    )

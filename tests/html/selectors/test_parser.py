"""The selector language: what it knows, and what it says about everything else."""

from __future__ import annotations

import pytest

from cleaner.html.selectors.parser import Attribute, SelectorError, parse, words


@pytest.mark.parametrize(
    ("text", "place", "message"),
    (
        ("", 0, "an element is expected here"),
        ("a,", 1, "an element is expected here"),
        ("a >", 1, "nothing follows '>'"),
        ("a ~ b", 1, "'~' is not supported"),
        ("a b)", 3, "')' has no place here"),
        ("*", 0, "it names nothing to look for"),
        ("aside > :not(.x)", 0, "it names nothing to look for"),
        (".1", 1, "a name is expected after '.'"),
        ("#", 0, "a name is expected after '#'"),
        ("div[class=", 3, "an attribute is written"),
        ("[a=b c]", 0, "an attribute is written"),
        ("p:nth-child(2)", 1, "':nth-child(2)' is not supported"),
        ("p::before", 1, "'::before' is not supported"),
        ("p:not", 1, "':not' is not supported"),
        ("p:not(.a", 7, "a closing bracket is expected here"),
        ("p:has(a b)", 8, "a closing bracket is expected here"),
        ("p:has(:has(a))", 11, ":has() inside :has()"),
        ("p:has(*)", 6, ":has() takes one element"),
        (":named()", 7, ":named() takes words"),
        (":named(a_b)", 7, ":named() takes words"),
        (":named(one two three four five)", 7, "at most 4 words"),
        ("p" + ":not(p" * 6 + ")" * 6, 30, "brackets inside brackets"),
        ("a" * 2_000, 0, "at most 1000 are taken"),
    ),
)
def test_what_is_refused_is_refused_with_its_place(
    text: str, place: int, message: str
) -> None:
    with pytest.raises(SelectorError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.offset == place


def test_case_and_quotes_do_not_matter() -> None:
    assert parse("Aside.Related#More[Data-K='X']") == parse(
        'aside.related#more[data-k="x"]'
    )


def test_a_selector_is_read_from_right_to_left() -> None:
    (found,) = parse("article > .box  h2+ul")
    assert found.compound.tag == "ul"
    assert found.combinator == "+"
    assert found.left is not None
    assert (found.left.compound.tag, found.left.combinator) == ("h2", " ")
    assert found.left.left is not None
    assert (found.left.left.compound.classes, found.left.left.combinator) == (
        ("box",),
        ">",
    )


def test_attributes_with_and_without_values() -> None:
    (found,) = parse("[hidden][role=search][class^=\"a b\"][lang|='de']")
    expected = (
        ("hidden", "", ""),
        ("role", "=", "search"),
        ("class", "^=", "a b"),
        ("lang", "|=", "de"),
    )
    assert found.compound.attributes == tuple(Attribute(*each) for each in expected)


def test_escapes_and_letters_of_other_scripts() -> None:
    (found,) = parse(r"div.md\:flex.größe")
    assert found.compound.classes == ("md:flex", "größe")


def test_words_of_names_are_written_in_any_way() -> None:
    assert (
        parse(":named(related  Articles)")
        == parse(":named( related-articles )")
        == parse(":named(relatedArticles)")
    )
    assert words("HTMLRelated_list-2x") == ("html", "related", "list", "2", "x")

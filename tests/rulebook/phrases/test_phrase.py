"""A phrase is parsed into literal texts and placeholders, or is a regular expression."""

from __future__ import annotations

import pytest

from cleaner.rulebook.phrases.phrase import Part, Phrase, parse


@pytest.mark.parametrize(
    ("text", "parts"),
    (
        ("", ()),
        ("Read more", (Part(0, 9, "Read more"),)),
        ("<date>", (Part(0, 6, "", "date"),)),
        (
            "By <authors:name> 😀",
            (
                Part(0, 3, "By "),
                Part(3, 17, "", "name", "authors"),
                Part(17, 19, " 😀"),
            ),
        ),
        ("a < b > c", (Part(0, 9, "a < b > c"),)),
        ("<Date> <x1>", (Part(0, 11, "<Date> <x1>"),)),
    ),
)
def test_the_parts_cover_the_text(text: str, parts: tuple[Part, ...]) -> None:
    assert parse(text) == Phrase(text, is_regex=False, parts=parts)
    assert "".join(text[part.offset : part.end] for part in parts) == text


@pytest.mark.parametrize("text", ("/a/", "/<x>/"))
def test_a_regular_expression(text: str) -> None:
    assert parse(text).is_regex
    assert not parse(text).is_plain


@pytest.mark.parametrize("text", ("//", "/", "/a", "a/", "a"))
def test_text_with_slashes(text: str) -> None:
    assert parse(text).is_plain


def test_captures() -> None:
    text = "By <authors:name> in <section:any>, <date>"
    assert parse(text).captures == (("authors", 4), ("section", 22))
    assert parse("/(?P<tags>#\\w+) (?:x)/").captures == (("tags", 5),)
    assert parse("no <any> field").captures == ()
    assert [part.field for part in parse(text).placeholders] == [
        "authors",
        "section",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "length"), (("a1 <any> – b", 3), ("/ab/", 2), ("<any>", 0), ("", 0))
)
def test_bare_length(text: str, length: int) -> None:
    assert parse(text).bare_length == length


@pytest.mark.parametrize(
    ("text", "is_headline"),
    (
        ("<headline>", True),
        ("<title:headline>", True),
        ("<headline>.", False),
        ("headline", False),
    ),
)
def test_headline(text: str, is_headline: bool) -> None:  # noqa: FBT001 - a table
    assert parse(text).is_headline is is_headline

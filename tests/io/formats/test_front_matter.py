"""Facts at the top of Markdown."""

from __future__ import annotations

import pytest

from cleaner.errors import SourceError
from cleaner.io.formats.front_matter import split


def test_values_stay_as_they_were_written() -> None:
    block = b"---\ntitle: No\ndate: 2025-01-02\nnumber: 007\nauthors:\n- Jane\n- John\n---\nBody\n"
    assert split(block) == (
        {
            "title": "No",
            "date": "2025-01-02",
            "number": "007",
            "authors": ["Jane", "John"],
        },
        b"Body\n",
    )


@pytest.mark.parametrize(
    "data",
    (
        b"---\r\ntitle: T\r\n---\r\nBody",
        b"\xef\xbb\xbf---\ntitle: T\n---\nBody",
        b"--- \ntitle: T\n---  \nBody",
    ),
)
def test_line_ends_byte_order_marks_and_spaces_do_not_matter(data: bytes) -> None:
    assert split(data) == ({"title": "T"}, b"Body")


@pytest.mark.parametrize(
    "data",
    (
        b"",
        b"Body",
        b"---\n",
        b"---\nno end\n",
        b"---\n---\nBody",
        b"---\nJust a sentence between two rules.\n---\nBody",
        b"---\n- a list\n---\nBody",
        b"----\ntitle: T\n---\nBody",
        b"Text\n---\ntitle: T\n---\nBody",
    ),
)
def test_what_is_no_front_matter_is_text(data: bytes) -> None:
    assert split(data) == ({}, data)


def test_the_body_may_hold_rules_and_any_bytes() -> None:
    assert split(b"---\ntitle: T\n---\n\n---\n\xff\n")[1] == b"\n---\n\xff\n"


@pytest.mark.parametrize(
    ("block", "reason", "says"),
    (
        (
            b"title: Exclusive: mayor resigns",
            "malformed",
            "front matter, line 2: .*quotes round a value",
        ),
        (b"a: 1\nb: [", "malformed", "front matter, line"),
        (b"title: caf\xe9", "undecodable", "not UTF-8"),
        (b"a: &x [1]\nb: *x", "malformed", "aliases"),
        (b"a: " + b"[" * 20_000, "malformed", "deep nesting"),
    ),
    ids=("colon", "open list", "not UTF-8", "aliases", "deep"),
)
def test_front_matter_that_cannot_be_read_is_an_error(
    block: bytes, reason: str, says: str
) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        split(b"---\n" + block + b"\n---\nBody")
    assert caught.value.reason == reason

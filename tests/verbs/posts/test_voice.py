"""What speaks for a line to be a post's: signs that the article around it does not have."""

from __future__ import annotations

import pytest

from cleaner.verbs.posts.voice import Heard, Voice, reasons


@pytest.mark.parametrize(
    ("article", "language", "speaks"),
    (
        ("The council met the harbour crews on the quay.", "en", True),
        ("I met the harbour crews on the quay.", "en", False),
        ("“I met the crews,” the harbour master told the council.", "en", True),
        ("Der Rat traf die Mannschaften am Hafen.", "de", False),
        ("The council met the harbour crews on the quay.", None, False),
    ),
)
def test_i_speaks_for_a_post_where_the_article_never_says_i(
    article: str,
    language: str | None,
    speaks: bool,  # noqa: FBT001 - a column of the table
) -> None:
    voice = Voice((Heard(article),), language)
    line = "I could not believe my eyes when the gate opened"
    assert reasons(line, voice, None).has("first person") is speaks

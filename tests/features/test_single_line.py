"""Facts of one line that take a short way are what the long way says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner.features import line_shape, single_line
from cleaner.features.lines import LineFeatures

PIECES = st.sampled_from(
    (
        *(
            "Harbour",
            "straße",
            "the",
            "ﬁnally",
            "İstanbul",
            "ŉever",
            "οδός",
            "Совет",
            "市議会は",
            "ΐ",
            "K",
            "x",
            "42",
        ),
        *(
            " ",
            "  ",
            "\u00a0",
            "\t",
            ". ",
            "! ",
            "…",
            "。",
            "؟",
            '."',
            ".”)",
            "...",
            "’",
            "–",
            "-",
            "_",
        ),
        *(
            "@",
            " @",
            "://",
            "http://",
            "https://",
            "www.",
            ".com",
            ".org",
            ".net",
            ".nets",
            "a@b",
        ),
    )
)
LINES = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)


@given(LINES)
def test_links_are_found_as_by_a_search(line: str) -> None:
    pattern = r"https?://|www\.|\.(?:com|org|net)\b|\S@\S|(?:^|\s)@\w"
    assert single_line.link(line) is (re.search(pattern, line) is not None)


@given(LINES)
def test_stops_are_signs_at_the_end_of_a_word_and_those_that_need_no_space(
    line: str,
) -> None:
    pattern = r"[.!?…](?=[\"'”’»“)\]]*(?:\s|$))|[。！？।۔؟]"
    assert single_line.stops(line) == len(re.findall(pattern, line))


@given(LINES)
def test_topic_words_are_the_long_words_without_their_case(line: str) -> None:
    long = [
        word
        for word in re.findall(r"[^\W\d_]+", line.casefold())
        if len(word) >= single_line.LONG_WORD
    ]
    assert single_line.long_words(line_shape.fold(line)) == long


@given(st.lists(LINES.map(lambda line: line.replace("\n", " ")), max_size=6))
def test_words_and_copies_are_those_of_each_line(lines: list[str]) -> None:
    bare = [line.strip() for line in lines if line.strip()]
    facts = LineFeatures(lines)
    assert facts.column("words") == list(map(line_shape.words, bare))
    assert facts.column("sentence") == list(map(line_shape.is_sentence, bare))
    assert facts.column("copies") == [
        sum(line_shape.fold(line) == line_shape.fold(other) for other in bare)
        for line in bare
    ]


def test_pairs_stand_for_words_in_scripts_without_spaces() -> None:
    assert single_line.pairs("市議会は") == ["市議", "会は"]
    assert single_line.pairs("Совет") == single_line.pairs("council") == []

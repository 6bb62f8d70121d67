"""A line's kinds say of each character what Unicode says of it, whatever way they were worked out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.features import character_kinds
from cleaner.features.lines import LineFeatures

WESTERN = "abcXYZ 0129 .,;:|•·©®™→«»“”„‘’–—…éßÉµªº²½¼×÷\u00a0"
LINES = (
    st.text(alphabet=WESTERN)
    | st.text()
    | st.text(alphabet="Совет решил, 12 мая; 市議会は決定した、ꙮⓐⅣ²①٣ǅ")
)


@given(LINES)
def test_the_kinds_of_a_line_are_those_of_its_characters(line: str) -> None:
    assert character_kinds.of_line(line) == bytes(
        map(character_kinds.of_character, line)
    )


@given(st.lists(LINES))
def test_lines_have_their_kinds_whether_looked_at_alone_or_together(
    lines: list[str],
) -> None:
    assert character_kinds.of_lines(lines) == list(map(character_kinds.of_line, lines))


@pytest.mark.parametrize(("character", "stand_in"), character_kinds.ALIKE.items())
def test_what_stands_in_for_a_character_is_of_its_kind(
    character: str, stand_in: str
) -> None:
    assert character_kinds.of_character(character) == character_kinds.of_character(
        stand_in
    )


@given(LINES)
def test_facts_that_count_kinds_are_what_they_say(line: str) -> None:
    bare = line.replace("\n", " ").strip()
    facts = LineFeatures([bare])
    if not bare:
        return
    words = re.findall(r"[^\W\d_]+", bare)
    lower = sum(len(word) > 1 and word[0].islower() for word in words)
    commas = sum(bare.count(comma) for comma in ",;，、；،")
    assert facts.column("lower") == [100 * lower / max(1, len(words))]
    assert facts.column("upper") == [
        100 * sum(map(str.isupper, bare)) / max(1, sum(map(str.isalpha, bare)))
    ]
    assert facts.column("digits") == [100 * sum(map(str.isdigit, bare)) / len(bare)]
    assert facts.column("commas") == [100 * commas / max(1, facts.column("words")[0])]
    assert facts.column("quotes") == [any(quote in bare for quote in '"“”„«»「」')]
    assert facts.column("separators") == [
        any(sign in bare for sign in "|•·©®™→←›‹»▶►×✕{}<>")
    ]

"""A phrase inside a line goes between word boundaries, with the space that would be too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PHRASE = "remove_text: |\n  Sign up to our briefing\n"
SENTENCE = "remove_text: We need your consent\nwhole_sentence: true\n"


@pytest.mark.parametrize(
    ("before", "after"),
    (
        ("He left. Sign up to our briefing He came back.", "He left. He came back."),
        ("Sign up to our briefing He came back.", "He came back."),
        ("He left. Sign up to our briefing", "He left."),
        ("He left. SIGN UP TO  OUR\u00a0BRIEFING He came.", "He left. He came."),
        ("He left (Sign up to our briefing) early.", "He left () early."),
        ("Sign up to our briefing Sign up to our briefing He left.", "He left."),
        ("😀 𝔘 Sign up to our briefing 😀 𝔘.", "😀 𝔘 😀 𝔘."),
        ("日本 Sign up to our briefing 日本。", "日本 日本。"),
        ("A.\n\nSign up to our briefing\n\nB.", "A.\n\nB."),
    ),
)
def test_goes(clean: Callable[[str, str], str], before: str, after: str) -> None:
    assert clean(PHRASE, before) == after


@pytest.mark.parametrize(
    "text",
    (
        "He left. Sign up to our briefings today.",
        "He did not resign up to our briefing hour.",
        "Sign up to our_briefing, he said.",
        "Sign up\nto our briefing",
        "Sign up to our briefingé",
        "ÉSign up to our briefing",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(PHRASE, text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    (
        (
            "Lammy attended. We need your consent to load this. He left at six.",
            "Lammy attended. He left at six.",
        ),
        ("We need your consent. He left.", "He left."),
        ("He left! We need your consent to load this", "He left!"),
        ("Il est parti… We need your consent, madame. Fin.", "Il est parti… Fin."),
    ),
)
def test_the_whole_sentence_goes(
    clean: Callable[[str, str], str], before: str, after: str
) -> None:
    assert clean(SENTENCE, before) == after


def test_sentences_around_it_are_not_touched(clean: Callable[[str, str], str]) -> None:
    text = "It cost 3.50 pounds. We need your consenting partners. Mr. Roe left."
    assert clean(SENTENCE, text) == text


def test_many_places_in_one_long_line(clean: Callable[[str, str], str]) -> None:
    line = "He left. Sign up to our briefing " * 2_000
    assert clean(PHRASE, line + "End.") == "He left. " * 2_000 + "End."


def test_a_pattern_that_matches_nothing_finds_nothing(
    clean: Callable[[str, str], str],
) -> None:
    text = "One two  three.\nFour."
    assert clean("remove_text: |\n  /q*/\n", text) == text

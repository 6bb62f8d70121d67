"""Folding loses what a phrase tolerates and, on lines that are not odd, nothing else: RE2 is asked about every letter."""

from __future__ import annotations

import unicodedata

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.phrases import syntax as phrases
from cleaner.rulebook.phrases.syntax import Vocabulary
from cleaner.rulebook.scan.folded_line import FILL, RUN, Line
from cleaner.rulebook.scan.folding import fold, fold_phrase, is_odd, is_odd_phrase
from cleaner.rulebook.scan.pattern_cache import re2_options

LETTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
CASED = [
    one
    for one in LETTERS
    if {one.lower(), one.upper(), one.casefold(), one.title()} != {one}
]
TRICKY = st.text(
    alphabet="aAbßẞİiıIkKſsσςΣ'’ʼ`-—…. \u00a0\u2009\té\u0301\u0307ﬁΐ😀<>0١\0",
    max_size=10,
)


def matches(phrase: str, line: str) -> bool:
    pattern = rf"\A(?:{phrases.pattern(phrase, Vocabulary())})\z"
    return re2.search(pattern, line, re2_options()) is not None


def test_what_re2_takes_for_the_same_letter_folds_to_the_same() -> None:
    text = "".join(CASED).encode()
    pairs = 0
    for one in CASED:
        others = {
            found.decode()
            for found in re2.compile(re2.escape(one), re2_options()).findall(text)
        }
        pairs += len(others) - 1
        assert {fold(other) for other in others} == {fold(one)}
    assert pairs > 2_500


def test_what_folds_to_the_same_letter_re2_takes_for_the_same_unless_it_is_odd() -> (
    None
):
    pairs = 0
    for one in CASED:
        other = fold(one)
        if other != one and not is_odd(one):
            pairs += 1
            assert len(other) == 1
            assert re2.fullmatch(re2.escape(other), one, re2_options())
    assert pairs > 1_300


def test_every_sign_and_space_that_phrases_tolerate_folds() -> None:
    for signs in phrases.ALIKE:
        assert len({fold(sign) for sign in signs}) == 1
    assert {fold(space) for space in phrases.SPACES} - {"\n"} == {" "}
    assert re2.fullmatch(f"{phrases.SPACE}+", phrases.SPACES)


@given(TRICKY, TRICKY)
def test_a_line_and_a_phrase(phrase: str, line: str) -> None:
    phrase = phrase.strip()
    if not phrase or phrases.is_regex(phrase) or "<" in phrase:
        return
    same = fold_phrase(phrase) == fold(line)
    if matches(phrase, line):
        assert same
    if same and not is_odd(line) and not is_odd_phrase(phrase):
        assert matches(phrase, line)


@given(TRICKY)
def test_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TRICKY)
def test_a_line_is_shown_with_a_character_for_each_folded_one(text: str) -> None:
    raw = text.strip()
    line = Line(raw, fold(raw))
    if line.shown is None:
        assert FILL in raw or "\u0307" in raw
        return
    assert len(line.shown) == len(line.folded)
    bare = line.shown.replace(FILL, "").replace(RUN, " ")
    assert fold(bare) == line.folded
    assert line.has_runs == (len(bare) != len(raw))
    for shown, folded in zip(line.shown, line.folded, strict=True):
        assert shown in (FILL, RUN) or fold(shown)[0] == folded


@pytest.mark.parametrize("phrase", ("Straße", "İlan", "ışık", "Größe!"))
def test_letters_that_phrases_tolerate_are_not_odd_in_them(phrase: str) -> None:
    assert not is_odd_phrase(phrase)
    assert matches(phrase, unicodedata.normalize("NFC", phrase).replace("ß", "ss"))

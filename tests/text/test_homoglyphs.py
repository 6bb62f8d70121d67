"""Letters that pose as Latin ones go from words that mix them with Latin ones, and nothing else changes."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Repair
from cleaner.text import homoglyphs
from cleaner.text.repair import repair

if TYPE_CHECKING:
    from pathlib import Path

NEWS = "The ferry to the outer islands leaves at noon and comes back before the evening tide.\n"
POSERS = "".join(chr(code) for code in homoglyphs._TABLE)


def mended(text: str) -> tuple[str, dict[str, int]]:
    counts: Counter[str] = Counter()
    return homoglyphs.mend(text, counts), dict(counts)


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    (
        ("Сlick hеrе to win", "Click here to win", 3),
        ("Еvеry реnny соunts, ѕауs Мary", "Every penny counts, says Mary", 10),
        ("Τhe best shοes ﬁrst", "The best shoes ﬁrst", 2),
        ("ａll yoｕr debts", "all your debts", 2),
        ("𝐁𝐞𝐬t of the 𝙱𝚎𝚜t", "Best of the Best", 6),
        ("Ꮃin a Ꮲhone", "Win a Phone", 2),
        ("yօu and yօսr bank", "you and your bank", 3),
        ("Jеtzt gеwinnen für dеine Größe", "Jetzt gewinnen für deine Größe", 3),
        ("а сrédit, Рartagez l'été", "а crédit, Partagez l'été", 2),
    ),
)
def test_letters_of_other_scripts_become_latin(
    text: str, expected: str, count: int
) -> None:
    assert mended(text) == (expected, {"homoglyphs": count})


@pytest.mark.parametrize(
    "text",
    (
        "Сlick to read on",
        "the word “pаypal” and the word “gооgle” deceive",
        "Sberbank (Сbеrbаnk), Rosneft [Rоsnеft]",
        "see pаypal.com and gооgle.com/sеаrсh, @twіtter, #sаle, mу_file, а=bс",
        "Москва, Сахара, сосо: оса",
        "ＷＩＤＥ letters and 𝐁𝐨𝐥𝐝 ones",
        "TNFα, NFκB, PPARγ, 5 µm, ΔRate, Ωm, 10 kΩ",
        "sin𝑥 d𝑥 plus cos𝑦 d𝑦",
        "HyperТекст and ТаблоID at KoЯn",
        "Ελληνικά Οδός, Łódź, façade, naïve",
        "",
    ),
)
def test_must_not_change(text: str) -> None:
    assert mended(text) == (text, {})
    assert mended(NEWS + text) == (NEWS + text, {})


@pytest.mark.parametrize(
    "text",
    (
        "Жители сooбщили, что Сovid и iРhone снова стали темой дня.",
        "Οι κάτοικοι είπαν ότι ο Covіd και το iΡhone ήταν το θέμα της ημέρας.",
        "新しいiРhoneとСovidの話、ＮHKとＡpple",
    ),
)
def test_texts_in_other_scripts_keep_what_their_keyboards_mixed(text: str) -> None:
    assert mended(text) == (text, {})
    assert mended(f"{text}\niРhone, Сovid\n{text}") == (
        f"{text}\niРhone, Сovid\n{text}",
        {},
    )


def test_a_line_in_another_script_stays_in_a_latin_text() -> None:
    russian = "Жители сooбщили: Сovid и iРhone"
    assert (
        mended(f"{NEWS}{russian}\n{NEWS}Сlick hеrе")[0]
        == f"{NEWS}{russian}\n{NEWS}Click here"
    )


def test_two_words_in_different_lines_are_enough_and_one_twice_is_not() -> None:
    assert mended(f"Сlick\n{NEWS}hеre")[0] == f"Click\n{NEWS}here"
    assert mended(f"Сlick\n{NEWS}Сlick, сlick") == (f"Сlick\n{NEWS}Сlick, сlick", {})


def test_the_table_is_of_letters_that_stand_for_one_latin_letter() -> None:
    assert all(
        len(like) == 1 and like.isascii() and like.isalpha()
        for like in homoglyphs._TABLE.values()
    )
    assert all(chr(code).isalpha() for code in homoglyphs._TABLE)
    names = {unicodedata.name(chr(code)).split()[0] for code in homoglyphs._TABLE}
    assert names == {
        "CYRILLIC",
        "GREEK",
        "ARMENIAN",
        "CHEROKEE",
        "FULLWIDTH",
        "MATHEMATICAL",
    }


@pytest.mark.parametrize("letters", tuple(homoglyphs._LOOK_ALIKES))
def test_the_letters_of_a_row_are_of_one_script(letters: str) -> None:
    assert len({unicodedata.name(letter).split()[0] for letter in letters}) == 1
    assert not letters.isascii()


class TestRepair:
    def test_lists_them(self) -> None:
        done = repair(f"{NEWS}Сlick hеrе &amp; win")
        assert done.text == f"{NEWS}Click here & win"
        assert done.repairs == (Repair("entities", 1), Repair("homoglyphs", 3))

    def test_sees_words_without_their_invisible_characters(self) -> None:
        assert repair("С\u200blick h\u00adеrе").text == "Click here"

    def test_composes_what_was_mended(self) -> None:
        assert repair("cafе\u0301 nаtionаl").text == "café national"

    def test_leaves_the_lines_that_mix_nothing(self) -> None:
        lines = [
            NEWS.strip(),
            "Сlick",
            "𝐁𝐨𝐥𝐝 and ＷＩＤＥ",
            "hеrе",
            "Он сказал (Сovіd)",
        ]
        after = repair("\n".join([*lines, NEWS * 3])).text.split("\n")
        assert after[:5] == [lines[0], "Click", lines[2], "here", lines[4]]

    def test_the_seeds_hold_none(self, seeds: tuple[Path, ...]) -> None:
        assert [
            seed.name for seed in seeds if mended(seed.read_bytes().decode())[1]
        ] == []


@given(
    st.text(st.sampled_from(POSERS + 'aeiouNRT сдя𝑥 ЯΔα()."@\n\u0301ß')),
    st.integers(0, 2),
)
def test_twice_is_once_and_the_rest_stays(text: str, sentences: int) -> None:
    text = NEWS * sentences + text
    once, counts = mended(text)
    assert mended(once) == (once, {})
    changed = [(old, new) for old, new in zip(text, once, strict=True) if old != new]
    assert sum(counts.values()) == len(changed)
    assert all(new == homoglyphs._TABLE[ord(old)] for old, new in changed)


@pytest.mark.parametrize(
    "piece", ("Сa", "(Сlick ", "\"Сa'", "Сa.", "Сlick hеrе, ", "Сa\n", "[(", "𝐁a")
)
def test_long_texts_take_linear_time(piece: str) -> None:
    started = time.process_time()
    mended(NEWS + piece * 50_000)
    assert time.process_time() - started < 5

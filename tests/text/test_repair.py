"""Damage is repaired and accounted for; what is no damage comes out as it went in."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Repair
from cleaner.text import ftfy_prefilter
from cleaner.text import repair as module
from cleaner.text.repair import KINDS, repair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hypothesis.strategies import DataObject, SearchStrategy

    from cleaner.options import Quotes

MODES: tuple[Quotes, ...] = ("keep", "repair", "straight", "curly")


def counts(text: str, quotes: Quotes = "keep") -> dict[str, int]:
    return {entry.kind: entry.count for entry in repair(text, quotes).repairs}


@pytest.mark.parametrize(
    "text",
    (
        "Le château, la pâte et l’âme du maître : « Ça alors ! »",
        "«\u00a0Oui\u00a0», dit-il\u00a0; 5\u00a0% de 10\u00a0000\u00a0€",
        "‘Curly’ and “curly” – they stay… and so do 'straight' and \"straight\"",
        "AT&T, R&D, fish & chips, a &lt b, Q & A; &nosuch;",
        "ﬁne ligatures, ＷＩＤＥ letters, ½ ² µ Å K",
        "what came broken stays broken: caf� and ��",
        "हिन्दी में क्\u200dष और 👩\u200d🚀, می\u200cشود",
        "a\ttab and a\x0cform feed",
        "\u200eleft\u200f right",
        " leading and trailing  spaces \n\n\n",
        "no newline at the end",
        "ÄÖÜ äöü ß, ÅÄÖ, ÆØÅ, ÇĞİÖŞÜ, ĄĆĘŁŃÓŚŹŻ, ÁÉÍÑÓÚ¿¡",
        "ÃO PAULO, SÃO PAULO, Â!",
        "x² + y² = 4 × π, 20 °C, §5, ©2024, €5, £5, ¥5, “5”™",
        "«Да» — сказал он; „Нет“",
        "",
        "\n",
    ),
)
def test_must_not_change(text: str) -> None:
    assert repair(text).text == text
    assert repair(text).repairs == ()
    assert repair(text).flags == ()


def test_the_seeds_do_not_change(seeds: tuple[Path, ...]) -> None:
    for seed in seeds:
        text = seed.read_bytes().decode()
        assert repair(text).text == text


def test_samples_in_all_languages_do_not_change(samples: dict[str, str]) -> None:
    for text in samples.values():
        assert repair(text).repairs == ()
        assert repair(text).text == text


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    (
        ("\ufeffHello", "Hello", {"bom": 1}),
        ("\ufeff\ufeffHello", "Hello", {"bom": 1, "zero-width": 1}),
        ("one\r\ntwo\r\n", "one\ntwo\n", {"line-endings": 2}),
        ("one\rtwo\u2028three\u2029", "one\ntwo\nthree\n", {"line-endings": 3}),
        ("The cafÃ©", "The café", {"mojibake": 1}),
        ("&amp;amp; &amp;quot;", '& "', {"entities": 4}),
        (
            "&nbsp;5&nbsp;%&shy;",
            " 5\u00a0%",
            {"entities": 3, "nbsp": 1, "soft-hyphen": 1},
        ),
        ("a\x07b", "ab", {"control-chars": 1}),
        ("\x1b[31mred\x1b[0m", "red", {"terminal-escapes": 2}),
        ("Mr\u00a0X", "Mr X", {"nbsp": 1}),
        ("a\u200bb\u2060c\ufeffd", "abcd", {"zero-width": 3}),
        ("Bundes\u00adrat", "Bundesrat", {"soft-hyphen": 1}),
        ("cafe\u0301", "café", {"nfc": 1}),
        ("\ud83d\ude00", "😀", {"surrogates": 1}),
        ("na\u00efve It\x92s", "naïve It’s", {"mojibake": 1}),
        ("a&\u00adamp;b", "a&b", {"soft-hyphen": 1, "entities": 1}),
        ("â€\u200b™", "’", {"zero-width": 1, "mojibake": 1}),
    ),
)
def test_repairs(text: str, expected: str, kinds: dict[str, int]) -> None:
    assert repair(text).text == expected
    assert counts(text) == kinds


def test_repairs_are_listed_in_a_fixed_order() -> None:
    done = repair("\ufeffe\u0301 &amp; \r\n\u200b ‘x'", "repair")
    assert [entry.kind for entry in done.repairs] == [
        "bom",
        "line-endings",
        "entities",
        "zero-width",
        "nfc",
        "quotes",
    ]
    assert done.repairs[0] == Repair("bom", 1)
    assert [
        kind
        for kind in KINDS
        if kind in counts("\ufeffe\u0301 &amp; \r\n\u200b ‘x'", "repair")
    ] == [entry.kind for entry in done.repairs]


class TestFlags:
    def test_halves_of_characters_are_kept_as_a_mark_and_flagged(self) -> None:
        done = repair("cut off \ud83d")
        assert done.text == "cut off \ufffd"
        assert done.flags == ("lone_surrogates",)
        assert done.repairs == (Repair("surrogates", 1),)

    def test_whole_pairs_are_not_flagged(self) -> None:
        assert repair("\ud83d\ude00").flags == ()

    @pytest.mark.parametrize(
        "text", ("what ‘anchors' it", '“there," he', "Mr\u00a0X: what ‘anchors' it")
    )
    def test_mixed_quotes(self, text: str) -> None:
        assert repair(text).flags == ("mixed_quotes",)
        assert repair(text, "repair").flags == ()


class TestQuotes:
    def test_keep_is_the_default(self) -> None:
        text = 'what ‘anchors\' it, "he" said'
        assert repair(text).text == repair(text, "keep").text == text

    @pytest.mark.parametrize(
        ("mode", "expected", "count"),
        (
            ("repair", 'what ‘anchors’ it’s "so"', 1),
            ("straight", "what 'anchors' it's \"so\"", 2),
            ("curly", "what ‘anchors’ it’s “so”", 3),
        ),
    )
    def test_modes(self, mode: Quotes, expected: str, count: int) -> None:
        text = 'what ‘anchors\' it’s "so"'
        assert repair(text, mode).text == expected
        assert counts(text, mode) == {"quotes": count}


class TestTwiceIsOnce:
    @pytest.mark.parametrize("mode", MODES)
    @given(data=st.data())
    def test_on_generated_damage(
        self, mode: Quotes, data: DataObject, damaged: SearchStrategy[str]
    ) -> None:
        text = data.draw(damaged)
        once = repair(text, mode)
        assert repair(once.text, mode).text == once.text
        assert bool(once.repairs) == (once.text != text)
        assert unicodedata.is_normalized("NFC", once.text)
        assert "\r" not in once.text
        assert not ftfy_prefilter.SURROGATE.search(once.text)

    @pytest.mark.parametrize("mode", MODES)
    def test_on_seeded_damage(
        self, mode: Quotes, wreck: Callable[[random.Random], str]
    ) -> None:
        chance = random.Random(7)  # noqa: S311 - a fixed choice
        once = [repair(wreck(chance), mode).text for _ in range(600)]
        assert [text for text in once if repair(text, mode).text != text] == []


@given(data=st.data())
def test_the_short_cut_for_clean_text_changes_nothing(
    data: DataObject, damaged: SearchStrategy[str]
) -> None:
    text = data.draw(damaged)
    if module._is_clean(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_is_clean", lambda _: False)
            long_way = repair(text)
        assert long_way == repair(text)
        assert long_way.text == text

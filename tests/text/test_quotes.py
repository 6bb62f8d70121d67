"""Quotation marks: what each mode does, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import quotes

Mode = Callable[[str], tuple[str, int]]
MARKS = "'\"‘’‚“”„«»‹›"


class TestRepair:
    @pytest.mark.parametrize(
        "text",
        (
            "‘Fine’, he said, and “fine” again",
            "the dog's life and the dogs' lives",
            "‘It’s the dogs’ day’, she said",
            "'straight' and \"straight\" stay",
            "rock 'n' roll, '90s, 5'11\"",
            "‘an opening that nothing closes",
            "‘a dog's life",
            '“He has a 6" nail”, she said',
            "„Gut“, sagte er. \"Nein\", sagte sie. ‚Ja‘ und 'doch'",
            "the ’tis of it's",
            '“She said "no" to him”',
            "an ‘opening\nand a 'line' below",
            "”swedish” and ’swedish’ it's",
            "",
        ),
    )
    def test_must_not_change(self, text: str) -> None:
        assert quotes.repair(text) == (text, 0)
        assert not quotes.is_mixed(text)

    @pytest.mark.parametrize(
        ("text", "expected", "count"),
        (
            ("what ‘anchors' the plan", "what ‘anchors’ the plan", 1),
            (
                "‘A mess of our own making': mayors",
                "‘A mess of our own making’: mayors",
                1,
            ),
            ('“Over there," he said', "“Over there,” he said", 1),
            ("‘a dog's life', he said", "‘a dog's life’, he said", 1),
            ("‘the dogs' owner', he said", "‘the dogs' owner’, he said", 1),
            ("‘the owners' said", "‘the owners’ said", 1),
            ("‘one' and ‘two'", "‘one’ and ‘two’", 2),
            ("(‘yes')", "(‘yes’)", 1),
            ("“‘No,' she said\"", "“‘No,’ she said”", 2),
            ('“He said "no" to me"', '“He said "no" to me”', 1),
            (
                "‘goin' home', he said\nit's ‘late'",
                "‘goin' home’, he said\nit's ‘late’",
                2,
            ),
        ),
    )
    def test_changes(self, text: str, expected: str, count: int) -> None:
        assert quotes.is_mixed(text)
        assert quotes.repair(text) == (expected, count)
        assert not quotes.is_mixed(expected)


class TestStraight:
    @pytest.mark.parametrize(
        "text",
        (
            'it\'s "plain"',
            "read more »",
            "‹ back",
            "a » b",
            "5′ 11″",
            "Hawaiʻi, Об'єкт ʼ",
            "1 << 2",
            "「はい」",
            "",
        ),
    )
    def test_must_not_change(self, text: str) -> None:
        assert quotes.straight(text) == (text, 0)

    @pytest.mark.parametrize(
        ("text", "expected", "count"),
        (
            ("“It’s”, ‘it’ ‚is‘ „now“ ‟so”", '"It\'s", \'it\' \'is\' "now" "so"', 11),
            ("«\u00a0Oui\u00a0», ‹non›", "\"Oui\", 'non'", 4),
            ("»Ja«, sagte er", '"Ja", sagte er', 2),
            ("«Да», сказал он. Далее »", '"Да", сказал он. Далее »', 2),
        ),
    )
    def test_changes(self, text: str, expected: str, count: int) -> None:
        assert quotes.straight(text) == (expected, count)


class TestCurly:
    @pytest.mark.parametrize(
        "text",
        (
            "“It’s”",
            "5'11\"",
            "6'2\" tall",
            'a 12" single',
            "1'000 francs",
            "plain",
            "„Ja“, ‚nein‘",
            "",
        ),
    )
    def test_must_not_change(self, text: str) -> None:
        assert quotes.curly(text) == (text, 0)

    @pytest.mark.parametrize(
        ("text", "expected", "count"),
        (
            ('"It\'s late," she said.', "“It’s late,” she said.", 3),
            ("'Yes', he said, 'it is.'", "‘Yes’, he said, ‘it is.’", 4),
            ("\"'Never,' he said,\" she said", "“‘Never,’ he said,” she said", 4),
            (
                "the dogs' owner of the '90s, rock 'n' roll, 'tis",
                "the dogs’ owner of the ’90s, rock ’n’ roll, ’tis",
                5,
            ),
            ('("so") ["so"] —"so"—', "(“so”) [“so”] —“so”—", 6),
            ('"But I—"', "“But I—”", 2),
            ("“mixed\" and ‘mixed'", "“mixed” and ‘mixed’", 2),
            ('"one\nand" two', "“one\nand” two", 2),
            ('he is 5\'11", "tall"', "he is 5'11\", “tall”", 2),
        ),
    )
    def test_changes(self, text: str, expected: str, count: int) -> None:
        assert quotes.curly(text) == (expected, count)

    @pytest.mark.parametrize(
        ("language", "expected"),
        (
            ("de", "„so“"),
            ("cs", "„so“"),
            ("pl", "„so”"),
            ("sv", "”so”"),
            ("en", "“so”"),
            ("fr", "“so”"),
        ),
    )
    def test_the_style_is_the_languages(
        self, language: str, expected: str, samples: dict[str, str]
    ) -> None:
        text, _ = quotes.curly(f'{samples[language]} "so"')
        assert text.endswith(expected)


@pytest.mark.parametrize("mode", (quotes.repair, quotes.straight, quotes.curly))
@given(text=st.text(st.sampled_from(MARKS + "aBs1 .,—(\n"), max_size=30))
def test_only_marks_change(mode: Mode, text: str) -> None:
    changed, count = mode(text)
    assert (count > 0) == (changed != text)
    bare = str.maketrans("", "", MARKS + " \u00a0")
    assert changed.translate(bare) == text.translate(bare)


@pytest.mark.parametrize("mode", (quotes.repair, quotes.curly))
@given(text=st.text(st.sampled_from(MARKS + "aBs1 .,—(\n"), max_size=30))
def test_twice_is_once(mode: Mode, text: str) -> None:
    once, _ = mode(text)
    assert mode(once) == (once, 0)

"""`fix` is `ftfy.fix_text`, and says what it did."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import ftfy_prefilter, mojibake

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject, SearchStrategy

BENCH = os.environ.get("CLEANER_BENCH")
"""A folder with `data/text/*.jsonl.gz`: documents with a list of `lines`."""


def fixed(text: str) -> tuple[str, dict[str, int]]:
    counts: Counter[str] = Counter()
    return mojibake.fix(text, counts), {
        kind: count for kind, count in counts.items() if count
    }


def by_ftfy(text: str) -> str:
    return ftfy.fix_text(text, mojibake.config()._replace(explain=False))


def test_typography_is_left_alone() -> None:
    config = mojibake.config()
    assert (
        config.uncurl_quotes,
        config.fix_latin_ligatures,
        config.fix_character_width,
    ) == (False, False, False)
    assert config.unescape_html is True
    assert config.normalization == "NFC"


class TestEqualsFtfy:
    @given(data=st.data())
    def test_on_generated_damage(
        self, data: DataObject, damaged: SearchStrategy[str]
    ) -> None:
        text = data.draw(damaged)
        assert mojibake.fix(text, Counter()) == by_ftfy(text)

    @pytest.mark.parametrize("seed", range(4))
    def test_on_seeded_damage(
        self, seed: int, wreck: Callable[[random.Random], str]
    ) -> None:
        chance = random.Random(seed)  # noqa: S311 - a fixed choice
        texts = [wreck(chance) for _ in range(1_000)]
        wrong = [
            text for text in texts if mojibake.fix(text, Counter()) != by_ftfy(text)
        ]
        assert wrong == []
        untouched = [text for text in texts if not any(ftfy_prefilter.suspects(text))]
        assert 0.1 < len(untouched) / len(texts) < 0.5

    def test_on_samples(self, samples: dict[str, str]) -> None:
        text = "\n".join(samples.values())
        assert mojibake.fix(text, Counter()) == text == by_ftfy(text)

    def test_on_text_longer_than_ftfy_takes_at_once(self) -> None:
        text = "Ã© und " + "noch viel mehr " * 70_000 + "Ã©"
        assert mojibake.fix(text, Counter()) == by_ftfy(text)

    @pytest.mark.skipif(not BENCH, reason="CLEANER_BENCH names no benchmark folder")
    def test_on_the_benchmark(self) -> None:
        lines = []
        for path in sorted(Path(BENCH or "").glob("data/text/*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                lines += [line for row in file for line in json.loads(row)["lines"]]
        assert lines
        assert [
            line for line in lines if mojibake.fix(line, Counter()) != by_ftfy(line)
        ] == []


class TestAccount:
    @pytest.mark.parametrize(
        ("text", "repaired", "counts"),
        (
            ("cafÃ© dÃ©jÃ\xa0 vu", "café déjà vu", {"mojibake": 3}),
            ("Weâ€™re hereâ€¦", "We’re here…", {"mojibake": 2}),
            ("Ã¢â‚¬Å“twiceÃ¢â‚¬\x9d", "“twice”", {"mojibake": 2}),
            ("It\x92s", "It’s", {"mojibake": 1}),
            ("Tom &amp; Jerry &amp;amp; co", "Tom & Jerry & co", {"entities": 3}),
            ("&amp;quot;Yes&amp;quot;", '"Yes"', {"entities": 4}),
            ("a\r\nb\rc\u2028d", "a\nb\nc\nd", {"line-endings": 3}),
            ("\x1b[1mbold\x1b[0m", "bold", {"terminal-escapes": 2}),
            ("a\0b\x07c", "abc", {"control-chars": 2}),
            ("a\ufeffb\x08", "ab", {"zero-width": 1, "control-chars": 1}),
            ("\ud83d\ude00 and \ud83d", "😀 and \ufffd", {"surrogates": 2}),
            ("cafe\u0301 \u212a", "café K", {"nfc": 2}),
            ("AT&T R&D a &lt b", "AT&T R&D a &lt b", {}),
            ("pâte, château, � and 👩\u200d🚀", "pâte, château, � and 👩\u200d🚀", {}),
        ),
    )
    def test_counts(self, text: str, repaired: str, counts: dict[str, int]) -> None:
        assert fixed(text) == (repaired, counts)

    def test_lines_do_not_depend_on_each_other(self) -> None:
        assert fixed("a < b\nTom &amp; Jerry")[0] == "a < b\nTom & Jerry"

    @given(data=st.data())
    def test_there_are_counts_where_something_changed_and_only_there(
        self, data: DataObject, damaged: SearchStrategy[str]
    ) -> None:
        text = data.draw(damaged)
        repaired, counts = fixed(text)
        assert bool(counts) == (repaired != text)
        assert min(counts.values(), default=1) > 0

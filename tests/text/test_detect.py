"""Encodings that nothing declares, told from the bytes alone."""

from __future__ import annotations

import random

import pytest

from cleaner.text import detect

ENCODINGS = (
    *(
        ("fr", "cp1252"),
        ("fr", "iso8859-15"),
        ("fr", "mac_roman"),
        ("de", "cp1252"),
        ("es", "cp1252"),
        ("pt", "cp1252"),
    ),
    *(
        ("it", "cp1252"),
        ("sv", "cp1252"),
        ("da", "cp1252"),
        ("no", "cp1252"),
        ("fi", "cp1252"),
        ("is", "cp1252"),
    ),
    *(
        ("cs", "cp1250"),
        ("cs", "iso8859-2"),
        ("pl", "cp1250"),
        ("pl", "iso8859-2"),
        ("hu", "cp1250"),
        ("sk", "cp1250"),
    ),
    *(
        ("hr", "cp1250"),
        ("sl", "cp1250"),
        ("tr", "cp1254"),
        ("lt", "cp1257"),
        ("lv", "cp1257"),
        ("et", "cp1257"),
    ),
    *(
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("ru", "iso8859-5"),
        ("ru", "cp866"),
        ("ru", "mac_cyrillic"),
        ("bg", "cp1251"),
    ),
    *(
        ("uk", "cp1251"),
        ("uk", "koi8-u"),
        ("el", "cp1253"),
        ("el", "iso8859-7"),
        ("he", "cp1255"),
        ("ar", "cp1256"),
    ),
    *(
        ("th", "cp874"),
        ("ja", "cp932"),
        ("ja", "euc_jp"),
        ("ko", "cp949"),
        ("zh", "gb18030"),
        ("zh", "gbk"),
    ),
)


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_samples_come_back(
    language: str, encoding: str, samples: dict[str, str]
) -> None:
    data = samples[language].encode(encoding)
    found = detect.detect(data)
    assert found is not None
    assert found.text == samples[language]


@pytest.mark.parametrize(
    ("text", "encoding"),
    (
        ("café", "cp1252"),
        ("Zażółć gęślą jaźń", "cp1250"),
        ("It’s “fine” – for £5", "cp1252"),
        ("preço: 5 €", "cp1252"),
        ("Mañana en la ciudad", "cp1252"),
        ("Příliš žluťoučký kůň", "iso8859-2"),
        ("Привет, как дела?", "koi8-r"),
        ("Привет, как дела?", "cp1251"),
        ("新しい橋の完成が来年になる", "cp932"),
    ),
)
def test_short_text(text: str, encoding: str) -> None:
    found = detect.detect(text.encode(encoding))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("language", "encoding"),
    (
        ("ja", "cp932"),
        ("zh", "gb18030"),
        ("ko", "cp949"),
        ("ru", "koi8-r"),
        ("pl", "cp1250"),
    ),
)
def test_a_long_text_is_judged_by_a_sample(
    language: str, encoding: str, samples: dict[str, str]
) -> None:
    text = "ASCII first.\n" * 3_000 + (samples[language] + "\n") * 2_000
    found = detect.detect(text.encode(encoding))
    assert found is not None
    assert found.text == text


def test_traditional_chinese() -> None:
    text = "市政府昨天宣布，新橋要到明年才能完工。市長說，工程已經沒有錢了，但是他已經向省裡請求幫助。"
    found = detect.detect(text.encode("big5"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "names",
    ("Björn Müller of São Tomé", "José Muñoz", "Søren Ångström", "Böðvar of Höfn"),
)
def test_names_travel(names: str, samples: dict[str, str]) -> None:
    text = f"{samples['en']} It was said by {names}, the café’s owner."
    assert detect.detect(text.encode("cp1252")) == (text, "cp1252")


def test_noise_is_not_made_to_fit() -> None:
    noise = bytes(random.Random(1).choices(range(0x80, 0x100), k=3_000))  # noqa: S311 - a fixed choice
    found = detect.detect(noise)
    assert found is None or found.text.encode(found.encoding) == noise


class TestWide:
    @pytest.mark.parametrize(
        "encoding", ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    )
    @pytest.mark.parametrize(
        "language", ("en", "de", "ru", "el", "ja", "zh", "ko", "ar", "hi")
    )
    def test_samples_come_back(
        self, encoding: str, language: str, samples: dict[str, str]
    ) -> None:
        text = samples[language] + "\n" + samples[language]
        assert detect.detect_wide(text.encode(encoding)) == (text, encoding)

    def test_chinese_without_a_single_space(self) -> None:
        text = "市政府昨天宣布，新桥要到明年才能完工。"
        assert detect.detect_wide(text.encode("utf-16-le")) == (text, "utf-16-le")

    @pytest.mark.parametrize("seed", range(20))
    def test_noise_is_none(self, seed: int) -> None:
        assert detect.detect_wide(random.Random(seed).randbytes(2_000)) is None  # noqa: S311 - a fixed choice

    def test_odd_length_is_none(self) -> None:
        assert detect.detect_wide("text".encode("utf-16-le") + b"x") is None


class TestNonsense:
    @pytest.mark.parametrize(("language", "encoding"), ENCODINGS[:36])
    def test_the_right_encoding_is_none(
        self, language: str, encoding: str, samples: dict[str, str]
    ) -> None:
        assert not detect.is_nonsense(
            samples[language].encode(encoding).decode(encoding)
        )

    @pytest.mark.parametrize(
        ("language", "encoding", "declared"),
        (
            ("ru", "cp1251", "cp1252"),
            ("ru", "koi8-r", "cp1251"),
            ("ru", "cp1251", "koi8-r"),
            ("el", "cp1253", "cp1252"),
            ("he", "cp1255", "cp1252"),
            ("ar", "cp1256", "cp1252"),
            ("ja", "cp932", "mac_roman"),
        ),
    )
    def test_the_wrong_one_is(
        self, language: str, encoding: str, declared: str, samples: dict[str, str]
    ) -> None:
        assert detect.is_nonsense(
            samples[language].encode(encoding).decode(declared, "ignore")
        )

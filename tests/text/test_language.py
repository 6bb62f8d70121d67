"""Languages are told apart, and not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import function_words, language
from cleaner.text.language import SAMPLE, detect_language

SERBIAN = (
    "Grad je juče saopštio da novi most neće biti gotov pre iduće godine. Predsednik opštine kaže da nema dovoljno "
    "novca, ali da će tražiti pomoć od vlade. Ljudi koji čekaju već dve godine pitaju gde je greška."
)
SERBIAN_CYRILLIC = (
    "Град је јуче саопштио да нови мост неће бити готов пре идуће године. Председник општине каже да нема довољно "
    "новца, али да ће тражити помоћ од владе. Људи који чекају већ две године питају где је грешка."
)
NYNORSK = (
    "Kommunen opplyste i går at den nye brua ikkje blir ferdig før neste år. Ordføraren seier at det ikkje er nok "
    "pengar, men at ho vonar på hjelp frå staten. Nokon meiner at det går for seint."
)


def test_every_sample(samples: dict[str, str]) -> None:
    assert {code: detect_language(text) for code, text in samples.items()} == {
        code: code for code in samples
    }


@pytest.mark.parametrize(
    ("text", "code"), ((SERBIAN, "sr"), (SERBIAN_CYRILLIC, "sr"), (NYNORSK, "no"))
)
def test_other_ways_of_writing(text: str, code: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize(
    "text",
    (
        "",
        "   \n ",
        "12.30 – 14.00",
        "OK!",
        "Berlin Paris London",
        "Sport | Kultur | Video | Newsletter",
        "https://example.org/news?id=17",
        "В понедельник",
        "kuthi lokhu kuza emva kokuba abantu besho ukuthi bafuna ukwazi ngalolu daba olukhulu kakhulu",
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt",
    ),
)
def test_thin_evidence_is_none(text: str) -> None:
    assert detect_language(text) is None


def test_a_close_runner_up_is_none(samples: dict[str, str]) -> None:
    words = [
        word
        for pair in zip(samples["fr"].split(), samples["es"].split(), strict=False)
        for word in pair
    ]
    assert detect_language(" ".join(words)) is None


@pytest.mark.parametrize("code", ("en", "de", "ru", "fr"))
def test_capitals_make_no_difference(code: str, samples: dict[str, str]) -> None:
    assert detect_language(samples[code].upper()) == code


def test_a_few_words_of_another_script_make_no_difference(
    samples: dict[str, str],
) -> None:
    assert (
        detect_language(
            f"{samples['en']} The word 新しい橋 means new bridge, and so does новый мост."
        )
        == "en"
    )
    assert detect_language(f"{samples['ja']} New Bridge Project, BBC, AP") == "ja"


def test_half_and_half_is_none() -> None:
    assert detect_language("신문 기사 Новости" * 20) is None


def test_only_the_beginning_is_read(samples: dict[str, str]) -> None:
    text = (samples["en"] + "\n") * (1 + SAMPLE // len(samples["en"]))
    assert detect_language(text + samples["de"] * 50) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    (
        ("די נײַע בריק װעט ניט זײַן פֿאַרטיק", "yi"),
        ("নতুন সেতুখন এই বছৰ সম্পূৰ্ণ নহ'ব", "as"),
        ("እቲ ሓድሽ ድልድል ኣብዚ ዓመት ኣይውዳእን", "ti"),
    ),
)
def test_second_languages_of_a_script(text: str, code: str) -> None:
    assert detect_language(text) == code


@given(st.text(max_size=200))
def test_any_text_has_a_code_or_none(text: str) -> None:
    code = detect_language(text)
    assert code is None or (len(code) == 2 and code.islower())
    assert code == detect_language(text)


class TestWords:
    @pytest.mark.parametrize("table", ("LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI"))
    def test_are_lower_case_and_stand_between_spaces(self, table: str) -> None:
        for code, words in getattr(function_words, table).items():
            assert len(code) == 2
            assert words == words.lower()
            assert len(set(words.split())) >= 25
            assert not set(words) & set('.,;:!?"“”')

    @pytest.mark.parametrize("script", sorted(language._WORDS))
    def test_no_language_is_hidden_by_another(self, script: str) -> None:
        for code, words in language._WORDS[script].items():
            alone = set(words.split()).difference(
                *(
                    others.split()
                    for other, others in language._WORDS[script].items()
                    if other != code
                )
            )
            assert len(alone) >= 8, code

"""The gate lets ftfy sleep where it would change nothing, and wakes it wherever it would."""

from __future__ import annotations

import re
import unicodedata

import ftfy
import pytest
from ftfy.badness import BADNESS_RE
from ftfy.chardata import C1_CONTROL_RE, CONTROL_CHARS, HTML_ENTITY_RE

from cleaner.text import ftfy_prefilter, mojibake

CLEAN = (
    "Le château, la pâte, l’âme : « 20 % »",
    "“It’s fine,” she said – and the café’s £5 menu stayed…",
    "Größe, Übermut, ß, 10 °C, §5, 3 × 4, ½, €20, ™",
    "AT&T and R&D, Q & A; a &lt b, fish & chips",
    "Путин сказал: «Нет», а Łódź — нет",
    "नमस्ते\u200d दुनिया 👩\u200d🚀 می\u200cشود",
    "tab\tand form feed\x0c stay",
    "�",
    "",
)


def suspected(text: str) -> list[str]:
    return [text[start:stop] for start, stop in ftfy_prefilter.suspects(text)]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_not_suspicious(text: str) -> None:
    assert suspected(text) == []


@pytest.mark.parametrize(
    "text",
    (
        "cafÃ©",
        "&amp;",
        "&#8217;",
        "â€™",
        "\x1b[0m",
        "\0",
        "\x92",
        "\u2028",
        "\r",
        "\ufeff",
        "\ud800",
        "вЂ™",
        "ā€",
    ),
)
def test_damage_is_suspicious(text: str) -> None:
    assert suspected(f"fine\nnot {text} fine\nfine") == [f"not {text} fine\n"]


def test_every_control_character_of_ftfy_is_suspicious() -> None:
    assert [code for code in CONTROL_CHARS if not suspected(chr(code))] == []


def test_segments_keep_their_newline_and_nothing_else_splits() -> None:
    assert suspected("a\x0cb\x1c&amp;\n&lt;\r\nc") == ["a\x0cb\x1c&amp;\n", "&lt;\r\n"]


def test_windows_line_ends_alone_are_not_suspicious() -> None:
    assert suspected("one\r\ntwo\r\n") == []
    assert suspected("one\rtwo\r\n") == ["one\rtwo\r\n"]


def test_a_match_over_a_line_end_takes_both_lines() -> None:
    assert suspected("abc\nÉ€ d\ne") == ["abc\n", "É€ d\n"]


class TestTranslation:
    def test_the_installed_tables_can_be_translated(self) -> None:
        for pattern in (BADNESS_RE, C1_CONTROL_RE, HTML_ENTITY_RE):
            ftfy_prefilter.re2_compile(ftfy_prefilter.translate(pattern))
        assert ftfy_prefilter.translate(BADNESS_RE) in ftfy_prefilter.pattern()

    def test_a_translation_matches_wherever_the_original_does(self) -> None:
        wide = ftfy_prefilter.re2_compile(ftfy_prefilter.translate(BADNESS_RE))
        letters = [
            chr(code)
            for code in (
                *range(0x20, 0x250),
                *range(0x370, 0x520),
                *range(0x2010, 0x2130),
            )
        ]
        bad = [
            a + b + c
            for a in "aé Ã\n"
            for b in letters
            for c in "a €²\n"
            if BADNESS_RE.search(a + b + c)
        ]
        assert len(bad) > 500
        assert [text for text in bad if not wide.search(text)] == []

    @pytest.mark.parametrize(
        "pattern",
        (
            r"(?<!a)b",
            r"a(?=b)",
            r"a\b",
            r"(a)\1",
            r"[^\w]",
            r"[\s]",
            "a$",
            r"\S",
            r"[]a]",
            r"\Aa",
            "(?i:a)",
        ),
    )
    def test_what_re2_reads_otherwise_is_refused(self, pattern: str) -> None:
        with pytest.raises(ValueError, match=r"in|set|escape"):
            ftfy_prefilter.translate(re.compile(pattern))

    def test_flags_are_refused(self) -> None:
        with pytest.raises(ValueError, match="flags"):
            ftfy_prefilter.translate(re.compile("a", re.IGNORECASE))

    def test_comments_and_white_space_of_verbose_patterns_go(self) -> None:
        pattern = re.compile("[a ] b  # not [c\n | [#] \\x41", re.VERBOSE)
        assert ftfy_prefilter.translate(pattern) == r"[a ]b|[#]\x41"

    def test_a_newer_ftfy_that_cannot_be_translated_is_only_slower(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ftfy.badness.BADNESS_RE", re.compile(r"(?<=a)é"))
        derive = ftfy_prefilter.pattern.__wrapped__
        assert ftfy_prefilter.re2_compile(derive()).search("é")
        assert ftfy_prefilter.re2_compile(derive()).search("a&b")
        assert not ftfy_prefilter.re2_compile(derive()).search("plain ASCII\r\n")


def test_what_passes_the_gate_ftfy_leaves_alone() -> None:
    config = mojibake.config()._replace(explain=False)
    texts = [
        a + b
        for a in ("x ", "é", "Ã", "а", "’", "ß")
        for b in map(chr, range(0x20, 0x2200))
        if b.isprintable()
    ]
    passed = [
        text
        for text in texts
        if not suspected(text) and unicodedata.is_normalized("NFC", text)
    ]
    assert len(passed) > 10_000
    assert [text for text in passed if ftfy.fix_text(text, config) != text] == []

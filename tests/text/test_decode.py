"""Every byte of the input is in the text, or an error says why not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import SourceError
from cleaner.model import Source
from cleaner.text.decode import CUT, WRONG, Decoded, decode


def decoded(
    data: bytes | str, charset: str | None = None, media_type: str = "text/plain"
) -> Decoded:
    return decode(Source(id="test", data=data, charset=charset, media_type=media_type))


def found(
    data: bytes | str, charset: str | None = None, media_type: str = "text/plain"
) -> tuple[str, str, str]:
    result = decoded(data, charset, media_type)
    return result.text, result.encoding, result.how


def attempted(data: bytes) -> Decoded | SourceError:
    try:
        return decoded(data)
    except SourceError as error:
        return error


class TestGiven:
    @pytest.mark.parametrize(
        "text", ("", "text", "\ufeffmark", "\ud800", "a\0b\r\n", "cafÃ©")
    )
    def test_text_passes_as_it_is(self, text: str) -> None:
        assert decoded(text, charset="koi8-r") == Decoded(
            text=text, encoding="str", how="given"
        )


class TestBom:
    @pytest.mark.parametrize(
        ("bom", "encoding"),
        (
            (b"\xef\xbb\xbf", "utf-8"),
            (b"\xff\xfe", "utf-16-le"),
            (b"\xfe\xff", "utf-16-be"),
            (b"\xff\xfe\0\0", "utf-32-le"),
            (b"\0\0\xfe\xff", "utf-32-be"),
            (b"\x84\x31\x95\x33", "gb18030"),
        ),
    )
    def test_says_the_encoding(self, bom: bytes, encoding: str) -> None:
        text = "Größe “x” 桥 😀\r\n"
        assert found(bom + text.encode(encoding)) == (text, encoding, "bom")
        assert found(bom) == ("", encoding, "bom")

    def test_wins_over_the_declaration(self) -> None:
        result = decoded("ö".encode("utf-8-sig"), charset="latin-1")
        assert (result.text, result.flags) == ("ö", (WRONG,))

    def test_agrees_with_the_declaration_of_its_family(self) -> None:
        assert decoded("ö".encode("utf-8-sig"), charset="utf8").flags == ()
        assert (
            decoded(b"\xfe\xff" + "ö".encode("utf-16-be"), charset="utf-16").flags == ()
        )

    def test_a_cut_character_is_marked(self) -> None:
        result = decoded(b"\xff\xfe" + "ab".encode("utf-16-le")[:-1])
        assert (result.text, result.flags) == ("a\ufffd", (CUT,))

    def test_a_utf8_mark_on_another_encoding(self) -> None:
        assert found(b"\xef\xbb\xbfcaf\xe9 au lait") == (
            "café au lait",
            "cp1252",
            "bom",
        )

    def test_a_utf8_mark_on_a_mixture(self) -> None:
        assert found(b"\xef\xbb\xbfcaf\xc3\xa9 na\xefve") == (
            "café naïve",
            "utf-8",
            "bom",
        )

    def test_half_a_pair_of_surrogates_is_left_to_repair(self) -> None:
        assert found(b"\xff\xfea\0\x3d\xd8") == ("a\ud83d", "utf-16-le", "bom")


class TestUtf8:
    @pytest.mark.parametrize(
        "text", ("", "plain", "Größe “x” 桥 😀", "\u0085\u2028\r\n", "�", "\0")
    )
    def test_is_the_first_guess(self, text: str) -> None:
        assert decoded(text.encode()) == Decoded(
            text=text, encoding="utf-8", how="utf-8"
        )

    @pytest.mark.parametrize("text", ("", "plain", "Größe"))
    def test_can_be_declared(self, text: str) -> None:
        assert decoded(text.encode(), charset="UTF-8") == Decoded(
            text=text, encoding="utf-8", how="declared"
        )

    def test_samples(self, samples: dict[str, str]) -> None:
        for text in samples.values():
            assert found(text.encode()) == (text, "utf-8", "utf-8")

    def test_surrogate_pairs_are_left_to_repair(self) -> None:
        assert found(b"ok \xed\xa0\xbd\xed\xb8\x80") == (
            "ok \ud83d\ude00",
            "utf-8",
            "utf-8",
        )

    @pytest.mark.parametrize("cut", (1, 2, 3))
    def test_a_cut_last_character_does_not_flip_the_rest(self, cut: int) -> None:
        data = "Größe “quoted” und 😀".encode()[:-cut]
        assert decoded(data) == Decoded(
            text="Größe “quoted” und \ufffd",
            encoding="utf-8",
            how="utf-8",
            flags=(CUT,),
        )

    def test_a_cut_quotation_mark_after_ascii(self) -> None:
        result = decoded(b"the owner\xe2\x80")
        assert (result.text, result.encoding, result.flags) == (
            "the owner\ufffd",
            "utf-8",
            (CUT,),
        )

    def test_one_high_byte_after_ascii_is_windows_1252(self) -> None:
        assert found(b"un caf\xe9") == ("un café", "cp1252", "detected")


class TestMixture:
    @pytest.mark.parametrize(
        ("data", "text"),
        (
            (b"caf\xc3\xa9 and na\xefve", "café and naïve"),
            (b"\xe2\x80\x9cyes\xe2\x80\x9d \x93no\x94", "“yes” “no”"),
            ("Größe ".encode() * 5 + b"it\x92s \x80 5", "Größe " * 5 + "it’s € 5"),
            ("Größe ".encode() * 5 + b"\x81", "Größe " * 5 + "\x81"),
        ),
    )
    def test_stray_bytes_are_windows_1252(self, data: bytes, text: str) -> None:
        assert found(data) == (text, "utf-8", "mixed")

    def test_the_declaration_was_right_about_most_of_it(self) -> None:
        assert decoded(b"caf\xc3\xa9 and na\xefve", charset="utf-8").flags == ()
        assert decoded(b"caf\xc3\xa9 and na\xefve", charset="latin-1").flags == (WRONG,)

    def test_with_a_cut_end(self) -> None:
        result = decoded("Größe “q” na".encode() + b"\xefve \xe2\x80")
        assert (result.text, result.how, result.flags) == (
            "Größe “q” naïve \ufffd",
            "mixed",
            (CUT,),
        )

    def test_mostly_windows_1252_is_no_mixture(self) -> None:
        assert found("«Éléphant» déjà là, très près".encode("cp1252"))[1:] == (
            "cp1252",
            "detected",
        )

    def test_a_long_one_takes_linear_time(self) -> None:
        data = ("ö".encode() * 2 + b"\xf6 ") * 50_000
        assert found(data) == ("ööö " * 50_000, "utf-8", "mixed")


class TestDeclared:
    @pytest.mark.parametrize(
        ("text", "charset", "encoding"),
        (
            ("Größe “x”", "windows-1252", "cp1252"),
            ("Größe €", "iso-8859-15", "iso8859-15"),
            ("Привет, мир", "koi8-r", "koi8-r"),
            ("Привет, мир", "windows-1251", "cp1251"),
            ("Zażółć gęślą", "iso-8859-2", "iso8859-2"),
            ("日本語の文章", "shift_jis", "cp932"),
            ("日本語の文章", "euc-jp", "euc_jp"),
            ("日本語の文章", "iso-2022-jp", "iso2022_jp_2"),
            ("新桥要到明年", "gb2312", "gb18030"),
            ("새 다리가", "euc-kr", "cp949"),
            ("plain ASCII", "latin-1", "cp1252"),
            ("Größe", "utf-16le", "utf-16-le"),
            ("Größe und mehr", "utf-16be", "utf-16-be"),
        ),
    )
    def test_is_believed(self, text: str, charset: str, encoding: str) -> None:
        assert decoded(text.encode(encoding), charset=charset) == Decoded(
            text=text, encoding=encoding, how="declared"
        )

    def test_browsers_leave_five_bytes_of_windows_1252_as_controls(self) -> None:
        assert found(b"Gr\xf6\xdfe\x81", charset="latin-1") == (
            "Größe\x81",
            "cp1252",
            "declared",
        )

    @pytest.mark.parametrize(
        "charset",
        (
            "iso-8859-1",
            "windows-1251",
            "iso-8859-2",
            "koi8-r",
            "shift_jis",
            "gbk",
            "utf-16",
        ),
    )
    def test_good_utf8_wins(self, charset: str) -> None:
        text = "Größe “quoted” – naïve"
        assert decoded(text.encode(), charset=charset) == Decoded(
            text=text, encoding="utf-8", how="utf-8", flags=(WRONG,)
        )

    @pytest.mark.parametrize(
        ("language", "encoding", "charset"),
        (
            ("de", "cp1252", "utf-8"),
            ("fr", "cp1252", "shift_jis"),
            ("ru", "cp1251", "utf-8"),
            ("ru", "cp1251", "iso-8859-1"),
            ("ru", "koi8-r", "windows-1251"),
            ("el", "cp1253", "iso-8859-1"),
            ("ja", "cp932", "utf-8"),
            ("ja", "euc_jp", "iso-8859-1"),
        ),
    )
    def test_what_fails_or_makes_no_sense_is_found_out(
        self, language: str, encoding: str, charset: str, samples: dict[str, str]
    ) -> None:
        result = decoded(samples[language].encode(encoding), charset=charset)
        assert (result.text, result.how, result.flags) == (
            samples[language],
            "detected",
            (WRONG,),
        )

    @pytest.mark.parametrize("charset", ("klingon", "rot13", "unicode_escape"))
    def test_a_name_that_nobody_knows_is_wrong(self, charset: str) -> None:
        assert decoded("Größe".encode(), charset=charset) == Decoded(
            text="Größe", encoding="utf-8", how="utf-8", flags=(WRONG,)
        )

    def test_a_chinese_word_that_happens_to_be_utf8(self) -> None:
        data = "聯".encode("gb18030")
        assert found(data, charset="gbk") == ("聯", "gb18030", "declared")

    @pytest.mark.parametrize(
        "page",
        (
            '<html><meta charset="windows-1251"><p>Привет, мир</p>',
            '\n<?xml version="1.0" encoding="windows-1251"?><p>Привет, мир</p>',
        ),
    )
    def test_inside_the_page(self, page: str) -> None:
        assert found(page.encode("cp1251"), media_type="text/html") == (
            page,
            "cp1251",
            "declared",
        )
        assert found(page.encode("cp1251")) == (page, "cp1251", "declared")

    @pytest.mark.parametrize("charset", ("utf-16", "utf-16be", "utf-32"))
    def test_ascii_is_not_read_as_wide_characters(self, charset: str) -> None:
        text = "An even number of plain letters, whatever they say."
        assert decoded(text.encode(), charset=charset) == Decoded(
            text=text, encoding="utf-8", how="utf-8", flags=(WRONG,)
        )

    @pytest.mark.parametrize("charset", ("utf-8", "utf-16", "koi8-r", "shift_jis"))
    def test_nothing_is_what_it_is_said_to_be(self, charset: str) -> None:
        result = decoded(b"", charset=charset)
        assert (result.text, result.how, result.flags) == ("", "declared", ())

    def test_the_transport_wins_over_the_page(self) -> None:
        page = '<meta charset="utf-8"><p>Привет, мир</p>'
        assert found(page.encode("cp1251"), charset="windows-1251") == (
            page,
            "cp1251",
            "declared",
        )

    def test_text_about_charsets_declares_nothing(self) -> None:
        text = "Write <meta charset=koi8-r> – it’s easy"
        assert found(text.encode()) == (text, "utf-8", "utf-8")


class TestDetected:
    @pytest.mark.parametrize(
        "encoding", ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    )
    def test_wide_text_without_a_mark(
        self, encoding: str, samples: dict[str, str]
    ) -> None:
        for language in ("en", "ru", "ja"):
            text = samples[language] + "\n"
            assert found(text.encode(encoding)) == (text, encoding, "detected")

    def test_japanese_mail(self) -> None:
        text = "日本語の文章 and ASCII"
        assert found(text.encode("iso2022_jp")) == (text, "iso2022_jp_2", "detected")

    def test_colours_are_no_japanese(self) -> None:
        assert found(b"\x1b[31mred\x1b[0m") == ("\x1b[31mred\x1b[0m", "utf-8", "utf-8")


class TestRefused:
    @pytest.mark.parametrize(
        "data",
        (
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n",
            b"\x1f\x8b\x08\0",
            b"PK\x03\x04",
            b"\x7fELF",
        ),
    )
    def test_files(self, data: bytes) -> None:
        with pytest.raises(SourceError) as caught:
            decoded(data, charset="utf-8")
        assert (caught.value.reason, caught.value.stage, caught.value.offset) == (
            "binary",
            "decode",
            0,
        )

    @pytest.mark.parametrize("seed", range(10))
    def test_noise(self, seed: int) -> None:
        with pytest.raises(SourceError) as caught:
            decoded(b"head " + random.Random(seed).randbytes(5_000))  # noqa: S311 - a fixed choice
        assert caught.value.reason == "binary"
        assert (caught.value.offset or 0) >= 5

    def test_what_fits_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cleaner.text.detect.detect", lambda _: None)
        with pytest.raises(SourceError, match="0xff at offset 6") as caught:
            decoded(b"hello \xff\xff")
        assert (caught.value.reason, caught.value.offset) == ("undecodable", 6)

    def test_noise_without_control_bytes_is_not_replaced(self) -> None:
        noise = bytes(random.Random(1).choices(range(0x80, 0x100), k=3_000))  # noqa: S311 - a fixed choice
        result = attempted(noise)
        if isinstance(result, SourceError):
            assert result.reason == "undecodable"
        else:
            assert result.text.encode(result.encoding) == noise


@given(st.binary(max_size=60))
def test_no_byte_is_lost(data: bytes) -> None:
    result = attempted(data)
    if isinstance(result, SourceError):
        assert result.reason in {"binary", "undecodable"}
        assert 0 <= (result.offset or 0) <= len(data)
    elif result.how not in {"bom", "mixed"} and not result.flags:
        errors = "surrogatepass" if result.encoding == "utf-8" else "strict"
        assert result.text == data.decode(result.encoding, errors)


@given(
    st.text(st.characters(exclude_characters="\0"), max_size=40),
    st.sampled_from(("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")),
)
def test_a_mark_brings_any_text_back(text: str, encoding: str) -> None:
    result = decoded(
        "\ufeffText: ".encode(encoding) + text.encode(encoding, "surrogatepass")
    )
    assert result.text == f"Text: {text}"

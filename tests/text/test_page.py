"""A source becomes a page: decoded, repaired, accounted for."""

from __future__ import annotations

import hashlib

import pytest

from cleaner.errors import SourceError
from cleaner.model import Repair, Source
from cleaner.text.page import read_page


def test_everything_at_once() -> None:
    data = "\ufeffThe cafÃ©\r\nsays ‘yes' &amp; more\u00a0\n".encode()
    page = read_page(Source(id="a", data=data))
    assert page.text == "The café\nsays ‘yes' & more \n"
    assert (page.encoding, page.encoding_from) == ("utf-8", "bom")
    assert page.repairs == (
        Repair("bom", 1),
        Repair("line-endings", 1),
        Repair("mojibake", 1),
        Repair("entities", 1),
        Repair("nbsp", 1),
    )
    assert page.flags == ("mixed_quotes",)
    assert page.sha256 == hashlib.sha256(data).hexdigest()


def test_flags_of_both_steps() -> None:
    page = read_page(
        Source(id="a", data="‘Größe' “x” …".encode()[:-1], charset="latin-1")
    )
    assert page.flags == ("truncated_bytes", "declared_encoding_wrong", "mixed_quotes")
    assert page.text == "‘Größe' “x” �"


def test_clean_text_keeps_every_character() -> None:
    source = Source(id="a", data="« Où ? » – “l’été”\n\n".encode())
    page = read_page(source)
    assert page.text.encode() == source.data
    assert (page.repairs, page.flags, page.source) == ((), (), source)


def test_given_text_is_hashed_as_utf8() -> None:
    page = read_page(Source(id="a", data="Größe"))
    assert (page.encoding, page.encoding_from) == ("str", "given")
    assert page.sha256 == hashlib.sha256("Größe".encode()).hexdigest()


def test_half_characters_in_given_text_are_hashed_too() -> None:
    page = read_page(Source(id="a", data="cut \ud83d"))
    assert page.text == "cut \ufffd"
    assert page.flags == ("lone_surrogates",)
    assert page.sha256 == hashlib.sha256(b"cut \xed\xa0\xbd").hexdigest()


def test_a_mark_before_a_mark_counts_twice() -> None:
    assert read_page(Source(id="a", data=b"\xef\xbb\xbf\xef\xbb\xbfx")).repairs == (
        Repair("bom", 2),
    )


def test_quotes_are_an_option() -> None:
    assert read_page(Source(id="a", data="‘it's'"), quotes="straight").text == "'it's'"


@pytest.mark.parametrize(
    "media_type", ("text/html", "application/xhtml+xml", "text/xml")
)
def test_markup_is_decoded_and_no_more(media_type: str) -> None:
    markup = '<p title="a &quot;b&quot;">&lt;p&gt;\u00a0&amp;amp;</p>\r\n'
    page = read_page(
        Source(id="a", data=b"\xef\xbb\xbf" + markup.encode(), media_type=media_type),
        quotes="curly",
    )
    assert page.text == markup
    assert page.repairs == (Repair("bom", 1),)


@pytest.mark.parametrize("data", (b"", ""), ids=("bytes", "text"))
def test_nothing_is_fine(data: bytes | str) -> None:
    page = read_page(Source(id="a", data=data))
    assert (page.text, page.repairs, page.flags) == ("", (), ())
    assert page.sha256 == hashlib.sha256(b"").hexdigest()


def test_binary_data_is_an_error() -> None:
    with pytest.raises(SourceError, match="a PNG image"):
        read_page(Source(id="a", data=b"\x89PNG\r\n\x1a\n\0\0"))

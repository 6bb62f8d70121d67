"""What pages call their encodings."""

from __future__ import annotations

import pytest

from cleaner.text import labels


@pytest.mark.parametrize(
    ("label", "codec"),
    (
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("utf8mb4", "utf-8"),
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("Windows-1252", "cp1252"),
        (" 'iso-8859-2' ", "iso8859-2"),
        ("iso-8859-9", "cp1254"),
        ("ISO-8859-15", "iso8859-15"),
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("ks_c_5601-1987", "cp949"),
        ("Big5", "big5hkscs"),
        ("UTF-16", "utf-16-le"),
        ("utf-16be", "utf-16-be"),
        ("tis-620", "cp874"),
        ("macintosh", "mac_roman"),
    ),
)
def test_known_labels(label: str, codec: str) -> None:
    assert labels.codec(label) == codec
    assert isinstance("".encode(codec), bytes)


@pytest.mark.parametrize(
    "label",
    (
        "",
        "none",
        "klingon",
        "rot13",
        "base64",
        "zip",
        "unicode_escape",
        "utf-7",
        "idna",
        "x y",
    ),
)
def test_what_is_no_charset(label: str) -> None:
    assert labels.codec(label) is None


def test_every_codec_exists() -> None:
    for codec in set(labels._CODECS.values()):
        "text".encode(codec)


class TestDeclaredInside:
    @pytest.mark.parametrize(
        ("data", "label"),
        (
            (b'<meta charset="windows-1251">', "windows-1251"),
            (b"<META CHARSET=iso-8859-1 />", "iso-8859-1"),
            (
                b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">',
                "Shift_JIS",
            ),
            (b"<?xml version='1.0' encoding='iso-8859-15'?><rss>", "iso-8859-15"),
            (b'\n<?xml version="1.0" encoding="UTF-8"?>', "UTF-8"),
            (
                b"<html><head>" + b"<script></script>" * 100 + b"<meta charset=koi8-r>",
                "koi8-r",
            ),
            (b'<meta charset="utf-16">', "utf-8"),
        ),
    )
    def test_found(self, data: bytes, label: str) -> None:
        assert labels.declared_inside(data) == label

    @pytest.mark.parametrize(
        "data",
        (
            b"",
            b"charset=koi8-r",
            b"<p>charset=koi8-r</p>",
            b"<meta name=x>",
            b"<?xml version='1.0'?>",
            b" " * 9000 + b"<meta charset=koi8-r>",
        ),
    )
    def test_not_found(self, data: bytes) -> None:
        assert labels.declared_inside(data) is None

"""What pages call their encodings, and where HTML and XML say it.

Labels are read as browsers read them (the WHATWG Encoding Standard): much of what is labelled ISO-8859-1 is really
windows-1252, GB2312 means GB18030, Shift_JIS means code page 932, and so on. Labels that browsers do not know are
looked up among Python's codecs; those that are no character encodings (`rot13`, `unicode_escape`) are refused.
"""

from __future__ import annotations

import codecs
import re

_BROWSERS = {
    "cp1252": "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 latin1 latin-1 l1 iso-ir-100 cp819 cp1252 "
    "windows-1252 x-cp1252 ansi",
    "cp1254": "iso-8859-9 iso8859-9 iso88599 latin5 l5 iso-ir-148 cp1254 windows-1254 x-cp1254",
    "cp874": "tis-620 tis620 iso-8859-11 iso8859-11 iso885911 dos-874 windows-874",
    "gb18030": "gb2312 gb_2312 gb_2312-80 gbk x-gbk gb18030 chinese csgb2312 iso-ir-58 cp936 ms936 windows-936",
    "big5hkscs": "big5 big5-hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950 ms950",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis ms932 windows-31j cp932",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 cseuckr korean iso-ir-149 windows-949 cp949 uhc",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig utf8mb4 cp65001",
    "utf-16-le": "utf-16 utf16 utf-16le utf-16-le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff",
    "utf-16-be": "utf-16be utf-16-be unicodefffe",
    "koi8-r": "koi8-r koi koi8 koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "iso8859-8": "iso-8859-8 iso-8859-8-i iso-8859-8-e logical visual hebrew",
    "iso8859-16": "iso-8859-16",
    "mac_roman": "macintosh mac x-mac-roman csmacintosh",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "iso2022_jp_2": "iso-2022-jp csiso2022jp",
}
_CODECS = {
    label: codec for codec, labels in _BROWSERS.items() for label in labels.split()
}
_NOT_CHARSETS = frozenset(
    {
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "utf_7",
        "undefined",
        "mbcs",
        "oem",
    }
)

_XML = re.compile(
    rb"\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE
)
_META = re.compile(
    rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD = 8192
"""Bytes that are searched for a declaration. The standard says 1,024; pages put scripts before it."""


def codec(label: str) -> str | None:
    """Return Python's name for the encoding that a page calls `label`, None where there is none.

    >>> codec("ISO-8859-1"), codec(" Windows-1251 "), codec("rot13"), codec("klingon")
    ('cp1252', 'cp1251', None, None)
    """
    name = label.strip().strip("\"'").lower()
    if name in _CODECS:
        return _CODECS[name]
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, UnicodeError, ValueError):
        return None
    if found.replace("-", "_") in _NOT_CHARSETS:
        return None
    return _CODECS.get(found, found)


def declared_inside(data: bytes) -> str | None:
    """Return the label that an XML declaration or a `<meta>` tag gives, None where there is none.

    A page that can be read so far is no UTF-16, whatever it says: then it means UTF-8.

    >>> declared_inside(b'<html><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">')
    'koi8-r'
    """
    head = data[:_HEAD]
    found = _XML.search(head) or _META.search(head)
    if not found:
        return None
    label = found[1].decode("ascii", "replace")
    name = codec(label)
    if name and name.startswith("utf-16"):
        return "utf-8"
    return label

"""Bytes become text, and no byte is dropped or replaced without a word.

The first of these that fits:

    bom        a byte order mark: UTF-8, UTF-16, UTF-32, GB18030
    declared   the charset that the transport declared, else the one that the page itself declares (HTML, XML)
    utf-8      strict UTF-8; also with surrogates in it (CESU-8), as some databases write it
    mixed      mostly UTF-8 with single windows-1252 bytes in it, as pages glued together from two sources have
    detected   UTF-16 and UTF-32 by their NUL bytes; what `detect.py` finds

A declaration is believed unless it fails, or the bytes are (mostly) UTF-8, or what comes out is nonsense and something
better is found. Flags:

    declared_encoding_wrong   the text was decoded with something else than what was declared, or that name is unknown
    truncated_bytes           the last character was cut in two; U+FFFD stands for what is left of it

Binary data and bytes that fit no encoding raise SourceError. Text that was decoded before passes as it is.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import SourceError
from cleaner.text import binary, detect, labels

if TYPE_CHECKING:
    from cleaner.model import Source

WRONG, CUT = "declared_encoding_wrong", "truncated_bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, not yet repaired, and how it came out of the bytes."""

    text: str
    encoding: str
    """Python's name of the encoding; `str` where text was given."""
    how: str
    """`bom`, `declared`, `utf-8`, `mixed`, `detected` or `given`."""
    flags: tuple[str, ...] = ()


def decode(source: Source) -> Decoded:
    r"""Return the text of a source. Raises SourceError: `binary` or `undecodable`, with the offset in bytes.

    >>> from cleaner.model import Source
    >>> decode(Source(id="a", data=b"caf\xe9", charset="latin-1"))
    Decoded(text='café', encoding='cp1252', how='declared', flags=())
    """
    if isinstance(source.data, str):
        return Decoded(text=source.data, encoding="str", how="given")
    label = _label(source, source.data)
    declared = labels.codec(label) if label else None
    decoded = _by_first_that_fits(source.data, declared)
    if not label or (declared and _is_same(decoded.encoding, declared)):
        return decoded
    return dataclasses.replace(decoded, flags=(*decoded.flags, WRONG))


def _by_first_that_fits(data: bytes, declared: str | None) -> Decoded:
    for step in (
        _by_bom,
        _wide_or_binary,
        _by_declaration,
        _as_utf8,
        _as_mixture,
        _detected,
    ):
        decoded = step(data, declared)
        if decoded:
            return decoded
    raise _undecodable(data)


def _undecodable(data: bytes) -> SourceError:
    offset = 0
    try:
        data.decode()
    except UnicodeDecodeError as error:
        offset = error.start
    return SourceError(
        f"no known encoding fits: byte 0x{data[offset]:02x} at offset {offset} is not UTF-8, and no other encoding "
        "makes text of the whole; name the charset if you know it",
        reason="undecodable",
        stage="decode",
        offset=offset,
    )


def _label(source: Source, data: bytes) -> str | None:
    """Return the charset that the transport declares, else the one that the page does."""
    if source.charset:
        return source.charset
    begin = data[:64].lstrip()
    if begin.startswith(b"<") or re.search("html|xml", source.media_type):
        return labels.declared_inside(data)
    return None


def _is_same(encoding: str, declared: str) -> bool:
    families = re.compile(r"-[lb]e$|-sig$|^cesu|^utf")
    return families.sub("", encoding) == families.sub("", declared)


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", 1),
    (b"\xff\xfe\0\0", "utf-32-le", 4),
    (b"\0\0\xfe\xff", "utf-32-be", 4),
    (b"\xff\xfe", "utf-16-le", 2),
    (b"\xfe\xff", "utf-16-be", 2),
    (b"\x84\x31\x95\x33", "gb18030", 1),
)


_ANY_BOM = tuple(bom for bom, _, _ in _BOMS)


def _by_bom(data: bytes, declared: str | None) -> Decoded | None:
    if not data.startswith(_ANY_BOM):
        return None
    for bom, encoding, width in _BOMS:
        if not data.startswith(bom):
            continue
        rest = data[len(bom) :]
        if encoding == "utf-8":
            return _utf8_behind_bom(rest, declared)
        decoded = _wide_behind_bom(rest, encoding, width)
        if decoded:
            return decoded
    return None


def _utf8_behind_bom(data: bytes, declared: str | None) -> Decoded | None:
    for step in (_as_utf8, _as_mixture, _detected):
        decoded = step(data, declared)
        if decoded:
            return dataclasses.replace(decoded, how="bom")
    return None


def _wide_behind_bom(data: bytes, encoding: str, width: int) -> Decoded | None:
    """Return text of characters of `width` bytes, of which the last may be cut."""
    left = len(data) % width
    whole = data[: len(data) - left]
    text = _decoded(whole, encoding)
    if text is None or "\0" in text:
        return None
    if left:
        return _cut(text, encoding, "bom")
    return Decoded(text=text, encoding=encoding, how="bom")


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text, None where the data is not in the encoding. Surrogates are let through for `repair`."""
    errors = "surrogatepass" if encoding.startswith("utf") else "strict"
    try:
        return data.decode(encoding, errors)
    except UnicodeError:
        return None


def _cut(text: str, encoding: str, how: str) -> Decoded:
    return Decoded(text=text + "\ufffd", encoding=encoding, how=how, flags=(CUT,))


def _wide_or_binary(data: bytes, declared: str | None) -> Decoded | None:
    """Refuse binary data; many NULs are UTF-16 or UTF-32."""
    binary.refuse_by_magic(data)
    if not binary.has_controls(data):
        return None
    wide = detect.detect_wide(data)
    if not wide:
        binary.refuse_by_controls(data)
    how = "declared" if declared and _is_same(wide.encoding, declared) else "detected"
    return Decoded(text=wide.text, encoding=wide.encoding, how=how)


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    if not declared or declared == "utf-8" or _is_rather_utf8(data, declared):
        return None
    if declared == "cp1252":
        text: str | None = _windows_1252(data)
    else:
        text = _decoded(data, declared)
    if text is None:
        return None
    if declared.startswith("utf") and not detect.is_text(text):
        return None
    better = None
    if not _MULTI_BYTE.match(declared) and detect.is_nonsense(text):
        better = detect.detect(data)
    if better and better.text != text:
        return Decoded(text=better.text, encoding=better.encoding, how="detected")
    return Decoded(text=text, encoding=declared, how="declared")


_MULTI_BYTE = re.compile("gb|big5|cp932|cp949|euc|shift|iso2022|hz|johab|utf")
_SHIFTED = re.compile("iso2022|hz")
"""Encodings that are ASCII to look at, and switch character sets with escapes."""
_UTF8_FOR_SURE = 4


def _is_rather_utf8(data: bytes, declared: str) -> bool:
    """Tell whether UTF-8 is more plausible than what was declared. One accident in GBK makes no UTF-8."""
    if declared.startswith("utf"):
        if not data or b"\0" in data:
            return False
        return _decoded(data, "utf-8") is not None
    if data.isascii() or _SHIFTED.match(declared):
        return False
    valid, strays = _sequences(data)
    if _MULTI_BYTE.match(declared):
        return not strays and valid >= _UTF8_FOR_SURE
    return valid > 0 and valid >= strays


_SEQUENCE = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_VALID = re.compile(_SEQUENCE)
_STRAY = re.compile(rb"((?:" + _SEQUENCE + rb")+)|[\x80-\xff]")
_CUT_TAIL = re.compile(
    rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z"
)
_HIGH = bytes(range(0x80, 0x100))
_JAPANESE_ESCAPE = re.compile(rb"\x1b(?:\$[@AB]|\(J|\$\([CD])")


def _sequences(data: bytes) -> tuple[int, int]:
    """Return how many multi-byte characters of UTF-8 the data has, and how many bytes that belong to none."""
    found = _VALID.findall(data)
    ascii_only = data.translate(None, _HIGH)
    high = len(data) - len(ascii_only)
    in_sequences = sum(map(len, found))
    return len(found), high - in_sequences


def _as_utf8(data: bytes, declared: str | None) -> Decoded | None:
    how = "declared" if declared == "utf-8" else "utf-8"
    text = _decoded(data, "utf-8")
    if text is None:
        return _as_cut_utf8(data, how)
    if text.isascii():
        shifted = _as_shifted(data)
        if shifted:
            return shifted
    return Decoded(text=text, encoding="utf-8", how=how)


def _without_cut_tail(data: bytes) -> tuple[bytes, int]:
    """Return the data without the beginning of a character at its end, and the bytes that this had."""
    found = _CUT_TAIL.search(data[-3:])
    if not found:
        return data, 0
    size = len(found.group())
    return data[:-size], size


def _as_cut_utf8(data: bytes, how: str) -> Decoded | None:
    """Return UTF-8 whose last character was cut. A single high byte at the end of ASCII is rather windows-1252."""
    head, size = _without_cut_tail(data)
    if not size:
        return None
    text = _decoded(head, "utf-8")
    if text is None:
        return None
    if text.isascii() and size == 1:
        return None
    return _cut(text, "utf-8", how)


def _as_shifted(data: bytes) -> Decoded | None:
    """Return ISO-2022-JP, which is ASCII with escapes that name Japanese character sets."""
    if not _JAPANESE_ESCAPE.search(data):
        return None
    text = _decoded(data, "iso2022_jp_2")
    if text is None:
        return None
    return Decoded(text=text, encoding="iso2022_jp_2", how="detected")


def _as_mixture(data: bytes, _: str | None) -> Decoded | None:
    """Return UTF-8 with stray windows-1252 bytes, if at least half of what is not ASCII is UTF-8."""
    head, cut = _without_cut_tail(data)
    valid, strays = _sequences(head)
    if valid < max(1, strays):
        return None
    mended = _STRAY.sub(_mended, head)
    text = mended.decode()
    if cut:
        return _cut(text, "utf-8", "mixed")
    return Decoded(text=text, encoding="utf-8", how="mixed")


def _mended(found: re.Match[bytes]) -> bytes:
    """Return UTF-8 as it is, and a stray byte in UTF-8."""
    if found[1]:
        return found[1]
    return _windows_1252(found[0]).encode()


def _windows_1252(data: bytes) -> str:
    """Return the text as browsers decode it: the five bytes that the encoding leaves out stay control characters."""
    return data.decode("latin-1").translate(_C1)


_C1 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in b"\x81\x8d\x8f\x90\x9d"
}


def _detected(data: bytes, declared: str | None) -> Decoded | None:
    found = detect.detect(data)
    if not found:
        return None
    how = "declared" if found.encoding == declared else "detected"
    return Decoded(text=found.text, encoding=found.encoding, how=how)

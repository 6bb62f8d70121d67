"""Names of output files: from ids that anybody may have written to names that are safe on every system."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata

NAME_BYTES = 200
"""Longest file name, in bytes of UTF-8, before its suffix. File systems stop at 255."""

_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_DEVICES = re.compile(
    r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?"
)
_MARK = "~"


def safe_name(identifier: str) -> str:
    """Return a file name for a record's id: no folder, no device, not hidden, at most `NAME_BYTES` bytes.

    A name that had to be changed ends in `~` and eight digits of the id's SHA-256, so two ids never share a name.

    >>> safe_name("article-17"), safe_name("Zürich 2024.5")
    ('article-17', 'Zürich 2024.5')
    >>> safe_name("../../etc/passwd"), safe_name("NUL.txt")
    ('_.._etc_passwd~3754d6cb', '_NUL.txt~0241e4ee')
    """
    composed = unicodedata.normalize("NFC", identifier)
    name = _RESERVED.sub("_", composed)
    name = name.strip(" ").lstrip(".").rstrip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    return fit(name or "_", identifier)


def fit(name: str, identifier: str | None = None) -> str:
    """Return `name` if it is short enough and equals `identifier`, else shortened and marked by a hash of `identifier`.

    >>> fit("short"), len(fit("x" * 300))
    ('short', 200)
    """
    identifier = name if identifier is None else identifier
    if name == identifier and len(os.fsencode(name)) <= NAME_BYTES:
        return name
    encoded = identifier.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(encoded).hexdigest()
    mark = f"{_MARK}{digest[:8]}"
    room = NAME_BYTES - len(mark)
    beginning = os.fsencode(name)[:room]
    short = beginning.decode("utf-8", "ignore")
    short = short.rstrip(" .") or "_"
    return short + mark


def printable(name: str) -> str:
    r"""Return `name` without anything that a terminal, JSON or UTF-8 would choke on; such bytes show as `\\xNN`.

    >>> printable("caf\udce9.txt"), printable("a\x1b[31m")
    ('caf\\xe9.txt', 'a\\x1b[31m')
    """
    if name.isprintable():  # no surrogate is
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode()
        for char in text
    )

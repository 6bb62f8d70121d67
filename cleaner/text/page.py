"""Step one as a whole: a source becomes a page of repaired text.

    bytes ──decode──▶ text ──repair──▶ page        (`decode.py`, `repair.py`)

What was done is listed in `repairs`; a byte order mark that `decode` took off counts as `bom`.

Markup (HTML, XML) is decoded and no more: an entity decoded too early would become a tag, a quotation mark would end an
attribute. Who takes text out of markup calls `repair` on what was taken out.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from cleaner.model import Page, Repair
from cleaner.text.decode import decode
from cleaner.text.repair import Repaired, repair

if TYPE_CHECKING:
    from cleaner.model import Source
    from cleaner.options import Quotes

_BOM = "bom"
_MARKUP = re.compile("html|xml", re.IGNORECASE)


def read_page(source: Source, *, quotes: Quotes = "keep") -> Page:
    r"""Return the source as repaired text; markup only decoded. Raises SourceError (`binary`, `undecodable`) in stage `decode`.

    >>> from cleaner.model import Source
    >>> page = read_page(Source(id="a", data="\ufeffLe château d’Orléans".encode()))
    >>> page.text, page.encoding, page.encoding_from, page.repairs
    ('Le château d’Orléans', 'utf-8', 'bom', (Repair(kind='bom', count=1),))
    """
    decoded = decode(source)
    if _MARKUP.search(source.media_type):
        repaired = Repaired(text=decoded.text)
    else:
        repaired = repair(decoded.text, quotes)
    repairs = repaired.repairs
    if decoded.how == _BOM:
        repairs = _with_bom(repairs)
    return Page(
        source=source,
        text=repaired.text,
        encoding=decoded.encoding,
        encoding_from=decoded.how,
        sha256=_sha256(source.data),
        repairs=repairs,
        flags=(*decoded.flags, *repaired.flags),
    )


def _sha256(data: bytes | str) -> str:
    """Return the hash of the bytes, or of the text's UTF-8 form, where a lone surrogate counts as its three bytes."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def _with_bom(repairs: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """Return the repairs with one byte order mark more; it is listed first."""
    marks = 1 + sum(repair.count for repair in repairs if repair.kind == _BOM)
    return Repair(_BOM, marks), *(repair for repair in repairs if repair.kind != _BOM)

"""Text that was damaged on its way here becomes what its author wrote; text that was not comes out as it went in.

A round is a literal list of steps, each from text to text with an account:

    mojibake    ftfy, behind its prefilter (see `mojibake.py` for its kinds): wrong encodings, entities, line ends, control
                characters, surrogates, NFC
    invisible   no-break spaces, zero-width characters, soft hyphens
    homoglyphs  letters of other scripts that pose as Latin ones
    quotes      the option `quotes`; with `keep`, the default, nothing

One step can lay bare work for another (a soft hyphen inside an entity), so rounds go on until one changes nothing:
`repair(repair(x).text).text == repair(x).text`. Clean text is read once and not copied.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cleaner.model import Repair
from cleaner.text import ftfy_prefilter, homoglyphs, invisible, mojibake, quotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.options import Quotes

KINDS = (
    "bom",
    "line-endings",
    "mojibake",
    "entities",
    "control-chars",
    "terminal-escapes",
    "surrogates",
    "nbsp",
    "zero-width",
    "soft-hyphen",
    "nfc",
    "homoglyphs",
    "quotes",
)
"""Every kind of repair there is, in the order in which they are listed."""

_BOM = "\ufeff"
_MAX_ROUNDS = 20
"""Each round but the last mends something; text that needs more is made up to need them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """Repaired text and what was done to it."""

    text: str
    repairs: tuple[Repair, ...] = ()
    """Kinds in the order of `KINDS`, each with a count above zero."""
    flags: tuple[str, ...] = ()
    """`lone_surrogates`: halves of characters became U+FFFD. `mixed_quotes`: ‘ opens and ' closes, or “ and \"."""


def repair(text: str, quotes: Quotes = "keep") -> Repaired:
    r"""Return the text with its damage repaired, and an account of it.

    >>> done = repair("\ufeffThe cafÃ© &amp; bar\r\nis \u2018open' to\u200b day")
    >>> done.text
    "The café & bar\nis ‘open' to day"
    >>> [(repair.kind, repair.count) for repair in done.repairs], done.flags
    ([('bom', 1), ('line-endings', 1), ('mojibake', 1), ('entities', 1), ('zero-width', 1)], ('mixed_quotes',))
    """
    if quotes == "keep" and _is_clean(text):
        return Repaired(text=text)
    counts: Counter[str] = Counter()
    whole = text.removeprefix(_BOM)
    counts["bom"] += len(text) - len(whole)
    repaired = _settled(whole, quotes, counts)
    return Repaired(
        text=repaired,
        repairs=tuple(Repair(kind, counts[kind]) for kind in KINDS if counts[kind]),
        flags=_flags(text, repaired, counts),
    )


def _is_clean(text: str) -> bool:
    """Tell whether no step could change the text, nor flag it: one scan for all of them."""
    if _anything().search(ftfy_prefilter.encoded(text)) is not None:
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


@cache
def _anything() -> ftfy_prefilter.Scanner:
    return ftfy_prefilter.re2_compile(
        rf"{ftfy_prefilter.pattern()}|\r|{invisible.ANY}|{homoglyphs.ANY}|{quotes.MAYBE_MIXED}"
    )


def _settled(text: str, mode: Quotes, counts: Counter[str]) -> str:
    """Return the text after as many rounds as it takes for nothing to change."""
    for _ in range(_MAX_ROUNDS):
        before = text
        text = mojibake.fix(text, counts)
        text = invisible.tidy(text, counts)
        text = homoglyphs.mend(text, counts)
        if mode != "keep":
            text, changed = _QUOTES[mode](text)
            counts["quotes"] += changed
        if text == before:
            break
    return text


_QUOTES: dict[str, Callable[[str], tuple[str, int]]] = {
    "repair": quotes.repair,
    "straight": quotes.straight,
    "curly": quotes.curly,
}


def _flags(text: str, repaired: str, counts: Counter[str]) -> tuple[str, ...]:
    flags = []
    if counts["surrogates"] and ftfy_prefilter.SURROGATE.search(_paired(text)):
        flags.append("lone_surrogates")
    if quotes.is_mixed(repaired):
        flags.append("mixed_quotes")
    return tuple(flags)


def _paired(text: str) -> str:
    """Return the text with every pair of surrogates as the one character that it stands for."""
    return text.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "surrogatepass"
    )

"""ftfy behind a prefilter: `fix(text)` is `ftfy.fix_text(text, config())`, an order of magnitude faster, with an account.

Only lines that ftfy could change are handed to it (see `ftfy_prefilter`). What it did to a line is replayed step by step, and
counted by kind:

    mojibake          characters that came out of it, at least one a step
    entities          references decoded; what was encoded twice counts twice
    line-endings      CRLF, CR, U+2028, U+2029 that became a newline
    control-chars     characters taken out
    zero-width        U+FEFF among them
    terminal-escapes  sequences taken out
    surrogates        pairs joined, and halves without a partner, which become U+FFFD
    nfc               characters composed, at least one a line
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from cleaner.text import ftfy_prefilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ftfy import TextFixerConfig

_SEGMENT = re.compile(r"[^\n]*\n|[^\n]+")
"""ftfy's segments. Never `splitlines`, which knows nine other line ends."""


@cache
def config() -> TextFixerConfig:
    """Return ftfy's configuration: repair what is broken, leave typography alone.

    `unescape_html` is never `auto`, which lets one line decide about the lines after it.
    """
    from ftfy import TextFixerConfig  # noqa: PLC0415 - see ftfy_prefilter

    return TextFixerConfig(
        unescape_html=True,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        normalization="NFC",
        explain=True,
    )


def fix(text: str, counts: Counter[str]) -> str:
    r"""Return what ftfy makes of the text, and add to `counts` what was repaired.

    >>> counts = Counter()
    >>> fix("CafÃ©\r\nAT&amp;amp;T â€“ château", counts)
    'Café\nAT&T – château'
    >>> sorted(counts.items())
    [('entities', 2), ('line-endings', 1), ('mojibake', 2)]
    """
    pieces: list[str] = []
    end = 0
    for start, stop in ftfy_prefilter.suspects(text):
        pieces.append(_unsuspicious(text[end:start], counts))
        pieces.append(_suspicious(text[start:stop], counts))
        end = stop
    pieces.append(_unsuspicious(text[end:], counts))
    return "".join(pieces)


def _unsuspicious(text: str, counts: Counter[str]) -> str:
    """Fix whole segments in which the prefilter found nothing: their line ends and their normal form are left."""
    if "\r" in text:
        counts["line-endings"] += text.count("\r")
        text = text.replace("\r\n", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    lines = _SEGMENT.findall(text)
    return "".join(_composed(line, counts) for line in lines)


def _composed(line: str, counts: Counter[str]) -> str:
    composed = unicodedata.normalize("NFC", line)
    if composed == line:
        return line
    if next(ftfy_prefilter.suspects(composed), None):
        return _suspicious(line, counts)
    counts["nfc"] += _new_characters(line, composed)
    return composed


def _suspicious(segment: str, counts: Counter[str]) -> str:
    """Ask ftfy about one segment, in pieces where it is longer than ftfy takes."""
    from ftfy import fix_and_explain  # noqa: PLC0415 - see ftfy_prefilter

    size = config().max_decode_length
    fixed = []
    for start in range(0, len(segment), size):
        piece = segment[start : start + size]
        text, steps = fix_and_explain(piece, config())
        if text != piece:
            _account(piece, steps or (), counts)
        fixed.append(text)
    return "".join(fixed)


def _account(text: str, steps: Iterable[tuple[str, str]], counts: Counter[str]) -> None:
    """Replay ftfy's steps on the text and count what each did."""
    state: str | bytes = text
    for step in steps:
        state = _replayed(state, *step)
        if isinstance(state, str):
            _count(step[1], text, state, counts)
            text = state


def _replayed(state: str | bytes, action: str, parameter: str) -> str | bytes:
    """Return the state after one step: bytes in the middle of a change of encoding."""
    if action == "normalize" and isinstance(state, str):
        return unicodedata.normalize("NFC", state)
    from ftfy import apply_plan  # noqa: PLC0415 - see ftfy_prefilter

    replayed: str | bytes = apply_plan(state, [(action, parameter)])  # type: ignore[arg-type] # takes bytes as well
    return replayed


def _count(step: str, before: str, after: str, counts: Counter[str]) -> None:
    shorter = len(before) - len(after)
    if step == "remove_control_chars":
        marks = before.count("\ufeff")
        counts["zero-width"] += marks
        counts["control-chars"] += shorter - marks
    elif step == "fix_surrogates":
        halves = len(ftfy_prefilter.SURROGATE.findall(before))
        counts["surrogates"] += halves - shorter
    elif step in _PLACES:
        kind, places = _PLACES[step]
        counts[kind] += places(before)
    else:
        kind = "nfc" if step == "NFC" else "mojibake"
        counts[kind] += _new_characters(before, after)


def _line_breaks(text: str) -> int:
    return sum(map(text.count, "\r\x85\u2028\u2029"))


def _entities(text: str) -> int:
    from ftfy.chardata import HTML_ENTITY_RE  # noqa: PLC0415 - see ftfy_prefilter
    from ftfy.fixes import unescape_html  # noqa: PLC0415 - see ftfy_prefilter

    count = 0
    for entity in HTML_ENTITY_RE.findall(text):
        if unescape_html(entity) != entity:
            count += 1
    return count


def _terminal_escapes(text: str) -> int:
    from ftfy.fixes import ANSI_RE  # noqa: PLC0415 - see ftfy_prefilter

    return len(ANSI_RE.findall(text))


_PLACES: dict[str, tuple[str, Callable[[str], int]]] = {
    "fix_line_breaks": ("line-endings", _line_breaks),
    "unescape_html": ("entities", _entities),
    "remove_terminal_escapes": ("terminal-escapes", _terminal_escapes),
}


def _new_characters(before: str, after: str) -> int:
    """Return how many characters are in `after` and were not in `before`, at least one."""
    return max(1, (Counter(after) - Counter(before)).total())

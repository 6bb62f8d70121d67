"""Characters that nobody sees: no-break spaces, zero-width characters, soft hyphens.

* U+00A0 becomes a plain space, except where typography wants it: directly before `» › : ; ! ? % €`, directly after
  `« ‹`, and between two digits. The narrow U+202F is only ever typed on purpose, so it stays.
* Soft hyphens go: they say where a browser may break a word.
* U+200B, U+2060 and U+FEFF go. U+200B stays between letters of scripts that write no spaces and use it to part words
  (Thai, Lao, Khmer, Burmese …).
* The joiners U+200C and U+200D go only where no script needs them: they stay next to Arabic, Indic and other scripts
  that join letters, next to marks of writing direction, and U+200D inside emoji sequences.

Marks of writing direction (U+200E, U+200F …) and everything that can be seen stay. Whether an invisible character
stays depends on the nearest visible ones only, so doing it twice changes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

ANY = "[\u00a0\u00ad\u200b-\u200d\u2060\ufeff]"
"""A pattern, for `re` and RE2, that finds something in every text that `tidy` could change."""

_GOING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NO_BREAK_SPACE = re.compile(r"\u00a0(?<![«‹]\u00a0)(?![»›:;!?%€])(?!(?<=\d\u00a0)\d)")
"""It begins with the character itself: then `re` looks for that first, and around it only where it is."""
_RUN = re.compile(f"[{_GOING}]+")
_SOFT_HYPHEN = "\u00ad"
_SPACE, _NON_JOINER, _JOINER = "\u200b", "\u200c", "\u200d"

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua980-\ua9ff\uaa60-\uaa7f]"
)
_JOINING = re.compile(
    "[\u0590-\u109f"  # Hebrew, Arabic, Syriac, N'Ko …, the scripts of India, Thai, Lao, Tibetan, Burmese
    "\u1700-\u1cff"  # Philippine scripts, Khmer, Mongolian, Limbu, Tai, Buginese, Balinese, Batak, Lepcha, Vedic
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks of writing direction
    "\u25cc"  # the dotted circle that stands in for a letter
    "\ua800-\uabff"  # Syloti, Phags-pa, Javanese, Cham, Meetei …
    "\ufb1d-\ufdff\ufe70-\ufefc"  # presentation forms
    "\U00010a00-\U00010eff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)


def tidy(text: str, counts: Counter[str]) -> str:
    r"""Return the text without stray invisible characters; add to `counts` how many went of each kind.

    >>> from collections import Counter
    >>> counts = Counter()
    >>> tidy("Bundes\u00adrat,\u00a0ja\u00a0! 10\u00a0000\u200b", counts)
    'Bundesrat, ja\xa0! 10\xa0000'
    >>> dict(counts)
    {'nbsp': 1, 'soft-hyphen': 1, 'zero-width': 1}
    """
    text, spaces = _NO_BREAK_SPACE.subn(" ", text)
    counts["nbsp"] += spaces
    if not any(
        character in text for character in _GOING
    ):  # much faster than a search for the class of them
        return text
    tidied = _RUN.sub(_kept, text)
    hyphens = text.count(_SOFT_HYPHEN)
    counts["soft-hyphen"] += hyphens
    counts["zero-width"] += len(text) - len(tidied) - hyphens
    return tidied


def _kept(run: re.Match[str]) -> str:
    """Return what stays of a run of invisible characters between two visible ones."""
    text = run.string
    start, end = run.span()
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    stays = ""
    if _SPACELESS.match(before) and _SPACELESS.match(after):
        stays += _SPACE
    if _JOINING.match(before) or _JOINING.match(after):
        stays += _NON_JOINER + _JOINER
    elif _EMOJI.match(before) and _EMOJI.match(after):
        stays += _JOINER
    return "".join(character for character in run.group() if character in stays)

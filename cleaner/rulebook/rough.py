r"""Rough patterns: what a set looks for when the phrase itself would make its automaton large.

RE2 walks a set as one automaton. Literal text costs it next to nothing, however much there is of it; counted repetition
(`.{1,60}`) and classes of Unicode letters (`\p{Lu}`) multiply its states: with 60 such phrases a scan was forty times as
slow. A rough pattern is the same with those widened. It matches all that the phrase matches, and a little more; what it
finds is looked at again with the phrase itself.

    \p{Lu}[\p{L}.]{0,30} Uhr   becomes   ..* Uhr
"""

from __future__ import annotations

import re

from cleaner import dates

SMALL = 2
"""Repetitions up to this many times stay as they are."""
_DATE = f".*{dates.YEAR}.*"
_PIECE = re.compile(
    r"(?P<letters>\\[pP](?:\{[^}]*\}|[A-Z]))|(?P<escape>\\(?:x\{[^}]*\}|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|"
    r"\{(?P<low>\d+)(?P<comma>,?)(?P<high>\d*)\}",
    re.DOTALL,
)


def rough(pattern: str) -> str:
    r"""Return a pattern that matches whatever the given one does and is cheap in a set.

    >>> rough(r"\p{Lu}[\p{L}.]{0,30} Uhr"), rough("Read more"), rough(r"a{2}[bc]{1,40}")
    ('..* Uhr', 'Read more', 'a{2}[bc]+')
    """
    return _PIECE.sub(_widened, pattern.replace(dates.date_pattern(), _DATE))


def _widened(found: re.Match[str]) -> str:
    if found["letters"]:
        return "."
    if found["escape"]:
        return found[0]
    if found["set"]:
        return "." if re.search(r"\\[pP]", found["set"]) else found[0]
    bounded = found["high"] if found["comma"] else found["low"]
    if bounded and int(bounded) <= SMALL:
        return found[0]
    return "*" if int(found["low"]) == 0 else "+"

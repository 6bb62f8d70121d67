"""Alike: lines that say the same but for a slip of the pen.

Two lines are compared only where they begin or end alike, so that a text takes time in proportion to its length. They
are alike where as many characters agree as the rule asks, and no word or number stands in one of them that the other
does not have at least nearly: "six boats" and "ten boats" are two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EDGE = 16
"""Code points at the beginning and at the end: lines are compared where one of the two agrees."""
COMPARED = 16
"""With so many lines of the same beginning, and of the same end, a line is compared."""
SLIP = 80
"""Two words are the same word, miswritten or inflected, where so much of them agrees, in per cent."""
MIN_LETTERS = 4
MAX_LETTERS = 30
"""A longer word is a line of a script without spaces, where one character is a word of its own."""
_DIGIT = re.compile(r"\d")


def groups(lines: Mapping[int, str], similarity: float) -> Iterable[list[int]]:
    """Return the numbers of lines that are alike, each group by its first line. `lines` are folded, in order."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only rules that ask for similarity pay for it

    found: dict[int, list[int]] = {}
    exact: dict[str, int] = {}
    near: dict[str, list[int]] = defaultdict(list)
    for number, text in lines.items():
        leader = exact.get(text)
        if leader is None:
            edges = (f"^{text[:EDGE]}", f"{text[-EDGE:]}$")
            choices = {each: lines[each] for edge in edges for each in near[edge]}
            best = process.extract(
                text, choices, scorer=fuzz.ratio, score_cutoff=similarity, limit=None
            )
            leader = next(
                (each for _, _, each in best if is_slip(text, lines[each])), number
            )
            exact[text] = leader
            for edge in edges if leader == number else ():
                if len(near[edge]) < COMPARED:
                    near[edge].append(number)
        found.setdefault(leader, []).append(number)
    return found.values()


def is_slip(one: str, other: str) -> bool:
    """Tell whether two folded lines have the same words, but for slips, and the same numbers.

    >>> is_slip("the gate was opend at six", "the gate was opened at six")
    True
    >>> is_slip("the gate was opened at six", "the gate was opened at ten")
    False
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - as above

    here, there = one.split(), other.split()
    return all(
        change.tag == "replace"
        and _is_same_word(here[change.src_pos], there[change.dest_pos])
        for change in Levenshtein.editops(here, there)
    )


def _is_same_word(here: str, there: str) -> bool:
    """Tell whether two words differ by a slip: "legal" and "illegal", "2019" and "2020", "now" and "not" do not."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - as above

    short, long = sorted(map(len, (here, there)))
    if (
        short < MIN_LETTERS
        or long > MAX_LETTERS
        or here[0] != there[0]
        or _DIGIT.search(here + there)
    ):
        return False
    return fuzz.ratio(here, there) >= SLIP

"""Signs that a line is quoted from the article: three dots at its end, or the name of the speaker under it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.verbs.repeats.article_parts import is_cut, stands_twice

if TYPE_CHECKING:
    from cleaner.verbs.api.view import View
    from cleaner.verbs.repeats.article_parts import Part

_DASHES = ("—", "–", "-")
_DASHED = re.compile(r"\n[^\S\n]*[—–-]\s*[^\W\d_]")
"""Where a line may be a name: most documents have none."""
_NAME = re.compile(r"\s*[—–-]\s*([^\W\d_][^@:.!?]{1,60})$")
"""The line under a pull quote that says who said it. A signature with a handle belongs to a post."""


def is_summary(view: View, part: Part, parts: set[int]) -> bool:
    """Tell whether a line is one of several parts in a row: the points of a summary, which are the article's own."""
    below = next(view.below(part.line), None)
    if below in parts:
        return True
    numbers = view.standing.numbers
    place = bisect_right(numbers, part.line) - 2
    return place >= 0 and numbers[place] in parts


def may_be_parts(view: View) -> list[int]:
    """Return the lines that have three dots at the end or a name below, in order."""
    contents = view.document.contents
    numbers = view.standing.numbers
    found: set[int] = set()
    text = view.document.text
    if "…" in text or "..." in text:
        found.update(number for number in numbers if is_cut(contents[number]))
    if _DASHED.search(text):
        for number, below in pairwise(numbers):
            if _is_name(contents[below]):
                found.add(number)
    return sorted(found)


def _is_name(line: str) -> bool:
    """Tell whether a line is a name behind a dash."""
    if line.lstrip()[:1] not in _DASHES:
        return False
    return _NAME.match(line) is not None


def signature(view: View, part: Part) -> int | None:
    """Return the line under a pull quote with the speaker's name, where that name occurs elsewhere too."""
    below = next(view.below(part.line), None)
    if below is None:
        return None
    contents = view.document.contents
    name = _NAME.match(contents[below])
    if name is None:
        return None
    surname = name[1].split()[-1]
    if part.holder != below and surname in contents[part.holder]:
        return below
    if stands_twice(surname, view.document.text):
        return below
    return None

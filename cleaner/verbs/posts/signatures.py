"""The last line of a flattened post: where it stands, what it says, and what hangs on it.

A signature can hang at the end of the post's last words, have the next paragraph hanging on it, stand with others in
one line, or be broken over lines: a dash alone, the name, the handle, the date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.verbs.api.values import Place
    from cleaner.verbs.api.view import View

NAME_CHARS = 70
"""No display name is longer."""

_DASH_ALONE = re.compile(r"\s*[-—–―]{1,2}\s*$")
_DASHED_NAME = re.compile(r"\s*[-—–―]{1,2}\s*(?P<author>[^\s.!?:][^()\n]{0,69})$")
_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door|av|af|text|words|photos?|foto|report(?:ed|ing)?(?: by)?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*[,;:.)]|\s*[^\W\d_A-Z]*[a-zà-öø-ÿа-яё]")


class Signature(NamedTuple):
    """A post's last line."""

    line: int
    """The line in which it begins."""
    left: int
    """Offset in that line after the signature before it, 0 where there is none."""
    start: int
    """Offset in that line at which it begins; before it may stand the post's last words."""
    stop: int
    """The line after it."""
    end: int
    """Offset in its last line at which it ends."""
    facts: dict[str, str]


def signatures(view: View) -> Iterator[Signature]:
    """Yield the signatures of a document, from the top. The view has the roles `glued` and `alone`."""
    for number in sorted({*view.hits.get("glued", ()), *view.hits.get("alone", ())}):
        content = view.document.contents[number]
        whole = next(view.places("alone", number), None)
        left = 0
        for found in [whole] if whole else list(view.places("glued", number)):
            signature = _read(view, number, left, found)
            if signature is None:
                continue
            tail = content[found.end :]
            if tail.strip() and ("date" not in signature.facts or _GOES_ON.match(tail)):
                continue  # "— Name (@name)" in the middle of a sentence is prose
            if whole and _BYLINE.match(content):
                continue
            yield signature if tail.strip() else _with_next_date(view, signature)
            left = found.end


def _read(view: View, number: int, left: int, found: Place) -> Signature | None:
    """Return the signature at a span, with the dash or the name on the line above it.

    A line that is only a handle in brackets needs a name above it to be a signature.
    """
    content = view.document.contents[number]
    facts = dict(found.captures)
    words = content[left : found.start]
    named = _named_before(content, left, found)
    if named:
        facts["author"] = named
        return Signature(number, left, left, number + 1, found.end, facts)
    here = Signature(number, left, found.start, number + 1, found.end, facts)
    above = _filled_above(view, number)
    if words.strip() or above is None:
        return here
    text = view.document.contents[above]
    if _DASH_ALONE.match(text):
        return Signature(above, 0, 0, number + 1, found.end, facts)
    dashed = _DASHED_NAME.match(text)
    if dashed and "author" not in facts and "handle" in facts:
        facts["author"] = dashed["author"].strip()
        return Signature(above, 0, 0, number + 1, found.end, facts)
    if content.lstrip().startswith("("):
        return None
    return here


def _named_before(content: str, left: int, found: Place) -> str | None:
    """Return the name of which a signature holds only the end, None where a dash and a name do not precede it."""
    words = content[left : found.start]
    dashed = _DASHED_NAME.match(words.rstrip())
    if not dashed:
        return None
    author = dict(found.captures).get("author", "")
    if len(words) + len(author) > NAME_CHARS:
        return None
    begin = content[left + dashed.start("author") : found.start].rstrip()
    rest = content[found.start : found.end].split("(", maxsplit=1)[0].strip()
    return f"{begin} {rest}"


def _filled_above(view: View, number: int) -> int | None:
    """Return the nearest filled line above a line."""
    for line in range(number - 1, -1, -1):
        if not view.document.is_blank(line):
            return line
    return None


def _with_next_date(view: View, signature: Signature) -> Signature:
    """Return a signature that takes the next line too where that holds the date which it lacks."""
    following = next(view.below(signature.stop - 1), None)
    if "date" in signature.facts or following is None:
        return signature
    text = view.document.contents[following]
    if not re.fullmatch(dates.date_pattern(), text.strip(), re.IGNORECASE):
        return signature
    return signature._replace(
        stop=following + 1,
        end=len(text.rstrip()),
        facts=signature.facts | {"date": text.strip()},
    )


SIGN_OFF_LINES = 3
"""So many lines from the top, and in the last one, a name with its account may sign the article."""


def is_sign_off(view: View, signature: Signature) -> bool:
    """Tell whether a signature may be the author's: at the end without a day, or near the top without a dash."""
    numbers = view.standing.numbers
    bare = view.document.contents[signature.line].lstrip()
    if signature.line in numbers[-1:]:
        return "date" not in signature.facts
    return signature.line in numbers[:SIGN_OFF_LINES] and not bare.startswith(
        ("—", "–", "-")
    )

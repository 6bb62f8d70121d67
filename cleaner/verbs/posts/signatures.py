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
    """Return the signature at a place, with the dash or the name that stands on the line above it.

    A line that is nothing but a handle in brackets signs nothing without a name above.
    """
    content = view.document.contents[number]
    facts = dict(found.captures)
    words = content[left : found.start]
    if (dashed := _DASHED_NAME.match(words.rstrip())) and len(words) + len(
        facts.get("author", "")
    ) <= NAME_CHARS:
        facts["author"] = (
            content[left + dashed.start("author") : found.start].rstrip()
            + " "
            + content[found.start : found.end].split("(")[0].strip()
        )
        return Signature(number, left, left, number + 1, found.end, facts)
    above = next(
        (
            line
            for line in range(number - 1, -1, -1)
            if not view.document.is_blank(line)
        ),
        None,
    )
    if words.strip() or above is None:
        return Signature(number, left, found.start, number + 1, found.end, facts)
    text = view.document.contents[above]
    if _DASH_ALONE.match(text):
        return Signature(above, 0, 0, number + 1, found.end, facts)
    if (
        "author" not in facts
        and "handle" in facts
        and (dashed := _DASHED_NAME.match(text))
    ):
        return Signature(
            above,
            0,
            0,
            number + 1,
            found.end,
            facts | {"author": dashed["author"].strip()},
        )
    return (
        None
        if content.lstrip().startswith("(")
        else Signature(number, left, found.start, number + 1, found.end, facts)
    )


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

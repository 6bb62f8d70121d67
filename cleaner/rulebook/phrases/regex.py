r"""`/RE2/` in phrases: what RE2 cannot do is refused with its place, what it does differently is mapped.

`\w`, `\d` and `\s` are widened to Unicode. `\b` stays ASCII in RE2; lint says so. Repetition of a repetition, as in
`(a+)+`, never says more than the inner one and is how patterns explode elsewhere: it is refused where nothing has to
stand between the repetitions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cleaner.rulebook.phrases.phrase_errors import PhraseError

_WIDE = {
    "w": r"\p{L}\p{M}\p{N}_",
    "d": r"\p{Nd}",
    "s": r"\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}",
}
_UNSUPPORTED = (
    (
        r"\(\?<?[=!]",
        "L012",
        "RE2 has no lookahead or lookbehind: put what must not match under `except:`",
    ),
    (
        r"\\[1-9]|\(\?P=\w+\)|\\g<",
        "L012",
        "RE2 has no backreference inside a pattern: write the text twice, or use `except:`",
    ),
    (r"\(\?>", "L012", "RE2 has no atomic group: write a plain one"),
    (r"\(\?\(", "L012", "RE2 has no condition: write two phrases"),
    (
        r"\\u[0-9A-Fa-f]{0,4}|\\N\{",
        "L012",
        r"RE2 writes a code point as \x{2019}: or paste the character",
    ),
    (
        r"\\[QE]",
        "L012",
        r"\Q and \E quote nothing here: a phrase without slashes is text as it stands",
    ),
    (
        r"\\[AzZ]",
        "L012",
        "a phrase is about one line: write ^ for its start and $ for its end",
    ),
)
_REPEAT = re.compile(r"[*+]|\{\d+,\}")


@lru_cache(maxsize=4096)
def translate(body: str) -> str:
    r"""Return a regular expression with its ASCII classes widened. Raise PhraseError where RE2 does not take it.

    >>> translate(r"\d+ Jahre")
    '[\\p{Nd}]+ Jahre'
    """
    for source, code, message in _UNSUPPORTED:
        if found := _search_unescaped(source, body):
            raise PhraseError(
                code, message, found.start() + 1, found.end() - found.start()
            )
    _refuse_nested_repetition(body)
    wide = _widen(body)
    _check(wide, body)
    return wide


def _search_unescaped(source: str, body: str) -> re.Match[str] | None:
    """Return the first match of `source` that does not begin with an escaped character."""
    for found in re.finditer(source, body):
        before = body[: found.start()]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return found
    return None


def _tokens(body: str) -> list[tuple[str, int]]:
    """Return the pieces of a regular expression with their offsets: escapes, classes, repetitions, characters."""
    piece = re.compile(
        r"\\(?:[pPx]\{[^}]*\}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P?<\w+>|[a-zA-Z]*-?[a-zA-Z]*:))?|\{\d*,?\d*\}|.",
        re.DOTALL,
    )
    return [(found[0], found.start()) for found in piece.finditer(body)]


@dataclass(slots=True)
class _Group:
    """How many pieces of a group there are, and how many of them are repeated without bound or may be missing."""

    pieces: int = 0
    repeated: int = 0
    optional: int = 0

    @property
    def only_repeats(self) -> bool:
        """Return whether nothing in the group has to stand between its repetitions."""
        return self.repeated > 0 and self.pieces == self.repeated + self.optional


def _refuse_nested_repetition(body: str) -> None:
    """Raise PhraseError for an unbounded repetition of a group in which everything is repeated already."""
    groups = [_Group()]
    closed: _Group | None = None
    for token, offset in _tokens(body):
        group = groups[-1]
        if token.startswith("("):
            groups.append(_Group())
            closed = None
        elif token == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1].pieces += 1
            groups[-1].repeated += closed.only_repeats
        elif _REPEAT.fullmatch(token):
            if closed is not None and closed.only_repeats:
                message = "a repetition inside a repetition, as in (a+)+, says no more than the inner one: drop the outer"
                raise PhraseError("L013", message, offset + 1, len(token))
            group.repeated += 1
            closed = None
        elif token == "?":
            group.optional += 1
        elif token != "|":
            group.pieces += 1
            closed = None


def _widen(body: str) -> str:
    parts = []
    for token, _ in _tokens(body):
        if token.startswith("["):
            parts.append(
                re.sub(r"\\(.)", lambda found: _WIDE.get(found[1], found[0]), token)
            )
        elif token[:1] == "\\" and token[1:] in _WIDE:
            parts.append(f"[{_WIDE[token[1:]]}]")
        elif token in ("\\W", "\\D", "\\S"):
            parts.append(f"[^{_WIDE[token[1].lower()]}]")
        else:
            parts.append(token)
    return "".join(parts)


def _check(wide: str, body: str) -> None:
    """Raise PhraseError where RE2 does not take a pattern. A set only parses it, which is several times cheaper."""
    import re2  # noqa: PLC0415 - only rules with a regular expression need it here

    options = re2.Options()
    options.log_errors = False
    try:
        re2.Set.SearchSet(options).Add(wide)
    except re2.error:
        raise _refusal(wide, body) from None


def _refusal(wide: str, body: str) -> PhraseError:
    """Return RE2's own words for what it does not take, with the place of the piece that it names."""
    import re2  # noqa: PLC0415 - as above

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(wide, options=options)
    except re2.error as error:
        message = (
            error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        )
    else:
        message = "pattern cannot stand in a set"
    fragment = message.rpartition(": ")[2]
    known = bool(fragment) and fragment in body
    place, width = (body.find(fragment), len(fragment)) if known else (0, len(body))
    return PhraseError("L010", f"RE2 does not take this: {message}", place + 1, width)

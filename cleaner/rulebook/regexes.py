r"""`/RE2/` in phrases: what RE2 cannot do is refused with its place, what it does differently is mapped.

`\w`, `\d` and `\s` are widened to Unicode. `\b` stays ASCII in RE2; lint says so. Repetition of a repetition, as in
`(a+)+`, never says more than the inner one and is how patterns explode elsewhere: it is refused too.
"""

from __future__ import annotations

import re

from cleaner.rulebook.phrases import PhraseError

_WIDE = {
    "w": r"\p{L}\p{M}\p{N}_",
    "d": r"\p{Nd}",
    "s": r"\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}",
}
_UNSUPPORTED = (
    (r"\(\?<?[=!]", "L012", "RE2 has no lookahead or lookbehind: put what must not match under `except:`"),
    (r"\\[1-9]|\(\?P=\w+\)|\\g<", "L012", "RE2 has no backreference inside a pattern: write the text twice, or use `except:`"),
    (r"\(\?>", "L012", "RE2 has no atomic group: write a plain one"),
    (r"\(\?\(", "L012", "RE2 has no condition: write two phrases"),
    (r"\\u[0-9A-Fa-f]{0,4}|\\N\{", "L012", r"RE2 writes a code point as \x{2019}: or paste the character"),
    (r"\\Z", "L012", r"RE2 writes the end of the text as \z: a phrase ends at the line's end anyhow, or write $"),
)
_REPEAT = re.compile(r"[*+]|\{\d+,\}")


def translate(body: str) -> str:
    r"""Return a regular expression with its ASCII classes widened. Raise PhraseError where RE2 does not take it.

    >>> translate(r"\d+ Jahre")
    '[\\p{Nd}]+ Jahre'
    """
    for source, code, message in _UNSUPPORTED:
        if found := _search_unescaped(source, body):
            raise PhraseError(code, message, found.start() + 1, found.end() - found.start())
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
    piece = re.compile(r"\\(?:[pPx]\{[^}]*\}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
    return [(found[0], found.start()) for found in piece.finditer(body)]


def _refuse_nested_repetition(body: str) -> None:
    """Raise PhraseError for an unbounded repetition of a group whose last piece is an unbounded repetition."""
    repeated: list[bool] = [False]
    closed = False
    for token, offset in _tokens(body):
        if token == "(":
            repeated.append(False)
        elif token == ")" and len(repeated) > 1:
            closed = repeated.pop()
            repeated[-1] = closed
            continue
        elif _REPEAT.fullmatch(token):
            if closed:
                message = "a repetition inside a repetition, as in (a+)+, says no more than the inner one: drop the outer"
                raise PhraseError("L013", message, offset + 1, len(token))
            repeated[-1] = True
        else:
            repeated[-1] = False
        closed = False


def _widen(body: str) -> str:
    parts = []
    for token, _ in _tokens(body):
        if token.startswith("["):
            parts.append(re.sub(r"\\(.)", lambda found: _WIDE.get(found[1], found[0]), token))
        elif token[:1] == "\\" and token[1:] in _WIDE:
            parts.append(f"[{_WIDE[token[1:]]}]")
        elif token in ("\\W", "\\D", "\\S"):
            parts.append(f"[^{_WIDE[token[1].lower()]}]")
        else:
            parts.append(token)
    return "".join(parts)


def _check(wide: str, body: str) -> None:
    import re2  # noqa: PLC0415 - only rules with a regular expression need it here

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(wide, options=options)
    except re2.error as error:
        message = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        fragment = message.rpartition(": ")[2]
        offset = max(0, body.find(fragment)) if fragment else 0
        width = len(fragment) if fragment and fragment in body else len(body)
        raise PhraseError("L010", f"RE2 does not take this: {message}", offset + 1, width) from error

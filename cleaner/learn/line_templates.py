"""What stays the same in a line when its changing parts are taken out.

A line becomes a *shape*: numbers, dates, times, ages, addresses, accounts and hashtags are replaced by the placeholders
of the rule language, so that a shape can be pasted into a rule. Lines of one shape count as one line. Short lines also
have *families*: what they begin with, what they end with, and what is left without people's names. Lines of a family
may turn out to be one template with a slot.

    Read also: Storm closes the harbour   →  Read also: …
    By Anna Berg, 3 May 2025              →  By <name>, <date>
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import re2

from cleaner import dates
from cleaner.features import line_shape
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.pattern_cache import re2_options

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 400
"""A longer line is a paragraph: only its numbers are masked, and it belongs to no family."""
FAMILY_CHARS = 240
NAME_CHARS = 160
AGE_CHARS = 60
"""An age without figures ("an hour ago") is looked for in lines up to this length."""
EDGE_LETTERS = 8
"""Letters that a beginning or an end must have before `<any>` may stand beside it; lint asks for as many."""
FRAME_TOKENS = 4, 12
"""Words and marks of a line that may be known by its first two words and its last."""

_ODD = re.compile(
    "[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that a YAML file cannot hold as they are."""
_HINT = re.compile(r"[0-9@#]|www\.")
_NUMBER = re.compile(r"(?<![\w.,])[0-9](?:[0-9.,]*[0-9])?(?![\w])")
_TOKEN = re.compile(r"<[a-z]+>|[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]|_")
_PARTICLES = frozenset(
    {"de", "la", "le", "van", "von", "der", "den", "da", "di", "do", "dos", "el", "al", "bin", "ten", "ter", "du", "des", "zu",
     "af", "av"}
)  # fmt: skip
"""As in `<name>`."""
NAME_WORDS = 2
"""Capitalised words in a row that may be somebody's name."""

Key = int


class Shape(NamedTuple):
    """A line with its changing parts masked."""

    text: str
    """As a phrase of the rule language."""
    key: Key
    families: tuple[Key, ...] = ()


def key_of(kind: str, text: str) -> Key:
    """Return a number of 64 bits for a text: the same on every machine and in every run."""
    data = f"{kind} {text}".encode("utf-8", "replace")
    digest = blake2b(data, digest_size=8).digest()
    return int.from_bytes(digest, "big")


def shape_of(line: str) -> Shape | None:
    """Return the shape of a line without white space at its ends; None where no phrase could say it.

    >>> shape_of("Updated 3 May 2025, 14:05 | 1,204 readers").text
    'Updated <date> | <number> readers'
    """
    if not sayable(line):
        return None
    whole, *families = forms(line)
    key, _, text = whole
    keys = tuple(family for family, _, _ in families)
    return Shape(text, key, keys)


def sayable(line: str) -> bool:
    """Tell whether a phrase can say a line: it must not look like a placeholder or a regular expression.

    >>> sayable("Read more"), sayable("<b>Read more"), sayable("/ Advert /")
    (True, False, False)
    """
    return not (_ODD.search(line) or "<" in line or syntax.is_regex(line))


def mask(line: str) -> str:
    """Return a line with placeholders for what changes.

    >>> mask("Write to news@harbour.example or call 0800 12 34"), mask("It was B2B in the U21.")
    ('Write to <email> or call <number> <number> <number>', 'It was B2B in the U21.')
    """
    if not _HINT.search(line) and "://" not in line and len(line) > AGE_CHARS:
        return line
    if len(line) > LONG:
        return _NUMBER.sub("<number>", line)
    pieces: list[str] = []
    done = 0
    for start, end, name in parts_of(line):
        pieces.append(line[done:start])
        pieces.append(f"<{name}>")
        done = end
    pieces.append(line[done:])
    return "".join(pieces)


def parts_of(line: str) -> list[tuple[int, int, str]]:
    """Return the changing parts of a line: where each begins and ends, and its placeholder."""
    found = []
    for match in _parts().finditer(line):
        start = match.start()
        end = start + len(match[0].rstrip(" "))
        if _joins(line[start - 1 : start], line[start]):
            continue
        if _joins(line[end : end + 1], line[end - 1]):
            continue
        found.append((start, end, _name_of(match)))
    return found


def _name_of(match: re2._Match) -> str:
    """Return the placeholder of a part: the name of the group that matched."""
    for name, value in match.groupdict().items():
        if value is not None:
            return str(name)
    raise AssertionError(match)


def _joins(beside: str, edge: str) -> bool:
    """Tell whether a character beside a part makes one word with its edge."""
    return _is_of_word(beside) and _is_of_word(edge)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


@cache
def _parts() -> re2._Regexp:
    """Return one pattern for everything that changes, narrow things first."""
    known = syntax.PLACEHOLDERS
    patterns = {
        "url": known["url"],
        "email": known["email"],
        "handle": "@" + known["handle"].removeprefix("@?"),
        "hashtag": known["hashtag"],
        "date": dates.date_pattern(),
        "ago": dates.AGO,
        "time": dates.TIME,
        "number": r"[0-9](?:[0-9.,]*[0-9])?",
    }
    groups = [f"(?P<{name}>{body})" for name, body in patterns.items()]
    return re2.compile("|".join(groups), options=re2_options())


def forms(line: str) -> list[tuple[Key, str, str]]:
    """Return the shape of a line and its families: key, kind (`=` all of it, `^` begins, `$` ends, `|` both, `n` names), text.

    >>> [kind + form for _, kind, form in forms("More about Anna Berg")]
    ['=More about Anna Berg', '^More about', '$Anna Berg', '|More about … Berg', 'nMore about <name>']
    """
    text = mask(line)
    kinds = [("=", text)]
    if len(line) <= FAMILY_CHARS:
        kinds += _families(text)
    found = []
    for kind, form in kinds:
        key = key_of(kind, line_shape.fold(form))
        found.append((key, kind, form))
    return found


def _families(text: str) -> list[tuple[str, str]]:
    """Return the families that a masked line belongs to."""
    tokens = list(_TOKEN.finditer(text))
    edges = (
        ("^", edge(tokens, text)),
        ("$", edge(tokens, text, backwards=True)),
        ("|", _frame(tokens)),
    )
    found = [(kind, form) for kind, form in edges if form is not None]
    if len(text) <= NAME_CHARS:
        found += [("n", form) for form in _name_forms(tokens, text)]
    return found


def edge(
    tokens: list[re.Match[str]], text: str, *, backwards: bool = False
) -> str | None:
    """Return the shortest beginning (or end) of whole words with `EDGE_LETTERS` letters, None where nothing else is left."""
    letters = 0
    last = len(tokens) - 1
    for at, token in enumerate(reversed(tokens) if backwards else tokens):
        if not token[0].startswith("<"):
            letters += sum(map(str.isalpha, token[0]))
        if letters < EDGE_LETTERS:
            continue
        if at == last:
            return None
        if backwards:
            return text[token.start() :]
        return text[: _past_marks(tokens, at)]
    return None


def _frame(tokens: list[re.Match[str]]) -> str | None:
    """Return the first two words and the last of a short line, None where no word is left between them."""
    if not FRAME_TOKENS[0] <= len(tokens) <= FRAME_TOKENS[1]:
        return None
    return " ".join((tokens[0][0], tokens[1][0], "…", tokens[-1][0]))


def _past_marks(tokens: list[re.Match[str]], at: int) -> int:
    """Return the end of a word with the colon or bar behind it."""
    following = tokens[at + 1 : at + 2]
    if following and following[0][0] in ":|":
        return following[0].end()
    return tokens[at].end()


def name_forms(text: str) -> list[str]:
    """Return a masked line with `<name>` for capitalised words in a row; once more with its first word kept.

    Where enough words are left, single capitalised words are masked too: they may be places.

    >>> name_forms("By Anna Berg, Harbour Desk"), name_forms("Anna Berg writes from Northby")
    (['<name>, <name>', 'By <name>, <name>'], ['<name> writes from Northby', '<name> writes from <name>'])
    """
    tokens = list(_TOKEN.finditer(text))
    return _name_forms(tokens, text)


def _name_forms(tokens: list[re.Match[str]], text: str) -> list[str]:
    runs = list(_runs(tokens, text))
    if not runs:
        return []
    names = list(filter(_is_name, runs))
    behind_first = list(runs)
    if runs[0][0] is tokens[0]:
        behind_first[0] = _without_first(runs[0])
    names_behind_first = list(filter(_is_name, behind_first))
    forms = [_named(text, names), _named(text, names_behind_first)]
    places = _named(text, runs)
    if places is not None and syntax.bare_length(places) >= EDGE_LETTERS:
        forms.append(places)
    return [form for form in dict.fromkeys(forms) if form is not None]


Run = list[re.Match[str]]


def _runs(tokens: list[re.Match[str]], text: str) -> Iterator[Run]:
    """Yield capitalised words in a row, particles between them."""
    run: Run = []
    for token in tokens:
        word = token[0]
        is_capital = word[0].isupper()
        if run and (is_capital or word in _PARTICLES):
            gap = text[run[-1].end() : token.start()]
            if gap in (" ", ". "):
                run.append(token)
                continue
        if run:
            yield _bare(run)
        run = [token] if is_capital else []
    if run:
        yield _bare(run)


def _bare(run: Run) -> Run:
    """Return a run without particles at its end."""
    while run[-1][0] in _PARTICLES:
        run.pop()
    return run


def _without_first(run: Run) -> Run:
    for at, token in enumerate(run):
        if at > 0 and token[0] not in _PARTICLES:
            return run[at:]
    return []


def _is_name(run: Run) -> bool:
    """Tell whether so many words of a run are capitalised that it may be somebody's name."""
    capitals = [token for token in run if token[0] not in _PARTICLES]
    return len(capitals) >= NAME_WORDS


def _named(text: str, runs: list[Run]) -> str | None:
    if not runs:
        return None
    pieces: list[str] = []
    done = 0
    for run in runs:
        start = run[0].start()
        pieces.append(text[done:start])
        pieces.append("<name>")
        done = run[-1].end()
    pieces.append(text[done:])
    return "".join(pieces)

r"""The keys of a phrase: a few folded literals of which every line holds one that equals it.

A key stands at the begin of a line (it begins with a newline), at its end (it ends with one) or anywhere. Of all that a
phrase has, the one is taken that says most: `Foto: <name> / <photo_agency>` is found by `\nfoto: `, `<any> said` by ` said\n`. A
list of names is multiplied out. What has no literal at all is found by what stands in its placeholders: dates by their year.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.folding import fold, fold_phrase
from cleaner.rulebook.scan.regex_literals import Literals, literals
from cleaner.rulebook.scan.selectivity import (
    MAX_TEXTS,
    Texts,
    score,
    strongest,
    tidy,
    worth,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.rulebook.phrases.syntax import Vocabulary

MIN_SCORE = 0.5
"""What says less than that stands in every other line: such a phrase is tried on each."""
MIN_SCORE_ASKED = 6
"""The same for phrases that only matter where a verb or a guard asks for them: it asks for few lines."""
MIN_BESIDE_DATE = 3
"""What says less than that stands in more lines than a date …"""
MIN_BESIDE_AGE = 4
"""… or an age …"""
MIN_BESIDE_NAMES = 3
"""… and where they say less than that beside a list of names, the names multiplied out say more."""
CUT = 24
"""Characters of a key. More say nothing more."""
_OTHER_ZEROS = (0x0660, 0x06F0, 0x0966)
"""The scripts of `dates.OWN_DIGITS`."""
YEARS: Texts = frozenset(
    f"{century}{year:02}" for century in (19, 20) for year in range(100)
).union(chr(zero + digit) for zero in _OTHER_ZEROS for digit in range(10))
"""What every year of `dates.YEAR` holds: a year in our figures, or a figure of another script."""
_NONE: Texts = frozenset()
_EMPTY = frozenset([""])


class Keys:
    """Finds the keys of phrases. The names of a list are folded once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._read: dict[tuple[str, bool, bool], Literals] = {}
        self.names: dict[str, Texts] = {}
        for name, words in vocabulary.lists.items():
            self.names[name] = frozenset(map(fold_phrase, words))

    def of(
        self, phrase: str, *, exact: bool, whole_line: bool, triggers: bool
    ) -> Texts:
        """Return the keys of a phrase, none where nothing says enough. `triggers`: it is looked for in every line."""
        best = self._best(phrase, exact=exact, whole_line=whole_line)
        least = MIN_SCORE if triggers else MIN_SCORE_ASKED
        if best is not YEARS and score(best) < least:
            return _NONE
        keys = map(_key, best)
        if whole_line:
            return frozenset(keys)
        return frozenset(key.strip() for key in keys)

    def _best(self, phrase: str, *, exact: bool, whole_line: bool) -> Texts:
        """Return the texts that say most of a line that equals a phrase."""
        if syntax.is_regex(phrase):
            found = self.literals(phrase, exact=exact, whole_line=whole_line)
            return strongest(found.required)
        edge = "\n" if whole_line else ""
        best = strongest(self._required(phrase, edge=edge, exact=exact))
        if score(best) >= MIN_BESIDE_AGE:
            return best
        return self._of_placeholders(phrase, best, exact=exact, whole_line=whole_line)

    def lines(self, phrase: str, *, exact: bool) -> list[str]:
        """Return the folded lines that equal a phrase, where it is a list of too many names and hardly a letter beside it."""
        if exact or syntax.is_regex(phrase):
            return []
        parts = list(syntax.parts(phrase))
        names = [self.names.get(name, _NONE) for _, name in parts if name]
        if len(names) != 1 or len(names[0]) <= MAX_TEXTS:
            return []
        letters = sum(worth(text) for text, name in parts if not name)
        if letters >= MIN_BESIDE_NAMES:
            return []
        lines = _EMPTY
        for text, name in parts:
            more = names[0] if name else frozenset([fold_phrase(text)])
            lines = _joined(lines, more)
        return sorted(map(fold, lines))

    def literals(self, phrase: str, *, exact: bool, whole_line: bool) -> Literals:
        """Return what lines hold that the pattern of a phrase matches; worked out once."""
        key = phrase, exact, whole_line
        found = self._read.get(key)
        if found is None:
            pattern = syntax.pattern(phrase, self._vocabulary, exact=exact)
            found = literals(pattern, whole_line=whole_line)
            self._read[key] = found
        return found

    def _of_placeholders(
        self, phrase: str, best: Texts, *, exact: bool, whole_line: bool
    ) -> Texts:
        """Return the keys of a phrase whose literal texts say little: what stands in its placeholders."""
        names = {name for _, name in syntax.parts(phrase)}
        if "date" in names:
            return YEARS if score(best) < MIN_BESIDE_DATE else best
        if "ago" not in names:
            return best
        found = self.literals(phrase, exact=exact, whole_line=whole_line)
        return strongest([best, *found.required])

    def _required(self, phrase: str, *, edge: str, exact: bool) -> list[Texts]:
        """Return what every line holds that equals a phrase: of each of these, one of the texts."""
        found: list[Texts] = []
        texts = frozenset([edge])
        for text, name in syntax.parts(phrase):
            names = self._texts_of(text, name, exact=exact)
            if names and len(names) * len(texts) <= MAX_TEXTS:
                texts = _joined(texts, names)
                continue
            found.append(texts)
            found.append(names or self._inside(name))
            texts = _EMPTY
            if names and len(names) <= MAX_TEXTS:
                texts = names
        found.append(_joined(texts, [edge]))
        return [some for some in found if all(some)]

    def _texts_of(self, text: str, name: str, *, exact: bool) -> Texts | None:
        """Return what a part of a phrase stands for: the names of a list, or one text."""
        if name:
            return self.names.get(name)
        return frozenset([fold_phrase(text, exact=exact)])

    def _inside(self, name: str) -> Texts:
        if name == "date":
            return _NONE
        pattern = self._vocabulary.pattern(name)
        return _inner(pattern or "")


def _joined(before: Iterable[str], after: Iterable[str]) -> Texts:
    return frozenset(first + second for first, second in product(before, after))


@cache
def _inner(pattern: str) -> Texts:
    """Return what stands in a placeholder, whatever else does."""
    return strongest(literals(pattern, whole_line=False).required)


def _key(text: str) -> str:
    """Return a text as a key: the beginning of it, or its end where it stands at the end of a line."""
    key = tidy(text)
    if key.endswith("\n") and not key.startswith("\n"):
        return key[-CUT:]
    return key[:CUT]

"""The keys of a phrase: a few folded literals of which every line holds one that equals it.

A key stands at the begin of a line (it begins with a newline), at its end (it ends with one) or anywhere. Of all that a
phrase has, the one is taken that says most: `Foto: <name> / <photo_agency>` is found by `\nfoto: `, `<any> said` by ` said\n`. A
list of names is multiplied out. What has no literal at all is found by what stands in its placeholders: dates by their year.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from cleaner.rulebook import phrases
from cleaner.rulebook.scan.folding import fold_phrase
from cleaner.rulebook.scan.regex_literals import literals
from cleaner.rulebook.scan.worth import MAX_TEXTS, Texts, score, strongest, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.rulebook.phrases import Vocabulary

MIN_SCORE = 0.5
"""What says less than that stands in every other line: such a phrase is tried on each."""
MIN_BESIDE_DATE = 3
"""What says less than that stands in more lines than a year does."""
CUT = 24
"""Characters of a key. More say nothing more."""
_OTHER_ZEROS = (0x0660, 0x06F0, 0x0966)
"""The scripts of `dates.OWN_DIGITS`."""
_NONE: Texts = frozenset()
_EMPTY = frozenset([""])


class Keys:
    """Finds the keys of phrases. The names of a list are folded once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.names = {name: frozenset(map(fold_phrase, words)) for name, words in vocabulary.lists.items()}

    def of(self, phrase: str, *, exact: bool, whole_line: bool) -> Texts:
        """Return the keys of a phrase, none where nothing says enough."""
        if phrases.is_regex(phrase):
            required: Iterable[Texts] = literals(
                phrases.pattern(phrase, self._vocabulary, exact=exact), whole_line=whole_line
            ).required
        else:
            required = self._required(phrase, edge="\n" if whole_line else "")
        best = strongest(required)
        if score(best) < MIN_BESIDE_DATE and not phrases.is_regex(phrase) and _has_date(phrase):
            return _years()
        return frozenset(map(_cut, best)) if score(best) >= MIN_SCORE else _NONE

    def _required(self, phrase: str, edge: str) -> list[Texts]:
        """Return what every line holds that equals a phrase: of each of these, one of the texts."""
        found: list[Texts] = []
        texts = frozenset([edge])
        for text, name in phrases.parts(phrase):
            names = self.names.get(name) if name else frozenset([fold_phrase(text)])
            if names and len(names) * len(texts) <= MAX_TEXTS:
                texts = _joined(texts, names)
                continue
            found += [texts, names or self._inside(name)]
            texts = names if names and len(names) <= MAX_TEXTS else _EMPTY
        found.append(_joined(texts, [edge]) if edge else texts)
        return [frozenset(map(tidy, some)) for some in found if all(some)]

    def _inside(self, name: str) -> Texts:
        return _NONE if name == "date" else _inner(self._vocabulary.pattern(name) or "")


def _has_date(phrase: str) -> bool:
    return any(name == "date" for _, name in phrases.parts(phrase))


def _joined(before: Iterable[str], after: Iterable[str]) -> Texts:
    return frozenset(first + second for first, second in product(before, after))


@cache
def _inner(pattern: str) -> Texts:
    """Return what stands in a placeholder, whatever else does."""
    return strongest(literals(pattern, whole_line=False).required)


@cache
def _years() -> Texts:
    """Return what every year of `dates.YEAR` holds: a year in our figures, or a figure of another script."""
    western = [f"{century}{year:02}" for century in (19, 20) for year in range(100)]
    return frozenset(western).union(chr(zero + digit) for zero in _OTHER_ZEROS for digit in range(10))


def _cut(key: str) -> str:
    """Return the beginning of a key; of one that stands at the end of a line, its end."""
    return key[-CUT:] if key.endswith("\n") and not key.startswith("\n") else key[:CUT]

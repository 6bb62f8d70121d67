"""Whether a part of a line is what a placeholder stands for: one shared pattern for each, and none for those that need none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cleaner import dates
from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.folding import fold, fold_phrase, is_odd_phrase
from cleaner.rulebook.scan.pattern_cache import re2_compile

if TYPE_CHECKING:
    import re2

    from cleaner.rulebook.phrases.syntax import Vocabulary

LAZY = frozenset({"any", "account"})
"""Of the places where they could end RE2 takes the first."""
SPACIOUS = frozenset({"any", "account", "headline", "url"})
"""May begin or end with spaces, or hold several side by side."""
_SPACES = {
    "name": 12,
    **dict.fromkeys(
        ("word", "number", "handle", "username", "domain", "hashtag", "email"), 0
    ),
}
"""How many spaces there can be in what a placeholder stands for."""
ANSWERS = 2_000
"""Answers that are remembered: the same name stands in the line for all phrases that it is tried for."""
_NO_HEADLINE_ENDS = syntax.STOPS + "\t\n\f\r "
_YEAR = re.compile(dates.YEAR)
_MONTH_CHARS = 2
"""Characters of every name of a month."""
_LONGEST_DATE = syntax.LONGEST["date"]


def is_free(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a placeholder stands for whatever there is."""
    return name == "any" and name not in vocabulary.lists


def is_odd_list(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether folded text does not say which of the names of a list it is."""
    return any(map(is_odd_phrase, vocabulary.lists.get(name, ())))


class Placeholders:
    """Tells what placeholders stand for. Threads may share them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._names: dict[str, frozenset[str]] = {}
        self._patterns: dict[str, re2._Regexp] = {}
        self._answers: dict[tuple[str, str], bool] = {}

    def is_list(self, name: str) -> bool:
        """Tell whether a placeholder stands for the names of a list."""
        return name in self._vocabulary.lists and name != "date"

    def is_name(self, name: str, text: str) -> bool:
        """Tell whether a text is among the names of a list as it stands there."""
        return text in self._vocabulary.lists[name]

    def reach(self, name: str, folded: str, start: int) -> int:
        """Return up to which place of a folded line a placeholder can stand that begins at `start`: one character may fold to three."""
        if self.is_list(name):
            longest = max(map(len, self._names_of(name)))
            return start + longest
        if name in _SPACES:
            return _behind_spaces(folded, start, _SPACES[name])
        if name in syntax.LONGEST:
            return start + 3 * syntax.LONGEST[name]
        return len(folded)

    def may_begin(self, name: str, shown: str, folded: str, start: int) -> bool:
        """Tell whether the first characters at a place of a line are those of what a placeholder stands for."""
        if self.is_list(name):
            return True
        first = shown[start]
        if name == "date" and not first.isdigit():
            return folded[start : start + _MONTH_CHARS] in _month_beginnings()
        if name in ("number", "time", "date"):
            return first.isdigit()
        if name == "name":
            return first.isalpha() and not first.islower()
        return True

    def hold(self, name: str, text: str, folded: str) -> bool:
        """Tell whether a placeholder stands for a text, which is not empty; `folded` is the same folded."""
        if self.is_list(name):
            return folded in self._names_of(name)
        if name == "any":
            return True
        if name == "headline":
            return text[-1] not in _NO_HEADLINE_ENDS
        if name == "date" and (len(text) > _LONGEST_DATE or not _YEAR.search(text)):
            return False
        key = name, text
        answer = self._answers.get(key)
        if answer is None:
            answer = self._pattern(name).search(text.encode()) is not None
            if len(self._answers) >= ANSWERS:
                self._answers.clear()
            self._answers[key] = answer
        return answer

    def _names_of(self, name: str) -> frozenset[str]:
        names = self._names.get(name)
        if names is None:
            listed = self._vocabulary.lists[name]
            names = frozenset(map(fold_phrase, listed))
            self._names[name] = names
        return names

    def _pattern(self, name: str) -> re2._Regexp:
        pattern = self._patterns.get(name)
        if pattern is None:
            source = self._vocabulary.pattern(name)
            pattern = re2_compile(rf"\A(?:{source})\z", captures=False)
            self._patterns[name] = pattern
        return pattern


def _behind_spaces(folded: str, start: int, spaces: int) -> int:
    """Return where the first space after so many others stands, or the line's end."""
    at = start - 1
    for _ in range(spaces + 1):
        at = folded.find(" ", at + 1)
        if at < 0:
            return len(folded)
    return at


@cache
def _month_beginnings() -> frozenset[str]:
    return frozenset(fold(name)[:_MONTH_CHARS] for name in dates.months())

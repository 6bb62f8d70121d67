"""A phrase taken apart: what a line is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.rulebook.phrases import syntax
from cleaner.rulebook.scan.folding import fold_phrase, is_odd_phrase
from cleaner.rulebook.scan.placeholders import SPACIOUS, is_free, is_odd_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.rulebook.phrases.syntax import Vocabulary


def is_sure_inside(text: str, *, exact: bool) -> bool:
    """Tell whether every line that is not odd holds a phrase if it holds the folded text of it.

    A stop at its edge could be one of the three that `…` folds to.
    """
    if exact or not text or not syntax.is_plain(text):
        return False
    if is_odd_phrase(text):
        return False
    bare = text.strip().strip(".…")
    return text == bare


def _prefix_and_pairs(text: str, *, exact: bool) -> tuple[str, list[tuple[str, str]]]:
    """Return the folded text before the first placeholder, and each placeholder with the folded text behind it."""
    prefix = ""
    pairs: list[tuple[str, str]] = []
    for literal, name in syntax.parts(text):
        if name:
            pairs.append((name, ""))
            continue
        folded = fold_phrase(literal, exact=exact)
        if pairs:
            pairs[-1] = pairs[-1][0], folded
        else:
            prefix = folded
    return prefix, pairs


def _free_from(names: Sequence[str], vocabulary: Vocabulary) -> int:
    """Return the number of the placeholder from which on all are `<any>`."""
    number = len(names)
    while number and is_free(names[number - 1], vocabulary):
        number -= 1
    return number


class Phrase:
    """A phrase, taken apart when a line first may equal it."""

    __slots__ = (
        "begin",
        "end",
        "exact",
        "free_from",
        "high",
        "inner",
        "is_asked",
        "is_judged",
        "is_literal",
        "is_regex",
        "is_spacious",
        "is_sure_inside",
        "low",
        "pairs",
        "prefix",
        "required",
        "suffix",
        "text",
        "triggers",
        "whole_line",
    )  # fmt: skip

    def __init__(
        self, text: str, vocabulary: Vocabulary, *, exact: bool, whole_line: bool
    ) -> None:
        self.text = text
        self.exact = exact
        self.whole_line = whole_line
        self.triggers: tuple[int, ...] = ()
        """The roles that trigger a rule where a line equals it."""
        self.is_asked = False
        """Whether roles have it that verbs and guards ask about."""
        self.is_sure_inside = not whole_line and is_sure_inside(text, exact=exact)
        self.is_regex = syntax.is_regex(text)
        self.is_literal = self.is_spacious = False
        """`is_spacious`: spaces side by side may belong to a placeholder."""
        self.free_from = 0
        """The number of the placeholder from which on all are `<any>`."""
        self.prefix = self.suffix = ""
        self.begin = self.end = ""
        self.inner: tuple[str, ...] = ()
        """The literal texts without the spaces that a placeholder beside them may hold too."""
        self.pairs: tuple[tuple[str, str], ...] = ()
        """Each placeholder with the folded text behind it."""
        self.required: Sequence[Sequence[str]] = ()
        """For a regular expression texts of which a line holds one, for each of these."""
        self.low, self.high = 0, syntax.longest(text, vocabulary)
        """Characters of a line that equals it: of one as it is for regular expressions, of a folded one for others."""
        self.is_judged = True
        """Whether RE2 has to say that a line equals it."""
        if not self.is_regex:
            self._take_apart(vocabulary)
        if not whole_line:
            self.high = syntax.UNBOUNDED

    def _take_apart(self, vocabulary: Vocabulary) -> None:
        prefix, pairs = _prefix_and_pairs(self.text, exact=self.exact)
        names = [name for name, _ in pairs]
        texts = [prefix, *(text for _, text in pairs)]
        self.prefix = prefix
        self.suffix = texts[-1]
        self.pairs = tuple(pairs)
        inner = texts
        if self.whole_line:
            self.begin = prefix.rstrip(" ")
            self.end = self.suffix.lstrip(" ")
            inner = texts[1:-1]
        self.inner = tuple(text.strip(" ") for text in inner)
        self.low = sum(map(len, texts)) + len(pairs)
        self.is_literal = not pairs
        self.is_spacious = not SPACIOUS.isdisjoint(names)
        self.free_from = _free_from(names, vocabulary)
        self.is_judged = self.exact or is_odd_phrase(self.text)
        for name in names:
            if is_odd_list(name, vocabulary):
                self.is_judged = True

"""The fragment of a phrase that stands in every line that equals it: worked out from the phrase, not from its pattern.

A pattern may hold a list of hundreds of names or every form of a date; a phrase says that in one word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner import dates
from cleaner.rulebook import phrases
from cleaner.rulebook.required import MIN_WORTH, NOTHING, Fragment, Run, required, worth

if TYPE_CHECKING:
    from cleaner.rulebook.phrases import Vocabulary

MAX_NAMES = 80
"""Names of a list that may stand in a fragment."""
_INNER = {
    "date": Fragment(dates.YEAR, MIN_WORTH, dates.date_pattern()),
    "email": Fragment("@", MIN_WORTH),
}
"""What stands in a placeholder, whatever else does."""


def fragment(phrase: str, vocabulary: Vocabulary, *, exact: bool) -> Fragment:
    r"""Return the fragment of a phrase that says most; an empty one where none says enough.

    >>> fragment("<any> wrote", phrases.Vocabulary(), exact=True).pattern
    '(?-i:\\ wrote)'
    """
    if phrases.is_regex(phrase):
        return required(phrases.pattern(phrase, vocabulary, exact=exact))
    run = Run()
    for text, name in phrases.parts(phrase):
        if not name:
            run.add(Fragment(phrases.text_pattern(text, exact=exact), worth(text)))
            continue
        names = vocabulary.lists.get(name)
        if names and len(names) <= MAX_NAMES:
            run.add(Fragment(vocabulary.pattern(name) or "", min(map(worth, names))))
        else:
            run.gap(_INNER.get(name, NOTHING))
    best = run.end()
    return best._replace(pattern=_trimmed(best.pattern)) if best.worth >= MIN_WORTH else NOTHING


def _trimmed(pattern: str) -> str:
    """Return a pattern with one space in place of many at its ends: fragments that begin alike share their states."""
    run = f"{phrases.SPACE}+"
    return f"{phrases.SPACE}{pattern.removeprefix(run)}" if pattern.startswith(run) else pattern

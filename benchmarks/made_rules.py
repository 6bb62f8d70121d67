"""Rule books of any size, made of the words of texts, and the loop of `re` patterns that most scripts have instead."""

from __future__ import annotations

import random
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.turn_worker import Input, Peer


def _phrase_types() -> tuple[type, type]:
    """Return the types of phrases, which a checkout before 0.2.0 keeps elsewhere."""
    try:
        values = import_module("cleaner.verbs.api.values")
    except ModuleNotFoundError:
        values = import_module("cleaner.verbs._view")
    return values.Lines, values.Spans


def make_phrases(texts: Sequence[str], count: int) -> list[str]:
    """Return phrases of two to eight words of the texts; one in five has a placeholder. The same ones every time."""
    dice = random.Random(7)  # noqa: S311 - no secret
    words = sorted(
        {
            word
            for text in texts
            for word in text.split()
            if word.isalpha() and len(word) > 3
        }
    )
    phrases = [
        " ".join(dice.choices(words, k=dice.randint(2, 8))) for _ in range(count)
    ]
    return [
        f"{phrase} <any>" if number % 5 == 0 else phrase
        for number, phrase in enumerate(phrases)
    ]


def inside(number: int) -> bool:
    """Tell whether a phrase is looked for inside lines: one in five. The others are whole lines."""
    return number % 5 == 1


def _cleaner(phrases: Sequence[str]) -> Peer:
    """Return the whole path with one rule a phrase, compiled."""
    from cleaner import Cleaner  # noqa: PLC0415
    from cleaner.rulebook.book import RuleBook  # noqa: PLC0415
    from cleaner.rulebook.rule import Rule  # noqa: PLC0415
    from cleaner.verbs.remove_lines import RemoveLines  # noqa: PLC0415
    from cleaner.verbs.remove_text import RemoveText  # noqa: PLC0415

    Lines, Spans = _phrase_types()  # noqa: N806 - classes
    rules = [
        Rule(
            id=f"made.{number}",
            status="live",
            confidence="high",
            verb=RemoveText(phrases=Spans([phrase]))
            if inside(number)
            else RemoveLines(phrases=Lines([phrase])),
        )
        for number, phrase in enumerate(phrases)
    ]
    book = RuleBook(rules=tuple(rules))
    made_ready = getattr(book, "compile", book.matcher.compile)  # from 0.2.0
    made_ready()
    cleaner = Cleaner(book)
    return lambda document: cleaner.clean(document.data).to_dict()


def _loop(phrases: Sequence[str]) -> Peer:
    """Return what most scripts do: every pattern on every line. It tolerates no typography, and only counts."""
    from cleaner.rulebook.phrases.syntax import PLACEHOLDERS  # noqa: PLC0415

    def compiled(phrase: str) -> re.Pattern[str]:
        parts = [re.escape(part) for part in phrase.split("<any>")]
        return re.compile(PLACEHOLDERS["any"].join(parts), re.IGNORECASE)

    patterns = [
        compiled(phrase).search if inside(number) else compiled(phrase).fullmatch
        for number, phrase in enumerate(phrases)
    ]

    def count(document: Input) -> int:
        return sum(
            match(line) is not None
            for line in document.text.split("\n")
            for match in patterns
        )

    return count


def load(name: str, settings: Mapping[str, Any]) -> Peer:
    """Return `cleaner` or `loop` over the phrases of the settings."""
    return {"cleaner": _cleaner, "loop": _loop}[name](settings["phrases"])

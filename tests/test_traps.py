"""Lines that look like clutter and are the article's own, in many languages: no run may change one of them.

`fixtures/traps/<language>.txt` holds one paragraph a line. To add a trap, write one into its file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from cleaner import Cleaner

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "traps"
FILES = sorted(path.stem for path in FOLDER.glob("*.txt"))
AROUND = 2
"""Each trap also stands alone among so many paragraphs of its file on each side."""


@cache
def cleaner(level: str) -> Cleaner:
    return shipped_cleaner(level=level)


def lines(language: str) -> list[str]:
    return (
        (FOLDER / f"{language}.txt")
        .read_text(encoding="utf-8")
        .rstrip("\n")
        .split("\n")
    )


def test_there_are_some() -> None:
    assert len(FILES) >= 10
    assert all(len(lines(language)) >= 10 for language in FILES)


@pytest.mark.parametrize("level", ("standard", "bold"))
@pytest.mark.parametrize("language", FILES)
def test_the_text_stays(language: str, level: str) -> None:
    text = "\n".join(lines(language))
    article = cleaner(level).clean(text, facts={"language": language})
    assert [(removal.rule, removal.text) for removal in article.removals] == []


@pytest.mark.parametrize("language", FILES)
def test_each_stays_in_a_short_text(language: str) -> None:
    some = lines(language)
    gone = []
    for number in range(len(some)):
        part = some[max(0, number - AROUND) : number + AROUND + 1]
        article = cleaner("standard").clean(
            "\n".join(part), facts={"language": language}
        )
        gone += [(removal.rule, removal.text) for removal in article.removals]
    assert gone == []

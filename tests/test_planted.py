"""The planted books are complete, and nobody has changed them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LISTS = ("work", "proof")
LANGUAGES = [
    "ar",
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fa",
    "fi",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "no",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
]


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "benchmarks" / "planted"


def book(folder: Path, name: str, language: str) -> dict[str, Any]:
    path = folder / name / f"{language}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_the_books_are_those_that_the_page_names(folder: Path) -> None:
    digest = hashlib.sha256()
    for name in LISTS:
        for path in sorted((folder / name).glob("*.json")):
            digest.update(path.read_bytes())
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"`([0-9a-f]{64})`", page) == [digest.hexdigest()]


@pytest.mark.parametrize("name", LISTS)
def test_every_language_has_enough_of_everything(folder: Path, name: str) -> None:
    assert sorted(path.stem for path in (folder / name).glob("*.json")) == LANGUAGES
    for language in LANGUAGES:
        one = book(folder, name, language)
        items = sum(len(family) for family in one["furniture"].values())
        sizes = {
            "bodies": len(one["bodies"]) >= 6,
            "titles": len(one["titles"]) == len(one["bodies"]),
            "families": len(one["furniture"]) == 14,
            "items": items >= 60,
            "traps": len(one["traps"]) >= 10,
            "bylines": len(one["bylines"]) >= 6,
            "dates": len(one["dates"]) >= 6,
        }
        assert [key for key, enough in sizes.items() if not enough] == [], language


@pytest.mark.parametrize("name", LISTS)
def test_names_stand_in_their_bylines(folder: Path, name: str) -> None:
    missing = [
        (language, line, person)
        for language in LANGUAGES
        for line, names in book(folder, name, language)["bylines"]
        for person in names
        if person not in line
    ]
    assert missing == []

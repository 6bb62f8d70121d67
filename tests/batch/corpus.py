"""Made-up articles in any number, the same every time: records for runs that are cut short."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHO = (
    "The mayor",
    "A fisherman",
    "The harbour office",
    "Her deputy",
    "The school board",
    "A driver",
    "The museum",
)
DID = ("opened", "closed", "defended", "repaired", "painted", "inspected", "sold")
WHAT = (
    "the old bridge",
    "a second pier",
    "the tram line",
    "two lighthouses",
    "the fish market",
    "its own archive",
)
WHEN = (
    "on Monday",
    "after a long winter",
    "before the vote",
    "at noon",
    "without a word",
    "for the third time",
)
CLUTTER = (
    "Advertisement",
    "Read more: A pier for sale",
    "Share this article",
    "Sign up for our newsletter",
    "© 2026 The Gull",
)


def articles(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield records with id, title and text; some have an accent, some broken encoding, some clutter."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    for number in range(count):
        lines = [
            " ".join(
                f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)} {chance.choice(WHEN)}."
                for _ in range(3)
            )
            for _ in range(chance.randint(2, 5))
        ]
        if chance.random() < 0.5:
            lines.insert(chance.randint(1, len(lines)), chance.choice(CLUTTER))
        if chance.random() < 0.2:
            lines[0] = (
                lines[0]
                .replace("The", "“The")
                .replace("archive", "archive”")
                .encode()
                .decode("cp1252", "replace")
            )
        yield {
            "id": f"a{number:05d}",
            "title": f"Story {number}",
            "text": "\n".join(lines),
        }


def write_lines(path: Path, count: int, seed: int = 1) -> Path:
    """Write articles as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"".join(
            orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE)
            for each in articles(count, seed)
        ),
    )
    return path


def write_folder(path: Path, count: int, seed: int = 1) -> Path:
    """Write each article's text as a file."""
    path.mkdir(parents=True, exist_ok=True)
    for each in articles(count, seed):
        (path / f"{each['id']}.txt").write_text(each["text"], encoding="utf-8")
    return path

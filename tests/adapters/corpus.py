"""Rows that an engine cleans: articles of our own writing with clutter in them, and rows that nobody can clean."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 200
_PLACES = (
    "the harbour",
    "the old mill",
    "Bridge Street",
    "the town hall",
    "the café",
    "the railway yard",
    "Zürich",
)
_DEEDS = (
    "was repaired",
    "will close for a week",
    "has a new roof",
    "was sold",
    "opens again in spring",
)
_CLUTTER = (
    "Advertisement",
    "Read more:",
    "Sign up for our newsletter",
    "Share this article",
    "Story continues below",
)
PDF = b"%PDF-1.4 not a text\0\1\2"


def text(number: int) -> str:
    """Return an article: the same for the same number, hardly two alike."""
    paragraphs = [
        f"{_PLACES[(number + row) % 7].capitalize()} {_DEEDS[(number * 3 + row) % 5]}, the council said on day {number}. "
        f"It cost {number * 17 + row} pounds, and nobody “complained” about part {row}."
        for row in range(3 + number % 4)
    ]
    paragraphs.insert(1 + number % 3, _CLUTTER[number % 5])
    return "\n\n".join(paragraphs) + "\n"


def page(number: int) -> str:
    """Return an article as a web page, with a menu and an aside."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text(number).split("\n\n"))
    return (
        f"<!doctype html><html lang=en><head><title>Day {number}</title></head><body><nav><a href=/a>Home</a></nav>"
        f"<article><h1>Day {number} in town</h1>{paragraphs}</article><aside>More stories</aside></body></html>"
    )


def rows(count: int = ROWS) -> list[dict[str, Any]]:
    """Return rows of a table: every seventh is a page, and `other` is nobody's business."""
    return [
        {
            "id": f"doc-{number:03}",
            "text": page(number) if number % 7 == 0 else text(number),
            "url": f"https://news.example/{number}",
            "other": number * 2,
        }
        for number in range(count)
    ]


def bad_rows() -> list[dict[str, Any]]:
    """Return rows of bytes of which the second and third cannot be cleaned, and the fifth is an empty page."""
    cells = [
        text(1).encode(),
        None,
        PDF,
        text(2).encode("utf-16"),
        b"<html></html>",
        page(3).encode(),
    ]
    return [
        {"id": f"bad-{number}", "text": cell, "other": number}
        for number, cell in enumerate(cells)
    ]


BAD = ["clean", "rejected", "rejected", "clean", "clean", "clean"]
"""What becomes of the bad rows."""


def digest(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Return one hash of ids and bodies, whatever their order."""
    return hashlib.sha256(repr(sorted(pairs)).encode()).hexdigest()


def expected() -> str:
    """Return the hash that every engine has to reach: one cleaner, one document after the other."""
    cleaner = shipped_cleaner()
    articles = [
        (
            row["id"],
            cleaner.clean(
                row["text"],
                row["url"],
                "text/html" if row["text"].startswith("<") else None,
            ),
        )
        for row in rows()
    ]
    return digest((name, article.body) for name, article in articles)

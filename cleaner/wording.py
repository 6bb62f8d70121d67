"""Numbers in messages."""

from __future__ import annotations


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "rule"), plural(0, "whole record"), plural(1200, "document")
    ('1 rule', '0 whole records', '1,200 documents')
    """
    ending = "" if count == 1 else "s"
    return f"{count:,} {noun}{ending}"

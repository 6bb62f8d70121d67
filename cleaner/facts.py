"""Facts about an article: where each came from, and who wins.

`PRECEDENCE` is the one table. A fact that came with the input wins; then what a rule lifted from the text; then what
was worked out. Facts of a page's markup take their places here when HTML is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PRECEDENCE = ("input", "json-ld", "opengraph", "meta", "trafilatura", "rule", "heuristic")
"""Sources of facts, the strongest first. `rule:<id>` counts as `rule`."""
FIELDS = (
    "title", "standfirst", "authors", "published", "modified", "site", "url", "canonical_url", "publisher", "syndicator",
    "agency", "section", "tags", "image", "language",
)  # fmt: skip
"""What can be known of an article."""
LISTS = ("authors", "tags")
DATES = ("published", "modified")
_AUTHOR_BREAK = re.compile(r"\s*(?:,|;|\||/|\s(?:and|und|et|y|e|en|och|og|i|&)\s)\s*", re.IGNORECASE)
_TAG_BREAK = re.compile(r"\s*[,;|]\s*|\s+(?=#)")
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|przez)\s+", re.IGNORECASE)


def settle(claims: Iterable[tuple[str, str, object]]) -> tuple[dict[str, object], dict[str, str]]:
    """Return the facts and their sources from claims (source, field, value): the strongest source of each field.

    Of two claims of equal strength the first stands. Lists take all values of the source that wins.
    """
    facts: dict[str, object] = {}
    origin: dict[str, str] = {}
    for source, field, value in sorted(claims, key=lambda claim: _rank(claim[0])):
        fit = fitting(field, value)
        if fit is None:
            continue
        if field not in facts:
            facts[field], origin[field] = fit, source
        elif field in LISTS and origin[field] == source:
            facts[field] = tuple(dict.fromkeys((*facts[field], *fit)))  # type: ignore[misc] # both are tuples
    return facts, origin


def _rank(source: str) -> int:
    return PRECEDENCE.index(source.partition(":")[0])


def fitting(field: str, value: object) -> object:
    """Return a value in the form that its field has, or None where it has none.

    >>> fitting("authors", "Jane Doe and John Roe"), fitting("published", "3 July 2025"), fitting("published", "Friday")
    (('Jane Doe', 'John Roe'), '2025-07-03', None)
    """
    if field in LISTS:
        names = [str(each).strip() for each in value] if isinstance(value, list | tuple) else _names(field, str(value))
        return tuple(name for name in names if name) or None
    text = " ".join(str(value).split())
    if field in DATES:
        return text if re.match(r"\d{4}-\d{2}-\d{2}", text) else dates.parse_date(text)
    return text or None


def _names(field: str, text: str) -> list[str]:
    """Return the names or tags of a line; hashtags lose their sign."""
    if field == "authors":
        return [name.strip() for name in _AUTHOR_BREAK.split(_BY.sub("", text.strip()))]
    return [tag.strip().lstrip("#") for tag in _TAG_BREAK.split(text)]


def from_input(facts: Mapping[str, object], url: str | None) -> list[tuple[str, str, object]]:
    """Return the claims that came with an input. What is no fact of an article is left to `others`."""
    claims = [("input", field, facts[field]) for field in FIELDS if facts.get(field) not in (None, "", [])]
    if url:
        claims.append(("input", "url", url))
        if host := site_of(url):
            claims.append(("heuristic", "site", host))
    return claims


def others(facts: Mapping[str, object]) -> dict[str, object]:
    """Return what came as a fact and is none that an article has, or has no form that its field takes ("Friday")."""
    return {
        field: value
        for field, value in facts.items()
        if field not in FIELDS or (value not in (None, "", []) and fitting(field, value) is None)
    }


def site_of(url: str | None) -> str | None:
    """Return the host of an address without `www.`, in lower case.

    >>> site_of("https://www.Example.com:8080/a")
    'example.com'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None

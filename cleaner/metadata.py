"""Facts about an article: where each came from, how sure it is, and who wins.

`PRECEDENCE` is the one table. A fact that came with the input wins; then what a page declares or shows, in an order
that differs by field; then what a rule lifted from the text; then what was worked out. A claim
that is surer beats one that is less sure: a guess stands only where nobody claims more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from cleaner import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SOURCES = (
    "input", "json-ld", "opengraph", "meta", "microdata", "html", "rule", "url", "trafilatura", "heuristic",
)  # fmt: skip
"""Where a fact can come from, the strongest first. `rule:<id>` counts as `rule`."""
PRECEDENCE: dict[str, tuple[str, ...]] = {
    "title": (
        "input",
        "html",
        "opengraph",
        "json-ld",
        "meta",
        "microdata",
        "rule",
        "url",
        "trafilatura",
        "heuristic",
    ),
    "standfirst": (
        "input",
        "html",
        "microdata",
        "rule",
        "json-ld",
        "opengraph",
        "meta",
        "url",
        "trafilatura",
        "heuristic",
    ),
    "site": (
        "input",
        "opengraph",
        "json-ld",
        "meta",
        "microdata",
        "html",
        "rule",
        "url",
        "trafilatura",
        "heuristic",
    ),
    "language": (
        "input",
        "html",
        "json-ld",
        "opengraph",
        "meta",
        "microdata",
        "rule",
        "url",
        "trafilatura",
        "heuristic",
    ),
}
"""The order of sources for the fields that do not keep to `SOURCES`."""
CONFIDENCE = ("high", "medium", "low")
FIELDS = (
    "title", "standfirst", "authors", "published", "modified", "site", "url", "canonical_url", "publisher", "syndicator",
    "agency", "section", "tags", "image", "language",
)  # fmt: skip
"""What can be known of an article."""
LISTS = ("authors", "tags")
DATES = ("published", "modified")
_AUTHOR_BREAK = re.compile(
    r"\s*(?:,|;|\||/|\s(?:and|und|et|y|e|en|och|og|i|&)\s)\s*", re.IGNORECASE
)
_TAG_BREAK = re.compile(r"\s*[,;|]\s*|\s+(?=#)")
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|przez)\s+", re.IGNORECASE)


class Claim(NamedTuple):
    """What one source says of one field."""

    source: str
    field: str
    value: object
    confidence: str = "high"
    """`high`, `medium` or `low`."""


class Settled(NamedTuple):
    """The facts of an article, and the source and the confidence of each."""

    facts: dict[str, object]
    origin: dict[str, str]
    confidence: dict[str, str]


def settle(claims: Iterable[Claim]) -> Settled:
    """Return the facts that the strongest claims make; of two claims of equal strength the first stands.

    Lists take all values of the source that wins, as long as they are as sure as the first.
    """
    facts: dict[str, object] = {}
    origin: dict[str, str] = {}
    confidence: dict[str, str] = {}
    for source, field, value, sure in sorted(claims, key=_rank):
        fit = fitting(field, value)
        if fit is None:
            continue
        if field not in facts:
            facts[field], origin[field], confidence[field] = fit, source, sure
        elif field in LISTS and (origin[field], confidence[field]) == (source, sure):
            facts[field] = tuple(dict.fromkeys((*facts[field], *fit)))  # type: ignore[misc] # both are tuples
    return Settled(facts, origin, confidence)


def _rank(claim: Claim) -> tuple[int, int]:
    return CONFIDENCE.index(claim.confidence), PRECEDENCE.get(
        claim.field, SOURCES
    ).index(claim.source.partition(":")[0])


def fitting(field: str, value: object) -> object:
    """Return a value in the form that its field has, or None where it has none.

    >>> fitting("authors", "Jane Doe and John Roe"), fitting("published", "3 July 2025"), fitting("published", "Friday")
    (('Jane Doe', 'John Roe'), '2025-07-03', None)
    """
    if field in LISTS:
        names = (
            [str(each).strip() for each in value]
            if isinstance(value, list | tuple)
            else _names(field, str(value))
        )
        return tuple(name for name in names if name) or None
    text = " ".join(str(value).split())
    if field in DATES:
        return dates.parse_moment(text)
    return text or None


def _names(field: str, text: str) -> list[str]:
    """Return the names or tags of a line; hashtags lose their sign."""
    if field == "authors":
        return [name.strip() for name in _AUTHOR_BREAK.split(_BY.sub("", text.strip()))]
    return [tag.strip().lstrip("#") for tag in _TAG_BREAK.split(text)]


def from_input(facts: Mapping[str, object], url: str | None) -> list[Claim]:
    """Return the claims that came with an input. What is no fact of an article is left to `others`."""
    claims = [
        Claim("input", field, facts[field])
        for field in FIELDS
        if facts.get(field) not in (None, "", [])
    ]
    if url:
        claims.append(Claim("input", "url", url))
        if host := site_of(url):
            claims.append(Claim("heuristic", "site", host, "low"))
    return claims


def others(facts: Mapping[str, object]) -> dict[str, object]:
    """Return what came as a fact and is none that an article has, or has no form that its field takes ("Friday")."""
    return {
        field: value
        for field, value in facts.items()
        if field not in FIELDS
        or (value not in (None, "", []) and fitting(field, value) is None)
    }


def site_of(url: str | None) -> str | None:
    """Return the host of an address without `www.`, in lower case.

    >>> site_of("https://www.Example.com:8080/a")
    'example.com'
    """
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None

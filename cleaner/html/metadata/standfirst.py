"""Find the standfirst: the lead that a page shows above its text, marked by a class.

A visible lead is sure. A declared description may be cut short, or written for search engines: `meta_tags` claims it as a
guess.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner import dates
from cleaner.html.metadata.scan import elsewhere
from cleaner.html.metadata.title import words
from cleaner.html.tree import text_of
from cleaner.metadata import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from cleaner.html.metadata.publication_date import HeadlinePosition
    from cleaner.html.metadata.scan import PageScan

_LEAD = re.compile(
    r"(?:^|[-_ ]|article|post|story|entry|header|news)(?P<sure>lead|lede|leadtext|lead-?paragraph|standfirst|chapo|chapeau|dek|vorspann|"
    r"ingress|manchet|entradilla|bajada|occhiello|sommario|perex|anriss|sous-?titre|untertitel|subtitulo)(?:$|[-_ ]|text|p\b)"
    r"|(?:^|[-_ ]|article|post|story|entry|header)(?:intro|intro-?text|introduction|sub-?title|sub-?head(?:line)?|summary|deck|excerpt|"
    r"description|abstract|teaser-?text)(?:$|[-_ ])",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 40, 900
"""Characters of a standfirst: a shorter line is a kicker, a longer one is the article."""
_WITH_DATE = 120
"""Characters of a line that is no lead if it holds a date."""
_MOST_PARAGRAPHS = 2
_NEAR = 80
"""Elements between the headline and a lead."""
_MAX_MARKS = 300


def claims(scan: PageScan, headline: HeadlinePosition, title: str) -> Iterator[Claim]:
    """Yield the first lead after the headline, `high` where its class can mean nothing else."""
    if headline.place is None:
        return
    for element in scan.marked["lead"]:
        distance = scan.places[element] - headline.place
        if not 0 < distance <= _NEAR or elsewhere(element, headline.around):
            continue
        match = _LEAD.search(_marks(element))
        if not match:
            continue
        text = _text(element, title)
        if text:
            confidence = "high" if match["sure"] else "medium"
            yield Claim("html", "standfirst", text, confidence)
            return


def _marks(element: HtmlElement) -> str:
    """Return what names an element: its class, id and microdata."""
    names = (element.get("class"), element.get("id"), element.get("itemprop"))
    return " ".join(filter(None, names))[:_MAX_MARKS]


def _text(element: HtmlElement, title: str) -> str:
    """Return the text of a lead, empty where it cannot be one."""
    text = text_of(element)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return ""
    if words(text) == words(title):
        return ""
    if len(text) < _WITH_DATE:  # "1.11.23 20:19, by Jane Doe"
        whole = dates.with_whole_years(text)
        if dates.parse_date(whole):
            return ""
    paragraphs = element.findall(".//p")
    return text if len(paragraphs) <= _MOST_PARAGRAPHS else ""

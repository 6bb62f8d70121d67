"""The standfirst: the lead that a page shows above its text, marked by a class; else the description that it declares.

A visible lead is sure. A declared description may be cut short, or written for search engines: `declared` claims it as a guess.
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
_NEAR = 80
_MAX_MARKS = 300


def claims(found: PageScan, place: HeadlinePosition, title: str) -> Iterator[Claim]:
    """Yield the first lead that stands after the headline, `high` where its class can mean nothing else."""
    if place.head is None:
        return
    for element in found.marked["lead"]:
        if not 0 < found.places[element] - place.head <= _NEAR or elsewhere(
            element, place.around
        ):
            continue
        match = _LEAD.search(
            " ".join(
                filter(
                    None,
                    (element.get("class"), element.get("id"), element.get("itemprop")),
                )
            )[:_MAX_MARKS]
        )
        if match and (text := _text(element, title)):
            yield Claim(
                "html", "standfirst", text, "high" if match["sure"] else "medium"
            )
            return


def _text(element: HtmlElement, title: str) -> str:
    text = text_of(element)
    fits = _SHORTEST <= len(text) <= _LONGEST and words(text) != words(title)
    if len(text) < _WITH_DATE and dates.parse_date(dates.with_whole_years(text)):
        return ""  # "1.11.23 20:19, by Jane Doe"
    return text if fits and len(element.findall(".//p")) <= 2 else ""  # noqa: PLR2004 - a lead is one paragraph, or two

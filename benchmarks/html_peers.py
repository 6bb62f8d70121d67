"""The extractors that `html.py` sets beside ours: each a function from (page, url) to body, title, authors and date.

A peer is imported when it is asked for; one that is not installed raises ImportError, and the table names it as missing.
newspaper4k and readability-lxml ask for lxml's extra under two spellings, on which pip's resolver may stop: install them
with `pip install --no-deps`, and what they need by hand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Answer = Mapping[str, Any]
    Peer = Callable[[str, str | None], Answer]


@cache
def _cleaner(embeds: str) -> Any:  # noqa: ANN401 - imported in the function
    from cleaner import Cleaner  # noqa: PLC0415

    return Cleaner.default(embeds=embeds)  # type: ignore[arg-type] # a word of the table below


def _ours(embeds: str) -> Peer:
    def extract(page: str, url: str | None) -> Answer:
        article = _cleaner(embeds).clean(page, url=url, media_type="text/html")
        sure = article.facts_confidence.get("published", "")
        fields = {"body": article.body, "title": article.title, "authors": article.authors, "date": article.published}
        return {**fields, "sure": sure, "empty": not article.body.strip()}

    return extract


def _trafilatura(**options: Any) -> Peer:  # noqa: ANN401 - options of another library
    def extract(page: str, url: str | None) -> Answer:
        from trafilatura import bare_extraction  # noqa: PLC0415

        found = bare_extraction(page, url=url, include_comments=False, with_metadata=True, **options)
        if found is None or isinstance(found, dict):
            return {}
        return {"body": found.text or "", "title": found.title, "authors": found.author or "", "date": found.date}

    return extract


def _readability(page: str, _: str | None) -> Answer:
    from readability import Document  # noqa: PLC0415

    document = Document(page)
    return {"body": _text(document.summary()), "title": document.short_title()}


def _newspaper(page: str, url: str | None) -> Answer:
    from newspaper import Article  # noqa: PLC0415

    article = Article(url or "https://example.org/")
    article.download(input_html=page)
    article.parse()
    day = str(article.publish_date)[:10] if article.publish_date else None
    return {"body": article.text, "title": article.title, "authors": article.authors, "date": day}


def _resiliparse(page: str, _: str | None) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return {"body": extract_plain_text(page, main_content=True, alt_texts=False, links=False)}


def _justext(page: str, _: str | None) -> Answer:
    import justext  # noqa: PLC0415

    paragraphs = justext.justext(
        page.encode(), frozenset().union(*(justext.get_stoplist(name) for name in ("English", "German")))
    )
    return {"body": "\n".join(one.text for one in paragraphs if not one.is_boilerplate)}


def _goose(page: str, _: str | None) -> Answer:
    from goose3 import Goose  # noqa: PLC0415

    article = Goose({"enable_image_fetching": False}).extract(raw_html=page)
    return {"body": article.cleaned_text, "title": article.title, "authors": article.authors}


def _bs4(page: str, _: str | None) -> Answer:
    from bs4 import BeautifulSoup  # noqa: PLC0415

    soup = BeautifulSoup(page, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return {"body": soup.get_text("\n"), "title": soup.title.get_text() if soup.title else ""}


def _text(markup: str) -> str:
    from lxml.html import fromstring  # noqa: PLC0415

    return "\n".join(" ".join(text.split()) for text in fromstring(markup).itertext() if text.strip())


PEERS: Mapping[str, Peer] = {
    "cleaner": _ours("lift"),
    "cleaner, --embeds keep": _ours("keep"),
    "trafilatura": _trafilatura(),
    "trafilatura, precision": _trafilatura(favor_precision=True),
    "trafilatura, fast": _trafilatura(fast=True),
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "resiliparse": _resiliparse,
    "justext": _justext,
    "goose3": _goose,
    "whole page (bs4)": _bs4,
}
"""The tools by the names of the table, ours first."""

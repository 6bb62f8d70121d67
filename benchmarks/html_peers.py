"""The extractors that `html.py` sets beside ours: each a function from (page, url) to body, title, authors and date.

A peer is imported when it is asked for; one that is not installed raises ImportError, and the table names it as missing.
newspaper4k and readability-lxml ask for lxml's extra under two spellings, on which pip's resolver may stop, and
readability-lxml for an older cssselect than Scrapy's: install them with `pip install --no-deps`, and what they need by hand.
pagesift is AGPL: it is measured where somebody has installed it, and nothing here asks for it. It gives Markdown, whose marks are
taken off on the clock (some hundredths of a millisecond).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.turn_worker import Input

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
        fields = {
            "body": article.body,
            "title": article.title,
            "authors": article.authors,
            "date": article.published,
        }
        return {**fields, "sure": sure, "empty": not article.body.strip()}

    return extract


def _trafilatura(*, with_metadata: bool = True, **options: Any) -> Peer:  # noqa: ANN401 - options of another library
    def extract(page: str, url: str | None) -> Answer:
        from trafilatura import bare_extraction  # noqa: PLC0415

        found = bare_extraction(
            page,
            url=url,
            include_comments=False,
            with_metadata=with_metadata,
            **options,
        )
        if found is None or isinstance(found, dict):
            return {}
        return {
            "body": found.text or "",
            "title": found.title,
            "authors": found.author or "",
            "date": found.date,
        }

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
    return {
        "body": article.text,
        "title": article.title,
        "authors": article.authors,
        "date": day,
    }


def _resiliparse(page: str, _: str | None) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return {
        "body": extract_plain_text(
            page, main_content=True, alt_texts=False, links=False
        )
    }


def _pagesift(page: str, url: str | None) -> Answer:
    import pagesift  # noqa: PLC0415

    found = pagesift.convert(page, url=url)
    return {
        "body": _plain(found.markdown or ""),
        "title": (found.metadata or {}).get("title") or "",
    }


def _plain(markdown: str) -> str:
    r"""Return Markdown without its marks, as far as a body shows them: pictures, links, headings, lists, quotes, emphasis.

    >>> _plain("# T\n\n![a](b) See **this** [page](http://x.example/).\n\n> - Well")
    'T\n\nSee this page.\n\nWell'
    """
    for pattern, instead in _MARKDOWN:
        markdown = pattern.sub(instead, markdown)
    return markdown.strip()


_MARKDOWN = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^[ >]*(?:#{1,6} |[-*+] |\d+\. )?", re.MULTILINE), ""),
    (re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`"), ""),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


def _turbohtml(page: str, _: str | None) -> Answer:
    import turbohtml  # noqa: PLC0415

    article = turbohtml.parse(page).article()
    return {
        "body": article.text,
        "title": article.title,
        "authors": article.byline or "",
        "date": article.date,
    }


def _justext(page: str, _: str | None) -> Answer:
    import justext  # noqa: PLC0415

    paragraphs = justext.justext(
        page.encode(),
        frozenset().union(
            *(justext.get_stoplist(name) for name in ("English", "German"))
        ),
    )
    return {"body": "\n".join(one.text for one in paragraphs if not one.is_boilerplate)}


def _goose(page: str, _: str | None) -> Answer:
    from goose3 import Goose  # noqa: PLC0415

    article = Goose({"enable_image_fetching": False}).extract(raw_html=page)
    return {
        "body": article.cleaned_text,
        "title": article.title,
        "authors": article.authors,
    }


def _bs4(page: str, _: str | None) -> Answer:
    from bs4 import BeautifulSoup  # noqa: PLC0415

    soup = BeautifulSoup(page, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return {
        "body": soup.get_text("\n"),
        "title": soup.title.get_text() if soup.title else "",
    }


def _text(markup: str) -> str:
    from lxml.html import fromstring  # noqa: PLC0415

    return "\n".join(
        " ".join(text.split()) for text in fromstring(markup).itertext() if text.strip()
    )


PEERS: Mapping[str, Peer] = {
    "cleaner": _ours("lift"),
    "cleaner, --embeds keep": _ours("keep"),
    "trafilatura": _trafilatura(),
    "trafilatura, precision": _trafilatura(favor_precision=True),
    "trafilatura, fast": _trafilatura(fast=True),
    "trafilatura, no metadata": _trafilatura(with_metadata=False),
    "trafilatura, fast, no metadata": _trafilatura(with_metadata=False, fast=True),
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "resiliparse": _resiliparse,
    "pagesift": _pagesift,
    "turbohtml": _turbohtml,
    "justext": _justext,
    "goose3": _goose,
    "whole page (bs4)": _bs4,
}
"""The tools by the names of the table, ours first."""


def load(name: str, _: Mapping[str, Any]) -> Callable[[Input], Answer]:
    """Return a tool, ready for its first page."""
    peer = PEERS[name]
    return lambda page: dict(peer(page.text, page.url))

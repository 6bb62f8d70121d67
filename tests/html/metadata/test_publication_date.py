"""When it was published: microdata, `<time>`, printed dates, addresses, and guesses that say so."""

from __future__ import annotations

import pytest

from cleaner import metadata as facts
from cleaner.html.element_index import ElementIndex
from cleaner.html.metadata import claims
from cleaner.html.metadata.publication_date import in_address
from cleaner.html.tree import load

HEAD = "<h1>Ferry returns to the harbour</h1>"


def dated(
    body: str, url: str | None = None, lang: str = "en-GB"
) -> tuple[object, str, str]:
    found = facts.settle(
        claims.read(
            ElementIndex(load(f'<html lang="{lang}"><body>{body}</body></html>')), url
        ).claims
    )
    return (
        found.facts.get("published"),
        found.origin.get("published", ""),
        found.confidence.get("published", ""),
    )


@pytest.mark.parametrize(
    ("body", "answer"),
    (
        ('<meta itemprop="datePublished" content="2026-03-01T08:00:00+02:00">', ("2026-03-01T08:00:00+02:00", "microdata", "high")),
        ('<time datetime="2026-03-01T08:00+02:00">today</time>', ("2026-03-01T08:00:00+02:00", "html", "high")),
        ("<time>1 March 2026</time>", ("2026-03-01", "html", "high")),
        ('<p class="date">1. März 2026, 8:00 Uhr</p>', ("2026-03-01", "html", "medium")),
        ('<abbr class="published" title="2026-03-01T08:00:00Z">1 day ago</abbr>', ("2026-03-01T08:00:00Z", "html", "medium")),
        ('<p class="date">01/03/2026</p>', ("2026-03-01", "html", "medium")),
        ("<p>Publié le 1er mars 2026</p>", ("2026-03-01", "html", "medium")),
        ("<p>1 de marzo de 2026</p>", ("2026-03-01", "html", "medium")),
        ("<p>2026年3月1日</p>", ("2026-03-01", "html", "medium")),
        ("<p>1 марта 2026 г.</p>", ("2026-03-01", "html", "medium")),
        ("<p>01.03.26</p>", ("2026-03-01", "html", "medium")),
        ('<p class="date">Updated: 1 March 2026</p>', ("2026-03-01", "html", "low")),
        ('<script>var page = {"publishedAt": "2026-03-01T08:00:00Z"}</script>', ("2026-03-01T08:00:00Z", "html", "low")),
        ("<p>The pier was built in 1926.</p>", (None, "", "")),
        ('<div class="related"><time datetime="2026-02-02">2 February</time></div>', ("2026-02-02", "trafilatura", "low")),
    ),
)  # fmt: skip
def test_on_the_page(body: str, answer: tuple[object, str, str]) -> None:
    assert dated(f"{HEAD}{body}<p>Text.</p>") == answer


def test_american_pages_put_the_month_first() -> None:
    assert (
        dated(f'{HEAD}<p class="date">03/04/2026</p>', lang="en-US")[0] == "2026-03-04"
    )


def test_the_date_by_the_headline_wins() -> None:
    far = "".join(f"<p>Paragraph {number}.</p>" for number in range(90))
    body = f'{HEAD}<time datetime="2026-03-01">1 March</time>{far}<time datetime="2020-01-01">1 January</time>'
    assert dated(body) == ("2026-03-01", "html", "high")


def test_published_and_modified() -> None:
    body = f'{HEAD}<p>Published <time datetime="2026-03-01">x</time></p><p>Updated <time datetime="2026-03-02">y</time></p>'
    found = facts.settle(claims.read(ElementIndex(load(body)), None).claims).facts
    assert (found["published"], found["modified"]) == ("2026-03-01", "2026-03-02")


def test_the_day_in_the_address() -> None:
    assert dated(HEAD, "https://gull.example/2026/03/01/ferry") == (
        "2026-03-01",
        "url",
        "medium",
    )


@pytest.mark.parametrize(
    ("url", "day"),
    (
        ("https://gull.example/2026/3/1/ferry", "2026-03-01"),
        ("https://gull.example/a-20260301.html", "2026-03-01"),
        ("https://gull.example/2026-03-01-ferry", "2026-03-01"),
        ("https://gull.example/2026/03/ferry", None),
        ("https://gull.example/id12026030199", None),
        ("https://gull.example/2026/02/31/", None),
        (None, None),
    ),
)
def test_in_address(url: str | None, day: str | None) -> None:
    assert in_address(url) == day

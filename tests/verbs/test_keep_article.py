"""A flattened page loses what stands around its article; what is no page is never judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shipped import shipped_cleaner
from tests.verbs.conftest import FIRST, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner import Cleaner

VERB = """
keep_article:
  marks: |
    Sign in
    Imprint
    Privacy policy
  sections: |
    World
    Sport
    Business
    Weather
  first: |
    +1 sentence yes
    -1 stop no
  second: |
    +1 inside yes
    -1 inside no
"""
ARTICLE = f"{FIRST}\n{SECOND}\n{THIRD}"
FOOT = "Imprint\nPrivacy policy\nAbout the harbour\nFerry times\nOld maps"
HEAD = "Sign in\nHarbour today\nFerry times\nFish market\nBoats for sale\nTide tables\nOld maps"
SUBHEADS = ("Sign in", "Imprint", "Privacy policy")
LINE_UP = """Harbour Town
Ada Brook
Jon Salt
Eve Stone
Max Reed
Ida Lake
Tom Hill
Ann Dale
Per Vik
Kim Sand
Lea Moor
Ole Fjord
Una Holm"""
SOUP = "Fish soup\nIngredients\nTwo onions\nOne carrot\nSalt\nPepper\nWhite wine\nFish stock\nCream\nDill\nBread\nButter"
KINDS = (
    "harbour",
    "council",
    "market",
    "school",
    "library",
    "ferry",
    "bakery",
    "theatre",
    "museum",
    "station",
)


def told(heads: str) -> str:
    """Return an article whose every paragraph has a sub-head."""
    pairs = zip(heads.split(), KINDS * 2, strict=False)
    return "\n".join(
        f"{head}\nThe {kind} has told us what it wants to do next year, and what it costs."
        for head, kind in pairs
    )


def test_the_article_stays(clean: Callable[[str, str], str]) -> None:
    assert clean(VERB, f"{HEAD}\n{ARTICLE}\n{FOOT}").strip("\n") == ARTICLE


def test_two_marks_and_a_menu_are_enough(clean: Callable[[str, str], str]) -> None:
    menu = "World\nSport\nBusiness\nWeather\nThe tide tables of this week\nThe fish market on the quay"
    text = f"{menu}\n{ARTICLE}\n{FOOT.replace('Old maps', 'All boats')}\nOld maps\nFish"
    assert clean(VERB, text).strip("\n") == ARTICLE


def test_a_menu_at_the_head_and_two_known_items_are_enough(
    clean: Callable[[str, str], str],
) -> None:
    menu = "Hafen\nFähre\nSport\nKarten\nBoote\nMarkt\nImprint\nKinder\nReise\nSchiffe\nWind\nWellen"
    assert clean(VERB, f"{menu}\n{ARTICLE}").strip("\n") == ARTICLE


@pytest.mark.parametrize(
    "text",
    (
        ARTICLE,
        f"{HEAD}\n{ARTICLE}",  # one mark
        f"Sign in\n{ARTICLE}\nImprint\nPrivacy policy",  # three marks and nothing else around it
        "\n".join(
            f"{FIRST}\n{head}\n{SECOND}" for head in SUBHEADS
        ),  # sub-heads of an article
        "\n".join(
            f"Harbour {number} against Quay {number}" for number in range(40)
        ),  # results: digits are no menu
        f"{LINE_UP}\n{ARTICLE}",
    ),
    ids=("article", "one-mark", "few-lines", "sub-heads", "results", "line-up"),
)
def test_what_is_no_page_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_a_page_without_an_article_is_not_emptied(
    clean: Callable[[str, str], str],
) -> None:
    text = f"{HEAD}\n{FOOT}"
    assert clean(VERB, text) == text


@pytest.fixture(scope="module")
def shipped() -> Cleaner:
    return shipped_cleaner()


def test_the_record_says_that_it_was_a_page(shipped: Cleaner) -> None:
    page = f"Home\nWorld\nPolitics\nSearch\nLog in\n{HEAD}\n{ARTICLE}\n{FOOT}\nTerms of use\nCookie settings\nContact us"
    article = shipped.clean(page)
    assert "raw_page" in article.flags
    assert article.body.strip("\n") == ARTICLE
    first = next(removal for removal in article.removals if removal.rule == "raw.page")
    assert "lines beside the article, the likeliest" in first.reason


@pytest.mark.parametrize(
    "text",
    (
        ARTICLE,
        told(
            "World Business Sport Weather Culture Jobs Games Podcasts Opinion Travel Puzzles Obituaries"
        ),
        told(
            "Cookies Privacy Newsletter Login Search Menu Sitemap FAQ Contact Imprint RSS Feedback Help Register"
        ),
        f"{LINE_UP}\n{ARTICLE}",
        f"{SOUP}\n{ARTICLE}",
    ),
    ids=("article", "briefing", "glossary", "line-up", "recipe"),
)
def test_an_article_is_no_page(shipped: Cleaner, text: str) -> None:
    assert "raw_page" not in shipped.clean(text).flags


def test_cleaning_the_article_again_changes_nothing(shipped: Cleaner) -> None:
    page = f"Home\nWorld\nPolitics\nSearch\nLog in\n{HEAD}\n{ARTICLE}\n{FOOT}\nTerms of use\nCookie settings\nContact us"
    body = shipped.clean(page).body
    assert shipped.clean(body).body == body

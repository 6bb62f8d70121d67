"""Cards of other stories, and what is none."""

from __future__ import annotations

import pytest

from cleaner import story_cards

PROSE = "The harbour master opened the gate at six, and the first boats went out before dawn."


@pytest.mark.parametrize(
    "line",
    (
        "38 minutes ago", "an hour ago", "1 day ago", "3h ago", "just now", "Updated 2 hours ago", "vor 3 Stunden",
        "vor einem Tag", "il y a 2 heures", "hace 3 horas", "há 5 horas", "2 ore fa", "3 uur geleden", "2 godziny temu",
        "3 timmar sedan", "for 2 timer siden", "5 минут назад", " yesterday ", "3 घंटे पहले",
    ),
)  # fmt: skip
def test_ages(line: str) -> None:
    assert story_cards.is_age(line)


@pytest.mark.parametrize(
    "line",
    (
        "",
        "It began an hour ago",
        "38 minutes",
        "Il y a 14 ans, la Française des Jeux ouvrait son capital.",
        "Vor 90 Jahren: der Hafen brennt",
        "Long ago",
        "38 minutes ago, the gate was still open",
        "a" * 100,
    ),
)
def test_no_ages(line: str) -> None:
    assert not story_cards.is_age(line)


@pytest.mark.parametrize(
    ("lines", "kinds"),
    (
        (
            ["Herald", "38 minutes ago", "- Herald", "Mayor wins"],
            {"age", "outlet", "dashed outlet", "headline"},
        ),
        (["Herald", "3 hours ago"], {"outlet", "age"}),
        (["Mayor wins", "Ferry late"], {"headline"}),
        ([PROSE], set()),
        (["- First item", "- Second item"], {"headline"}),
        (["The ferry was late. " * 90], {"wall of text"}),
        ([], set()),
    ),
)
def test_kinds(lines: list[str], kinds: set[str]) -> None:
    assert story_cards.kinds(lines) == kinds


def test_cards_need_two_kinds_of_evidence() -> None:
    assert story_cards.begin(["Herald", "38 minutes ago"])
    assert not story_cards.begin(["Mayor wins", "Ferry late", "Gate open"])
    assert not story_cards.begin([PROSE] * 8 + ["Herald", "38 minutes ago"])
    assert not story_cards.begin([])


@pytest.mark.parametrize(
    ("lines", "place"),
    (
        ([], -1),
        ([PROSE, PROSE], -1),
        ([PROSE] * 3, 0),
        ([PROSE] * 5, 2),
        ([PROSE, PROSE, "Herald", PROSE, PROSE], -1),
        (["Herald", *[PROSE] * 3, "Post"], 1),
    ),
)
def test_where_the_last_article_begins(lines: list[str], place: int) -> None:
    assert story_cards.last_article(lines) == place


def test_stories_that_show_their_age() -> None:
    lines = [
        "Herald",
        "38 minutes ago",
        "- Herald",
        "Mayor wins",
        PROSE,
        "",
        "Post",
        "",
        "an hour ago",
        "Ferry late",
    ]
    assert [
        (story.outlet, story.age, story.title) for story in story_cards.related(lines)
    ] == [
        ("Herald", "38 minutes ago", "Mayor wins"),
        ("Post", "an hour ago", "Ferry late"),
    ]


@pytest.mark.parametrize(
    "lines", ([], [PROSE], ["Mayor wins", "Ferry late"], ["", " "])
)
def test_no_stories(lines: list[str]) -> None:
    assert story_cards.related(lines) == ()


def test_an_age_at_the_very_end_has_no_title() -> None:
    (story,) = story_cards.related(["38 minutes ago"])
    assert (story.outlet, story.age, story.title) == (None, "38 minutes ago", None)

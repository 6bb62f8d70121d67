"""The five documents that the project was born from: what must stay, what must go, and what is learned from them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from cleaner import Cleaner, Explanation, edits
from tests.shipped import shipped_cleaner

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class Seed(NamedTuple):
    """What has to come out. Lines count from 1, as editors count them."""

    kept: tuple[int, ...]
    removed: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    standfirst: int | None = None
    """The line whose text becomes the standfirst."""
    syndicator: str | None = None
    embeds: tuple[
        tuple[str, str | None, str | None, str | None, tuple[int, ...], bool], ...
    ] = ()
    """Platform, author, handle, date, the lines of its text, and whether it was cut."""
    related: tuple[tuple[str, str, str], ...] = ()
    """Outlet, age, and how the title begins."""


def lines(*spans: tuple[int, int]) -> tuple[int, ...]:
    return tuple(number for first, last in spans for number in range(first, last + 1))


EXPECTED = {
    "000_22a57cbf982d7f09": Seed(kept=lines((2, 13)), removed=((1, 1),), standfirst=1),
    "001_cd1d4b8b4071014e": Seed(
        kept=lines((3, 15), (20, 25)),
        removed=((1, 2), (16, 19), (26, 53)),
        title="Keir Starmer says he understands what ‘anchors' Donald Trump",
        syndicator="Daily8",
        embeds=(
            (
                "twitter",
                "BBC Radio 4 Today",
                "BBCr4today",
                "2025-07-03",
                (16, 17, 18),
                False,
            ),
        ),
        related=(
            ("BBC News", "38 minutes ago", "Labour might be down"),
            ("Daily Mail", "39 minutes ago", "DAN HODGES: "),
            ("The Guardian", "an hour ago", "‘A mess of our own making'"),
        ),
    ),
    "002_0f715345ea208a5f": Seed(
        kept=lines((1, 12), (14, 25)),
        removed=((13, 13),),
        embeds=(("unknown", None, None, None, (), False),),
    ),
    "003_ae32b621cd977057": Seed(kept=lines((1, 14))),
    "004_f304f2aaaa0a4174": Seed(
        kept=lines((1, 4), (10, 23)),
        removed=((5, 9),),
        embeds=(
            (
                "twitter",
                "Keir Starmer",
                "Keir_Starmer",
                "2025-01-26",
                (5, 6, 7, 8),
                True,
            ),
        ),
    ),
}


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return shipped_cleaner()


@pytest.fixture(params=sorted(EXPECTED))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(name: str) -> list[str]:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8").split("\n")


@pytest.fixture
def told(cleaner: Cleaner, name: str) -> Explanation:
    return cleaner.explain((SEEDS / f"{name}.txt").read_bytes())


def test_every_seed_is_expected() -> None:
    assert {path.stem for path in SEEDS.glob("*.txt")} == set(EXPECTED)


def test_the_body_is_the_kept_lines_byte_for_byte(
    told: Explanation, name: str, source: list[str]
) -> None:
    kept = [source[number - 1] for number in EXPECTED[name].kept]
    assert told.article.body == "\n".join(kept)


def test_exactly_the_other_lines_are_removed(
    told: Explanation, name: str, source: list[str]
) -> None:
    covered = {
        number for removal in told.article.removals for number in lines(removal.lines)
    }
    wanted = {number for span in EXPECTED[name].removed for number in lines(span)}
    assert covered | set(EXPECTED[name].kept) | {
        n for n, line in enumerate(source, 1) if not line.strip()
    } == set(range(1, len(source) + 1))
    assert covered - {max(EXPECTED[name].kept)} == wanted
    assert wanted.isdisjoint(EXPECTED[name].kept)


def test_nothing_is_lost(told: Explanation) -> None:
    assert edits.rebuild(told.article.body, told.article.removals) == told.text
    assert all(
        removal.text == told.text[removal.start : removal.end]
        for removal in told.article.removals
    )
    assert all(
        removal.reason
        for removal in told.article.removals
        if removal.rule != edits.TIDY_RULE
    )


def test_the_encoding_is_in_order(told: Explanation, name: str) -> None:
    assert told.text.encode() == (SEEDS / f"{name}.txt").read_bytes()
    assert told.article.repairs == ()


def test_facts(told: Explanation, name: str, source: list[str]) -> None:
    wanted, article = EXPECTED[name], told.article
    assert article.title == wanted.title
    assert article.standfirst == (
        source[wanted.standfirst - 1] if wanted.standfirst else None
    )
    assert article.syndicator == wanted.syndicator
    assert article.language == "en"
    assert (article.published, article.authors, article.publisher) == (None, (), None)


def test_embeds(told: Explanation, name: str, source: list[str]) -> None:
    wanted = [
        (
            platform,
            author,
            handle,
            date,
            "\n".join(source[n - 1] for n in place) or None,
            cut,
        )
        for platform, author, handle, date, place, cut in EXPECTED[name].embeds
    ]
    found = told.article.embeds
    assert [
        (e.platform, e.author, e.handle, e.date, e.text, e.truncated) for e in found
    ] == wanted
    assert told.article.dates_seen == tuple(
        date for _, _, _, date, _, _ in wanted if date
    )


def test_related_stories(told: Explanation, name: str) -> None:
    found = [(story.outlet, story.age, story.title) for story in told.article.related]
    wanted = EXPECTED[name].related
    assert [each[:2] for each in found] == [each[:2] for each in wanted]
    assert all(
        str(title).startswith(begins)
        for (_, _, title), (_, _, begins) in zip(found, wanted, strict=True)
    )


def test_cleaning_again_changes_nothing(cleaner: Cleaner, told: Explanation) -> None:
    again = cleaner.clean(told.article.body)
    assert again.body == told.article.body
    assert again.removals == ()


def test_the_clean_seed_comes_out_as_it_went_in(cleaner: Cleaner) -> None:
    data = (SEEDS / "003_ae32b621cd977057.txt").read_bytes()
    article = cleaner.clean(data)
    assert article.body.encode() == data
    assert (article.removals, article.flags, article.embeds, article.title) == (
        (),
        (),
        (),
        None,
    )

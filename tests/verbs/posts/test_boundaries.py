"""Flattened posts in many languages and on many platforms, with the shipped rules: what goes, and what stays."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleaner import Article, Cleaner
from cleaner.rulebook.loading.load import default_rules

HERE = Path(__file__).parent
FILES = ("english", "languages", "platforms", "traps", "unseen")
MARKED = re.compile(r"\[\[(?!image)|(?<!embed)\]\]")
GOES = re.compile(r"\[\[(?!image).*?(?<!embed)\]\]", re.DOTALL)
FEWEST = 230


@cache
def frames() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(
        (HERE / "frames.yaml").read_text("utf-8")
    )
    return found


def cases(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{name}-{case['id']}")
        for name in names
        for case in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    """Return a cleaner with the rules for posts alone: no other rule may help."""
    rules = default_rules()
    return Cleaner.from_rules(
        [rules / "vocab", rules / "social.yaml", *sorted(rules.glob("*/social.yaml"))]
    )


def framed(case: dict[str, str]) -> str:
    frame, place = frames()[case.get("lang", "en")], case.get("frame", "both")
    above = frame["above"] if place in {"both", "above"} else ""
    return above + case["text"] + (frame["below"] if place in {"both", "below"} else "")


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def cleaned(cleaner: Cleaner, case: dict[str, str]) -> tuple[Article, list[str]]:
    """Return the article that is left of a case, and the lines that should be."""
    text = framed(case)
    return cleaner.clean(MARKED.sub("", text)), lines(GOES.sub("", text))


@pytest.mark.parametrize(
    "case", [case for case in cases(*FILES) if not case.values[0].get("may_leave")]
)
def test_the_post_goes_and_the_article_stays(
    cleaner: Cleaner, case: dict[str, str]
) -> None:
    article, expected = cleaned(cleaner, case)
    assert lines(article.body) == expected


@pytest.mark.parametrize(
    "case", [case for case in cases(*FILES) if case.values[0].get("may_leave")]
)
def test_what_may_be_left_costs_no_sentence_of_the_article(
    cleaner: Cleaner, case: dict[str, str]
) -> None:
    article, expected = cleaned(cleaner, case)
    sentences = [
        sentence for line in expected for sentence in re.split(r"(?<=[.!?])\s+", line)
    ]
    assert [sentence for sentence in sentences if sentence not in article.body] == []


def test_there_are_enough_of_them() -> None:
    every = cases(*FILES)
    assert len(every) >= FEWEST
    assert len({case.id for case in every}) == len(every)


def test_an_article_that_consists_of_posts_keeps_them(cleaner: Cleaner) -> None:
    case = next(
        case.values[0]
        for case in cases("traps")
        if case.values[0]["id"] == "roundup-of-posts"
    )
    article, _ = cleaned(cleaner, case)
    assert "needs_review:doubt" in article.flags
    assert not article.embeds

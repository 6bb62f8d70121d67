"""Regressions: each folder in `fixtures/` is an input as it came, and what has to come out of it.

To add one, put the text into `fixtures/<case>/input.txt` (bytes as scraped, in your own words) and write
`expected.json` beside it: `body` as a list of lines, `facts` that must be learned, `removals` as ids of the rules that
may take something, and where they matter `flags`, `embeds`, `related`, `repairs`, `url`, `level`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleaner import Article, Cleaner, edits
from tests.shipped import shipped_cleaner

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = sorted(path.parent.name for path in FIXTURES.glob("*/input.txt"))


@cache
def cleaner(level: str) -> Cleaner:
    return shipped_cleaner(level=level)


def expected(case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (FIXTURES / case / "expected.json").read_text(encoding="utf-8")
    )
    return loaded


@cache
def article(case: str) -> Article:
    wanted = expected(case)
    data = (FIXTURES / case / "input.txt").read_bytes()
    return cleaner(wanted.get("level", "standard")).clean(data, url=wanted.get("url"))


def test_there_are_some() -> None:
    assert len(CASES) >= 25
    assert len([case for case in CASES if case.startswith("trap-")]) >= 10


@pytest.mark.parametrize("case", CASES)
class TestFixture:
    def test_body(self, case: str) -> None:
        assert article(case).body.split("\n") == expected(case)["body"]

    def test_facts(self, case: str) -> None:
        record = article(case).to_dict()
        wanted = expected(case)["facts"]
        assert {field: record[field] for field in wanted} == wanted

    def test_every_removal_is_credited_to_a_rule_that_may(self, case: str) -> None:
        allowed = set(expected(case)["removals"])
        ids = {rule.id for rule in cleaner("standard").rulebook.rules}
        assert allowed - ids == set()
        for removal in article(case).removals:
            assert removal.rule == edits.TIDY_RULE or allowed & {
                removal.rule,
                *removal.also,
            }, removal
        assert bool(article(case).removals) == bool(allowed)

    def test_the_rest_of_the_record(self, case: str) -> None:
        found, wanted = article(case), expected(case)
        assert list(found.flags) == wanted.get("flags", [])
        assert [story.title for story in found.related] == wanted.get("related", [])
        assert {repair.kind: repair.count for repair in found.repairs} == wanted.get(
            "repairs", {}
        )
        said = [
            {key: value for key, value in embed.items() if value}
            for embed in found.to_dict()["embeds"]  # type: ignore[attr-defined]
        ]
        assert said == wanted.get("embeds", [])

    def test_cleaning_again_changes_nothing(self, case: str) -> None:
        again = cleaner(expected(case).get("level", "standard")).clean(
            article(case).body, url=expected(case).get("url")
        )
        assert (again.body, again.removals) == (article(case).body, ())

"""Polars frames, whole and lazy."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner import UsageError
from cleaner.adapters.polars import clean_frame
from tests.adapters import corpus

pytestmark = pytest.mark.engines
pl = pytest.importorskip("polars")


def test_a_frame_has_the_same_bodies_and_its_own_columns(
    rows: list[dict[str, Any]], expected: str
) -> None:
    frame = pl.DataFrame(rows)
    done = clean_frame(frame)
    assert corpus.digest(done.select("id", "body").iter_rows()) == expected
    assert done.select(frame.columns).equals(frame)


def test_a_lazy_frame_is_cleaned_when_it_is_asked(
    rows: list[dict[str, Any]], expected: str
) -> None:
    done = clean_frame(pl.DataFrame(rows).lazy(), prefix="c_")
    assert done.collect_schema().names()[4:7] == ["c_id", "c_title", "c_standfirst"]
    assert corpus.digest(done.select("id", "c_body").collect().iter_rows()) == expected
    assert done.filter(pl.col("c_status") == "rejected").collect().is_empty()
    assert done.head(3).collect().height == 3


def test_what_a_lazy_frame_says_is_what_it_gives(rows: list[dict[str, Any]]) -> None:
    done = clean_frame(pl.DataFrame(rows[:2]).lazy())
    assert done.collect().schema == done.collect_schema()


def test_bad_rows_cost_themselves_alone(bad_rows: list[dict[str, Any]]) -> None:
    done = clean_frame(pl.DataFrame(bad_rows))
    assert done["status"].to_list() == corpus.BAD
    assert done["other"].to_list() == [row["other"] for row in bad_rows]


def test_an_empty_frame(rows: list[dict[str, Any]]) -> None:
    assert (
        clean_frame(pl.DataFrame(rows).head(0)).schema
        == clean_frame(pl.DataFrame(rows).head(1)).schema
    )


def test_wrong_use_is_told_before_any_work(rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(rows).rename({"text": "story"}).lazy()
    with pytest.raises(UsageError, match="Name the right one"):
        clean_frame(frame)
    with pytest.raises(UsageError, match="names already: title"):
        clean_frame(frame.with_columns(title=pl.lit("x")), text="story")

"""Hugging Face datasets: mapped in one process and in two, and never answered out of a stale cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cleaner import UsageError
from cleaner.adapters.datasets import Clean, clean_dataset
from tests.adapters import corpus

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines
datasets = pytest.importorskip("datasets")


@pytest.fixture(autouse=True)
def _quiet() -> None:
    datasets.disable_progress_bars()


@pytest.mark.parametrize("processes", (None, 2))
def test_a_dataset_has_the_same_bodies_and_its_own_columns(
    rows: list[dict[str, Any]], expected: str, processes: int | None
) -> None:
    given = datasets.Dataset.from_list(rows)
    done = clean_dataset(given, batch_size=7, num_proc=processes)
    assert corpus.digest(zip(done["id"], done["body"], strict=True)) == expected
    assert done["other"][:] == given["other"][:]
    assert done.features["authors"] == datasets.List(datasets.Value("string"))


def test_as_a_function_for_map(rows: list[dict[str, Any]], expected: str) -> None:
    done = datasets.Dataset.from_list(rows).map(
        Clean(columns=["body"]), batched=True, batch_size=50
    )
    assert corpus.digest(zip(done["id"], done["body"], strict=True)) == expected


def test_bad_rows_cost_themselves_alone(bad_rows: list[dict[str, Any]]) -> None:
    done = clean_dataset(datasets.Dataset.from_list(bad_rows))
    assert done["status"][:] == corpus.BAD


def test_a_changed_rule_is_not_answered_from_the_cache(
    rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    datasets.Dataset.from_list(rows[1:3]).save_to_disk(tmp_path / "given")
    given = datasets.load_from_disk(tmp_path / "given")
    one, two = (
        clean_dataset(given, level=level)._fingerprint
        for level in ("standard", "cautious")
    )
    assert one != two
    assert clean_dataset(given, level="standard")._fingerprint == one


def test_wrong_use_is_told_before_any_work(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(UsageError, match="no column 'story'"):
        clean_dataset(datasets.Dataset.from_list(rows[:1]), text="story")

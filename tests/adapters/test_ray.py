"""Ray Data, for real: two workers on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cleaner import UsageError
from cleaner.adapters.ray import clean_dataset
from tests.adapters import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore"),
]  # Ray and what it brings warn of one another
ray = pytest.importorskip("ray")


@pytest.fixture(scope="module")
def data() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        import ray.data

        ray.init(
            num_cpus=2,
            include_dashboard=False,
            object_store_memory=200 * 2**20,
            log_to_driver=False,
        )
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray.data
        ray.shutdown()


def test_a_dataset_has_the_same_bodies_and_its_own_columns(
    data: Any, rows: list[dict[str, Any]], bad_rows: list[dict[str, Any]], expected: str
) -> None:
    done = clean_dataset(
        data.from_items(rows, override_num_blocks=3), batch_size=20
    ).take_all()
    assert corpus.digest((row["id"], row["body"]) for row in done) == expected
    assert {row["id"]: row["other"] for row in done} == {
        row["id"]: row["other"] for row in rows
    }
    bad = {
        row["id"]: row["status"]
        for row in clean_dataset(data.from_items(bad_rows)).take_all()
    }
    assert [bad[row["id"]] for row in bad_rows] == corpus.BAD
    with pytest.raises(UsageError, match="no column 'story'"):
        clean_dataset(data.from_items(rows[:2]), text="story")

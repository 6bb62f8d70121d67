"""What every test may ask for: the places in the checkout, and how hard hypothesis looks."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every machine; `--hypothesis-profile=deep` looks harder and elsewhere each time.
settings.register_profile(
    "house", max_examples=60, deadline=None, derandomize=True, database=None
)
settings.register_profile(
    "deep",
    max_examples=2_000,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep rule books for the time of a run in a folder of its own, which its processes share."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        config.stash[CACHE] = os.environ["CLEANER_CACHE"] = tempfile.mkdtemp(
            prefix="cleaner-"
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the folder away."""
    if CACHE in config.stash:
        shutil.rmtree(config.stash[CACHE])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def rules(root: Path) -> Path:
    """The folder of the shipped rule packs."""
    return root / "rules"


@pytest.fixture(scope="session")
def seeds(root: Path) -> tuple[Path, ...]:
    """The documents that the project was born from, in order."""
    return tuple(sorted((root / "seeds").glob("*.txt")))

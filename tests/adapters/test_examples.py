"""The examples of `docs/engines.md` run as they stand, where their engine is installed, and so does the job of the cluster."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.adapters import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines
pa = pytest.importorskip("pyarrow")
MODULES = {"Arrow": "pyarrow", "Spark": "pyspark", "Ray Data": "ray", "DuckDB": "duckdb", "Polars": "polars",
           "Hugging Face datasets": "datasets", "datatrove": "datatrove", "Dask": "dask", "Beam": "apache_beam", "Dagster": "dagster"}  # fmt: skip
COUNT = 24
WAIT = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the inputs that the examples read."""
    from pyarrow import parquet

    rows = corpus.rows(COUNT)
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "raw.parquet")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "day.jsonl").write_bytes(
        b"".join(orjson.dumps(row) + b"\n" for row in rows)
    )
    return tmp_path


def environment() -> dict[str, str]:
    return {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SPARK_LOCAL_IP": "127.0.0.1"}  # fmt: skip


def results(folder: Path) -> int:
    """Return how many articles an example has written, in whatever form."""
    from pyarrow import parquet

    tables = [
        *folder.glob("clean.parquet"),
        *folder.glob("clean/*.parquet"),
        *folder.glob("out/*.parquet"),
    ]
    lines = [
        path
        for path in (*folder.glob("clean-*"), *folder.glob("clean/*.jsonl*"))
        if path.is_file()
    ]
    packed = [path for path in lines if path.suffix == ".gz"]
    count: int = (
        sum(parquet.read_table(path).num_rows for path in tables)
        + sum(
            len(path.read_bytes().splitlines()) for path in lines if path not in packed
        )
        + sum(gzip.decompress(path.read_bytes()).count(b"\n") for path in packed)
    )
    return count


@pytest.mark.parametrize("name", MODULES)
def test_an_example_runs_as_it_stands(name: str, folder: Path, root: Path) -> None:
    if find_spec(MODULES[name]) is None or (
        name == "Spark" and shutil.which("java") is None
    ):
        pytest.skip(f"{name} is not installed")
    page = (root / "docs" / "engines.md").read_text(encoding="utf-8")
    shown = re.search(
        rf"^(?:## {name}$|\*\*{name}\*\* ).*?^```python\n(.*?)^```",
        page,
        re.MULTILINE | re.DOTALL,
    )
    assert shown is not None
    (folder / "example.py").write_text(shown[1], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert results(folder) == COUNT


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """Start a master and two workers, as `docs/spark/compose.yaml` does in containers, and give the master's address."""
    pyspark = pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        **environment(),
        "SPARK_HOME": pyspark.__path__[0],
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
    }
    spark_class = f"{pyspark.__path__[0]}/bin/spark-class"
    master = f"spark://127.0.0.1:{port}"
    at = ["--host", "127.0.0.1", "--webui-port", "0"]
    commands = [["org.apache.spark.deploy.master.Master", *at, "--port", str(port)]]
    commands += [
        [
            "org.apache.spark.deploy.worker.Worker",
            *at,
            "--cores",
            "1",
            "--memory",
            "1g",
            master,
        ]
        for _ in range(2)
    ]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            running.append(
                subprocess.Popen(
                    [spark_class, *command],
                    env=settings,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            _wait_for(port)
        yield master
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(WAIT)


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    pytest.fail("the master has not come up")


def test_the_job_of_the_cluster(cluster: str, folder: Path, root: Path) -> None:
    command: list[Any] = [
        sys.executable,
        root / "docs" / "spark" / "clean_rows.py",
        cluster,
        folder / "raw.parquet",
        folder / "clean",
    ]
    settings = {**environment(), "PYTHONPATH": str(root)}
    done = subprocess.run(
        command, env=settings, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout.splitlines()[-1] == f"{COUNT} clean"
    assert results(folder) == COUNT

"""Two thousand absurd inputs: each ends in the account, none ends the run, none hangs.

`CLEANER_MALFORMED=2000` makes so many, `CLEANER_SEED` others.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.batch import malformed

COUNT = int(os.environ.get("CLEANER_MALFORMED", "200"))
SEED = int(os.environ.get("CLEANER_SEED", "1"))
OURS = {"crashed", "timeout", "worker_died", "memory"}
"""Reasons that would be a fault of this program."""


def clean(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "cleaner",
        str(source),
        "-o",
        str(out),
        "-f",
        "jsonl",
        "-j",
        "2",
        "--timeout",
        "10",
    ]
    return subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60 + COUNT, check=False
    )


def told(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((out / ".clean" / "report.json").read_bytes())
    return found


def rejects(out: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (out / ".clean" / "rejects.jsonl").read_bytes().splitlines()]


@pytest.mark.slow
def test_absurd_inputs_end_in_the_account(tmp_path: Path) -> None:
    files = malformed.write(tmp_path / "in", COUNT, SEED)
    out = tmp_path / "out"
    done = clean(tmp_path / "in", out)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "Traceback" not in done.stderr
    report = told(out)
    assert report["balanced"] is report["complete"] is True
    assert not OURS & set(report["rejected_by_reason"]), [each for each in rejects(out) if each["reason"] in OURS]

    articles = [orjson.loads(line) for part in sorted(out.glob("part-*")) for line in part.read_bytes().splitlines()]
    assert len(articles) == report["clean"]
    kept = [(reject, out / ".clean" / reject["kept"]) for reject in rejects(out) if reject["kept"]]
    assert len(rejects(out)) == report["rejected"]
    for reject, path in kept:
        data = path.read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (reject["bytes"], reject["sha256"])

    places = Counter(article["source"]["path"] for article in articles)
    places.update(reject["source"] for reject in rejects(out))
    skipped = {entry["id"].partition("#")[0] for entry in report["skips"]}
    assert [path.name for path in files if str(path) not in places and path.name not in skipped] == []

    again = clean(tmp_path / "in", out)
    assert again.returncode == 0
    second = told(out)
    assert (second["clean"], second["skipped_by_reason"].get("unchanged", 0)) == (0, report["clean"])
    assert second["rejected_by_reason"] == report["rejected_by_reason"]


def test_the_same_seed_makes_the_same_inputs(tmp_path: Path) -> None:
    for name in ("one", "two"):
        malformed.write(tmp_path / name, 40, 3)
    one, two = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two"))
    assert one == two
    assert (
        len({path.name.split("-")[1].partition(".")[0] for path in (tmp_path / "one").iterdir()})
        > len(malformed.KINDS) // 2
    )

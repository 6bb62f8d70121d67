"""Two thousand absurd inputs: each ends in the account, none ends the run, none hangs.

`CLEANER_MALFORMED=2000` makes so many, `CLEANER_SEED` others.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import time
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


def clean(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    given = [str(source), "-o", str(out), "-f", "jsonl", "-j", "2", *(options or ("--timeout", "10"))]
    command = [sys.executable, "-m", "cleaner", *given]
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


LIMIT = 4.0


@pytest.mark.slow
def test_poison_costs_itself_and_not_its_neighbours(tmp_path: Path) -> None:
    """A line of 50 MB, 10^6 nested tags and a decompression bomb, with good documents before, between and behind."""
    source, out, good = tmp_path / "in", tmp_path / "out", b'{"text":"The council met on Monday."}\n'
    source.mkdir()
    (source / "a.jsonl").write_bytes(good + b'{"text":"' + b"long " * 10_000_000 + b'"}\n' + good)
    (source / "b.html").write_bytes(b"<html><body>" + b"<div>" * 1_000_000 + b"<p>deep")
    (source / "c.jsonl.gz").write_bytes(gzip.compress(good * 3 + b'{"text":"' + bytes(400_000_000), compresslevel=6))
    (source / "d.jsonl").write_bytes(good * 2)
    began = time.monotonic()
    done = clean(source, out, "--timeout", str(LIMIT))
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr[-3_000:]
    report = told(out)
    assert report["balanced"]
    assert report["clean"] == 7
    reasons = {reject["id"].partition("#")[0]: reject["reason"] for reject in rejects(out)}
    assert {name: reasons[name] for name in ("a.jsonl", "b.html")} == {"a.jsonl": "too_large", "b.html": "timeout"}
    assert reasons["c.jsonl.gz"] in {"bomb", "too_large"}
    began = time.monotonic()
    (source / "b.html").unlink()
    clean(source, tmp_path / "without", "--timeout", str(LIMIT))
    assert (
        took - (time.monotonic() - began) < LIMIT + 2
    )  # a second for the limit, one for a new worker on a busy machine


def test_the_same_seed_makes_the_same_inputs(tmp_path: Path) -> None:
    for name in ("one", "two"):
        malformed.write(tmp_path / name, 40, 3)
    one, two = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two"))
    assert one == two
    assert (
        len({path.name.split("-")[1].partition(".")[0] for path in (tmp_path / "one").iterdir()})
        > len(malformed.KINDS) // 2
    )

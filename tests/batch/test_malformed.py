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

from cleaner.batch.plan import make_plan
from cleaner.io.formats.json_lines import BOM
from cleaner.io.readers import SINGLE, SUFFIXES, Reading, Record, read
from tests.batch import malformed

COUNT = int(os.environ.get("CLEANER_MALFORMED", "150"))
SEED = int(os.environ.get("CLEANER_SEED", "1"))
OURS = {"crashed", "timeout", "worker_died", "memory"}
"""Reasons that would be a fault of this program."""


def clean(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    given = [
        str(source),
        "-o",
        str(out),
        "-f",
        "jsonl",
        "-j",
        "2",
        *(options or ("--timeout", "10")),
    ]
    command = [sys.executable, "-m", "cleaner", *given]
    return subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60 + COUNT,
        check=False,
    )


def told(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((out / ".clean" / "report.json").read_bytes())
    return found


def rejects(out: Path) -> list[dict[str, Any]]:
    return [
        orjson.loads(line)
        for line in (out / ".clean" / "rejects.jsonl").read_bytes().splitlines()
    ]


def check_to_the_last(path: Path, found: int, kept: list[bytes]) -> None:
    """Check that a file of one document made one, a file of lines one for each, and that what is kept is what was there."""
    data = path.read_bytes()
    if SUFFIXES.get(path.suffix) in SINGLE:
        assert found == 1, path.name
        assert kept in ([], [data]), path.name
    elif path.suffix in {".jsonl", ".ndjson"}:
        lines = [line for line in data.split(b"\n") if line.removeprefix(BOM).strip()]
        assert found == len(lines), path.name
        assert all(line.removesuffix(b"\n") in lines for line in kept), path.name


@pytest.mark.slow
def test_absurd_inputs_end_in_the_account(tmp_path: Path) -> None:
    files = malformed.write(tmp_path / "in", COUNT, SEED)
    out = tmp_path / "out"
    done = clean(tmp_path / "in", out)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "Traceback" not in done.stderr
    report = told(out)
    assert report["balanced"] is report["complete"] is True
    assert not OURS & set(report["rejected_by_reason"]), [
        each for each in rejects(out) if each["reason"] in OURS
    ]

    articles = [
        orjson.loads(line)
        for part in sorted(out.glob("part-*"))
        for line in part.read_bytes().splitlines()
    ]
    assert len(articles) == report["clean"]
    kept = [
        (reject, out / ".clean" / reject["kept"])
        for reject in rejects(out)
        if reject["kept"]
    ]
    assert len(rejects(out)) == report["rejected"]
    for reject, path in kept:
        data = path.read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (
            reject["bytes"],
            reject["sha256"],
        )

    places = Counter(article["source"]["path"] for article in articles)
    places.update(reject["source"] for reject in rejects(out))
    skipped = {entry["id"].partition("#")[0] for entry in report["skips"]}
    assert [
        path.name
        for path in files
        if str(path) not in places and path.name not in skipped
    ] == []
    for path in files:
        check_to_the_last(
            path,
            places[str(path)],
            [p.read_bytes() for r, p in kept if r["source"] == str(path)],
        )

    again = clean(tmp_path / "in", out)
    assert again.returncode == 0
    second = told(out)
    assert (second["clean"], second["skipped_by_reason"].get("unchanged", 0)) == (
        0,
        report["clean"],
    )
    assert second["rejected_by_reason"] == report["rejected_by_reason"]


LIMIT = 4.0


@pytest.mark.slow
def test_poison_costs_itself_and_not_its_neighbours(tmp_path: Path) -> None:
    """A line of 50 MB, 10^6 nested tags and a decompression bomb, with good documents before, between and behind."""
    source, out, good = (
        tmp_path / "in",
        tmp_path / "out",
        b'{"text":"The council met on Monday."}\n',
    )
    source.mkdir()
    (source / "a.jsonl").write_bytes(
        good + b'{"text":"' + b"long " * 10_000_000 + b'"}\n' + good,
    )
    (source / "b.html").write_bytes(b"<html><body>" + b"<div>" * 1_000_000 + b"<p>deep")
    (source / "c.jsonl.gz").write_bytes(
        gzip.compress(good * 3 + b'{"text":"' + bytes(100_000_000), compresslevel=6),
    )
    (source / "d.jsonl").write_bytes(good * 2)
    began = time.monotonic()
    done = clean(source, out, "--timeout", str(LIMIT))
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr[-3_000:]
    report = told(out)
    assert report["balanced"]
    reasons = {
        reject["id"].partition("#")[0]: reject["reason"] for reject in rejects(out)
    }
    assert reasons["a.jsonl"] == "too_large"
    # A fast machine reads the nested page in time, a slow one does not: it is clean or late, and nothing else.
    is_late = "b.html" in reasons
    assert reasons.get("b.html", "timeout") == "timeout"
    assert report["clean"] == (7 if is_late else 8)
    assert reasons["c.jsonl.gz"] in {"bomb", "too_large"}
    began = time.monotonic()
    (source / "b.html").write_bytes(
        b"<p>The council met on Monday.",
    )  # workers get ready for pages in both runs
    clean(source, tmp_path / "without", "--timeout", str(LIMIT))
    assert (
        took - (time.monotonic() - began) < LIMIT + 2
    )  # a second for the limit, one for a new worker on a busy machine


def documents(path: Path) -> list[Record]:
    return [
        record
        for place in make_plan([str(path)]).inputs
        for record in read(place, Reading())
    ]


@pytest.mark.parametrize("depth", (199, 200, 260, 500, 1_020, 100_000))
@pytest.mark.parametrize("field", ("author", "x"))
@pytest.mark.parametrize("inner", ('"A"', '"\\ud83d"'))
def test_a_record_that_is_nested_too_deep_costs_itself(
    tmp_path: Path,
    depth: int,
    field: str,
    inner: str,
) -> None:
    good, path = '{"text":"The council met on Monday."}', tmp_path / "a.jsonl"
    path.write_text(
        f'{good}\n{{"text":"x","{field}":{"[" * depth}{inner}{"]" * depth}}}\n{good}\n',
    )
    errors = [record.error and record.error.reason for record in documents(path)]
    assert errors == [None, None if depth < 200 else "malformed", None]
    if depth < 500:
        path.with_suffix(".json").write_text(
            "[" + path.read_text().strip().replace("\n", ",") + "]",
        )
        found = [
            record.error and record.error.reason
            for record in documents(path.with_suffix(".json"))
        ]
        assert found == errors


@pytest.mark.parametrize("line", (b'a","b\n', b'a","b\n1,x\n', b'1,"open\n', b"x,y\n"))
def test_a_table_of_open_quotes_is_read_in_time(tmp_path: Path, line: bytes) -> None:
    """Each line opens a quote that the next one closes and opens again: nobody may look for the end from every line."""
    path = tmp_path / "a.csv"
    seconds = []
    for count in (500, 4_000):
        path.write_bytes(b"id,text\n" + line * count)
        began = time.process_time()
        found = documents(path)
        seconds.append(time.process_time() - began)
        assert b"".join(record.raw for record in found) == line * count
    assert (
        seconds[1] < 24 * seconds[0] + 0.5
    )  # eight times as much; sixty-four if it were quadratic


def test_a_table_of_very_many_columns_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{'c,' * 30_000}text\n{',' * 30_000}The council met.\n")
    began = time.process_time()
    (record,) = documents(path)
    assert record.source.data == "The council met."
    assert (
        time.process_time() - began < 10
    )  # minutes where each name is compared with all before


FOOTERS = """
import io, sys
from pathlib import Path
from cleaner.batch.plan import make_plan
from cleaner.io.readers import Reading, read
import pyarrow as pa
from pyarrow import parquet as pq

path, file = Path(sys.argv[1]), io.BytesIO()
pq.write_table(pa.table({"text": ["The council met."], "tags": [["a", "b"]]}), file)
data = file.getvalue()
begin = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
for at in range(begin, len(data)):
    for bit in (1, 4, 32):
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1:])
        for place in make_plan([str(path)]).inputs:
            for record in read(place, Reading()):
                assert record.error is None or record.error.reason in ("corrupt", "truncated", "malformed", "bomb"), record.error
print("whole")
"""


def test_no_bit_of_a_parquet_footer_ends_the_process(tmp_path: Path) -> None:
    """C++ that throws where nobody catches takes the process with it."""
    pytest.importorskip("pyarrow")
    command = [sys.executable, "-c", FOOTERS, str(tmp_path / "a.parquet")]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "whole\n", done.stderr[-1_000:]


def test_a_value_that_python_cannot_say_costs_no_row(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    far = pa.array([0, 2**62 + 1], pa.int64())
    kinds = {
        "ns": pa.timestamp("ns"),
        "us": pa.timestamp("us"),
        "zone": pa.timestamp("us", "Moon/Base"),
        "long": pa.duration("s"),
    }
    latin = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xfcb")],
    )
    columns = {name: far.cast(kind) for name, kind in kinds.items()}
    pq.write_table(
        pa.table({"text": ["One.", "Two."], "note": latin, **columns}),
        tmp_path / "a.parquet",
    )
    one, two = documents(tmp_path / "a.parquet")
    assert one.error is two.error is None
    assert one.source.extra["ns"] == "1970-01-01T00:00:00"
    assert two.source.extra["ns"] == "2116-02-20T23:53:38.427387"
    assert (
        two.source.extra["us"]
        == two.source.extra["zone"]
        == two.source.extra["long"]
        == 2**62 + 1
    )
    assert two.source.extra["note"] == "\\xfcb"


@pytest.mark.slow
def test_a_bomb_in_an_archive_does_not_fill_the_disk(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    page = b"<html><body><p>The council met on Monday.</p></body></html>"

    def member(body: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        return gzip.compress(head.encode() + body + b"\r\n\r\n")

    (tmp_path / "in").mkdir()
    bomb = member(b"<html>" + bytes(200_000_000))
    (tmp_path / "in" / "a.warc.gz").write_bytes(member(page) + bomb + member(page))
    clean(tmp_path / "in", tmp_path / "out")
    (reject,) = rejects(tmp_path / "out")
    assert told(tmp_path / "out")["clean"] == 2
    assert reject["bytes"] < 70_000_000
    assert "decompression bomb" in reject["message"]


def test_the_same_seed_makes_the_same_inputs(tmp_path: Path) -> None:
    for name in ("one", "two"):
        malformed.write(tmp_path / name, 40, 3)
    one, two = (
        [path.read_bytes() for path in sorted((tmp_path / name).iterdir())]
        for name in ("one", "two")
    )
    assert one == two
    assert (
        len(
            {
                path.name.split("-")[1].partition(".")[0]
                for path in (tmp_path / "one").iterdir()
            },
        )
        > len(malformed.KINDS) // 2
    )

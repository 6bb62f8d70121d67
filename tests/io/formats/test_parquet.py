"""Parquet: rows by number, what JSON can say of them, and damage that costs a row group."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import random
import sys
from typing import TYPE_CHECKING

import orjson
import pytest

from cleaner.io.readers import Input, Reading, Record, read

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def packed(columns: dict[str, object], **options: object) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, **options)
    return stream.getvalue()


def records(folder: Path, data: bytes, reading: Reading | None = None) -> list[Record]:
    path = folder / "t.parquet"
    path.write_bytes(data)
    return list(
        read(
            Input(id=path.name, path=path, format="parquet", stem="t"),
            reading or Reading(),
        )
    )


def reasons(found: list[Record]) -> list[str | None]:
    return [record.error.reason if record.error else None for record in found]


def test_rows_are_records_with_what_json_can_say(tmp_path: Path) -> None:
    data = packed(
        {
            "id": [1, 2],
            "text": ["a", "b\n"],
            "date": [dt.date(2024, 5, 17), None],
            "price": [decimal.Decimal("1.50")] * 2,
            "score": [float("nan"), 0.5],
            "tags": [["x"], []],
            "blob": [b"\xff", b"b"],
        }
    )
    first, second = records(tmp_path, data)
    assert (first.source.id, first.source.data, second.source.data) == ("1", "a", "b\n")
    assert (first.number, second.number) == (1, 2)
    assert first.source.facts == {"published": "2024-05-17", "tags": ["x"]}
    assert first.source.extra == {"price": "1.50", "score": None, "blob": "\\xff"}
    assert orjson.loads(second.raw) == {
        "id": 2, "text": "b\n", "date": None, "price": "1.50", "score": 0.5, "tags": [], "blob": "b",
    }  # fmt: skip


def test_an_article_in_bytes_stays_bytes(tmp_path: Path) -> None:
    (record,) = records(tmp_path, packed({"html": [b"<p>caf\xe9</p>"]}))
    assert (record.source.data, record.source.media_type) == (
        b"<p>caf\xe9</p>",
        "text/html",
    )


def test_a_row_without_a_text_costs_itself(tmp_path: Path) -> None:
    assert reasons(records(tmp_path, packed({"text": ["a", None, "c"]}))) == [
        None,
        "malformed",
        None,
    ]


def test_a_table_without_a_column_for_the_text_is_one_error(tmp_path: Path) -> None:
    (record,) = records(tmp_path, packed({"key": ["a", "b"], "words": ["a", "b"]}))
    assert record.error is not None
    assert "key, words" in str(record.error)


def test_a_row_over_the_limit_costs_itself(tmp_path: Path) -> None:
    data = packed({"text": ["a", "x" * 2_000, "c"]})
    assert reasons(records(tmp_path, data, Reading(max_bytes=1_000))) == [
        None,
        "too_large",
        None,
    ]


def test_a_damaged_row_group_costs_its_rows(tmp_path: Path) -> None:
    source = random.Random(7)  # noqa: S311 - a fixed choice
    texts = [source.randbytes(20).hex() for _ in range(300)]
    data = bytearray(
        packed(
            {"text": texts},
            row_group_size=100,
            compression="gzip",
            use_dictionary=False,
        )
    )
    group = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(0)
    middle = group.data_page_offset + group.total_compressed_size // 2
    data[middle : middle + 40] = bytes(40)
    found = records(tmp_path, bytes(data))
    assert [record.source.data for record in found if not record.error] == texts[
        :100
    ] + texts[200:]
    (lost,) = [record for record in found if record.error]
    assert (lost.number, reasons([lost])) == (101, ["corrupt"])
    assert "rows 101 to 200 are lost" in str(lost.error)
    assert [record.number for record in found][-1] == 300


@pytest.mark.parametrize(
    ("data", "reason"),
    (
        (b"", "corrupt"),
        (b"PAR1" + b"x" * 40 + b"PAR1", "corrupt"),
        (b"PAR1 and then nothing", "truncated"),
    ),
)
def test_what_is_no_whole_file_is_one_error(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    assert reasons(records(tmp_path, data)) == [reason]
    assert reasons(records(tmp_path, packed({"text": ["a"]})[:-4])) == ["truncated"]


def test_a_bomb_is_never_unfolded(tmp_path: Path) -> None:
    data = packed(
        {"text": ["x" * 70_000_000]}, compression="gzip", use_dictionary=False
    )
    assert reasons(records(tmp_path, data)) == ["bomb"]


def test_a_pipe_is_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(packed({"text": ["a"]}))))
    (record,) = read(
        Input(id="stdin", path=None, format="parquet", stem="stdin"), Reading()
    )
    assert record.error is not None
    assert (record.error.reason, "not from a pipe" in str(record.error)) == (
        "unreadable",
        True,
    )


def test_without_its_package_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (record,) = records(tmp_path, b"PAR1")
    assert "article-cleaner[arrow]" in str(record.error)

"""Compressed inputs: records before damage, and one error for it."""

from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner.io.readers import Input, Reading, Record, read, read_all

if TYPE_CHECKING:
    from pathlib import Path

LINES = b"".join(b'{"text":"line %d"}\n' % number for number in range(5_000))
ARCHIVE = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>a\r\n\r\n"


def records(
    folder: Path, data: bytes, name: str, form: str, reading: Reading | None = None
) -> list[Record]:
    path = folder / name
    path.write_bytes(data)
    place = Input(id=name, path=path, format=form, stem=path.stem, compression="gzip")
    return list(read_all(place, reading or Reading()))


def from_stdin(
    monkeypatch: pytest.MonkeyPatch, data: bytes, *, pipe: bool, form: str = "auto"
) -> list[Record]:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not pipe

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(data)))
    return list(
        read(Input(id="stdin", path=None, format=form, stem="stdin"), Reading())
    )


def reasons(found: list[Record]) -> list[str | None]:
    return [record.error.reason if record.error else None for record in found]


@pytest.mark.parametrize(
    ("name", "form", "data", "expected"),
    (
        ("a.txt.gz", "text", b"A story.", [b"A story."]),
        ("a.md.gz", "markdown", b"---\ntitle: T\n---\nA story.", [b"A story."]),
        ("a.json.gz", "json", b'[{"text":"a"},{"text":"b"}]', ["a", "b"]),
        ("a.jsonl.gz", "jsonl", b'{"text":"a"}\n{"text":"b"}\n', ["a", "b"]),
        ("a.csv.gz", "csv", b'id,text\n1,"a\nb"\n2,c\n', ["a\nb", "c"]),
        ("a.xhtml.gz", "html", b"<p>a", [b"<p>a"]),
    ),
)
def test_any_format_may_be_compressed(
    tmp_path: Path, name: str, form: str, data: bytes, expected: list[object]
) -> None:
    found = records(tmp_path, gzip.compress(data), name, form)
    assert [record.source.data for record in found] == expected
    if name == "a.xhtml.gz":
        assert found[0].source.media_type == "application/xhtml+xml"


def test_records_before_the_end_of_a_cut_file_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(LINES)
    *whole, cut = records(tmp_path, packed[: len(packed) // 2], "day.jsonl.gz", "jsonl")
    assert len(whole) > 1_000
    assert set(reasons(whole)) == {None}
    assert cut.error is not None
    assert (cut.error.reason, cut.number, cut.source.id) == (
        "truncated", len(whole) + 1, f"day.jsonl.gz#{len(whole) + 1}",
    )  # fmt: skip
    assert LINES[cut.offset :].startswith(cut.raw)
    assert f"{len(whole):,} whole records" in str(cut.error)


def test_damage_between_two_lines_is_an_error_of_its_own(tmp_path: Path) -> None:
    *whole, cut = records(
        tmp_path, gzip.compress(LINES) + b"rubbish", "day.jsonl.gz", "jsonl"
    )
    assert reasons(whole) == [None] * 5_000
    assert cut.error is not None
    assert (cut.error.reason, cut.number, cut.offset, cut.raw) == (
        "corrupt",
        None,
        len(LINES),
        b"",
    )


@pytest.mark.parametrize(
    ("form", "data"),
    (
        ("text", b"A story. " * 9),
        ("html", b"<p>A story." * 9),
        ("json", b'[{"text":"a"},{"text":"b"}]'),
        ("json", b'{"text":"a"}'),
    ),
)
def test_half_a_document_is_no_document(tmp_path: Path, form: str, data: bytes) -> None:
    found = records(tmp_path, gzip.compress(data)[:-9], f"a.{form}.gz", form)
    assert reasons(found) == ["truncated"]


def test_a_row_that_is_cut_is_no_row(tmp_path: Path) -> None:
    rows = b"id,text\n" + b"".join(
        b'%d,"text %d,\nand more"\n' % (number, number) for number in range(2_000)
    )
    packed = gzip.compress(rows)
    *whole, cut = records(tmp_path, packed[: len(packed) // 2], "t.csv.gz", "csv")
    assert [record.source.data for record in whole] == [
        f"text {n},\nand more" for n in range(len(whole))
    ]
    assert reasons([cut]) == ["truncated"]


def test_the_limit_is_that_of_what_comes_out(tmp_path: Path) -> None:
    for size, reason in ((1_000, None), (1_001, "too_large")):
        found = records(
            tmp_path,
            gzip.compress(b"x" * size),
            "a.txt.gz",
            "text",
            Reading(max_bytes=1_000),
        )
        assert reasons(found) == [reason]


def test_a_bomb_costs_the_rest_of_its_file(tmp_path: Path) -> None:
    found = reasons(
        records(
            tmp_path, gzip.compress(LINES + bytes(90_000_000)), "day.jsonl.gz", "jsonl"
        )
    )
    assert found == [None] * 5_000 + ["too_large", "bomb"]
    assert reasons(
        records(tmp_path, gzip.compress(bytes(90_000_000)), "a.txt.gz", "text")
    ) == ["too_large"]


@pytest.mark.parametrize("pipe", (False, True))
@pytest.mark.parametrize(
    ("data", "form", "expected"),
    (
        (gzip.compress(b'{"text":"a"}\n{"text":"b"}\n', mtime=0), "auto", ["a", "b"]),
        (gzip.compress(b'{"text":"a"}\n{"text":"b"}\n', mtime=0), "jsonl", ["a", "b"]),
        (gzip.compress(b"A story.", mtime=0), "auto", [b"A story."]),
        (gzip.compress(ARCHIVE, mtime=0) * 2, "auto", [b"<p>a", b"<p>a"]),
        (gzip.compress(ARCHIVE, mtime=0) * 2, "warc", [b"<p>a", b"<p>a"]),
        (b"By our staff.", "auto", [b"By our staff."]),
        (b"B", "auto", [b"B"]),
        (b"", "text", [b""]),
    ),
)
def test_standard_input_is_recognised(
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
    form: str,
    expected: list[object],
    *,
    pipe: bool,
) -> None:
    if data[:1] == b"\x1f" and expected[0] == b"<p>a":
        pytest.importorskip("fastwarc")
    found = from_stdin(monkeypatch, data, pipe=pipe, form=form)
    assert [record.source.data for record in found] == expected

"""Tables as records: columns are fields, rows have numbers, and a bad row costs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.io.readers import Input, Reading, Record, read
from cleaner.io.records import Fields

if TYPE_CHECKING:
    from pathlib import Path


def records(
    folder: Path, data: bytes, form: str = "csv", reading: Reading | None = None
) -> list[Record]:
    path = folder / f"t.{form}"
    path.write_bytes(data)
    return list(
        read(
            Input(id=path.name, path=path, format=form, stem="t"), reading or Reading()
        )
    )


def texts(found: list[Record]) -> list[object]:
    return [
        record.error.reason if record.error else record.source.data for record in found
    ]


def test_columns_are_found_by_the_usual_names_and_others_pass_through(
    tmp_path: Path,
) -> None:
    data = b'id,headline,url,mood,content\n7,"A, b",https://a.example,grey,"Line one.\nLine two."\n'
    (record,) = records(tmp_path, data)
    source = record.source
    assert (source.id, source.data, source.url) == (
        "7",
        "Line one.\nLine two.",
        "https://a.example",
    )
    assert (source.facts, source.extra) == ({"title": "A, b"}, {"mood": "grey"})
    assert (record.number, record.offset, record.raw) == (1, 29, data[29:])


def test_columns_may_be_named(tmp_path: Path) -> None:
    fields = Fields(text="words", id="key", url="link")
    (record,) = records(
        tmp_path, b"key,link,words,text\na,u,W,T\n", reading=Reading(fields=fields)
    )
    assert (record.source.id, record.source.url, record.source.data) == ("a", "u", "W")
    assert record.source.extra == {"text": "T"}


def test_a_row_without_an_id_is_called_by_its_number(tmp_path: Path) -> None:
    found = records(tmp_path, b"text\ta\nx\t1\ny\t2\n", "tsv")
    assert [record.source.id for record in found] == ["t.tsv#1", "t.tsv#2"]


def test_html_in_a_column_is_a_page(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b'id,html\n1,"<p class=""a"">One."\n')
    assert (record.source.media_type, record.source.data) == (
        "text/html",
        '<p class="a">One.',
    )


def test_a_table_without_a_column_for_the_text_is_one_error(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b"1,A story.\n2,Another.\n3,A third.\n")
    assert record.error is not None
    assert "the first row must name the columns, and has 1, A story." in str(
        record.error
    )
    assert "--text-field" in str(record.error)


def test_rows_are_decoded_each_for_itself(tmp_path: Path) -> None:
    text = "Der Bürgermeister hat die Brücke für den Verkehr öffnen lassen, größer als die alte."
    data = (
        b"id,text\n1,"
        + text.replace(",", "").encode("cp1252")
        + b"\n2,"
        + text.replace(",", "").encode()
        + b"\n"
    )
    found = records(tmp_path, data)
    assert texts(found) == [text.replace(",", "")] * 2


def test_a_row_that_fits_no_encoding_costs_itself(tmp_path: Path) -> None:
    found = records(
        tmp_path, b"id,text\n1,a\n2,\x00\x81\xfe\x00\x8d\xff\x01\x02\xc3\x28\n3,c\n"
    )
    assert found[1].error is not None
    assert (found[1].error.reason in {"binary", "undecodable"}, found[1].offset) == (
        True,
        12,
    )
    assert str(found[1].error).startswith("row 2, at byte 12: ")
    assert texts([found[0], found[2]]) == ["a", "c"]


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b"text,text,note,note\na,b,c,d\n")
    assert (record.source.data, record.source.extra) == (
        "a",
        {"text.2": "b", "note": "c", "note.2": "d"},
    )


@pytest.mark.parametrize("data", (b"", b"text,id\n", b"\n"))
def test_a_table_without_rows_gives_none(tmp_path: Path, data: bytes) -> None:
    assert records(tmp_path, data) == []


def test_a_row_over_the_limit_is_one_reject(tmp_path: Path) -> None:
    data = b'id,text\n1,a\n2,"' + b"line\n" * 500 + b'"\n3,c\n'
    assert texts(records(tmp_path, data, reading=Reading(max_bytes=1_000))) == [
        "a",
        "too_large",
        "c",
    ]


def test_utf_16_says_what_to_do(tmp_path: Path) -> None:
    (record,) = records(tmp_path, "id,text\n1,a\n".encode("utf-16"))
    assert record.error is not None
    assert (record.error.reason, "convert it to UTF-8" in str(record.error)) == (
        "undecodable",
        True,
    )

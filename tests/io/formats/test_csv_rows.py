"""Rows of CSV: a bad one costs itself, and a quote that is not closed does not eat the file."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import SourceError
from cleaner.io.formats.csv_rows import DELIMITERS, Row, Table


def rows(data: bytes, limit: int = 1_000, delimiter: bytes | None = None) -> list[Row]:
    found = []
    for row in Table(io.BytesIO(data), limit, delimiter):
        assert row.chunks is None or row.error is not None
        found.append(
            row
            if row.chunks is None
            else row._replace(raw=b"".join(row.chunks), chunks=None)
        )
    return found


def outcome(found: list[Row]) -> list[object]:
    return [row.error.reason if row.error else row.cells for row in found]


def test_fields_in_quotes_hold_anything() -> None:
    data = b'id,text\r\n1,"a, ""b"""\r\n2,"line\nline\r\n"\r\n"3",""\n4,"""",\n5,"x"'
    assert outcome(rows(data)) == [
        (b"1", b'a, "b"'), (b"2", b"line\nline\r\n"), (b"3", b""), "malformed", (b"5", b"x"),
    ]  # fmt: skip


def test_numbers_and_offsets_are_those_of_rows() -> None:
    found = rows(b"\xef\xbb\xbf\n a,b\n1,2\n\n3,4\r\n")
    assert [(row.number, row.offset, row.raw) for row in found] == [
        (1, 9, b"1,2\n"),
        (2, 14, b"3,4\r\n"),
    ]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_told_from_the_header(delimiter: bytes) -> None:
    data = (
        delimiter.join((b"id", b'"a,b;c,d;e"', b"text"))
        + b"\n"
        + delimiter.join((b"1", b"2", b"3"))
    )
    assert outcome(rows(data)) == [(b"1", b"2", b"3")]


def test_a_quote_inside_a_field_without_quotes_is_a_quote() -> None:
    assert outcome(rows(b'id,text\n1,5" disk and "more"\n')) == [
        (b"1", b'5" disk and "more"')
    ]


@pytest.mark.parametrize("data", (b"", b"\n\n", b"\xef\xbb\xbf"))
def test_nothing_is_no_table(data: bytes) -> None:
    table = Table(io.BytesIO(data), 100)
    assert (table.columns, list(table)) == ((), [])


@pytest.mark.parametrize(
    "data", (b'"id', b'"id"x,text\n1,2\n', b"\xff\xfea\x00", b"x" * 2_000)
)
def test_a_header_that_cannot_be_read_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError):
        Table(io.BytesIO(data), 1_000)


@pytest.mark.parametrize(
    ("before", "is_row"),
    ((b"1,one\n", True), (b"1,one\n2,two\n", True), (b"1,a\n2,b\n3,c\n", False)),
)
def test_three_rows_say_what_rows_look_like(before: bytes, *, is_row: bool) -> None:
    found = outcome(rows(b"id,text\n" + before + b'x,"open\nA7,seven\n8,eight\n'))
    after = found[before.count(b"\n") :]
    seven = [(b"A7", b"seven")] if is_row else []
    assert after == ["malformed", *seven, (b"8", b"eight")]


GOOD = b"".join(
    b'%d,T%d,"Text %d, and more"\n' % (number, number, number) for number in range(5)
)


@pytest.mark.parametrize(
    ("bad", "taken"),
    (
        (b"5,T\n", b"5,T\n"),
        (b"5,T,a,b\n", b"5,T,a,b\n"),
        (b'5,T,"never closed\n', b'5,T,"never closed\n'),
        (b'5,"never closed, Text\n', b'5,"never closed, Text\n'),
        (
            b'5,T,"He said "hi" to me.\nThen, he, left."\n',
            b'5,T,"He said "hi" to me.\nThen, he, left."\n',
        ),
        (b'5,T,"a "b" c"\n', b'5,T,"a "b" c"\n'),
    ),
)
def test_the_next_rows_survive_a_bad_one(bad: bytes, taken: bytes) -> None:
    after = b'6,T6,plain\n7,T7,"Text 7, and\nmore"\n8,T8,x\n'
    found = rows(b"id,title,text\n" + GOOD + bad + after)
    assert outcome(found[:5]) == [
        (b"%d" % n, b"T%d" % n, b"Text %d, and more" % n) for n in range(5)
    ]
    assert outcome(found[5:]) == [
        "malformed", (b"6", b"T6", b"plain"), (b"7", b"T7", b"Text 7, and\nmore"), (b"8", b"T8", b"x"),
    ]  # fmt: skip
    assert found[5].raw == taken
    assert f"row 6, at byte {found[5].offset:,}" in str(found[5].error)


def test_where_all_is_in_quotes_prose_is_no_row() -> None:
    good = b"".join(b'"a%d","text"\n' % number for number in range(4))
    found = rows(
        b'"id","text"\n'
        + good
        + b'"a5","He said "hi".\nThen, he left.\nSo, did I."\n"a6","b"\n'
    )
    assert outcome(found[4:]) == ["malformed", (b"a6", b"b")]


def test_a_bad_row_at_the_end_is_told() -> None:
    assert outcome(rows(b'id,text\n1,a\n2,"b')) == [(b"1", b"a"), "malformed"]


def test_a_field_over_the_limit_is_given_up_in_pieces() -> None:
    long = b'1,"' + b"line of text\n" * 10_000 + b'"\n'
    data = b"id,text\n" + long + b"2,b\n"
    first, second = rows(data)
    assert first.error is not None
    assert (
        first.error.reason,
        "or a quote in it is not closed" in str(first.error),
    ) == ("too_large", True)
    assert (first.raw == long, second.cells) == (True, (b"2", b"b"))
    assert [row.number for row in Table(io.BytesIO(data), 1_000)] == [
        1,
        2,
    ]  # whoever leaves the pieces misses nothing else


def test_a_line_over_the_limit_is_given_up() -> None:
    long = b"1," + b"x" * 200_000 + b"\n"
    found = rows(b"id,text\n" + long + b'2,b\n3,"' + b"y" * 5_000 + b'"\n4,d\n')
    assert outcome(found) == ["too_large", (b"2", b"b"), "too_large", (b"4", b"d")]
    assert found[0].raw == long


CELLS = st.lists(
    st.lists(st.text("ab ,\"\n'é1", max_size=6), min_size=3, max_size=3), max_size=6
)


@given(
    CELLS, st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)), st.sampled_from(",;\t|")
)
def test_what_the_standard_library_writes_is_read(
    table: list[list[str]], quoting: int, delimiter: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, delimiter=delimiter)  # type: ignore[arg-type]
    writer.writerows([["id", "title", "text"], *table])
    found = rows(text.getvalue().encode(), delimiter=delimiter.encode())
    assert outcome(found) == [tuple(cell.encode() for cell in row) for row in table]


@given(st.text('ab,"\n', max_size=60), st.integers(4, 20))
def test_every_byte_is_accounted_for(body: str, limit: int) -> None:
    data = b"a,b\n" + body.encode()
    seen = 4
    for row in rows(data, limit):
        assert data[seen : row.offset].strip() == b""
        assert data[row.offset :].startswith(row.raw)
        seen = row.offset + len(row.raw)
    assert data[seen:].strip() == b""

"""Reading files: every document once, and a bad one costs only itself."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.io.formats import json_lines
from cleaner.io.readers import Input, Reading, Record, read


def place(path: Path | None, form: str) -> Input:
    name = path.name if path else "stdin"
    return Input(id=name, path=path, format=form, stem=Path(name).stem)


def records(
    folder: Path, data: bytes, form: str, reading: Reading | None = None
) -> list[Record]:
    path = folder / "in.x"
    path.write_bytes(data)
    found = []
    for record in read(place(path, form), reading or Reading()):
        if record.chunks is not None:
            assert record.error is not None
        found.append(record)
    return found


def texts(found: list[Record]) -> list[object]:
    return [
        record.error.reason if record.error else record.source.data for record in found
    ]


def from_stdin(
    monkeypatch: pytest.MonkeyPatch, data: bytes, form: str = "auto"
) -> list[Record]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    return list(read(place(None, form), Reading()))


def test_a_text_file_is_one_document_byte_for_byte(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b"\xef\xbb\xbfcaf\xe9\r\n\x00", "text")
    assert record.source.data == record.raw == b"\xef\xbb\xbfcaf\xe9\r\n\x00"
    assert (record.source.id, record.source.origin) == ("in.x", str(tmp_path / "in.x"))


PAGE = b"<!doctype html>\n<html><body><p>A story.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "media_type"),
    (
        ("a.html", "text/html"),
        ("a.htm", "text/html"),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.XHTML", "application/xhtml+xml"),
    ),
)
def test_a_page_is_one_document_byte_for_byte(
    tmp_path: Path, name: str, media_type: str
) -> None:
    data = b"\xef\xbb\xbf<p>caf\xe9\r\n\x00"
    (tmp_path / name).write_bytes(data)
    (record,) = read(place(tmp_path / name, "html"), Reading(url="https://a.example/1"))
    assert record.source.data == record.raw == data
    assert (record.source.media_type, record.source.url) == (
        media_type,
        "https://a.example/1",
    )
    assert (record.source.id, record.number) == (name, None)


@pytest.mark.parametrize(
    ("form", "data", "sniff", "media_type"),
    (
        ("text", PAGE, True, "text/html"),
        ("text", PAGE, False, "text/plain"),
        ("text", b"<p>One.</p><p>Two.</p>", True, "text/plain"),
        ("text", b"The <html> element.", True, "text/plain"),
        ("markdown", PAGE, True, "text/markdown"),
        ("auto", PAGE, True, "text/html"),
        ("html", b"A story.", True, "text/html"),
    ),
)
def test_a_page_that_is_called_text_is_a_page(
    tmp_path: Path, form: str, data: bytes, *, sniff: bool, media_type: str
) -> None:
    (record,) = records(tmp_path, data, form, Reading(sniff=sniff))
    assert (record.source.media_type, record.source.data) == (media_type, data)


def test_a_page_over_the_limit_is_a_reject(tmp_path: Path) -> None:
    assert texts(records(tmp_path, PAGE, "html", Reading(max_bytes=20))) == [
        "too_large"
    ]


def test_an_empty_text_file_is_a_document(tmp_path: Path) -> None:
    assert texts(records(tmp_path, b"", "text")) == [b""]


def test_markdown_brings_its_facts_and_its_body(tmp_path: Path) -> None:
    (record,) = records(
        tmp_path, b"---\ntitle: T\nid: story-4\nmood: grey\n---\nBody", "markdown"
    )
    assert (record.source.id, record.source.data) == ("story-4", b"Body")
    assert record.source.media_type == "text/markdown"
    assert (record.source.facts, record.source.extra) == (
        {"title": "T"},
        {"mood": "grey"},
    )
    assert record.raw.startswith(b"---\ntitle")


def test_broken_front_matter_is_a_reject_with_the_whole_file(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b"---\na: [\n---\nBody", "markdown")
    assert record.error is not None
    assert record.raw == b"---\na: [\n---\nBody"


def test_each_line_of_json_lines_is_a_document_with_its_place(tmp_path: Path) -> None:
    found = records(
        tmp_path, b'{"text":"a"}\r\n\n{"text":"b","id":"x"}\n{"text":"c"}', "jsonl"
    )
    assert texts(found) == ["a", "b", "c"]
    assert [record.source.id for record in found] == ["in.x#1", "x", "in.x#4"]
    assert [(record.number, record.offset) for record in found] == [
        (1, 0),
        (3, 15),
        (4, 37),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    (
        (b'{"text": "a"', "malformed"),
        (b"nonsense", "malformed"),
        (b'["a"]', "malformed"),
        (b"17", "malformed"),
        (b'{"text": "\xff"}', "undecodable"),
        (b'{"text": NaN, "title": "\\ud800"}', "malformed"),
        (b'{"text": "a"} {"text": "b"}', "malformed"),
        (b"\x00\x00\x00", "malformed"),
        (b"[" * 100_000, "malformed"),
    ),
    ids=lambda value: ascii(value)[:30],
)
def test_a_bad_line_costs_one_record(tmp_path: Path, line: bytes, reason: str) -> None:
    found = records(
        tmp_path, b'{"text":"before"}\n' + line + b'\n{"text":"after"}\n', "jsonl"
    )
    assert texts(found) == ["before", reason, "after"]
    assert found[1].raw.rstrip(b"\n") == line
    assert found[1].offset == 18


@pytest.mark.parametrize(("data", "form"), ((b"%s", "jsonl"), (b"[%s]", "json")))
def test_half_a_character_is_left_to_the_repair_of_texts(
    tmp_path: Path, data: bytes, form: str
) -> None:
    line = b'{"id":"\\ud83d","text":"a \\ud83d","title":"b \\ud83d","more":{"\\ude00":["\\ud83d\\ude00"]}}'
    (record,) = records(tmp_path, data % line, form)
    assert (record.source.id, record.source.data) == ("\ufffd", "a \ud83d")
    assert (record.source.facts, record.source.extra) == (
        {"title": "b \ufffd"},
        {"more": {"\ufffd": ["😀"]}},
    )


def test_a_byte_order_mark_is_not_part_of_the_first_record(tmp_path: Path) -> None:
    for form in ("jsonl", "json", "auto"):
        assert texts(records(tmp_path, b'\xef\xbb\xbf{"text":"a"}\n', form)) == ["a"]


def test_a_line_over_the_limit_is_one_reject_and_is_not_held_in_memory(
    tmp_path: Path,
) -> None:
    long = b'{"text":"' + b"x" * 1_000_000 + b'"}\n'
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"text":"a"}\n' + long + b'{"text":"b"}\n')
    seen: list[object] = []
    for record in read(place(path, "jsonl"), Reading(max_bytes=1_000)):
        if record.chunks is None:
            seen.append((record.source.data, record.offset))
        else:
            chunks = list(record.chunks)
            assert max(map(len, chunks)) <= 1 << 16
            assert b"".join(chunks) == long
            assert record.error is not None
            seen.append((record.error.reason, record.offset))
    assert seen == [("a", 0), ("too_large", 13), ("b", 13 + len(long))]


def test_a_line_over_the_limit_may_be_left_unread(tmp_path: Path) -> None:
    data = b"x" * 200_000 + b'\n{"text":"b"}\n'
    assert texts(records(tmp_path, data, "jsonl", Reading(max_bytes=1_000))) == [
        "too_large",
        "b",
    ]


@pytest.mark.parametrize(("size", "reason"), ((1_000, None), (1_001, "too_large")))
@pytest.mark.parametrize("form", ("text", "markdown"))
def test_the_limit_is_the_largest_size_that_is_read(
    tmp_path: Path, size: int, reason: str | None, form: str
) -> None:
    (record,) = records(tmp_path, b"x" * size, form, Reading(max_bytes=1_000))
    assert (record.error.reason if record.error else None) == reason


def test_the_limit_counts_a_line_without_its_end(tmp_path: Path) -> None:
    line = b'{"text":"' + b"x" * 89 + b'"}'
    assert len(line) == 100
    assert texts(records(tmp_path, line + b"\n", "jsonl", Reading(max_bytes=100))) == [
        "x" * 89
    ]
    assert texts(records(tmp_path, line + b"\n", "jsonl", Reading(max_bytes=99))) == [
        "too_large"
    ]


def test_json_is_one_record_or_a_list_of_them(tmp_path: Path) -> None:
    assert texts(records(tmp_path, b'{\n  "text": "a"\n}\n', "json")) == ["a"]
    found = records(tmp_path, b'[\n{"text":"a"},\n7,\n{"text":"b"}]', "json")
    assert texts(found) == ["a", "malformed", "b"]
    assert [record.number for record in found] == [1, 2, 3]


def test_json_lines_that_are_called_json_are_read_as_lines(tmp_path: Path) -> None:
    assert texts(
        records(tmp_path, b'{"text":"a"}\n{"text":"b"\n{"text":"c"}', "json")
    ) == ["a", "malformed", "c"]


def test_json_that_is_too_large_as_one_value_says_what_to_do(tmp_path: Path) -> None:
    (record,) = records(
        tmp_path, b"[" + b'{"text":"a"},' * 100 + b"]", "json", Reading(max_bytes=1_000)
    )
    assert "as JSON lines" in str(record.error)
    assert record.chunks is not None


@pytest.mark.parametrize("data", (b"", b"[]", b"\n \n"))
def test_a_file_of_no_records_gives_none(tmp_path: Path, data: bytes) -> None:
    assert records(tmp_path, data, "jsonl" if data != b"[]" else "json") == []


def test_broken_json_is_one_reject_with_all_its_bytes(tmp_path: Path) -> None:
    (record,) = records(tmp_path, b'{\n "text": "a"\n', "json")
    assert record.error is not None
    assert (record.error.reason, record.raw) == ("malformed", b'{\n "text": "a"\n')


def test_a_file_that_is_gone_or_forbidden_is_a_reject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (record,) = read(place(tmp_path / "gone.txt", "text"), Reading())
    assert record.error is not None
    assert record.error.reason == "unreadable"
    (tmp_path / "a.txt").write_text("x")

    def forbid(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    (record,) = read(place(tmp_path / "a.txt", "text"), Reading())
    assert str(record.error) == "cannot be read: Permission denied"


def test_a_folder_in_the_place_of_a_file_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    (record,) = read(place(tmp_path / "x.txt", "text"), Reading())
    assert record.error is not None
    assert record.error.reason == "unreadable"


def test_the_url_option_fills_in_where_the_record_has_none(tmp_path: Path) -> None:
    reading = Reading(url="https://a.example/given")
    found = records(
        tmp_path,
        b'{"text":"a"}\n{"text":"b","url":"https://b.example"}\n',
        "jsonl",
        reading,
    )
    assert [record.source.url for record in found] == [
        "https://a.example/given",
        "https://b.example",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    (
        (b"A story.\nIn two lines.", [b"A story.\nIn two lines."]),
        (b"[Updated] A story.", [b"[Updated] A story."]),
        (b"{sic} A story.", [b"{sic} A story."]),
        (b'{"text":"a"}\n{"text":"b"}\n', ["a", "b"]),
        (b'\n\n{"text":"a"}\n', ["a"]),
        (b'{"text":"a\n{"text":"b"}\n', ["malformed", "b"]),
        (b'{\n "text": "a"\n}', ["a"]),
        (b'[\n{"text": "a"}\n]', ["a"]),
        (b'[{"text": "a"}, {"text": "b"}]', ["a", "b"]),
        (b'{"text":"' + b"x" * 100_000 + b'"}\n{"text":"b"}', ["x" * 100_000, "b"]),
        (b"", []),
    ),
    ids=lambda value: ascii(value)[:30],
)
def test_standard_input_is_guessed(
    monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[object]
) -> None:
    assert texts(from_stdin(monkeypatch, data)) == expected


def test_standard_input_may_be_said_to_be_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert texts(from_stdin(monkeypatch, b'{"text":"a"}', "text")) == [b'{"text":"a"}']
    assert texts(from_stdin(monkeypatch, b"---\ntitle: T\n---\nx", "markdown")) == [
        b"x"
    ]


def test_an_archive_on_standard_input_is_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n"
    assert texts(from_stdin(monkeypatch, (head + b"<p>a\r\n\r\n") * 2)) == [
        b"<p>a",
        b"<p>a",
    ]


@given(
    st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=8),
    st.integers(1, 12),
)
def test_lines_account_for_every_byte(rows: list[bytes], limit: int) -> None:
    data = b"\n".join(rows)
    seen = b""
    for _number, offset, line, rest in json_lines.lines(io.BytesIO(data), limit):
        assert offset == len(seen)
        seen += line + b"".join(rest or ())
    assert seen == data


@given(st.binary(max_size=200))
def test_what_was_looked_at_is_read_again(data: bytes) -> None:
    stream = io.BytesIO(data)
    start = json_lines.head(stream)
    assert json_lines.rewound(start, io.BufferedReader(stream)).read() == data


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.integers(-9, 9), max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_any_records_are_guessed_to_be_json(values: list[dict[str, int]]) -> None:
    lines = b"\n".join(map(orjson.dumps, values))
    assert json_lines.guess(json_lines.head(io.BytesIO(lines))) == "jsonl"
    assert json_lines.guess(json_lines.head(io.BytesIO(orjson.dumps(values)))) == "json"
    pretty = orjson.dumps(values[0] | {"a": 1}, option=orjson.OPT_INDENT_2)
    assert json_lines.guess(json_lines.head(io.BytesIO(pretty))) == "json"

"""Parts as files: the same lines come back, and of a damaged file nothing does."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.errors import UsageError
from cleaner.io.compression import streams
from cleaner.io.formats import article_columns
from cleaner.io.writers import FORMATS, Format
from cleaner.io.writers import compressed as squeezed
from cleaner.model import Article, Pruned, Removal, Source
from tests.io.test_writers import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = b"<html><head><title>A day</title></head><body><nav>Home</nav><article><h1>A day</h1><p>The council met on "
PAGE += b"Monday and said little.</p><p>Advertisement</p><p>It will meet again in May, it said.</p></article></body></html>"


def forms() -> Iterable[Format]:
    for name in ("jsonl", "csv", "parquet"):
        yield FORMATS[name]
        if name != "parquet":
            yield from (squeezed(FORMATS[name], suffix) for suffix in ("gz", "zst"))


every_form = pytest.mark.parametrize(
    "form", tuple(forms()), ids=lambda form: form.suffix
)


def articles() -> list[Article]:
    watched = (
        Removal(rule="a.b", category="ads", start=0, end=1, lines=(1, 1), text="x"),
        Pruned(
            rule="h.x",
            category="nav",
            selector=".a",
            element="nav",
            line=3,
            text="Home",
            reason="r",
        ),
    )
    page = Cleaner.default().clean_source(
        Source(id="page", data=PAGE, media_type="text/html", extra={"n": 2**60})
    )
    odd = Article(
        id="\u2028 ;\"',\r\n",
        body='=1+1,"\n\n',
        tags=("a,b", "c"),
        watched=watched,
        facts_from={"title": "input"},
    )
    return [ARTICLE, Article(id="bare", body=""), page, odd]


@every_form
def test_lines_come_back_as_they_were(form: Format) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("zstandard")
    lines = [form.stream(article) for article in articles()]
    packed = form.packing.pack(lines)
    assert form.packing.unpack(packed) == b"".join(lines)
    assert form.packing.pack(lines) == packed
    assert form.packing.unpack(form.packing.pack([])) == b""


@every_form
def test_of_a_damaged_file_nothing_wrong_comes_back(form: Format) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("zstandard")
    lines = [form.stream(article) for article in articles()]
    packed = form.packing.pack(lines)
    for damaged in (b"", packed[:-9], b"\0" * len(packed), packed[: len(packed) // 2]):
        assert form.packing.unpack(damaged) != b"".join(lines)


def test_compressed_parts_are_read_by_everybody() -> None:
    form = squeezed(FORMATS["jsonl"], "gz")
    assert form.suffix == ".jsonl.gz"
    assert gzip.decompress(form.packing.pack([b"a\n", b"b\n"])) == b"a\nb\n"


def test_a_missing_package_is_told_before_any_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for form, module in (
        (squeezed(FORMATS["csv"], "zst"), "compression.streams"),
        (FORMATS["parquet"], "formats.parquet"),
    ):
        form.packing.check()
        monkeypatch.setattr(f"cleaner.io.{module}.find_spec", lambda _name: None)
        with pytest.raises(UsageError, match="pip install"):
            form.packing.check()
    assert streams.is_missing("zstd")


def test_a_row_of_csv_is_the_record() -> None:
    form = FORMATS["csv"]
    made = articles()
    table = io.StringIO(
        (form.head + b"".join(map(form.stream, made))).decode(), newline=""
    )
    rows = list(csv.DictReader(table))
    for row, article in zip(rows, made, strict=True):
        record = article.to_dict()
        assert list(row) == list(record)
        for name, cell in row.items():
            if isinstance(record[name], list | dict):
                assert (orjson.loads(cell) if cell else None) == (
                    orjson.loads(orjson.dumps(record[name])) or None
                )
            else:
                assert cell == ("" if record[name] is None else str(record[name]))


def test_a_row_of_parquet_is_the_record() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    form, made = FORMATS["parquet"], articles()
    table = pq.read_table(
        io.BytesIO(form.packing.pack([form.stream(article) for article in made]))
    )
    assert table.schema.equals(article_columns.schema(), check_metadata=False)
    assert table.schema.metadata[b"schema"] == b"cleaner.article/1"
    assert table.column_names == list(article_columns.NAMES)
    for row, article in zip(table.to_pylist(), made, strict=True):
        record = article.to_dict()
        assert row["body"] == record["body"]
        assert row["removals"] == orjson.loads(orjson.dumps(record["removals"]))
        assert orjson.loads(row["input"] or "{}") == record["input"]
        assert {
            fact["field"]: fact["source"] for fact in row["facts_from"]
        } == article.facts_from
        assert row["source"] == {
            name: article.source.get(name) for name in article_columns.SOURCE
        }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Article, id=st.text(st.characters(codec="utf-8")), body=st.text(st.characters(codec="utf-8")),
                          tags=st.lists(st.text(st.characters(codec="utf-8"))).map(tuple)), max_size=4))  # fmt: skip
def test_any_text_comes_back(made: list[Article]) -> None:
    pytest.importorskip("pyarrow")
    for form in (FORMATS["csv"], FORMATS["parquet"]):
        lines = [form.stream(article) for article in made]
        assert form.packing.unpack(form.packing.pack(lines)) == b"".join(lines)

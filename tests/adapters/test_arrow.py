"""The function that all engines call: a row for each row, nothing lost, nothing raised for a row."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, RuleError, UsageError
from cleaner.adapters.adapter_options import (
    Options,
    cleaner_of,
    engine,
    options_of,
    outcome_of,
)
from cleaner.adapters.arrow import clean_batch, clean_batches, output_schema, schema
from cleaner.adapters.columns import NAMES, chosen
from cleaner.model import Article, Source
from tests.adapters import corpus
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")

FEW = Options(columns=("body",))


def batch_of(rows: list[dict[str, Any]]) -> Any:
    return pa.RecordBatch.from_pylist(rows)


def test_it_makes_what_a_cleaner_makes(
    rows: list[dict[str, Any]], expected: str
) -> None:
    done = clean_batch(batch_of(rows)).to_pylist()
    assert corpus.digest((row["id"], row["body"]) for row in done) == expected
    assert {row["status"] for row in done} == {"clean"}
    assert sum(bool(row["removals"]) for row in done) > corpus.ROWS / 2


def test_the_input_comes_first_and_unchanged(rows: list[dict[str, Any]]) -> None:
    batch = batch_of(rows)
    done = clean_batch(batch)
    assert done.schema.names[: len(batch.schema)] == batch.schema.names
    assert done.select(batch.schema.names).equals(batch)
    done.validate(full=True)


def test_the_columns_are_the_record(rows: list[dict[str, Any]]) -> None:
    done = clean_batch(
        batch_of([{"text": rows[1]["text"], "title": "Given", "x": 1}]),
        Options(prefix="c_"),
    )
    row = done.to_pylist()[0]
    record = (
        shipped_cleaner().clean(rows[1]["text"], facts={"title": "Given"}).to_dict()
    )
    for name in (
        "title",
        "body",
        "removals",
        "flags",
        "repairs",
        "stats",
        "rulebook",
        "cleaner",
        "refused",
    ):
        assert row[f"c_{name}"] == record[name], name
    assert row["c_facts_from"][0] == {
        "field": "title",
        "source": "input",
        "confidence": "high",
    }
    assert {place.name for place in dataclasses.fields(Article)} - set(NAMES) == {
        "facts_confidence",
        "extra",
    }
    assert schema().names == list(NAMES)


@pytest.mark.parametrize("kind", ("binary", "large_binary", "binary_view"))
def test_bad_rows_cost_themselves_alone(
    kind: str, bad_rows: list[dict[str, Any]]
) -> None:
    column = pa.array([row["text"] for row in bad_rows], getattr(pa, kind)())
    done = clean_batch(pa.RecordBatch.from_arrays([column], ["text"])).to_pylist()
    assert [row["status"] for row in done] == corpus.BAD
    assert [row["reason"] for row in done] == [
        None,
        "malformed",
        "binary",
        None,
        None,
        None,
    ]
    assert [row["body"] is None for row in done] == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert "PDF" in done[2]["message"]
    assert "holds no text" in done[1]["message"]
    assert done[3]["body"] == shipped_cleaner().clean(corpus.text(2)).body
    assert "empty_body" in done[4]["flags"]


@pytest.mark.parametrize(
    "kind", ("string", "large_string", "string_view", "dictionary")
)
def test_text_of_any_type(kind: str, rows: list[dict[str, Any]]) -> None:
    texts = [row["text"] for row in rows[:5]] + [None]
    column = (
        pa.array(texts).dictionary_encode()
        if kind == "dictionary"
        else pa.array(texts, getattr(pa, kind)())
    )
    done = clean_batch(
        pa.RecordBatch.from_arrays([column], ["content"]), FEW
    ).to_pylist()
    plain = clean_batch(pa.RecordBatch.from_pydict({"content": texts}), FEW).to_pylist()
    assert [row["body"] for row in done] == [row["body"] for row in plain]
    assert done[5]["reason"] == "malformed"


def test_strings_that_are_no_utf8_are_read_as_bytes() -> None:
    cells = pa.array(
        [b"Caf\xe9 Bar. The price is right, they say.", b"fine"], pa.binary()
    ).view(pa.string())
    done = clean_batch(
        pa.RecordBatch.from_arrays([cells, cells], ["text", "title"]),
        Options(prefix="c_"),
    )
    assert done.column("c_body").to_pylist() == [
        "Café Bar. The price is right, they say.",
        "fine",
    ]
    assert done.column("c_title").to_pylist()[0].startswith("Caf\ufffd")


def test_a_page_stands_in_for_blank_text() -> None:
    page = corpus.page(4)
    done = clean_batch(
        batch_of([{"text": text, "html": page} for text in (" ", None, "Words.")]), FEW
    ).to_pylist()
    assert done[0]["body"] == done[1]["body"]
    assert "the council said" in done[0]["body"]
    assert done[2]["body"] == "Words."
    asked = clean_batch(
        batch_of([{"text": "Words.", "html": page}]),
        Options(html="html", columns=("body",)),
    ).to_pylist()
    assert asked[0]["body"] == done[0]["body"]


def test_facts_come_with_the_row() -> None:
    when = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    row = {
        "content": "Words.",
        "headline": "Title",
        "author": "Ann Lee and Bo Ek",
        "date_publish": when,
        "lang": "fi",
    }
    done = clean_batch(batch_of([row])).to_pylist()[0]
    assert (done["title"], done["authors"]) == ("Title", ["Ann Lee", "Bo Ek"])
    assert (done["published"], done["language"]) == ("2026-03-01T08:00:00+00:00", "fi")


def test_the_language_of_those_that_bring_none() -> None:
    done = clean_batch(
        batch_of([{"text": "a", "lang": None}, {"text": "a", "lang": "fi"}]),
        Options(language="de"),
    )
    assert done.column("language").to_pylist() == ["de", "fi"]


def test_ids_are_given_or_null() -> None:
    assert clean_batch(batch_of([{"text": "a"}])).column("id").to_pylist() == [None]
    numbered = clean_batch(batch_of([{"id": 7, "text": "a"}]))
    assert numbered.column("id").to_pylist() == [7]
    named = clean_batch(
        batch_of([{"key": 7, "text": "a"}, {"key": 8, "text": None}]), Options(id="key")
    )
    assert named.column("id").to_pylist() == ["7", "8"]


def test_a_document_over_the_limit_is_rejected() -> None:
    done = clean_batch(
        batch_of([{"text": "a" * 11}, {"text": "a" * 10}]), Options(max_bytes=10)
    ).to_pylist()
    assert [row["reason"] for row in done] == ["too_large", None]


def test_a_fault_of_ours_costs_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def clean_source(self: Cleaner, source: Source) -> Article:  # noqa: ARG001
        if source.data == "bug":
            raise ZeroDivisionError("division by zero")
        return Article(id=source.id, body="done", flags=("half \ud83d",))

    monkeypatch.setattr(Cleaner, "clean_source", clean_source)
    done = clean_batch(
        batch_of([{"text": "a"}, {"text": "bug"}, {"text": "b"}])
    ).to_pylist()
    assert [row["reason"] for row in done] == [None, "crashed", None]
    assert done[0]["flags"] == ["half \ufffd"]


class TestTables:
    def test_are_cleaned_chunk_by_chunk(self, rows: list[dict[str, Any]]) -> None:
        table = pa.concat_tables(
            [pa.Table.from_pylist(rows[:30]), pa.Table.from_pylist(rows[30:60])]
        )
        done = clean_batch(table, FEW)
        assert done.to_pylist() == clean_batch(batch_of(rows[:60]), FEW).to_pylist()
        assert done.schema == output_schema(table.schema, FEW)

    def test_without_rows_have_their_columns(self) -> None:
        empty = pa.table({"text": pa.array([], pa.string())})
        assert clean_batch(empty).schema == output_schema(empty.schema)
        assert clean_batch(empty).num_rows == 0

    def test_and_batches_are_the_same(self, rows: list[dict[str, Any]]) -> None:
        table = pa.Table.from_pylist(rows[:9])
        pieces = list(clean_batches(table.to_batches(max_chunksize=4), FEW))
        assert [piece.num_rows for piece in pieces] == [4, 4, 1]
        assert pa.Table.from_batches(pieces).equals(clean_batch(table, FEW))

    def test_keep_what_they_say_of_themselves(self) -> None:
        table = pa.table({"text": ["a"]}).replace_schema_metadata({"made": "by us"})
        assert clean_batch(table, FEW).schema.metadata == {b"made": b"by us"}


class TestBeforeAnyWork:
    def test_a_name_that_is_taken(self) -> None:
        given = pa.schema(
            [("content", pa.string()), ("body", pa.int64()), ("status", pa.string())]
        )
        with pytest.raises(
            UsageError, match=r"these names already: body, status\. Use prefix="
        ):
            output_schema(given)
        assert "c_body" in output_schema(given, Options(prefix="c_")).names

    @pytest.mark.parametrize(
        ("given", "options", "message"),
        (
            ({"words": "a"}, Options(), r"the columns are words \(string\)"),
            ({"text": 1}, Options(), r"the columns are text \(int64\)"),
            ({"text": 1}, Options(text="text"), "holds int64"),
            ({"text": "a"}, Options(text="txet"), "no column 'txet'"),
            ({"text": "a"}, Options(id="key"), "no column 'key'"),
            ({"text": "a"}, Options(columns=("bodi",)), "did you mean 'body'"),
        ),
    )
    def test_options_that_do_not_fit(
        self, given: dict[str, Any], options: Options, message: str
    ) -> None:
        with pytest.raises(UsageError, match=message):
            clean_batch(batch_of([given]), options)

    def test_rules_that_do_not_load(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("rules: 7", encoding="utf-8")
        with pytest.raises(RuleError):
            output_schema(
                pa.schema([("text", pa.string())]), Options(rules=(str(tmp_path),))
            )


class TestOptions:
    def test_travel(self) -> None:
        options = Options(rules=["a", "b"], columns="body")  # type: ignore[arg-type]
        assert (options.rules, options.columns) == (("a", "b"), ("body",))
        assert pickle.loads(pickle.dumps(options)) == options  # noqa: S301 - our own
        assert hash(options) == hash(Options(rules=("a", "b"), columns=("body",)))

    def test_one_by_one_or_as_one(self) -> None:
        assert options_of(None, {"level": "bold"}) == options_of(
            Options(level="bold"), {}
        )
        with pytest.raises(UsageError, match="option lvl is unknown: use level, "):
            options_of(None, {"lvl": "bold"})
        with pytest.raises(UsageError, match="not both"):
            options_of(Options(), {"level": "bold"})

    def test_make_one_cleaner_a_process(self) -> None:
        assert cleaner_of(Options(level="bold")) is cleaner_of(Options(level="bold"))
        assert cleaner_of(Options(level="bold")).options.level == "bold"

    def test_status_is_always_there(self) -> None:
        assert chosen(Options(columns=("flags", "body"))) == (
            "body",
            "flags",
            "status",
            "reason",
        )

    def test_an_engine_that_is_missing(self) -> None:
        with pytest.raises(
            UsageError,
            match=r"needs no_such_engine, .* pip install 'article-cleaner\[x\]'",
        ):
            engine("no_such_engine.part", extra="x")


def test_pages_are_safe_in_threads() -> None:
    sources = [
        Source(id=str(number), data=corpus.page(number), media_type="text/html")
        for number in range(24)
    ]
    alone = [outcome_of(source, FEW).article for source in sources]
    found: dict[str, Article | None] = {}

    def clean(some: list[Source]) -> None:
        for source in some:
            found[source.id] = outcome_of(source, FEW).article

    threads = [
        threading.Thread(target=clean, args=(sources[start::4],)) for start in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[source.id] for source in sources] == alone


@settings(max_examples=30)
@given(st.lists(st.none() | st.text(max_size=80) | st.binary(max_size=80), max_size=6))
def test_a_row_for_each_row_whatever_is_in_it(cells: list[str | bytes | None]) -> None:
    data = [
        cell.encode("utf-8", "surrogatepass") if isinstance(cell, str) else cell
        for cell in cells
    ]
    column = pa.array(data, pa.binary())
    done = clean_batch(pa.RecordBatch.from_arrays([column], ["text"]))
    done.validate(full=True)
    assert done.column("text").equals(column)
    for row in done.to_pylist():
        assert (
            (row["status"] == "clean")
            == (row["body"] is not None)
            == (row["reason"] is None)
        )

"""A run: every document ends in exactly one of clean, skipped, rejected, whatever happens on the way."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.lock import STATE, claimed
from cleaner.batch.part_files import Placed
from cleaner.batch.plan import make_plan
from cleaner.batch.rejects import Reject, Rejects
from cleaner.batch.rendered import Account, Made
from cleaner.batch.report import Report
from cleaner.batch.run import RunContext, Stop, run
from cleaner.batch.sinks import NoSink, Sink, folder_sink
from cleaner.errors import OutputError, SourceError, UsageError
from cleaner.io.formats import json_lines
from cleaner.io.readers import Reading, Record
from cleaner.io.writers import FORMATS, Format, record
from cleaner.model import Article, Pruned, Removal, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.discover import Skipped


class Upper:
    """A cleaner that writes in capitals, refuses zeros, and trips over the word bug."""

    def clean_source(self, source: Source) -> Article:
        text = source.data if isinstance(source.data, str) else source.data.decode()
        if "\0" in text:
            raise SourceError("holds zeros", reason="binary", stage="decode")
        if text == "bug":
            raise ZeroDivisionError("division by zero")
        count = len(text.split())
        removal = Removal(
            rule="ads.x",
            category="ads",
            start=0,
            end=1,
            lines=(1, 1),
            text=text[:1],
            also=("b.y",),
        )
        return Article(
            id=source.id,
            body=text.upper(),
            stats={"words_before": count, "words_after": count // 2},
            removals=(removal,) if text else (),
            flags=("needs_review:budget",)
            if "odd" in text
            else ()
            if text
            else ("empty_body",),
        )


@dataclass
class Ears:
    """Hears everything, and may do something about it."""

    heard: list[tuple[str, str]] = field(default_factory=list)
    stop_at: str | None = None
    stop: Stop = field(default_factory=Stop)

    def skipped(self, entry: Skipped) -> None:
        self.heard.append(("skipped", entry.id))

    def cleaned(self, _record: Record, article: Made) -> None:
        self.heard.append(("clean", article.id))
        if article.id == self.stop_at:
            self.stop.signal = signal.SIGINT

    def rejected(self, _record: Record, reject: Reject) -> None:
        self.heard.append((reject.reason, reject.id))


def go(
    source: Path,
    out: Path,
    form: str = "text",
    *,
    ears: Ears | None = None,
    sink: Sink | None = None,
    reading: Reading | None = None,
    limit: int | None = None,
) -> tuple[Report, Ears]:
    ears = ears or Ears()
    report = Report()
    plan = make_plan([str(source)], output=out, format=form)
    run(
        Upper(),
        plan,
        RunContext(
            sink=sink or folder_sink(out, FORMATS[form]),
            rejects=Rejects(out / STATE),
            listener=ears,
            reading=reading or Reading(),
            stop=ears.stop,
            report=report,
            limit=limit,
        ),
    )
    return report, ears


def put(folder: Path, **contents: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and STATE not in path.parts
    }


def temporaries(folder: Path) -> list[Path]:
    return list(folder.rglob("*.tmp"))


def log(out: Path) -> list[dict[str, object]]:
    return [
        orjson.loads(line)
        for line in (out / STATE / "rejects.jsonl").read_bytes().splitlines()
    ]


def test_the_input_tree_is_mirrored(tmp_path: Path) -> None:
    source = put(tmp_path / "in", a_txt="one two", deep__b_md="three")
    report, _ = go(source, tmp_path / "out")
    assert contents(tmp_path / "out").keys() == {
        "a.txt",
        "a.json",
        "deep/b.txt",
        "deep/b.json",
    }
    assert (tmp_path / "out" / "a.txt").read_text() == "ONE TWO"
    assert (
        orjson.loads((tmp_path / "out" / "deep" / "b.json").read_bytes())["body"]
        == "THREE"
    )
    assert (report.read, report.clean, report.balanced, report.complete) == (
        2,
        2,
        True,
        True,
    )


def test_everything_is_accounted_for(tmp_path: Path) -> None:
    source = put(
        tmp_path / "in", a_txt="fine", b_txt="\0", c_txt="bug", d_jpg="x", e_jsonl='{"text":"r1"}\nbad\n{"text":"r3"}',
        f_jsonl="", g_txt="",
    )  # fmt: skip
    report, ears = go(source, tmp_path / "out")
    assert ears.heard == [
        ("skipped", "d.jpg"),
        ("clean", "a.txt"),
        ("binary", "b.txt"),
        ("crashed", "c.txt"),
        ("clean", "e.jsonl#1"),
        ("malformed", "e.jsonl#2"),
        ("clean", "e.jsonl#3"),
        ("skipped", "f.jsonl"),
        ("clean", "g.txt"),
    ]
    assert (report.read, report.clean, report.skipped, report.rejected) == (9, 4, 2, 3)
    assert report.balanced
    assert report.skips == {"suffix": 1, "empty": 1}
    assert report.rejects == {"binary": 1, "crashed": 1, "malformed": 1}
    assert report.flags == {"empty_body": 1}


def warc_record(kind: str, media_type: str, body: bytes) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        "WARC-Target-URI: https://gazette.example/1",
        f"Content-Type: {media_type}",
    ]
    return (
        "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
        + body
        + b"\r\n\r\n"
    )


def test_an_archive_is_accounted_for_record_by_record(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\n\r\n%s"
    http = "application/http; msgtype=response"
    archive = b"".join((
        warc_record("warcinfo", "application/warc-fields", b"software: none"),
        warc_record("response", http, answer % (b"200 OK", b"<p>one</p>")),
        warc_record("response", http, answer % (b"404 Gone", b"<p>gone</p>")),
        warc_record("response", http, answer % (b"200 OK", b"\0")),
        b"rubbish\r\n\r\n",
        warc_record("resource", "text/html", b"<p>two</p>"),
        warc_record("resource", "image/png", b"PNG"),
    ))  # fmt: skip
    source = put(tmp_path / "in", crawl_warc=archive, page_html="<p>three</p>")
    report, ears = go(source, tmp_path / "out")
    assert ears.heard == [
        ("skipped", "crawl.warc#1"),
        ("clean", "crawl.warc#2"),
        ("skipped", "crawl.warc#3"),
        ("binary", "crawl.warc#4"),
        ("malformed", "crawl.warc#5"),
        ("clean", "crawl.warc#6"),
        ("skipped", "crawl.warc#7"),
        ("clean", "page.html"),
    ]
    assert (
        report.read,
        report.clean,
        report.skipped,
        report.rejected,
        report.balanced,
    ) == (8, 3, 3, 2, True)
    assert report.skips == {"record_type": 1, "http_status": 1, "not_html": 1}
    assert {name for name in contents(tmp_path / "out") if name.endswith(".txt")} == {
        "crawl/2.txt", "crawl/6.txt", "page.txt",
    }  # fmt: skip
    assert [(entry["id"], entry["offset"]) for entry in log(tmp_path / "out")] == [
        (
            "crawl.warc#4",
            archive.index(warc_record("response", http, answer % (b"200 OK", b"\0"))),
        ),
        (
            "crawl.warc#5",
            archive.index(warc_record("response", http, answer % (b"200 OK", b"\0"))),
        ),
    ]


def test_what_is_left_out_of_a_page_counts_as_removed() -> None:
    pruned = Pruned(
        rule="a.box",
        category="related",
        selector=".box",
        element="aside",
        line=7,
        text="More",
    )
    report = Report()
    report.add_article(
        "x",
        Account.of(Article(id="x", body="", pruned=(pruned, pruned))),
    )
    assert (report.categories, report.rules) == ({"related": 2}, {"a.box": 2})


def test_a_limit_counts_documents_and_not_what_is_passed_over(tmp_path: Path) -> None:
    page = warc_record("resource", "text/html", b"<p>one</p>")
    source = put(
        tmp_path / "in",
        crawl_warc=(warc_record("request", "application/http", b"") + page) * 5,
    )
    report, _ = go(source, tmp_path / "out", limit=2)
    assert (report.clean, report.skipped, report.balanced, report.complete) == (
        2,
        2,
        True,
        False,
    )


def test_an_archive_of_nothing_but_requests_is_not_empty(tmp_path: Path) -> None:
    source = put(
        tmp_path / "in",
        crawl_warc=warc_record("request", "application/http", b"GET /"),
    )
    report, _ = go(source, tmp_path / "out")
    assert (report.read, report.skips) == (1, {"record_type": 1})


def test_rejects_keep_their_bytes_and_say_where_they_were(tmp_path: Path) -> None:
    lines = b'{"text":"a"}\n{"text":\xff}\n'
    source = put(tmp_path / "in", e_jsonl=lines, z_txt=b"\0\0")
    go(source, tmp_path / "out")
    bad, zeros = log(tmp_path / "out")
    raw = b'{"text":\xff}\n'
    assert bad == {
        "id": "e.jsonl#2",
        "source": str(source / "e.jsonl"),
        "offset": 13,
        "stage": "read",
        "reason": "undecodable",
        "message": "JSON must be UTF-8, byte 8 is not; convert the file",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "kept": f"rejects/{hashlib.sha256(raw).hexdigest()}",
    }
    assert (tmp_path / "out" / STATE / str(bad["kept"])).read_bytes() == raw
    assert (tmp_path / "out" / STATE / str(zeros["kept"])).read_bytes() == b"\0\0"
    assert temporaries(tmp_path) == []


def test_a_crash_names_its_place_and_asks_for_a_report(tmp_path: Path) -> None:
    go(put(tmp_path / "in", a_txt="bug"), tmp_path / "out")
    (entry,) = log(tmp_path / "out")
    assert str(entry["message"]).startswith(
        "ZeroDivisionError: division by zero (test_run.py:",
    )


def test_a_document_over_the_limit_is_kept_whole_and_its_neighbours_are_cleaned(
    tmp_path: Path,
) -> None:
    long = b'{"text":"' + b"x" * 300_000 + b'"}\n'
    source = put(
        tmp_path / "in",
        e_jsonl=b'{"text":"a"}\n' + long + b'{"text":"b"}\n',
        z_txt=b"y" * 2_000,
    )
    report, ears = go(source, tmp_path / "out", reading=Reading(max_bytes=1_000))
    assert [word for word, _ in ears.heard] == [
        "clean",
        "too_large",
        "clean",
        "too_large",
    ]
    first, second = log(tmp_path / "out")
    assert (tmp_path / "out" / STATE / str(first["kept"])).read_bytes() == long
    assert (tmp_path / "out" / STATE / str(second["kept"])).read_bytes() == b"y" * 2_000
    assert report.balanced


def test_a_file_that_cannot_be_read_does_not_end_the_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = put(tmp_path / "in", a_txt="a", b_txt="b", c_txt="c")
    opened = Path.open

    def guarded(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "b.txt" and path.parent == source:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    report, ears = go(source, tmp_path / "out")
    assert ears.heard == [
        ("clean", "a.txt"),
        ("unreadable", "b.txt"),
        ("clean", "c.txt"),
    ]
    assert report.balanced
    assert log(tmp_path / "out")[0]["kept"] is None


def test_a_broken_link_is_a_reject(tmp_path: Path) -> None:
    source = put(tmp_path / "in", a_txt="a")
    (source / "b.txt").symlink_to("nowhere")
    _, ears = go(source, tmp_path / "out")
    assert ears.heard[1] == ("unreadable", "b.txt")


class TestRecords:
    def test_ids_become_safe_names_below_a_folder_of_their_own(
        self,
        tmp_path: Path,
    ) -> None:
        rows = [
            {"text": "a", "id": "../../evil"},
            {"text": "b", "id": "/etc/x"},
            {"text": "c", "id": "NUL"},
            {"text": "d"},
        ]
        source = put(tmp_path / "in", day_jsonl=b"\n".join(map(orjson.dumps, rows)))
        go(source, tmp_path / "out", form="json")
        names = list(contents(tmp_path / "out"))
        assert len(names) == 4
        assert all(name.startswith("day/") and name.count("/") == 1 for name in names)
        assert "day/4.json" in names
        assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}

    def test_equal_ids_do_not_replace_each_other(self, tmp_path: Path) -> None:
        rows = [
            {"text": str(n), "id": id_}
            for n, id_ in enumerate(("a~3", "a", "A", "a", "5", "6"))
        ]
        del rows[4]["id"]
        source = put(tmp_path / "in", day_jsonl=b"\n".join(map(orjson.dumps, rows)))
        report, _ = go(source, tmp_path / "out", form="markdown")
        names = list(contents(tmp_path / "out"))
        assert (
            len({name.casefold() for name in names}) == len(names) == report.clean == 6
        )

    def test_all_go_into_one_file_in_their_order(self, tmp_path: Path) -> None:
        source = put(
            tmp_path / "in",
            b_txt="b",
            a_jsonl='{"text":"a1"}\n{"text":"a2","mood":"grey"}',
        )
        go(source, tmp_path / "out", form="jsonl")
        lines = [
            orjson.loads(line)
            for line in (tmp_path / "out" / "part-00000.jsonl")
            .read_bytes()
            .splitlines()
        ]
        assert [line["body"] for line in lines] == ["A1", "A2", "B"]


def test_no_way_leads_out_of_the_output_folder(tmp_path: Path) -> None:
    source = put(tmp_path / "in", deep__a_txt="a")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "deep").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="leads out of the output folder"):
        go(source, tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_the_place_of_a_result_is_replaced_and_not_followed(
    tmp_path: Path,
) -> None:
    source = put(tmp_path / "in", a_txt="a")
    put(tmp_path, precious_txt="keep me")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "precious.txt")
    go(source, tmp_path / "out")
    assert (tmp_path / "precious.txt").read_text() == "keep me"
    assert (tmp_path / "out" / "a.txt").read_text() == "A"


class TestStopping:
    @pytest.mark.parametrize("form", ("text", "jsonl"))
    def test_after_the_document_in_hand(self, tmp_path: Path, form: str) -> None:
        source = put(tmp_path / "in", a_txt="a", b_txt="b", c_txt="c")
        report, _ = go(source, tmp_path / "out", form=form, ears=Ears(stop_at="b.txt"))
        assert (report.read, report.clean, report.balanced, report.complete) == (
            2,
            2,
            True,
            False,
        )
        expected = (
            {"a.txt", "a.json", "b.txt", "b.json"}
            if form == "text"
            else {"part-00000.jsonl"}
        )
        assert contents(tmp_path / "out").keys() == expected

    @pytest.mark.parametrize("form", ("text", "jsonl"))
    def test_at_once_drops_what_was_not_committed(
        self,
        tmp_path: Path,
        form: str,
    ) -> None:
        source = put(tmp_path / "in", a_txt="a", b_txt="\0", c_txt="c")

        class Impatient(Ears):
            def cleaned(self, record: Record, article: Made) -> None:
                if article.id == "c.txt":
                    raise KeyboardInterrupt
                super().cleaned(record, article)

        with pytest.raises(KeyboardInterrupt):
            go(source, tmp_path / "out", form=form, ears=Impatient())
        assert contents(tmp_path / "out") == {}
        assert temporaries(tmp_path) == []

    def test_while_waiting_for_input_is_an_orderly_end(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def interrupted(_place: object, _reading: object) -> object:
            yield Record(
                input=make_plan([str(source)]).inputs[0],
                source=Source(id="a", data="a"),
            )
            raise KeyboardInterrupt

        source = put(tmp_path / "in", a_txt="a")
        monkeypatch.setattr("cleaner.batch.run.read_all", interrupted)
        report, _ = go(source, tmp_path / "out")
        assert (report.clean, report.balanced, report.complete) == (1, True, False)

    def test_at_a_limit(self, tmp_path: Path) -> None:
        source = put(
            tmp_path / "in",
            a_jsonl="\n".join(f'{{"text":"{n}"}}' for n in range(9)),
        )
        report, _ = go(source, tmp_path / "out", limit=4)
        assert (report.clean, report.balanced, report.complete) == (4, True, False)
        assert go(source, tmp_path / "out", limit=40)[0].complete


class TestFullDisk:
    """Every write of a run fails once, the first, the second, and so on: the disk never holds half a file."""

    @pytest.mark.parametrize("form", ("text", "jsonl"))
    @pytest.mark.parametrize("call", ("fsync", "replace"))
    def test_wherever_it_strikes(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        form: str,
        call: str,
    ) -> None:
        source = put(tmp_path / "in", a_txt="a", b_txt="\0", c_txt="c")
        go(source, tmp_path / "expected", form=form)
        whole = contents(tmp_path / "expected")
        owner = os if call == "fsync" else Path
        real = getattr(owner, call)
        errors: list[str] = []
        for strike in range(1, 30):
            out = tmp_path / f"out{strike}"
            calls = 0

            def failing(*arguments: object) -> object:
                nonlocal calls
                calls += 1
                if calls == strike:  # noqa: B023 - called within this turn of the loop
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return real(*arguments)

            with monkeypatch.context() as patch:
                patch.setattr(owner, call, failing)
                try:
                    go(source, out, form=form)
                except OutputError as error:
                    errors.append(str(error))
            assert contents(out).items() <= whole.items()
            assert temporaries(out) == []
            go(source, out, form=form)
            assert contents(out) == whole
            if calls < strike:
                break
        assert len(errors) >= 3
        assert all("the disk is full" in error for error in errors)

    def test_the_count_of_clean_articles_is_that_of_files_with_names(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("cleaner.io.atomic.GROUP_FILES", 2)
        source = put(tmp_path / "in", a_txt="a", b_txt="b", c_txt="c")
        sink: Sink = folder_sink(tmp_path / "out", FORMATS["text"])
        report, put_down = Report(), sink.put

        def full(record: Record, article: Made, name: str) -> None:
            if article.id == "c.txt":
                raise OutputError("the disk is full")
            put_down(record, article, name)

        monkeypatch.setattr(sink, "put", full)
        with pytest.raises(OutputError):
            run(
                Upper(), make_plan([str(source)]), RunContext(sink=sink, rejects=Rejects(None), listener=Ears(), reading=Reading(),
                report=report))  # fmt: skip
        assert (report.clean, report.read, report.complete) == (2, 3, False)
        assert set(contents(tmp_path / "out")) == {"a.txt", "a.json", "b.txt", "b.json"}


def test_a_lost_document_shows_in_the_accounts(tmp_path: Path) -> None:
    class Leaky(NoSink):
        def put(self, record: Record, article: Made, name: str) -> Placed:
            return (
                super().put(record, article, name)
                if article.id != "b.txt"
                else Placed()
            )

    source = put(tmp_path / "in", a_txt="a", b_txt="b")
    report, _ = go(source, tmp_path / "out", sink=Leaky())
    assert not report.balanced


def test_the_report_sums_up(tmp_path: Path) -> None:
    source = put(tmp_path / "in", a_txt="one two three four", b_txt="an odd one")
    report, _ = go(source, tmp_path / "out")
    record = report.to_dict()
    assert record["stats"] == {"words_before": 7, "words_after": 3}
    assert record["removals_by_category"] == {"ads": 2}
    assert record["removals_by_rule"] == {"ads.x": 2, "b.y": 2}
    assert record["review"] == [{"id": "b.txt", "why": "budget"}]
    assert record["most_reduced"] == [
        {"id": "b.txt", "percent": 67},
        {"id": "a.txt", "percent": 50},
    ]
    assert orjson.loads(orjson.dumps(record)) == record


@given(
    st.lists(
        st.sampled_from(
            [
                '{"text":"ok"}',
                "bad",
                "",
                '{"text":"bug"}',
                '{"text":"\\u0000"}',
                "[]",
                '{"a":1}',
            ],
        ),
    ),
)
def test_any_mixture_of_records_balances(rows: list[str]) -> None:
    report = Report()
    place = make_plan(["-"]).inputs[0]
    data = "\n".join(rows).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.io.readers.opened", lambda _place: _Opened(data))
        run(
            Upper(), make_plan(["-"], input_format="jsonl"), RunContext(sink=NoSink(), rejects=Rejects(None), listener=Ears(),
            reading=Reading(), report=report))  # fmt: skip
    assert place.path is None
    assert report.balanced
    assert report.clean == rows.count('{"text":"ok"}')
    assert report.rejected == sum(bool(row) for row in rows) - report.clean


class _Opened:
    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def __enter__(self) -> object:
        return self._stream

    def __exit__(self, *_error: object) -> None:
        self._stream.close()


class TestClaim:
    def test_one_run_at_a_time(self, tmp_path: Path) -> None:
        pytest.importorskip("fcntl")
        with (
            claimed(tmp_path / STATE, tmp_path),
            pytest.raises(UsageError, match="another run is writing here"),
            claimed(tmp_path / STATE, tmp_path),
        ):
            pass
        with claimed(tmp_path / STATE, tmp_path):
            assert (tmp_path / STATE / "lock").read_text() == str(os.getpid())

    def test_what_a_killed_run_left_is_dropped_and_only_then(
        self,
        tmp_path: Path,
    ) -> None:
        put(tmp_path / "deep")
        stale = tmp_path / "deep" / ".clean-1-1.tmp"
        stale.write_text("half")
        for _ in range(2):
            with claimed(tmp_path / STATE, tmp_path):
                assert stale.exists()
        (tmp_path / STATE / "lock").write_text("12345")
        with claimed(tmp_path / STATE, tmp_path):
            assert not stale.exists()


class TestFaultsOfOurOwn:
    """What is wrong in this program costs one document or one file, and is told; never the run."""

    def test_in_reading(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        source = put(
            tmp_path / "in",
            a_txt="a",
            b_jsonl='{"text":"b"}\n{"text":"c"}\n',
            d_txt="d",
        )
        lines = json_lines.lines

        def broken(*given: object) -> Iterator[object]:
            yield next(iter(lines(*given)))  # type: ignore[arg-type] # the same
            raise ZeroDivisionError

        monkeypatch.setattr(json_lines, "lines", broken)
        report, ears = go(source, tmp_path / "out")
        assert ears.heard == [
            ("clean", "a.txt"),
            ("clean", "b.jsonl#1"),
            ("crashed", "b.jsonl"),
            ("clean", "d.txt"),
        ]
        assert report.balanced

    @pytest.mark.parametrize("form", ("text", "jsonl"))
    def test_in_writing(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        form: str,
    ) -> None:
        source = put(tmp_path / "in", a_txt="a", b_txt="b", c_txt="c")
        to_dict = Article.to_dict

        def broken(article: Article) -> dict[str, object]:
            return {**to_dict(article), "b": 1 // (article.id != "b.txt")}

        monkeypatch.setattr(Article, "to_dict", broken)
        shape = Format(
            files=FORMATS["text"].files if form == "text" else (),
            stream=record,
            suffix=".jsonl",
        )
        sink = folder_sink(tmp_path / "out", shape)
        report, ears = go(source, tmp_path / "out", form, sink=sink)
        assert ears.heard == [
            ("clean", "a.txt"),
            ("crashed", "b.txt"),
            ("clean", "c.txt"),
        ]
        assert report.balanced
        assert not (tmp_path / "out" / "b.txt").exists()

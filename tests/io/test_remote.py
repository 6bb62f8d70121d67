"""URLs: listed like folders, read as streams, and nothing over http."""

from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.plan import Plan, make_plan
from cleaner.errors import UsageError
from cleaner.io.readers import Reading, read
from cleaner.io.remote import Remote

if TYPE_CHECKING:
    from collections.abc import Iterator

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def store() -> Iterator[str]:
    """Give a store in memory with a few files."""
    system = fsspec.filesystem("memory")
    files = {
        "b.txt": b"B", "a/z.txt": b"Z", "a/day.jsonl.gz": gzip.compress(b'{"text":"a"}\n{"text":"b"}\n'),
        ".hidden/x.txt": b"X", "photo.jpg": b"J", "t.csv": b"id,text\n1,c\n",
    }  # fmt: skip
    for name, data in files.items():
        system.pipe(f"/news/{name}", data)
    yield "memory://news"
    system.rm("/news", recursive=True)


def names(found: Plan) -> list[str]:
    return [place.id for place in found.inputs]


def texts(found: Plan) -> list[object]:
    return [
        record.error.reason if record.error else record.source.data
        for place in found.inputs
        for record in read(place, Reading())
    ]


@pytest.mark.parametrize("end", ("", "/"))
def test_a_folder_is_listed_in_the_order_of_its_paths(store: str, end: str) -> None:
    found = make_plan([store + end])
    assert names(found) == ["a/day.jsonl.gz", "a/z.txt", "b.txt", "t.csv"]
    assert [(entry.id, entry.reason) for entry in found.skipped] == [
        (".hidden/x.txt", "hidden"), ("photo.jpg", "suffix"),
    ]  # fmt: skip
    assert texts(found) == ["a", "b", b"Z", b"B", "c"]
    assert [place.origin for place in found.inputs][2] == "memory:///news/b.txt"
    assert found.inputs[2].size == 1


@pytest.mark.parametrize(
    ("source", "glob", "expected"),
    (
        ("/b.txt", (), ["b.txt"]),
        ("/.hidden/x.txt", (), ["x.txt"]),
        ("/a/*.gz", (), ["day.jsonl.gz"]),
        ("/**/*.txt", (), ["a/z.txt", "b.txt"]),
        ("", ("*.txt",), ["a/z.txt", "b.txt"]),
        ("", ("a/*",), ["a/day.jsonl.gz", "a/z.txt"]),
    ),
)
def test_files_are_chosen_by_name_and_by_pattern(
    store: str, source: str, glob: tuple[str, ...], expected: list[str]
) -> None:
    assert names(make_plan([store + source], glob=glob)) == expected


def test_a_file_that_is_named_twice_is_read_once(store: str) -> None:
    found = make_plan([f"{store}/b.txt", f"{store}/b.txt"])
    assert (names(found), [entry.reason for entry in found.skipped]) == (
        ["b.txt"],
        ["duplicate"],
    )


def test_two_files_of_one_output_are_refused(
    store: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fsspec.filesystem("memory").pipe("/news/b.md", b"")
    with pytest.raises(
        UsageError,
        match=r"memory:///news/b\.md and memory:///news/b\.txt would both write",
    ):
        make_plan([store], output=tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize(
    ("url", "message"),
    (
        ("memory://nowhere/at/all", "no such file or folder"),
        ("https://a.example/day.jsonl", "nothing is fetched by https"),
        ("HTTP://a.example/day.jsonl", "nothing is fetched by http"),
        ("filecache::https://a.example/day.jsonl", "inside another one"),
        ("file:///a.txt", "name its path"),
        ("nonesuch://a/b", "nonesuch"),
    ),
)
def test_what_cannot_be_read_is_refused_before_any_work(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make_plan([url])


def test_without_fsspec_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError, match=r"article-cleaner\[cloud\]"):
        make_plan(["s3://bucket/a"])


def test_a_file_that_is_gone_when_it_is_read_is_a_reject(store: str) -> None:
    found = make_plan([store])
    fsspec.filesystem("memory").rm("/news/b.txt")
    assert texts(found) == ["a", "b", b"Z", "unreadable", "c"]
    fsspec.filesystem("memory").pipe("/news/b.txt", b"B")


def test_what_a_store_raises_of_its_own_is_a_reject(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            message = "credentials expired"
            raise RuntimeError(message)

    found = make_plan([f"{store}/b.txt"])
    monkeypatch.setattr(
        type(fsspec.filesystem("memory")),
        "open",
        lambda *_arguments, **_options: Broken(),
    )
    (record,) = read(found.inputs[0], Reading())
    assert record.error is not None
    assert (record.error.reason, str(record.error)) == (
        "unreadable",
        "cannot be read: RuntimeError: credentials expired",
    )


def test_parquet_is_read_from_a_store(store: str) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": ["p"]}), stream)
    fsspec.filesystem("memory").pipe("/news/p.parquet", stream.getvalue())
    assert texts(make_plan([f"{store}/p.parquet"])) == ["p"]


def test_a_remote_file_reads_as_its_url() -> None:
    assert str(Remote("s3://bucket/a b.txt")) == "s3://bucket/a b.txt"


@pytest.mark.engines
@pytest.mark.filterwarnings("default")
def test_a_bucket_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
        system = fsspec.filesystem("s3")
        system.mkdir("bucket")
        lines = b"".join(b'{"text":"line %d"}\n' % number for number in range(200_000))
        system.pipe("bucket/2024/day.jsonl.gz", gzip.compress(lines))
        system.pipe("bucket/a.txt", b"A")
        found = make_plan(["s3://bucket"])
        assert names(found) == ["2024/day.jsonl.gz", "a.txt"]
        assert len(texts(found)) == 200_001
        with pytest.raises(UsageError, match="no such file or folder"):
            make_plan(["s3://bucket/none"])
    finally:
        server.stop()

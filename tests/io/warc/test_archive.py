"""Web archives: what is a page is read, what is none has a reason, and damage costs what it hits."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.errors import SourceError
from cleaner.io.readers import Input, Reading, Record, read, read_all
from cleaner.io.warc import archive as warc
from cleaner.io.warc.archive import Capture, captures

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<html><body><p>Паром ушёл в шесть.</p></body></html>".encode("koi8-r")
HTML = (("Content-Type", "text/html; charset=koi8-r"),)
LIMIT = 100_000
Headers = tuple[tuple[str, str], ...]


class Writer(WARCWriter):  # type: ignore[misc]
    """A writer of warcio's that leaves no temporary file open."""

    _create_temp_file = staticmethod(io.BytesIO)


class Archive:
    """An archive in the making: its pages by warcio, other records by hand."""

    def __init__(self, *, packed: bool) -> None:
        self._out = io.BytesIO()
        self._packed = packed
        self._writer = Writer(self._out, gzip=packed)

    def add(
        self,
        url: str,
        body: bytes = PAGE,
        headers: Headers = HTML,
        *,
        status: str = "200 OK",
    ) -> Archive:
        lines = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        self._writer.write_record(
            self._writer.create_warc_record(
                url, "response", io.BytesIO(body), http_headers=lines
            )
        )
        return self

    def add_other(
        self, kind: str, content_type: str, body: bytes = PAGE, **headers: str
    ) -> Archive:
        lines = [
            "WARC/1.1",
            f"WARC-Type: {kind}",
            "WARC-Target-URI: <https://gazette.example/other>",
        ]
        lines += [
            f"{name.replace('_', '-')}: {value}" for name, value in headers.items()
        ]
        lines += [
            f"Content-Type: {content_type}",
            f"Content-Length: {len(body)}",
            "",
            "",
        ]
        record = "\r\n".join(lines).encode() + body + b"\r\n\r\n"
        self._out.write(gzip.compress(record) if self._packed else record)
        return self

    @property
    def data(self) -> bytes:
        return self._out.getvalue()


def pages(count: int, *, packed: bool) -> bytes:
    archive = Archive(packed=packed)
    for number in range(count):
        archive.add(
            f"https://gazette.example/{number}",
            PAGE + random.Random(number).randbytes(300),  # noqa: S311
        )
    return archive.data


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._inner.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def found(data: bytes, limit: int = LIMIT) -> list[Capture]:
    """Return what an archive gives, and see to it that a pipe gives the same."""
    seen, piped = (
        list(captures(io.BytesIO(data), limit)),
        list(captures(io.BufferedReader(Pipe(data)), limit)),
    )
    assert [outline(capture) for capture in seen] == [
        outline(capture) for capture in piped
    ]
    return seen


def outline(capture: Capture) -> tuple[object, ...]:
    return (
        capture.number,
        capture.offset,
        capture.data,
        capture.passed,
        str(capture.error),
    )


def words(captured: list[Capture]) -> list[str]:
    return [
        one.error.reason if one.error else one.passed[0] if one.passed else "page"
        for one in captured
    ]


def records(folder: Path, data: bytes, reading: Reading | None = None) -> list[Record]:
    path = folder / "crawl.warc"
    path.write_bytes(data)
    place = Input(id="crawl.warc", path=path, format="warc", stem="crawl")
    return list(read_all(place, reading or Reading()))


@pytest.mark.parametrize("packed", (False, True))
def test_we_read_what_warcio_reads(packed: bool) -> None:  # noqa: FBT001
    archive = Archive(packed=packed)
    body = PAGE * 20
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    archive.add("https://gazette.example/plain", body)
    archive.add(
        "https://gazette.example/gzip",
        gzip.compress(body),
        (*HTML, ("Content-Encoding", "gzip")),
    )
    archive.add(
        "https://gazette.example/deflate",
        zlib.compress(body),
        (*HTML, ("Content-Encoding", "deflate")),
    )
    archive.add(
        "https://gazette.example/chunked",
        chunks,
        (*HTML, ("Transfer-Encoding", "chunked")),
    )
    archive.add("https://gazette.example/gone", body, status="404 Not Found")
    archive.add("https://gazette.example/empty", b"")
    stream = ArchiveIterator(io.BytesIO(archive.data))
    expected = []
    for record in stream:
        if record.http_headers.get_statuscode() == "200":
            url = record.rec_headers.get_header("WARC-Target-URI")
            expected.append(
                (url, record.content_stream().read(), stream.get_record_offset())
            )
    ours = [
        (one.url, one.data, one.offset) for one in found(archive.data) if not one.passed
    ]
    assert ours == expected
    assert len(ours) == 5


def test_a_page_brings_its_address_its_charset_and_the_day_of_the_crawl(
    tmp_path: Path,
) -> None:
    (record,) = records(
        tmp_path, Archive(packed=True).add("https://gazette.example/1").data
    )
    source = record.source
    assert (source.id, source.url) == ("crawl.warc#1", "https://gazette.example/1")
    assert (source.data, source.media_type, source.charset) == (
        PAGE,
        "text/html",
        "koi8-r",
    )
    assert source.facts == {}
    assert sorted(source.extra) == ["WARC-Date", "WARC-Record-ID"]
    assert record.raw.startswith(b"HTTP/1.1 200 OK\r\n")
    assert record.raw.endswith(PAGE)


@pytest.mark.parametrize(
    ("headers", "data", "expected"),
    (
        ((("Content-Type", "application/xhtml+xml"),), PAGE, "application/xhtml+xml"),
        ((("Content-Type", "TEXT/HTML"),), PAGE, "text/html"),
        ((), PAGE, "text/html"),
        ((), b"The ferry left at six.", "not_html"),
        ((("Content-Type", "text/plain"),), PAGE, "not_html"),
        ((("Content-Type", "application/pdf"),), b"%PDF-1.7", "not_html"),
    ),
)
def test_a_page_is_what_says_that_it_is_html(
    headers: Headers, data: bytes, expected: str
) -> None:
    (one,) = found(
        Archive(packed=False).add("https://gazette.example/", data, headers).data
    )
    assert expected in ((one.passed or ("",))[0], one.media_type.name)


@pytest.mark.parametrize(
    "status",
    ("301 Moved", "304 Not Modified", "403 Forbidden", "404 Not Found", "503 Busy"),
)
def test_answers_without_a_page_are_passed_over(status: str) -> None:
    (one,) = found(
        Archive(packed=False).add("https://gazette.example/", status=status).data
    )
    assert one.passed == ("http_status", f"HTTP status {status[:3]}")


@pytest.mark.parametrize(
    ("kind", "content_type", "expected"),
    (
        ("warcinfo", "application/warc-fields", "record_type"),
        ("request", "application/http; msgtype=request", "record_type"),
        ("metadata", "application/warc-fields", "record_type"),
        ("revisit", "application/http; msgtype=response", "record_type"),
        ("response", "text/dns", "not_html"),
        ("resource", "image/png", "not_html"),
        ("resource", "text/html; charset=koi8-r", "text/html"),
        ("conversion", "text/plain", "text/plain"),
        ("conversion", "application/json", "not_html"),
    ),
)
def test_records_of_other_types(kind: str, content_type: str, expected: str) -> None:
    (one,) = found(Archive(packed=True).add_other(kind, content_type).data)
    assert expected in ((one.passed or ("",))[0], one.media_type.name)
    assert one.data == (b"" if one.passed else PAGE)


def test_text_that_was_taken_from_pages_is_text(tmp_path: Path) -> None:
    text = "Паром ушёл в шесть.".encode()
    (record,) = records(
        tmp_path,
        Archive(packed=True)
        .add_other(
            "conversion", "text/plain", text, WARC_Identified_Content_Language="rus,ukr"
        )
        .data,
    )
    assert (record.source.media_type, record.source.data) == ("text/plain", text)
    assert record.source.extra["WARC-Identified-Content-Language"] == "rus,ukr"


def test_a_reader_of_documents_sees_documents_only(tmp_path: Path) -> None:
    data = (
        Archive(packed=False)
        .add_other("warcinfo", "application/warc-fields")
        .add("https://gazette.example/1")
        .data
    )
    first, second = records(tmp_path, data)
    assert first.passed is not None
    assert (first.number, second.number) == (1, 2)
    assert [record.number for record in read(second.input, Reading())] == [2]


class TestLimits:
    def test_a_large_record_is_a_reject_with_its_bytes(self, tmp_path: Path) -> None:
        archive = (
            Archive(packed=True)
            .add("https://gazette.example/1")
            .add("https://gazette.example/2", PAGE * 5_000)
        )
        data = archive.add("https://gazette.example/3").data
        path = tmp_path / "crawl.warc"
        path.write_bytes(data)
        seen, kept = [], b""
        for record in read_all(
            Input(id="c", path=path, format="warc", stem="c"), Reading(max_bytes=LIMIT)
        ):
            kept += b"".join(record.chunks or ())
            seen.append(record.error.reason if record.error else "page")
        assert seen == ["page", "too_large", "page"]
        assert kept.startswith(b"HTTP/1.1 200 OK\r\n")
        assert kept.endswith(PAGE * 5_000)

    def test_a_large_record_may_be_left_unread(self) -> None:
        archive = (
            Archive(packed=True)
            .add("https://gazette.example/2", PAGE * 5_000)
            .add("https://gazette.example/3")
        )
        assert words(found(archive.data)) == ["too_large", "page"]

    def test_a_large_record_that_is_no_page_is_passed_over(self) -> None:
        film = (("Content-Type", "video/mp4"),)
        archive = Archive(packed=True).add(
            "https://gazette.example/1", bytes(LIMIT * 2), film
        )
        assert words(found(archive.data)) == ["not_html"]

    def test_a_page_that_unfolds_beyond_the_limit_is_a_reject(self) -> None:
        packed = (*HTML, ("Content-Encoding", "gzip"))
        archive = Archive(packed=False).add(
            "https://gazette.example/1", gzip.compress(b"x" * LIMIT * 9), packed
        )
        (one,) = found(archive.data)
        assert words([one]) == ["too_large"]
        assert len(one.raw) < LIMIT


class TestDamage:
    @pytest.mark.parametrize("packed", (False, True))
    def test_what_was_written_last_may_be_cut_off_anywhere(self, packed: bool) -> None:  # noqa: FBT001
        data = pages(4, packed=packed)
        begins = [one.offset for one in found(data)]
        assert words(found(data[: begins[-1] + 300]))[3:] == ["malformed"]
        for cut in range(begins[-1] + 1, len(data) - 4, 7):
            assert words(found(data[:cut]))[:3] == ["page"] * 3
            assert words(found(data[:cut]))[3:] in (
                ["malformed"],
                ["page", "malformed"],
            )

    @pytest.mark.parametrize("packed", (False, True))
    def test_rubbish_between_two_records_costs_neither(self, packed: bool) -> None:  # noqa: FBT001
        data = pages(4, packed=packed)
        second = found(data)[1].offset
        damaged = found(data[:second] + b"rubbish\r\n\r\n" + data[second:])
        assert words(damaged) == ["page", "malformed", "page", "page", "page"]
        fault = damaged[1].error
        assert fault is not None
        assert "in or after the record at byte 0" in str(fault)

    def test_a_page_in_a_broken_member_is_lost_and_the_next_is_found(self) -> None:
        data = pages(4, packed=True)
        second = found(data)[1].offset
        damaged = found(data[: second + 200] + b"\0" * 20 + data[second + 220 :])
        assert words(damaged) == ["page", "malformed", "page", "page"]
        assert [one.number for one in damaged] == [1, 2, 3, 4]

    @pytest.mark.parametrize("kind", ("response", "request"))
    def test_a_length_that_is_a_lie_swallows_nothing(self, kind: str) -> None:
        first = (
            Archive(packed=False)
            .add_other(kind, "application/http", b"HTTP/1.1 200 OK\r\n\r\n" + PAGE)
            .data
        )
        length = first.split(b"Content-Length: ")[1].split(b"\r\n")[0]
        lie = first.replace(
            b"Content-Length: " + length, b"Content-Length: 99999999999999"
        )
        assert words(found(lie + pages(3, packed=False)))[-3:] == ["page"] * 3
        assert "page" not in words(found(lie + pages(3, packed=False)))[:-3]

    @pytest.mark.parametrize(
        "data",
        (
            b"no archive at all",
            b"\x1f\x8b\x08\0nor is this",
            b"WARC/1.0\n",
            b"\0" * 999,
        ),
    )
    def test_what_is_no_archive_is_one_reject(self, data: bytes) -> None:
        assert words(found(data)) == ["malformed"]

    def test_nothing_is_no_record(self) -> None:
        assert found(b"") == []

    def test_a_response_without_a_status_line_is_a_reject(self) -> None:
        archive = Archive(packed=False).add_other(
            "response", "application/http; msgtype=response", b"<p>x</p>"
        )
        assert words(found(archive.data)) == ["malformed"]

    @pytest.mark.parametrize("seed", range(40))
    @pytest.mark.parametrize("packed", (False, True))
    def test_any_damage_ends(self, seed: int, packed: bool) -> None:  # noqa: FBT001
        luck = random.Random(seed)  # noqa: S311 - fixed damage
        data = bytearray(pages(5, packed=packed))
        for _ in range(luck.randint(1, 5)):
            at = luck.randrange(len(data))
            data[at : at + luck.randrange(40)] = luck.randbytes(luck.randrange(40))
        assert len(found(bytes(data), luck.choice([200, LIMIT]))) <= 15

    def test_a_disk_that_fails_is_no_fault_of_the_archive(self) -> None:
        class Failing(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell():
                    raise OSError(5, "Input/output error")
                return super().read(min(size or 300, 300))

        with pytest.raises(OSError, match="Input/output error"):
            list(captures(Failing(pages(3, packed=False)), LIMIT))


def test_an_archive_is_never_held_whole() -> None:
    record = (
        Archive(packed=False).add("https://gazette.example/1", bytes(50_000), HTML).data
    )
    most, number = 0, 0

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            begin = self.given % len(record)
            piece = record[begin : begin + len(buffer)]
            buffer[: len(piece)] = piece
            self.given += len(piece)
            return len(piece)

    stream = Endless()
    for number, _capture in enumerate(captures(io.BufferedReader(stream), LIMIT), 1):
        most = max(most, stream.given - number * len(record))
        if number == 200:
            break
    assert number == 200
    assert most < 300_000


def test_without_fastwarc_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (record,) = records(tmp_path, pages(1, packed=False))
    assert str(record.error) == warc.INSTALL
    assert "pip install 'article-cleaner[warc]'" in warc.INSTALL
    with pytest.raises(SourceError):
        list(captures(io.BytesIO(b""), LIMIT))

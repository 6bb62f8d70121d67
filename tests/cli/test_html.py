"""Pages and web archives through the command: what a reader of the file would have read comes out."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import orjson
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call as Clean

PARAGRAPHS = (
    "The mayor of the harbour town has kept her seat by eleven votes after a second count on Monday.",
    "She thanked the helpers and said that nobody should have to count the same ballots three times in a week.",
    "The losing side wants a third count, and has asked the regional court to order one before the end of the month.",
    "The council will meet again in the first week of March to settle the matter, with or without a third count.",
)
PAGE = (
    "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>Mayor keeps her seat by eleven votes</title>\n"
    "<script>var tracker = 'never seen';</script></head><body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>\n"
    "<article><h1>Mayor keeps her seat by eleven votes</h1>\n"
    + "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "\n<p>Advertisement</p></article><footer>© The Gazette</footer></body></html>\n"
)


def warc_record(url: str, page: str, *, status: str = "200 OK") -> bytes:
    body = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    lines = [
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2031-05-06T07:08:09Z",
    ]
    lines += [
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    return gzip.compress("\r\n".join(lines).encode() + body + b"\r\n\r\n")


def is_clean(body: str) -> bool:
    """Tell whether a body is the article and nothing else that the page said."""
    rest = ("Home", "Advertisement", "never seen", "The Gazette", "<p>")
    return all(paragraph in body for paragraph in PARAGRAPHS) and not any(
        words in body for words in rest
    )


@pytest.mark.parametrize("name", ("page.html", "page.htm", "page.xhtml", "page.txt"))
def test_a_page_becomes_its_article(
    clean: Clean, pack: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert (
        clean(tmp_path / name, "-o", tmp_path / "out", "--rules", pack).exit_code == 0
    )
    record = orjson.loads((tmp_path / "out" / "page.json").read_bytes())
    assert is_clean(record["body"])
    assert record["title"] == "Mayor keeps her seat by eleven votes"
    assert record["source"]["media_type"].endswith(("html", "xhtml+xml"))


def test_a_page_on_standard_input_becomes_text(clean: Clean, pack: Path) -> None:
    for options in ((), ("--input-format", "html")):
        result = clean("-", "--rules", pack, *options, stdin=PAGE.encode())
        assert result.exit_code == 0
        assert is_clean(result.stdout)


@pytest.mark.parametrize(
    ("record", "options"),
    (
        ({"html": PAGE}, ()),
        ({"raw_html": PAGE}, ()),
        ({"text": PAGE}, ()),
        ({"page": PAGE, "text": "A teaser."}, ("--html-field", "page")),
    ),
)
def test_a_page_in_a_record_becomes_its_article(
    clean: Clean, pack: Path, record: dict[str, str], options: tuple[str, ...]
) -> None:
    result = clean(
        "-", "-f", "jsonl", "--rules", pack, *options, stdin=orjson.dumps(record)
    )
    assert result.exit_code == 0
    assert is_clean(orjson.loads(result.stdout)["body"])


def test_text_stays_text_where_a_record_has_both(clean: Clean, pack: Path) -> None:
    given = orjson.dumps({"html": PAGE, "text": PARAGRAPHS[0]})
    found = orjson.loads(clean("-", "-f", "jsonl", "--rules", pack, stdin=given).stdout)
    assert (found["body"], found["input"]) == (PARAGRAPHS[0], {"html": PAGE})


def test_an_archive_becomes_an_article_for_each_page(
    clean: Clean, pack: Path, tmp_path: Path
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        warc_record("https://gazette.example/1", PAGE)
        + warc_record("https://gazette.example/gone", PAGE, status="404 Gone")
        + warc_record("https://gazette.example/2", PAGE)
    )
    result = clean(path, "-o", tmp_path / "out", "--rules", pack)
    assert result.stdout.startswith("3 in = 2 clean + 1 skipped + 0 rejected")
    assert "crawl.warc.gz#2: HTTP status 404" in result.stdout
    for number in (1, 3):
        record = orjson.loads(
            (tmp_path / "out" / "crawl" / f"{number}.json").read_bytes()
        )
        assert is_clean(record["body"])
        assert record["url"] == f"https://gazette.example/{(number + 1) // 2}"
        assert (record["published"], record["input"]["WARC-Date"]) == (
            None,
            "2031-05-06T07:08:09Z",
        )


def test_a_page_is_explained(clean: Clean, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    result = clean("explain", tmp_path / "page.html", "--rules", pack)
    assert result.exit_code == 0
    assert "eleven votes" in result.output
    assert "never seen" not in result.output


def test_a_record_of_an_archive_is_explained(
    clean: Clean, pack: Path, tmp_path: Path
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        warc_record("https://gazette.example/gone", PAGE, status="404 Gone")
        + warc_record("https://a.example", PAGE)
    )
    found = clean("explain", path, "--rules", pack)
    assert "this is record 2; --record N shows another" in found.stderr
    assert "eleven votes" in found.output
    passed = clean("explain", path, "--record", "1", "--rules", pack)
    assert (passed.exit_code, "crawl.warc.gz#1: HTTP status 404" in passed.stderr) == (
        2,
        True,
    )

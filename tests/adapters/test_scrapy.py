"""The item pipeline in a real crawl: a process of its own, pages as `data:` addresses, the items and the statistics as files."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.adapters import corpus

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines
pytest.importorskip("scrapy")

CRAWL = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

given = json.loads(open(sys.argv[1], encoding="utf-8").read())

class Fixed(scrapy.Item):
    text = scrapy.Field()

class Spider(scrapy.Spider):
    name = "s"
    start_urls = ["data:text/plain,start"]

    def parse(self, response):
        for item in given["items"]:
            yield Fixed(text=item["text"]) if given.get("fixed") else item

if __name__ == "__main__":
    process = CrawlerProcess({
        "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "FEEDS": {sys.argv[2]: {"format": "jsonlines"}},
        "ITEM_PIPELINES": {given.get("pipeline", "cleaner.adapters.scrapy.CleanPipeline"): 300},
        **given["settings"],
    })
    crawler = process.create_crawler(Spider)
    process.crawl(crawler)
    process.start()
    print(json.dumps({k: v for k, v in crawler.stats.get_stats().items() if isinstance(v, int)}))
"""
HANGS = '''
from dataclasses import replace
from cleaner.adapters import scrapy
from tests.batch.poison import Poisoned

class Pages(Poisoned):
    def clean_source(self, source):
        return super().clean_source(replace(source, data=source.data.removeprefix("<html><body><p>")))

class Pipeline(scrapy.CleanPipeline):
    """The pipeline with a cleaner that hangs where a page says so."""

    @classmethod
    def from_crawler(cls, crawler):
        made = super().from_crawler(crawler)
        made._pages._cleaner = Pages()
        return made
'''


def crawl(
    tmp_path: Path,
    items: list[dict[str, Any]],
    *,
    fixed: bool = False,
    pipeline: str | None = None,
    **settings: Any,
) -> tuple[list[dict[str, Any]], dict[str, int], str]:
    """Crawl, and return the items that came out, the statistics, and what was logged."""
    given = {"items": items, "settings": settings, "fixed": fixed} | (
        {"pipeline": pipeline} if pipeline else {}
    )
    (tmp_path / "given.json").write_bytes(orjson.dumps(given))
    (tmp_path / "crawl.py").write_text(CRAWL, encoding="utf-8")
    (tmp_path / "hangs.py").write_text(HANGS, encoding="utf-8")
    out = tmp_path / "items.jsonl"
    done = subprocess.run(
        [sys.executable, tmp_path / "crawl.py", tmp_path / "given.json", out],
        capture_output=True,
        timeout=120,
        check=True,
    )
    lines = out.read_bytes().splitlines() if out.exists() else []
    return (
        [orjson.loads(line) for line in lines],
        orjson.loads(done.stdout.splitlines()[-1]),
        done.stderr.decode(),
    )


def test_items_have_the_same_bodies(
    tmp_path: Path, rows: list[dict[str, Any]], expected: str
) -> None:
    items, stats, _ = crawl(tmp_path, rows, CLEANER_PROCESSES=2)
    assert (
        corpus.digest((item["id"], item["clean"]["body"]) for item in items) == expected
    )
    assert all(item["text"] and "other" in item for item in items)
    assert stats["cleaner/clean"] == len(rows)
    assert stats["cleaner/pages"] == sum(row["text"].startswith("<") for row in rows)


def test_what_cannot_be_cleaned_is_kept_or_dropped(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    given = [rows[1], {"id": "none"}, {"id": "long", "text": "x" * 2_000}]
    items, stats, _ = crawl(tmp_path, given, CLEANER_MAX_BYTES=1_500)
    assert {item["id"]: item["clean"]["reason"] for item in items} == {
        "doc-001": None, "none": "malformed", "long": "too_large",
    }  # fmt: skip
    (tmp_path / "items.jsonl").unlink()
    items, stats, _ = crawl(
        tmp_path,
        given,
        CLEANER_MAX_BYTES=1_500,
        CLEANER_ON_REJECT="drop",
        CLEANER_INTO="article",
    )
    assert [item["article"]["status"] for item in items] == ["clean"]
    assert (
        stats["cleaner/rejected"],
        stats["cleaner/rejected/too_large"],
        stats["item_dropped_count"],
    ) == (2, 1, 2)


def test_a_page_that_hangs_costs_itself(tmp_path: Path) -> None:
    given = [
        {"id": name, "text": f"<html><body><p>{name}</p></body></html>"}
        for name in ("one", "hang here", "two", "die here")
    ]
    items, stats, _ = crawl(
        tmp_path,
        given,
        pipeline="hangs.Pipeline",
        CLEANER_TIMEOUT=2,
        CLEANER_PROCESSES=2,
    )
    assert {item["id"]: item["clean"]["reason"] for item in items} == {
        "one": None, "hang here": "timeout", "two": None, "die here": "worker_died",
    }  # fmt: skip
    assert stats["cleaner/rejected"] == 2


def test_an_item_without_the_field_says_which(tmp_path: Path) -> None:
    items, _, log = crawl(tmp_path, [{"text": "Words."}], fixed=True)
    assert items == []
    assert "has no field 'clean': add it, or name another in CLEANER_INTO" in log


@pytest.mark.parametrize(
    ("settings", "says"),
    (
        ({"CLEANER_ON_REJECT": "burn"}, "'burn' is unknown: use keep, drop"),
        ({"CLEANER_RULES": ["/no/such/rules"]}, "/no/such/rules"),
    ),
)
def test_wrong_settings_are_told_before_any_work(
    tmp_path: Path, settings: dict[str, Any], says: str
) -> None:
    items, _, log = crawl(tmp_path, [{"text": "Words."}], **settings)
    assert items == []
    assert says in log

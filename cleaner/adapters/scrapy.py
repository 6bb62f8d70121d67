"""Clean items as a spider finds them.

    ITEM_PIPELINES = {"cleaner.adapters.scrapy.CleanPipeline": 300}

The text is found in an item's `text`, `content`, `body`, … or `html`; `url`, `title`, `author`, `date`, … are facts
about the article. The record goes into the item's field `clean`, everything else stays. An item class with fixed fields needs that field.

    CLEANER_RULES, CLEANER_OVERRIDES                        files and folders; none for the rules that come with the program
    CLEANER_LEVEL, CLEANER_QUOTES, CLEANER_LEAD, CLEANER_EMBEDS, CLEANER_LANGUAGE, CLEANER_COLUMNS     as in `Options`
    CLEANER_TEXT, CLEANER_HTML, CLEANER_ID, CLEANER_URL     fields, where they have other names
    CLEANER_INTO = "clean"                                  the field for the record
    CLEANER_ON_REJECT = "keep"                              or "drop": then `DropItem` with the reason
    CLEANER_PROCESSES = 1, CLEANER_TIMEOUT = 10             workers for pages, and seconds a page

Plain text takes about a millisecond and is cleaned on the spot. Pages leave the reactor's process: what extracts them
crashes in threads and would hold up every download. A worker that dies or hangs costs one item.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cleaner.adapters.adapter_options import (
    Options,
    cleaner_of,
    engine,
    options_of,
    outcome_from,
    outcome_of,
)
from cleaner.adapters.cells import source_of_item
from cleaner.adapters.columns import CLEAN, record_of
from cleaner.batch.clean_one import whole
from cleaner.batch.workers.pool import TIMEOUT, Pool
from cleaner.batch.workers.warm_up import PAGE
from cleaner.errors import UsageError
from cleaner.model import Outcome
from cleaner.pipeline import HTML_TYPES

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from cleaner.model import Source

_LISTS = ("rules", "overrides", "columns")
_NO_SETTINGS = ("prefix",)


@dataclass(frozen=True, slots=True)
class _Task:
    source: Source | None


class CleanPipeline:
    """The item pipeline. Scrapy makes it from the settings."""

    def __init__(
        self,
        options: Options,
        *,
        into: str = "clean",
        drops: bool = False,
        processes: int = 1,
        timeout: float = TIMEOUT,
        stats: Any = None,  # noqa: ANN401 - Scrapy's collector
    ) -> None:
        engine("scrapy", extra="scrapy")
        self._cleaner = cleaner_of(options)
        self._options, self._into, self._drops, self._stats = (
            options,
            into,
            drops,
            stats,
        )
        self._pages = _Pages(self._cleaner, processes, timeout)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        """Return the pipeline that the settings ask for. Raise UsageError, RuleError before the first request."""
        settings = crawler.settings
        given: dict[str, Any] = {}
        for name in (
            place.name for place in fields(Options) if place.name not in _NO_SETTINGS
        ):
            key = f"CLEANER_{name.upper()}"
            if settings.get(key) is not None:
                given[name] = (
                    settings.getlist(key) if name in _LISTS else settings.get(key)
                )
        if "max_bytes" in given:
            given["max_bytes"] = settings.getint("CLEANER_MAX_BYTES")
        on_reject = settings.get("CLEANER_ON_REJECT", "keep")
        if on_reject not in {"keep", "drop"}:
            raise UsageError(
                f"CLEANER_ON_REJECT {on_reject!r} is unknown: use keep, drop"
            )
        return cls(
            options_of(None, given),
            into=settings.get("CLEANER_INTO", "clean"),
            drops=on_reject == "drop",
            processes=settings.getint("CLEANER_PROCESSES", 1),
            timeout=settings.getfloat("CLEANER_TIMEOUT", TIMEOUT),
            stats=crawler.stats,
        )

    async def process_item(self, item: Any, spider: object = None) -> Any:  # noqa: ANN401, ARG002 - items are what a spider makes; older Scrapy hands over the spider
        """Put the record into an item. Raise DropItem where it is rejected and the settings say so."""
        adapter = engine("itemadapter", extra="scrapy").ItemAdapter(item)
        source, error = source_of_item(adapter, self._options)
        if error:
            outcome = Outcome(source=source, error=error)
        elif (
            source.media_type in HTML_TYPES
            and len(source.data) <= self._options.max_bytes
        ):
            self._count("pages")
            outcome = await self._pages.outcome_of(source)
        else:
            outcome = outcome_of(source, self._options)
        record = record_of(outcome, self._options)
        self._account(outcome, record)
        if record["status"] != CLEAN and self._drops:
            raise engine("scrapy.exceptions", extra="scrapy").DropItem(
                f"{record['reason']}: {outcome.error}"
            )
        try:
            adapter[self._into] = record
        except KeyError as fault:
            message = f"{type(item).__name__} has no field {self._into!r}: add it, or name another in CLEANER_INTO"
            raise UsageError(message) from fault
        return item

    def close_spider(self, spider: object = None) -> None:  # noqa: ARG002 - older Scrapy hands it over
        """End the workers."""
        self._pages.close()

    def _account(self, outcome: Outcome, record: dict[str, Any]) -> None:
        self._count(record["status"])
        article = outcome.article
        if article is None:
            self._count(f"rejected/{record['reason']}")
            return
        needs_review = any(flag.startswith("needs_review") for flag in article.flags)
        if needs_review:
            self._count("needs_review")

    def _count(self, what: str) -> None:
        if self._stats is not None:
            self._stats.inc_value(f"cleaner/{what}")


class _Pages:
    """Worker processes for pages, each watched by a thread that only waits."""

    def __init__(self, cleaner: Any, processes: int, timeout: float) -> None:  # noqa: ANN401 - whatever cleans
        self._cleaner = cleaner
        self._processes = max(1, processes)
        self._timeout = timeout
        self._threads: Any = None
        self._own = threading.local()
        self._pools: list[Pool[_Task]] = []

    async def outcome_of(self, source: Source) -> Outcome:
        """Clean one page in a worker."""
        reactor = engine("twisted.internet.reactor", extra="scrapy")
        threads = engine("twisted.internet.threads", extra="scrapy")
        if self._threads is None:
            pool = engine("twisted.python.threadpool", extra="scrapy")
            self._threads = pool.ThreadPool(
                self._processes, self._processes, name="cleaner"
            )
            self._threads.start()
        waiting = threads.deferToThreadPool(reactor, self._threads, self._clean, source)
        outcome: Outcome = await engine(
            "scrapy.utils.defer", extra="scrapy"
        ).maybe_deferred_to_future(waiting)
        return outcome

    def _clean(self, source: Source) -> Outcome:
        pool = getattr(self._own, "pool", None)
        if pool is None:
            pool = Pool(
                self._cleaner,
                jobs=1,
                timeout=self._timeout,
                chunk=1,
                samples=(PAGE,),
            )
            self._own.pool = pool
            self._pools.append(pool)
        ((_, answer),) = pool.answers([_Task(source)], whole)
        assert answer is not None  # noqa: S101 - the task held a document
        return outcome_from(source, answer)

    def close(self) -> None:
        """End threads and workers."""
        if self._threads is not None:
            self._threads.stop()
        for pool in self._pools:
            pool.close()

"""Clean documents in a datatrove pipeline.

    from cleaner.adapters.datatrove import CleanStep

    LocalPipelineExecutor(pipeline=[JsonlReader("raw"), CleanStep(exclusion_writer=JsonlWriter("rejected")), JsonlWriter("clean")])

The text of a document becomes the body; the record, `removals` and `flags` among it, stands in its metadata under
`clean`. Metadata called `url`, `title`, `author`, `date`, … are facts about the article. A document that cannot be
cleaned keeps its text: it goes to the `exclusion_writer` with its `filter_reason`, and on down the pipeline where there is none,
with the status `rejected` in its record. Statistics count both, each reason, and the words that went.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cleaner.adapters.adapter_options import (
    Options,
    cleaner_of,
    engine,
    options_of,
    outcome_of,
    require_unset,
)
from cleaner.adapters.cells import source_of_item
from cleaner.adapters.columns import CLEAN, record_of
from cleaner.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter

try:
    from datatrove.pipeline.base import PipelineStep
except ImportError:  # said when somebody makes a step, so that the module can be looked at without datatrove
    PipelineStep = object

KEY = "clean"
"""Where a document's record stands in its metadata."""


class CleanStep(PipelineStep):  # type: ignore[misc] # datatrove has no types
    """A step that cleans. Options are those of `Options`, as one value or one by one, apart from names of columns."""

    type = "🧹 - CLEAN"
    name = "cleaner"

    def __init__(
        self,
        options: Options | None = None,
        *,
        exclusion_writer: DiskWriter | None = None,
        **given: Any,  # noqa: ANN401 - see Options
    ) -> None:
        engine("datatrove.pipeline.base", extra="datatrove")
        super().__init__()
        self.options = options_of(options, given)
        require_unset(
            self.options,
            "text",
            "html",
            "id",
            "prefix",
            why="documents have a text and an id",
        )
        cleaner_of(self.options)
        self.exclusion_writer = exclusion_writer

    def run(
        self,
        data: Iterable[Document],
        rank: int = 0,
        world_size: int = 1,  # noqa: ARG002
    ) -> Iterator[Document]:
        """Yield the documents, cleaned; what cannot be goes to the exclusion writer, if there is one."""
        with self.exclusion_writer or nullcontext() as writer:
            for document in data or ():
                self.stat_update("total")
                with self.track_time():
                    reason = self._clean(document)
                if reason and writer:
                    self.stat_update("dropped", f"dropped_{reason}")
                    document.metadata["filter_reason"] = reason
                    writer.write(document, rank)
                    continue
                self.stat_update(
                    "forwarded", *([f"rejected_{reason}"] if reason else [])
                )
                self.update_doc_stats(document)
                yield document

    def _clean(self, document: Document) -> str | None:
        """Clean a document in place; return the reason where that cannot be done."""
        item = {**document.metadata, "text": document.text, "id": document.id}
        source, error = source_of_item(item, replace(self.options, text="text"))
        outcome = (
            Outcome(
                source=source,
                error=error,
            )
            if error
            else outcome_of(source, self.options)
        )
        record = record_of(outcome, self.options)
        record.pop("body", None)
        document.metadata[KEY] = record
        if outcome.article is None or record["status"] != CLEAN:
            return str(record["reason"])
        document.text = outcome.article.body
        stats = outcome.article.stats
        self.stat_update(
            "words_removed",
            value=stats["words_before"] - stats["words_after"],
            unit="doc",
        )
        if any(flag.startswith("needs_review") for flag in outcome.article.flags):
            self.stat_update("needs_review")
        return None

"""Made-up documents that make a worker load and compile what the first real ones would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.model import Source

if TYPE_CHECKING:
    from cleaner.batch.plan import Plan

_LINES = (
    "The council has put off its vote on the harbour wall until the spring, a spokeswoman said on Monday.",
    "It was the third time since the storm; the cafÃ© owners &amp; the fishermen want it to be built at once.",
    "Read more: What the storm has left of the harbour",
    "“We cannot wait for another winter,” one of them said, “and we will not pay for it alone.” The vote is due in March.",
    "The council has put off its vote on the harbour wall until the spring, a spokeswoman said on Monday.",
)
TEXT = Source(id="sample", data="\n".join(_LINES).encode())
PAGE = Source(
    id="sample",
    data=(
        "<html lang=en><head><title>The wall</title></head><body><nav><a href=/a>Home</a></nav><article><h1>The wall</h1>"
        f"{''.join(f'<p>{line}</p>' for line in _LINES)}</article></body></html>"
    ).encode(),
    media_type="text/html",
)
_PAGES = frozenset({"html", "warc"})
"""Formats of inputs that hold pages."""


def samples_for(plan: Plan) -> tuple[Source, ...]:
    """Return documents like those of a plan."""
    has_pages = any(source_file.format in _PAGES for source_file in plan.inputs)
    return (TEXT, PAGE) if has_pages else (TEXT,)

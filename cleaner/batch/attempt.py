"""Clean one document, whatever happens: the only step of a run that costs time, here or in a worker process."""

from __future__ import annotations

import traceback
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from cleaner.errors import SourceError
from cleaner.model import Outcome

if TYPE_CHECKING:
    from cleaner.model import Article, Source


class CleansSources(Protocol):
    """What a run needs of a `Cleaner`."""

    def clean_source(self, source: Source) -> Article:
        """Clean one document. Raises `SourceError`."""


def attempt(cleaner: CleansSources, source: Source) -> Outcome:
    """Clean one document. A fault in this program is an outcome too: it costs one document, not the run."""
    began = perf_counter()
    article, error = None, None
    try:
        article = cleaner.clean_source(source)
    except SourceError as said:
        error = said
    except MemoryError:
        message = "cleaning it needs more memory than a worker may take (--max-memory)"
        error = SourceError(message, reason="memory", stage="clean")
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is recorded with its place and the run goes on
        error = crash_of(fault, "clean")
    return Outcome(source=source, article=article, error=error, seconds=perf_counter() - began)


def crash_of(error: Exception, stage: str) -> SourceError:
    """Return a fault of this program as what it is to its document: the reason why it was rejected."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno}); please report this"
    return SourceError(message, reason="crashed", stage=stage)

"""Clean one document, whatever happens: the only step of a run that costs time, here or in a worker process."""

from __future__ import annotations

import traceback
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Article, Source

M = TypeVar("M")


class CleansSources(Protocol):
    """What a run needs of a `Cleaner`."""

    def clean_source(self, source: Source) -> Article:
        """Clean one document. Raises `SourceError`."""


class Answer(NamedTuple, Generic[M]):
    """What became of one document: what was made of its article, or the error that rejected it."""

    made: M | None = None
    error: SourceError | None = None
    seconds: float = 0.0
    """How long that took, by the clock."""


def attempt(
    cleaner: CleansSources, source: Source, finish: Callable[[Article], M]
) -> Answer[M]:
    """Clean one document and make of its article what is asked for.

    A fault in this program is an answer too: it costs one document, not the run.
    """
    began = perf_counter()
    made, error, stage = None, None, "clean"
    try:
        article = cleaner.clean_source(source)
        stage = "write"
        made = finish(article)
    except SourceError as said:
        error = said
    except MemoryError:
        message = "cleaning it needs more memory than a worker may take (--max-memory)"
        error = SourceError(message, reason="memory", stage="clean")
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is recorded with its place and the run goes on
        error = crash_of(fault, stage)
    return Answer(made, error, perf_counter() - began)


def whole(article: Article) -> Article:
    """Return the article as it is: for those who want all of it from a worker."""
    return article


def crash_of(error: Exception, stage: str) -> SourceError:
    """Return a fault of this program as what it is to its document: the reason why it was rejected."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno}); please report this"
    return SourceError(message, reason="crashed", stage=stage)

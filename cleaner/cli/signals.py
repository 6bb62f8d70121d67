"""Ctrl-C and SIGTERM: the first finishes the document in hand, the second stops at once."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from cleaner.batch.run import Stop

_NOTE = b"\nclean: finishing the document in hand; once more stops at once\n"


@contextmanager
def handled(stop: Stop) -> Iterator[None]:
    """Let signals set `stop` for the time of a block; while the run only waits for input they end it directly."""

    def handle(number: int, _frame: FrameType | None) -> None:
        again = stop.signal is not None
        stop.signal = number
        if again or not stop.busy:
            raise KeyboardInterrupt
        os.write(2, _NOTE)  # not through a stream that may be in the middle of a write

    before = {
        number: signal.signal(number, handle)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

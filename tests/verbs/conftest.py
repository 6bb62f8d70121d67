"""One rule with one verb, tried on one text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from cleaner import edits
from cleaner.document import Document
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.loading.load import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

HEAD = """\
- id: test.rule
  name: A rule under test
  why: It stands here to be tried, and for nothing else.
  category: other
  status: live
  confidence: high
"""
EXAMPLES = """\
  examples:
  - {before: x, after: y}
  - {unchanged: z}
"""

FIRST = "The harbour master opened the gate at six, and the first boats went out before anyone else was awake."
SECOND = "By noon the wind had turned, and the council asked the crews over the radio to come back to the quay."
THIRD = "Nobody was hurt, the harbour master said in the evening, and the gate will be opened again on Friday."


@pytest.fixture(scope="session")
def attempt() -> Callable[[str, str], Reduction]:
    """Return what a rule with this verb (its YAML, at the left margin) makes of a text; the account is checked too."""

    def attempt(verb: str, text: str) -> Reduction:
        book = load_text(
            HEAD + textwrap.indent(verb.strip("\n") + "\n", "  ") + EXAMPLES,
            name="test.yaml",
        ).require()
        reduction = reduce(
            Document(text=text), book, "bold", lambda left: Document(text=left)
        )
        assert edits.apply(text, reduction.edits) == reduction.body
        return reduction

    return attempt


@pytest.fixture(scope="session")
def clean(attempt: Callable[[str, str], Reduction]) -> Callable[[str, str], str]:
    """Return the body that is left."""
    return lambda verb, text: attempt(verb, text).body

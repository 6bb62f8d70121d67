"""Other words stand in the place of a phrase, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

GLUED = r"""
replace:
  - find: /([.!?”"]) Advertisement$/
    with: \1
  - find: (Picture by hand)
    with: ""
"""


@pytest.mark.parametrize(
    ("before", "after"),
    (
        ("He left. Advertisement\nShe stayed.", "He left.\nShe stayed."),
        ("“He left!” Advertisement", "“He left!”"),
        ("😀𝔘 été. Advertisement\n😀", "😀𝔘 été.\n😀"),
        ("She stayed (picture by hand) late.", "She stayed  late."),
    ),
)
def test_goes(clean: Callable[[str, str], str], before: str, after: str) -> None:
    assert clean(GLUED, before) == after


@pytest.mark.parametrize(
    "text",
    (
        "He bought an advertisement",
        "He left. Advertisement for ferries",
        "He left, Advertisement",
        "Picture by hand",
        "Advertisement",
    ),
)
def test_stays(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(GLUED, text) == text


def test_the_first_pair_that_fits_a_place_has_it(
    clean: Callable[[str, str], str],
) -> None:
    verb = "replace:\n  - {find: red ferry, with: A}\n  - {find: ferry, with: B}\n"
    assert clean(verb, "The red ferry and the ferry.") == "The A and the B."


def test_the_removal_says_what_stands_there_now(
    attempt: Callable[[str, str], Reduction],
) -> None:
    edit = attempt(GLUED, "He left. Advertisement\nShe stayed.").edits[0]
    assert (edit.start, edit.end, edit.match.replacement) == (7, 22, ".")


@pytest.mark.parametrize(
    "verb",
    (
        "replace:\n  - {find: red, with: green}\n  - {find: green, with: red}\n",
        "replace:\n  - {find: red, with: red red}\n",
        "replace:\n  - {find: /r(e+)d/, with: 're\\1d'}\n",
    ),
)
def test_rules_that_feed_themselves_touch_nothing(
    attempt: Callable[[str, str], Reduction], verb: str
) -> None:
    text = "The red boat.\nThe blue boat."
    reduction = attempt(verb, text)
    assert reduction.body == text
    assert reduction.flags == ("needs_review:passes",)
    assert {refused.why for refused in reduction.refused} == {"passes"}


def test_a_replacement_that_changes_nothing_is_none(
    attempt: Callable[[str, str], Reduction],
) -> None:
    reduction = attempt("replace:\n  - {find: red, with: red}\n", "The red boat.")
    assert (reduction.body, reduction.edits, reduction.flags) == (
        "The red boat.",
        (),
        (),
    )

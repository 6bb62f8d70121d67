"""A rule book says for each page which of its selectors may act."""

from __future__ import annotations

import pickle

import pytest

from cleaner.html.element_index import ElementIndex
from cleaner.html.selectors.prune import prune
from cleaner.html.tree import load
from cleaner.pipeline import Cleaner
from cleaner.rulebook.engine.page_rules import ElementRules
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule

PAGE = "<p>One long line about the ferry and the pier.</p><i class='x'>Two</i>"


def book(extra: str = "", *, status: str = "live", confidence: str = "high") -> str:
    return rule(f"remove_html: .x\n{extra}", status=status, confidence=confidence)


@pytest.mark.parametrize(
    ("status", "confidence", "level", "count"),
    (
        ("live", "high", "cautious", (1, 0, 0)),
        ("live", "medium", "cautious", (0, 0, 1)),
        ("live", "low", "standard", (0, 0, 1)),
        ("live", "low", "bold", (1, 0, 0)),
        ("watch", "high", "bold", (0, 1, 0)),
        ("draft", "high", "bold", (0, 0, 0)),
    ),
)
def test_status_and_confidence_decide(
    status: str, confidence: str, level: str, count: tuple[int, int, int]
) -> None:
    rules = load_text(book(status=status, confidence=confidence)).require()
    selectors = ElementRules(rules.active).selector_rules(level)  # type: ignore[arg-type] # a table
    pruning = prune(ElementIndex(load(PAGE)), selectors)
    assert (len(pruning.pruned), len(pruning.watched), len(pruning.refused)) == count


@pytest.mark.parametrize(
    ("scope", "goes"),
    (
        ("sites: [a.example]", True),
        ("sites: ['*.example']", True),
        ("sites: [b.example]", False),
        ("not_sites: [a.example]", False),
        ("languages: [de]", True),
        ("languages: [fr]", False),
        ("formats: [html]", True),
        ("formats: [text]", False),
    ),
)
def test_scope_decides(scope: str, goes: bool) -> None:  # noqa: FBT001 - a table
    rules = load_text(book(f"scope: {{{scope}}}")).require()
    selectors = ElementRules(rules.active).selector_rules(
        "standard", site="a.example", language="de"
    )
    pruning = prune(ElementIndex(load(PAGE)), selectors)
    assert bool(pruning.pruned) is goes


def test_a_cleaner_pickles_without_its_page_rules() -> None:
    cleaner = Cleaner(load_text(book("when: {max_words: 5}")).require())
    assert cleaner.page_rules is cleaner.page_rules
    again = pickle.loads(pickle.dumps(cleaner))  # noqa: S301 - our own
    assert "page_rules" not in vars(again)
    selectors = again.page_rules.selector_rules("standard")
    assert len(prune(ElementIndex(load(PAGE)), selectors).pruned) == 1


def test_the_record_names_the_line_that_picked_the_element() -> None:
    rules = load_text(rule("remove_html: |\n  .y, .z\n  i.x")).require()
    selectors = ElementRules(rules.active).selector_rules("standard")
    pruning = prune(ElementIndex(load(PAGE)), selectors)
    assert pruning.pruned[0].selector == "i.x"


@pytest.mark.parametrize(
    "guard",
    ("when: {near: One}", "when: {first_lines: 3}", "except: One", "exact: true"),
)
def test_guards_that_ask_about_lines_are_refused(guard: str) -> None:
    faults = load_text(book(guard)).faults
    assert [fault.code for fault in faults] == ["L005"]
    assert "asks about lines of text" in faults[0].message

"""A rule book: what is in it, what identifies it, and that it travels."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from cleaner.rulebook.book import RuleBook

ONE = rule("remove_lines: |\n  One <word>\n  Größe", name="a.one")
TWO = rule("remove_text: Two <word>", name="b.two", status="watch")
TEXT = ONE + TWO


def book(text: str) -> RuleBook:
    return load_text(text).require()


def test_the_order_in_the_file_means_nothing() -> None:
    assert book(ONE + TWO).fingerprint == book(TWO + ONE).fingerprint
    assert [one.id for one in book(TWO + ONE).rules] == ["a.one", "b.two"]


@pytest.mark.parametrize(
    ("old", "new"),
    (
        ("It stands here to be tried", "It stands there to be tried"),
        ("A rule under test", "Another name for it"),
        ("{unchanged: z}", "{unchanged: zz}"),
        ("- id: a.one", "# a comment\n- id: a.one"),
    ),
)
def test_what_changes_nothing_does_not_change_the_fingerprint(
    old: str, new: str
) -> None:
    assert book(TEXT).fingerprint == book(TEXT.replace(old, new)).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    (
        ("One <word>", "One <word>."),
        ("a.one", "a.uno"),
        ("category: other", "category: ads"),
        ("confidence: high", "confidence: low"),
        ("status: watch", "status: live"),
        ("  remove_lines", "  exact: true\n  remove_lines"),
        ("  remove_lines", "  when: {max_chars: 80}\n  remove_lines"),
        ("  remove_lines", "  except: Größe\n  remove_lines"),
        ("  remove_lines", "  scope: {languages: [de]}\n  remove_lines"),
        ("remove_text", "remove_lines"),
    ),
)
def test_what_changes_something_does(old: str, new: str) -> None:
    assert book(TEXT).fingerprint != book(TEXT.replace(old, new, 1)).fingerprint


def test_drafts_and_retired_rules_do_not_run() -> None:
    some = book(
        TEXT
        + rule("lift: x", name="c", status="draft")
        + rule("lift: y", name="d", status="retired")
    )
    assert [one.id for one in some.rules] == ["a.one", "b.two", "c", "d"]
    assert [one.id for one in some.active] == ["a.one", "b.two"]


def test_it_travels_with_its_compiled_patterns_left_behind() -> None:
    some = book(TEXT)
    some.matcher.compile()
    again = pickle.loads(pickle.dumps(some))  # noqa: S301 - our own bytes
    assert again == some
    assert "matcher" not in vars(again)
    document = Document(text="A.\nOne way\nB.")
    for each in (some, again):
        assert (
            reduce(document, each, "standard", lambda text: Document(text=text)).body
            == "A.\nB."
        )


def test_a_book_of_one_rule_for_trying_it() -> None:
    some = book(TEXT)
    only = some.only(some.rules[1])
    assert [(one.id, one.status, one.confidence) for one in only.rules] == [
        ("b.two", "live", "high")
    ]
    assert some.get("nobody") is None

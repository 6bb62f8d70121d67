"""Rules are proved by their own examples, and a rule that does not hold is told."""

from __future__ import annotations

import pytest

from cleaner.rulebook.authoring.examples import fill, neutral, prove
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule


def with_examples(verb: str, *examples: str) -> str:
    head = rule(verb).partition("  examples:\n")[0]
    return head + "  examples:\n" + "".join(f"  - {example}\n" for example in examples)


@pytest.mark.parametrize(
    ("example", "kind", "verdict"),
    (
        ('{before: "One.\\nAD", after: "One."}', "before", "ok"),
        ('{before: "One.\\nAD\\n", after: "One."}', "before", "ok"),
        ('{before: "One.\\nNo ad", after: "One."}', "before", "missing"),
        ('{before: "One.\\nAD\\nTwo.", after: "One."}', "before", "different"),
        ('{unchanged: "One."}', "unchanged", "ok"),
        ('{unchanged: "One.\\nAD"}', "unchanged", "noisy"),
    ),
)
def test_verdicts(example: str, kind: str, verdict: str) -> None:
    book = load_text(
        with_examples(
            "remove_lines: AD",
            example,
            '{before: "One.\\nAD", after: "One."}',
            '{unchanged: "x"}',
        )
    ).require()
    first = next(prove(book))
    assert (first.kind, first.verdict, first.ok, first.number) == (
        kind,
        verdict,
        verdict == "ok",
        1,
    )
    assert bool(first.diff) is (verdict != "ok")


def test_captures_are_part_of_the_proof() -> None:
    text = with_examples(
        "lift: By <authors:name>",
        '{before: "By Jane Doe\\nOne.", after: "One.", captures: {authors: Jane Doe}}',
        '{before: "By Jane Doe\\nOne.", after: "One.", captures: {authors: John Roe}}',
        '{unchanged: "One."}',
    )
    proofs = list(prove(load_text(text).require()))
    assert [proof.verdict for proof in proofs] == ["ok", "different", "ok"]
    assert "captures authors: expected 'John Roe', got ['Jane Doe']" in proofs[1].diff


def test_a_rule_is_proved_inside_its_scope_whatever_its_status() -> None:
    for status in ("draft", "watch", "live"):
        text = with_examples(
            "remove_lines: AD\nscope: {sites: ['*.a.example'], languages: [de]}",
            '{before: "One.\\nAD", after: "One."}',
            '{unchanged: "x"}',
        ).replace("status: live", f"status: {status}")
        assert all(proof.ok for proof in prove(load_text(text).require()))


def test_some_rules_only() -> None:
    text = rule("remove_lines: One", name="a") + rule("remove_lines: Two", name="b")
    assert {proof.rule for proof in prove(load_text(text).require(), ["b"])} == {"b"}


def test_fillers() -> None:
    assert len(neutral(60).split()) == 60
    assert neutral(60) != neutral(61)
    assert fill("a\n<filler 5>\nb").split("\n")[1] == neutral(5)
    assert fill("see <filler 5> here") == "see <filler 5> here"


@pytest.mark.parametrize(
    ("example", "verdict"),
    (
        ('{before: "<p>One.</p><i class=x>Two</i>", after: "<p>One.</p>"}', "ok"),
        ('{before: "<i class=x>Two</i>", after: ""}', "ok"),
        (
            '{before: "<p>One <i class=x>two</i>  three</p>", after: "<p>One three</p>\\n"}',
            "ok",
        ),
        ('{before: "<i class=x></i><p>One.</p>", after: "<p>One.</p>"}', "ok"),
        ('{before: "<p>One.</p><i class=y>Two</i>", after: "<p>One.</p>"}', "missing"),
        (
            '{before: "<p>One.</p><i class=x>Two</i>", after: "<p>Two.</p>"}',
            "different",
        ),
        (
            '{before: "<p id=a>One.</p><i class=x>Two</i>", after: "<p>One.</p>"}',
            "different",
        ),
        ('{unchanged: "<p class=y>One.</p>"}', "ok"),
        ('{unchanged: "<p class=x>One.</p>"}', "noisy"),
    ),
)
def test_examples_that_are_markup(example: str, verdict: str) -> None:
    text = with_examples(
        "remove_html: .x",
        example,
        '{before: "<i class=x>Two</i>", after: ""}',
        '{unchanged: "<p>One</p>"}',
    )
    first = next(prove(load_text(text).require()))
    assert first.verdict == verdict
    assert bool(first.diff) is (verdict != "ok")


def test_the_difference_of_markup_is_shown_by_lines() -> None:
    text = with_examples(
        "remove_html: .x",
        '{before: "<p>One.</p><i class=y>Two</i>", after: "<p>One.</p>"}',
        '{unchanged: "<p>One</p>"}',
    )
    assert next(prove(load_text(text).require())).diff.endswith(
        '+  <i class="y">\n+   Two'
    )

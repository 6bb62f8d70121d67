"""Every shipped rule keeps its word: it loads without a fault and satisfies its own examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from cleaner.document import Document
from cleaner.features import line_shape
from cleaner.html import tree
from cleaner.html.element_index import ElementIndex
from cleaner.html.selectors import prune
from cleaner.rulebook.authoring import examples as proof
from cleaner.rulebook.authoring.examples import prove
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.engine.page_rules import ElementRules
from cleaner.rulebook.loading.load import default_rules, load
from cleaner.rulebook.rule import Category, Rule

if TYPE_CHECKING:
    from cleaner.rulebook.book import RuleBook

ROOT = Path(__file__).resolve().parent.parent
PACKS = sorted(default_rules().rglob("*.yaml"))


@cache
def shipped() -> RuleBook:
    return load([default_rules()], check_selectors=True)


IDS = tuple(rule.id for rule in shipped().rules)


def test_the_packs_lie_where_the_editors_look() -> None:
    assert default_rules() == ROOT / "rules"
    assert PACKS


def test_every_pack_holds_rules() -> None:
    packs = {str(path) for path in PACKS}
    assert packs - {rule.file for rule in shipped().rules} == set()


def test_there_is_no_fault_at_all() -> None:
    assert shipped().faults == ()


def test_the_examples_hold() -> None:
    """Every example of every rule; what fails is shown with the rule and the difference."""
    kinds: dict[str, set[str]] = {}
    wrong = []
    for each in prove(shipped(), IDS):
        kinds.setdefault(each.rule, set()).add(each.kind)
        if not each.ok:
            wrong.append(
                f"{each.rule}, example {each.number}, {each.verdict}:\n{each.diff}"
            )
    assert wrong == []
    assert {rule: some for rule, some in kinds.items() if len(some) < 2} == {}
    assert len(kinds) == len(IDS)


def test_every_rule_gives_an_account_of_itself() -> None:
    assert [rule.id for rule in shipped().rules if not is_accounted_for(rule)] == []


def is_accounted_for(rule: Rule) -> bool:
    changes = {
        example.after is None and not example.captures for example in rule.examples
    }
    return (
        rule.category in get_args(Category)
        and len(rule.why.split()) >= 4
        and bool(rule.name and rule.owner and rule.added)
        and (changes == {True, False} or rule.status == "retired")
    )


def test_the_sentences_that_are_one_rules_traps_are_safe_from_all_rules() -> None:
    lost = []
    for rule in shipped().rules:
        for example in rule.examples if rule.status != "retired" else ():
            if example.after is None and not example.captures:
                lost += [
                    (rule.id, line)
                    for line in lost_sentences(proof.fill(example.before), rule)
                ]
    assert lost == []


def test_the_elements_that_are_one_rules_traps_are_safe_from_all_rules() -> None:
    taken = []
    selectors = ElementRules(shipped().active).selector_rules("bold")
    for rule in shipped().rules:
        for example in rule.examples if rule.verb.KEY == "remove_html" else ():
            if example.after is None:
                root = tree.load(f"<p>{proof.neutral(400)}</p>{example.before}")
                pruned = prune.prune(ElementIndex(root), selectors).pruned
                taken += [(rule.id, each.rule, each.element) for each in pruned]
    assert taken == []


def lost_sentences(text: str, rule: Rule) -> list[str]:
    """Return the paragraphs of a text of which the shipped rules together leave no copy."""
    language = rule.scope.languages[0] if rule.scope.languages else None

    def read(body: str) -> Document:
        return Document(text=body, language=language)

    left = reduce(read(text), shipped(), "standard", read).body
    return [
        line
        for line in text.split("\n")
        if line_shape.is_sentence(line) and line.strip() not in left
    ]

"""The selectors of a rule book: those of all its rules compiled once, and which of them may act on a page."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

from cleaner.html.article.choose import ArticleScorer
from cleaner.html.extract import PageRules
from cleaner.html.selectors.prune import SelectorRule, SelectorRules
from cleaner.html.selectors.select import Selectors as CompiledSelectors
from cleaner.model import Document, Match
from cleaner.rulebook.engine import policy
from cleaner.rulebook.scope import in_scope
from cleaner.verbs.api.values import ArticleSigns, Selectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.options import Level
    from cleaner.rulebook.rule import Rule, Scope

_NOWHERE = Match(start=0, end=0, line=0)


class ElementRules:
    """The rules that act on the elements of a page. Raise SelectorError for a selector that cannot be read."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        page_rules = [rule for rule in rules if rule.verb.INPUT == "page"]
        self._owners: list[tuple[Rule, str]] = []
        self._takers: list[tuple[Rule, ArticleScorer]] = []
        for rule in page_rules:
            self._owners += [(rule, text) for text in _selectors_of(rule)]
            if isinstance(rule.verb, ArticleSigns):
                scorer = ArticleScorer.of(rule.id, rule.category, rule.verb)
                self._takers.append((rule, scorer))
        self._selectors = CompiledSelectors([text for _, text in self._owners])
        self._at_level: dict[Level, list[SelectorRule]] = {}
        self._numbers: dict[Scope, list[int]] = defaultdict(list)
        """The numbers of the selectors by the scopes of their rules: few rules have one."""
        for number, (rule, _) in enumerate(self._owners):
            self._numbers[rule.scope].append(number)

    def of_page(
        self, level: Level, site: str | None, language: str | None
    ) -> PageRules:
        """Return what acts on a page: the selectors, and the signs of the first rule that takes the article."""
        return PageRules(
            self.selector_rules(level, site=site, language=language),
            self._scorer_for(level, site, language),
        )

    def _scorer_for(
        self, level: Level, site: str | None, language: str | None
    ) -> ArticleScorer | None:
        page = Document(text="", site=site, language=language, format="html")
        for rule, scorer in self._takers:
            stopped = policy.objection(rule, _NOWHERE, level)
            if stopped is None and in_scope(rule.scope, page):
                return scorer
        return None

    def selector_rules(
        self, level: Level, *, site: str | None = None, language: str | None = None
    ) -> SelectorRules:
        """Return the selectors for a page: who selected what, and which rules may act at a level."""
        if level not in self._at_level:
            self._at_level[level] = [
                _selector_rule(rule, text, level) for rule, text in self._owners
            ]
        page = Document(text="", site=site, language=language, format="html")
        selected: list[SelectorRule | None] = list(self._at_level[level])
        for scope, numbers in self._numbers.items():
            if not in_scope(scope, page):
                for number in numbers:
                    selected[number] = None
        return SelectorRules(self._selectors, selected)


def _selectors_of(rule: Rule) -> Iterator[str]:
    for field in dataclasses.fields(rule.verb):
        value = getattr(rule.verb, field.name)
        if isinstance(value, Selectors):
            yield from value


def _selector_rule(rule: Rule, selector: str, level: Level) -> SelectorRule:
    return SelectorRule(
        rule=rule.id,
        category=rule.category,
        selector=selector,
        stopped=policy.objection(rule, _NOWHERE, level),
        max_words=rule.when.max_words,
        max_chars=rule.when.max_chars,
    )

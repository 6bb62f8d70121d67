"""The selectors of a rule book: those of all its rules compiled once, and which of them may act on a page."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

from cleaner.html.article.choose import Card
from cleaner.html.extract import PageRules
from cleaner.html.selectors.prune import Want, Wanted
from cleaner.html.selectors.select import Selectors as CompiledSelectors
from cleaner.model import Document, Match
from cleaner.rulebook.engine import policy
from cleaner.rulebook.scope import in_scope
from cleaner.verbs.api.values import ArticleSigns, Selectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.rulebook.rule import Level, Rule, Scope

_NOWHERE = Match(start=0, end=0, line=0)


class ElementRules:
    """The rules that act on the elements of a page. Raise SelectorError for a selector that cannot be read."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        page_rules = [rule for rule in rules if rule.verb.INPUT == "page"]
        self._owners: list[tuple[Rule, str]] = []
        self._takers: list[tuple[Rule, Card]] = []
        for rule in page_rules:
            self._owners += [(rule, text) for text in _selectors_of(rule)]
            if isinstance(rule.verb, ArticleSigns):
                card = Card.of(rule.id, rule.category, rule.verb)
                self._takers.append((rule, card))
        self._selectors = CompiledSelectors([text for _, text in self._owners])
        self._wants: dict[Level, list[Want]] = {}
        self._numbers: dict[Scope, list[int]] = defaultdict(list)
        """The numbers of the selectors by the scopes of their rules: few rules have one."""
        for number, (rule, _) in enumerate(self._owners):
            self._numbers[rule.scope].append(number)

    def of_page(
        self, level: Level, site: str | None, language: str | None
    ) -> PageRules:
        """Return what acts on a page: the selectors, and the signs of the first rule that takes the article."""
        return PageRules(
            self.wanted(level, site=site, language=language),
            self._card_for(level, site, language),
        )

    def _card_for(
        self, level: Level, site: str | None, language: str | None
    ) -> Card | None:
        page = Document(text="", site=site, language=language, format="html")
        for rule, card in self._takers:
            stopped = policy.objection(rule, _NOWHERE, level)
            if stopped is None and in_scope(rule.scope, page):
                return card
        return None

    def wanted(
        self, level: Level, *, site: str | None = None, language: str | None = None
    ) -> Wanted:
        """Return the selectors for a page, each with its rule and whether it may act at a level."""
        if level not in self._wants:
            wants = [_want(rule, text, level) for rule, text in self._owners]
            self._wants[level] = wants
        page = Document(text="", site=site, language=language, format="html")
        in_force: list[Want | None] = list(self._wants[level])
        for scope, numbers in self._numbers.items():
            if in_scope(scope, page):
                continue
            for number in numbers:
                in_force[number] = None
        return Wanted(self._selectors, in_force)


def _selectors_of(rule: Rule) -> Iterator[str]:
    for field in dataclasses.fields(rule.verb):
        value = getattr(rule.verb, field.name)
        if isinstance(value, Selectors):
            yield from value


def _want(rule: Rule, selector: str, level: Level) -> Want:
    return Want(
        rule=rule.id,
        category=rule.category,
        selector=selector,
        stopped=policy.objection(rule, _NOWHERE, level),
        max_words=rule.when.max_words,
        max_chars=rule.when.max_chars,
    )

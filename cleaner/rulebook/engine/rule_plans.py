"""Plans: what of a rule is the same for every document, worked out when a document first wakes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.rulebook.engine.guards import guards_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cleaner.rulebook.engine.guards import NamedGuard
    from cleaner.rulebook.rule import Rule

NEAR_MISSES = 3
"""A phrase that matches in more places than this outside its position is a shape, and those places tell nobody anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a rule is asked."""

    number: int
    """Its place among the active rules."""
    rule: Rule
    stage: int
    triggers: tuple[str, ...]
    """The roles of which one must match."""
    is_always: bool
    """True where the rule is asked whatever matches."""
    is_everywhere: bool
    """True where its scope holds every document."""
    is_bound: bool
    """True where it is bound to the first or last lines."""
    near_misses: int
    """So many places outside its position are told of."""
    guards: tuple[NamedGuard, ...]
    """The guards that it has."""


class Plans(dict[int, Plan]):
    """The plans of some rules, by their numbers."""

    def __init__(self, rules: Sequence[Rule], shapes: Collection[int]) -> None:
        super().__init__()
        self._rules, self._shapes = rules, shapes

    def __missing__(self, number: int) -> Plan:
        """Make the plan of a rule."""
        rule = self._rules[number]
        scope, when, triggers = rule.scope, rule.when, rule.verb.triggers
        self[number] = Plan(
            number=number,
            rule=rule,
            stage=rule.stage,
            triggers=triggers,
            is_always=rule.verb.ALWAYS or not triggers,
            is_everywhere=not (
                scope.languages or scope.formats or scope.sites or scope.not_sites
            ),
            is_bound=when.first_lines is not None or when.last_lines is not None,
            near_misses=0 if number in self._shapes else NEAR_MISSES,
            guards=guards_of(rule),
        )
        return self[number]

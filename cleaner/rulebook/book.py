"""The rule book: the rules of a run, the vocabulary of their phrases, and what was wrong with the files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.errors import RuleError
from cleaner.rulebook.engine.rule_plans import Plans
from cleaner.rulebook.phrases.syntax import Vocabulary, bare_length

if TYPE_CHECKING:
    from cleaner.errors import Fault
    from cleaner.rulebook.rule import Rule
    from cleaner.rulebook.scan.matcher import Matcher
    from cleaner.rulebook.scan.scan_tables import Tables

ENGINE = 1
"""Raised when the same rules begin to mean something else: it is part of the fingerprint."""
_ACCOUNT = (
    "name",
    "why",
    "owner",
    "added",
    "source",
    "replaces",
    "expires",
    "examples",
    "file",
    "line",
)
"""Fields of a rule that change nothing in what it does."""


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """Rules in the order of their ids. Pickles as its rules and tables; the compiled scan is made again where it is needed."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    faults: tuple[Fault, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """Leave the compiled patterns behind: they do not pickle. What was costly to work out travels."""
        known = {
            name: vars(self)[name]
            for name in ("fingerprint", "stored", "tables")
            if name in vars(self)
        }
        if "stored" in known:
            known.pop("tables", None)
        return {
            place.name: getattr(self, place.name) for place in dataclasses.fields(self)
        } | known

    def recall(self, fingerprint: str, tables: bytes) -> RuleBook:
        """Take what was worked out before for the same rules, the tables as JSON; return the book itself."""
        vars(self).update(fingerprint=fingerprint, stored=tables)
        return self

    @cached_property
    def active(self) -> tuple[Rule, ...]:
        """The rules that run: live ones, and watch rules, which are only counted."""
        return tuple(rule for rule in self.rules if rule.status in ("live", "watch"))

    @cached_property
    def always(self) -> frozenset[int]:
        """The numbers of the active rules that look at every document, whatever the scan finds."""
        return frozenset(
            number
            for number, rule in enumerate(self.active)
            if rule.verb.ALWAYS or not rule.verb.triggers
        )

    @cached_property
    def alone(self) -> frozenset[str]:
        """The ids of the active rules to which others give way."""
        return frozenset(rule.id for rule in self.active if rule.verb.ALONE)

    @cached_property
    def steady(self) -> frozenset[str]:
        """The ids of the active rules that act beside one to which others give way."""
        return self.alone | {rule.id for rule in self.active if not rule.verb.GIVES_WAY}

    @cached_property
    def plans(self) -> Plans:
        """How each active rule is asked, by its number."""
        return Plans(self.active, self.shapes)

    @cached_property
    def shapes(self) -> frozenset[int]:
        """The numbers of the active rules whose phrases hold no letter of their own: they match a shape of line."""
        texts = {
            number: [
                text
                for role in rule.verb.roles()
                if role.name in rule.verb.triggers
                for text in role.phrases
            ]
            for number, rule in enumerate(self.active)
        }
        return frozenset(
            number
            for number, some in texts.items()
            if some and not any(map(bare_length, some))
        )

    @cached_property
    def matcher(self) -> Matcher:
        """The one scan for all active rules."""
        from cleaner.rulebook.scan.matcher import Matcher  # noqa: PLC0415 - loads RE2: only where there is a text

        return Matcher(self.active, self.vocabulary, self.tables)

    @cached_property
    def tables(self) -> Tables:
        """The phrases of the active rules as plain values, of which the scan is made."""
        if "stored" in vars(self):
            import orjson  # noqa: PLC0415 - where a book was kept

            from cleaner.rulebook.loading.book_cache import uncollected  # noqa: PLC0415

            with uncollected():
                stored: Tables = orjson.loads(vars(self)["stored"])
            return stored
        from cleaner.rulebook.scan.scan_tables import compile_tables  # noqa: PLC0415 - where none was

        return compile_tables(self.active, self.vocabulary)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what the rules do: a comment, a name or an example does not change it."""
        import hashlib  # noqa: PLC0415 - a book that was kept brings its own
        import json  # noqa: PLC0415

        rules = [_compiled(rule) for rule in self.active]
        text = json.dumps(
            [ENGINE, rules, dict(self.vocabulary.lists)],
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def compile(self) -> None:
        """Do now what the first text would have to wait for: the scan, the fingerprint, the lists of rules."""
        self.matcher.compile()
        _ = self.fingerprint, self.always, self.alone, self.shapes

    def get(self, rule_id: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def only(self, *rules: Rule) -> RuleBook:
        """Return a book of some of the rules, all of them live: for trying their examples."""
        return RuleBook(
            rules=tuple(
                dataclasses.replace(rule, status="live", confidence="high")
                for rule in rules
            ),
            vocabulary=self.vocabulary,
        )

    def require(self) -> RuleBook:
        """Return the book itself, or raise RuleError where a rule could not be loaded."""
        if errors := [fault for fault in self.faults if fault.severity == "error"]:
            raise RuleError(errors, loaded=len(self.rules))
        return self


def _compiled(rule: Rule) -> dict[str, object]:
    record = {
        name: getattr(rule, name)
        for name in _field_names(type(rule))
        if name not in _ACCOUNT
    }
    return {
        **record,
        "verb": {"key": rule.verb.KEY, **_fields(rule.verb)},
        "scope": _fields(rule.scope),
        "when": _fields(rule.when),
    }


def _fields(value: object) -> dict[str, object]:
    """Return the fields of a dataclass and of those in it, for JSON. `asdict` does the same and copies every text."""
    return {name: _plain(getattr(value, name)) for name in _field_names(type(value))}


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple) and any(map(dataclasses.is_dataclass, value)):
        return [_plain(each) for each in value]
    return value


_FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def _field_names(kind: type) -> tuple[str, ...]:
    if kind not in _FIELD_NAMES:
        fields: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(kind)
        _FIELD_NAMES[kind] = tuple(each.name for each in fields)
    return _FIELD_NAMES[kind]

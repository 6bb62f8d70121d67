"""The YAML edge: what a rule file may hold, as pydantic models, and the JSON Schema made from them.

The verbs bring their own fields: each verb module's dataclass becomes a model here, so a new verb needs no line in
this file. pydantic is used here and nowhere else; it names every fault at once, each with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import MISSING, fields
from dataclasses import Field as DataclassField
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    create_model,
)

from cleaner.rulebook.rule import Category, Confidence, Following, Status
from cleaner.verbs import verbs
from cleaner.verbs.api.values import TEXT_TYPES, Swap, Swaps

if TYPE_CHECKING:
    from cleaner.verbs.api.verb import Verb

__all__ = [
    "LANGUAGE",
    "BaseModel",
    "DefaultsModel",
    "OverrideModel",
    "RuleBase",
    "ValidationError",
    "editor_name",
    "is_day",
    "json_schema",
    "own_fields",
    "rule_keys",
    "rule_model",
    "split_block",
]

LANGUAGE = 1
"""The version of the rule language that this program knows."""
SCHEMA_ID = f"rules-{LANGUAGE}.json"


def split_block(value: object) -> object:
    """Return the phrases of a `|` block, one a line, trimmed, blank lines left out; a list stays a list."""
    if isinstance(value, str):
        return [line.strip() for line in value.split("\n") if line.strip()]
    return value


_PHRASE_SCHEMA = {
    "type": ["string", "array"],
    "items": {"type": "string"},
    "minLength": 1,
}
PhraseBlock = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(split_block),
    Field(min_length=1),
    WithJsonSchema(_PHRASE_SCHEMA),
]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Strict(BaseModel):
    """A model that knows all its keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
    )


class ScopeModel(Strict):
    """Where a rule applies; what is left out does not restrict it."""

    sites: tuple[str, ...] = ()
    not_sites: tuple[str, ...] = ()
    languages: tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...] = ()
    formats: tuple[Annotated[str, Field(pattern="^(text|html)$")], ...] = ()


class WhenModel(Strict):
    """Guards, the same words for every verb."""

    min_words_before: Annotated[int, Field(ge=0)] | None = None
    """Words of text that must stand above the match."""
    near: PhraseBlock | None = None
    """Lines of which some must stand close to the match."""
    near_lines: Annotated[int, Field(ge=1, le=200)] = 8
    """How many filled lines before or after the match count as close."""
    near_min: Annotated[int, Field(ge=1, le=50)] = 1
    """How many different lines of `near` must be there."""
    followed_by: Following | None = None
    """What must come after the match: cards of other stories, headlines to the end, no long paragraph, a paragraph."""
    first_lines: Annotated[int, Field(ge=1)] | None = None
    """The match must begin within so many filled lines from the top."""
    last_lines: Annotated[int, Field(ge=1)] | None = None
    """The match must begin within so many filled lines from the end."""
    max_chars: Annotated[int, Field(ge=1)] | None = None
    """The longest line that may go, in characters."""
    max_words: Annotated[int, Field(ge=1)] | None = None
    """The longest line that may go, in words."""
    line: PhraseBlock | None = None
    """Conditions on line facts, of which the line at which the match begins must meet one."""
    with_clutter: bool = False
    """Other rules must have found clutter in the document: a text that is clean already keeps what may be its own."""
    echoed_words: Annotated[int, Field(ge=1)] | None = None
    """So many of the line's longer words must stand again in the three filled lines below it."""


class ExampleModel(Strict):
    """One example: `before` with `after`, or `unchanged`."""

    before: str | None = None
    after: str | None = None
    unchanged: str | None = None
    captures: dict[str, str] = {}


class RuleBase(Strict):
    """Everything in a rule but its verb."""

    id: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$",
            max_length=100,
        ),
    ]
    """Stable for ever, never used again: parts of a-z, 0-9 and hyphens, joined by dots."""
    name: Annotated[str, Field(min_length=3)]
    why: Annotated[str, Field(min_length=10)]
    """One or two sentences that an editor can agree or disagree with."""
    category: Category
    status: Status = "draft"
    """draft → watch → live → retired. Watch rules are counted and change nothing."""
    confidence: Confidence | None = None
    """A run applies high and medium by default, high alone with `--level cautious`, all with `--level bold`."""
    owner: str = ""
    added: Day | None = None
    source: str = ""
    replaces: tuple[str, ...] = ()
    expires: Day | None = None
    scope: ScopeModel = ScopeModel()
    when: WhenModel = WhenModel()
    except_: Annotated[PhraseBlock | None, Field(alias="except")] = None
    """Whole-line phrases that veto the match."""
    exact: bool = False
    """Switch the tolerance for case and typography off."""
    examples: tuple[ExampleModel, ...] = ()
    """At least one with `before` and `after`, and at least one `unchanged`."""


class DefaultsModel(Strict):
    """What every rule of a file has unless it says otherwise."""

    owner: str = ""
    added: Day | None = None
    status: Status = "draft"
    confidence: Confidence | None = None
    scope: ScopeModel = ScopeModel()


class OverrideModel(Strict):
    """A local change to a rule of a pack, by its id."""

    rule: str
    status: Status | None = None
    confidence: Confidence | None = None
    sites: tuple[str, ...] | None = None
    not_sites: tuple[str, ...] = ()
    except_: Annotated[PhraseBlock | None, Field(alias="except")] = None
    """Further phrases that veto the match."""


def own_fields(verb: type[Verb]) -> dict[str, str]:
    """Return the names of a verb's fields as an editor writes them, with the names in the program."""
    return {editor_name(field.name): field.name for field in fields(verb)}


def editor_name(name: str) -> str:
    """Return the name of a field as an editor writes it: `from` is a keyword of Python, so the field is `from_`."""
    return name.rstrip("_")


@cache
def verb_type(verb: type[Verb]) -> Any:  # noqa: ANN401 - a type for pydantic
    """Return the type of the value under a verb's key: its direct field's, or a mapping of all its fields."""
    if verb.DIRECT:
        return _edge_type(get_type_hints(verb)[verb.DIRECT])
    return _model(verb.KEY, verb)


def _edge_type(hint: Any) -> Any:  # noqa: ANN401 - types for pydantic
    """Return what an editor writes for a field of some type."""
    if hint in TEXT_TYPES:
        return PhraseBlock
    return _many(_swap_model()) if hint is Swaps else hint


def _many(model: Any) -> Any:  # noqa: ANN401 - types made at run time
    """Return the type of a tuple of a model's values."""
    return tuple.__class_getitem__((model, ...))


@cache
def _swap_model() -> Any:  # noqa: ANN401 - a model made at run time
    return _model("swap", Swap)


def _model(name: str, kind: type) -> type[BaseModel]:
    """Return a pydantic model with the fields of a dataclass."""
    hints = get_type_hints(kind, include_extras=True)
    places: dict[str, Any] = {}
    for place in fields(kind):
        places[place.name] = (
            _edge_type(hints[place.name]),
            Field(_default(place), alias=place.name.rstrip("_")),
        )
    model: type[BaseModel] = create_model(
        f"{name}_model", __base__=Strict, __doc__=kind.__doc__, **places
    )
    return model


def _default(place: DataclassField[Any]) -> Any:  # noqa: ANN401 - a default of any type
    """Return the default of a field as pydantic takes it."""
    if place.default is MISSING:
        return ...
    return tuple(place.default) if isinstance(place.default, tuple) else place.default


@cache
def rule_keys() -> dict[str, type[Verb]]:
    """Return the verbs by those of their fields that an editor writes next to the verb."""
    return {key: verb for verb in verbs().values() for key in verb.RULE_KEYS}


def _rule_key(key: str, verb: type[Verb]) -> tuple[Any, Any]:
    """Return the type and the field of a key that is written next to a verb."""
    by_name = {field.name: field for field in fields(verb)}
    default = _default(by_name[key])
    hints = get_type_hints(verb, include_extras=True)
    description = f"With `{verb.KEY}`: {verb.RULE_KEYS[key]}."
    return hints[key], Field(default, description=description)


@cache
def rule_model() -> type[RuleBase]:
    """Return the model of a rule: the common fields, one optional field a verb, and fields that go with one verb."""
    keys: dict[str, Any] = {
        key: (
            verb_type(verb) | None,
            Field(None, description=(verb.__doc__ or "").strip().split("\n")[0]),
        )
        for key, verb in verbs().items()
    }
    keys |= {key: _rule_key(key, verb) for key, verb in rule_keys().items()}
    return create_model(
        "Rule",
        __base__=RuleBase,
        __doc__="One rule: its account, one verb, guards, examples.",
        **keys,
    )


_LANGUAGE_DESCRIPTION = "The version of the rule language that the file is written for."


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of a rule file, for editors that complete and check YAML."""
    file_model = create_model(
        "RuleFile",
        __base__=Strict,
        __doc__="A file of rules for the article cleaner.",
        language=(Literal[1], Field(1, description=_LANGUAGE_DESCRIPTION)),
        pack=(str, ""),
        defaults=(DefaultsModel, DefaultsModel()),
        rules=(_many(rule_model()), ...),
    )
    schema = file_model.model_json_schema(by_alias=True)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
    }
    cleaned: dict[str, object] = _without_null(schema)
    return cleaned


def _without_null(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Drop the `null` alternatives: a key that is left out is left out, and `anyOf` makes editors' messages misleading."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    choices = [choice for choice in node.get("anyOf", []) if choice != {"type": "null"}]
    rest = {key: _without_null(value) for key, value in node.items() if key != "anyOf"}
    if len(choices) == 1:
        rest = {**_without_null(choices[0]), **rest}
        if rest.get("default", 0) is None:
            del rest["default"]
    elif choices:
        rest["anyOf"] = _without_null(choices)
    return rest


def is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar as `YYYY-MM-DD`."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True

"""The YAML edge: what a rule file may hold, as pydantic models, and the JSON Schema made from them.

The verbs bring their own fields: each verb module's dataclass becomes a model here, so a new verb needs no line in
this file. pydantic is used here and nowhere else; it names every fault at once, each with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

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
from cleaner.verbs.api.values import Conditions, Lines, Signs, Spans
from cleaner.verbs.replace import Swap

if TYPE_CHECKING:
    from cleaner.verbs.api.verb import Verb

__all__ = [
    "BaseModel",
    "DefaultsModel",
    "OverrideModel",
    "RuleBase",
    "ValidationError",
    "is_day",
    "json_schema",
    "own_fields",
    "phrases_field",
    "rule_model",
    "split_block",
]

SCHEMA_ID = "rules-1.json"


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
    whole_sentence: bool = False
    """With `remove_text`: take the sentence that holds the phrase."""
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
    return {place.name.rstrip("_"): place.name for place in fields(verb)}


def phrases_field(verb: type[Verb]) -> str | None:
    """Return the field of a verb that stands directly under its key, or None where the key holds a mapping."""
    first = fields(verb)[0].name
    return first if first in ("phrases", "pairs", "selectors") else None


@cache
def verb_type(verb: type[Verb]) -> Any:  # noqa: ANN401 - a type for pydantic
    """Return what may stand under a verb's key: phrases, pairs, or a mapping of the verb's fields."""
    if direct := phrases_field(verb):
        return _many(_swap_model()) if direct == "pairs" else PhraseBlock
    return _model(verb.KEY, verb)


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
        hint = (
            PhraseBlock
            if hints[place.name] in (Conditions, Lines, Signs, Spans)
            else hints[place.name]
        )
        default = ... if place.default is MISSING else place.default
        default = tuple(default) if isinstance(default, tuple) else default
        places[place.name] = (hint, Field(default, alias=place.name.rstrip("_")))
    model: type[BaseModel] = create_model(
        f"{name}_model", __base__=Strict, __doc__=kind.__doc__, **places
    )
    return model


@cache
def rule_model() -> type[RuleBase]:
    """Return the model of a rule: the common fields and one optional field a verb."""
    keys: dict[str, Any] = {
        key: (
            verb_type(verb) | None,
            Field(None, description=(verb.__doc__ or "").strip().split("\n")[0]),
        )
        for key, verb in verbs().items()
    }
    return create_model(
        "Rule",
        __base__=RuleBase,
        __doc__="One rule: its account, one verb, guards, examples.",
        **keys,
    )


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of a rule file, for editors that complete and check YAML."""
    file_model = create_model(
        "RuleFile",
        __base__=Strict,
        __doc__="A file of rules for the article cleaner.",
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
    """Tell whether a text is a day of the calendar as `YYYY-MM-DD`."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True

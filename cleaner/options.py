"""The options of cleaning: what a caller may choose beside the rules, and what else decides an article's bytes.

`Cleaner`, the command line, the adapters and the manifest take their options from `CleaningOptions`, so that a new option
is a new field here and reaches all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, TypedDict, get_args

from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["cautious", "standard", "bold"]
Quotes = Literal["keep", "repair", "straight", "curly"]
Lead = Literal["keep", "field"]
Embeds = Literal["lift", "keep"]
CHOICES: dict[str, tuple[str, ...]] = {
    "level": get_args(Level),
    "quotes": get_args(Quotes),
    "lead": get_args(Lead),
    "embeds": get_args(Embeds),
}
"""The values that each option takes."""


class CleaningKeywords(TypedDict, total=False):
    """The fields of `CleaningOptions` as keyword arguments."""

    level: Level
    quotes: Quotes
    lead: Lead
    embeds: Embeds


@dataclass(frozen=True, kw_only=True)
class CleaningOptions:
    """The options of cleaning. Raise UsageError for a value that is not one of `CHOICES`.

    >>> CleaningOptions(level="bold").fingerprint()
    ('bold', 'keep', 'keep', 'lift')
    """

    level: Level = "standard"
    """Which rules may act: high confidence only, medium and up, or all."""
    quotes: Quotes = "keep"
    """What to do with quotation marks."""
    lead: Lead = "keep"
    """Whether an HTML page's lead stays in the body, or moves to the field `standfirst`."""
    embeds: Embeds = "lift"
    """Whether posts in an HTML page leave the body for `embeds`, or stay in it as quotations too."""

    def __post_init__(self) -> None:
        for name, known in CHOICES.items():
            value = getattr(self, name)
            if value not in known:
                raise UsageError(f"{name} {value!r} is unknown: use {', '.join(known)}")

    @classmethod
    def among(cls, values: Mapping[str, object]) -> CleaningOptions:
        """Return the cleaning options among other values, by name; names that are not options are ignored."""
        return CleaningOptions(**{name: values[name] for name in CHOICES})  # type: ignore[arg-type] # checked at once

    def fingerprint(self) -> tuple[str, ...]:
        """Return the value of every field, for hashes of what a result depends on."""
        return tuple(getattr(self, field.name) for field in fields(CleaningOptions))

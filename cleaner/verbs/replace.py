r"""`replace`: put other words in the place of a phrase.

    replace:
      - find: /([.!?”"]) Advertisement$/
        with: \1

`\1` … `\9` in `with` stand for what the groups of a `/RE2/` found. The first pair that fits a place has it.

* replaced: `He left. Advertisement` by `He left.`
* kept: `He bought an advertisement`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.model import Match
from cleaner.verbs.api.values import Place, Role, Swaps
from cleaner.verbs.api.verb import Verb, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.verbs.api.view import View

_BACKREFERENCE = re.compile(r"\\([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace(Verb):
    """Replace each place inside a line that one of the pairs finds."""

    KEY: ClassVar[str] = "replace"
    DIRECT: ClassVar[str] = "pairs"
    pairs: Swaps

    @property
    def triggers(self) -> tuple[str, ...]:
        """Return one role a pair."""
        return tuple(role.name for role in self.roles())

    def roles(self) -> Iterator[Role]:
        """Yield one role a pair: its number."""
        return (
            Role(str(number), (pair.find,), whole_line=False)
            for number, pair in enumerate(self.pairs)
        )

    def find(self, view: View) -> Iterator[Match]:
        """Yield each place with its new words; a replacement that changes nothing is no match."""
        for role, pair in zip(self.triggers, self.pairs, strict=True):
            for number in view.hits.get(role, ()):
                content = view.document.contents[number]
                base = view.document.starts[number]
                for place in view.places(role, number):
                    old, new = (
                        content[place.start : place.end],
                        expand(pair.with_, place),
                    )
                    if old != new:
                        reason = f"{quoted(old)} becomes {quoted(new)}"
                        yield Match(
                            start=base + place.start,
                            end=base + place.end,
                            line=number,
                            replacement=new,
                            reason=reason,
                        )


def expand(template: str, place: Place) -> str:
    r"""Return a template with `\1` … `\9` filled in from a place's numbered captures.

    >>> expand(r"<\1>", Place(0, 3, (("1", "abc"),)))
    '<abc>'
    """
    groups = dict(place.captures)
    return _BACKREFERENCE.sub(lambda found: groups.get(found[1], ""), template)

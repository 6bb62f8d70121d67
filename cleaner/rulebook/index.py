"""Which lines of a document may equal which phrases: each phrase is looked for in the way that costs least.

* By the words that it begins with, in dictionaries (`heads.py`): nearly all phrases, whatever their number.
* By a fragment that each of its matches holds (`required.py`): phrases that begin with a placeholder, and regular
  expressions. One search over the whole text finds the lines that hold any of the fragments; a set then says which.
* By the last character: headlines, which are lines of any kind without a final stop.
* Line by line, as rough patterns in a set (`rough.py`): the few that are left.

Phrases for places inside lines are a set of their own. What keeps an RE2 automaton fast is that it stays small: that is
why so few phrases are looked for with one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.rulebook import phrases
from cleaner.rulebook.fragments import fragment
from cleaner.rulebook.heads import Heads, heads
from cleaner.rulebook.rough import rough
from cleaner.rulebook.sets import Finder, Owner, PatternSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.model import Document
    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.verbs._view import Role


FORGET = 20_000_000
"""After so many characters of text what RE2 remembers of them is forgotten: it would grow for as long as a run lasts."""


class _Group(NamedTuple):
    """Phrases of a role that are looked for by the same words, or by the same fragment."""

    words: tuple[str, ...] = ()
    whole: bool = False
    find: str = ""
    """The fragment to look for in the text, and in a line."""
    confirm: str = ""


class Index:
    """The phrases of some roles, by what is the cheapest way to look for them."""

    def __init__(self) -> None:
        self.heads = Heads()
        self.inside: PatternSet[Owner] = PatternSet(whole_line=False)
        self.headlines: list[Owner] = []
        self._loose: PatternSet[Owner] = PatternSet(whole_line=True)
        self._finder = Finder()
        self._fragments: PatternSet[str] = PatternSet(whole_line=False)
        self._by_fragment: dict[str, list[Owner]] = {}
        self._seen = 0

    def add(self, number: int, role: Role, vocabulary: Vocabulary, *, exact: bool) -> None:
        """Add the phrases of a role of the rule with this number."""
        if not role.whole_line:
            bodies = [rough(phrases.pattern(text, vocabulary, exact=exact)) for text in role.phrases]
            self.inside.add(Owner(number, role.name), "|".join(bodies))
            return
        groups: dict[_Group, list[str]] = {}
        for phrase in role.phrases:
            if phrases.is_headline(phrase):
                self.headlines.append(Owner(number, role.name))
                continue
            known = _groups(phrase, vocabulary, exact=exact)
            for group in known:
                groups.setdefault(group, []).append(phrase)
            if not known:
                self._add_loose(Owner(number, role.name), phrase, phrases.pattern(phrase, vocabulary, exact=exact))
        for group, some in groups.items():
            longest = phrases.UNBOUNDED if group.words else max(phrases.longest(text, vocabulary) for text in some)
            self._add_group(Owner(number, role.name, tuple(some), longest), group)

    def _add_group(self, owner: Owner, group: _Group) -> None:
        if group.words:
            self.heads.add(owner, group.words, whole=group.whole, fragment=group.confirm)
            return
        self._finder.add(group.find)
        self._by_fragment.setdefault(group.confirm, []).append(owner)

    def _add_loose(self, owner: Owner, phrase: str, body: str) -> None:
        loose = rough(body)
        self._loose.add(owner if loose == body else owner._replace(texts=(phrase,)), loose)

    def compile(self) -> None:
        """Compile what was added."""
        for pattern in self._by_fragment:
            self._fragments.add(pattern, pattern)
        self._compile()

    def _compile(self) -> None:
        for part in (self.inside, self._loose, self._fragments, self._finder):
            part.compile()

    def _forget(self) -> None:
        self._seen = 0
        self.heads.forget()
        self._compile()

    def find(self, document: Document) -> Mapping[int, list[Owner]]:
        """Return whose phrases the lines of a document may equal, for those lines that may equal any."""
        self._seen += len(document.text)
        if self._seen > FORGET:
            self._forget()
        found = dict(self.heads.find(document.contents))
        stripped = [line.strip() for line in document.contents]
        for number in self._finder.lines("\n".join(stripped)):
            for held in self._fragments.find(stripped[number].encode()):
                found[number] = [*found.get(number, ()), *self._by_fragment[held]]
        for number in document.filled:
            if owners := self._loose.find(stripped[number].encode()):
                found[number] = [*found.get(number, ()), *owners]
        return found


def _groups(phrase: str, vocabulary: Vocabulary, *, exact: bool) -> list[_Group]:
    """Return by what a phrase is looked for, nothing where neither words nor a fragment say enough."""
    known = heads(phrase, vocabulary)
    if known and (known[0].whole or min(len(one.words) for one in known) > 1):
        return [_Group(one.words, one.whole) for one in known]
    part = fragment(phrase, vocabulary, exact=exact)
    if known:
        return [_Group(one.words, confirm=part.pattern) for one in known]
    return [_Group(find=part.pattern, confirm=part.confirm or part.pattern)] if part.pattern else []

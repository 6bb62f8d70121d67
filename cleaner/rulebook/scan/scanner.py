"""The scan of lines: which roles of which rules they equal, each line looked at once.

A line's answer depends on the line alone, so it is remembered: a later pass over a document scans only what changed.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from cleaner.rulebook.phrases import is_headline
from cleaner.rulebook.scan.automaton import Automaton
from cleaner.rulebook.scan.confirm import Confirm, Phrase
from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.scan.line import Line
from cleaner.rulebook.scan.tables import is_sure_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.rulebook.phrases import Vocabulary
    from cleaner.rulebook.programs import Programs
    from cleaner.rulebook.scan.tables import Tables

MEMORY_CHARS = 1_000_000
"""Characters of lines whose answers are remembered; all are forgotten together when there are more."""


class Found:
    """What was found of a line that holds keys."""

    __slots__ = ("answers", "content", "line", "numbers", "roles")

    def __init__(self, content: str, line: Line, numbers: Sequence[int]) -> None:
        self.content = content
        """The line with the white space at its ends."""
        self.line = line
        self.numbers = numbers
        """The phrases that it may equal."""
        self.roles: Sequence[int] = ()
        """The roles that trigger a rule and that it equals, or that may stand in it."""
        self.answers: dict[int, bool] = {}
        """Whether it equals a phrase of a role, for those that were asked about."""


_MISSING = object()


class Scan:
    """The phrases of a book, ready to look at lines. Threads may share it."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, programs: Programs) -> None:
        self._tables = tables
        self._literals = tables["literals"]
        self._longest = max(map(len, self._literals), default=0)
        self._groups, self._owners = tables["groups"], tables["owners"]
        self._automaton = Automaton(tables["keys"]) if tables["keys"] else None
        self._roles = tables["roles"]
        self._loose = self._loose_by_role()
        self._loose_triggers = self._tried_everywhere()
        self._phrases: dict[int, Phrase] = {}
        self.confirm = Confirm(vocabulary, programs)
        self._memory: dict[str, Found | None] = {}
        self._chars = 0

    def find(self, contents: Sequence[str]) -> list[Found | None]:
        """Return what was found of each of some lines, None where that is nothing."""
        memory = self._memory
        known: list[object] = list(map(memory.get, contents, repeat(_MISSING)))
        if _MISSING in known:
            new = dict.fromkeys(line for line, found in zip(contents, known, strict=True) if found is _MISSING)
            answers = dict(zip(new, self._look(list(new)), strict=True))
            self._remember(answers)
            return [answers[line] if found is _MISSING else found for line, found in zip(contents, known, strict=True)]
        return known

    def look(self, content: str, role: int) -> Found | None:
        """Return what was found of a line that may equal a phrase of a role, or hold one."""
        found = self.find((content,))[0]
        if found is None and role in self._loose:
            raw = content.strip()
            found = self._memory[content] = Found(content, Line(raw, fold(raw)), ())
        return found

    def phrase(self, number: int) -> Phrase:
        """Return a phrase by its number, taken apart."""
        phrase = self._phrases.get(number)
        if phrase is None:
            text, exact, whole_line, _ = self._tables["phrases"][number]
            phrase = self._phrases[number] = self.confirm.phrase(text, exact=bool(exact), whole_line=bool(whole_line))
        return phrase

    def of_role(self, found: Found, role: int) -> Iterator[Phrase]:
        """Yield the phrases of a role that a line may equal."""
        rows = self._tables["phrases"]
        numbers = sorted({*found.numbers, *self._loose.get(role, ())})
        return (self.phrase(number) for number in numbers if role in rows[number][3])

    def equals(self, content: str, role: int) -> bool:
        """Tell whether a line equals a phrase of a role for whole lines."""
        found = self.look(content, role)
        if found is None:
            return False
        answer = found.answers.get(role)
        if answer is None:
            answer = any(self.confirm.equals(phrase, found.line) for phrase in self.of_role(found, role))
            found.answers[role] = answer
        return answer

    def _loose_by_role(self) -> dict[int, list[int]]:
        """Return the phrases without keys by the roles that have them."""
        loose: dict[int, list[int]] = {}
        for number in self._tables["loose"]:
            for role in self._tables["phrases"][number][3]:
                loose.setdefault(role, []).append(number)
        return loose

    def _tried_everywhere(self) -> list[int]:
        """Return the phrases without keys that trigger a rule; `<headline>` needs no look at a line."""
        triggering = {number for role, some in self._loose.items() if self._roles[role][2] for number in some}
        rows = self._tables["phrases"]
        return sorted(number for number in triggering if not (rows[number][2] and is_headline(rows[number][0])))

    def _remember(self, answers: dict[str, Found | None]) -> None:
        self._chars += sum(map(len, answers))
        if self._chars > MEMORY_CHARS:
            self._memory.clear()
            self._chars = sum(map(len, answers))
        self._memory.update(answers)

    def _look(self, contents: list[str]) -> list[Found | None]:
        """Look at lines that nobody remembers."""
        stripped = [content.strip() for content in contents]
        text = fold("\n".join(stripped))
        folded = text.split("\n")
        answers: list[Found | None] = [None] * len(contents)
        for number, phrases in self._candidates(text, folded).items():
            line = Line(stripped[number], folded[number])
            answers[number] = self._confirmed(Found(contents[number], line, sorted(phrases)))
        return answers

    def _candidates(self, text: str, folded: list[str]) -> dict[int, set[int]]:
        """Return the phrases that lines may equal, by the numbers of the lines."""
        found: dict[int, set[int]] = {}
        literals, longest = self._literals, self._longest
        for number, line in enumerate(folded):
            if len(line) <= longest and line in literals:
                found[number] = set(literals[line])
        if self._automaton is not None:
            groups, owners = self._groups, self._owners
            for number, key in self._automaton.find(text, folded):
                found.setdefault(number, set()).update(groups[owners[key]])
        if self._loose_triggers:
            for number, line in enumerate(folded):
                if line:
                    found.setdefault(number, set()).update(self._loose_triggers)
        return found

    def _confirmed(self, found: Found) -> Found | None:
        """Fill in which roles trigger a rule; return None where nothing is left to ask about a line."""
        roles: dict[int, None] = {}
        is_asked = False
        for number in found.numbers:
            text, exact, whole_line, owners = self._tables["phrases"][number]
            triggers = [role for role in owners if self._roles[role][2] and role not in roles]
            is_asked = is_asked or any(not self._roles[role][2] for role in owners)
            if triggers and self._is_hit(self.phrase(number), found):
                roles.update(dict.fromkeys(triggers))
        found.roles = tuple(roles)
        return found if roles or is_asked else None

    def _is_hit(self, phrase: Phrase, found: Found) -> bool:
        """Tell whether a line equals a phrase, or whether a phrase for places inside lines may stand in it."""
        if phrase.whole_line:
            return self.confirm.equals(phrase, found.line)
        if not found.line.is_odd and is_sure_inside(phrase.text, exact=phrase.exact):
            return True
        return self.confirm.may_stand_in(phrase, found.line, found.content)

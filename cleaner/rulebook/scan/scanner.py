"""The scan of lines: which roles of which rules they equal, each line looked at once.

A line's answer depends on the line alone, so it is remembered: a later pass over a document scans only what changed.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from cleaner.rulebook.phrases.syntax import is_headline
from cleaner.rulebook.scan.automaton import Automaton
from cleaner.rulebook.scan.compiled_phrase import Phrase
from cleaner.rulebook.scan.confirm import Confirm
from cleaner.rulebook.scan.folded_line import Line
from cleaner.rulebook.scan.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.rulebook.phrases.syntax import Vocabulary
    from cleaner.rulebook.scan.pattern_cache import Programs
    from cleaner.rulebook.scan.scan_tables import Tables

MEMORY_CHARS = 1_000_000
"""Characters of lines whose answers are remembered; all are forgotten together when there are more."""


class Found:
    """What was found of a line that holds keys."""

    __slots__ = ("answers", "content", "line", "numbers", "roles")

    def __init__(self, content: str, line: Line) -> None:
        self.content = content
        """The line with the white space at its ends."""
        self.line = line
        self.numbers: Sequence[int] = ()
        """The phrases that it may equal, in order."""
        self.roles: Sequence[int] = ()
        """The roles that trigger a rule and that it equals, or that may stand in it."""
        self.answers: dict[int, bool] = {}
        """Whether it equals a phrase of a role, for those that were asked about."""


_UNKNOWN = Found("", Line("", ""))
"""A line that was not looked at yet."""


def _automaton(tables: Tables) -> Automaton | None:
    keys = tables["keys"]
    if not keys:
        return None
    return Automaton(keys, tables["owners"], tables["limits"])


class Scan:
    """The phrases of a book, ready to look at lines. Threads may share it."""

    def __init__(
        self, tables: Tables, vocabulary: Vocabulary, programs: Programs
    ) -> None:
        self.confirm = Confirm(vocabulary, programs)
        self._vocabulary = vocabulary
        self._roles = tables["roles"]
        self._rows = tables["phrases"]
        self._literals = tables["literals"]
        self._longest = max(map(len, self._literals), default=0)
        self._groups = tables["groups"]
        self._automaton = _automaton(tables)
        loose = tables["loose"]
        self._loose = self._loose_by_role(loose)
        self._tried_everywhere = list(filter(self._is_tried_everywhere, loose))
        self._regexes = {row[0]: row for row in tables["regexes"]}
        self._phrases: dict[int, Phrase] = {}
        self._memory: dict[str, Found | None] = {}
        self._chars = 0

    def find(self, contents: Sequence[str]) -> Sequence[Found | None]:
        """Return what was found of each of some lines, None where that is nothing."""
        known = list(map(self._memory.get, contents, repeat(_UNKNOWN)))
        if _UNKNOWN not in known:
            return known
        pairs = list(zip(contents, known, strict=True))
        unknown = (line for line, found in pairs if found is _UNKNOWN)
        new = list(dict.fromkeys(unknown))
        answers = dict(zip(new, self._look_at(new), strict=True))
        self._remember(answers)
        return [answers[line] if found is _UNKNOWN else found for line, found in pairs]

    def look(self, content: str, role: int) -> Found | None:
        """Return what was found of a line, None where it neither equals a phrase of a role nor holds one."""
        (found,) = self.find((content,))
        if found is None and role in self._loose:
            raw = content.strip()
            line = Line(raw, fold(raw))
            found = Found(content, line)
            self._memory[content] = found
        return found

    def phrases_of(self, found: Found, role: int) -> Iterator[Phrase]:
        """Yield the phrases of a role that a line may equal, in order."""
        numbers = found.numbers
        loose = self._loose.get(role)
        if loose:
            numbers = sorted({*numbers, *loose})
        for number in numbers:
            roles = self._rows[number][3]
            if role in roles:
                yield self._phrase(number)

    def equals(self, content: str, role: int) -> bool:
        """Tell whether a line equals a phrase of a role for whole lines."""
        found = self.look(content, role)
        if found is None:
            return False
        answer = found.answers.get(role)
        if answer is None:
            phrases = self.phrases_of(found, role)
            answer = any(self.confirm.equals(phrase, found.line) for phrase in phrases)
            found.answers[role] = answer
        return answer

    def _loose_by_role(self, loose: Sequence[int]) -> dict[int, list[int]]:
        """Return the phrases without keys by the roles that have them."""
        by_role: dict[int, list[int]] = {}
        for number in loose:
            roles = self._rows[number][3]
            for role in roles:
                by_role.setdefault(role, []).append(number)
        return by_role

    def _is_tried_everywhere(self, number: int) -> bool:
        """Tell whether a phrase without keys triggers a rule; `<headline>` needs no look at the line."""
        text, _, whole_line, roles = self._rows[number]
        if whole_line and is_headline(text):
            return False
        return any(self._roles[role][2] for role in roles)

    def _phrase(self, number: int) -> Phrase:
        phrase = self._phrases.get(number)
        if phrase is None:
            phrase = self._made(number)
            self._phrases[number] = phrase
        return phrase

    def _made(self, number: int) -> Phrase:
        """Return a phrase, taken apart, with what the tables say of it."""
        text, exact, whole_line, roles = self._rows[number]
        phrase = Phrase(
            text,
            self._vocabulary,
            exact=bool(exact),
            whole_line=bool(whole_line),
        )
        phrase.triggers = tuple(role for role in roles if self._roles[role][2])
        phrase.is_asked = len(phrase.triggers) < len(roles)
        if number in self._regexes:
            _, phrase.low, phrase.high, phrase.required = self._regexes[number]
        return phrase

    def _remember(self, answers: dict[str, Found | None]) -> None:
        chars = sum(map(len, answers))
        self._chars += chars
        if self._chars > MEMORY_CHARS:
            self._memory.clear()
            self._chars = chars
        self._memory.update(answers)

    def _look_at(self, contents: list[str]) -> list[Found | None]:
        """Look at lines whose answers are not remembered."""
        stripped = [content.strip() for content in contents]
        text = fold("\n".join(stripped))
        folded = text.split("\n")
        answers: list[Found | None] = [None] * len(contents)
        candidates = self._candidates(text, stripped, folded)
        for number, phrases in candidates.items():
            line = Line(stripped[number], folded[number])
            found = Found(contents[number], line)
            answers[number] = self._confirmed(found, sorted(phrases))
        return answers

    def _candidates(
        self, text: str, stripped: list[str], folded: list[str]
    ) -> dict[int, set[int]]:
        """Return the phrases that lines may equal, by the numbers of the lines."""
        found = self._whole_lines(folded)
        if self._automaton is not None:
            groups = self._groups
            for number, group in self._automaton.find(text, stripped, folded):
                phrases = found.setdefault(number, set())
                phrases.update(groups[group])
        everywhere = self._tried_everywhere
        if everywhere:
            for number, line in enumerate(folded):
                if line:
                    phrases = found.setdefault(number, set())
                    phrases.update(everywhere)
        return found

    def _whole_lines(self, folded: list[str]) -> dict[int, set[int]]:
        """Return the phrases that are whole lines and that lines equal, by the numbers of the lines."""
        found: dict[int, set[int]] = {}
        literals = self._literals
        longest = self._longest
        for number, line in enumerate(folded):
            if len(line) <= longest and line in literals:
                found[number] = set(literals[line])
        return found

    def _confirmed(self, found: Found, candidates: Sequence[int]) -> Found | None:
        """Fill in which phrases a line may equal and which roles trigger a rule; return None where nothing is left to ask."""
        folded = found.line.folded
        size = min(len(folded), len(found.line.raw))
        roles: set[int] = set()
        left: list[int] = []
        is_asked = False
        for number in candidates:
            phrase = self._phrases.get(number) or self._phrase(number)
            if size > phrase.high:
                continue
            if not folded.startswith(phrase.begin) or not folded.endswith(phrase.end):
                continue
            left.append(number)
            is_asked = is_asked or phrase.is_asked
            if not roles.issuperset(phrase.triggers) and self._is_hit(phrase, found):
                roles.update(phrase.triggers)
        if not roles and not is_asked:
            return None
        found.roles = tuple(roles)
        found.numbers = left
        return found

    def _is_hit(self, phrase: Phrase, found: Found) -> bool:
        """Tell whether a line equals a phrase, or whether a phrase for places inside lines may stand in it."""
        line = found.line
        if phrase.whole_line:
            return self.confirm.equals(phrase, line)
        if phrase.is_sure_inside and not line.is_odd:
            return True
        return self.confirm.may_stand_in(phrase, line, found.content)

r"""What a line holds that a regular expression matches: literals of which one always stands in it, and its length.

`/.* \((?:Foto|Bild): [\w ]+/` matches no line without one of ` (foto: ` and ` (bild: `. The expression is read as a tree; each
part of it either is one of a few texts (*exact*) or holds one of a few (*required*), or could be anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from cleaner.rulebook.phrases.syntax import SPACES, UNBOUNDED
from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.scan.selectivity import MAX_TEXTS, Texts, strongest, tidy

MAX_PREFIXES = 8
"""Texts before a choice that are carried into each of its branches."""
_MAX_CLASS = 14
_MAX_RANGE = 12
_MAX_REPEAT = 3

_TOKEN = re.compile(
    r"(?P<flags>\(\?[a-zA-Z-]+\)|\\[bB]|\^|\$)|(?P<open>\((?:\?(?:P?<\w+>|[a-zA-Z]*-?[a-zA-Z]*:))?)|(?P<close>\))|(?P<bar>\|)|"
    r"(?P<quantifier>(?:[*+?]|\{(?P<low>\d+)(?P<comma>,?)(?P<high>\d*)\})\??)|"
    r"(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])|(?P<wide>\.|\\[pP](?:\{[^}]*\}|.)|\\0[0-7]{0,2}|\\[dDwWSC])|"
    r"(?P<code>\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2})|\\(?P<escaped>.)|(?P<literal>.)",
    re.DOTALL,
)
_MEMBER = re.compile(r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\.|.", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}


class Literals(NamedTuple):
    """What every line holds that a regular expression matches."""

    required: tuple[Texts, ...] = ()
    """Of each of these, one of the texts. They are folded; a newline stands for the begin or the end of the line."""
    low: int = 0
    """Code points that the line has at least …"""
    high: int = UNBOUNDED
    """… and at most."""


@dataclass(slots=True)
class _Node:
    """A part of an expression: some texts (None: any), or a choice of branches; how often it may stand."""

    texts: Texts | None = None
    branches: list[list[_Node]] = field(default_factory=list)
    low: int = 1
    high: int = 1
    width: int = 1
    """Code points of a part without branches."""


def literals(pattern: str, *, whole_line: bool) -> Literals:
    r"""Return what every line holds that a pattern of RE2 matches, or matches somewhere.

    A place inside a line may begin in the white space at its ends, which folded lines have lost.

    >>> found = literals(r".* \((?:Foto|Bild): .+", whole_line=True)
    >>> sorted(map(sorted, found.required)), found.low
    ([[' (bild: ', ' (foto: ']], 9)
    """
    branches, _ = _branches(list(_TOKEN.finditer(pattern)), 0)
    low, high = _width(_Node(branches=branches))
    if whole_line:
        edge = _Node(texts=frozenset("\n"), width=0)
        branches = [[edge, _Node(branches=branches), edge]]
    exact, held = _choice(branches, frozenset([""]))
    found = [exact] if exact else held
    required = [
        frozenset(tidy(text) if whole_line else tidy(text).strip() for text in texts)
        for texts in found
    ]
    saying = tuple(
        texts for texts in required if all(text.strip("\n") for text in texts)
    )
    return Literals(saying, low, high) if whole_line else Literals(saying)


def _branches(tokens: list[re.Match[str]], at: int) -> tuple[list[list[_Node]], int]:
    """Return the branches from a token on, up to the end of their group, and where that is."""
    branches: list[list[_Node]] = [[]]
    while at < len(tokens) and not tokens[at]["close"]:
        token = tokens[at]
        if token["bar"]:
            branches.append([])
        elif token["quantifier"]:
            if branches[-1]:
                _repeat(branches[-1], token)
        elif token["open"]:
            inner, at = _branches(tokens, at + 1)
            branches[-1].append(_Node(branches=inner))
        else:
            branches[-1].append(_leaf(token))
        at += 1
    return branches, at


def _repeat(nodes: list[_Node], token: re.Match[str]) -> None:
    """Replace the last node by its repetition."""
    sign = token[0][0]
    low, high = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}.get(
        sign, (0, 0)
    )
    if sign == "{":
        low = int(token["low"])
        high = (
            int(token["high"])
            if token["high"]
            else UNBOUNDED
            if token["comma"]
            else low
        )
    nodes[-1] = _Node(branches=[[nodes[-1]]], low=low, high=high)


def _leaf(token: re.Match[str]) -> _Node:
    if token["flags"]:  # and what else has no width; folded texts do not care for flags
        return _Node(texts=frozenset([""]), width=0)
    if token["set"]:
        return _Node(texts=_members(token["set"][1:-1]))
    if token["wide"]:
        return _Node()
    return _Node(texts=_folded(token[0]))


@lru_cache(maxsize=1024)
def _folded(source: str) -> Texts:
    return frozenset([fold(_char(source))])


def _char(source: str) -> str:
    """Return the character that an escape or a literal stands for."""
    if source.startswith("\\x"):
        return chr(int(source[2:].strip("{}"), 16))
    return _CONTROLS.get(source[1:], source[1:]) if source.startswith("\\") else source


def _members(body: str) -> Texts | None:
    """Return the folded characters of a class, None where they are many or anything but some."""
    if body.startswith("^") or re.search(r"\\[pPdDwWSbBC0-9]|\[:", body):
        return None
    chars: set[str] = set()
    members = _MEMBER.findall(body)
    at = 0
    while at < len(members):
        if members[at] == "\\s":
            chars.add(" ")
        elif members[at + 1 : at + 2] == ["-"] and at + 2 < len(members):
            first, last = ord(_char(members[at])), ord(_char(members[at + 2]))
            if last - first > _MAX_RANGE:
                return None
            chars.update(map(chr, range(first, last + 1)))
            at += 2
        else:
            chars.add(_char(members[at]))
        at += 1
    folded = frozenset(" " if char in SPACES else fold(char) for char in chars - {"\n"})
    return folded if len(folded) <= _MAX_CLASS else None


def _width(node: _Node) -> tuple[int, int]:
    """Return how many code points a part has at least and at most."""
    if node.branches:
        widths = [[_width(part) for part in branch] for branch in node.branches]
        low = min(sum(low for low, _ in branch) for branch in widths)
        high = max(sum(high for _, high in branch) for branch in widths)
    else:
        low = high = node.width
    return low * node.low, min(high * node.high, UNBOUNDED)


class _Run:
    """Neighbouring parts while they are read: the texts that they make together, and what was found before them."""

    def __init__(self, first: Texts) -> None:
        self.texts = first
        self.required: list[Texts] = []
        self.unbroken = True

    def add(self, texts: Texts) -> None:
        """Go on with a part that is one of some texts."""
        if len(texts) * len(self.texts) <= MAX_TEXTS:
            self.texts = frozenset(
                before + after for before in self.texts for after in texts
            )
        else:
            ends = {text[-1:] for text in self.texts}
            self.gap([])
            self.texts = (
                frozenset(map(ends.pop().__add__, texts)) if len(ends) == 1 else texts
            )

    def gap(self, required: list[Texts]) -> None:
        """Go on with a part that could be anything but for what it has to hold."""
        self.required += [self.texts, *required]
        self.texts = frozenset([""])
        self.unbroken = False


def _sequence(nodes: list[_Node], first: Texts) -> tuple[Texts | None, list[Texts]]:
    """Return the texts that parts in a row are, or what they hold."""
    run = _Run(first)
    for node in _flat(nodes):
        before = (
            run.texts
            if node.branches and len(run.texts) <= MAX_PREFIXES
            else frozenset([""])
        )
        exact, required = _part(node, before)
        if exact is None:
            run.gap(required)
        elif (
            node.branches
            and before != frozenset([""])
            and (node.low, node.high) == (1, 1)
        ):
            run.texts = exact
        else:
            run.add(exact)
    if run.unbroken:
        return run.texts, []
    return None, [texts for texts in (*run.required, run.texts) if all(texts)]


def _flat(nodes: list[_Node]) -> list[_Node]:
    """Return nodes without the groups that only hold other nodes."""
    flat = []
    for node in nodes:
        plain = len(node.branches) == 1 and (node.low, node.high) == (1, 1)
        flat += _flat(node.branches[0]) if plain else [node]
    return flat


def _part(node: _Node, before: Texts) -> tuple[Texts | None, list[Texts]]:
    """Return the texts that a part is, or what it holds; those of a choice begin with the texts before it."""
    if not node.branches:
        return node.texts, []
    if (node.low, node.high) == (1, 1):
        return _choice(node.branches, before)
    exact, required = _choice(node.branches, frozenset([""]))
    return _repeated(exact, node.low, node.high), (
        [] if node.low == 0 else [exact] if exact else required
    )


def _repeated(exact: Texts | None, low: int, high: int) -> Texts | None:
    """Return the texts that a repetition is: of one that may be missing, of a few, and of spaces, which fold to one."""
    if exact is None:
        return None
    if exact == {" "}:
        return exact if low else exact | {""}
    if high == 1:
        return exact | {""}
    if low == high <= _MAX_REPEAT and len(exact) ** low <= MAX_TEXTS:
        return frozenset("".join(some) for some in product(exact, repeat=low))
    return None


def _choice(
    branches: list[list[_Node]], before: Texts
) -> tuple[Texts | None, list[Texts]]:
    """Return the texts that a choice is, or what it holds, whichever branch is taken."""
    parts = [_sequence(branch, before) for branch in branches]
    if len(parts) == 1:
        return parts[0]
    texts = [exact for exact, _ in parts if exact is not None]
    union = frozenset().union(*texts)
    if len(texts) == len(parts) and len(union) <= MAX_TEXTS:
        return union, []
    some = [
        exact if exact is not None else strongest(required) for exact, required in parts
    ]
    return None, [frozenset().union(*some)] if all(
        one and all(one) for one in some
    ) else []

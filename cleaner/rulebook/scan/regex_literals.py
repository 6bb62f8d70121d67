r"""What a line holds that a regular expression matches: literals of which one always stands in it, and its length.

`/.* \((?:Foto|Bild): [\w ]+/` matches no line without one of ` (foto: ` and ` (bild: `. The expression is read as a tree; each
part of it either is one of a few texts (*exact*) or holds one of a few (*required*), or could be anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from cleaner.rulebook.phrases.syntax import SPACES, UNBOUNDED
from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.scan.selectivity import MAX_TEXTS, Texts, strongest, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_OPEN_MEMBER = re.compile(r"\\[pPdDwWSbBC0-9]|\[:")
"""What makes a class one of many characters."""
_SIGNS = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}


_EMPTY: Texts = frozenset([""])
_Reading = tuple[Texts | None, list[Texts]]
"""The texts that a part of an expression is, or what it holds: of each of some choices, one of the texts."""


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
    whole = _Node(branches=branches)
    if not whole_line:
        held = [_stripped(texts) for texts in _held(branches)]
        return Literals(_saying(held))
    edge = _Node(texts=frozenset("\n"), width=0)
    held = [frozenset(map(tidy, texts)) for texts in _held([[edge, whole, edge]])]
    low, high = _width(whole)
    return Literals(_saying(held), low, high)


def _held(branches: list[list[_Node]]) -> list[Texts]:
    """Return what every line holds that branches match: of each of these, one of the texts."""
    exact, held = _choice(branches, _EMPTY)
    return [exact] if exact else held


def _stripped(texts: Texts) -> Texts:
    return frozenset(tidy(text).strip() for text in texts)


def _saying(required: list[Texts]) -> tuple[Texts, ...]:
    """Return the texts without those that hold an empty one, which says nothing."""
    return tuple(filter(_says_something, required))


def _says_something(texts: Texts) -> bool:
    return all(text.strip("\n") for text in texts)


def _branches(tokens: list[re.Match[str]], at: int) -> tuple[list[list[_Node]], int]:
    """Return the branches from a token on, up to the end of their group, and where that is."""
    nodes: list[_Node] = []
    branches = [nodes]
    while at < len(tokens):
        token = tokens[at]
        if token["close"]:
            break
        if token["bar"]:
            nodes = []
            branches.append(nodes)
        elif token["open"]:
            inner, at = _branches(tokens, at + 1)
            nodes.append(_Node(branches=inner))
        elif not token["quantifier"]:
            nodes.append(_leaf(token))
        elif nodes:
            nodes[-1] = _repeated_node(nodes[-1], token)
        at += 1
    return branches, at


def _repeated_node(node: _Node, token: re.Match[str]) -> _Node:
    """Return a node with the number of repetitions that a quantifier gives it."""
    sign = token[0][0]
    if sign in _SIGNS:
        low, high = _SIGNS[sign]
    else:
        low = int(token["low"])
        high = low
        if token["high"]:
            high = int(token["high"])
        elif token["comma"]:
            high = UNBOUNDED
    return _Node(branches=[[node]], low=low, high=high)


def _leaf(token: re.Match[str]) -> _Node:
    if token["flags"]:  # and what else has no width; folded texts do not care for flags
        return _Node(texts=_EMPTY, width=0)
    if token["set"]:
        return _Node(texts=_members(token["set"][1:-1]))
    if token["wide"]:
        return _Node()
    return _Node(texts=_folded(token[0]))


def _pairs(before: Texts, after: Texts) -> Texts:
    return frozenset(first + second for first, second in product(before, after))


@lru_cache(maxsize=1024)
def _folded(source: str) -> Texts:
    return frozenset([fold(_char(source))])


def _char(source: str) -> str:
    """Return the character that an escape or a literal stands for."""
    if source.startswith("\\x"):
        digits = source[2:].strip("{}")
        return chr(int(digits, 16))
    if source.startswith("\\"):
        escaped = source[1:]
        return _CONTROLS.get(escaped, escaped)
    return source


def _members(body: str) -> Texts | None:
    """Return the folded characters of a class, None where they are many or anything but some."""
    if body.startswith("^") or _OPEN_MEMBER.search(body):
        return None
    chars: set[str] = set()
    members = _MEMBER.findall(body)
    at = 0
    while at < len(members):
        is_range = members[at + 1 : at + 2] == ["-"] and at + 2 < len(members)
        if members[at] == "\\s":
            chars.add(" ")
        elif is_range:
            some = _range(members[at], members[at + 2])
            if some is None:
                return None
            chars.update(some)
            at += 2
        else:
            chars.add(_char(members[at]))
        at += 1
    return _folded_class(chars)


def _range(first: str, last: str) -> Iterable[str] | None:
    """Return the characters from one to another, None where they are many."""
    start = ord(_char(first))
    stop = ord(_char(last))
    if stop - start > _MAX_RANGE:
        return None
    return map(chr, range(start, stop + 1))


def _folded_class(chars: set[str]) -> Texts | None:
    folded = set()
    for char in chars:
        if char in SPACES:
            folded.add(" ")
        elif char != "\n":
            folded.add(fold(char))
    if len(folded) > _MAX_CLASS:
        return None
    return frozenset(folded)


def _width(node: _Node) -> tuple[int, int]:
    """Return how many code points a part has at least and at most."""
    low = high = node.width
    if node.branches:
        widths = [_width_of_row(branch) for branch in node.branches]
        low = min(low for low, _ in widths)
        high = max(high for _, high in widths)
    most = min(high * node.high, UNBOUNDED)
    return low * node.low, most


def _width_of_row(nodes: list[_Node]) -> tuple[int, int]:
    low = high = 0
    for node in nodes:
        least, most = _width(node)
        low += least
        high += most
    return low, high


class _Run:
    """Neighbouring parts while they are read: the texts that they make together, and what was found before them."""

    def __init__(self, first: Texts) -> None:
        self.texts = first
        self.required: list[Texts] = []
        self.unbroken = True

    def add(self, texts: Texts) -> None:
        """Go on with a part that is one of some texts."""
        if len(texts) * len(self.texts) <= MAX_TEXTS:
            self.texts = _pairs(self.texts, texts)
            return
        ends = frozenset(text[-1:] for text in self.texts)
        self.gap([])
        self.texts = texts
        if len(ends) == 1:
            self.texts = _pairs(ends, texts)

    def gap(self, required: list[Texts]) -> None:
        """Go on with a part that could be anything but for what it has to hold."""
        self.required += [self.texts, *required]
        self.texts = _EMPTY
        self.unbroken = False


def _sequence(nodes: list[_Node], first: Texts) -> _Reading:
    """Return the texts that parts in a row are, or what they hold."""
    run = _Run(first)
    for node in _flat(nodes):
        before = _EMPTY
        if node.branches and len(run.texts) <= MAX_PREFIXES:
            before = run.texts
        exact, required = _part(node, before)
        if exact is None:
            run.gap(required)
        elif node.branches and before != _EMPTY and _is_single(node):
            run.texts = exact
        else:
            run.add(exact)
    if run.unbroken:
        return run.texts, []
    found = [*run.required, run.texts]
    return None, [texts for texts in found if all(texts)]


def _is_single(node: _Node) -> bool:
    return node.low == 1 and node.high == 1


def _flat(nodes: list[_Node]) -> list[_Node]:
    """Return nodes without the groups that only hold other nodes."""
    flat = []
    for node in nodes:
        if len(node.branches) == 1 and _is_single(node):
            flat += _flat(node.branches[0])
        else:
            flat.append(node)
    return flat


def _part(node: _Node, before: Texts) -> _Reading:
    """Return the texts that a part is, or what it holds; those of a choice begin with the texts before it."""
    if not node.branches:
        return node.texts, []
    if _is_single(node):
        return _choice(node.branches, before)
    exact, required = _choice(node.branches, _EMPTY)
    if exact:
        required = [exact]
    if node.low == 0:
        required = []
    return _repeated(exact, node.low, node.high), required


def _repeated(exact: Texts | None, low: int, high: int) -> Texts | None:
    """Return the texts that a repetition is: of one that may be missing, of a few, and of spaces, which fold to one."""
    if exact is None:
        return None
    if exact == {" "}:
        return exact if low else exact | {""}
    if high == 1:
        return exact | {""}
    if low != high or low > _MAX_REPEAT or len(exact) ** low > MAX_TEXTS:
        return None
    rows = product(exact, repeat=low)
    return frozenset(map("".join, rows))


def _choice(branches: list[list[_Node]], before: Texts) -> _Reading:
    """Return the texts that a choice is, or what it holds, whichever branch is taken."""
    parts = [_sequence(branch, before) for branch in branches]
    if len(parts) == 1:
        return parts[0]
    texts = [exact for exact, _ in parts if exact is not None]
    union = frozenset().union(*texts)
    if len(texts) == len(parts) and len(union) <= MAX_TEXTS:
        return union, []
    held: set[str] = set()
    for exact, required in parts:
        some = strongest(required) if exact is None else exact
        if not some or not all(some):
            return None, []
        held.update(some)
    return None, [frozenset(held)]

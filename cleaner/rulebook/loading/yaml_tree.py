"""YAML as a tree of strings with their places: no scalar is ever changed.

Editors paste lines such as `- No` or `- Read more #R4Today` and must get them back, so nothing is resolved to a
number, a date or a truth value here; `schema.py` does that where a field asks for it. What rules never need and what
makes YAML dangerous is refused: anchors, aliases, tags, several documents, deep nesting, large files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DEPTH = 12

_OTHER_BREAK = re.compile("[\x85\u2028\u2029]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Mark(Protocol):
    """A place as PyYAML gives it, from 0."""

    line: int
    column: int


class TreeError(Exception):
    """A file that is no tree of rules. Line and column count from 1."""

    def __init__(self, message: str, line: int, column: int, width: int = 1) -> None:
        super().__init__(message)
        self.line, self.column, self.width = line, column, width


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A scalar, a list or a mapping, and where it stands. Line and column count from 1."""

    kind: Literal["scalar", "list", "mapping"]
    line: int
    column: int
    width: int = 1
    height: int = 1
    """Lines from the first to the last."""
    text: str = ""
    style: str = ""
    """`|` or `>` for blocks, a quote for quoted scalars, empty for plain ones."""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()

    def plain(self) -> object:
        """Return the tree below as strings, lists and dictionaries."""
        if self.kind == "scalar":
            return self.text
        if self.kind == "list":
            return [item.plain() for item in self.items]
        return {key.text: value.plain() for key, value in self.entries}

    def key(self, name: str) -> Node | None:
        """Return the node of a key of a mapping."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def get(self, name: str) -> Node | None:
        """Return the value under a key of a mapping."""
        return next((value for key, value in self.entries if key.text == name), None)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    kind: Literal["list", "mapping"]
    line: int
    column: int
    children: list[Node] = field(default_factory=list)


def parse(text: str, *, first_line: int = 1) -> Node | None:
    """Return the tree of a YAML text, None for an empty one. Raise TreeError at the first thing that is refused."""
    roots: list[Node] = []
    stack: list[_Open] = []
    for event in _events(text, first_line):
        _refuse(event, first_line, len(stack), len(roots))
        line, column = _place(event.start_mark, first_line)
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            kind: Literal["list", "mapping"] = (
                "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
            )
            stack.append(_Open(kind, line, column))
            continue
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event, line, column)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            node = _close(stack.pop())
        else:
            continue
        (stack[-1].children if stack else roots).append(node)
    return roots[0] if roots else None


def _events(text: str, first_line: int) -> Iterator[yaml.Event]:
    if found := _OTHER_BREAK.search(text):
        before = text[: found.start()]
        message = f"U+{ord(found[0]):04X} is a line break to YAML, which few editors show: put a space in its place"
        raise TreeError(
            message, first_line + before.count("\n"), found.start() - before.rfind("\n")
        )
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = _place(mark, first_line)
        raise TreeError(
            f"this is not YAML: {_in_words(error, text, line - first_line)}",
            line,
            column,
        ) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = (
            first_line + before.count("\n"),
            error.position - before.rfind("\n"),
        )
        message = (
            f"the character U+{error.character:04X} has no place in a text: delete it"
        )
        raise TreeError(message, line, column) from error


_WORDS = {
    "mapping values are not allowed": (
        "a colon and a space inside a text, which goes under a | or into quotation marks, or a line that is indented too far"
    ),
    "cannot start any token": "a text that begins with this character goes under a | or into quotation marks",
    "did not find expected '-' indicator": "this line stands too far left or too far right: align it with its neighbours",
    "did not find expected key": "a key was expected: is the line indented as its neighbours are, is each quotation mark closed?",
    "could not find expected ':'": "a key needs a colon; a text of several lines stands under a |",
    "while scanning a quoted scalar": "a quotation mark is opened and not closed",
}
"""What the parser says, or where it was, and what an editor did."""


def _in_words(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    """Return what is wrong in the words of an editor, followed by what the parser says."""
    said = f"{error.problem or error}"
    lines = text.split("\n")
    content = lines[line] if line < len(lines) else ""
    indent = content[: len(content) - len(content.lstrip())]
    if "\t" in indent:
        return f"a tab at the start of the line: indent with spaces ({said})"
    known = (
        words
        for phrase, words in _WORDS.items()
        if phrase in f"{said}\n{error.context or ''}"
    )
    words = next(known, None)
    return f"{words} ({said})" if words else said


def _refuse(event: yaml.Event, first_line: int, depth: int, roots: int) -> None:
    """Raise TreeError for what rule files may not hold."""
    message = None
    tag = getattr(event, "tag", None)
    width = 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        message = "anchors and aliases (& and *) are not allowed in rules: write the text out, in a | block"
        width = len(getattr(event, "anchor", "") or "") + 1
    elif tag not in (None, "!"):
        message = "tags (!) are not allowed in rules: write the text in a | block"
        width = len(tag.replace("tag:yaml.org,2002:", "!!"))
    elif depth >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
        message = f"nested more than {MAX_DEPTH} deep: rules are flat"
    elif isinstance(event, yaml.DocumentStartEvent) and roots:
        message = "a rule file holds one document: remove the `---`"
    if message:
        raise TreeError(message, *_place(event.start_mark, first_line), width)


def _place(mark: _Mark | None, first_line: int) -> tuple[int, int]:
    """Return line and column of a mark, from 1; a missing one stands for the start."""
    return (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


def _scalar(event: yaml.ScalarEvent, line: int, column: int) -> Node:
    (first, begin), (last, stop) = (
        _place(event.start_mark, 1),
        _place(event.end_mark, 1),
    )
    width = stop - begin if first == last else 1
    style = event.style or ""
    return Node(
        kind="scalar",
        line=line,
        column=column,
        width=max(1, width),
        height=last - first + 1,
        text=event.value,
        style=style,
    )


def _close(open_: _Open) -> Node:
    """Return a list or mapping that was read to its end. Raise TreeError for a key that is not a word, or is there twice."""
    if open_.kind == "list":
        return Node(
            kind="list",
            line=open_.line,
            column=open_.column,
            items=tuple(open_.children),
        )
    keys, values = open_.children[::2], open_.children[1::2]
    _check_keys(keys)
    return Node(
        kind="mapping",
        line=open_.line,
        column=open_.column,
        entries=tuple(zip(keys, values, strict=True)),
    )


def _check_keys(keys: Iterable[Node]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key.kind != "scalar":
            message = "a key must be a word: put the text in a | block"
            raise TreeError(message, key.line, key.column)
        if key.text in seen:
            message = f"'{key.text}' stands twice in one place"
            raise TreeError(message, key.line, key.column, key.width)
        seen.add(key.text)


def block_line(lines: list[str], node: Node, number: int) -> tuple[int, int, int]:
    """Return line, column and width in the file of the filled line `number` (from 0) of a scalar.

    `lines` are the lines of the file. For a scalar that is not a block, its own place is returned.
    """
    if node.style not in ("|", ">"):
        return node.line, node.column, node.width
    seen = -1
    for offset in range(node.line, len(lines)):
        text = lines[offset].strip()
        if not text:
            continue
        seen += 1
        if seen == number:
            indent = lines[offset].index(text)
            return offset + 1, indent + 1, len(text)
    return node.line, node.column, node.width

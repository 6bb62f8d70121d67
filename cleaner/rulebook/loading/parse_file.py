"""The text of a rule file as a tree, with what is wrong with it: faults, and the rest is still read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import Fault
from cleaner.rulebook.loading import yaml_tree
from cleaner.rulebook.loading.rule_files import MAX_BYTES, raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.rulebook.loading.rule_files import Raw
    from cleaner.rulebook.loading.yaml_tree import Node

_ITEM = re.compile(r"^( *)- ")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """A rule file that was read: its lines, its tree (None where it is none), its faults."""

    name: str
    lines: list[str]
    trees: tuple[Node, ...]
    faults: tuple[Fault, ...] = ()

    def fault(
        self, code: str, message: str, node: Node | None, **place: int | str
    ) -> Fault:
        """Return a fault at a node of this file, or at a place that is given."""
        line, column = (node.line, node.column) if node else (1, 1)
        values = {
            "line": line,
            "column": column,
            "width": node.width if node else 1,
            **place,
        }
        number = int(values["line"])
        source = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        fixed = {"file": self.name, "code": code, "message": message, "source": source}
        return Fault(**fixed, **values)  # type: ignore[arg-type] # a place's values


def read(path: Path) -> RuleFile:
    """Return a rule file with its tree; what is wrong with it becomes faults, and the rest is still read."""
    return tree_of(raw(path))


def tree_of(file: Raw) -> RuleFile:
    """Return what was read of a rule file with its tree."""
    if file.error:
        return _refused(file.path, "L021", f"cannot be read: {file.error}")
    if file.data is None:
        return _refused(
            file.path,
            "L020",
            f"has {file.size:,} bytes; a rule file may have {MAX_BYTES:,}: split it",
        )
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(
            file.path,
            "L021",
            f"is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}; save it as UTF-8",
        )
    return parse(str(file.path), text)


def parse(name: str, text: str) -> RuleFile:
    """Return the tree of a file's text. Where one rule breaks the syntax, the others are read one by one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    try:
        tree = yaml_tree.parse(text)
    except yaml_tree.TreeError as error:
        return _in_pieces(name, lines, error)
    return RuleFile(name=name, lines=lines, trees=(tree,) if tree else ())


def _in_pieces(name: str, lines: list[str], first: yaml_tree.TreeError) -> RuleFile:
    """Read a broken file rule by rule: each item of its list on its own."""
    trees: list[Node] = []
    errors: list[yaml_tree.TreeError] = []
    for start, stop in _pieces(lines):
        try:
            tree = yaml_tree.parse("\n".join(lines[start:stop]), first_line=start + 1)
        except yaml_tree.TreeError as error:
            errors.append(error)
            continue
        if tree is not None:
            trees.append(tree)
    plain = RuleFile(name=name, lines=lines, trees=tuple(trees))
    faults = [
        plain.fault(
            "L022",
            str(error),
            None,
            line=error.line,
            column=error.column,
            width=error.width,
        )
        for error in errors or [first]
    ]
    return RuleFile(
        name=name,
        lines=lines,
        trees=tuple(trees) if errors else (),
        faults=tuple(faults),
    )


def _pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the head of a file and each item of its list as (first, stop) line numbers, from 0."""
    indents = [len(found[1]) for line in lines if (found := _ITEM.match(line))]
    indent = min(indents, default=0)
    starts = [
        n
        for n, line in enumerate(lines)
        if (found := _ITEM.match(line)) and len(found[1]) == indent
    ]
    if not starts:
        yield 0, len(lines)
        return
    yield 0, starts[0]
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def _refused(path: Path, code: str, message: str) -> RuleFile:
    fault = Fault(file=str(path), line=1, column=1, code=code, message=message)
    return RuleFile(name=str(path), lines=[], trees=(), faults=(fault,))

"""Rule files on disk: which there are, what is in them, and the vocabulary beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import Fault
from cleaner.rulebook import yamltree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.rulebook.yamltree import Node

SUFFIXES = (".yaml", ".yml")
_OVERRIDES = ("overrides.yaml", "overrides.yml")
_ITEM = re.compile(r"^( *)- ")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """A rule file that was read: its lines, its tree (None where it is none), its faults."""

    name: str
    lines: list[str]
    trees: tuple[Node, ...]
    faults: tuple[Fault, ...] = ()

    def fault(self, code: str, message: str, node: Node | None, **place: int | str) -> Fault:
        """Return a fault at a node of this file, or at a place that is given."""
        line, column = (node.line, node.column) if node else (1, 1)
        values = {"line": line, "column": column, "width": node.width if node else 1, **place}
        number = int(values["line"])
        source = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return Fault(file=self.name, code=code, message=message, source=source, **values)  # type: ignore[arg-type]


def default_rules() -> Path:
    """Return the folder of the shipped packs: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_rules"
    return packed if packed.is_dir() else package.parent / "rules"


def find(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the rule files among some files and folders, sorted within each folder."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.name not in _OVERRIDES)
        else:
            yield path


def overrides_in(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files of local overrides that lie in some folders."""
    return [path / name for path in map(Path, paths) for name in _OVERRIDES if (path / name).is_file()]


def unread(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files in some folders that are neither rules nor vocabulary nor notes about them."""
    for path in map(Path, paths):
        for other in sorted(path.rglob("*")) if path.is_dir() else ():
            known = other.suffix in (*SUFFIXES, ".md") or (other.suffix == ".txt" and other.parent.name == "vocab")
            if other.is_file() and not known and not other.name.startswith("."):
                yield other


def vocabulary(paths: Iterable[str | Path]) -> dict[str, tuple[str, ...]]:
    """Return the word lists of some folders: `vocab/NAME.txt`, one entry a line, `#` begins a comment line."""
    lists: dict[str, tuple[str, ...]] = {}
    for path in map(Path, paths):
        folder = (path if path.is_dir() else path.parent) / "vocab"
        for file in sorted(folder.glob("*.txt")):
            rows = (row.strip() for row in file.read_text(encoding="utf-8").split("\n"))
            lists[file.stem.replace("-", "_")] = tuple(row for row in rows if row and not row.startswith("#"))
    return lists


def read(path: Path) -> RuleFile:
    """Return a rule file with its tree; what is wrong with it becomes faults, and the rest is still read."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= yamltree.MAX_BYTES else b""
        text = data.decode("utf-8-sig")
    except OSError as error:
        return _refused(path, "L021", f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        return _refused(
            path, "L021", f"is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}; save it as UTF-8"
        )
    if size > yamltree.MAX_BYTES:
        return _refused(path, "L020", f"has {size:,} bytes; a rule file may have {yamltree.MAX_BYTES:,}: split it")
    return parse(str(path), text)


def parse(name: str, text: str) -> RuleFile:
    """Return the tree of a file's text. Where one rule breaks the syntax, the others are read one by one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    try:
        tree = yamltree.parse(text)
    except yamltree.TreeError as error:
        return _in_pieces(name, lines, error)
    return RuleFile(name=name, lines=lines, trees=(tree,) if tree else ())


def _in_pieces(name: str, lines: list[str], first: yamltree.TreeError) -> RuleFile:
    """Read a broken file rule by rule: each item of its list on its own."""
    trees: list[Node] = []
    errors: list[yamltree.TreeError] = []
    for start, stop in _pieces(lines):
        try:
            tree = yamltree.parse("\n".join(lines[start:stop]), first_line=start + 1)
        except yamltree.TreeError as error:
            errors.append(error)
            continue
        if tree is not None:
            trees.append(tree)
    plain = RuleFile(name=name, lines=lines, trees=tuple(trees))
    faults = [
        plain.fault("L022", str(error), None, line=error.line, column=error.column, width=error.width)
        for error in errors or [first]
    ]
    return RuleFile(name=name, lines=lines, trees=tuple(trees) if errors else (), faults=tuple(faults))


def _pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the head of a file and each item of its list as (first, stop) line numbers, from 0."""
    indents = [len(found[1]) for line in lines if (found := _ITEM.match(line))]
    indent = min(indents, default=0)
    starts = [n for n, line in enumerate(lines) if (found := _ITEM.match(line)) and len(found[1]) == indent]
    if not starts:
        yield 0, len(lines)
        return
    yield 0, starts[0]
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def _refused(path: Path, code: str, message: str) -> RuleFile:
    fault = Fault(file=str(path), line=1, column=1, code=code, message=message)
    return RuleFile(name=str(path), lines=[], trees=(), faults=(fault,))

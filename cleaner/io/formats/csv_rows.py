r"""CSV as rows of bytes (RFC 4180): fields in quotes may hold delimiters, newlines and doubled quotes.

Rows are found in the bytes, before anything is decoded, so a bad byte costs one row. So does a wrong number of fields. A
quote that is not closed, or that stands inside a field, would swallow what follows: then the row is given up, and reading
goes on at the next line that begins a whole row of the right number of fields which looks like the rows before (a column that
was always digits or an address is so again; where all columns were in quotes, all are). What lies between belongs to the row that was given up.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import chain
from operator import and_
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cleaner.errors import SourceError
from cleaner.io.formats import json_lines
from cleaner.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (b",", b";", b"\t", b"|")
_CLOSE = re.compile(rb'[^"]*+(?:""[^"]*+)*+"(?!")')
_END = b"\r\n"
_ENOUGH, _PROFILED = 3, 1_000
"""How many rows tell what rows look like, at least and at most."""
_SURPLUS = 100
"""Fields more than the header's after which the end of a row is not looked for any further: it would be that of the file."""
_IN_QUOTES, _DIGITS, _ADDRESS = 1, 2, 4
_ALL = _IN_QUOTES | _DIGITS | _ADDRESS


class Row(NamedTuple):
    """One row as it stands."""

    number: int
    """From 1, without the header."""
    offset: int
    raw: bytes
    cells: tuple[bytes, ...] = ()
    error: SourceError | None = None
    chunks: Iterator[bytes] | None = None
    """The bytes of a row that is too large, to be taken before the next one is asked for."""


class _Line(NamedTuple):
    offset: int
    data: bytes
    rest: Iterator[bytes] | None


class _Scan:
    """A row that is read line by line."""

    def __init__(self, delimiter: bytes) -> None:
        self._delimiter = delimiter
        self._open: list[bytes] | None = None
        self.cells: list[bytes] = []
        self.quoted: list[bool] = []
        self.lines = 0
        self.is_strict = True
        """Whether no quote stands inside of a field without quotes."""
        self.is_large = False
        self.fault = "a quote is not closed before the end of the file"

    def add(self, line: bytes) -> bool:
        """Read one more line; return whether it ends the row."""
        self.lines += 1
        at: int | None = 0
        while at is not None:
            at = (
                self._quoted(line, at)
                if self._open is not None
                else self._bare(line, at)
            )
        return self._open is None

    def _quoted(self, line: bytes, at: int) -> int | None:
        """Read on in quotes; return where the next field begins, None where there is none in this line."""
        parts = self._open or []
        close = _CLOSE.match(line, at)
        if close is None:
            parts.append(line[at:])
            self._open = parts
            return None
        end = close.end()
        self._put(
            b"".join([*parts, line[at : end - 1]]).replace(b'""', b'"'), quoted=True
        )
        self._open = None
        if line.startswith(self._delimiter, end):
            return end + 1
        self.fault = (
            ""
            if not line[end:].rstrip(_END)
            else f"text behind the closing quote of field {len(self.cells)}"
        )
        return None

    def _bare(self, line: bytes, at: int) -> int | None:
        if line.startswith(b'"', at):
            self._open = []
            return at + 1
        end = line.find(self._delimiter, at)
        cell = line[at:].rstrip(_END) if end < 0 else line[at:end]
        self._put(cell, quoted=False)
        self.is_strict = self.is_strict and b'"' not in cell
        if end < 0:
            self.fault = ""
            return None
        return end + 1

    def _put(self, cell: bytes, *, quoted: bool) -> None:
        self.cells.append(cell)
        self.quoted.append(quoted)

    @property
    def shapes(self) -> list[int]:
        """What each field looks like."""
        return list(map(_shape, self.cells, self.quoted))


def _shape(cell: bytes, quoted: bool) -> int:  # noqa: FBT001 - mapped over two lists
    """Return what a field looks like."""
    shape = _IN_QUOTES if quoted else 0
    if cell.isdigit():
        shape |= _DIGITS
    if cell.startswith(b"http"):
        shape |= _ADDRESS
    return shape


def delimiter_of(header: bytes) -> bytes:
    r"""Return the delimiter that is most frequent outside of quotes in a header.

    >>> delimiter_of(b'id;"a,b,c";text'), delimiter_of(b"text")
    (b';', b',')
    """
    bare = re.sub(rb'"[^"]*"', b"", header)
    return max(DELIMITERS, key=bare.count)


class Table:
    """The rows of a stream. `columns` is the header, empty where there is none. Raise SourceError where it is not CSV."""

    def __init__(
        self, stream: BinaryIO, limit: int, delimiter: bytes | None = None
    ) -> None:
        self._limit = limit
        self._source = _lines(stream, limit)
        self._ahead: deque[_Line] = deque()
        self._delimiter = delimiter or b","
        self._profile: list[int] = []
        self._learned = 0
        self.columns: tuple[bytes, ...] = ()
        self._read_header(delimiter)

    def _read_header(self, delimiter: bytes | None) -> None:
        first = self._first_line()
        if first is None:
            return
        self._ahead[0] = first
        self._delimiter = delimiter or delimiter_of(first.data)
        found = self._scan()
        if found.fault or found.is_large:
            fault = found.fault or "it is too large"
            raise SourceError(
                f"the first row must name the columns: {fault}",
                reason="malformed",
                stage="read",
                offset=first.offset,
            )
        self.columns = tuple(found.cells)
        self._taken(found.lines)

    def _first_line(self) -> _Line | None:
        """Return the first line that is not blank, without a byte order mark."""
        while (line := self._line(0)) is not None:
            data = line.data.removeprefix(json_lines.BOM)
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                message = "CSV in UTF-16 is not read; convert it to UTF-8"
                raise SourceError(
                    message,
                    reason="undecodable",
                    stage="read",
                    offset=0,
                )
            if data.strip():
                return line._replace(data=data)
            self._ahead.popleft()
        return None

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows below the header; blank lines are skipped."""
        number = 0
        while first := self._line(0):
            if not first.data.strip():
                self._ahead.popleft()
                continue
            number += 1
            found = self._scan()
            if found.is_large or found.fault:
                yield from self._given_up(number, first.offset, found)
                continue
            raw = self._taken(found.lines)
            wanted = len(self.columns)
            if len(found.cells) == wanted:
                self._learn(found)
                yield Row(number, first.offset, raw, tuple(found.cells))
            else:
                count = plural(len(found.cells), "field")
                fault = f"{count}, and the header has {wanted:,}"
                error = _error(number, first.offset, fault)
                yield Row(number, first.offset, raw, error=error)

    def _given_up(self, number: int, offset: int, found: _Scan) -> Iterator[Row]:
        """Yield a row whose end is not known."""
        if found.is_large:
            error = _too_large(number, offset, self._limit)
        else:
            error = _error(number, offset, found.fault)
        skipped = self._skipped()
        pieces, size = [], 0
        for piece in skipped:
            pieces.append(piece)
            size += len(piece)
            if size > self._limit:
                chunks = chain(pieces, skipped)
                yield Row(
                    number,
                    offset,
                    b"",
                    error=error,
                    chunks=chunks,
                )
                deque(skipped, maxlen=0)  # read the rest
                return
        yield Row(number, offset, b"".join(pieces), error=error)

    def _skipped(self) -> Iterator[bytes]:
        """Yield the row in hand, up to the next line that begins a row like those before."""
        is_first = True
        while (line := self._line(0)) is not None:
            if not is_first and self._fits(self._scan(is_trial=True)):
                return
            is_first = False
            self._ahead.popleft()
            yield line.data
            yield from line.rest or ()

    def _fits(self, found: _Scan) -> bool:
        """Return whether a row looks like those before."""
        if found.fault or found.is_large or not found.is_strict:
            return False
        if len(found.cells) != len(self.columns):
            return False
        if self._learned < _ENOUGH:
            return len(self.columns) > 1 or all(found.quoted)
        asked = _ALL
        if not all(known & _IN_QUOTES for known in self._profile):
            asked = _ALL - _IN_QUOTES
        for shape, known in zip(found.shapes, self._profile, strict=True):
            missing = known & asked & ~shape
            if missing:
                return False
        return True

    def _learn(self, found: _Scan) -> None:
        if self._learned >= _PROFILED:
            return
        shapes = found.shapes
        if self._profile:
            shapes = list(map(and_, self._profile, shapes))
        self._profile = shapes
        self._learned += 1

    def _line(self, index: int) -> _Line | None:
        """Return a line that was not taken yet; none behind one whose rest is still to be read."""
        while len(self._ahead) <= index:
            if self._ahead and self._ahead[-1].rest is not None:
                return None
            line = next(self._source, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[index]

    def _taken(self, lines: int) -> bytes:
        return b"".join([self._ahead.popleft().data for _ in range(lines)])

    def _scan(self, *, is_trial: bool = False) -> _Scan:
        """Read the row that begins with the first line not taken yet; on trial only as far as it may fit."""
        found = _Scan(self._delimiter)
        most = self._limit + len(_END)
        size = 0
        while (line := self._line(found.lines)) is not None:
            size += len(line.data)
            if line.rest is not None or size > most:
                found.is_large = True
                break
            has_ended = found.add(line.data)
            if has_ended or self._is_hopeless(found, is_trial=is_trial):
                break
        return found

    def _is_hopeless(self, found: _Scan, *, is_trial: bool) -> bool:
        """Return whether a row that has not ended need not be read on, so that a file of open quotes is not read once a line."""
        if not self.columns:
            return False
        if is_trial and not found.is_strict:
            return True
        surplus = 0 if is_trial else _SURPLUS
        return len(found.cells) > len(self.columns) + surplus


def _lines(stream: BinaryIO, limit: int) -> Iterator[_Line]:
    for _, offset, data, rest in json_lines.lines(stream, limit):
        yield _Line(offset, data, rest)


def _error(number: int, offset: int, fault: str) -> SourceError:
    """Return the error of a row that cannot be read."""
    return SourceError(
        f"row {number}, at byte {offset:,}: {fault}",
        reason="malformed",
        stage="read",
        offset=offset,
    )


def _too_large(number: int, offset: int, limit: int) -> SourceError:
    """Return the error of a row that does not end within the limit."""
    return SourceError(
        f"row {number}, at byte {offset:,}, is larger than {limit:,} bytes (--max-bytes), or a quote in it is not closed",
        reason="too_large",
        stage="read",
        offset=offset,
    )

"""JSON and JSON lines: bounded lines, guessing which of the two it is, and errors that say where.

JSON is UTF-8 (orjson is strict). Lines are split as bytes before anything is decoded, so one bad byte costs one record.
"""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import orjson

from cleaner.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 16
_HEAD_LINES = 64
_OBJECT = re.compile(rb'\s*\{\s*["}]')
_LIST = re.compile(rb"\s*\[\s*[\]{]")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""One half of a character outside the basic plane, as JSON writes it."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGERS = (-(1 << 63), (1 << 64) - 1)
DEPTH = 200
"""How deep a record may be nested: orjson writes 254 levels, and an article puts some around what it passes through."""
_DEEPEST = 500
"""The same for a list of records, so that the record is refused and not the list."""
BOM = b"\xef\xbb\xbf"
_KINDS = (
    (list, "a list"),
    (str, "a string"),
    (dict, "an object"),
    (bool, "true or false"),
)


def lines(
    stream: BinaryIO, limit: int
) -> Iterator[tuple[int, int, bytes, Iterator[bytes] | None]]:
    """Yield each line's number (from 1), offset in bytes, bytes, and None.

    For a line of more than `limit` bytes the last item yields the rest of it, in pieces; what the caller leaves is
    skipped.
    """
    number = offset = 0
    while line := stream.readline(limit + 1):
        number += 1
        size = len(line)
        if size > limit and not line.endswith(b"\n"):
            rest = _Rest(stream)
            yield number, offset, line, rest
            size += rest.drain()
        else:
            yield number, offset, line, None
        offset += size


class _Rest:
    """The pieces of a line that are still in the stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._taken = 0
        self._over = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = b"" if self._over else self._stream.readline(_PIECE)
        self._over = not piece or piece.endswith(b"\n")
        if not piece:
            raise StopIteration
        self._taken += len(piece)
        return piece

    def drain(self) -> int:
        """Skip what is left of the line and return how many bytes the rest of it had."""
        for _ in self:
            pass
        return self._taken


def head(stream: BinaryIO) -> bytes:
    """Read as much of a stream as `guess` needs: its first two lines that are not blank, 64 KB each at most."""
    taken, rows = b"", []
    for _ in range(_HEAD_LINES):
        line = stream.readline(_PIECE)
        taken += line
        if row := line.removeprefix(BOM).strip():
            rows.append(row)
        if not line or len(rows) > 1:
            break
        if rows and (rows[0][:1] not in b"[{" or _is_object(rows[0])):
            break
    return taken


def guess(start: bytes) -> str:
    r"""Tell from its first two lines whether a stream is `jsonl`, `json` or `text`.

    >>> guess(b'{"text": "A"}'), guess(b'{\n  "text": "A"'), guess(b'[{"text": "A"}]'), guess(b"[Updated] Two men")
    ('jsonl', 'json', 'json', 'text')
    """
    start = start.removeprefix(BOM)
    if not start:
        return "jsonl"  # no record
    if _LIST.match(start):
        return "json"
    if not _OBJECT.match(start):
        return "text"
    rows = [row for row in map(bytes.strip, start.split(b"\n")) if row]
    if len(rows) == 1:
        return "jsonl"
    if rows[1].startswith(b"{") or _is_object(rows[0]):
        return "jsonl"
    return "json"


def _is_object(row: bytes) -> bool:
    """Return whether a row is a whole JSON object."""
    try:
        return isinstance(orjson.loads(row), dict)
    except orjson.JSONDecodeError:
        return False


def rewound(start: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream that gives back `start`, which was read from `stream`, and then goes on with it."""
    return io.BufferedReader(_Rewound(start, stream))


class _Rewound(io.RawIOBase):
    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        room = len(buffer)
        if self._start:
            piece = self._start[:room]
            self._start = self._start[room:]
        else:
            piece = self._stream.read1(room)  # type: ignore[attr-defined]
        size = len(piece)
        buffer[:size] = piece
        return size


def parse(data: bytes) -> object:
    """Return the value of a JSON text. Raises `SourceError`: `malformed`, or `undecodable` where it is not UTF-8."""
    data = data.removeprefix(BOM)
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if not _HALF.search(data):
            raise _fault(data, error) from error
        value = _with_halves(data, error)
    depth = _DEEPEST if isinstance(value, list) else DEPTH
    brackets = data.count(b"[") + data.count(b"{")
    if brackets > depth and _is_deeper(value, depth):
        message = f"nested more than {depth} deep; no article is"
        raise SourceError(
            message,
            reason="malformed",
            stage="read",
        )
    return value


def _is_deeper(value: object, depth: int) -> bool:
    """Return whether a value is nested deeper, level by level, because recursion would meet the limit that is checked here."""
    level = [value]
    for _ in range(depth + 1):
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
        level = below
    return bool(level)


def _with_halves(data: bytes, refused: orjson.JSONDecodeError) -> object:
    """Return the value of a JSON text that holds half a character: JSON allows it, orjson does not."""
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _fault(data, refused) from error


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which only Python takes for JSON."""
    raise ValueError(name)


def _fault(data: bytes, error: orjson.JSONDecodeError) -> SourceError:
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        return SourceError(
            f"JSON must be UTF-8, byte {wrong.start} is not; convert the file",
            reason="undecodable",
            stage="read",
            offset=wrong.start,
        )
    return SourceError(
        f"not valid JSON: {error}",
        reason="malformed",
        stage="read",
        offset=error.pos,
    )


def dump(value: object) -> bytes:
    """Return a value as one line of JSON, without a newline."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # half a character, which `parse` let pass
        return json.dumps(value, separators=(",", ":")).encode()


def whole(value: object) -> object:
    r"""Return a JSON value in which halves of characters are joined, or U+FFFD where the other half is missing.

    An integer that no 64 bits hold becomes the nearest float, as most readers of JSON make of it.

    >>> whole({"title": "a\ud83d"}) == {"title": "a\ufffd"}
    True
    """
    if isinstance(value, int):
        return _whole_integer(value)
    if isinstance(value, str):
        return _whole_text(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value


def _whole_integer(value: int) -> object:
    least, greatest = _INTEGERS
    if least <= value <= greatest:
        return value
    return float(value) if abs(value) <= sys.float_info.max else None


def _whole_text(value: str) -> str:
    if not _SURROGATE.search(value):
        return value
    joined = value.encode("utf-16-le", "surrogatepass")
    return joined.decode("utf-16-le", "replace")


def kind(value: object) -> str:
    """Return what a JSON value is, in words.

    >>> kind([]), kind(None), kind(2)
    ('a list', 'null', 'a number')
    """
    for type_, words in _KINDS:
        if isinstance(value, type_):
            return words
    return "null" if value is None else "a number"

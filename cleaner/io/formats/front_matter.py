"""Facts between two `---` lines at the top of a Markdown file.

All values are read as text: `title: No` stays "No" and a date stays as it was written. Aliases are refused, because a
few lines of them can expand to gigabytes. A block that is not a mapping is part of the article.
"""

from __future__ import annotations

import re
from typing import Any

from cleaner.errors import SourceError

_BLOCK = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\r?(?=\n)(.*?)\n---[ \t]*\r?(?:\n|\Z)", re.DOTALL
)
_LIMIT = 65_536
"""Bytes of front matter; a longer block is taken for text."""
_DEPTH = 20
"""Deepest nesting; PyYAML needs half a minute for twenty thousand brackets."""


def split(data: bytes) -> tuple[dict[str, object], bytes]:
    r"""Return the facts and the body; no facts where there is no front matter.

    Raises `SourceError` (malformed, undecodable) where there is some and it cannot be read.

    >>> split(b"---\ntitle: Yes\n---\nBody\n")
    ({'title': 'Yes'}, b'Body\n')
    >>> split(b"---\nJust a line between rules.\n---\n")[0]
    {}
    """
    block = _BLOCK.match(data, 0, _LIMIT)
    if block is None:
        return {}, data
    facts = _parse(block[1])
    if not facts:
        return {}, data
    return facts, data[block.end() :]


def _parse(block: bytes) -> dict[str, object] | None:
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        message = (
            f"front matter is not UTF-8 (byte {error.start}); convert the file to UTF-8"
        )
        raise SourceError(
            message, reason="undecodable", stage="read", offset=error.start
        ) from error
    import yaml  # noqa: PLC0415 - only Markdown needs it

    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEPTH or isinstance(event, yaml.AliasEvent):
                message = "front matter with YAML aliases or deep nesting is refused; write plain values"
                raise SourceError(message, reason="malformed", stage="read")
        facts: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but strings, lists, dicts
    except yaml.YAMLError as error:
        raise SourceError(_fault(error), reason="malformed", stage="read") from error
    if not isinstance(facts, dict):
        return None
    has_names = all(isinstance(key, str) for key in facts)
    return facts if has_names else None


def _fault(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None)
    line = ""
    if mark:
        line = f", line {mark.line + 1}"
    advice = "put quotes round a value that holds a colon"
    return f"front matter{line}: {problem or error}; {advice}"

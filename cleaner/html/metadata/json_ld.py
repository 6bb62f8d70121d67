"""Read JSON-LD: the metadata of a page in scripts, even where the JSON is broken.

Pages write lists, graphs and references by `@id`, several objects in a row, comments, trailing commas, raw line
breaks and HTML entities. Whatever can be read is read; what cannot is left, and other sources answer.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]
MAX_SCRIPT = 2_000_000
"""Characters of one script that are read."""
MAX_TEXT = 10_000
"""Characters of one value that are read."""
_MAX_NODES = 5_000
_MAX_LEVELS = 4
"""Lists and objects inside each other that a value may be in."""
_BETWEEN_VALUES = frozenset(" \t\r\n;,")
_OTHERS = frozenset({
    "itemListElement", "hasPart", "mentions", "relatedLink", "comment", "review", "breadcrumb", "isPartOf", "publisher",
    "author", "image", "video", "potentialAction", "about", "citation", "workExample",
})  # fmt: skip
"""Properties whose values are other things than the page's own article."""
_OPENINGS = (
    "<!--",
    "//<![CDATA[",
    "// <![CDATA[",
    "/*<![CDATA[*/",
    "/* <![CDATA[ */",
    "<![CDATA[",
)
_CLOSINGS = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>")
_STRING = r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))'
_COMMENT = re.compile(
    _STRING + r"|/\*(?:[^*]|\*(?!/))*+(?:\*/|\*?\Z)|(?<=[\s,{}\[\]])//[^\n]*", re.DOTALL
)
_TRAILING = re.compile(_STRING + r"|,(?=\s*+[}\]])", re.DOTALL)


def nodes(scripts: Iterable[str]) -> list[tuple[Node, bool]]:
    """Return every object of the scripts in order, with whether it is independent (and not the property of another one)."""
    found: list[tuple[Node, bool]] = []
    for script in scripts:
        for value in _values(script[:MAX_SCRIPT]):
            budget = _MAX_NODES - len(found)
            found += _walk(value, budget)
    return found


def _values(script: str) -> Iterator[Any]:
    text = _unwrapped(script.strip())
    for attempt in (_same, _without_extras, _unescaped):
        try:
            yield from _several(attempt(text))
        except (ValueError, RecursionError):
            continue
        return


def _unwrapped(script: str) -> str:
    """Return a script without the marks that hide it from old browsers."""
    for opening in _OPENINGS:
        script = script.removeprefix(opening)
    for closing in _CLOSINGS:
        script = script.removesuffix(closing)
    return script.strip()


def _same(text: str) -> str:
    return text


def _without_extras(text: str) -> str:
    kept = _COMMENT.sub(lambda match: match[1] or " ", text)
    return _TRAILING.sub(lambda match: match[1] or "", kept)


def _unescaped(text: str) -> str:
    return _without_extras(html.unescape(text))


def _several(text: str) -> list[Any]:
    """Return the values of a text that holds one or more of them in a row."""
    decoder = json.JSONDecoder(strict=False)
    place = 0
    values: list[Any] = []
    while place < len(text) and len(values) < _MAX_NODES:
        value, place = decoder.raw_decode(text, place)
        values.append(value)
        while text[place : place + 1] in _BETWEEN_VALUES:
            place += 1
    return values


def _walk(value: object, budget: int) -> list[tuple[Node, bool]]:
    """Return the objects in a value, level by level, with whether each is independent."""
    found: list[tuple[Node, bool]] = []
    queue: deque[tuple[object, bool]] = deque()
    queue.append((value, True))
    while queue and len(found) < budget:
        each, own = queue.popleft()
        if isinstance(each, list):
            for item in reversed(each[:_MAX_NODES]):
                queue.appendleft((item, own))
        elif isinstance(each, dict):
            found.append((each, own))
            for key, item in each.items():
                if not isinstance(item, dict | list):
                    continue
                is_own = own and key not in _OTHERS
                queue.append((item, is_own))
    return found


def types(node: Node) -> list[str]:
    """Return the types of an object, without the address of the vocabulary."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [str(each).rpartition("/")[2] for each in values if each]


def text(value: object) -> str:
    """Return a value as one line of text: entities resolved, the first of a list, the name or value of an object."""
    for _ in range(_MAX_LEVELS):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = _named(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = html.unescape(str(value)[:MAX_TEXT])
    return " ".join(plain.split())


def _named(node: Node) -> object:
    """Return the name of an object, or what identifies it."""
    for key in ("name", "@value", "url", "@id"):
        if node.get(key):
            return node[key]
    return ""

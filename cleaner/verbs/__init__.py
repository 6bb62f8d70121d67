"""The verbs of the rule language: one module each, found by walking this folder.

A verb is a frozen dataclass whose fields are what an editor writes under the verb's key, and whose `find` yields the
places in a document that it would change. A verb looks and never edits; it knows nothing of rules, guards or policy.
To add one, add a module named like its key: `schema.py` and `docs` read the fields and the docstring from it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.verbs.api.verb import Verb


@cache
def verbs() -> Mapping[str, type[Verb]]:
    """Return every verb by its key, in alphabetical order. Folders hold what verbs share."""
    names = sorted(info.name for info in iter_modules(__path__) if not info.ispkg)
    modules = (import_module(f"{__name__}.{name}") for name in names)
    classes = (vars(module)[_class_name(module.__name__)] for module in modules)
    return {verb.KEY: verb for verb in classes}


def removing(*lines: str) -> Verb:
    """Return the plainest verb: it removes each line that equals one of these phrases."""
    from cleaner.verbs.api.values import Lines  # noqa: PLC0415 - verbs load where rules do
    from cleaner.verbs.remove_lines import RemoveLines  # noqa: PLC0415 - as above

    return RemoveLines(phrases=Lines(lines))


def _class_name(module: str) -> str:
    """Return the name of the class that a verb module must define: `remove_lines` defines `RemoveLines`."""
    return "".join(part.title() for part in module.rpartition(".")[2].split("_"))

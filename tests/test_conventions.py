"""The house's own rules, so that nobody has to remember them in a review.

Each check is a function of source text that has a counterexample beside it: a check that finds nothing anywhere would
be worth nothing.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml

import cleaner
from cleaner.cli import main
from cleaner.verbs import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "cleaner").rglob("*.py"))
MODULE_LINES = 400
FUNCTION_LINES = 40
FOLDER_MODULES = 15


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def long_functions(source: str) -> list[str]:
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        node.name
        for node in functions
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]


def prints(source: str) -> list[int]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"print", "exit", "quit"}
    ]


def swallowed(source: str) -> list[int]:
    """Return the lines of handlers that drop an error: an empty body, or a catch-all that neither raises nor uses it."""
    handlers = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
    )
    return [
        handler.lineno
        for handler in handlers
        if _is_empty(handler) or (_is_broad(handler) and not _uses(handler))
    ]


def _is_empty(handler: ast.ExceptHandler) -> bool:
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in handler.body
    )


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
        if handler.type
        else {"BaseException"}
    )
    return bool(caught & {"Exception", "BaseException"})


def _uses(handler: ast.ExceptHandler) -> bool:
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    return any(
        isinstance(node, ast.Raise)
        or (isinstance(node, ast.Name) and node.id == handler.name)
        for node in inside
    )


def suppressed(source: str) -> list[int]:
    """Return the lines that suppress every error there is."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("suppress")
        and {ast.unparse(argument) for argument in node.args}
        & {"Exception", "BaseException"}
    ]


def public_names(source: str) -> list[str] | None:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__"
            for target in node.targets
        ):
            return [str(value) for value in ast.literal_eval(node.value)]
    return None


def rule_ids() -> Iterator[tuple[str, str]]:
    """Yield the id and the pack of every shipped rule, read without the code that is tested."""
    for pack in sorted((ROOT / "rules").rglob("*.yaml")):
        for rule in yaml.safe_load(pack.read_text(encoding="utf-8")).get("rules", ()):
            yield rule["id"], name(pack)


def tracked() -> list[Path]:
    """Return the files of the project: what git tracks or would track, or all there is where git does not know."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [
            path
            for path in (ROOT / line for line in listed.stdout.split("\0") if line)
            if path.is_file()
        ]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    ]


def options(command: click.Command, path: str = "clean") -> Iterator[tuple[str, str]]:
    """Yield every command's path with each of its long options."""
    context = click.Context(command, info_name=path)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for spelling in (*parameter.opts, *parameter.secondary_opts):
                if spelling.startswith("--"):
                    yield path, spelling
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            if (child := command.get_command(context, word)) is not None:
                yield from options(child, f"{path} {word}")


def lint_ids() -> set[str]:
    """Return the id of every message that the rule book can give."""
    return {
        found
        for path in MODULES
        for found in re.findall(r'"(L\d{3})"', path.read_text(encoding="utf-8"))
    }


MACHINE_PATH = re.compile(r"(?<![\w.~:/*<>-])/(?:work|root|home|tmp)/\w")
REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted|registry\.npm[j]s|proxy\.golan[g]|crate[s]\.io",
    re.IGNORECASE,
)


def sources() -> Iterator[tuple[str, str]]:
    """Yield the name and the source of every module of the package."""
    for path in MODULES:
        yield name(path), path.read_text(encoding="utf-8")


class TestModules:
    """Each test names all modules that break its rule, not the first."""

    def test_are_short(self) -> None:
        assert [
            module for module, source in sources() if source.count("\n") > MODULE_LINES
        ] == []

    def test_say_what_they_are_for(self) -> None:
        assert [module for module, source in sources() if not has_summary(source)] == []

    def test_have_short_functions(self) -> None:
        long = [(module, long_functions(source)) for module, source in sources()]
        assert [entry for entry in long if entry[1]] == []

    def test_drop_no_error(self) -> None:
        dropped = [
            (module, swallowed(source) + suppressed(source))
            for module, source in sources()
        ]
        assert [entry for entry in dropped if entry[1]] == []

    def test_print_nothing_outside_the_command_line(self) -> None:
        printing = [
            (module, prints(source))
            for module, source in sources()
            if not module.startswith("cleaner/cli/")
        ]
        assert [entry for entry in printing if entry[1]] == []

    def test_sort_their_public_names(self) -> None:
        unsorted = [
            module
            for module, source in sources()
            if (names := public_names(source)) is not None
            and names != sorted(names, key=_like_ruff)
        ]
        assert unsorted == []

    def test_have_names_of_their_own(self) -> None:
        names = Counter(path.name for path in MODULES if path.name != "__init__.py")
        assert [each for each, times in names.items() if times > 1] == []

    def test_lie_in_folders_that_one_can_survey(self) -> None:
        """Folders hold at most 15 modules; `verbs/` holds one for each verb."""
        folders = Counter(
            name(path.parent) for path in MODULES if path.name != "__init__.py"
        )
        assert {
            folder
            for folder, size in folders.items()
            if size > FOLDER_MODULES and folder != "cleaner/verbs"
        } == set()


def has_summary(source: str) -> bool:
    docstring = ast.get_docstring(ast.parse(source)) or ""
    return docstring.partition("\n")[0].endswith((".", ":"))


def _like_ruff(word: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as the linter sorts them."""
    return (0 if word.isupper() else 1 if word[0].isupper() else 2), word


def test_every_public_name_is_there() -> None:
    assert {word for word in cleaner.__all__ if not hasattr(cleaner, word)} == set()


@pytest.mark.parametrize("key", sorted(verbs()))
class TestVerb:
    def test_is_named_like_its_module(self, key: str) -> None:
        verb = verbs()[key]
        assert verb.__module__ == f"cleaner.verbs.{verb.KEY}"

    def test_shows_what_goes_and_what_stays(self, key: str) -> None:
        docstring = importlib.import_module(f"cleaner.verbs.{key}").__doc__ or ""
        assert docstring.startswith(f"`{key}`: ")
        goes, *_, stays = re.findall(r"^\* (.+)", docstring, re.MULTILINE)
        assert goes.startswith(("removed", "replaced: ")) or " becomes " in goes
        assert stays.startswith(("kept: ", "nothing happens at: "))

    def test_is_in_the_manual(self, key: str, root: Path) -> None:
        assert f"`{key}`" in (root / "docs" / "rules.md").read_text(encoding="utf-8")

    def test_has_a_test_of_its_own(self, key: str, root: Path) -> None:
        assert (root / "tests" / "verbs" / f"test_{key}.py").is_file()


def test_rule_ids_are_unique_over_all_packs() -> None:
    where = list(rule_ids())
    twice = {
        rule for rule, times in Counter(rule for rule, _ in where).items() if times > 1
    }
    assert where
    assert {entry for entry in where if entry[0] in twice} == set()


def test_every_message_of_lint_has_its_paragraph(root: Path) -> None:
    headings = re.findall(
        r"^### (L\d{3}): \S",
        (root / "docs" / "lint.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert headings == sorted(lint_ids())


def test_every_option_is_documented(root: Path) -> None:
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    known = set(re.findall(r"--[a-z][a-z-]*", text))
    wanted = set(options(main))
    assert wanted
    assert {entry for entry in wanted if entry[1] not in known} == set()


def test_no_option_is_documented_that_does_not_exist(root: Path) -> None:
    reference = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert (
        set(re.findall(r"--[a-z][a-z-]*", reference))
        - {spelling for _, spelling in options(main)}
        - {"--help"}
        == set()
    )


def test_every_link_between_pages_leads_somewhere(root: Path) -> None:
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    targets = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert targets
    assert [
        (name(page), target)
        for page, target in targets
        if not (page.parent / target).exists()
    ] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found, unreadable = [], []
    for path in tracked():
        if name(path).startswith(("seeds/", "fixtures/")):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            unreadable.append(path.suffix)
            continue
        matches = [*MACHINE_PATH.finditer(text), *REGISTRY.finditer(text)]
        found += [(name(path), match.group()) for match in matches]
    assert found == []
    assert set(unreadable) <= {".png", ".gz", ".zst", ".parquet", ".warc"}


class TestTheChecks:
    """Each check finds what it is there to find."""

    def test_long_functions(self) -> None:
        body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
        assert long_functions(f"def f():\n{body}\n") == ["f"]
        assert long_functions("def f():\n    return 1\n") == []

    def test_prints(self) -> None:
        assert prints("a = 1\nprint(a)\n") == [2]
        assert prints("printer(1)\nself.print(2)\n") == []

    @pytest.mark.parametrize(
        "handler",
        (
            "except OSError:\n    pass",
            "except OSError:\n    ...",
            "except Exception:\n    x = 1",
            "except (OSError, Exception) as error:\n    x = 1",
            "except:\n    x = 1",
        ),
    )
    def test_swallowed(self, handler: str) -> None:
        assert swallowed(f"try:\n    f()\n{handler}\n") == [3]

    @pytest.mark.parametrize(
        "handler",
        (
            "except OSError:\n    x = 1",
            "except Exception:\n    raise",
            "except Exception as error:\n    x = str(error)",
        ),
    )
    def test_not_swallowed(self, handler: str) -> None:
        assert swallowed(f"try:\n    f()\n{handler}\n") == []

    def test_suppressed(self) -> None:
        assert suppressed("with contextlib.suppress(Exception):\n    f()\n") == [1]
        assert suppressed("with suppress(FileNotFoundError):\n    f()\n") == []

    def test_machine_paths(self) -> None:
        slash = "/"
        for text in (
            f"see {slash}work{slash}main",
            f'Path("{slash}tmp{slash}x")',
            f"`{slash}home{slash}me`",
        ):
            assert MACHINE_PATH.search(text), text
        for text in ("https://example.org/home/news", "docs/work/x", 'href="../tmp/x"'):
            assert not MACHINE_PATH.search(text), text

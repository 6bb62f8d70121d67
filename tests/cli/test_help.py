"""Help, versions, and what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Clean = Callable[..., Result]
    Process = Callable[..., subprocess.CompletedProcess[bytes]]

HEAVY = {
    "yaml",
    "pydantic",
    "ftfy",
    "rich",
    "bs4",
    "trafilatura",
    "re2",
    "charset_normalizer",
    "orjson",
}
LOOK = """
import os, sys
from click.testing import CliRunner
from cleaner.cli import main
result = CliRunner().invoke(main, sys.argv[1:])
assert result.exit_code == 0, (result.output, result.exception)
print(*sorted(name for name in sys.modules if "." not in name))
"""


def modules(root: Path, *arguments: str, cache: str | None = None) -> set[str]:
    """Return the top-level modules that a process has loaded after a command."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        **({"CLEANER_CACHE": cache} if cache else {}),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    (("--help",), ("--version",), ("rules", "--help"), ("rules", "list", "--help")),
)
def test_help_loads_nothing_heavy(root: Path, arguments: tuple[str, ...]) -> None:
    assert (
        modules(root, *arguments)
        & (HEAVY - {"orjson"} if "list" in arguments else HEAVY)
        == set()
    )


def test_help_of_run_loads_no_cleaning(root: Path) -> None:
    assert modules(root, "run", "--help") & HEAVY == {"orjson"}


def test_listing_rules_loads_no_html_library(root: Path, tmp_path: Path) -> None:
    for is_first in (True, False):
        loaded = modules(root, "rules", "list", cache=str(tmp_path / "cache"))
        assert loaded & {"trafilatura", "bs4", "ftfy", "rich"} == set()
        assert loaded & {"yaml", "pydantic"} == (
            {"yaml", "pydantic"} if is_first else set()
        )


def test_a_text_loads_what_texts_need(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry left at six.", encoding="utf-8")
    modules(root, "rules", "list", cache=str(tmp_path / "cache"))
    command = (str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"))
    modules(root, *command, cache=str(tmp_path / "cache"))
    loaded = modules(root, *command, cache=str(tmp_path / "cache"))
    assert "cleaner" in loaded
    assert (
        loaded
        & {"yaml", "pydantic", "trafilatura", "lxml", "bs4", "rich", "multiprocessing"}
        == set()
    )


def test_only_archives_load_what_reads_archives(root: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>The ferry left at six.</p>")
    (tmp_path / "empty.warc").write_bytes(b"")
    assert "fastwarc" not in modules(
        root, "run", str(tmp_path / "page.html"), "--dry-run"
    )
    assert "fastwarc" in modules(root, "run", str(tmp_path / "empty.warc"), "--dry-run")


def test_help_is_quick(process: Process) -> None:
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
    script += "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
    pytest.importorskip("resource")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    costs = [
        float(
            subprocess.run(
                [sys.executable, "-c", script, sys.executable, "-m", "cleaner", "--help"],
                env=environment, capture_output=True, check=True, text=True,
            ).stdout
        )
        for _ in range(3)
    ]  # fmt: skip
    assert min(costs) < 0.2
    assert process("--help").returncode == 0


def test_help_shows_commands_and_examples(clean: Clean) -> None:
    text = clean("--help").output
    for word in (
        "run",
        "explain",
        "rules",
        "clean seeds/ -o out/",
        "clean - -f jsonl < in.jsonl > out.jsonl",
    ):
        assert word in text


@pytest.mark.parametrize(
    "arguments",
    (
        ("run", "-h"), ("explain", "-h"), ("rules", "list", "-h"), ("rules", "show", "-h"), ("rules", "lint", "-h"),
        ("rules", "test", "-h"), ("rules", "schema", "-h"),
    ),
)  # fmt: skip
def test_every_command_has_help(clean: Clean, arguments: tuple[str, ...]) -> None:
    result = clean(*arguments)
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")


def test_the_version_is_that_of_the_package(clean: Clean) -> None:
    assert clean("--version").output == f"clean {__version__}\n"


def test_a_misspelt_option_is_wrong_usage(clean: Clean) -> None:
    result = clean("seeds", "--outptu", "x")
    assert result.exit_code == 2
    assert "--output" in result.output


def test_nothing_at_all_shows_the_help(clean: Clean) -> None:
    assert "Usage: " in clean().output

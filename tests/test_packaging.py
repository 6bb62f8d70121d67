"""What is in the wheel: the package, the rule packs and the word lists, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import cleaner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout, with the build back end that is installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(folder),
    ]
    result = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    (path,) = folder.glob("*.whl")
    return path


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_every_module_is_packed(wheel: Path, root: Path) -> None:
    modules = {
        path.relative_to(root).as_posix() for path in (root / "cleaner").rglob("*.py")
    }
    assert {name for name in names(wheel) if name.endswith(".py")} == modules
    assert "cleaner/py.typed" in names(wheel)


def test_of_the_rules_only_packs_and_word_lists_are_packed(
    wheel: Path, rules: Path
) -> None:
    wanted = [*rules.rglob("*.yaml"), *rules.glob("vocab/*.txt")]
    packed = {name for name in names(wheel) if name.startswith("cleaner/_rules/")}
    assert packed == {
        f"cleaner/_rules/{path.relative_to(rules).as_posix()}" for path in wanted
    }
    assert any(name.endswith(".yaml") for name in packed)
    assert any(name.startswith("cleaner/_rules/vocab/") for name in packed)


def test_nothing_else_is_packed(wheel: Path) -> None:
    strange = {
        name
        for name in names(wheel)
        if not name.endswith(".py") and not name.startswith("cleaner/_rules/")
    }
    assert strange == {"cleaner/py.typed"}


def test_stray_files_are_left_out(root: Path, tmp_path: Path) -> None:
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "cleaner/_version.py",
        "cleaner/py.typed",
    ):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((root / name).read_bytes())
    wanted = ("rules/en/a.yaml", "rules/sites/b.example.yaml", "rules/vocab/c.txt")
    for name in (
        *wanted,
        "rules/notes.md",
        "rules/en/a.yaml.bak",
        "rules/en/d.txt",
        "rules/vocab/e.csv",
    ):
        stray = tmp_path / name
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_text("", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path / "dist"),
    ]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    (built,) = (tmp_path / "dist").glob("*.whl")
    packed = {name for name in names(built) if name.startswith("cleaner/_rules/")}
    assert packed == {name.replace("rules/", "cleaner/_rules/", 1) for name in wanted}


def test_the_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "from cleaner.rulebook.loading.load import default_rules, load; print(default_rules()); load([default_rules()]).require()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-P", "-c", code]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == str(tmp_path / "cleaner" / "_rules")


def test_the_version_stands_in_one_place(wheel: Path) -> None:
    assert wheel.name.startswith(f"article_cleaner-{cleaner.__version__}-")


def test_the_changelog_knows_the_version(root: Path) -> None:
    assert f"[{cleaner.__version__}]" in (root / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )

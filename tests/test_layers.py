"""The import contracts of `pyproject.toml` hold, and this test would notice if they did not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_layers_hold(root: Path) -> None:
    result = lint_imports(root)
    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 broken" in result.stdout


def test_an_upward_import_is_noticed(root: Path, tmp_path: Path) -> None:
    for path in (root / "cleaner").rglob("*.py"):
        copy = tmp_path / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    with (tmp_path / "cleaner" / "features" / "line_shape.py").open("a", encoding="utf-8") as file:
        file.write("\nfrom cleaner import pipeline\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "cleaner.features.line_shape -> cleaner.pipeline" in result.stdout

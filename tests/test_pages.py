"""Pages that show a way from end to end: what they show is what the program does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import orjson
import pytest

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
}


def blocks(page: str, *languages: str) -> list[tuple[str, str]]:
    """Return the code blocks of some languages, in their order, each with its language."""
    found = re.findall(r"^```(\w+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [(language, code) for language, code in found if language in languages]


def execute(language: str, code: str, folder: Path) -> str:
    command = (
        ["bash", "-euc", code] if language == "bash" else [sys.executable, "-c", code]
    )
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


def written(lines: str) -> list[str]:
    """Return lines as pages show them: without spaces at their ends, nor blank lines around them."""
    return [line.rstrip() for line in lines.strip("\n").split("\n")]


def test_the_article_that_is_followed_through(tmp_path: Path, root: Path) -> None:
    page = (root / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    (_, article), (_, with_rule), (_, with_shipped) = blocks(page, "text")
    (_, rule), (_, override) = blocks(page, "yaml")
    (tmp_path / "ferry.txt").write_text(article, encoding="utf-8")
    (tmp_path / "desk.yaml").write_text(rule, encoding="utf-8")
    (tmp_path / "local.yaml").write_text(override, encoding="utf-8")
    first, second = blocks(page, "bash")
    assert written(execute(*first, tmp_path)) == written(with_rule)
    assert written(execute(*second, tmp_path)) == written(with_shipped)
    as_json = execute(
        "bash", "clean explain ferry.txt --rules desk.yaml --json", tmp_path
    )
    record = orjson.loads(as_json)["article"]
    assert {key: record[key] for key in ("removals", "refused")} == orjson.loads(
        blocks(page, "json")[0][1]
    )
    kept = execute("bash", "clean ferry.txt --overrides local.yaml", tmp_path)
    assert "Sign up for the harbour office’s evening briefing" in kept
    for block in blocks(page, "python"):
        execute(*block, tmp_path)


@pytest.mark.slow
def test_the_tutorial_runs_as_it_stands(tmp_path: Path, root: Path) -> None:
    pytest.importorskip("duckdb")
    page = (root / "docs" / "tutorial-engineers.md").read_text(encoding="utf-8")
    _install, *steps = blocks(page, "bash", "python")
    shown = "\n".join(code for _, code in blocks(page, "text"))
    for language, code in steps:
        if "import pandas" in code and find_spec("pandas") is None:
            continue
        output = execute(language, code, tmp_path)
        if "print(articles)" in code:
            assert "\n".join(written(output)) in shown
    assert (tmp_path / "out" / "part-00000.parquet").is_file()


@pytest.mark.parametrize("name", ("api.md", "rule-schema.md"))
def test_examples_of_the_reference_run(name: str, tmp_path: Path, root: Path) -> None:
    page = (root / "docs" / name).read_text(encoding="utf-8")
    examples = blocks(page, "python")
    assert examples
    for example in examples:
        execute(*example, tmp_path)

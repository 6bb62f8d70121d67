"""A release is refused unless version, changelog, tag and working tree agree."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts import release

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = """\
# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

### Added

- A second verb.

## [0.1.0] - 2026-11-22

- The first version.
"""


def git(root: Path, *arguments: str) -> str:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *names, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a committed project whose version and changelog agree."""
    for kind in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{kind}_NAME", "A")
        monkeypatch.setenv(f"GIT_{kind}_EMAIL", "a@example.org")
    (tmp_path / "cleaner").mkdir()
    (tmp_path / "cleaner" / "_version.py").write_text(
        '"""The version."""\n\n__version__ = "0.2.0"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / ".gitignore").write_text("/dist/\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Release 0.2.0")
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the commands that a release runs; the build leaves the files that it would make."""
    seen: list[str] = []

    def run(root: Path, *command: str) -> None:
        seen.append(command[0] if command[0] == ".ci/run" else command[2])
        if "build" in command:
            (root / "dist").mkdir()
            for end in (".tar.gz", "-py3-none-any.whl"):
                (root / "dist" / f"article_cleaner-0.2.0{end}").touch()

    monkeypatch.setattr(release, "run", run)
    return seen


def test_the_changelog_is_read_by_sections() -> None:
    assert [
        (section.version, section.date) for section in release.sections_of(CHANGELOG)
    ] == [
        ("Unreleased", ""),
        ("0.2.0", "2026-12-01"),
        ("0.1.0", "2026-11-22"),
    ]
    assert release.sections_of(CHANGELOG)[1].text == "### Added\n\n- A second verb."


@pytest.mark.parametrize(
    ("version", "old", "new", "problem"),
    (
        ("0.2", "", "", "not of the form"),
        ("0.3.0", "", "", "no section for 0.3.0"),
        ("0.1.0", "", "", "has 0.2.0 above 0.1.0"),
        ("0.2.0", " - 2026-12-01", "", "no date"),
        ("0.2.0", "### Added\n\n- A second verb.\n", "", "says nothing"),
        (
            "0.2.0",
            "## [Unreleased]\n",
            "## [Unreleased]\n\n- A third verb.\n",
            "under Unreleased",
        ),
    ),
)
def test_a_version_is_refused(version: str, old: str, new: str, problem: str) -> None:
    assert problem in "\n".join(
        release.problems_of(version, CHANGELOG.replace(old, new, 1))
    )


def test_a_version_that_agrees_is_not_refused() -> None:
    assert release.problems_of("0.2.0", CHANGELOG) == []


def test_a_dry_run_only_checks(
    project: Path, commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main(["--dry-run"], project) == 0
    assert "0.2.0 of 2026-12-01 can be released" in capsys.readouterr().out
    assert commands == []
    assert git(project, "tag") == ""


def test_a_release_is_checked_built_and_tagged(
    project: Path, commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main([], project) == 0
    assert commands == [".ci/run", "build"]
    assert (
        git(project, "tag", "--list", "--format", "%(contents)").strip()
        == "0.2.0\n\n### Added\n\n- A second verb."
    )
    assert capsys.readouterr().out.splitlines() == [
        "git push origin main v0.2.0",
        "python -m twine upload dist/article_cleaner-0.2.0.tar.gz dist/article_cleaner-0.2.0-py3-none-any.whl",
    ]


def test_every_reason_is_named_at_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "tag", "v0.2.0")
    (project / "notes.txt").write_text("later")
    assert release.main(["--dry-run"], project) == 1
    assert capsys.readouterr().err.splitlines() == [
        "the tag v0.2.0 exists already",
        "there are uncommitted changes",
    ]


def test_a_build_without_its_files_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "run", lambda *_: None)
    assert release.main([], project) == 1
    assert "the build made no article_cleaner-0.2.0.tar.gz" in capsys.readouterr().err
    assert git(project, "tag") == ""


def test_a_step_that_fails_ends_the_release(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / ".ci").mkdir()
    (project / ".ci" / "run").write_text("#!/bin/sh\nexit 3\n")
    (project / ".ci" / "run").chmod(0o755)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "A check")
    assert release.main([], project) == 1
    assert ".ci/run failed with exit code 3" in capsys.readouterr().err


def test_this_checkout_states_a_version() -> None:
    assert release.version_of(release.ROOT)

"""Check, build and tag a release; print what to push. `docs/releasing.md` is the manual.

    python scripts/release.py --dry-run    only check version, changelog, tag and working tree
    python scripts/release.py              check, run .ci/run, build sdist and wheel into dist/, make the tag

Nothing is pushed and nothing is uploaded. The exit code is 1 where a check or a step fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE)
_RELEASED = re.compile(r"\d+\.\d+\.\d+")
_SECTION = re.compile(r"^## \[([^\]]+)\](?: - (\S+))?\s*$", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Section(NamedTuple):
    """One version of the changelog."""

    version: str
    date: str
    text: str


class Problem(Exception):  # noqa: N818 - the word that the user reads
    """A reason not to release."""


def version_of(root: Path) -> str:
    """Return the version that the package carries. Raise Problem if the file does not state one."""
    found = _VERSION.search(
        (root / "cleaner" / "_version.py").read_text(encoding="utf-8")
    )
    if not found:
        raise Problem("cleaner/_version.py states no version")
    return found[1]


def sections_of(changelog: str) -> list[Section]:
    """Return the sections of a changelog, in their order."""
    heads = list(_SECTION.finditer(changelog))
    ends = [head.start() for head in heads[1:]] + [len(changelog)]
    return [
        Section(head[1], head[2] or "", changelog[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def problems_of(version: str, changelog: str) -> list[str]:
    """Return what is wrong with a version and its changelog, in words."""
    problems = (
        []
        if _RELEASED.fullmatch(version)
        else [f"version {version!r} is not of the form X.Y.Z"]
    )
    sections = sections_of(changelog)
    unreleased = next(
        (section for section in sections if section.version == "Unreleased"), None
    )
    if unreleased and unreleased.text:
        problems.append(
            "CHANGELOG.md has entries under Unreleased: move them to the version that is released"
        )
    dated = [section for section in sections if section.version != "Unreleased"]
    entry = next((section for section in dated if section.version == version), None)
    if entry is None:
        return [*problems, f"CHANGELOG.md has no section for {version}"]
    if not _DATE.fullmatch(entry.date):
        problems.append(
            f"CHANGELOG.md gives {version} no date: write '## [{version}] - YYYY-MM-DD'"
        )
    if not entry.text:
        problems.append(f"CHANGELOG.md says nothing about {version}")
    if dated[0] != entry:
        problems.append(
            f"CHANGELOG.md has {dated[0].version} above {version}: is cleaner/_version.py up to date?"
        )
    return problems


def git(root: Path, *arguments: str) -> str:
    """Return what a git command prints. Raise Problem if it fails."""
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Problem(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def check(root: Path) -> tuple[str, Section]:
    """Return the version and its changelog section. Raise Problem with every reason not to release them."""
    version = version_of(root)
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    problems = problems_of(version, changelog)
    if git(root, "tag", "--list", f"v{version}"):
        problems.append(f"the tag v{version} exists already")
    if git(root, "status", "--porcelain"):
        problems.append("there are uncommitted changes")
    if problems:
        raise Problem("\n".join(problems))
    return version, next(
        section for section in sections_of(changelog) if section.version == version
    )


def run(root: Path, *command: str) -> None:
    """Run a command and show its output. Raise Problem if it fails."""
    environment = {
        **os.environ,
        "PIP_CONSTRAINT": "constraints.txt",
        "PIP_BUILD_CONSTRAINT": "constraints.txt",
    }
    if code := subprocess.run(
        command, cwd=root, env=environment, check=False
    ).returncode:
        raise Problem(f"{' '.join(command)} failed with exit code {code}")


def build(root: Path, version: str) -> list[Path]:
    """Return the sdist and the wheel, built new. Raise Problem unless there are exactly these two."""
    run(root, sys.executable, "-m", "build", "--outdir", "dist", ".")
    wanted = [
        f"article_cleaner-{version}.tar.gz",
        f"article_cleaner-{version}-py3-none-any.whl",
    ]
    if missing := [name for name in wanted if not (root / "dist" / name).is_file()]:
        raise Problem(f"the build made no {' and no '.join(missing)}")
    return [root / "dist" / name for name in wanted]


def release(root: Path, *, dry_run: bool) -> list[str]:
    """Return what is left to do by hand, as lines. Raise Problem at the first step that fails."""
    version, section = check(root)
    if dry_run:
        return [
            f"{version} of {section.date} can be released; left to do: .ci/run, build, tag v{version}"
        ]
    run(root, ".ci/run")
    files = build(root, version)
    git(
        root,
        "tag",
        "--annotate",
        f"v{version}",
        "--cleanup",
        "verbatim",
        "--message",
        f"{version}\n\n{section.text}",
    )
    branch = git(root, "branch", "--show-current") or "HEAD"
    names = " ".join(path.relative_to(root).as_posix() for path in files)
    return [f"git push origin {branch} v{version}", f"python -m twine upload {names}"]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(
        description="Check, build and tag a release; print what to push."
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only check version, changelog, tag and working tree",
    )
    try:
        left = release(root, dry_run=parser.parse_args(arguments).dry_run)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(left))
    return 0


if __name__ == "__main__":
    sys.exit(main())

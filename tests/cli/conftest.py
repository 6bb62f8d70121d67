"""A small rule pack and a way to call the command, so that these tests say what they need themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from cleaner.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PACK = """\
pack: test
rules:
- id: ads.label
  name: Advert label
  why: The label of an advert that is not there.
  category: ads
  status: live
  confidence: high
  owner: desk
  added: 2026-11-22
  remove_lines: |
    Advertisement
  examples:
  - before: |
      He left at six.
      Advertisement
    after: |
      He left at six.
  - unchanged: |
      The advertisement ran for a week.
- id: promo.letter
  name: Newsletter promo
  why: A promo inside a line.
  category: promo
  status: live
  confidence: medium
  scope: {languages: [en]}
  remove_text: |
    Sign up for our morning newsletter.
  examples:
  - before: |
      He left at six. Sign up for our morning newsletter. She stayed.
    after: |
      He left at six. She stayed.
  - unchanged: |
      They sign up for our morning walks.
- id: tags.hash
  name: Lone hashtags label
  why: On watch until enough of them have been seen.
  category: tags
  status: watch
  confidence: high
  remove_lines: |
    Hashtags and topics
  examples:
  - before: |
      He left at six.
      Hashtags and topics
    after: |
      He left at six.
  - unchanged: |
      Hashtags and topics were on the table.
"""
STORY = (
    "The mayor of the harbour town has kept her seat by eleven votes after a second count on Monday.\n"
    "Advertisement\n"
    "She thanked the helpers. Sign up for our morning newsletter. The losing side wants a third count.\n"
    "Hashtags and topics\n"
    "The council will meet again in the first week of March to settle the matter."
)
CLEAN = (
    "The mayor of the harbour town has kept her seat by eleven votes after a second count on Monday.\n"
    "She thanked the helpers. The losing side wants a third count.\n"
    "Hashtags and topics\n"
    "The council will meet again in the first week of March to settle the matter."
)


class Call(Protocol):
    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result: ...


@pytest.fixture
def story() -> str:
    return STORY


@pytest.fixture
def cleaned() -> str:
    return CLEAN


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "rules" / "pack.yaml"
    path.parent.mkdir()
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture
def clean() -> Call:
    """Call the command in this process."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(
            main, [str(argument) for argument in arguments], input=stdin
        )

    return call


class Process(Protocol):
    def __call__(
        self, *arguments: str | Path, **options: object
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture
def command(root: Path) -> list[str]:
    """The words that start the command in a process of its own."""
    assert (root / "cleaner").is_dir()
    return [sys.executable, "-m", "cleaner"]


@pytest.fixture
def process(root: Path, command: list[str]) -> Process:
    """Call the command in a process of its own."""

    def call(
        *arguments: str | Path, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(root)}
        words = [*command, *map(str, arguments)]
        settings = (
            {"capture_output": True}
            if "stdout" not in options
            else {"stderr": subprocess.PIPE}
        )
        done: subprocess.CompletedProcess[bytes] = subprocess.run(  # type: ignore[call-overload]
            words, env=environment, check=False, timeout=60, **settings, **options
        )
        return done

    return call

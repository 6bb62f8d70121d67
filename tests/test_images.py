"""The picture in the README shows what the command shows."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_picture_is_the_one_that_the_script_draws(root: Path) -> None:
    script = runpy.run_path(str(root / "docs" / "images" / "make.py"))
    drawn = (root / "docs" / "images" / "explain.svg").read_text(encoding="utf-8")
    assert drawn == script["picture"](), "draw it again: python docs/images/make.py"

"""File names from ids that anybody may have written."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.io.file_names import NAME_BYTES, fit, printable, safe_name

HOSTILE = (
    "", ".", "..", "../x", "../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\share", "a/b", "a\\b",
    "con", "CON.txt", "Aux", "COM1", "lpt9.tar.gz", "nul ", " nul", "a\x00b", "a\nb", ".hidden", "...", "x.", "x ",
    "~", "-rf", "a:b", "a*?b", "\u202egpj.exe", "\u2028", "\ud800", "é" * 300, "😀" * 100, "x" * 5000,
)  # fmt: skip


def is_safe(name: str) -> bool:
    return (
        len(PurePosixPath(name).parts) == len(PureWindowsPath(name).parts) == 1
        and PureWindowsPath(name).drive == ""
        and name not in {".", ".."}
        and not name.startswith(".")
        and not name.endswith((" ", "."))
        and len(os.fsencode(name)) <= NAME_BYTES
        and name.partition(".")[0].strip().upper()
        not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        and not any(ord(char) < 32 for char in name)
    )


@pytest.mark.parametrize("identifier", HOSTILE, ids=lambda name: ascii(name)[:30])
def test_a_hostile_id_becomes_one_harmless_name(identifier: str) -> None:
    assert is_safe(safe_name(identifier))


@given(st.text(max_size=400))
def test_any_id_becomes_one_harmless_name(identifier: str) -> None:
    assert is_safe(safe_name(identifier))


def test_a_hostile_id_never_leaves_a_folder(tmp_path: Path) -> None:
    for identifier in HOSTILE:
        path = tmp_path / safe_name(identifier)
        path.write_bytes(b"")
        assert path.resolve().parent == tmp_path.resolve()


@pytest.mark.parametrize(
    "identifier", ("story-17", "Zürich 2024.5", "日本", "a b", "x~y", "index.html")
)
def test_a_harmless_id_is_its_own_name(identifier: str) -> None:
    assert safe_name(identifier) == identifier


@pytest.mark.parametrize(
    ("one", "two"),
    (
        ("a/b", "a_b"),
        ("a/b", "a\\b"),
        ("x" * 201, "x" * 202),
        (".x", "x"),
        ("con", "_con"),
        ("", "_"),
    ),
)
def test_two_ids_have_two_names(one: str, two: str) -> None:
    assert safe_name(one) != safe_name(two)


def test_a_long_name_is_cut_between_characters() -> None:
    short = fit("é" * 150)
    assert len(short.encode()) <= NAME_BYTES
    assert short.startswith("é" * 90)


def test_what_is_printed_holds_no_control_characters() -> None:
    assert printable("a\x1b]0;title\x07\nb\udcff") == "a\\x1b]0;title\\x07\\nb\\xff"
    assert printable("Überblick – 日本.txt") == "Überblick – 日本.txt"

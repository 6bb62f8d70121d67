"""Walking folders: everything is found or passed over with a reason, and nothing outside is touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.discover import Found, Skipped, glob_pattern, walk

if TYPE_CHECKING:
    from pathlib import Path


def outcome(root: Path, **options: object) -> dict[str, str]:
    """Return the reason for each entry, `read` where there is none."""
    return {
        entry.id if isinstance(entry, Skipped) else entry.name: entry.reason
        if isinstance(entry, Skipped)
        else "read"
        for entry in walk(root, **options)  # type: ignore[arg-type]
    }


def tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "B.txt", "c.txt")
    assert list(outcome(tmp_path)) == [
        "B.txt",
        "a/b/c.txt",
        "a/z.txt",
        "b.txt",
        "c.txt",
    ]


def test_hidden_files_and_folders_count_once_each(tmp_path: Path) -> None:
    tree(tmp_path, ".secret", ".git/a.txt", ".git/b.txt", "a.txt")
    assert outcome(tmp_path) == {".git": "hidden", ".secret": "hidden", "a.txt": "read"}


def test_sizes_are_known(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (found,) = walk(tmp_path)
    assert isinstance(found, Found)
    assert found.size == 1


class TestLinks:
    def test_a_file_inside_is_read_under_both_names(self, tmp_path: Path) -> None:
        tree(tmp_path, "a.txt")
        (tmp_path / "b.txt").symlink_to("a.txt")
        assert outcome(tmp_path) == {"a.txt": "read", "b.txt": "read"}

    def test_a_file_or_folder_outside_is_not_read(self, tmp_path: Path) -> None:
        tree(tmp_path, "in/a.txt", "out/secret.txt")
        (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
        (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
        (tmp_path / "in" / "up").symlink_to("..")
        assert outcome(tmp_path / "in") == {
            "a.txt": "read",
            "file.txt": "link_outside",
            "folder": "link_outside",
            "up": "link_outside",
        }

    def test_a_folder_with_a_longer_name_is_outside_too(self, tmp_path: Path) -> None:
        tree(tmp_path, "in/a.txt", "in2/b.txt")
        (tmp_path / "in" / "link").symlink_to(tmp_path / "in2")
        assert outcome(tmp_path / "in")["link"] == "link_outside"

    def test_loops_end(self, tmp_path: Path) -> None:
        tree(tmp_path, "a/b/c.txt")
        (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
        (tmp_path / "self").symlink_to("self")
        assert outcome(tmp_path) == {
            "a/b/c.txt": "read",
            "a/b/up/": "link_loop",
            "self": "link_loop",
        }

    def test_a_folder_inside_is_followed_once(self, tmp_path: Path) -> None:
        tree(tmp_path, "real/a.txt")
        (tmp_path / "link1").symlink_to("real")
        (tmp_path / "link2").symlink_to("real")
        assert outcome(tmp_path) == {
            "link1/a.txt": "read",
            "link2/": "link_loop",
            "real/a.txt": "read",
        }

    def test_folders_that_link_to_each_other_end(self, tmp_path: Path) -> None:
        folders = [f"d{number}" for number in range(8)]
        tree(tmp_path, *(f"{folder}/a.txt" for folder in folders))
        for folder in folders:
            for other in folders:
                (tmp_path / folder / f"to_{other}").symlink_to(tmp_path / other)
        assert len(outcome(tmp_path)) < 300

    def test_a_broken_link_is_found_so_that_reading_it_can_fail(
        self,
        tmp_path: Path,
    ) -> None:
        (tmp_path / "gone.txt").symlink_to("nowhere.txt")
        assert outcome(tmp_path) == {"gone.txt": "read"}

    def test_the_root_may_be_a_link(self, tmp_path: Path) -> None:
        tree(tmp_path, "real/a.txt")
        (tmp_path / "link").symlink_to("real")
        assert outcome(tmp_path / "link") == {"a.txt": "read"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert outcome(tmp_path) == {"pipe.txt": "special"}


def test_the_output_folder_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "out/a.txt", "out/deep/b.txt")
    assert outcome(tmp_path, output=tmp_path / "out") == {
        "a.txt": "read",
        "out/": "output",
    }
    assert outcome(tmp_path, output=tmp_path / "out" / "deep") == {
        "a.txt": "read",
        "out/a.txt": "read",
        "out/deep/": "output",
    }


def test_a_folder_that_cannot_be_read_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tree(tmp_path, "a.txt", "shut/b.txt")
    real = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert outcome(tmp_path) == {"a.txt": "read", "shut/": "unreadable"}


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    (
        ("*.txt", ["a.txt", "é.txt"], ["a.md", "a/b.txt", "a.txt.md"]),
        ("a?.txt", ["ab.txt"], ["a.txt", "a/.txt"]),
        ("[ab]*.txt", ["a.txt", "b1.txt"], ["c.txt"]),
        ("[!a]*.txt", ["b.txt"], ["a.txt"]),
        (
            "2024/**/*.txt",
            ["2024/a.txt", "2024/05/06/a.txt"],
            ["2023/a.txt", "x2024/a.txt"],
        ),
        ("**/a.txt", ["a.txt", "x/a.txt"], ["ba.txt"]),
        ("a+b(1).txt", ["a+b(1).txt"], ["aab1.txt"]),
        ("[", ["["], ["a"]),
    ),
)
def test_glob_patterns(pattern: str, matching: list[str], others: list[str]) -> None:
    found = glob_pattern(pattern)
    assert [name for name in matching + others if found.fullmatch(name)] == matching


def test_a_pattern_without_a_slash_is_for_names_and_one_with_a_slash_for_paths(
    tmp_path: Path,
) -> None:
    tree(tmp_path, "a.txt", "x/a.txt", "x/b.md")
    assert outcome(tmp_path, glob=["*.txt"]) == {
        "a.txt": "read",
        "x/a.txt": "read",
        "x/b.md": "glob",
    }
    assert outcome(tmp_path, glob=["x/*"]) == {
        "a.txt": "glob",
        "x/a.txt": "read",
        "x/b.md": "read",
    }
    assert outcome(tmp_path, glob=["*.md", "a.*"]) == {
        "a.txt": "read",
        "x/a.txt": "read",
        "x/b.md": "read",
    }

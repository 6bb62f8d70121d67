"""The plan: what will be read, where it will go, and what is refused before any work."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.plan import Plan, make_plan, targets
from cleaner.errors import UsageError
from cleaner.io.readers import Input

if TYPE_CHECKING:
    from pathlib import Path


def tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def plan(root: Path, **options: object) -> Plan:
    return make_plan([str(root)], **options)  # type: ignore[arg-type]


def test_a_folder_is_read_by_suffix(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "a.txt",
        "b.MD",
        "c.json",
        "d/e.jsonl",
        "f.ndjson",
        "g.html",
        "h.HTM",
        "i.xhtml",
        "j.warc",
        "k.warc.gz",
        "l.warc.WET.gz",
    )
    found = plan(tmp_path).inputs
    assert [(place.id, place.format, place.stem) for place in found] == [
        ("a.txt", "text", "a"),
        ("b.MD", "markdown", "b"),
        ("c.json", "json", "c"),
        ("d/e.jsonl", "jsonl", "d/e"),
        ("f.ndjson", "jsonl", "f"),
        ("g.html", "html", "g"),
        ("h.HTM", "html", "h"),
        ("i.xhtml", "html", "i"),
        ("j.warc", "warc", "j"),
        ("k.warc.gz", "warc", "k"),
        ("l.warc.WET.gz", "warc", "l.warc"),
    ]


def test_what_is_passed_over_has_a_reason_and_advice(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "a.txt",
        "pages.zip",
        "day.tar.gz",
        "day.gz",
        "photo.jpg",
        "LICENSE",
        ".hidden",
    )
    skipped = {
        entry.id: (entry.reason, entry.message) for entry in plan(tmp_path).skipped
    }
    assert {name: reason for name, (reason, _) in skipped.items()} == {
        "pages.zip": "unsupported",
        "day.tar.gz": "unsupported",
        "day.gz": "suffix",
        "photo.jpg": "suffix",
        "LICENSE": "suffix",
        ".hidden": "hidden",
    }
    assert "unpack it first" in skipped["day.tar.gz"][1]
    assert "--input-format" in skipped["photo.jpg"][1]


@pytest.mark.parametrize(
    ("name", "form", "compression", "stem"),
    (
        ("a.txt.gz", "text", "gzip", "a"),
        ("a.b.XHTML.BZ2", "html", "bzip2", "a.b"),
        ("day.jsonl.xz", "jsonl", "xz", "day"),
        ("t.csv", "csv", None, "t"),
        ("t.tsv.gz", "tsv", "gzip", "t"),
        ("crawl.warc.gz", "warc", None, "crawl"),
        ("crawl.warc.bz2", "warc", "bzip2", "crawl"),
    ),
)
def test_a_suffix_may_stand_before_that_of_a_compression(
    tmp_path: Path,
    name: str,
    form: str,
    compression: str | None,
    stem: str,
) -> None:
    tree(tmp_path, name)
    (place,) = plan(tmp_path).inputs
    assert (place.id, place.format, place.compression, place.stem) == (
        name,
        form,
        compression,
        stem,
    )


@pytest.mark.parametrize(
    ("name", "form", "compression"),
    (
        ("day.gz", "jsonl", "gzip"),
        ("day.dat", "jsonl", None),
        ("x.gz", "warc", None),
        ("x.bz2", "warc", "bzip2"),
    ),
)
def test_a_format_that_is_said_leaves_the_compression_to_the_suffix(
    tmp_path: Path,
    name: str,
    form: str,
    compression: str | None,
) -> None:
    tree(tmp_path, name)
    (place,) = plan(tmp_path, input_format=form).inputs
    assert (place.format, place.compression) == (form, compression)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    (
        ("a.txt.zst", "cleaner.io.compression.streams.find_spec", "zst"),
        ("t.parquet", "cleaner.io.formats.parquet.find_spec", "arrow"),
    ),
)
def test_what_needs_a_package_is_skipped_with_advice(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: str,
    extra: str,
) -> None:
    tree(tmp_path, "a.txt", name)
    monkeypatch.setattr(module, lambda _: None)
    (skipped,) = plan(tmp_path).skipped
    assert (skipped.id, skipped.reason) == (name, "unsupported")
    assert f"pip install 'article-cleaner[{extra}]'" in skipped.message


def test_parquet_inside_a_compression_is_skipped(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "t.parquet.gz")
    (skipped,) = plan(tmp_path).skipped
    assert (skipped.reason, "unpack it first" in skipped.message) == (
        "unsupported",
        True,
    )


def test_nothing_to_clean_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to clean: no files found"):
        plan(tmp_path)
    tree(tmp_path, "pages.zip")
    with pytest.raises(
        UsageError,
        match=r"(?s)nothing to clean:.*pages\.zip: an archive of files",
    ):
        plan(tmp_path)


def test_an_archive_without_fastwarc_is_skipped_with_advice(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tree(tmp_path, "a.txt", "crawl.warc", "other.dat")
    monkeypatch.setattr("cleaner.io.warc.archive.is_missing", lambda: True)
    (skipped, _) = plan(tmp_path).skipped
    assert (skipped.id, skipped.reason) == ("crawl.warc", "unsupported")
    assert "pip install 'article-cleaner[warc]'" in skipped.message
    with pytest.raises(UsageError, match="pip install"):
        plan(tmp_path / "other.dat", input_format="warc")


def test_a_named_file_is_read_though_hidden_and_its_format_may_be_said(
    tmp_path: Path,
) -> None:
    tree(tmp_path, ".hidden.txt", "story.dat")
    assert [place.id for place in plan(tmp_path / ".hidden.txt").inputs] == [
        ".hidden.txt",
    ]
    with pytest.raises(UsageError, match=r"unknown suffix '\.dat'"):
        plan(tmp_path / "story.dat")
    assert plan(tmp_path / "story.dat", input_format="text").inputs[0].format == "text"


@pytest.mark.parametrize("name", ("gone.txt", "link.txt"))
def test_a_source_that_does_not_exist_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "link.txt").symlink_to("nowhere")
    with pytest.raises(UsageError, match=name):
        plan(tmp_path / name)


def test_standard_input_is_guessed_unless_said(tmp_path: Path) -> None:
    assert make_plan(["-"]).inputs == (
        Input(id="stdin", path=None, format="auto", stem="stdin"),
    )
    assert make_plan(["-"], input_format="markdown").inputs[0].format == "markdown"
    tree(tmp_path, "a.txt")
    assert len(make_plan(["-", str(tmp_path), "-"]).skipped) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_is_named_is_read_like_standard_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert plan(tmp_path / "pipe").inputs[0].format == "auto"


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b.txt")
    found = make_plan([str(tmp_path), str(tmp_path / "a.txt")])
    assert [place.id for place in found.inputs] == ["a.txt", "b.txt"]
    assert [entry.reason for entry in found.skipped] == ["duplicate"]


class TestCollisions:
    @pytest.mark.parametrize(
        ("one", "two", "form"),
        (
            ("a.txt", "a.md", "text"),
            ("a.txt", "a.json", "json"),
            ("a.json", "a.jsonl", "text"),
            ("a.jsonl", "a.ndjson", "json"),
            ("a.jsonl", "a/b.txt", "text"),
            ("a.html", "a.txt", "text"),
            ("a.warc", "a.jsonl", "text"),
            ("a.warc", "a.warc.gz", "json"),
            ("a.warc.gz", "a/b.html", "markdown"),
            ("a.json", "a/b/c.txt", "markdown"),
            ("a.jsonl", "a.jsonl.gz", "text"),
            ("a.txt", "a.txt.bz2", "text"),
            ("a.csv", "a.tsv", "json"),
        ),
    )
    def test_two_inputs_of_one_output_are_refused_by_name(
        self,
        tmp_path: Path,
        one: str,
        two: str,
        form: str,
    ) -> None:
        tree(tmp_path, f"in/{one}", f"in/{two}")
        with pytest.raises(UsageError) as caught:
            plan(tmp_path / "in", output=tmp_path / "out", format=form)
        assert str(tmp_path / "in" / one) in str(caught.value)
        assert str(tmp_path / "in" / two) in str(caught.value)
        assert not (tmp_path / "out").exists()

    def test_two_folders_may_collide(self, tmp_path: Path) -> None:
        tree(tmp_path, "2023/a.txt", "2024/a.txt")
        with pytest.raises(UsageError, match="would both write"):
            make_plan(
                [str(tmp_path / "2023"), str(tmp_path / "2024")],
                output=tmp_path / "out",
            )

    @pytest.mark.parametrize(
        "names",
        (
            ("a.txt", "b.md"),
            ("a.txt", "x/a.txt"),
            ("a.jsonl", "ab/c.txt"),
            ("a.warc", "a.html"),
        ),
    )
    def test_others_do_not(self, tmp_path: Path, names: tuple[str, ...]) -> None:
        tree(tmp_path, *(f"in/{name}" for name in names))
        assert len(plan(tmp_path / "in", output=tmp_path / "out").inputs) == 2

    def test_one_file_for_all_has_no_collisions(self, tmp_path: Path) -> None:
        tree(tmp_path, "in/a.txt", "in/a.md", "in/a.jsonl")
        assert (
            len(plan(tmp_path / "in", output=tmp_path / "out", format="jsonl").inputs)
            == 3
        )

    @pytest.mark.parametrize("system", ("darwin", "win32"))
    def test_case_counts_only_where_the_system_minds_it(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        system: str,
    ) -> None:
        tree(tmp_path, "in/a.txt", "in/A.txt")
        if len(list((tmp_path / "in").iterdir())) == 2:
            assert len(plan(tmp_path / "in", output=tmp_path / "out").inputs) == 2
            monkeypatch.setattr(sys, "platform", system)
            with pytest.raises(UsageError, match="would both write"):
                plan(tmp_path / "in", output=tmp_path / "out")


class TestOutputNearInput:
    def test_into_the_same_folder_is_refused(self, tmp_path: Path) -> None:
        tree(tmp_path, "a.txt")
        with pytest.raises(UsageError, match="is the output folder too"):
            plan(tmp_path, output=tmp_path)
        (tmp_path / "link").symlink_to(tmp_path)
        with pytest.raises(UsageError, match="is the output folder too"):
            plan(tmp_path, output=tmp_path / "link")

    def test_inside_the_input_its_files_are_left_out(self, tmp_path: Path) -> None:
        tree(tmp_path, "a.txt", "out/a.txt", "out/.clean/report.json")
        found = plan(tmp_path, output=tmp_path / "out")
        assert [place.id for place in found.inputs] == ["a.txt"]
        assert [(entry.id, entry.reason) for entry in found.skipped] == [
            ("out/", "output"),
        ]

    @pytest.mark.parametrize("form", ("text", "jsonl"))
    def test_an_input_is_never_replaced(self, tmp_path: Path, form: str) -> None:
        name = "a.txt" if form == "text" else "part-00000.jsonl"
        tree(tmp_path, name)
        with pytest.raises(UsageError, match="would replace the input"):
            make_plan([str(tmp_path / name)], output=tmp_path, format=form)

    def test_an_input_below_the_output_is_fine_where_nothing_is_replaced(
        self,
        tmp_path: Path,
    ) -> None:
        tree(tmp_path, "raw/a.txt")
        assert len(plan(tmp_path / "raw", output=tmp_path).inputs) == 1


def test_names_that_are_no_utf8_have_a_printable_id_and_an_output(
    tmp_path: Path,
) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("x")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    (place,) = plan(tmp_path).inputs
    assert place.id == "caf\\xe9.txt"
    assert place.origin is not None
    assert place.origin.isprintable()
    assert targets(place, "text") == (name, name.replace("txt", "json"))


def test_a_name_at_the_limit_leaves_room_for_a_longer_suffix(tmp_path: Path) -> None:
    (tmp_path / ("x" * 252 + ".md")).write_text("x")
    (place,) = plan(tmp_path).inputs
    assert max(map(len, targets(place, "text"))) <= 255

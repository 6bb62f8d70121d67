"""`clean explain`: nothing that goes, and no reason, stays hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli.explain_rows import FOLD, SHOWN, rows, sections
from cleaner.model import Article, Explanation, Image, Pruned, Refusal, Removal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Clean = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path, story: str) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(story)
    return file


def test_without_colour_signs_tell(clean: Clean, path: Path, pack: Path) -> None:
    lines = clean(
        "explain", path, "--rules", pack, "--width", "130"
    ).output.splitlines()
    gone = next(line for line in lines if line.startswith("- Advertisement"))
    assert "ads.label: " in gone
    part = next(
        index for index, line in enumerate(lines) if line.startswith("~ She thanked")
    )
    assert "[-" in " ".join(lines[part : part + 2])
    assert "promo.letter: " in lines[part]
    assert "\x1b" not in "".join(lines)


def test_with_colour_removals_are_struck_through(
    clean: Clean, path: Path, pack: Path
) -> None:
    output = clean("explain", path, "--rules", pack, "--width", "130", "--color").output
    assert "\x1b[9;31mAdvertisement\x1b[0m" in output
    assert "[-" not in output.replace("\x1b[", "")


@pytest.mark.parametrize("options", (("--no-color",), ()))
def test_no_color_is_heeded(
    clean: Clean,
    path: Path,
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in clean("explain", path, "--rules", pack, *options).output


def test_a_narrow_terminal_has_the_notes_under_the_line(
    clean: Clean, path: Path, pack: Path
) -> None:
    lines = clean("explain", path, "--rules", pack, "--width", "60").output.splitlines()
    place = lines.index("- Advertisement")
    assert lines[place + 1].strip().startswith("^ ads.label: ")
    assert max(map(len, lines)) <= 60


def test_line_numbers(clean: Clean, path: Path, pack: Path) -> None:
    lines = clean(
        "explain", path, "-n", "--rules", pack, "--width", "130"
    ).output.splitlines()
    assert any(line.startswith("2 - Advertisement") for line in lines)


def test_what_almost_fired_and_what_is_on_watch(
    clean: Clean, path: Path, pack: Path
) -> None:
    output = clean(
        "explain", path, "--rules", pack, "--level", "cautious", "--width", "200"
    ).output
    almost = output.partition("Almost fired\n")[2]
    assert almost.startswith("  line 3: promo.letter, stopped by confidence (")
    watched = output.partition("Watch rules that would have fired\n")[2]
    assert watched.startswith("  line 4: tags.hash: Hashtags and topics\n")


def test_facts_say_where_they_came_from(
    clean: Clean, pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: The vote\nauthor: Jane Doe\n---\nShe won the vote on Monday."
    )
    output = clean("explain", tmp_path / "a.md", "--rules", pack).output
    assert "  title: The vote  [input]" in output
    assert "  authors: Jane Doe  [input]" in output


def test_repairs_are_listed(clean: Clean, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "It’s a caf\u00e9.".encode().decode("cp1252").encode()
    )
    output = clean("explain", tmp_path / "a.txt", "--rules", pack).output
    assert output.partition("Repairs\n")[2].startswith("  ")


def test_json_gives_the_text_and_the_record(
    clean: Clean, path: Path, pack: Path
) -> None:
    loaded = orjson.loads(clean("explain", path, "--json", "--rules", pack).stdout)
    for removal in loaded["article"]["removals"]:
        assert loaded["text"][removal["start"] : removal["end"]] == removal["text"]
    assert len(loaded["article"]["removals"]) == 2


class TestRecords:
    @pytest.fixture
    def day(self, tmp_path: Path) -> Path:
        file = tmp_path / "day.jsonl"
        file.write_text(
            '{"text":"First story."}\n{"text":"Second story.","id":"s2"}\n{"broken"\n'
        )
        return file

    @pytest.mark.parametrize(
        ("options", "shown"),
        (((), "First"), (("--record", "2"), "Second"), (("--record", "s2"), "Second")),
    )
    def test_are_chosen_by_line_or_id(
        self, clean: Clean, day: Path, pack: Path, options: tuple[str, ...], shown: str
    ) -> None:
        assert (
            f"{shown} story." in clean("explain", day, *options, "--rules", pack).output
        )

    def test_that_do_not_exist_are_wrong_usage(
        self, clean: Clean, day: Path, pack: Path
    ) -> None:
        result = clean("explain", day, "--record", "77", "--rules", pack)
        assert result.exit_code == 2
        assert "day.jsonl: no record 77" in result.stderr

    def test_that_are_broken_say_so(self, clean: Clean, day: Path, pack: Path) -> None:
        result = clean("explain", day, "--record", "3", "--rules", pack)
        assert result.exit_code == 1
        assert "clean: day.jsonl#3: not valid JSON" in result.stderr


def test_standard_input(clean: Clean, pack: Path, story: str) -> None:
    assert (
        "- Advertisement"
        in clean("explain", "-", "--rules", pack, stdin=story.encode()).output
    )


@pytest.mark.parametrize(
    ("name", "says"),
    (
        ("gone.txt", "no such file"),
        ("folder", "is a folder"),
        ("x.zip", "an archive of files"),
    ),
)
def test_what_cannot_be_explained(
    clean: Clean, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "x.zip").write_text("x")
    result = clean("explain", tmp_path / name)
    assert result.exit_code == 2
    assert says in result.stderr


def removal(start: int, end: int, text: str, **more: object) -> Removal:
    first = text.count("\n", 0, start) + 1
    return Removal(
        rule="a.b", category="ads", start=start, end=end, lines=(first, first), text=text[start:end], **more  # type: ignore[arg-type]
    )  # fmt: skip


def explained(text: str, *removals: Removal) -> Explanation:
    return Explanation(text=text, article=Article(id="x", body="", removals=removals))


def test_a_long_tail_is_folded_and_full_shows_it() -> None:
    tail = "\n".join(f"tail {number}" for number in range(20))
    text = f"Body.\n{tail}"
    explanation = explained(text, removal(6, len(text), text))
    folded = list(rows(explanation))
    assert len(folded) == 1 + SHOWN + 1
    assert folded[-1].pieces[0].text == f"… {20 - SHOWN} more lines"
    assert sum(row.folded or 1 for row in folded) == 21
    assert len(list(rows(explanation, full=True))) == 21


def test_a_short_removal_is_not_folded() -> None:
    text = "\n".join("abcdefg"[: SHOWN + FOLD - 1])
    assert all(
        not row.folded for row in rows(explained(text, removal(0, len(text), text)))
    )


def test_each_removal_has_its_note_though_they_touch() -> None:
    text = "\n".join(f"line {number}" for number in range(20))
    half = text.index("line 10")
    found = list(
        rows(explained(text, removal(0, half, text), removal(half, len(text), text)))
    )
    assert [row.number for row in found if row.notes] == [1, 11]


def test_a_replacement_is_shown_beside_what_it_replaces() -> None:
    text = "He left. Advertisement"
    (row,) = rows(explained(text, removal(8, len(text), text, replacement="!")))
    assert [(piece.kind, piece.text) for piece in row.pieces] == [
        ("kept", "He left."),
        ("gone", " Advertisement"),
        ("new", "!"),
    ]
    assert row.sign == "~"


def test_a_rule_that_is_stopped_often_has_one_line() -> None:
    refusals = tuple(
        Refusal(
            rule="a.b",
            category="ads",
            start=0,
            end=4,
            line=line,
            why="near",
            detail="nothing near",
        )
        for line in range(9)
    )
    article = Article(id="x", body="", refused=refusals)
    (line,) = dict(sections(Explanation(text="Text", article=article)))["Almost fired"]
    assert (
        line
        == "lines 1, 2, 3, 4, 5 and 4 more: a.b, stopped by near (nothing near): Text"
    )


def test_what_was_left_out_of_a_page_is_shown_below() -> None:
    pruned = Pruned(
        rule="a.box",
        category="related",
        selector=".box",
        element="aside#m.box",
        line=7,
        text="More on this",
    )
    article = Article(
        id="x",
        body="",
        watched=(pruned,),
        pruned=(pruned, replace(pruned, line=0, text="")),
        images=(Image(caption="A ferry"), *[Image(url="https://a.example/b.jpg")] * 9),
    )
    found = dict(sections(Explanation(text="", article=article)))
    assert found["Removed from the page"] == [
        "line 7 of the markup: a.box: aside#m.box: More on this",
        "a.box: aside#m.box",
    ]
    assert (
        found["Watch rules that would have fired"] == found["Removed from the page"][:1]
    )
    assert found["Facts"] == [
        "image: A ferry",
        *["image: https://a.example/b.jpg"] * 4,
        "images: 5 more",
    ]


@given(st.text("ab \n", max_size=60), st.data())
def test_kept_and_gone_pieces_rebuild_the_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    removals = [
        removal(start, end, text)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    found = list(rows(explained(text, *removals), full=True))
    assert (
        "\n".join("".join(piece.text for piece in row.pieces) for row in found) == text
    )
    gone = "".join(
        piece.text for row in found for piece in row.pieces if piece.kind == "gone"
    )
    assert gone == "".join(entry.text for entry in removals).replace("\n", "")
    assert sum(len(row.notes) for row in found) == sum(
        bool(entry.text.strip()) for entry in removals
    )

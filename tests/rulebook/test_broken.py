"""Broken rule files: each says what is wrong at the exact place, and takes no other rule down with it.

The files lie in `broken/`. Nearly all hold a rule with a fault and a good one after it, which has to load. Columns count
code points: most faults stand behind letters that have more than one byte.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cleaner.errors import RuleError
from cleaner.rulebook.loading.load import load, load_text
from tests.rulebook.conftest import rule

BROKEN = Path(__file__).parent / "broken"
GOOD = ("good.neighbour",)
BOTH = ("bad.rule", "good.neighbour")


class Said(NamedTuple):
    """A fault as the loader has to report it."""

    line: int
    column: int
    underlined: str
    code: str
    words: str


CASES: dict[str, tuple[tuple[str, ...], tuple[Said, ...]]] = {
    "alias-bomb": (GOOD, (Said(2, 9, "&a", "L022", "anchors and aliases"),)),
    "anchor": (GOOD, (Said(5, 10, "&me", "L022", "anchors and aliases"),)),
    "backreference": (GOOD, (Said(6, 15, r"\1", "L012", "no backreference"),)),
    "bad-day": (GOOD, (Said(5, 10, "2026-02-30", "L003", "no day of the calendar"),)),
    "bad-except": (GOOD, (Said(8, 7, "(?=", "L012", "no lookahead"),)),
    "bad-near": (GOOD, (Said(9, 9, "<nix>", "L011", "unknown placeholder <nix>"),)),
    "bad-selector": (GOOD, (Said(7, 5, "div[class=", "L015", "not a CSS selector"),)),
    "capture-of-an-unknown-field": (
        GOOD,
        (Said(6, 16, "autors", "L014", "did you mean 'authors'"),),
    ),
    "capture-where-none-is-kept": (
        GOOD,
        (Said(6, 10, "authors", "L014", "only capture, lift and remove_embed"),),
    ),
    "control-character": (
        GOOD,
        (Said(5, 12, "\x07", "L022", "U+0007 has no place in a text"),),
    ),
    "cut-without-proof": (
        GOOD,
        (Said(5, 3, "cut_from", "L007", "proof of what follows"),),
    ),
    "day-of-another-form": (
        GOOD,
        (
            Said(
                5,
                12,
                "22.11.2026",
                "L003",
                "'22.11.2026' is not of the form that it must have: a day such as",
            ),
        ),
    ),
    "end-of-text-anchor": (
        GOOD,
        (Said(6, 16, r"\Z", "L012", "write ^ for its start and $ for its end"),),
    ),
    "example-that-is-none": (
        GOOD,
        (Said(10, 5, "{", "L006", "has `before` and `after`"),),
    ),
    "folded-block": (GOOD, (Said(5, 17, ">", "L016", "joins these lines"),)),
    "id-with-capitals": (
        GOOD,
        (Said(1, 7, "Bad_Rule", "L003", "lower-case letters, digits and hyphens"),),
    ),
    "just-text": ((), (Said(1, 1, "é 😀 just a line", "L002", "a list of rules"),)),
    "key-twice": (GOOD, (Said(6, 3, "category", "L022", "'category' stands twice"),)),
    "line-separator": (
        GOOD,
        (Said(2, 10, "\u2028", "L022", "U+2028 is a line break to YAML"),),
    ),
    "list-item-became-a-list": (
        GOOD,
        (Said(7, 5, "-", "L016", "this line of remove_lines became a YAML mapping"),),
    ),
    "list-item-became-a-mapping": (
        GOOD,
        (Said(7, 5, "T", "L016", "write the phrases in a | block"),),
    ),
    "lookahead": (
        GOOD,
        (Said(7, 12, "(?!", "L012", "put what must not match under `except:`"),),
    ),
    "lookbehind": (GOOD, (Said(6, 6, "(?<=", "L012", "no lookahead or lookbehind"),)),
    "nested-repetition": (GOOD, (Said(6, 12, "+", "L013", "as in (a+)+"),)),
    "nested-too-deep": (GOOD, (Said(5, 20, "[", "L022", "nested more than 12 deep"),)),
    "no-before-example": (
        GOOD,
        (Said(7, 3, "examples", "L006", "no example with `before` and `after`"),),
    ),
    "no-examples": (
        GOOD,
        (
            Said(1, 3, "id", "L006", "no example with `before` and `after`"),
            Said(1, 3, "id", "L006", "no example with `unchanged`"),
        ),
    ),
    "no-id": (GOOD, (Said(1, 3, "n", "L002", "'id' is missing"),)),
    "no-mapping": (
        GOOD,
        (
            Said(1, 3, "just a line", "L002", "a rule is a list of keys"),
            Said(2, 3, '"é 😀 another"', "L002", "a rule is a list of keys"),
        ),
    ),
    "no-unchanged-example": (
        GOOD,
        (Said(7, 3, "examples", "L006", "no example with `unchanged`"),),
    ),
    "no-verb": (
        GOOD,
        (Said(1, 3, "id", "L005", "exactly one verb, this one has no verb"),),
    ),
    "no-why": (GOOD, (Said(1, 3, "i", "L002", "'why' is missing"),)),
    "not-yaml": (GOOD, (Said(7, 9, "h", "L022", "this is not YAML"),)),
    "not-yaml-bracket": (
        GOOD,
        (Said(5, 39, "}", "L022", "did not find expected ',' or ']'"),),
    ),
    "nothing-in-it": ((), (Said(1, 1, "", "L023", "no rules here"),)),
    "number-out-of-bounds": (
        GOOD,
        (Said(5, 69, "99999", "L003", "limit must be at most 5000"),),
    ),
    "one-rule-without-a-list": (
        (),
        (Said(1, 1, "id", "L002", "each beginning with `- id:`"),),
    ),
    "own-tag": (GOOD, (Said(6, 11, "!secret", "L022", "tags (!) are not allowed"),)),
    "phrase-is-empty": (GOOD, (Said(5, 17, '""', "L003", "remove_lines is empty"),)),
    "phrase-key-twice": (
        GOOD,
        (Said(5, 39, "max_chars", "L022", "'max_chars' stands twice"),),
    ),
    "phrase-over-two-lines": (GOOD, (Said(5, 17, "A", "L016", "joins these lines"),)),
    "quoting-in-a-pattern": (GOOD, (Said(6, 8, r"\Q", "L012", "quote nothing here"),)),
    "replace-without-find": (GOOD, (Said(6, 5, "{", "L002", "'find' is missing"),)),
    "rules-are-missing": (
        (),
        (Said(1, 1, "p", "L002", "`rules:` holds a list of rules"),),
    ),
    "rules-is-no-list": (
        (),
        (Said(2, 1, "rules", "L002", "`rules:` holds a list of rules"),),
    ),
    "same-id-twice": (
        BOTH,
        (Said(11, 3, "i", "L008", "same-id-twice.yaml:1: ids are never used twice"),),
    ),
    "sign-without-a-fact": (
        GOOD,
        (
            Said(9, 21, "möód", "L025", "'möód' is no line fact"),
            Said(10, 10, "words few", "L025", "is no condition"),
            Said(13, 7, "words 3 to", "L025", "is no condition"),
        ),
    ),
    "tab": (
        GOOD,
        (
            Said(
                5, 1, "\t", "L022", "a tab at the start of the line: indent with spaces"
            ),
        ),
    ),
    "tag": (
        GOOD,
        (
            Said(
                5,
                10,
                "!!python/object/apply:os.system",
                "L022",
                "tags (!) are not allowed",
            ),
        ),
    ),
    "two-documents": (
        ("good.neighbour", "worse.rule"),
        (Said(10, 1, "-", "L022", "a rule file holds one document"),),
    ),
    "two-verbs": (
        GOOD,
        (Said(7, 3, "remove_text", "L005", "2 verbs (remove_lines, remove_text)"),),
    ),
    "unbalanced-bracket": (GOOD, (Said(6, 6, "Größe (hier", "L010", "missing )"),)),
    "unbalanced-set": (GOOD, (Said(6, 12, "[hier", "L010", "missing ]"),)),
    "unknown-category": (
        GOOD,
        (Said(4, 13, "sozial", "L004", "did you mean 'social'?"),),
    ),
    "unknown-category-nowhere-near": (
        GOOD,
        (Said(4, 13, '"übrig"', "L004", "'übrig' is unknown; use consent, "),),
    ),
    "unknown-default": (
        BOTH,
        (Said(1, 25, "langauge", "L001", "'langauge' is not a key here"),),
    ),
    "unknown-field-of-a-verb": (
        GOOD,
        (Said(5, 50, "maxlines", "L001", "did you mean 'max_lines'?"),),
    ),
    "unknown-guard": (
        GOOD,
        (Said(7, 10, "min_words_befor", "L001", "did you mean 'min_words_before'?"),),
    ),
    "unknown-key": (
        GOOD,
        (Said(5, 3, "remove_blok", "L001", "did you mean 'remove_block'?"),),
    ),
    "unknown-key-after-non-ascii": (
        GOOD,
        (Said(8, 51, "langauges", "L001", "did you mean 'languages'?"),),
    ),
    "newer-language": ((), (Said(1, 11, "2", "L026", "version 2 of the rule"),)),
    "language-without-a-number": (BOTH, (Said(2, 11, "one", "L026", "write 1"),)),
    "unknown-key-of-the-file": (
        BOTH,
        (Said(2, 1, "rulez", "L001", "did you mean 'rules'?"),),
    ),
    "unknown-placeholder": (
        GOOD,
        (Said(7, 17, "<publischer>", "L011", "did you mean 'publisher'?"),),
    ),
    "unknown-placeholder-in-a-list": (
        GOOD,
        (Said(7, 17, "<publischer>", "L011", "did you mean 'publisher'?"),),
    ),
    "unknown-placeholder-in-quotes": (
        GOOD,
        (Said(5, 38, "<nix>", "L011", "unknown placeholder <nix>"),),
    ),
    "unknown-status": (GOOD, (Said(5, 11, "lively", "L004", "did you mean 'live'?"),)),
    "whole-sentence-with-another-verb": (
        GOOD,
        (Said(7, 3, "whole_sentence", "L005", "goes with remove_text only"),),
    ),
    "why-too-short": (GOOD, (Said(3, 8, "clutter", "L003", "why says too little"),)),
    "wrong-type-mapping": (
        GOOD,
        (Said(7, 9, "at the end", "L003", "when must be a mapping of keys"),),
    ),
    "wrong-type-number": (
        GOOD,
        (Said(7, 21, "many", "L003", "max_chars must be a whole number, not 'many'"),),
    ),
    "wrong-type-truth": (
        GOOD,
        (Said(7, 10, "perhaps", "L003", "exact must be true or false"),),
    ),
}


@pytest.mark.parametrize(
    ("text", "says"),
    (
        (
            "rules:\n- id: a.b\n  why: Note: it is clutter.",
            "a colon and a space inside a text",
        ),
        ("rules:\n- id: a.b\n owner: desk", "too far left"),
        (
            'rules:\n- id: a.b\n  name: "Half',
            "a quotation mark is opened and not closed",
        ),
        ('rules:\n- id: a.b\n  name: "All" of it', "is each quotation mark closed?"),
        ("rules:\n- id: a.b\n  name\n  why: x", "a key needs a colon"),
        ("rules:\n- id: a.b\n  name: @home", "a text that begins with this character"),
        ("rules:\n- id: a.b\n\tname: x", "indent with spaces"),
    ),
)
def test_what_is_not_yaml_is_told_in_the_words_of_an_editor(
    text: str, says: str
) -> None:
    (fault, *_) = load_text(text).faults
    assert fault.code == "L022"
    assert says in fault.message


def test_a_path_is_as_good_as_a_list_of_one(rules: Path) -> None:
    head = rules / "head.yaml"
    assert (
        load(head).fingerprint
        == load(str(head)).fingerprint
        == load([head]).fingerprint
    )


def test_every_file_is_in_the_table() -> None:
    assert {path.stem for path in BROKEN.glob("*.yaml")} == set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_says_what_is_wrong_and_where(name: str) -> None:
    loaded, said = CASES[name]
    book = load([BROKEN / f"{name}.yaml"], check_selectors=True)
    faults = [fault for fault in book.faults if fault.severity == "error"]
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [
        (s.line, s.column, s.code) for s in said
    ]
    for fault, wanted in zip(faults, said, strict=True):
        assert wanted.words in fault.message
        assert "\n" not in fault.message
        assert fault.source[fault.column - 1 :][: fault.width] == wanted.underlined
    assert tuple(one.id for one in book.rules) == loaded


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_caret_stands_under_the_place(name: str) -> None:
    for fault in load([BROKEN / f"{name}.yaml"], check_selectors=True).faults:
        if fault.source:
            head, source, carets = str(fault).split("\n")
            assert head.startswith(
                f"{fault.file}:{fault.line}:{fault.column}: {fault.code} "
            )
            assert source.startswith(f"{fault.line:>5} | ")
            assert carets.index("^") == len("      | ") + fault.column - 1
            assert carets.count("^") == fault.width


@pytest.mark.parametrize("name", sorted(CASES))
def test_other_files_load_all_the_same(name: str, tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_text(
        rule("remove_lines: |\n  Fähre 😀\n", name="other.rule"), encoding="utf-8"
    )
    assert "other.rule" in {
        one.id for one in load([BROKEN / f"{name}.yaml", good]).rules
    }


def test_all_faults_of_all_files_are_raised_at_once() -> None:
    with pytest.raises(RuleError) as caught:
        load([BROKEN], check_selectors=True).require()
    named = {Path(fault.file).stem for fault in caught.value.faults}
    assert named == set(CASES) - {"nothing-in-it"}
    assert re.search(
        r"\d+ problems in \d+ rules; \d+ other rules loaded\.$", str(caught.value)
    )


def test_one_id_in_two_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(rule("remove_lines: One\n"), encoding="utf-8")
    second.write_text("# é\n" + rule("remove_lines: Two\n"), encoding="utf-8")
    book = load([tmp_path])
    (fault,) = book.faults
    assert (Path(fault.file), fault.line, fault.column, fault.code) == (
        second,
        2,
        3,
        "L008",
    )
    assert f"taken by {first}:1" in fault.message
    assert [one.file for one in book.rules] == [str(first)]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(rule("remove_lines: Größe\n").encode("latin-1"))
    (fault,) = load([path]).faults
    assert (fault.line, fault.column, fault.code) == (1, 1, "L021")
    assert "is not UTF-8" in fault.message
    assert "0xf6" in fault.message


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"# nothing but a comment\n" * 450_000)
    (fault,) = load([path]).faults
    assert fault.code == "L020"
    assert "10,800,000 bytes" in fault.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (fault,) = load([tmp_path / "none.yaml"]).faults
    assert fault.code == "L021"
    assert "No such file" in fault.message


def test_a_folder_without_rules(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("Nothing.", encoding="utf-8")
    (fault,) = load([tmp_path]).faults
    assert (fault.code, fault.file) == ("L023", str(tmp_path))


@pytest.mark.parametrize("end", ("\r\n", "\r"))
def test_line_ends_of_other_systems(end: str, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_bytes(
        (rule("remove_lines: |\n  One\n  Größe <nix>\n") + rule("lift: Two", name="b"))
        .replace("\n", end)
        .encode()
    )
    book = load([path])
    assert [(fault.line, fault.column, fault.code) for fault in book.faults] == [
        (9, 11, "L011")
    ]
    assert [one.id for one in book.rules] == ["b"]


def test_a_byte_order_mark_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + rule("remove_lins: One").encode())
    assert [
        (fault.line, fault.column)
        for fault in load([path]).faults
        if fault.code == "L001"
    ] == [(7, 3)]


def test_a_bracket_that_is_never_closed_a_thousand_times(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("- id: " + "[" * 5_000, encoding="utf-8")
    (fault,) = load([path]).faults
    assert fault.code == "L022"


@pytest.mark.parametrize(
    "text",
    (
        "\x00",
        "%YAML 9.9\n---\n- a",
        "- &",
        "? - a\n: b",
        "- {id: {a: b}}",
        "- [",
        "!!binary x",
    ),
)
def test_whatever_is_in_a_file_becomes_a_fault(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    book = load([path])
    assert book.rules == ()
    assert book.faults

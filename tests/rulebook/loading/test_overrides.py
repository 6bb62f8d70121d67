"""Local changes to rules, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document
from cleaner.errors import RuleError
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.loading.load import load
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.rulebook.book import RuleBook

VERB = "remove_lines: Read the <word> note\nexcept: Read the wrong note\nscope: {not_sites: [a.example]}"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        rule(VERB) + rule("remove_lines: Two", name="other.rule"), encoding="utf-8"
    )
    return folder


def overridden(pack: Path, text: str) -> RuleBook:
    path = pack.parent / "local.yaml"
    path.write_text(text, encoding="utf-8")
    return load([pack], overrides=[path])


def left(book: RuleBook, text: str, site: str | None = None) -> str:
    document = Document(text=text, site=site)
    return reduce(
        document, book, "standard", lambda body: Document(text=body, site=site)
    ).body


TEXT = "One.\nRead the morning note\nThree."


def test_a_rule_can_be_switched_off(pack: Path) -> None:
    assert left(load([pack]), TEXT) == "One.\nThree."
    for status in ("retired", "watch", "draft"):
        assert (
            left(overridden(pack, f"- rule: test.rule\n  status: {status}\n"), TEXT)
            == TEXT
        )


def test_a_rule_can_be_bound_to_sites(pack: Path) -> None:
    book = overridden(
        pack, "- rule: test.rule\n  sites: [mine.example, '*.ours.example']\n"
    )
    assert left(book, TEXT) == TEXT
    for site in ("mine.example", "ours.example", "news.ours.example"):
        assert left(book, TEXT, site) == "One.\nThree."
    assert left(book, TEXT, "notours.example") == TEXT


def test_exceptions_and_excluded_sites_are_added_to_the_rules_own(pack: Path) -> None:
    book = overridden(
        pack,
        "- rule: test.rule\n  not_sites: [b.example]\n  except: |\n    Read the Größe note\n",
    )
    assert left(book, TEXT) == "One.\nThree."
    for site in ("a.example", "b.example"):
        assert left(book, TEXT, site) == TEXT
    for word in ("wrong", "Größe"):
        assert left(book, TEXT.replace("morning", word)) == TEXT.replace(
            "morning", word
        )


def test_confidence_decides_at_which_level_a_rule_acts(pack: Path) -> None:
    assert (
        left(overridden(pack, "- rule: test.rule\n  confidence: low\n"), TEXT) == TEXT
    )


def test_an_overrides_file_in_a_folder_applies_by_itself(pack: Path) -> None:
    (pack / "overrides.yaml").write_text(
        "- rule: test.rule\n  status: watch\n", encoding="utf-8"
    )
    book = load([pack])
    assert [one.status for one in book.rules] == ["live", "watch"]
    assert [one.id for one in book.rules] == ["other.rule", "test.rule"]
    assert book.faults == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "words"),
    (
        (
            "- rule: test.rul\n  status: watch\n",
            1,
            9,
            "L024",
            "did you mean 'test.rule'?",
        ),
        ("- rule: é 😀\n", 1, 9, "L024", "there is no rule 'é 😀'"),
        (
            "- rule: test.rule\n  statsu: watch\n",
            2,
            3,
            "L001",
            "did you mean 'status'?",
        ),
        ("- rule: test.rule\n  status: wach\n", 2, 11, "L004", "did you mean 'watch'?"),
        ("- status: watch\n", 1, 3, "L002", "'rule' is missing"),
        ("- watch\n", 1, 3, "L003", "must be a mapping of keys"),
        (
            "- rule: test.rule\n  except: |\n    é <nix>\n",
            3,
            7,
            "L011",
            "unknown placeholder <nix>",
        ),
        (
            "- rule: test.rule\n  except: |\n    /é(?=x)/\n",
            3,
            7,
            "L012",
            "no lookahead",
        ),
        (
            "- rule: test.rule\n  except: >\n    One\n    Two\n",
            2,
            11,
            "L016",
            "joins these lines",
        ),
        ("- rule: test.rule\n  status: [watch\n", 3, 1, "L022", "not YAML"),
    ),
)
def test_a_fault_has_its_place_and_changes_nothing(
    pack: Path, text: str, line: int, column: int, code: str, words: str
) -> None:
    book = overridden(pack, text)
    (fault,) = book.faults
    assert (fault.line, fault.column, fault.code) == (line, column, code)
    assert words in fault.message
    assert book.rules == load([pack]).rules
    with pytest.raises(RuleError):
        book.require()


def test_one_bad_change_does_not_take_the_others_down(pack: Path) -> None:
    book = overridden(
        pack, "- rule: nobody\n  status: watch\n- rule: test.rule\n  status: watch\n"
    )
    assert [fault.code for fault in book.faults] == ["L024"]
    assert book.get("test.rule").status == "watch"  # type: ignore[union-attr]

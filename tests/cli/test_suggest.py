"""`clean rules suggest`: from a corpus to a pack that loads, and what is said about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner.rulebook.loading.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Clean = Callable[..., Result]

PLACES = ("head", "head-loose", "tail")
OBJECTS = ("swans", "herons", "boats", "nets", "eels")


def word(number: int) -> str:
    """Return a word that stands for a number: lines that differ in their figures alone count as one line."""
    return "".join(
        "bdfgklmnrst"[int(digit)] + "aeiouaeiou"[int(digit)] for digit in str(number)
    )


def article(number: int) -> str:
    body = [
        f"In the morning the {word(number * 31 + place)} of the fen counted all the {thing} on the long pond."
        for place, thing in enumerate(OBJECTS)
    ]
    head = [
        "Fen Paper – news from the reeds",
        f"By Anna {word(number % 8).title()}berg",
    ]
    return "\n".join([*head, *body, f"{number} readers wrote to our desk"])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "day.jsonl"
    path.parent.mkdir()
    records = [
        {
            "url": f"https://www.fen.example/{n}",
            "publisher": "Fen & Co",
            "text": article(n),
        }
        for n in range(1, 21)
    ]
    records.append({"url": "https://lone.example/1", "text": article(99)})
    path.write_text(
        "".join(json.dumps(record) + "\n" for record in records), encoding="utf-8"
    )
    return path


@pytest.fixture
def suggest(clean: Clean, pack: Path) -> Clean:
    """Call the command with a small pack in the place of the shipped ones."""

    def call(*arguments: str | Path) -> Result:
        return clean("rules", "suggest", *arguments, "--rules", pack)

    return call


class TestPack:
    def test_goes_to_standard_output(
        self, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        result = suggest(corpus)
        assert result.exit_code == 0
        (tmp_path / "drafts.yaml").write_text(result.stdout, encoding="utf-8")
        book = load(tmp_path / "drafts.yaml").require()
        assert [rule.id for rule in book.rules] == [
            f"learned.fen-example.{where}" for where in PLACES
        ]
        assert {(rule.status, rule.scope.sites) for rule in book.rules} == {
            ("draft", ("fen.example",))
        }

    def test_goes_to_a_file_that_nobody_loses(
        self, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "out" / "drafts.yaml"
        assert suggest(corpus, "-o", path).exit_code == 0
        before = path.read_bytes()
        again = suggest(corpus, "-o", path)
        assert (again.exit_code, path.read_bytes()) == (2, before)
        assert "--overwrite" in again.stderr
        assert (
            suggest(corpus, "-o", path, "--overwrite", "--status", "watch").exit_code
            == 0
        )
        assert {rule.status for rule in load(path).require().rules} == {"watch"}

    def test_a_folder_gets_a_file_for_each_source(
        self, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        result = suggest(corpus, "-o", tmp_path / "drafts", "--by", "publisher")
        assert result.exit_code == 0
        assert [path.name for path in (tmp_path / "drafts").iterdir()] == [
            "fen-co.yaml"
        ]
        assert suggest(corpus, "-o", tmp_path / "drafts").exit_code == 2
        book = load(tmp_path / "drafts").require()
        assert {rule.scope.sites for rule in book.rules} == {()}
        assert "No site is known here" in (
            tmp_path / "drafts" / "fen-co.yaml"
        ).read_text(encoding="utf-8")

    def test_tests_and_lint_hold(
        self, clean: Clean, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "drafts.yaml"
        suggest(corpus, "-o", path)
        assert clean("rules", "test", path).exit_code == 0
        assert clean("rules", "lint", path).stdout == "0 errors, 0 warnings\n"


class TestPages:
    """The lines of the articles are counted, and what stands round them in the markup is not."""

    @staticmethod
    def page(number: int) -> str:
        lines = "".join(f"<p>{line}</p>\n" for line in article(number).split("\n"))
        return (
            f"<!doctype html><html lang='en'><head><title>The fen on day {word(number)}</title></head><body>"
            f"<nav><ul><li><a href='/n'>Nets and boats</a></li><li><a href='/e'>Eels</a></li></ul></nav>"
            f"<main><article><h1>The fen on day {word(number)}</h1>\n{lines}</article></main>"
            f"<footer><p>Imprint of the fen paper</p></footer></body></html>"
        )

    @staticmethod
    def check(result: Result) -> None:
        assert result.exit_code == 0
        assert "20 documents of 1 source" in result.stderr
        assert "Fen Paper – news from the reeds" in result.stdout
        assert not any(
            words in result.stdout for words in ("<p>", "Eels", "Imprint", "teaser")
        )

    def test_in_files(self, clean: Clean, tmp_path: Path) -> None:
        for number in range(20):
            (tmp_path / f"{number}.html").write_text(
                self.page(number), encoding="utf-8"
            )
        self.check(clean("rules", "suggest", tmp_path))

    def test_in_a_field(self, clean: Clean, tmp_path: Path) -> None:
        path = tmp_path / "pages.jsonl"
        records = [
            {
                "url": f"https://fen.example/{n}",
                "page": self.page(n),
                "text": "A teaser of the page.",
            }
            for n in range(20)
        ]
        path.write_text(
            "".join(json.dumps(record) + "\n" for record in records), encoding="utf-8"
        )
        result = clean("rules", "suggest", path, "--html-field", "page")
        self.check(result)
        assert 'sites: ["fen.example"]' in result.stdout

    def test_markup_that_shall_be_text(self, clean: Clean, tmp_path: Path) -> None:
        for number in range(10):
            (tmp_path / f"{number}.txt").write_text(self.page(number), encoding="utf-8")
        assert (
            "- id:"
            not in clean("rules", "suggest", tmp_path, "--input-format", "text").stdout
        )
        assert "- id:" in clean("rules", "suggest", tmp_path).stdout


class TestSummary:
    def test_the_shipped_rules_take_the_byline(
        self, clean: Clean, corpus: Path
    ) -> None:
        result = clean("rules", "suggest", corpus)
        assert (
            "2 rules proposed, 0 lines doubtful, 1 removed by rules already"
            in result.stderr
        )
        assert "By Anna" not in result.stdout

    def test_says_what_and_what_not(self, suggest: Clean, corpus: Path) -> None:
        lines = suggest(corpus).stderr.splitlines()
        assert lines[0].split() == [
            "rule",
            "lines",
            "documents",
            "share",
            "where",
            "risk",
        ]
        assert lines[1].split()[:5] == [
            "learned.fen-example.head",
            "1",
            "20",
            "100%",
            "head",
        ]
        assert lines[4].startswith(
            "21 documents of 2 sources: 3 rules proposed, 0 lines doubtful"
        )
        assert "too few documents (under 8) to learn from: lone.example (1)" in lines

    def test_documents_without_a_site_are_told(
        self, suggest: Clean, tmp_path: Path
    ) -> None:
        for number in range(10):
            (tmp_path / f"{number}.txt").write_text(article(number), encoding="utf-8")
        result = suggest(tmp_path, "--by", "site")
        assert (
            "10 documents have no site: they are counted together as “(no site)”"
            in result.stderr
        )
        assert "learned.no-site.head" in result.stdout
        by_folder = suggest(tmp_path)
        assert "have no" not in by_folder.stderr

    def test_quiet_says_nothing(self, suggest: Clean, corpus: Path) -> None:
        assert suggest(corpus, "-q").stderr == ""


class TestProfile:
    def test_is_gone_on_from_and_used_alone(
        self, clean: Clean, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        profile, path = tmp_path / "fen.profile", tmp_path / "watch.yaml"
        first = suggest(corpus, "--profile", profile, "--limit", 10)
        assert "10 documents of 1 source" in first.stderr
        second = suggest(corpus, "--profile", profile)
        assert "21 documents of 2 sources" in second.stderr
        assert "10 documents counted before" in second.stderr
        alone = suggest("--profile", profile, "--status", "watch", "-o", path)
        assert alone.exit_code == 0
        run = clean(corpus, "--rules", path, "-o", tmp_path / "out")
        assert run.exit_code == 0
        assert "watch rules that would have acted" in run.stdout
        bodies = [
            path.read_text(encoding="utf-8")
            for path in (tmp_path / "out").rglob("*.txt")
        ]
        assert len(bodies) == 21
        assert all("Fen Paper – news from the reeds" in body for body in bodies)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        (
            ((), "nothing to learn from: name files or folders, or a --profile"),
            (("--profile", "none.profile"), "none.profile: no such profile"),
            (("nowhere/",), "no such file or folder"),
        ),
    )
    def test_nothing_to_learn_from(
        self, suggest: Clean, arguments: tuple[str, ...], message: str
    ) -> None:
        result = suggest(*arguments)
        assert result.exit_code == 2
        assert message in result.stderr

    def test_counted_otherwise(
        self, suggest: Clean, corpus: Path, tmp_path: Path
    ) -> None:
        suggest(corpus, "--profile", tmp_path / "p", "--by", "publisher")
        result = suggest(corpus, "--profile", tmp_path / "p", "--by", "site")
        assert result.exit_code == 2
        assert "was counted by publisher, not by site" in result.stderr

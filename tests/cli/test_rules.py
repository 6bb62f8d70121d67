"""`clean rules`: what editors see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
import yaml

from cleaner.cli.rules.show import render
from cleaner.rulebook.loading.load import load
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Clean = Callable[..., Result]


class TestList:
    def test_one_line_a_rule(self, clean: Clean, pack: Path) -> None:
        result = clean("rules", "list", "--rules", pack)
        head, *lines = result.stdout.splitlines()
        assert head.split() == [
            "id",
            "verb",
            "category",
            "status",
            "confidence",
            "languages",
            "first",
            "phrase",
        ]
        assert lines[0].split() == [
            "ads.label",
            "remove_lines",
            "ads",
            "live",
            "high",
            "all",
            "Advertisement",
        ]
        assert [line.split()[0] for line in lines] == [
            "ads.label",
            "promo.letter",
            "tags.hash",
        ]
        assert result.stderr == "3 of 3 rules\n"

    @pytest.mark.parametrize(
        ("options", "ids"),
        (
            (("--category", "ads"), ["ads.label"]),
            (("--status", "watch"), ["tags.hash"]),
            (("--lang", "en"), ["ads.label", "promo.letter", "tags.hash"]),
            (("--lang", "de"), ["ads.label", "tags.hash"]),
            (("--lang", "de", "--status", "live"), ["ads.label"]),
            (("--category", "nothing"), []),
        ),
    )
    def test_filters(
        self, clean: Clean, pack: Path, options: tuple[str, ...], ids: list[str]
    ) -> None:
        loaded = orjson.loads(
            clean("rules", "list", "--json", *options, "--rules", pack).stdout
        )
        assert [entry["id"] for entry in loaded] == ids

    def test_the_shipped_rules(self, clean: Clean, root: Path) -> None:
        loaded = orjson.loads(clean("rules", "list", "--json").stdout)
        packs = "".join(
            path.read_text(encoding="utf-8")
            for path in (root / "rules").rglob("*.yaml")
        )
        assert len(loaded) == packs.count("\n- id: ") + packs.count("\n  - id: ")

    def test_faulty_rules_are_named_and_may_be_left_out(
        self, clean: Clean, pack: Path
    ) -> None:
        pack.write_text(pack.read_text() + "- id: broken\n  remove_blok: |\n    x\n")
        result = clean("rules", "list", "--rules", pack)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{pack}:" in result.stderr
        result = clean("rules", "list", "--rules", pack, "--keep-going")
        assert result.exit_code == 0
        assert "3 of 3 rules" in result.stderr


class TestShow:
    def test_everything_about_a_rule(self, clean: Clean, pack: Path) -> None:
        text = clean("rules", "show", "promo.letter", "--rules", pack).stdout
        for words in (
            "promo.letter: Newsletter promo",
            "A promo inside a line.",
            "languages:\n      en",
            "remove_text",
            "Sign up for our morning newsletter.",
            "example 1: before and after",
            "    - He left at six. Sign up for our morning newsletter. She stayed.\n    + He left at six. She stayed.",
            "example 2: unchanged",
            f"{pack}:21",
        ):
            assert words in text

    def test_every_shipped_rule_can_be_shown(self, rules: Path) -> None:
        for each in load([rules]).rules:
            page = "\n".join(render(each))
            assert page.startswith(f"{each.id}: ")
            assert each.verb.KEY in page
            assert page.count("  example ") == len(each.examples)

    def test_an_unknown_id_gets_a_suggestion(self, clean: Clean, pack: Path) -> None:
        result = clean("rules", "show", "ads.lable", "--rules", pack)
        assert result.exit_code == 2
        assert "did you mean ads.label?" in result.stderr


class TestLint:
    @pytest.fixture
    def faulty(self, tmp_path: Path) -> Path:
        path = tmp_path / "faulty.yaml"
        path.write_text("rules:\n- id: a.b\n  remove_blok: |\n    x\n")
        return path

    def test_good_rules_have_no_errors(self, clean: Clean, pack: Path) -> None:
        result = clean("rules", "lint", pack)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1].startswith("0 errors, ")

    def test_a_comment_after_a_key_is_no_lost_phrase(
        self, clean: Clean, tmp_path: Path
    ) -> None:
        path = tmp_path / "my.yaml"
        path.write_text(
            "rules:\n- id: a.b   # topic.what\n  remove_lines:\n  - Read more #late\n"
        )
        found = [
            line
            for line in clean("rules", "lint", path).stdout.splitlines()
            if "L112" in line
        ]
        assert [line.partition(" ")[0].rpartition("/")[2] for line in found] == [
            "my.yaml:4:15:"
        ]

    def test_a_large_regular_expression_is_shown_where_it_stands(
        self, clean: Clean, tmp_path: Path
    ) -> None:
        path = tmp_path / "my.yaml"
        path.write_text(
            rule(
                "remove_lines: |\n  Read more\n  /© [\\p{L} ]{2,40}/\n  /© [\\p{L} ]+/"
            ),
            encoding="utf-8",
        )
        found = [
            line
            for line in clean("rules", "lint", path).stdout.splitlines()
            if "L113" in line
        ]
        assert [line.partition(" ")[0].rpartition("/")[2] for line in found] == [
            "my.yaml:9:5:"
        ]
        assert r"/© [\p{L} ]{2,40}/ makes more than 20,000 instructions" in found[0]

    def test_no_shipped_regular_expression_is_large(self, clean: Clean) -> None:
        assert "L113" not in clean("rules", "lint").stdout

    def test_the_shipped_rules_have_no_errors(self, clean: Clean) -> None:
        assert clean("rules", "lint").exit_code == 0

    def test_faults_have_their_place_and_a_caret(
        self, clean: Clean, faulty: Path
    ) -> None:
        result = clean("rules", "lint", faulty)
        assert result.exit_code == 2
        lines = result.stdout.splitlines()
        place = next(
            number for number, line in enumerate(lines) if "remove_blok" in line
        )
        assert lines[place].startswith(f"{faulty}:3:3: L001 ")
        assert lines[place + 2].strip(" |") == "^" * len("remove_blok")

    def test_json(self, clean: Clean, faulty: Path) -> None:
        loaded = orjson.loads(clean("rules", "lint", faulty, "--format", "json").stdout)
        assert {"file", "line", "column", "code", "message", "severity"} <= loaded[
            0
        ].keys()

    def test_github(self, clean: Clean, faulty: Path) -> None:
        result = clean("rules", "lint", faulty, "--format", "github")
        assert result.exit_code == 2
        assert all(
            line.startswith(("::error file=", "::warning file="))
            for line in result.stdout.splitlines()
        )
        assert "line=3,col=3,title=L001::" in result.stdout

    def test_a_missing_file_is_an_error(self, clean: Clean, tmp_path: Path) -> None:
        assert clean("rules", "lint", tmp_path / "gone.yaml").exit_code == 2


class TestTest:
    def test_good_rules_pass(self, clean: Clean, pack: Path) -> None:
        result = clean("rules", "test", pack)
        assert (result.exit_code, result.stdout) == (0, "6 examples: 6 ok\n")

    @pytest.mark.parametrize(
        ("old", "new", "verdict"),
        (
            (
                "      The advertisement ran for a week.",
                "      He left.\n      Advertisement",
                "noisy",
            ),
            (
                "      He left at six.\n      Advertisement",
                "      He left at six.\n      Adverts",
                "missing",
            ),
            (
                "    after: |\n      He left at six.\n",
                "    after: |\n      He left.\n",
                "different",
            ),
        ),
    )
    def test_a_rule_that_does_not_do_what_it_says(
        self, clean: Clean, pack: Path, old: str, new: str, verdict: str
    ) -> None:
        pack.write_text(pack.read_text().replace(old, new, 1))
        result = clean("rules", "test", pack)
        assert result.exit_code == 1
        assert (
            f"ads.label, example {2 if verdict == 'noisy' else 1}: {verdict}"
            in result.stdout
        )
        assert "+++ got" in result.stdout
        assert f"6 examples: 5 ok, 1 {verdict}" in result.stdout
        assert clean("rules", "test", pack, "--rule", "promo.letter").exit_code == 0

    def test_an_unknown_rule_is_wrong_usage(self, clean: Clean, pack: Path) -> None:
        result = clean("rules", "test", pack, "--rule", "no.such")
        assert result.exit_code == 2
        assert "no rule no.such" in result.stderr


def test_the_schema_accepts_the_pack(clean: Clean, pack: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = orjson.loads(clean("rules", "schema").stdout)
    pack_as_json = yaml.load(pack.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - makes strings, lists and dicts only
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(pack_as_json)) == []

"""A rule book that was kept is the one that YAML gives, and nothing but our own whole entries is ever believed."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import orjson
import pytest

from cleaner import Cleaner
from cleaner.rulebook.loading import book_cache, load
from cleaner.rulebook.loading.book_json import book_from_plain, book_to_plain
from cleaner.rulebook.loading.from_yaml import book_of
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.loading.rule_sources import Given

ONE = rule("remove_lines: One <word>", name="a.one")
OF_ALL_KINDS = "".join(
    rule(verb, name=f"kind.n{number}")
    for number, verb in enumerate(
        (
            "remove_lines: One <word>\nscope: {sites: [a.example], languages: [de], formats: [text]}",
            "remove_text: Two words here\nwhole_sentence: true\nexact: true",
            "replace:\n- {find: teh, with: the}\n- {find: adn}",
            "remove_block: {from: Begin here, to: End here, max_lines: 7, keep_end: true}",
            "remove_run: {after: Read more, max_lines: 3}\nwhen: {near: Other line, near_min: 1, followed_by: end}",
            "remove_html:\n- aside.more",
            "lift: By <name>\nwhen: {first_lines: 4, max_words: 9, with_clutter: true, echoed_words: 2}",
            "remove_shape: {line: words at most 3, min_lines: 2}\nexcept: Never this",
            "weigh_lines: {signs: -1.5 words at most 3, at_least: 2}",
            "remove_repeats: {of: part, similarity: 90}",
        )
    )
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(book_cache.VARIABLE, str(folder))
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.yaml").write_text(ONE, encoding="utf-8")
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Given]:
    """What was made of YAML and did not come from the cache."""
    found: list[Given] = []

    def spy(given: Given, where: str, *, check_selectors: bool) -> RuleBook:
        found.append(given)
        return book_of(given, where, check_selectors=check_selectors)

    monkeypatch.setattr("cleaner.rulebook.loading.from_yaml.book_of", spy)
    return found


def entries(place: Path) -> list[Path]:
    return sorted(place.iterdir()) if place.exists() else []


def parts(value: object, at: str = "") -> Iterator[tuple[str, type]]:
    """Yield every value below one with its type: a tuple of phrases equals any other tuple of the same texts."""
    yield at, type(value)
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name), f"{at}.{field.name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from parts(item, f"{at}[{number}]")


def same(one: RuleBook, two: RuleBook) -> bool:
    return (
        one == two
        and one.fingerprint == two.fingerprint
        and list(parts(one)) == list(parts(two))
    )


def test_the_shipped_rules_come_out_as_yaml_gives_them(
    place: Path, rules: Path, made: list[Given]
) -> None:
    first, second = load.load([rules]), load.load([rules])
    assert len(made) == 1
    assert len(entries(place)) == 1
    assert len(second.rules) > 500
    assert same(first, second)
    worked_out_anew = dataclasses.replace(second).fingerprint
    assert second.fingerprint == worked_out_anew


def test_rules_of_all_kinds_come_out_as_they_went_in() -> None:
    book = load_text(OF_ALL_KINDS).require()
    again = book_from_plain(orjson.loads(orjson.dumps(book_to_plain(book))))
    assert len(again.rules) == OF_ALL_KINDS.count("- id:")
    assert same(book, again)


def test_the_same_articles(place: Path, seeds: tuple[Path, ...]) -> None:
    first, second = Cleaner.default(), Cleaner.default()
    assert len(entries(place)) == 1
    for seed in seeds:
        assert (
            second.clean(seed.read_bytes()).to_dict()
            == first.clean(seed.read_bytes()).to_dict()
        )


def test_no_yaml_is_read_and_nothing_loaded_that_reads_it(
    place: Path, pack: Path, root: Path
) -> None:
    load.load([pack], check_selectors=True)
    assert len(entries(place)) == 1
    code = (
        "import sys; from cleaner import Cleaner; Cleaner.from_rules(sys.argv[1:]); "
        "sys.exit(bool({'pydantic', 'yaml', 'cleaner.rulebook.loading.schema', 're2'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(root)}
    assert (
        subprocess.run(
            [sys.executable, "-c", code, str(pack)], env=environment, check=False
        ).returncode
        == 0
    )


@pytest.mark.parametrize(
    "change", ("bytes", "more", "fewer", "renamed", "words", "override")
)
def test_whatever_changes_is_seen(
    place: Path, pack: Path, made: list[Given], change: str
) -> None:
    (pack / "b.yaml").write_text(
        rule("remove_lines: Two", name="b.two"), encoding="utf-8"
    )
    load.load([pack])
    times = (pack / "a.yaml").stat()
    if change == "bytes":
        (pack / "a.yaml").write_text(ONE.replace("One", "Uno"), encoding="utf-8")
        os.utime(
            pack / "a.yaml", ns=(times.st_atime_ns, times.st_mtime_ns)
        )  # as large and as old as before
    elif change == "more":
        (pack / "c.yaml").write_text(
            rule("remove_lines: Three", name="c.three"), encoding="utf-8"
        )
    elif change == "fewer":
        (pack / "b.yaml").unlink()
    elif change == "renamed":
        (pack / "b.yaml").rename(pack / "z.yaml")
    elif change == "words":
        (pack / "vocab").mkdir()
        (pack / "vocab" / "word.txt").write_text("uno\n", encoding="utf-8")
    else:
        (pack / "overrides.yaml").write_text(
            "- {rule: a.one, status: watch}\n", encoding="utf-8"
        )
    book = load.load([pack])
    assert len(made) == 2
    assert book == load.load([pack])
    assert len(made) == 2
    assert len(entries(place)) == 2


def test_a_changed_program_makes_its_own(
    place: Path, pack: Path, made: list[Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    load.load([pack])
    monkeypatch.setattr("cleaner.rulebook.loading.rule_sources.__version__", "99")
    load.load([pack])
    assert len(made) == len(entries(place)) == 2


def signed(body: bytes) -> bytes:
    return book_cache._digest(body) + b"\n" + body


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[:-10],
    "empty": lambda _: b"",
    "a byte wrong": lambda data: data.replace(b"a.one", b"a.eno", 1),
    "a list": lambda _: signed(b"[]\n[]\n[]"),
    "of nothing": lambda _: signed(b"{}\n{}\n{}"),
    "no JSON": lambda _: signed(b"no JSON\n{}\n{}"),
    "a line": lambda _: signed(b"{}"),
    "an unknown verb": lambda data: signed(
        data.partition(b"\n")[2].replace(b'"remove_lines"', b'"remove_all"')
    ),
    "a field too many": lambda data: signed(
        data.partition(b"\n")[2].replace(b'"guards":[[', b'"guards":[[1,')
    ),
}


@pytest.mark.parametrize("how", SPOILS)
def test_a_spoiled_entry_is_written_anew(
    place: Path, pack: Path, made: list[Given], how: str
) -> None:
    book = load.load([pack])
    (entry,) = entries(place)
    whole = entry.read_bytes()
    spoiled = SPOILS[how](whole)
    assert spoiled != whole
    entry.write_bytes(spoiled)
    assert load.load([pack]) == book
    assert len(made) == 2
    assert entry.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="users and modes of Unix")
@pytest.mark.parametrize("who", ("group", "world", "other", "link"))
@pytest.mark.parametrize("what", ("file", "folder"))
def test_what_others_can_write_is_not_believed(
    place: Path,
    pack: Path,
    made: list[Given],
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    what: str,
) -> None:
    load.load([pack])
    (entry,) = entries(place)
    target = entry if what == "file" else place
    if who == "other":
        mine = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    elif who == "link":
        if what == "folder":
            return  # whose it is and who may write there is asked of the folder that the link leads to
        entry.rename(place.parent / "elsewhere")
        entry.symlink_to(place.parent / "elsewhere")
    else:
        target.chmod(target.stat().st_mode | (0o020 if who == "group" else 0o002))
    load.load([pack])
    assert len(made) == 2
    if what == "folder" or who == "other":
        load.load([pack])
        assert len(made) == 3  # and nothing is written there


def test_what_is_written_is_for_the_user_alone(place: Path, pack: Path) -> None:
    load.load([pack])
    (entry,) = entries(place)
    assert (place.stat().st_mode & 0o777, entry.stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


@pytest.mark.parametrize("where", ("a file", "below a file", "off"))
def test_it_goes_without(
    pack: Path,
    made: list[Given],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    value = {
        "a file": str(tmp_path / "file"),
        "below a file": str(tmp_path / "file" / "x"),
        "off": "off",
    }[where]
    monkeypatch.setenv(book_cache.VARIABLE, value)
    monkeypatch.chdir(tmp_path)
    assert load.load([pack]) == load.load([pack])
    assert len(made) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "rules"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG")
def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(book_cache.VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert book_cache.folder() == tmp_path / ".cache" / "article-cleaner"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert book_cache.folder() == tmp_path / "x" / "article-cleaner"
    monkeypatch.setenv(
        "XDG_CACHE_HOME", "relative"
    )  # the specification: such a path is ignored
    assert book_cache.folder() == tmp_path / ".cache" / "article-cleaner"


def test_no_more_than_so_many_are_kept(
    place: Path, pack: Path, made: list[Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_cache, "KEPT", 3)
    first = ONE
    load.load([pack])
    for number in range(5):
        (pack / "a.yaml").write_text(f"{ONE}# {number}\n", encoding="utf-8")
        load.load([pack])
        (pack / "a.yaml").write_text(first, encoding="utf-8")
        load.load([pack])  # what is used stays
        assert len(entries(place)) <= 3
    assert len(made) == 6


def test_what_is_wrong_is_not_kept_and_warnings_are(
    place: Path, pack: Path, made: list[Given]
) -> None:
    (pack / "b.yaml").write_text(rule("remove_line: x", name="b.two"), encoding="utf-8")
    assert load.load([pack]).faults
    assert entries(place) == []
    (pack / "b.yaml").write_text(
        rule("remove_lines: x", name="b.two").replace("  confidence: high\n", ""),
        encoding="utf-8",
    )
    book = load.load([pack])
    assert [fault.code for fault in book.faults] == ["L107"]
    assert same(book, load.load([pack]))
    assert len(made) == 2


def test_selectors_are_checked_where_that_is_asked_for(
    pack: Path, made: list[Given]
) -> None:
    load.load([pack])
    load.load([pack], check_selectors=True)
    assert len(made) == 2
    load.load([pack])
    load.load([pack], check_selectors=True)
    assert len(made) == 2
    (pack / "a.yaml").write_text(rule("remove_html:\n- 'p:nonsense'"), encoding="utf-8")
    assert load.load([pack]).faults == ()
    assert load.load([pack], check_selectors=True).faults


def test_many_at_once(place: Path, pack: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        books = list(threads.map(lambda _: load.load([pack]), range(40)))
    assert all(book == books[0] for book in books)
    assert len(entries(place)) == 1

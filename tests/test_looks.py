"""The benchmarks of speed: what is a first look, who takes turns with whom, and what is made of the seconds."""

from __future__ import annotations

import doctest
import random
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import figures, html, html_peers, looks, made_rules, speed, text, turns
from benchmarks.turn_worker import Input, look
from benchmarks.turns import Tool, Worker, crew, memory_after, ready, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

TEXTS = [
    f"The ferry sails on day {number} of May.\nNobody had expected it."
    for number in range(12)
]
DOCUMENTS = [{"text": one} for one in TEXTS]
PLAN = looks.Plan(before=4, documents=6, rounds=2)
PEER = """
import sys
seen = []
def load(name, settings):
    if name == "absent":
        import no_such_package
    if name == "no data":
        raise LookupError("\\n***\\n  Resource 'punkt' not found.\\n***")
    if name == "dies":
        return lambda document: sys.exit("out of luck")
    def look(document):
        print("what a tool prints is no reply")
        if "day 3" in document.text and name == "fails":
            raise ValueError(document.text)
        seen.append(name)
        return {"body": document.text, "data": document.data.decode(), "url": document.url, "seen": len(seen)}
    return look
"""


@pytest.fixture
def peers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "made_peers.py").write_text(PEER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "made_peers"


@pytest.fixture
def dice() -> random.Random:
    return random.Random(1)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    "module", (figures, html_peers), ids=lambda module: module.__name__
)
def test_what_the_modules_show_is_so(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted
    assert results.failed == 0


class TestPlan:
    def test_no_document_is_before_the_clock_and_on_it(
        self, dice: random.Random
    ) -> None:
        before, counted = PLAN.split(DOCUMENTS, dice)
        assert len(before) == 4
        assert len(counted) == 6
        assert len({one["text"] for one in (*before, *counted)}) == 10

    def test_all_that_are_left_count_if_nothing_is_said(
        self, dice: random.Random
    ) -> None:
        assert len(looks.Plan(before=4).split(DOCUMENTS, dice)[1]) == 8

    def test_what_is_there_twice_is_not_on_the_clock(self, dice: random.Random) -> None:
        before, counted = PLAN.split([*DOCUMENTS, DOCUMENTS[5]], dice)
        assert sum(one == DOCUMENTS[5] for one in before) == 2
        assert DOCUMENTS[5] not in counted
        assert (
            len(looks.Plan(before=0).split([*DOCUMENTS, DOCUMENTS[5]], dice)[1]) == 11
        )

    def test_too_few_documents_are_an_error(self, dice: random.Random) -> None:
        with pytest.raises(SystemExit, match="too few"):
            looks.Plan(before=12).split(DOCUMENTS, dice)


class TestProcesses:
    def test_each_tool_has_its_own_and_sees_each_document_once(
        self, peers: str, dice: random.Random
    ) -> None:
        tools = [Tool(name, peers, name) for name in ("one", "two")]
        with crew(tools) as workers:
            found = take_turns(workers, DOCUMENTS, dice, answers=True)
        for name in ("one", "two"):
            assert [said["body"] for said in found.answers[name]] == TEXTS
            assert [said["data"] for said in found.answers[name]] == TEXTS
            assert [said["seen"] for said in found.answers[name]] == list(range(1, 13))
            assert len(found.seconds[name]) == 12
            assert all(second > 0 for second in found.seconds[name])

    def test_together_they_share_one(self, peers: str, dice: random.Random) -> None:
        tools = [Tool(name, peers, name) for name in ("one", "two")]
        with crew(tools, together=True) as workers:
            found = take_turns(workers, DOCUMENTS, dice, answers=True)
        assert len(workers) == 1
        both = [said["seen"] for said in (*found.answers["one"], *found.answers["two"])]
        assert sorted(both) == list(range(1, 25))

    def test_a_tool_that_is_absent_says_so(self, peers: str) -> None:
        tools = [Tool(name, peers, name) for name in ("one", "absent")]
        with crew(tools) as workers:
            reports = ready(workers)
        assert reports["one"]["ready"] >= 0
        assert reports["absent"] == {"missing": "No module named 'no_such_package'"}

    def test_so_does_one_without_its_data(self, peers: str) -> None:
        with crew([Tool("a", peers, "no data")]) as workers:
            assert ready(workers) == {"a": {"missing": "Resource 'punkt' not found."}}

    def test_errors_are_counted(self, peers: str, dice: random.Random) -> None:
        with crew([Tool("fails", peers, "fails")]) as workers:
            found = take_turns(workers, DOCUMENTS, dice, answers=True)
        assert found.failed["fails"] == [number == 3 for number in range(12)]
        assert found.answers["fails"][3] is None

    def test_a_dead_one_leaves_its_last_words(
        self, peers: str, dice: random.Random
    ) -> None:
        with (
            pytest.raises(RuntimeError, match="out of luck"),
            crew([Tool("a", peers, "dies")]) as workers,
        ):
            take_turns(workers, DOCUMENTS, dice)

    def test_the_checkout_that_is_asked_for_is_the_one_measured(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "cleaner").mkdir()
        (tmp_path / "cleaner" / "__init__.py").write_text(
            "class Cleaner:\n    default = None\n", encoding="utf-8"
        )
        tools = [Tool("before", "benchmarks.text_peers", "cleaner", tree=tmp_path)]
        with pytest.raises(RuntimeError, match="NoneType"):
            Worker(tools, 0)

    def test_another_one_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError, match="was to be measured"):
            Worker(
                [Tool("before", "benchmarks.text_peers", "cleaner", tree=tmp_path)], 0
            )

    def test_memory_is_that_of_a_fresh_process(self, peers: str) -> None:
        found = memory_after(Tool("one", peers, "one"), DOCUMENTS, (2, 5))
        assert list(found) == ["loaded", "2", "5", "peak"]
        assert 1 < found["loaded"] <= found["peak"]

    def test_what_the_parent_holds_is_not_its_peak(self, peers: str) -> None:
        held = b"x" * 150_000_000
        assert memory_after(Tool("one", peers, "one"), DOCUMENTS, (2,))["peak"] < 100
        assert len(held) == 150_000_000


def test_chance_says_who_goes_first(dice: random.Random) -> None:
    order: list[str] = []

    def noting(name: str) -> Callable[[Input], object]:
        return lambda _: order.append(name)

    tools = {name: noting(name) for name in "abc"}
    look(tools, [Input("", b"")] * 60, dice, answers=False)
    firsts = order[::3]
    assert {name: 10 < firsts.count(name) < 30 for name in "abc"} == dict.fromkeys(
        "abc", True
    )
    assert all(sorted(order[at : at + 3]) == ["a", "b", "c"] for at in range(0, 180, 3))


def test_a_second_look_is_at_what_the_first_one_saw(peers: str) -> None:
    tools = [Tool(name, peers, name) for name in ("one", "absent", "fails")]
    measured = looks.measure(tools, DOCUMENTS, PLAN, answers=True)
    assert [len(some["one"]) for some in (*measured.first, *measured.second)] == [6] * 4
    assert len(measured.answers) == 10
    assert all(
        answers["one"]["body"] == document["text"]
        for document, answers in measured.answers
    )
    table = looks.table("ten", measured, ["one"])
    assert "| absent | not installed: No module named 'no_such_package' |" in table
    assert table.startswith(
        "| ten | first look, ms | as fast as one: sums; median | second look, ms |"
    )
    assert "| 1.00; 1.00 |" in table


def measured_by(**seconds: list[float]) -> looks.Measured:
    names = {name.replace("_", " "): some for name, some in seconds.items()}
    ready_after = {name: [0.1] for name in names}
    return looks.Measured(
        [names], [names], dict.fromkeys(names, 0), ready_after, labels=list(names)
    )


def test_an_earlier_version_is_held_against_ours_alone() -> None:
    measured = measured_by(
        cleaner=[0.001, 0.002], peer=[0.004, 0.004], cleaner_before=[0.002, 0.008]
    )
    found = looks.figures(measured, ["peer", "cleaner before"])
    assert found["cleaner"]["as fast as cleaner before: sums; median"] == [
        [10 / 3] * 3,
        [3] * 3,
    ]
    assert found["cleaner"]["as fast as peer: sums; median"] == [[8 / 3] * 3, [3] * 3]
    assert found["peer"]["as fast as cleaner before: sums; median"] == []


def test_errors_stand_beside_the_name() -> None:
    measured = measured_by(peer=[0.004])
    measured.failed["peer"] = 2
    assert "| peer (2 errors) | 4.00 |" in looks.table("", measured, [])


def test_the_version_of_a_checkout_is_its_name(root: Path) -> None:
    assert looks.earlier(root).startswith("cleaner 0.")


class TestPage:
    def test_only_known_marks_are_filled(self) -> None:
        page = "<!-- table: a -->x<!-- end -->\nbetween\n<!-- table: b -->y<!-- end -->"
        done = figures.filled(page, {"b": "| new |", "c": "| no |"})
        assert done.startswith(
            "<!-- table: a -->x<!-- end -->\nbetween\n<!-- table: b -->\n\n| new |"
        )
        assert figures.filled(done, {"b": "| new |"}) == done

    def test_a_mark_without_an_end_takes_its_section(self) -> None:
        done = figures.filled("<!-- table -->\n\nold\n\n## Next", {"": "new"})
        assert done == "<!-- table -->\n\nnew\n\n<!-- end -->\n\n## Next"

    def test_a_page_without_marks_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="no mark"):
            figures.filled("nothing", {"a": "x"})

    def test_the_pages_have_all_marks(self, root: Path) -> None:
        page = (root / "docs" / "speed.md").read_text(encoding="utf-8")
        for name in (
            "text",
            "rules",
            "loop",
            "memory of texts",
            "pages",
            "memory of pages",
        ):
            assert page.count(f"<!-- table: {name} -->") == 1
        assert page.count("<!-- end -->") == 6
        assert (root / "docs" / "html.md").read_text(encoding="utf-8").count(
            "<!-- table -->"
        ) == 1


def test_phrases_are_the_same_every_time() -> None:
    phrases = made_rules.make_phrases(TEXTS, 100)
    assert phrases == made_rules.make_phrases(TEXTS, 100)
    assert sum(phrase.endswith(" <any>") for phrase in phrases) == 20
    assert sum(map(made_rules.inside, range(100))) == 20


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Path]:
    """Make a folder of texts, and a page to fill. The benchmark itself is not here."""
    for number, one in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(one, encoding="utf-8")
    marks = ("text", "rules", "loop", "memory of texts")
    page = "\n\n".join(f"<!-- table: {name} -->\n<!-- end -->" for name in marks)
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    yield tmp_path
    sys.path[:] = [entry for entry in sys.path if entry != str(tmp_path)]


@pytest.mark.slow
def test_texts_fill_their_tables(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "SIZES", (10, 20))
    monkeypatch.setattr(text, "LOOP_SIZES", (10,))
    monkeypatch.setattr(text, "MEMORY_AFTER", (2,))
    page = bench / "page.md"
    some = [
        "--before",
        "4",
        "--documents",
        "5",
        "--rounds",
        "1",
        "--only",
        "cleaner;ftfy.fix_text",
    ]
    text.main(
        [
            str(bench),
            *some,
            "--all",
            "--page",
            str(page),
            "--json",
            str(bench / "figures.json"),
        ]
    )
    filled = page.read_text(encoding="utf-8")
    assert (
        "5 documents of 0.1 KB | first look, ms | as fast as ftfy.fix_text: sums; median |"
        in filled
    )
    assert "| cleaner: 20 rules |" in filled
    assert "as fast as the loop" in filled
    assert "| resident MB | loaded | after 2 documents | peak |" in filled


def test_one_command_fills_a_page_with_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        text, "main", lambda arguments: calls.append(("text", arguments))
    )
    monkeypatch.setattr(
        html, "main", lambda arguments: calls.append(("html", arguments))
    )
    speed.main(
        [
            "bench",
            "--base",
            "old",
            "--page",
            "docs/speed.md",
            "--bodies",
            "docs/html.md",
        ]
    )
    assert [name for name, _ in calls] == ["text", "html", "html"]
    assert all(
        arguments[:5] == ["bench", "--page", "docs/speed.md", "--base", "old"]
        for _, arguments in calls
    )
    assert ["docs/html.md" in arguments for _, arguments in calls] == [
        False,
        True,
        False,
    ]
    assert set(speed.MEMORY_TOOLS.split(";")) <= set(html_peers.PEERS)
    assert turns.TURN > 0

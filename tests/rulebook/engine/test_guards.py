"""`when:` and `except:`: what must be true around a match, each guard on both sides of its border."""

from __future__ import annotations

import time

import pytest

from cleaner.document import Document
from cleaner.rulebook.engine.fixpoint import Reduction, reduce
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule

PROSE = "The harbour master opened the gate at six, and the first boats went out before dawn."
LONG = f"{PROSE[:-1]}, while the wind turned and the council asked the crews over the radio to come back to the quay; {PROSE}"


def tried(verb: str, text: str) -> Reduction:
    book = load_text(rule(verb)).require()
    return reduce(Document(text=text), book, "bold", lambda body: Document(text=body))


def goes(verb: str, text: str, gone: str = "AD") -> bool:
    """Tell whether the line goes; check that nothing else does, and that a refusal names its guard."""
    reduction = tried(verb, text)
    left = [line for line in reduction.body.split("\n") if line.strip()]
    before = [line for line in text.split("\n") if line.strip()]
    assert left == before or left == [line for line in before if line != gone]
    assert left != before or not reduction.applied
    return left != before


def test_the_example_is_a_long_paragraph() -> None:
    assert 200 <= len(LONG) <= 300


@pytest.mark.parametrize(
    ("guard", "text", "expected"),
    (
        ("first_lines: 2", f"{PROSE}\nAD\nx", True),
        ("first_lines: 2", f"\n\n{PROSE}\n\n\nAD\nx", True),
        ("first_lines: 2", f"{PROSE}\nx\nAD", False),
        ("last_lines: 2", f"x\nAD\n\n{PROSE}\n\n", True),
        ("last_lines: 2", f"AD\nx\n{PROSE}", False),
        ("last_lines: 9", f"AD\nx\n{PROSE}", True),
        ("max_chars: 2", f"{PROSE}\nAD", True),
        ("max_chars: 1", f"{PROSE}\nAD", False),
        ("max_words: 1", f"{PROSE}\nAD", True),
        ("min_words_before: 16", f"{PROSE}\nAD", True),
        ("min_words_before: 17", f"{PROSE}\nAD", False),
        ("min_words_before: 1", f"AD\n{PROSE}", False),
        ("followed_by: end", f"{PROSE}\nAD", True),
        ("followed_by: end", f"{PROSE}\nAD\n\n \n", True),
        ("followed_by: end", f"AD\n{PROSE}", False),
        ("followed_by: paragraph", f"AD\n\n{PROSE}", True),
        ("followed_by: paragraph", f"AD\nx\n{PROSE}", False),
        ("followed_by: paragraph", f"{PROSE}\nAD", False),
        ("followed_by: headlines", f"{PROSE}\nAD\nMayor wins\nFerry late!", True),
        ("followed_by: headlines", f"{PROSE}\nAD\nMayor wins\nHe left.", False),
        ("followed_by: headlines", f"{PROSE}\nAD", False),
        ("followed_by: no-paragraphs", f"{PROSE}\nAD\n{PROSE}", True),
        ("followed_by: no-paragraphs", f"{PROSE}\nAD\n{LONG}", False),
        ("followed_by: no-paragraphs", f"{LONG}\nAD", True),
        ("followed_by: cards", f"{PROSE}\nAD\nHerald\n3 hours ago", True),
        (
            "followed_by: cards",
            f"{PROSE}\nAD\nHerald\n3 hours ago\n{PROSE}\n{PROSE}\n{PROSE}",
            False,
        ),
        ("followed_by: cards", f"{PROSE}\nAD\nMayor wins", False),
        ("echoed_words: 2", f"{PROSE}\nAD", False),
    ),
)
def test_place_and_size(guard: str, text: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert goes(f"remove_lines: AD\nwhen: {{{guard}}}", text) is expected


NEAR = "remove_lines: AD\nwhen: {near: [Shop, Basket], near_lines: 2, near_min: %d}"


@pytest.mark.parametrize(
    ("least", "text", "expected"),
    (
        (1, f"Shop\nAD\n{PROSE}", True),
        (1, f"AD\n\n\nx\n\nBASKET\n{PROSE}", True),
        (1, f"AD\nx\ny\nBasket\n{PROSE}", False),
        (1, f"Shop\nx\ny\nAD\n{PROSE}", False),
        (1, f"AD\n{PROSE}", False),
        (1, f"AD\nShopping\n{PROSE}", False),
        (2, f"Shop\nAD\nBasket\n{PROSE}", True),
        (2, f"Shop\nAD\nShop\n{PROSE}", True),
        (2, f"Shop\nAD\n{PROSE}", False),
    ),
)
def test_near(least: int, text: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert goes(NEAR % least, text) is expected


def test_a_line_is_not_near_itself() -> None:
    assert not goes("remove_lines: AD\nwhen: {near: AD}", f"AD\n{PROSE}")


def test_words_echoed_below() -> None:
    verb = "lift: <title:headline>\nwhen: {first_lines: 1, echoed_words: 2}"
    title = "Harbour gate opened"
    assert goes(verb, f"{title}\n{PROSE}", title)
    assert goes(verb, f"{title}\nx y\nx z\n{PROSE}", title)
    assert not goes(verb, f"{title}\nx y\nx z\nx q\n{PROSE}", title)
    assert not goes(verb, f"Mayor keeps seat\n{PROSE}", "Mayor keeps seat")


def test_an_exception_vetoes_the_lines_that_it_equals() -> None:
    verb = "remove_lines: Read <any>\nexcept: |\n  Read the <word> Act\n  /Read .* aloud/\n"
    assert goes(verb, f"{PROSE}\nRead this", "Read this")
    for line in ("Read the Harbour Act", "READ  the Größe act", "Read it aloud"):
        assert not goes(verb, f"{PROSE}\n{line}", line)


def test_an_exception_anywhere_in_a_block_saves_the_block() -> None:
    verb = "remove_block: {from: a b, to: y z}\nexcept: keep me"
    assert tried(verb, f"{PROSE}\na b\nc\ny z").body == PROSE
    text = f"{PROSE}\na b\nkeep me\ny z"
    assert tried(verb, text).body == text


def test_an_exception_saves_a_tail_from_any_marker_above_it() -> None:
    verb = "cut_from: Related\nexcept: keep me\nwhen: {followed_by: headlines}"
    rows = "\n".join(f"row {number}" for number in range(40))
    assert tried(verb, f"{PROSE}\nRelated\n{rows}").body == PROSE
    kept = f"{PROSE}\nRelated\n{rows}\nkeep me\n{rows}"
    assert tried(verb, kept).body == kept
    assert tried(verb, f"{kept}\nRelated\n{rows}").body == kept


def test_many_markers_with_exceptions_take_no_longer_than_their_lines() -> None:
    verb = "cut_from: Related\nexcept: keep <any>\nwhen: {followed_by: cards}"
    text = "".join(f"{number} {PROSE}\nRelated\n" for number in range(8_000))
    began = time.process_time()
    assert tried(verb, text).body == text
    assert time.process_time() - began < 10


def test_known_clutter_is_not_looked_at() -> None:
    cut = rule("cut_from: More\nwhen: {followed_by: headlines}", name="b.cut")
    line = rule(
        "remove_lines: We use cookies, and so you agree to all of it.", name="a.line"
    )
    book = load_text(cut + line).require()
    text = f"{PROSE}\nMore\nMayor wins\nWe use cookies, and so you agree to all of it.\nFerry late"
    assert (
        reduce(Document(text=text), book, "bold", lambda body: Document(text=body)).body
        == PROSE
    )


@pytest.mark.parametrize(
    ("guard", "why"),
    (
        ("when: {first_lines: 1}", "first_lines"),
        ("when: {max_chars: 1}", "max_chars"),
        ("when: {min_words_before: 99}", "min_words_before"),
        ("when: {near: Shop}", "near"),
        ("when: {followed_by: cards}", "followed_by"),
        ("when: {echoed_words: 1}", "echoed_words"),
        ("except: AD", "except"),
    ),
)
def test_a_refusal_names_its_guard_and_its_place(guard: str, why: str) -> None:
    (refusal,) = tried(f"remove_lines: AD\n{guard}", f"{PROSE}\nAD\n{PROSE}").refused
    assert (refusal.why, refusal.rule, refusal.line) == (why, "test.rule", 1)
    assert (refusal.start, refusal.end) == (len(PROSE) + 1, len(PROSE) + 4)
    assert refusal.detail


@pytest.mark.parametrize(
    ("scope", "document", "acts"),
    (
        ("languages: [de, fr]", Document(text="", language="de"), True),
        ("languages: [de, fr]", Document(text="", language=None), True),
        ("languages: [de, fr]", Document(text="", language="en"), False),
        ("formats: [html]", Document(text=""), False),
        ("formats: [text, html]", Document(text=""), True),
        ("sites: [a.example]", Document(text="", site="a.example"), True),
        ("sites: [a.example]", Document(text="", site="www2.a.example"), False),
        ("sites: ['*.a.example']", Document(text="", site="x.y.a.example"), True),
        ("sites: ['*.a.example']", Document(text="", site="ba.example"), False),
        ("sites: [a.example]", Document(text=""), False),
        ("not_sites: ['*.a.example']", Document(text="", site="x.a.example"), False),
        ("not_sites: [a.example]", Document(text=""), True),
    ),
)
def test_scope(scope: str, document: Document, acts: bool) -> None:  # noqa: FBT001 - a column of the table
    book = load_text(rule(f"remove_lines: AD\nscope: {{{scope}}}")).require()

    def read(text: str) -> Document:
        return Document(text=text, language=document.language, site=document.site)

    assert (reduce(read("x\nAD"), book, "bold", read).body == "x") is acts

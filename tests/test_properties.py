"""The promises, on texts that nobody chose: clutter of the shipped rules between sentences, in disorder and with trouble.

`HYPOTHESIS_PROFILE=deep` looks harder. With `CLEANER_BENCH` set to a folder of labelled pages (`data/text/*.jsonl.gz`,
`data/html/*.jsonl.gz`, `data/tweets.jsonl`) the same promises are checked on every page there.
"""

from __future__ import annotations

import gzip
import json
import os
import pickle
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Article, Cleaner, Explanation, edits
from cleaner.rulebook.authoring import examples
from cleaner.rulebook.loading.load import default_rules, load_text
from tests.rulebook.conftest import rule
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator

BENCH = os.environ.get("CLEANER_BENCH")

PROSE = (
    "The ferry left the harbour at six, and nobody on the quay could say when the next one would.",
    "“We were not told,” the harbour master said, “and we would have liked to be.”",
    "Der Rat hat am Montag beschlossen, die Brücke bis zum Ende des Jahres für Lastwagen zu sperren.",
    "Le conseil a décidé lundi de fermer le pont aux camions jusqu’à la fin de l’année prochaine.",
    "El puente seguirá cerrado a los camiones hasta finales de año, según decidió el lunes el consejo.",
    "Совет решил в понедельник закрыть мост для грузовиков до конца года, сообщил мэр города.",
    "市議会は月曜日、年末まで橋をトラックに対して閉鎖することを決定したと市長は述べた。",
    "Köprü yıl sonuna kadar kamyonlara kapalı kalacak, dedi belediye başkanı İsmail Işık.",
    "It costs 3.50 pounds; Mr. Roe (62) paid with a £5 note – and got nothing back… so far.",
    "— Я не знаю, — сказала она и закрыла окно.",
    "“No.”",
    "Advertising had become the harbour's main source of income",
    "#harbour was the tag that they chose, she explained to the readers of the paper on Sunday.",
    "He declined to comment.",
)
TROUBLE = (
    "", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\x0b", "\x85", "\u2028", "e\u0301", "ﬁ", "Ä\u0308", "\U0001f468\u200d\U0001f469", "𝔘 😀",
    "â€œQuotedâ€\x9d", "SchÃ¶n", "&amp; &quot;x&quot;", "\ufffd", "\x00", "\x1b[0m", "\ud800", "İıſK", "‘anchors' ", "...…", "\u202eabc",
    "Read more", "Advertisement", "AD", "x" * 300,
)  # fmt: skip
ENDS = st.sampled_from(
    ["\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n \n", " \n", "\n\n\n"]
)


@cache
def cleaner() -> Cleaner:
    return shipped_cleaner()


@cache
def clutter() -> tuple[str, ...]:
    """Return the lines of the shipped rules' examples, and whole examples."""
    texts = {
        examples.fill(example.before)
        for rule in cleaner().rulebook.rules
        for example in rule.examples
    }
    return tuple(sorted({line for text in texts for line in text.split("\n")} | texts))


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Return a text of prose, clutter and trouble, with line ends of several kinds."""
    parts = st.one_of(
        st.sampled_from(PROSE),
        st.sampled_from(clutter()),
        st.sampled_from(PROSE),
        st.sampled_from(TROUBLE),
    )
    pieces = draw(st.lists(st.tuples(parts, ENDS), max_size=14))
    text = "".join(part + end for part, end in pieces)
    return text if draw(st.booleans()) else text.rstrip("\r\n")


def check(told: Explanation) -> None:
    """Check what holds for every article by itself."""
    article, text = told.article, told.text
    assert edits.rebuild(article.body, article.removals) == text
    done = 0
    for removal in article.removals:
        assert done <= removal.start < removal.end <= len(text) or (
            removal.start == removal.end and removal.replacement
        )
        assert removal.text == text[removal.start : removal.end]
        assert removal.text != removal.replacement
        first = text.count("\n", 0, removal.start) + 1
        assert removal.lines == (first, first + removal.text[:-1].count("\n"))
        done = removal.end
    assert not text.strip() or article.body.strip()
    assert article.body.strip() or "empty_body" in article.flags
    check_kept_lines(article, text)


def check_kept_lines(article: Article, text: str) -> None:
    """Check that a line without a removal inside it stands in the body as it was."""
    touched = {
        number
        for removal in article.removals
        for number in range(removal.lines[0], removal.lines[1] + 1)
    }
    kept = [
        line for number, line in enumerate(text.split("\n"), 1) if number not in touched
    ]
    body = iter(article.body.split("\n"))
    assert all(line in body for line in kept)


@given(articles())
def test_the_account_is_complete(text: str) -> None:
    check(cleaner().explain(text))


@given(articles())
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = cleaner().clean(text)
    again = cleaner().explain(once.body)
    assert again.text == once.body
    assert again.article.body == once.body
    assert again.article.removals == ()


@given(articles())
def test_no_rules_change_nothing_but_the_encoding(text: str) -> None:
    none = Cleaner(load_text(rule("remove_lines: AD", status="draft")).require())
    told = none.explain(text)
    assert (told.article.body, told.article.removals) == (told.text, ())


@given(
    st.lists(
        st.sampled_from([line for line in PROSE if line.endswith(".")]),
        unique=True,
        max_size=9,
    ).map("\n\n".join)
)
def test_a_document_that_matches_nothing_comes_out_byte_for_byte(text: str) -> None:
    for end in ("", "\n", "\n\n\n"):
        article = cleaner().clean((text + end).encode())
        assert article.body.encode() == (text + end).encode()
        assert (article.removals, article.repairs) == ((), ())


@given(
    articles(),
    st.sampled_from(["cautious", "standard", "bold"]),
    st.sampled_from(["keep", "repair", "curly"]),
)
def test_every_level_keeps_the_promises(text: str, level: str, quotes: str) -> None:
    options = Cleaner(cleaner().rulebook, level=level, quotes=quotes)  # type: ignore[arg-type]
    told = options.explain(
        text, url="https://www.example.org/a", facts={"language": "en"}
    )
    check(told)
    again = options.clean(
        told.article.body, url="https://www.example.org/a", facts={"language": "en"}
    )
    assert again.body == told.article.body


@given(articles())
def test_text_and_bytes_say_the_same(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    assert cleaner().clean(text).body == cleaner().clean(b"\xef\xbb\xbf" + data).body


def test_neither_the_order_of_rules_nor_a_journey_means_anything() -> None:
    paths = sorted(default_rules().rglob("*.yaml"))
    forwards, backwards = Cleaner.from_rules(paths), Cleaner.from_rules(paths[::-1])
    travelled = pickle.loads(pickle.dumps(backwards))  # noqa: S301 - our own bytes
    assert travelled.rulebook.fingerprint == forwards.rulebook.fingerprint
    for text in clutter()[::97]:
        assert travelled.clean(text) == forwards.clean(text)


def pages() -> Iterator[tuple[str, str, str | None]]:
    """Yield name, text and address of each page of the benchmark."""
    data = Path(BENCH or "") / "data"
    for path in sorted(data.glob("*/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for number, row in enumerate(map(json.loads, rows)):
                texts = {
                    "lines": "\n".join(row.get("lines", ())),
                    "gold": row.get("gold"),
                    "body": row.get("body"),
                }
                for kind, text in texts.items():
                    if text:
                        joined = text if isinstance(text, str) else "\n".join(text)
                        yield f"{path.stem}/{number}/{kind}", joined, row.get("url")
    for number, row in enumerate(
        (data / "tweets.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        yield f"tweets/{number}", "\n".join(json.loads(row)["lines"]), None


@pytest.mark.slow
@pytest.mark.skipif(not BENCH, reason="CLEANER_BENCH names no folder")
def test_the_promises_hold_on_the_benchmark() -> None:
    broken = []
    count = 0
    for name, text, url in pages():
        count += 1
        told = cleaner().explain(text, url=url)
        try:
            check(told)
            again = cleaner().clean(told.article.body, url=url)
            assert (again.body, again.removals) == (told.article.body, ())
        except AssertionError as error:
            broken.append((name, str(error)[:300]))
    assert count
    assert broken == []

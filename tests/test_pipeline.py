"""The five steps together, through the public door."""

from __future__ import annotations

import dataclasses
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import (
    Cleaner,
    CleaningOptions,
    RuleError,
    Source,
    SourceError,
    UsageError,
    edits,
)
from tests.rulebook.conftest import rule
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from pathlib import Path

PROSE = "The harbour master opened the gate at six, and the first boats went out before dawn."
OTHER = "By noon the wind had turned, and the council asked the crews to come back to the quay."
RULES = (
    rule("remove_lines: AD", name="ads.line")
    + rule("lift: By <authors:name>\nwhen: {first_lines: 3}", name="head.by")
    + rule("remove_lines: Hinweis\nscope: {languages: [de]}", name="de.line")
    + rule(
        "remove_lines: Note of the site\nscope: {sites: ['*.a.example']}",
        name="site.line",
    )
    + rule("remove_lines: Subscribe to read on", name="wall").replace(
        "category: other", "category: paywall"
    )
    + rule("remove_lines: Perhaps an ad", name="perhaps", confidence="low")
    + rule("remove_lines: Watched", name="watched", status="watch")
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rules") / "pack.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cleaner(pack: Path) -> Cleaner:
    return Cleaner.from_rules([pack])


def test_an_article_comes_out_with_an_account(cleaner: Cleaner) -> None:
    text = f"By Jane Doe\n\n{PROSE}\n\nAD\n\n{OTHER}\n"
    told = cleaner.explain(text, url="https://www.a.example/1")
    article = told.article
    assert (told.text, article.body) == (text, f"{PROSE}\n\n{OTHER}\n")
    assert edits.rebuild(article.body, article.removals) == told.text
    assert (article.id, article.url, article.site) == (
        "https://www.a.example/1",
    ) * 2 + ("a.example",)
    assert article.stats["characters_before"] - article.stats[
        "characters_after"
    ] == sum(
        len(removal.text) - len(removal.replacement) for removal in article.removals
    )
    assert article.stats["words_after"] <= article.stats["words_before"]
    assert (article.rulebook, len(article.rulebook)) == (
        cleaner.rulebook.fingerprint,
        64,
    )


def test_reading_stops_before_the_rules_for_text(cleaner: Cleaner) -> None:
    text = f"By Jane Doe\n{PROSE}\nAD\n{OTHER}"
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    markup = f"<html><body><nav><a href='/'>Home</a></nav><article>{body * 2}</article></body></html>"
    plain = cleaner.read(
        Source(id="1", data=f"\ufeff{text}\r\n", url="https://www.a.example/1")
    )
    assert (plain.text, plain.site, plain.language, plain.format) == (
        f"{text}\n",
        "a.example",
        "en",
        "text",
    )
    source = Source(id="1", data=markup, media_type="text/html")
    page = cleaner.read(source)
    assert page.text == cleaner.explain_source(source).text
    assert (page.format, "Home" in page.text, "AD" in page.contents) == (
        "html",
        False,
        True,
    )


def test_a_removal_says_where_it_was(cleaner: Cleaner) -> None:
    article = cleaner.clean(f"{PROSE}\n\nAD\n\n{OTHER}\nAD")
    first, blank, last = article.removals[0], article.removals[1], article.removals[-1]
    assert (first.rule, first.category, first.lines, first.text) == (
        "ads.line",
        "other",
        (3, 3),
        "AD\n",
    )
    assert (blank.rule, blank.lines, blank.text) == (edits.TIDY_RULE, (4, 4), "\n")
    assert (last.lines, last.text) == ((6, 6), "AD")


def test_lifted_and_given_facts(cleaner: Cleaner) -> None:
    article = cleaner.clean(f"By Jane Doe\n{PROSE}\n{OTHER}")
    assert (article.authors, article.facts_from["authors"]) == (
        ("Jane Doe",),
        "rule:head.by",
    )
    given = cleaner.clean(
        f"By Jane Doe\n{PROSE}\n{OTHER}",
        facts={"authors": ["Max Quay"], "id": "7", "title": "T"},
    )
    assert (given.id, given.title, given.authors) == ("7", "T", ("Max Quay",))
    assert given.facts_from["authors"] == "input"
    assert given.body == f"{PROSE}\n{OTHER}"


def test_what_is_no_fact_is_passed_through(cleaner: Cleaner) -> None:
    article = cleaner.clean(PROSE, facts={"score": 3, "body": "no", "removals": []})
    assert dict(article.extra) == {"score": 3, "body": "no", "removals": []}
    assert (article.body, article.removals) == (PROSE, ())


@pytest.mark.parametrize(
    ("language", "goes"),
    (("de", True), ("de-AT", True), ("DE_ch", True), ("en", False), ("German", False)),
)
def test_a_language_that_is_given_decides_on_scopes(
    cleaner: Cleaner,
    language: str,
    goes: bool,  # noqa: FBT001
) -> None:
    article = cleaner.clean(f"{PROSE}\nHinweis", facts={"language": language})
    assert (article.body == PROSE) is goes
    assert article.language == language


def test_what_rules_leave_is_in_its_own_language(tmp_path: Path) -> None:
    german = "Der Senat hat am Montag über das neue Gesetz beraten und es dann doch nicht beschlossen."
    path = tmp_path / "two.yaml"
    one = rule(f"remove_lines: {german}", name="de.line")
    path.write_text(
        one + rule("remove_lines: Mark\nscope: {languages: [en]}", name="en.line"),
        encoding="utf-8",
    )
    article = Cleaner.from_rules([path]).clean(
        "\n".join([*[german] * 9, PROSE, "Mark", OTHER])
    )
    assert (article.language, article.body) == ("de", f"{PROSE}\n{OTHER}")


def test_the_address_decides_on_scopes(cleaner: Cleaner) -> None:
    text = f"{PROSE}\nNote of the site"
    assert cleaner.clean(text).body == text
    assert cleaner.clean(text, url="https://www.a.example/x").body == PROSE
    assert cleaner.clean(text, url="https://b.example/x").body == text


def test_flags(cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{PROSE}\nSubscribe to read on").flags == ("paywalled",)
    assert cleaner.clean("").flags == ("empty_body",)
    assert cleaner.clean("AD").flags == ("needs_review:little_left",)


def test_levels(pack: Path) -> None:
    text = f"{PROSE}\nPerhaps an ad"
    assert Cleaner.from_rules([pack]).clean(text).body == text
    assert Cleaner.from_rules([pack], level="bold").clean(text).body == PROSE


def test_watch_rules_are_counted(cleaner: Cleaner) -> None:
    article = cleaner.clean(f"{PROSE}\nWatched")
    assert article.body == f"{PROSE}\nWatched"
    assert [(removal.rule, removal.text) for removal in article.watched] == [
        ("watched", "Watched")
    ]


@pytest.mark.parametrize(
    ("data", "body"),
    (
        (f"{PROSE}\r\nAD\r\n{OTHER}\r\n".encode(), f"{PROSE}\n{OTHER}\n"),
        (b"\xef\xbb\xbf" + f"{PROSE}\nAD".encode(), PROSE),
        (
            f"{PROSE}\nAD\nDer Hafen von Größe.".encode("latin-1"),
            f"{PROSE}\nDer Hafen von Größe.",
        ),
        (f"{PROSE}\nAD\n{OTHER} 😀".encode("utf-16"), f"{PROSE}\n{OTHER} 😀"),
        (f"{PROSE}\n\u00a0AD\u00a0\n{OTHER}".encode(), f"{PROSE}\n{OTHER}"),
        (f"{PROSE}\n\u200bAD\ufeff\n{OTHER}".encode(), f"{PROSE}\n{OTHER}"),
    ),
)
def test_bytes_of_many_kinds(cleaner: Cleaner, data: bytes, body: str) -> None:
    article = cleaner.clean(data)
    assert article.body == body
    assert cleaner.clean(article.body).body == body


@pytest.mark.parametrize(
    "data", (b"\x00" * 200, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
)
def test_what_is_no_text_is_refused(cleaner: Cleaner, data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        cleaner.clean(data)
    assert caught.value.stage == "decode"
    assert caught.value.reason in {"binary", "undecodable"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    (
        ((None,), "text_or_bytes must be str or bytes, not NoneType"),
        ((PROSE, 5), "url must be str, not int"),
    ),
)
def test_what_is_neither_text_nor_bytes_is_a_mistake_of_the_caller(
    cleaner: Cleaner, arguments: tuple[Any, ...], says: str
) -> None:
    with pytest.raises(TypeError, match=says):
        cleaner.clean(*arguments)


def test_a_media_type_that_nobody_reads_is_refused(cleaner: Cleaner) -> None:
    with pytest.raises(SourceError) as caught:
        cleaner.clean(b"%PDF-1.7 and so on", media_type="application/pdf")
    assert caught.value.reason in {"malformed", "binary"}


def test_a_lone_surrogate_does_not_break_it(cleaner: Cleaner) -> None:
    article = cleaner.clean(f"{PROSE}\nAD\n\ud800x")
    assert "AD" not in article.body
    article.body.encode()


def test_wrong_options() -> None:
    with pytest.raises(UsageError, match="level 'wild' is unknown"):
        Cleaner.default(level="wild")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="quotes 'bent' is unknown"):
        Cleaner.default(quotes="bent")  # type: ignore[arg-type]


def test_broken_rules_stop_a_cleaner_unless_it_may_go_on(
    pack: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(rule("remove_lins: AD"), encoding="utf-8")
    with pytest.raises(RuleError):
        Cleaner.from_rules([pack, broken])
    going = Cleaner.from_rules([pack, broken], keep_going=True)
    assert going.clean(f"{PROSE}\nAD").body == PROSE
    assert going.rulebook.faults
    with pytest.raises(RuleError):
        Cleaner.from_rules([broken], keep_going=True)


def test_no_rules_are_no_cleaner(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules here"):
        Cleaner.from_rules([tmp_path])


def test_sources_and_texts_come_out_the_same(cleaner: Cleaner) -> None:
    text = f"By Jane Doe\n{PROSE}\nAD"
    source = Source(
        id="x",
        data=text,
        url="https://a.example/x",
        facts={"title": "T"},
        extra={"n": 1},
    )
    article = cleaner.clean_source(source)
    same = cleaner.clean(
        text, url="https://a.example/x", facts={"title": "T", "id": "x"}
    )
    assert dataclasses.replace(article, extra={}) == same
    assert cleaner.explain_source(source).article == article


TEXTS = tuple(
    f"By Jane Doe\n{PROSE}\n{'AD' if n % 2 else 'Watched'}\n{OTHER} {n}\nHinweis"
    for n in range(40)
)


def record(article: Any) -> dict[str, Any]:  # noqa: ANN401 - an article
    return article.to_dict()  # type: ignore[no-any-return]


def test_a_copy_that_travelled_does_the_same(cleaner: Cleaner) -> None:
    cleaner.clean(TEXTS[0])
    again = pickle.loads(pickle.dumps(cleaner))  # noqa: S301 - our own bytes
    assert [record(again.clean(text)) for text in TEXTS] == [
        record(cleaner.clean(text)) for text in TEXTS
    ]
    assert (again.options, again.rulebook.fingerprint) == (
        CleaningOptions(),
        cleaner.rulebook.fingerprint,
    )


def test_threads_do_the_same(pack: Path) -> None:
    fresh = Cleaner.from_rules([pack])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: record(fresh.clean(text)), TEXTS * 3))
    assert (
        found == [record(Cleaner.from_rules([pack]).clean(text)) for text in TEXTS] * 3
    )


SENTENCE = "The council met on the second floor of the old town hall and went through the list of open questions."
SHAPES = {
    "a label after every paragraph": "".join(
        f"{n} {SENTENCE}\nRelated Articles\n" for n in range(10_000)
    ),
    "an advertisement after every paragraph": "".join(
        f"{n} {SENTENCE}\nAdvertisement\n" for n in range(10_000)
    ),
    "one paragraph again and again": "".join(
        f"{n % 7} {SENTENCE}\n" for n in range(10_000)
    ),
    "nothing but short lines": "".join(f"word {n}\n" for n in range(50_000)),
    "bylines without end": "By Jane Doe\n" * 10_000 + SENTENCE,
    "blank lines": "Advertisement\n" + "\n" * 100_000 + SENTENCE,
    "posts": "".join(
        f"{n} {SENTENCE * 3}\nBoats! #harbour\n— Ann (@ann) June 2, 2025\n"
        for n in range(3_000)
    ),
    "one line": SENTENCE * 200_000,
    "one line of signatures": "— Ann (@ann) June 2, 2025 " * 20_000,
    "one line without a space": "x" * 20_000_000,
}


@pytest.fixture(scope="module")
def shipped() -> Cleaner:
    """Return the shipped rules, compiled."""
    ready = shipped_cleaner()
    ready.clean(f"By Jane Doe\n{SENTENCE}\nAdvertisement\n{SENTENCE}")
    return ready


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text_and_no_faster(shipped: Cleaner, shape: str) -> None:
    """Each takes about a second; a look at all lines for each match would take minutes."""
    began = time.process_time()
    told = shipped.explain(SHAPES[shape])
    assert time.process_time() - began < 20
    assert edits.rebuild(told.article.body, told.article.removals) == told.text

"""From documents to counts: what is counted once, what a saved profile holds, and what bounds the memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.plan import make_plan
from cleaner.errors import UsageError
from cleaner.io.readers import Input, Reading, Record
from cleaner.learn import corpus, profile
from cleaner.learn.bloom import Bloom
from cleaner.learn.counts import NEIGHBOURS, Entry
from cleaner.learn.line_templates import mask, shape_of
from cleaner.learn.observe import NO_PUBLISHER, NO_SITE, Observer, place_of
from cleaner.learn.profile import Known, Profile
from cleaner.learn.propose import propose
from cleaner.learn.slots import aligned, fixed, matches, placeholder
from cleaner.learn.write import write
from cleaner.model import Source
from cleaner.pipeline import Cleaner
from cleaner.rulebook.authoring.examples import prove
from cleaner.rulebook.loading.load import load_text
from tests.rulebook.conftest import rule
from tests.shipped import shipped_cleaner

if TYPE_CHECKING:
    from types import SimpleNamespace

PLACE = Input(
    id="day.jsonl", path=Path("news/north/day.jsonl"), format="jsonl", stem="day"
)


def record(
    text: str, url: str | None = "https://www.fen.example/1", **facts: object
) -> Record:
    return Record(input=PLACE, source=Source(id="1", data=text, url=url, facts=facts))


def article(number: int, *extra: str) -> str:
    body = [
        f"The fen keeper counted {number} swans and wrote {word} into the long book of the birds."
        for word in WORDS
    ]
    return "\n".join(
        [
            "Fen Paper",
            *(f"{line} {number * 7}" for line in body),
            *extra,
            "Write to our desk in the fen.",
        ]
    )


WORDS = ("this", "that", "something", "nothing", "a line")


class TestPlace:
    @pytest.mark.parametrize(
        ("by", "url", "facts", "expected"),
        (
            (
                "auto",
                "https://www.fen.example/1",
                {},
                ("fen.example", "fen.example", True),
            ),
            (
                "auto",
                None,
                {"canonical_url": "https://fen.example/2"},
                ("fen.example", "fen.example", True),
            ),
            ("auto", None, {}, ("news/north", None, True)),
            ("site", None, {}, (NO_SITE, None, False)),
            (
                "publisher",
                "https://fen.example/1",
                {"publisher": "Fen  Paper"},
                ("Fen Paper", None, True),
            ),
            ("publisher", None, {}, (NO_PUBLISHER, None, False)),
            ("directory", "https://fen.example/1", {}, ("news/north", None, True)),
        ),
    )
    def test_of_a_document(
        self,
        by: str,
        url: str | None,
        facts: dict[str, object],
        expected: tuple[object, ...],
    ) -> None:
        assert tuple(place_of(record("x", url, **facts), by)) == expected  # type: ignore[arg-type] # words of the option

    def test_a_document_without_its_source_is_counted_and_told(self) -> None:
        learned = Profile(by="site")
        assert Observer(learned).observe(record("A line.", None))
        assert (learned.homeless, list(learned.sources)) == (1, [NO_SITE])


class TestCounting:
    def test_the_same_document_counts_once(self) -> None:
        learned = Profile()
        observer = Observer(learned)
        assert [observer.observe(record(article(1))) for _ in range(3)] == [
            True,
            False,
            False,
        ]
        assert (learned.documents, learned.repeated) == (1, 2)

    def test_a_later_version_of_an_article_is_no_other_document(self) -> None:
        learned = Profile()
        observer = Observer(learned)
        text = "\n".join(
            f"The {word} swan was counted by the keeper on the long pond behind the mill in the fen."
            for word in WORDS
        )
        assert observer.observe(record(text))
        assert not observer.observe(record(text + "\nUpdated at noon"))
        assert learned.sources["fen.example"].copies == 1

    def test_a_refrain_in_one_document_is_not_repeated(self) -> None:
        learned = Profile()
        Observer(learned).observe(record("\n".join(["A swan is a swan."] * 20)))
        assert learned.sources["fen.example"].entries == {}

    def test_what_is_no_text_is_counted_as_unreadable(self) -> None:
        learned = Profile()
        assert not Observer(learned).observe(
            Record(
                input=PLACE,
                source=Source(
                    id="1", data=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)
                ),
            )
        )
        assert (learned.unreadable, learned.documents) == (1, 0)

    def test_documents_and_places_of_a_line(self) -> None:
        learned = Profile()
        observer = Observer(learned)
        for number in range(12):
            observer.observe(record(article(number)))
        shape = shape_of("Fen Paper")
        assert shape is not None
        entry = learned.sources["fen.example"].entries[shape.key]
        assert (entry.documents, entry.from_top, entry.samples) == (
            12,
            (0.0, 0.0),
            ["Fen Paper"],
        )


class TestPages:
    """Of an HTML page the lines of the article are counted, before rules for text take any."""

    @staticmethod
    def page(number: int) -> Record:
        lines = "".join(f"<p>{line}</p>" for line in article(number).split("\n"))
        markup = (
            f"<html><head><title>Page</title><script>var a = '{number}';</script></head><body>"
            f"<nav><a href='/a'>Nets</a> <a href='/b'>Eels</a></nav><article>{lines}</article></body></html>"
        )
        url = f"https://www.fen.example/{number}"
        return Record(
            input=PLACE,
            source=Source(id="1", data=markup, media_type="text/html", url=url),
        )

    @pytest.mark.parametrize("rules", ("none", "shipped"))
    def test_lines_of_the_article_are_counted_and_markup_is_not(
        self, rules: str
    ) -> None:
        learned = Profile()
        observer = Observer(learned, shipped_cleaner() if rules == "shipped" else None)
        assert all(observer.observe(self.page(number)) for number in range(12))
        known = learned.sources["fen.example"]
        samples = {
            sample for entry in known.entries.values() for sample in entry.samples
        }
        assert "Write to our desk in the fen." in samples
        assert not any(
            "<" in sample or "Eels" in sample or "var a" in sample for sample in samples
        )
        assert known.languages == {"en": 12}

    def test_the_rules_are_asked_about_the_page_itself(self) -> None:
        body = rule(
            "remove_lines: Write to our desk in the fen.\nscope: {formats: [html]}"
        )
        loaded = load_text(body)
        assert loaded.faults == ()
        learned = Profile()
        observer = Observer(learned, Cleaner(loaded.only(*loaded.rules)))
        for number in range(12):
            observer.observe(self.page(number))
        shape = shape_of("Write to our desk in the fen.")
        assert shape is not None
        entry = learned.sources["fen.example"].entries[shape.key]
        assert (entry.covered, entry.asked) == (11, 11)

    def test_what_nobody_reads_is_unreadable(self) -> None:
        learned = Profile()
        sheet = Source(id="1", data="body { margin: 0 }", media_type="text/css")
        assert not Observer(learned).observe(Record(input=PLACE, source=sheet))
        assert learned.unreadable == 1


class TestBounds:
    @given(st.lists(st.integers(0, 2**64 - 1), max_size=200))
    def test_a_filter_forgets_nothing(self, keys: list[int]) -> None:
        known = Bloom(1 << 12)
        for key in keys:
            known.add(key)
        assert all(key in known for key in keys)
        assert all(key in Bloom.load(known.dump(), 1 << 12) for key in keys)

    def test_a_filter_is_seldom_wrong(self) -> None:
        known = Bloom(1 << 16)
        for key in range(4_000):
            known.add(key * 0x9E3779B97F4A7C15 % 2**64)
        wrong = sum(
            key * 0x9E3779B97F4A7C15 % 2**64 in known for key in range(4_000, 24_000)
        )
        assert wrong < 0.006 * 20_000  # (1 - e^(-16,000 / 65,536))^4 = 0.22 %

    def test_entries_of_all_sources_stay_within_the_limit(self) -> None:
        learned = Profile()
        for name in "ab":
            known = learned.source(name, None)
            known.entries = {key: Entry(documents=2 + key % 50) for key in range(500)}
            learned.entries += 500
        learned.tidy(learned.sources["a"], limit=300)
        assert (
            learned.entries
            == sum(len(known.entries) for known in learned.sources.values())
            <= 300
        )
        assert all(
            entry.documents > known.windows
            for known in learned.sources.values()
            for entry in known.entries.values()
        )

    def test_a_full_filter_is_emptied_and_that_is_told(self) -> None:
        learned = Profile()
        known = learned.source("a", None)
        learned.lines = Bloom(1 << 6)
        for key in range(40):
            learned.lines.add(key << 33 | key)
        known.documents = 1
        learned.tidy(known)
        assert (learned.lines.filled, known.windows) == (0, 1)

    def test_a_line_that_most_documents_have_survives_thinning(self) -> None:
        known = Known(name="a", entries={1: Entry(documents=90), 2: Entry(documents=2)})
        for _ in range(20):
            known.thin_out()
        assert list(known.entries) == [1]

    def test_neighbours_are_counted_in_bounded_room(self) -> None:
        entry = Entry()
        for number in range(1_000):
            entry.meet(number % 50 + 10 if number % 2 else 7, 9)
        assert len(entry.before) == NEIGHBOURS
        assert 500 <= entry.before[7] <= 500 + 1_000 / NEIGHBOURS
        assert entry.after == {9: 1_000}


class TestProfile:
    def test_goes_on_where_it_stopped(
        self, press: SimpleNamespace, tmp_path: Path
    ) -> None:
        texts = press.corpus(press.outlets(half="a")[:2], real=False)
        half = press.learned(texts[:40])
        profile.save(half, tmp_path / "p.json")
        again = profile.load(tmp_path / "p.json")
        assert again.sources == half.sources
        observer, whole = Observer(again), press.learned(texts)
        for text in texts:
            observer.observe(
                Record(input=PLACE, source=Source(id="", data=text.text, url=text.url))
            )
        assert again.sources == whole.sources
        assert write(propose(again).sources).text == write(propose(whole).sources).text

    @pytest.mark.parametrize(
        "content",
        (
            b"",
            b"[]",
            b"{}",
            b'{"version": "cleaner.profile/0"}',
            b'{"version": "cleaner.profile/1"}',
        ),
    )
    def test_what_is_none_is_refused(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "p.json"
        path.write_bytes(content)
        with pytest.raises(UsageError, match=r"p\.json: .*profile"):
            profile.load(path)

    def test_a_damaged_filter_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "p.json"
        profile.save(Profile(), path)
        path.write_bytes(path.read_bytes().replace(b'"texts":"', b'"texts":"zzzz'))
        with pytest.raises(UsageError, match="damaged"):
            profile.load(path)

    def test_is_saved_whatever_ends_the_run(self, tmp_path: Path) -> None:
        source = tmp_path / "a.txt"
        source.write_text(article(1), encoding="utf-8")
        plan = make_plan([str(source)])

        def heard(_count: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            corpus.learn(
                plan,
                Profile(),
                reading=Reading(),
                path=tmp_path / "p.json",
                heard=heard,
            )
        assert profile.load(tmp_path / "p.json").documents == 1


class TestPhrases:
    @pytest.mark.parametrize(
        ("samples", "phrase"),
        (
            (
                [
                    "More from Politics today",
                    "More from Sport today",
                    "More from Home today",
                ],
                "More from <word> today",
            ),
            (
                ["Story by Anna Berg in Cray", "Story by Jo van Dyk in Northby"],
                "Story by <name> in <word>",
            ),
            (
                ["Keep reading: A storm", "Keep reading: No storm at all"],
                "Keep reading: <any>",
            ),
            (
                ["One: a b", "One: c d"],
                None,
            ),  # three letters say too little beside <any>
            (["Read: a", "Listen: b"], None),
        ),
    )
    def test_of_lines_that_differ(self, samples: list[str], phrase: str | None) -> None:
        assert aligned(samples) == phrase

    def test_of_a_line_whose_figures_never_change(self) -> None:
        assert fixed(["Call 0800 12 34", "CALL 0800 12 34"]) == "Call 0800 12 34"

    def test_a_slot_must_hold_something(self) -> None:
        assert placeholder(["Sport", ""]) is None

    @given(st.text(max_size=80))
    def test_a_shape_matches_its_line(self, text: str) -> None:
        line = " ".join(text.split())
        if line and shape_of(line) is not None:
            assert matches(mask(line), line)


class TestPack:
    def test_loads_and_its_examples_hold(self, press: SimpleNamespace) -> None:
        book = load_text(
            press.proposed(press.corpus(press.outlets(half="b")[:5], real=False))
        ).require()
        proofs = list(prove(book))
        assert len(proofs) == 2 * len(book.rules) > 20
        assert all(proof.ok for proof in proofs)
        assert {rule.status for rule in book.rules} == {"draft"}
        assert all(rule.scope.sites for rule in book.rules)

    def test_watch_rules_count_and_change_nothing(self, press: SimpleNamespace) -> None:
        texts = press.corpus(press.outlets(half="a")[:1], real=False)
        pack = write(propose(press.learned(texts)).sources, status="watch").text
        cleaner = Cleaner(load_text(pack).require())
        articles = [cleaner.clean(text.text, url=text.url) for text in texts]
        assert [each.body.rstrip("\n") for each in articles] == [
            text.text for text in texts
        ]
        assert sum(len(each.watched) for each in articles) > 100

    def test_what_the_rules_take_already_is_not_proposed(self) -> None:
        texts = [
            article(number, "Advertisement", "Our own box in the fen, read it.")
            for number in range(20)
        ]
        learned = Profile()
        observer = Observer(learned, shipped_cleaner())
        for text in texts:
            observer.observe(record(text))
        (drafts,) = propose(learned).sources
        assert [line.phrase for line in drafts.covered] == ["Advertisement"]
        assert "Advertisement" not in {
            line.phrase for draft in drafts.drafts for line in draft.lines
        }
        (all_of_it,) = propose(learned, include_covered=True).sources
        assert all_of_it.covered == []

    def test_sources_with_few_documents_are_named(self) -> None:
        learned = Profile()
        for number in range(5):
            Observer(learned).observe(record(article(number)))
        found = propose(learned)
        assert (found.sources, [known.name for known in found.few]) == (
            [],
            ["fen.example"],
        )

    def test_nothing_to_propose_is_said(self) -> None:
        assert write([]).text.startswith("# Nothing is proposed.")

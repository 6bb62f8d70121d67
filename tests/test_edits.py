"""Span arithmetic: whatever is taken can be put back, and blank lines close behind it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import edits
from cleaner.document import Document
from cleaner.model import Edit, Fact, Match, Removal

if TYPE_CHECKING:
    from collections.abc import Sequence


def edit(
    start: int, end: int, words: str = "", rule: str = "a", facts: Sequence[Fact] = ()
) -> Edit:
    match = Match(start=start, end=end, line=0, replacement=words, facts=tuple(facts))
    return Edit(rule=rule, category="other", match=match)


def shifted(each: Edit, by: int) -> Edit:
    return edit(each.start + by, each.end + by, each.match.replacement)


def spans(some: Sequence[Edit]) -> list[tuple[int, int, str, tuple[str, ...]]]:
    return [(each.start, each.end, each.rule, each.also) for each in some]


def removals(text: str, united: Sequence[Edit]) -> list[Removal]:
    return [
        Removal(
            rule=each.rule,
            category=each.category,
            start=each.start,
            end=each.end,
            lines=(1, 1),
            text=text[each.start : each.end],
            replacement=each.match.replacement,
        )
        for each in united
    ]


class TestUnite:
    def test_sorts(self) -> None:
        assert spans(edits.unite([edit(5, 6), edit(1, 2)])) == [
            (1, 2, "a", ()),
            (5, 6, "a", ()),
        ]

    def test_names_both_rules_where_one_holds_the_other(self) -> None:
        assert spans(edits.unite([edit(2, 3, rule="b"), edit(1, 9, rule="a")])) == [
            (1, 9, "a", ("b",))
        ]

    def test_shares_out_what_two_want_in_part(self) -> None:
        assert spans(edits.unite([edit(1, 5, rule="a"), edit(3, 9, rule="b")])) == [
            (1, 5, "a", ()),
            (5, 9, "b", ()),
        ]

    def test_takes_the_first_of_two_with_one_place_and_keeps_the_facts_of_both(
        self,
    ) -> None:
        one = edit(1, 5, rule="a")
        other = edit(1, 5, rule="b", facts=[Fact("title", "Mayor wins")])
        (united,) = edits.unite([one, other])
        assert (united.rule, united.also, united.match.facts) == (
            "a",
            ("b",),
            (Fact("title", "Mayor wins"),),
        )

    def test_does_not_take_facts_from_inside_a_longer_one(self) -> None:
        byline = edit(3, 5, rule="b", facts=[Fact("authors", "Jane Doe")])
        (united,) = edits.unite([edit(1, 9, rule="a"), byline])
        assert united.match.facts == ()

    def test_credits_a_rule_once(self) -> None:
        some = [
            edit(0, 9, rule="a"),
            edit(1, 2, rule="b"),
            edit(3, 4, rule="b"),
            edit(5, 6, rule="a"),
        ]
        assert spans(edits.unite(some)) == [(0, 9, "a", ("b",))]

    def test_leaves_neighbours_alone(self) -> None:
        assert spans(edits.unite([edit(1, 3), edit(3, 5)])) == [
            (1, 3, "a", ()),
            (3, 5, "a", ()),
        ]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """Return a text and united edits of it, some of which put other words in."""
    text = draw(st.text(alphabet="ab\n 😀é", max_size=40))
    places = st.tuples(
        st.integers(0, len(text)),
        st.integers(0, len(text)),
        st.sampled_from(["", "", "x", "yz"]),
    )
    some = [
        edit(min(a, b), max(a, b), words)
        for a, b, words in draw(st.lists(places, max_size=8))
    ]
    return text, edits.unite([each for each in some if each.start < each.end])


@given(edited())
def test_what_was_taken_can_be_put_back(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, united = case
    assert edits.rebuild(edits.apply(text, united), removals(text, united)) == text


@given(edited())
def test_united_edits_are_in_order_and_do_not_overlap(
    case: tuple[str, tuple[Edit, ...]],
) -> None:
    _, united = case
    assert all(one.end <= other.start for one, other in itertools.pairwise(united))
    assert edits.unite(united) == united


@given(edited(), st.data())
def test_an_offset_finds_its_way_back(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, united = case
    body, origins = edits.apply(text, united), edits.Origins(united)
    offset = data.draw(st.integers(0, len(body)))
    start, head = origins.of(offset)
    end, tail = origins.of(offset, at_end=True)
    assert body[:offset].endswith(head)
    assert body[offset:].startswith(tail)
    assert (
        edits.apply(text[:start], [each for each in united if each.end <= start]) + head
        == body[:offset]
    )
    left = [shifted(each, -end) for each in united if each.start >= end]
    assert tail + edits.apply(text[end:], left) == body[offset:]


@given(edited())
def test_an_untouched_code_point_is_found_where_it_was(
    case: tuple[str, tuple[Edit, ...]],
) -> None:
    text, united = case
    body, origins = edits.apply(text, united), edits.Origins(united)
    kept = [
        n
        for n in range(len(text))
        if not any(each.start <= n < each.end for each in united)
    ]
    inside = [
        at
        for at in range(len(body))
        if origins.of(at)[1] == ""
        and text[origins.of(at)[0] : origins.of(at)[0] + 1] == body[at]
    ]
    assert set(kept) <= {origins.of(at)[0] for at in inside}


@given(edited(), st.data())
def test_two_rounds_of_removals_are_one(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, first = case
    first = tuple(each for each in first if not each.match.replacement)
    body = edits.apply(text, first)
    places = st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))
    second = edits.unite(
        [
            edit(min(a, b), max(a, b))
            for a, b in data.draw(st.lists(places, max_size=5))
            if a != b
        ]
    )
    both = edits.unite([*edits.rebase(second, first), *first])
    assert edits.apply(text, both) == edits.apply(body, second)


class TestTidy:
    @pytest.mark.parametrize(
        ("before", "gone", "after"),
        (
            ("A\n\nx\n\nB", "x\n", "A\n\nB"),
            ("A\n\n\nx\n\nB", "x\n", "A\n\n\nB"),
            ("A\n\nx\n\n\nB", "x\n", "A\n\n\nB"),
            ("A\nx\nB", "x\n", "A\nB"),
            ("x\n\nA", "x\n", "A"),
            ("\n\nx\n\nA", "x\n", "A"),
            ("A\n\nx\n", "x\n", "A\n"),
            ("A\n\nx", "x", "A"),
            ("A\n\nx\n\n", "x\n", "A\n"),
            ("A\n \t\nx\n\u00a0\nB", "x\n", "A\n \t\nB"),
            ("A\n\nx y\n\nB", "x y", "A\n\nB"),
            ("A\n\n  x\n\nB", "x\n", "A\n\nB"),
        ),
    )
    def test_closes_the_gap(self, before: str, gone: str, after: str) -> None:
        document = Document(text=before)
        start = before.index(gone)
        cut = edits.unite([edit(start, start + len(gone))])
        assert (
            edits.apply(before, edits.unite([*cut, *edits.tidy(document, cut)]))
            == after
        )

    def test_leaves_blank_lines_elsewhere_alone(self) -> None:
        document = Document(text="A\n\n\n\nB\nx\nC\n\n\n\nD\n\n\n")
        start = document.text.index("x")
        cut = (edit(start, start + 2),)
        assert edits.tidy(document, cut) == ()

    def test_a_line_with_other_words_in_it_is_not_empty(self) -> None:
        document = Document(text="A\n\nx\n\nB")
        assert edits.tidy(document, (edit(3, 4, "y"),)) == ()

    def test_a_line_that_keeps_a_word_is_not_empty(self) -> None:
        document = Document(text="A\n\nx y\n\nB")
        assert edits.tidy(document, (edit(3, 5),)) == ()

    @given(edited())
    def test_takes_nothing_but_white_space(
        self, case: tuple[str, tuple[Edit, ...]]
    ) -> None:
        text, united = case
        for each in edits.tidy(Document(text=text), united):
            assert not text[each.start : each.end].strip()
            assert each.start < each.end

    @given(st.text(alphabet="ab\n ", max_size=30), st.data())
    def test_keeps_the_end_of_the_text(self, text: str, data: st.DataObject) -> None:
        document = Document(text=text)
        some = data.draw(st.sets(st.integers(0, len(document.lines) - 1)))
        gone = edits.unite(
            [
                edit(*span)
                for number in some
                if (span := document.span(number, number + 1))[0] < span[1]
            ]
        )
        left = edits.apply(text, edits.unite([*gone, *edits.tidy(document, gone)]))
        kept = [
            content
            for number, content in enumerate(document.contents)
            if number not in some and content.strip()
        ]
        assert [line for line in left.split("\n") if line.strip()] == kept
        if (
            any(not document.is_blank(number) for number in some)
            and kept
            and some.isdisjoint({len(document.lines) - 1})
        ):
            assert left.endswith("\n") == text.endswith("\n")


def test_covered() -> None:
    story = edits.unite([edit(2, 5), edit(7, 9)])
    assert edits.covered(edit(3, 5), story)
    assert not edits.covered(edit(3, 6), story)
    assert not edits.covered(edit(0, 1), story)
    assert not edits.covered(edit(5, 7), story)


@given(edited(), st.data())
def test_two_rounds_with_replacements_are_one(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, first = case
    body = edits.apply(text, first)
    places = st.tuples(
        st.integers(0, len(body)),
        st.integers(0, len(body)),
        st.sampled_from(["", "", "q"]),
    )
    second = edits.unite(
        [
            edit(min(a, b), max(a, b), words)
            for a, b, words in data.draw(st.lists(places, max_size=6))
            if a != b
        ]
    )
    both = edits.unite(
        [*edits.rebase(edits.joined(second, first, body), first), *first]
    )
    assert edits.apply(text, both) == edits.apply(body, second)

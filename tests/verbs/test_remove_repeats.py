"""Of two copies one goes and one stays, whatever else is taken."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock, call

import pytest

from cleaner.document import COPY_CHARS, Document
from cleaner.features import line_shape
from cleaner.rulebook.engine.evaluate import find
from cleaner.rulebook.engine.fixpoint import reduce
from cleaner.rulebook.loading.load import load, load_text
from cleaner.verbs.repeats import passages
from tests.verbs import repeats
from tests.verbs.conftest import EXAMPLES, FIRST, HEAD, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.options import Level
    from cleaner.rulebook.book import RuleBook
    from cleaner.rulebook.engine.fixpoint import Reduction

SECONDS = 10
"""Ten thousand lines take about one; compared each with each they would take minutes."""


def verb(**options: object) -> str:
    return (
        "remove_repeats: {"
        + ", ".join(f"{key}: {value}" for key, value in options.items())
        + "}\n"
    )


@pytest.mark.parametrize(
    ("keep", "after"),
    (
        ("first", f"{FIRST}\n{SECOND}\n{THIRD}"),
        ("last", f"{SECOND}\n{FIRST}\n{THIRD}"),
        ("in_flow", f"{SECOND}\n{FIRST}\n{THIRD}"),
    ),
)
def test_which_copy_stays(
    clean: Callable[[str, str], str], keep: str, after: str
) -> None:
    assert (
        clean(verb(min_words=8, keep=keep), f"{FIRST}\n{SECOND}\n{FIRST}\n{THIRD}")
        == after
    )


@pytest.mark.parametrize(
    "copy",
    (
        FIRST.upper(),
        FIRST.replace(", ", ",\u00a0"),
        f"  {FIRST}",
        FIRST.replace("'", "’"),
    ),
)
def test_typography_makes_no_difference(
    clean: Callable[[str, str], str], copy: str
) -> None:
    assert (
        clean(verb(min_words=8), f"{FIRST}\n{SECOND}\n{copy}") == f"{FIRST}\n{SECOND}"
    )


@pytest.mark.parametrize(
    "line",
    (
        "“No.”",
        "“We will never, ever give this harbour away,” they sang on the quay.",
        "'We will never, ever give this harbour away,' they sang on the quay.",
        "«Nous ne donnerons jamais ce port à personne d'autre», chantaient-ils.",
        "„Wir geben diesen Hafen niemals her“, sangen sie am Kai, und noch einmal.",
        "Olé, olé, olé!",
        "Yes, yes, yes, yes.",
        "1 2 3 4 5 6 7 8 9",
    ),
)
def test_refrains_and_answers_stay(clean: Callable[[str, str], str], line: str) -> None:
    text = f"{line}\n{FIRST}\n{line}\n{SECOND}\n{line}"
    assert clean(verb(min_words=8), text) == text


def test_another_paragraph_is_no_copy(clean: Callable[[str, str], str]) -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST.replace('six', 'ten')}"
    assert clean(verb(min_words=8), text) == text


def test_alike_is_enough_where_the_rule_says_so(
    clean: Callable[[str, str], str],
) -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST.replace('opened', 'opend')}"
    assert clean(verb(min_words=8, similarity=90), text) == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "change",
    (("six", "ten"), ("at six", "at 6"), ("master opened", "master never opened")),
)
def test_what_says_something_else_is_not_alike(
    clean: Callable[[str, str], str], change: tuple[str, str]
) -> None:
    text = f"{FIRST}\n{SECOND}\n{FIRST.replace(*change)}"
    assert clean(verb(min_words=8, similarity=80), text) == text


def test_only_the_head_may_lose_its_copy(clean: Callable[[str, str], str]) -> None:
    late = f"{SECOND}\n{THIRD}\n{FIRST}\n{FIRST}"
    assert clean(verb(min_words=8, keep="last", first_lines=2), late) == late
    early = f"{FIRST}\n{SECOND}\n{THIRD}\n{FIRST}"
    assert (
        clean(verb(min_words=8, keep="last", first_lines=2), early)
        == f"{SECOND}\n{THIRD}\n{FIRST}"
    )


def test_the_copy_becomes_a_fact(attempt: Callable[[str, str], Reduction]) -> None:
    reduction = attempt(
        verb(min_words=8, keep="last", field="standfirst"),
        f"{FIRST}\n{SECOND}\n{FIRST}",
    )
    assert [fact for edit in reduction.applied for fact in edit.match.facts] == [
        ("standfirst", FIRST)
    ]


def test_a_whole_article_printed_twice_is_left_once(
    clean: Callable[[str, str], str],
) -> None:
    once = f"{FIRST}\n{SECOND}\n{THIRD}"
    assert clean(verb(min_words=8), f"{once}\n{once}\n{once}") == once


def book(*verbs: str) -> str:
    return "".join(
        HEAD.replace("test.rule", f"test.rule-{number}") + f"  {each}" + EXAMPLES
        for number, each in enumerate(verbs)
    )


@pytest.mark.parametrize(
    "text",
    (
        f"{FIRST}\n{SECOND}\n{FIRST}",
        f"{FIRST}\n{FIRST}",
        f"{FIRST}\n{SECOND}\n{FIRST}\n{SECOND}",
        f"{FIRST}\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}",
    ),
)
def test_two_rules_that_keep_different_copies_leave_one(text: str) -> None:
    rules = load_text(
        book(
            verb(min_words=8, keep="first"),
            verb(min_words=8, keep="last"),
            verb(min_words=8, keep="in_flow"),
        )
    ).require()
    left = reduce(
        Document(text=text), rules, "bold", lambda body: Document(text=body)
    ).body
    assert sorted(left.split()) == sorted(
        word for line in {*text.split("\n")} for word in line.split()
    )


def test_a_copy_in_a_tail_that_is_cut_does_not_count() -> None:
    cut = "cut_from: More stories\n  when: {followed_by: cards}\n"
    rules = load_text(book(verb(min_words=8, keep="last"), cut)).require()
    tail = f"More stories\nHerald\n3 hours ago\n- Herald\n{FIRST}"
    text = f"{FIRST}\n{SECOND}\n{THIRD}\n{tail}"
    left = reduce(
        Document(text=text), rules, "bold", lambda body: Document(text=body)
    ).body
    assert left == f"{FIRST}\n{SECOND}\n{THIRD}"


SHIPPED = load([Path(__file__).parents[2] / "rules" / "duplicates.yaml"]).require()
"""The rules as they are shipped, without others: here nothing else is clutter."""
BOLD = (
    verb(of="passage", keep="in_flow", clear="true"),
    verb(min_words=8, keep="in_flow"),
    verb(of="part", min_words=14),
    verb(of="part", clear="true"),
    verb(similarity=90, min_words=8, keep="in_flow", clear="true"),
)


def left(text: str, rules: RuleBook, level: Level = "bold") -> str:
    return reduce(
        Document(text=text), rules, level, lambda body: Document(text=body)
    ).body


@pytest.mark.parametrize("lines", repeats.ARTICLES, ids=range(len(repeats.ARTICLES)))
@pytest.mark.parametrize(
    "damage", (repeats.teaser_below, repeats.head_above, repeats.caption_twice)
)
def test_a_clear_copy_goes(
    clean: Callable[[str, str], str],
    damage: Callable[[tuple[str, ...]], tuple[str, str]],
    lines: tuple[str, ...],
) -> None:
    before, after = damage(lines)
    assert clean(verb(min_words=14, keep="in_flow", clear="true"), before) == after


@pytest.mark.parametrize("lines", repeats.ARTICLES, ids=range(len(repeats.ARTICLES)))
def test_the_run_that_the_page_leads_to_stays(
    clean: Callable[[str, str], str], lines: tuple[str, ...]
) -> None:
    before, after = repeats.second_half_first(lines)
    assert clean(verb(of="passage", keep="in_flow", clear="true"), before) == after


@pytest.mark.parametrize("lines", repeats.ARTICLES, ids=range(len(repeats.ARTICLES)))
def test_a_whole_article_twice_is_a_doubt_where_nothing_tells(
    attempt: Callable[[str, str], Reduction], lines: tuple[str, ...]
) -> None:
    twice = repeats.text(*lines, *lines)
    unsure = attempt(verb(of="passage", keep="in_flow", clear="true"), twice)
    assert unsure.body == twice
    assert unsure.flags == ("needs_review:doubt",)
    assert attempt(verb(of="passage", keep="in_flow"), twice).body == repeats.text(
        *lines
    )


@pytest.mark.parametrize("text", repeats.TRAPS.values(), ids=repeats.TRAPS)
def test_what_is_said_twice_on_purpose_stays(text: str) -> None:
    assert left(text, SHIPPED) == text
    assert left(text, load_text(book(*BOLD)).require()) == text


def test_lines_of_a_passage_do_not_go_one_by_one(
    clean: Callable[[str, str], str],
) -> None:
    twice = repeats.text(*repeats.EN, "I II III", *repeats.EN)
    assert clean(verb(min_words=8, keep="in_flow"), twice) == twice


def test_what_one_run_has_alone_stays(clean: Callable[[str, str], str]) -> None:
    one, two, three, four, five = repeats.EN
    before = repeats.text(
        two, "Nobody paid.", three, five, "I II III", one, four, two, three, five
    )
    after = repeats.text("Nobody paid.", "I II III", one, four, two, three, five)
    assert clean(verb(of="passage", keep="in_flow"), before) == after


def test_a_list_of_stories_in_two_places_is_left_once(
    clean: Callable[[str, str], str],
) -> None:
    stories = (
        "The theatre will open its doors a week later than planned",
        "Nine swans on the canal, and nobody knows where from",
        "How the harbour town saved its only bakery from closing",
    )
    before = repeats.text(*repeats.EN, "Read on", *stories, "By topic", *stories)
    after = repeats.text(*repeats.EN, "Read on", *stories, "By topic")
    assert clean(verb(of="passage", keep="in_flow", clear="true"), before) == after


@pytest.mark.parametrize("dots", ("…", "...", " …"))
@pytest.mark.parametrize(
    "lines", repeats.ARTICLES[:-1], ids=range(len(repeats.ARTICLES) - 1)
)
def test_a_teaser_that_breaks_off_goes(
    clean: Callable[[str, str], str], lines: tuple[str, ...], dots: str
) -> None:
    teaser = " ".join(lines[2].split()[:10]) + dots
    before = repeats.text(*lines, teaser)
    assert clean(verb(of="part", clear="true"), before) == repeats.text(*lines)


@pytest.mark.parametrize("quote", (repeats.SPEECH, f"“{repeats.SPEECH}”"))
def test_a_pull_quote_takes_its_name_along(
    clean: Callable[[str, str], str], quote: str
) -> None:
    one, two, three, *_ = repeats.EN
    said = f"“{repeats.SPEECH},” Lind told the mayor."
    before = repeats.text(one, quote, "", "— Oskar Lind", two, said, three)
    assert clean(verb(of="part", clear="true"), before) == repeats.text(
        one, two, said, three
    )


@pytest.mark.parametrize("of", ("paragraph", "passage", "part"))
@pytest.mark.parametrize("shape", ("equal", "two", "numbered", "in turn"))
def test_ten_thousand_lines_take_no_square_of_time(of: str, shape: str) -> None:
    lines = {
        "equal": [FIRST] * 10_000,
        "two": [FIRST, SECOND] * 5_000,
        "numbered": [
            f"{FIRST[:-1]} for the {number}th time since the war."
            for number in range(10_000)
        ],
        "in turn": [
            f"{FIRST[:-1]} for the {number % 5_000}th time since the war."
            for number in range(10_000)
        ],
    }[shape]
    verbs = [
        verb(of=of, keep="in_flow", min_words=8, similarity=similarity)
        for similarity in (100, 90)
    ]
    document = Document(text="\n".join(lines))
    started = time.process_time()
    find(load_text(book(*verbs)).require(), document, "bold")
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("lines", repeats.ARTICLES, ids=range(len(repeats.ARTICLES)))
def test_a_sentence_outside_the_flow_goes_and_its_paragraph_stays(
    clean: Callable[[str, str], str], lines: tuple[str, ...]
) -> None:
    whole = (lines[0], f"{lines[1]} {lines[2]}", *lines[3:])
    before = repeats.text(*whole, "Foto 1/3", lines[2], "Foto 2/3")
    assert clean(verb(of="part", min_words=14), before) == repeats.text(
        *whole, "Foto 1/3", "Foto 2/3"
    )
    assert clean(verb(of="part", min_words=14, clear="true"), before) == before


def plain_copies(document: Document) -> list[tuple[int, ...]]:
    """Return the groups of `Document.copies` as its words say: every line is folded."""
    lengths: dict[int, list[int]] = {}
    for number, line in enumerate(document.contents):
        if len(line) >= COPY_CHARS:
            lengths.setdefault(
                len(line) - line.count(" ") - line.count("\xa0"), []
            ).append(number)
    groups: dict[str, list[int]] = {}
    for numbers in lengths.values():
        for number in numbers if len(numbers) > 1 else ():
            groups.setdefault(line_shape.fold(document.contents[number]), []).append(
                number
            )
    return [tuple(group) for group in groups.values() if len(group) > 1]


def plain_run(keys: Sequence[str], first: int, second: int) -> list[tuple[int, int]]:
    """Return the run from two places on, pair by pair: few lines are skipped before many."""
    gaps = range(passages.GAP + 1)
    skips = sorted(((a, b) for a in gaps for b in gaps), key=sum)
    run = [(first, second)]
    while True:
        pairs = [(run[-1][0] + 1 + a, run[-1][1] + 1 + b) for a, b in skips]
        equal = [
            (a, b)
            for a, b in pairs
            if a < second and b < len(keys) and keys[a] == keys[b]
        ]
        if not equal:
            return run
        run.append(equal[0])


def plain_runs(keys: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs of `_passages` as their description says."""
    place = 0
    while place < len(keys):
        later = [
            other for other in range(place + 1, len(keys)) if keys[other] == keys[place]
        ]
        runs = [plain_run(keys, place, other) for other in later[: passages.LATER]]
        best = max(runs, key=len, default=[])
        if len(best) >= passages.MIN_LINES:
            yield best
        place = best[-1][0] + 1 if best else place + 1


@pytest.mark.parametrize("seed", range(20))
def test_copies_are_found_whatever_their_typography(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    words = (
        "“Straße”",
        '"STRASSE"',
        "don’t",
        "don't",
        "–",
        "—",
        "-",
        "Hafen",
        "hafen",
        "ſee",
        "see",
        "運河沿い",
        "ΟΔΟΣ",
        "οδος",
    )
    spaces = (" ", "  ", "\t", "\xa0", "\u2003")
    lines = [
        "".join(
            dice.choice(words) + dice.choice(spaces)
            for _ in range(dice.choice((1, 4, 5)))
        )
        for _ in range(300)
    ]
    document = Document(
        text="\n".join([*lines, " " * COPY_CHARS, "\t" * COPY_CHARS, " " * COPY_CHARS])
    )
    assert list(document.copies) == plain_copies(document) != []


@pytest.mark.parametrize("seed", range(20))
def test_runs_are_followed_pair_by_pair(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    keys = dice.choices("abcdefgh"[: 2 + seed % 7], k=200)
    assert list(passages._runs(keys)) == list(plain_runs(keys))


def test_equal_lines_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fold = Mock(wraps=line_shape.fold)
    monkeypatch.setattr(line_shape, "fold", fold)
    document = Document(text="\n".join([FIRST, SECOND] * 500))
    verbs = [
        verb(of=of, keep="in_flow", min_words=8)
        for of in ("paragraph", "passage", "part")
    ]
    find(load_text(book(*verbs)).require(), document, "bold")
    assert (
        fold.call_args_list.count(call(FIRST))
        == fold.call_args_list.count(call(SECOND))
        == 1
    )


def test_the_name_under_a_pull_quote_may_stand_anywhere(
    clean: Callable[[str, str], str],
) -> None:
    one, two, three, *_ = repeats.EN
    said = f"“{repeats.SPEECH},” the reader told the mayor."
    quote = repeats.text(repeats.SPEECH, "— Vera Holm")
    article = repeats.text(one, "{quote}", two, said, three)
    for last, goes in (
        ("It was Holm who had brought the chain.", True),
        ("It was she who had brought the chain.", False),
    ):
        before = repeats.text(article.format(quote=quote), last)
        after = before.replace(f"{quote}\n", "") if goes else before
        assert clean(verb(of="part", clear="true"), before) == after

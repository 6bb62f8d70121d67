"""A flattened post goes up from its signature to its start, and no sentence of the article with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from cleaner.document import Document
from cleaner.verbs.posts import voice
from cleaner.verbs.posts.beginning import VOICE_LINES, Voices
from cleaner.verbs.posts.boundaries import sentences, weight
from tests.verbs.conftest import FIRST, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.rulebook.engine.fixpoint import Reduction

VERB = """
remove_embed:
  platform: twitter
  limit: 280
  signature: |
    — <author:account> (<handle:username>) <date:date>
    — <author:account> (@<handle:username>)
"""
BARE = """
remove_embed:
  platform: twitter
  signature: |
    <author:account> (<handle:username>) <date:date>
"""
LABEL = "remove_embed:\n  platform: unknown\n  limit: 0\n  signature: |\n    This post cannot be shown\n"

LONG = f"{FIRST} {SECOND} {THIRD}"
"""A paragraph of 300 characters: too heavy for any post."""


def embeds(reduction: Reduction) -> list[tuple[str | None, ...]]:
    return [
        (
            edit.match.embed.author,
            edit.match.embed.handle,
            edit.match.embed.date,
            edit.match.embed.text,
        )
        for edit in reduction.applied
        if edit.match.embed
    ]


def test_the_example_is_too_heavy_for_a_post() -> None:
    assert weight(LONG) > 280


@pytest.mark.parametrize(
    ("post", "signature", "embed"),
    (
        (
            "No boats today, sorry! #harbour",
            "— Ann Harbour (@annharbour) June 2, 2025",
            (
                "Ann Harbour",
                "annharbour",
                "2025-06-02",
                "No boats today, sorry! #harbour",
            ),
        ),
        (
            "We are sorry. #harbour\nBoats go on Friday 😀",
            "— Ann 😀 Harbour | Quay (@ann_h) 25. September 2018",
            (
                "Ann 😀 Harbour | Quay",
                "ann_h",
                "2018-09-25",
                "We are sorry. #harbour\nBoats go on Friday 😀",
            ),
        ),
        (
            "Keine Boote heute #hafen",
            "- Anna Hafen (@anna) 16 мая 2018 г.",
            ("Anna Hafen", "anna", "2018-05-16", "Keine Boote heute #hafen"),
        ),
        (
            "船は出ません #港",
            "— 港 (@minato) 2016年5月28日",
            ("港", "minato", "2016-05-28", "船は出ません #港"),
        ),
        (
            "Boats! #harbour",
            "— Ann Harbour (@annharbour)",
            ("Ann Harbour", "annharbour", None, "Boats! #harbour"),
        ),
        (
            "Boats! #harbour",
            "— Ann Harbour (@annharbour)\nJune 2, 2025",
            ("Ann Harbour", "annharbour", "2025-06-02", "Boats! #harbour"),
        ),
    ),
)
def test_goes(
    attempt: Callable[[str, str], Reduction],
    post: str,
    signature: str,
    embed: tuple[str | None, ...],
) -> None:
    reduction = attempt(VERB, f"{LONG}\n{post}\n{signature}\n{SECOND}")
    assert reduction.body == f"{LONG}\n{SECOND}"
    assert embeds(reduction) == [embed]


def test_a_glued_post_goes_with_its_line(
    attempt: Callable[[str, str], Reduction],
) -> None:
    line = "Boats again on Friday! #harbour pic.twitter.com/8sKd— Ann Harbour (@annharbour) August 5, 2024"
    reduction = attempt(VERB, f"{LONG}\n{line}\n{SECOND}")
    assert reduction.body == f"{LONG}\n{SECOND}"
    assert (
        embeds(reduction)[0][3]
        == "Boats again on Friday! #harbour pic.twitter.com/8sKd"
    )


def test_what_hangs_on_the_signature_stays(clean: Callable[[str, str], str]) -> None:
    text = f"{LONG}\nBoats! #harbour\n— Ann Harbour (@annharbour) August 5, 2024In the evening the wind turned."
    assert clean(VERB, text) == f"{LONG}\nIn the evening the wind turned."


def test_a_lead_in_stays(clean: Callable[[str, str], str]) -> None:
    lead = "The harbour wrote on X:"
    post = "No boats today. We are very sorry about it.\nGo home please."
    assert clean(
        VERB,
        f"{LONG}\n{lead}\n{post}\n— Ann Harbour (@annharbour) June 2, 2025\n{SECOND}",
    ) == (f"{LONG}\n{lead}\n{SECOND}")


def test_the_sentence_about_the_author_stays(clean: Callable[[str, str], str]) -> None:
    prose = "Harbour said on Monday that the boats would stay in."
    post = "No boats today! #harbour"
    assert (
        clean(
            VERB, f"{LONG}\n{prose}\n{post}\n— Ann Harbour (@annharbour) June 2, 2025"
        )
        == f"{LONG}\n{prose}"
    )


def test_posts_of_before_november_2017_were_shorter(
    clean: Callable[[str, str], str],
) -> None:
    post = "#boats " * 19 + "#end"
    assert weight(post) < 140
    above = "#More boats went out on that day, I saw every one of them"
    text = f"{LONG}\n{above}\n{post}\n— Ann Harbour (@annharbour) "
    assert clean(VERB, text + "June 2, 2016") == f"{LONG}\n{above}"
    assert clean(VERB, text + "June 2, 2018") == LONG


def test_where_the_start_is_in_doubt_nothing_goes(
    attempt: Callable[[str, str], Reduction],
) -> None:
    both = "Ms Harbour told @quaynews on Sunday that she was sorry."
    text = f"{LONG}\n{both}\nNo boats today.\n— Ann Harbour (@annharbour) June 2, 2025\n{SECOND}"
    reduction = attempt(VERB, text)
    assert reduction.body == text
    assert reduction.flags == ("needs_review:doubt",)
    assert [(refused.why, refused.line) for refused in reduction.refused] == [
        ("doubt", 1)
    ]


@pytest.mark.parametrize(
    "line",
    (
        "The account (@annharbour) was opened on January 20, 2015, and has two million followers.",
        "— Ann Harbour, harbour master",
        "— Ann Harbour (62)",
        "— Ann Harbour (Labour)",
        "— No boats, said Ann Harbour (@annharbour) in the evening.",
        "– Ingen båter i dag, sa hun.",
        "— Я не знаю, — сказала она.",
        "Ann Harbour (@annharbour) June 2, 2025, was the first to say so.",
        "— Ann Harbour (@ann harbour) June 2, 2025",
    ),
)
def test_stays(clean: Callable[[str, str], str], line: str) -> None:
    text = f"{LONG}\nShort line before.\n{line}\n{SECOND}"
    assert clean(VERB, text) == text


def test_a_signature_without_its_dash_fills_its_line(
    clean: Callable[[str, str], str],
) -> None:
    assert (
        clean(
            BARE,
            f"{LONG}\nBoats! #harbour\nAnn Harbour (@annharbour) June 2, 2025\n{SECOND}",
        )
        == f"{LONG}\n{SECOND}"
    )
    prose = f"{LONG}\nAnn Harbour (@annharbour) June 2, 2025 was the day.\n{SECOND}"
    assert clean(BARE, prose) == prose


def test_no_limit_takes_the_signature_alone(
    attempt: Callable[[str, str], Reduction],
) -> None:
    reduction = attempt(LABEL, f"{FIRST}\nThis post cannot be shown\n{SECOND}")
    assert reduction.body == f"{FIRST}\n{SECOND}"
    assert embeds(reduction) == [(None, None, None, None)]


OPENED = r"""
remove_embed:
  platform: instagram
  limit: 0
  opening: |
    View this post
  signature: |
    A post shared by <author:account> (<handle:handle>)
"""


def test_an_opening_says_where_the_post_begins(
    attempt: Callable[[str, str], Reduction],
) -> None:
    caption = "Home again.\nThank you all."
    text = f"{FIRST}\nView this post\n{caption}\nA post shared by Ann Harbour (@annharbour)\n{SECOND}"
    reduction = attempt(OPENED, text)
    assert reduction.body == f"{FIRST}\n{SECOND}"
    assert embeds(reduction) == [("Ann Harbour", "annharbour", None, caption)]


def test_an_opening_whose_post_is_lost_takes_no_article_with_it(
    clean: Callable[[str, str], str],
) -> None:
    text = f"View this post\n{FIRST}\n{THIRD}\n{SECOND}\nA post shared by Ann Harbour (@annharbour)"
    assert clean(OPENED, text) == f"View this post\n{FIRST}\n{THIRD}\n{SECOND}"


def test_a_post_that_hangs_on_a_paragraph_goes_alone(
    attempt: Callable[[str, str], Reduction],
) -> None:
    post = "@quayline So you knew #harbour"
    signature = "— Ann Harbour (@annharbour) August 5, 2024"
    reduction = attempt(
        VERB, f"{FIRST} {SECOND} {THIRD} {post}{signature}Others were calm."
    )
    assert reduction.body == f"{FIRST} {SECOND} {THIRD} Others were calm."
    assert embeds(reduction) == [("Ann Harbour", "annharbour", "2024-08-05", post)]


def test_two_posts_in_one_line(attempt: Callable[[str, str], Reduction]) -> None:
    one = "So you knew #harbour— Ann Harbour (@annharbour) August 5, 2024"
    two = "what a sunrise 😀— Bob Quay (@bobquay) August 6, 2024"
    reduction = attempt(VERB, f"{LONG}\n{one} Others were calm. {two}\n{SECOND}")
    assert reduction.body == f"{LONG}\nOthers were calm.\n{SECOND}"
    assert [embed[1] for embed in embeds(reduction)] == ["annharbour", "bobquay"]


def test_a_sentence_that_nothing_makes_a_posts_stays(
    clean: Callable[[str, str], str],
) -> None:
    text = f"{LONG}\nThe boats stayed in.\nSorry! #harbour\n— Ann Harbour (@annharbour) June 2, 2025"
    assert clean(VERB, text) == f"{LONG}\nThe boats stayed in."


def test_a_full_count_makes_a_sentence_the_posts(
    clean: Callable[[str, str], str],
) -> None:
    boats = "Boats go out at six and at nine, and come back at four when the tide allows it."
    post = f"{boats}\nBread is baked at five, and the hall is open all night.\n{FIRST} The hall is warm now. #harbour #coffee"
    assert 276 <= weight(post) <= 280
    assert (
        clean(VERB, f"{LONG}\n{post}\n— Ann Harbour (@annharbour) June 2, 2025") == LONG
    )


def test_posts_that_are_most_of_the_text_stay(
    attempt: Callable[[str, str], Reduction],
) -> None:
    text = "Ten answers\n" + "\n".join(
        f"Answer {n} #harbour\n— Ann Harbour (@annharbour) June {n}, 2025"
        for n in (1, 2, 3)
    )
    reduction = attempt(VERB, text)
    assert reduction.body == text
    assert reduction.flags == ("needs_review:doubt",)


def test_two_posts_in_a_row(attempt: Callable[[str, str], Reduction]) -> None:
    one = "Boats! #harbour\n— Ann Harbour (@annharbour) June 2, 2025"
    two = "Late again, @annharbour\n— Bob Quay (@bobquay) June 3, 2025"
    reduction = attempt(VERB, f"{LONG}\n{one}\n{two}\n{SECOND}")
    assert reduction.body == f"{LONG}\n{SECOND}"
    assert [embed[1] for embed in embeds(reduction)] == ["annharbour", "bobquay"]


def test_a_post_of_one_line_is_not_weighed(
    attempt: Callable[[str, str], Reduction], monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = Mock(wraps=voice.reasons)
    monkeypatch.setattr(voice, "reasons", reasons)
    posts = [
        f"{LONG}\nNobody knows what tide {number} brings\n— Ann Harbour (@harbour)"
        for number in range(30)
    ]
    assert len(embeds(attempt(VERB, "\n".join([*posts, LONG])))) == 30
    assert reasons.call_count == 0


def test_the_voice_around_posts_is_heard_once() -> None:
    document = Document(text="\n".join(f"{FIRST} {number}." for number in range(100)))
    voices = Voices(document)
    assert voices.without({70, 71}) is voices.without({98})
    assert len(voices.without({70, 71}).lines) == VOICE_LINES
    assert len(voices.without({3, 71}).lines) == VOICE_LINES - 1


@pytest.mark.parametrize(
    "end",
    (
        "Dr. Pier went on",
        "Prof. Pier went on",
        "p. 12",
        "He (J. Pier) left",
        "al. and others",
    ),
)
def test_only_the_last_characters_decide_on_an_abbreviation(end: str) -> None:
    text = f"{SECOND} And {end} that day. {THIRD}"
    assert [sentence for _, sentence in sentences(text)] == [
        SECOND,
        f"And {end} that day.",
        THIRD,
    ]


def test_a_long_line_is_cut_into_sentences_in_time() -> None:
    text = f"{FIRST} He wrote on X: no. " * 20_000
    began = time.process_time()
    assert len(sentences(text)) == 60_000
    assert (
        time.process_time() - began < 10
    )  # one; when each stop looked at all that stands before it, minutes

"""A line goes where the whole of it is the phrase, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

VERB = """
remove_lines: |
  Advertisement
  Today's top stories
  Follow us on <any>
  More – and more… here
  Straße frei
  İstanbul'dan ışık
"""


@pytest.mark.parametrize(
    "line",
    (
        "Advertisement",
        "ADVERTISEMENT",
        "  Advertisement\t",
        "\u00a0Advertisement\u3000",
        "Today’s top stories",
        "Today‘s  top\u00a0stories",
        "TODAY`S TOP STORIES",
        "Follow us on Bluesky",
        "follow us on 😀",
        "Follow us on X, Y and Z!",
        "More - and more... here",
        "More — and  more… here",
        "STRASSE FREI",
        "Strasse frei",
        "Straße FREI",
        "ISTANBUL'DAN IŞIK",
        "istanbul’dan ışık",
    ),
)
def test_goes(clean: Callable[[str, str], str], line: str) -> None:
    assert clean(VERB, f"Before it.\n{line}\nAfter it.") == "Before it.\nAfter it."


@pytest.mark.parametrize(
    "line",
    (
        "The advertisement ran for a week.",
        "Advertisement.",
        "Advertisement:",
        "Advertisements",
        "“Advertisement”",
        "Advertise ment",
        "No Advertisement",
        "Todays top stories",
        "Follow us on",
        "They follow us on foot",
        "Follow us",
        "More and more here",
        "Straßefrei",
        "Аdvertisement",  # the first letter is Cyrillic
    ),
)
def test_stays(clean: Callable[[str, str], str], line: str) -> None:
    text = f"Before it.\n{line}\nAfter it."
    assert clean(VERB, text) == text


def test_all_of_them_go(clean: Callable[[str, str], str]) -> None:
    assert (
        clean(VERB, "Advertisement\n\nOne.\n\nADVERTISEMENT\n\nTwo.\nadvertisement")
        == "One.\n\nTwo."
    )


@pytest.mark.parametrize("end", ("", "\n"))
def test_the_end_of_the_text_stays_as_it_was(
    clean: Callable[[str, str], str], end: str
) -> None:
    assert clean(VERB, f"One.\nAdvertisement{end}") == f"One.{end}"


@pytest.mark.parametrize("text", ("", "\n", " \n\t\n", "\n\n\n"))
def test_nothing_stays_nothing(clean: Callable[[str, str], str], text: str) -> None:
    assert clean(VERB, text) == text


def test_a_document_of_nothing_else_is_kept_and_flagged(
    attempt: Callable[[str, str], object],
) -> None:
    reduction = attempt(VERB, "Advertisement\nAdvertisement\n")
    assert reduction.body == "Advertisement\nAdvertisement\n"  # type: ignore[attr-defined]
    assert reduction.flags == ("needs_review:little_left",)  # type: ignore[attr-defined]


def test_exact_minds_case_and_typography(clean: Callable[[str, str], str]) -> None:
    verb = "exact: true\nremove_lines: |\n  Today's top stories\n"
    assert clean(verb, "One.\nToday's top stories\nTwo.") == "One.\nTwo."
    for line in ("Today’s top stories", "TODAY'S TOP STORIES", "Today's  top stories"):
        assert clean(verb, f"One.\n{line}\nTwo.") == f"One.\n{line}\nTwo."


def test_a_phrase_of_placeholders_alone_takes_what_fits(
    clean: Callable[[str, str], str],
) -> None:
    verb = "remove_lines: |\n  <number> <word>\n"
    assert (
        clean(verb, "One.\n38 minutes\n38 minutes ago\nTwo.")
        == "One.\n38 minutes ago\nTwo."
    )


def test_characters_that_mean_something_elsewhere_mean_themselves(
    clean: Callable[[str, str], str],
) -> None:
    verb = "remove_lines: |\n  (c) [2025] a|b* $9.99 + ^tax? \\n {x}\n"
    line = r"(c) [2025] a|b* $9.99 + ^tax? \n {x}"
    assert clean(verb, f"One.\n{line}\nTwo.") == "One.\nTwo."
    assert (
        clean(verb, f"One.\n{line.replace('.', ',')}\nTwo.")
        == f"One.\n{line.replace('.', ',')}\nTwo."
    )

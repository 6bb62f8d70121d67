"""What nobody sees goes where nobody needs it, and only there."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import invisible

ODD = "\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"


def tidied(text: str) -> tuple[str, dict[str, int]]:
    counts: Counter[str] = Counter()
    return invisible.tidy(text, counts), {
        kind: count for kind, count in counts.items() if count
    }


@pytest.mark.parametrize(
    "text",
    (
        "plain",
        "« Oui\u00a0»",
        "«\u00a0Oui",
        "Vraiment\u00a0? Oui\u00a0! Non\u00a0: si\u00a0; 20\u00a0% pour 5\u00a0€",
        "10\u00a0000 et 1\u202f000",
        "narrow\u202fspace",
        "क्\u200dष and क्\u200cष",
        "می\u200cشود",
        "ශ්\u200dරී",
        "ម៉ោង\u200bនេះ",
        "สะพาน\u200bใหม่",
        "👩\u200d🚀 👨\u200d👩\u200d👧 🏳️\u200d🌈 ❤️\u200d🔥 👩🏽\u200d⚕️",
        "\u200eleft\u200f right \u202bembedding\u202c",
        "Fullwidth\u3000space, thin\u2009space, hair\u200aspace",
        "soft cafe\u0301",
        "",
    ),
)
def test_must_not_change(text: str) -> None:
    assert tidied(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "expected", "counts"),
    (
        ("Mr\u00a0Smith\u00a0", "Mr Smith ", {"nbsp": 2}),
        ("5\u00a0km, 5\u00a0\u00a06", "5 km, 5  6", {"nbsp": 3}),
        ("oui\u00a0\u00a0!", "oui \u00a0!", {"nbsp": 1}),
        ("Bundes\u00adrats\u00adwahl", "Bundesratswahl", {"soft-hyphen": 2}),
        ("no\u200bbreak\u2060 here\ufeff", "nobreak here", {"zero-width": 3}),
        ("Auf\u200clage", "Auflage", {"zero-width": 1}),
        ("\u200dfi\u200dx\u200d", "fix", {"zero-width": 3}),
        ("😀\u200d and so", "😀 and so", {"zero-width": 1}),
        ("ok\u200d😀", "ok😀", {"zero-width": 1}),
        ("👩\u200d\u200b🚀", "👩\u200d🚀", {"zero-width": 1}),
        ("👩\u200c🚀", "👩🚀", {"zero-width": 1}),
        ("中\u200b文", "中文", {"zero-width": 1}),
        ("สะพาน\u200b new", "สะพาน new", {"zero-width": 1}),
        ("م\u200b\u200cی", "م\u200cی", {"zero-width": 1}),
        ("क्\u00ad\u200dष", "क्\u200dष", {"soft-hyphen": 1}),
    ),
)
def test_changes(text: str, expected: str, counts: dict[str, int]) -> None:
    assert tidied(text) == (expected, counts)


@given(st.text(st.sampled_from(ODD + "a1 «»!€कم😀ข\u200e\ufe0f\n")))
def test_twice_is_once(text: str) -> None:
    once, counts = tidied(text)
    assert tidied(once) == (once, {})
    assert bool(counts) == (once != text)
    assert [
        character for character in once if character not in ODD and character != " "
    ] == [character for character in text if character not in ODD and character != " "]

"""Text in many languages, and text that was damaged in every way that we know of."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES
from ftfy.chardata import CHARMAP_ENCODINGS
from hypothesis import strategies as st

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

SAMPLES: dict[str, str] = json.loads(
    (Path(__file__).parent / "samples.json").read_text(encoding="utf-8")
)
CLUES = "".join(MOJIBAKE_CATEGORIES.values())
GLITCHES = (
    *(
        "\r\n",
        "\r",
        "\n",
        "\n\n",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0c",
        "\x0b",
        "\x1c",
        "\0",
        "\x07",
        "\x7f",
        "\x1b[31m",
    ),
    *(
        "&amp;",
        "&amp;amp;",
        "&amp;quot;",
        "&lt",
        "&lt;",
        "&eacute;",
        "&EACUTE;",
        "&#8217;",
        "&#x200b;",
        "&shy;",
        "&zwj;",
    ),
    *("&\u00adamp;", "&\u200bamp;", "AT&T", "R&D", "&nosuch;", "&#xd83d;", "&#0;", "&"),
    *(
        "\ufeff",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\u00ad",
        "\u00a0",
        "1\u00a02",
        "\u00a0»",
        "«\u00a0",
        "\u202f",
    ),
    *(
        "ﬁ",
        "Ｌ",
        "e\u0301",
        "\u212a",
        "\u0958",
        "K\u0323\u0307",
        "न",
        "م",
        "😀",
        "👩\u200d🚀",
        "\u200e",
        "\u206a",
        "\ufffc",
    ),
    *(
        "\ud83d\ude00",
        "\ud800",
        "\udc00",
        "Ã ",
        "Â",
        "Ã",
        "œ",
        "\ufffd",
        "â€\ufffd",
        "à la",
        "€",
        "×²",
        "вЂ™",
        "ā€",
        "â€\u200b™",
    ),
    *(
        "'",
        '"',
        "‘",
        "’",
        "“",
        "”",
        "„",
        "«",
        "»",
        "‹",
        "›",
        " '",
        "' ",
        ' "',
        '" ',
        "s' a",
        "5'11\"",
        "–",
        "…",
    ),
    *("Сlick ", " hеrе", " yօu ", "а", "ａb", "𝐁𝐞𝐬t ", "cafе\u0301 ", "о&аmp;"),
)


def misread(text: str, encoding: str) -> str:
    """Return UTF-8 read as another encoding; as it is where that cannot be."""
    try:
        return text.encode("utf-8", "surrogatepass").decode(encoding)
    except UnicodeDecodeError:
        return text


def _damaged() -> SearchStrategy[str]:
    words = [word for sample in SAMPLES.values() for word in sample.split()]
    plain = st.lists(st.sampled_from(words), max_size=12).map(" ".join)
    clues = st.text(st.sampled_from(CLUES + " abZ.,?!\n"), max_size=12)
    anything = st.text(st.characters(exclude_categories=()), max_size=12)
    pieces = st.lists(
        st.one_of(plain, clues, anything, st.sampled_from(GLITCHES)), max_size=8
    ).map("".join)
    readings = st.lists(st.sampled_from(CHARMAP_ENCODINGS), max_size=2)
    return st.tuples(pieces, readings, pieces).map(
        lambda parts: reduce(misread, parts[1], parts[0]) + parts[2]
    )


@pytest.fixture(scope="session")
def samples() -> dict[str, str]:
    """The same piece of news in many languages, by ISO 639-1 code."""
    return SAMPLES


@pytest.fixture(scope="session")
def damaged() -> SearchStrategy[str]:
    """Mojibake of one and two steps in ten encodings, controls, entities, line ends, joiners, quotes, random text."""
    return _damaged()


@pytest.fixture(scope="session")
def wreck() -> Callable[[random.Random], str]:
    """The same, faster and seeded: each call returns another damaged text of a few lines."""
    texts = list(SAMPLES.values())

    def make(chance: random.Random) -> str:
        text = chance.choice(texts)[: chance.randint(0, 200)]
        for _ in range(chance.choice((0, 1, 1, 2))):
            text = misread(text, chance.choice(CHARMAP_ENCODINGS))
        text += "".join(chance.choices(CLUES, k=chance.choice((0, 0, 3, 6))))
        for _ in range(chance.choice((0, 0, 1, 2, 5))):
            place = chance.randint(0, len(text))
            text = text[:place] + chance.choice(GLITCHES) + text[place:]
        return (
            text
            + chance.choice(("", "\n", "\r\n"))
            + chance.choice(texts)[: chance.choice((0, 40))]
        )

    return make

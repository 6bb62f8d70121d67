"""Frames of slots stand where a loop over all of them says that they do."""

from __future__ import annotations

import random
import time
from itertools import pairwise, product

import pytest

from cleaner.rulebook.scan.folding import fold
from cleaner.rulebook.slot_frames import (
    FIRST_WORDS,
    MAX_CHARS,
    MAX_GAP,
    Frame,
    Frames,
    Slot,
)

WORDS = {
    Slot("en", "call"): ("Read", "watch", "see"),
    Slot("en", "thing"): ("story", "video", "more"),
    Slot("de", "call"): ("lesen", "Sehen"),
    Slot("de", "thing"): ("Video", "Straße", "mehr"),
}
FRAMES = [
    Frame(language="en", slots=("call", "thing")),
    Frame(language="de", slots=("call", "thing")),
    Frame(language="de", slots=("thing", "call")),
    Frame(language="en", slots=("call", "call", "thing")),
]


def naive(line: str) -> list[int]:
    words = "".join(
        char if char.isalnum() or char == "_" else " " for char in fold(line)
    ).split()
    found = []
    for number, frame in enumerate(FRAMES):
        slots = [
            {fold(word) for word in WORDS[Slot(frame.language, name)]}
            for name in frame.slots
        ]
        rows = product(
            *(
                [place for place, word in enumerate(words) if word in slot]
                for slot in slots
            )
        )
        if any(
            row[0] < FIRST_WORDS
            and all(
                0 < after - before <= MAX_GAP + 1 for before, after in pairwise(row)
            )
            for row in rows
        ):
            found.append(number)
    return found


@pytest.mark.parametrize(
    ("line", "wanted"),
    (
        ("READ the full story", [0]),
        ("Now read it: more", [0]),
        ("It is a read, this story", []),
        ("Mehr lesen", [2]),
        ("Sehen Sie das Video", [1]),
        ("read one two three four five six story", [0]),
        ("read one two three four five six seven story", []),
        ("lesen: STRASSE", [1]),
        ("See, read, watch more", [0, 3]),
        ("story", []),
        ("", []),
        ("read more " + "x" * MAX_CHARS, []),
    ),
)
def test_frames(line: str, wanted: list[int]) -> None:
    assert Frames(WORDS, FRAMES).find(fold(line)) == wanted


def test_frames_as_by_a_naive_loop() -> None:
    chance = random.Random(4)  # noqa: S311 - the same every time
    lexicon = [
        *(word for words in WORDS.values() for word in words),
        "the",
        "of",
        "x",
        "-",
        "…",
        "now",
    ]
    frames = Frames(WORDS, FRAMES)
    hits = 0
    for _ in range(2_000):
        line = " ".join(chance.choices(lexicon, k=chance.randint(1, 12)))
        hits += bool(naive(line))
        assert frames.find(fold(line)) == naive(line), line
    assert hits > 500


def test_the_cost_hardly_grows_with_the_languages() -> None:
    chance = random.Random(4)  # noqa: S311 - the same every time
    made = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(4_000)]
    words = {
        Slot(str(number), name): chance.sample(made, 40)
        for number in range(40)
        for name in ("call", "thing")
    }
    frames = [
        Frame(language=str(number), slots=("call", "thing")) for number in range(40)
    ]
    few = Frames(
        {slot: some for slot, some in words.items() if int(slot.language) < 2},
        frames[:2],
    )
    many = Frames(words, frames)
    lines = [
        " ".join(
            chance.choices(
                ["the", "day", "was", "long", "and", "so", "on", "he", "said"], k=12
            )
        )
        for _ in range(300)
    ]
    times: list[list[float]] = [[], []]
    for _ in range(20):
        for finder, taken in zip((few, many), times, strict=True):
            began = time.process_time()
            for line in lines:
                finder.find(line)
            taken.append(time.process_time() - began)
    assert min(times[1]) < 3 * min(times[0])

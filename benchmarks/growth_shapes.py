"""The innocent shapes of `growth.py`: texts and pages in which one thing comes again and again, as they are found.

A shape is a unit that is repeated until the size is reached, between a head and a tail. Every unit knows its number and
a dice of its own seed, so that texts of two sizes share no line but those that their shape repeats on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Literal, NamedTuple

Unit = Callable[[Random, int], str]
Kind = Literal["text", "page"]

NOUNS = [
    "harbour",
    "council",
    "bridge",
    "baker",
    "teacher",
    "river",
    "library",
    "market",
    "doctor",
    "ferry",
    "orchard",
    "signal",
    "engine",
    "letter",
    "window",
    "tower",
    "winter",
    "garden",
    "railway",
    "captain",
    "museum",
    "valley",
    "school",
    "minister",
    "theatre",
    "factory",
    "island",
    "lantern",
    "journey",
    "concert",
]
_VERBS = [
    "closed",
    "opened",
    "crossed",
    "painted",
    "counted",
    "followed",
    "carried",
    "promised",
    "measured",
    "repaired",
    "remembered",
    "visited",
    "finished",
    "published",
    "refused",
    "discovered",
    "protected",
    "mentioned",
    "borrowed",
    "delivered",
]
_ENDS = (
    "before the first snow fell",
    "after a debate of five hours",
    "because nobody had asked the neighbours",
    "while the rain went on all night",
    "although the money had been spent in spring",
    "in front of three hundred people",
    "according to the office on the quay",
    "with a little help from the next town",
)
_NAMES = ("Ida", "Oskar", "Vera", "Iris", "Jonas", "Maren", "Tilda", "Emil")
_SURNAMES = ("Lind", "Holm", "Berg", "Sand", "Falk", "Brook", "Weber", "Moss")
_KANJI = "港町橋川市長学校図書館新聞記者会見発表計画午後電車駅前広場議員病院雨雪春夏秋冬北南東西"
STORY = (
    "The island town has closed its bridge after a diver found a crack in the pillar that carries the middle.",
    "Nobody may cross it on foot either, the mayor said, since the crack has grown within two days.",
    "The second half of the bridge will be closed until the spring, because the steel has not come from the works.",
    "The shops on the island have asked for a ferry, and the council has promised them an answer by Friday.",
    "Two boats would be enough",
    "The ferry would cost as much in a week as the bridge in a month, according to the harbour office.",
)


class Shape(NamedTuple):
    """What a document is made of."""

    name: str
    kind: Kind
    unit: Unit
    head: str = ""
    tail: str = ""

    def make(self, size: int, turn: int = 0) -> bytes:
        """Return a document of about so many bytes, in UTF-8. The same one for the same size and turn."""
        dice = Random(size + turn)  # noqa: S311 - no secret
        parts, length = [self.head], len(self.head) + len(self.tail)
        while length < size:
            parts.append(self.unit(dice, len(parts)))
            length += len(parts[-1].encode())
        return "".join([*parts, self.tail]).encode()


def sentence(dice: Random, number: int) -> str:
    """Return a sentence of thirteen words or more that no other number has."""
    noun, verb = dice.choice(NOUNS), dice.choice(_VERBS)
    return f"The {noun} number {number} {verb} the {dice.choice(NOUNS)} of the {dice.choice(NOUNS)} {dice.choice(_ENDS)}."


def paragraph(dice: Random, number: int) -> str:
    """Return three sentences."""
    return " ".join(sentence(dice, 3 * number + place) for place in range(3))


def headline(dice: Random, number: int) -> str:
    """Return a line of seven words without a full stop."""
    return f"{dice.choice(NOUNS).title()} {number} {dice.choice(_VERBS)} {dice.choice(NOUNS)} near old {dice.choice(NOUNS)}"


def person(dice: Random) -> str:
    """Return a name."""
    return f"{dice.choice(_NAMES)} {dice.choice(_SURNAMES)}"


def _line(make: Unit) -> Unit:
    return lambda dice, number: make(dice, number) + "\n"


def _same(text: str) -> Unit:
    return lambda dice, number: text  # noqa: ARG005 - the signature of every unit


def _below(*makers: Unit | str) -> Unit:
    """Return a unit of lines that stand one under the other."""
    return lambda dice, number: "".join(
        (make if isinstance(make, str) else make(dice, number)) + "\n"
        for make in makers
    )


def _day(dice: Random) -> str:
    return f"{dice.choice(('January', 'March', 'May', 'June'))} {dice.randint(1, 28)}, 20{dice.randint(18, 25)}"


def _signature(dice: Random, number: int) -> str:
    name = person(dice)
    return f"— {name} (@{name.replace(' ', '')}{number % 97}) {_day(dice)}"


def _post(dice: Random, number: int) -> str:
    return f"I have seen the {dice.choice(NOUNS)} {number} and our {dice.choice(NOUNS)} will never be the same #{dice.choice(NOUNS)}"


def _pull_quote(dice: Random, number: int) -> str:
    said, name = sentence(dice, number).rstrip("."), person(dice)
    return f"{said}\n— {name}\n“{said},” {name.split()[1]} said. {sentence(dice, number + 1)}\n"


def _teaser(dice: Random, number: int) -> str:
    text = paragraph(dice, number)
    return f"{text[:90].rsplit(' ', 1)[0]} …\n{text}\n"


def _kanji(dice: Random, number: int) -> str:
    return "".join(dice.choices(_KANJI, k=60)) + f"第{number}号。"


def _menu(dice: Random, number: int) -> str:
    """Return a piece of a flattened page: a label, headlines, now and then a paragraph."""
    lines = [
        dice.choice(NOUNS).title(),
        *(headline(dice, 5 * number + place) for place in range(4)),
    ]
    return (
        "\n".join([*lines, *([paragraph(dice, number)] if number % 4 == 0 else [])])
        + "\n"
    )


def _table_row(dice: Random, number: int) -> str:
    return f"{number}\t{person(dice)}\t{dice.randint(1, 99)}\t{dice.randint(100, 999)}.{dice.randint(0, 9)}"


_CHORUS = "Oh carry me over the slow canal, my darling and my dear,\nand cannot hear the water run, and cannot see you here.\n"

_TEXTS: dict[str, Unit] = {
    "paragraphs": _below(paragraph, ""),
    "one line": lambda dice, number: sentence(dice, number) + " ",
    "one word": _same("harbour"),
    "short lines": lambda dice, number: f"{dice.choice(NOUNS)} {number % 1000}\n",
    "short lines and a paragraph": lambda dice, number: (
        f"{dice.choice(NOUNS)}\n" if number % 1000 else f"{STORY[0]}\n"
    ),
    "five short lines in turn": lambda dice, number: f"{NOUNS[number % 5]}\n",  # noqa: ARG005
    "distinct lines": _line(headline),
    "sentences": _line(sentence),
    "hashtag lines": lambda dice, number: f"#{dice.choice(NOUNS)}{number}\n",
    "label": _same("Advertisement\n"),
    "label that no rule knows": _same("Picture\n"),
    "label and paragraph": _below("Advertisement", paragraph),
    "label and paragraph apart": _below(paragraph, "", "Advertisement", ""),
    "same paragraph": _same(" ".join(STORY[:2]) + "\n"),
    "same paragraph apart": _same(" ".join(STORY[:2]) + "\n\n"),
    "two paragraphs in turn": lambda dice, number: STORY[number % 2] + "\n",  # noqa: ARG005
    "article again and again": _same("\n".join(STORY) + "\n"),
    "article again and again, with labels": _same(
        "\n".join(STORY) + "\nAdvertisement\n"
    ),
    "every paragraph twice": lambda dice, number: 2 * (paragraph(dice, number) + "\n"),
    "posts": _below(_post, _signature),
    "posts among paragraphs": _below(paragraph, _post, _signature),
    "posts at the end of paragraphs": lambda dice, number: (
        f"{paragraph(dice, number)} {_post(dice, number)} {_signature(dice, number)}\n"
    ),
    "signatures alone": _line(_signature),
    "questions and answers": lambda dice, number: (
        f"What did the {dice.choice(NOUNS)} say about {number}?\n{sentence(dice, number)}\n"
    ),
    "refrains": lambda dice, number: sentence(dice, number) + "\n" + _CHORUS,
    "raw page": _menu,
    "blank lines": _same("\n"),
    "lines of spaces": _same("   \n"),
    "quotations": lambda dice, number: f"“{sentence(dice, number)}”\n",
    "pull quotes": _pull_quote,
    "teasers with three dots": _teaser,
    "list items": lambda dice, number: f"- {headline(dice, number)}\n",
    "numbered items": lambda dice, number: f"{number}. {headline(dice, number)}\n",
    "table rows": _line(_table_row),
    "dialogue": lambda dice, number: f"– {sentence(dice, number)}\n",
    "comments": lambda dice, number: (
        f"{person(dice)}\n{number % 24} hours ago\n{sentence(dice, number)}\nReply\nShare\n"
    ),
    "cards": lambda dice, number: (
        f"{headline(dice, number)}\nHarbour News\n{number % 24} hours ago\n"
    ),
    "live blog": lambda dice, number: (
        f"{number % 24:02}:{number % 60:02} {sentence(dice, number)}\n"
    ),
    "addresses": lambda dice, number: (
        f"https://example.org/{dice.choice(NOUNS)}/{number}\n"
    ),
    "credits": lambda dice, number: (
        f"{paragraph(dice, number)}\n(Photo by {person(dice)}/Reuters)\n"
    ),
    "related stories": lambda dice, number: (
        f"{paragraph(dice, number)}\nRead more: {headline(dice, number)}\n"
    ),
    "text without spaces": _line(_kanji),
    "Cyrillic": lambda dice, number: (
        f"Совет города решил {number} раз, что мост через реку останется закрытым до {dice.randint(1, 28)} мая.\n"
    ),
    "wrongly decoded": lambda dice, number: (
        f"{person(dice)} saidâ€™s cafÃ© {number} â€œis closedâ€\x9d. {sentence(dice, number)}\n"
    ),
    "Windows lines": lambda dice, number: paragraph(dice, number) + "\r\n\r\n",
}

TEXTS = tuple(Shape(name, "text", unit) for name, unit in _TEXTS.items())

"""Imaginary outlets with their templates, and bodies for their articles: corpora of which every line's origin is known.

The templates stand in `outlets.yaml`, `unseen.yaml` and `last.yaml`. Bodies are put together from `sentences.yaml`, or, for English and
German outlets where the environment names a folder of benchmark pages (CLEANER_BENCH), taken from there; nothing of those is
copied into the project.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from cleaner.io.readers import Input, Record
from cleaner.learn.observe import Observer
from cleaner.learn.profile import Profile
from cleaner.learn.propose import propose
from cleaner.learn.write import write
from cleaner.model import Document, Source
from cleaner.rulebook.engine.evaluate import find
from cleaner.rulebook.loading.load import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.pipeline import Cleaner

HERE = Path(__file__).parent
DOCUMENTS = 40
BENCH_LANGUAGES = ("en", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document and where its lines come from: `t` template, `n` news that repeats, `b` body, `u` not sayable."""

    outlet: str
    url: str
    lines: tuple[str, ...]
    origins: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@cache
def pieces(language: str) -> dict[str, Any]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(
        (HERE / "sentences.yaml").read_text(encoding="utf-8")
    )
    return loaded[language]


def sentence(language: str, dice: random.Random) -> str:
    words = pieces(language)

    def clause() -> str:
        return " ".join(
            dice.choice(words[part]) for part in ("subjects", "verbs", "objects")
        )

    other = clause()
    second = (
        f", {dice.choice(words['glue'])} {other[0].lower()}{other[1:]}"
        if dice.random() < 0.4
        else ""
    )
    figure = f" ({dice.randint(2, 980)})" if dice.random() < 0.1 else ""
    return f"{clause()} {dice.choice(words['ends'])}{second}{figure}."


def paragraph(language: str, dice: random.Random) -> str:
    return " ".join(sentence(language, dice) for _ in range(dice.randint(1, 4)))


def title(language: str, dice: random.Random) -> str:
    words = pieces(language)
    return f"{dice.choice(words['subjects'])} {dice.choice(words['verbs'])} {dice.choice(words['objects'])}"


def made_up(language: str, dice: random.Random) -> list[str]:
    return [paragraph(language, dice) for _ in range(dice.randint(5, 14))]


@cache
def real_bodies(language: str) -> tuple[tuple[str, ...], ...]:
    """Return bodies of the benchmark's pages in a language, read where they are."""
    from cleaner.text.language import detect_language  # noqa: PLC0415 - only with a benchmark

    folder = Path(os.environ.get("CLEANER_BENCH", ""))
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / "data" / "html").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in map(json.loads, file):
                lines = tuple(
                    line.strip()
                    for line in (record.get("body") or "").split("\n")
                    if line.strip()
                )
                if len(lines) > 3 and detect_language("\n".join(lines)) == language:
                    found.setdefault(record.get("url") or record["id"], lines)
    return tuple(found.values())


@dataclass(slots=True, kw_only=True)
class Press:
    """Prints the documents of one outlet."""

    outlet: dict[str, Any]
    dice: random.Random
    bodies: list[tuple[str, ...]] = field(default_factory=list)

    def fill(self, line: str, author: str) -> str:
        words, dice = pieces(self.outlet["language"]), self.dice
        day, month, year = (
            dice.randint(1, 28),
            dice.choice(words["months"]),
            dice.choice([2023, 2024, 2025]),
        )
        values: dict[str, Callable[[], str]] = {
            "author": lambda: author,
            "person": lambda: dice.choice(words["names"]),
            "date": lambda: words["date"].format(d=day, month=month, y=year),
            "time": lambda: f"{dice.randint(6, 22)}:{dice.randint(10, 59)}",
            "n": lambda: f"{dice.randint(2, 1400)}",
            "title": lambda: title(self.outlet["language"], dice),
            "section": lambda: dice.choice(words["sections"]),
            "town": lambda: dice.choice(words["towns"]),
        }
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]](), line)

    def block(self, entry: str | list[str], author: str) -> list[tuple[str, str]]:
        """Return the lines of one entry of a template with their origins, or nothing where the dice say so."""
        lines = [entry] if isinstance(entry, str) else list(entry)
        share = re.match(r"(\d+)% ?", lines[0])
        if share:
            lines[0] = lines[0][share.end() :]
            if self.dice.random() * 100 >= int(share[1]):
                return []
        untold = self.outlet.get("untold", ())
        return [
            (self.fill(line, author), "u" if line in untold else "t")
            for line in lines
            if line
        ]

    def body(self) -> list[tuple[str, str]]:
        lines = (
            self.bodies.pop()
            if self.bodies
            else made_up(self.outlet["language"], self.dice)
        )
        body = [(line, "b") for line in lines]
        if self.dice.random() < 0.15:
            refrain = self.fill("{town}!", "")
            for _ in range(3):
                body.insert(self.dice.randint(1, len(body)), (refrain, "n"))
        return body

    def document(self, number: int) -> Text:
        outlet, dice = self.outlet, self.dice
        author = dice.choice(pieces(outlet["language"])["names"])
        head = [line for entry in outlet["head"] for line in self.block(entry, author)]
        tail = [line for entry in outlet["tail"] for line in self.block(entry, author)]
        body = self.body()
        for box in outlet["boxes"]:
            if dice.random() * 100 < box["share"]:
                told = box.get("template", range(len(box["lines"])))
                lines = [
                    (self.fill(text, author), "t" if at in told else "u")
                    for at, text in enumerate(box["lines"])
                ]
                place = dice.randint(1, max(1, len(body) - 1))
                body[place:place] = lines
        head.append((title(outlet["language"], dice) + f" {number}", "b"))
        for news in outlet["news"]:
            if dice.random() * 100 < news["share"]:
                line = (self.fill(dice.choice(news["lines"]), author), "n")
                place = {
                    "head": 0,
                    "last": len(body),
                    "middle": dice.randint(1, max(1, len(body) - 1)),
                }[news["at"]]
                body.insert(place, line)
        rows = [*head, *body, *tail]
        url = f"https://{outlet['host']}/{number}"
        return Text(
            outlet=outlet["host"],
            url=url,
            lines=tuple(text for text, _ in rows),
            origins="".join(origin for _, origin in rows),
        )


def outlets(
    name: str = "outlets.yaml", half: str | None = None
) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [outlet for outlet in loaded if half in (None, outlet.get("half"))]


def corpus(
    some: list[dict[str, Any]], *, real: bool, seed: int = 7, documents: int = DOCUMENTS
) -> list[Text]:
    """Return the documents of some outlets, in the order in which a crawler may meet them; a few articles come twice."""
    pools: dict[str, list[tuple[str, ...]]] = {}
    for language in BENCH_LANGUAGES if real else ():
        pools[language] = list(real_bodies(language))
        random.Random(seed).shuffle(pools[language])  # noqa: S311 - a corpus, not a secret
    texts = []
    for outlet in some:
        pool = pools.get(outlet["language"], [])
        bodies, pool[:documents] = pool[:documents], []
        press = Press(
            outlet=outlet,
            dice=random.Random(f"{seed} {outlet['host']}"),  # noqa: S311
            bodies=bodies,
        )
        mine = [press.document(number) for number in range(documents)]
        texts += [*mine, mine[3], mine[3], mine[5]]
    random.Random(seed).shuffle(texts)  # noqa: S311
    return texts


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of the benchmark; tests that need it are skipped where it is not named."""
    folder = os.environ.get("CLEANER_BENCH")
    if not folder:
        pytest.skip("CLEANER_BENCH names no folder of benchmark pages")
    return Path(folder)


@dataclass(slots=True)
class Score:
    """How many template lines were found, and how many of the lines that were found are template."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)


def learned(texts: list[Text], cleaner: Cleaner | None = None) -> Profile:
    """Return the profile of some documents."""
    profile = Profile()
    observer = Observer(profile, cleaner)
    place = Input(id="corpus", path=None, format="text", stem="corpus")
    for number, text in enumerate(texts):
        observer.observe(
            Record(
                input=place, source=Source(id=str(number), data=text.text, url=text.url)
            )
        )
    return profile


def score(texts: list[Text], pack: str) -> tuple[Score, Score, list[tuple[str, str]]]:
    """Run a pack over documents, live: scores of lines and of distinct lines, and the lines that it takes wrongly."""
    loaded = load_text(pack).require()
    book = loaded.only(*loaded.rules)
    lines, distinct = Score(), Score()
    wrong: list[tuple[str, str]] = []
    seen: set[tuple[str, str, bool]] = set()
    for text in texts:
        document = Document(text=text.text, site=text.outlet, language=None)
        taken: set[int] = set()
        for edit in find(book, document, "bold").edits:
            taken.update(
                range(
                    edit.match.line, document.line_at(max(edit.start, edit.end - 1)) + 1
                )
            )
        for number, (line, origin) in enumerate(
            zip(text.lines, text.origins, strict=True)
        ):
            if origin == "u" or (number not in taken and origin != "t"):
                continue
            new = (text.outlet, line, number in taken) not in seen
            seen.add((text.outlet, line, number in taken))
            for each in (lines, distinct) if new else (lines,):
                each.found += number in taken and origin == "t"
                each.wrong += origin != "t"
                each.missed += number not in taken
            if origin != "t":
                wrong.append((text.outlet, line))
    return lines, distinct, wrong


def proposed(texts: list[Text], cleaner: Cleaner | None = None) -> str:
    """Return the pack that is proposed for some documents."""
    written = write(propose(learned(texts, cleaner)).sources)
    assert written.left_out == []
    return written.text


def taken(texts: list[str], site: str) -> set[str]:
    """Return the lines that the rules proposed for some documents of a site would take from them."""
    some = [
        Text(
            outlet=site,
            url=f"https://{site}/{number}",
            lines=tuple(text.split("\n")),
            origins="b" * (text.count("\n") + 1),
        )
        for number, text in enumerate(texts)
    ]
    pack = proposed(some)
    return {line for _, line in score(some, pack)[2]} if "- id:" in pack else set()


@pytest.fixture(scope="session")
def press() -> SimpleNamespace:
    """What tests need to print documents and to learn from them."""
    return SimpleNamespace(
        corpus=corpus,
        learned=learned,
        made_up=made_up,
        outlets=outlets,
        proposed=proposed,
        real_bodies=real_bodies,
        score=score,
        taken=taken,
    )

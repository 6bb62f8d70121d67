"""Speed of the text path, side by side with peers, on one core, in one process: medians of several rounds.

    python benchmarks/text.py [FOLDER] [--rounds 5] [--json out.json]

FOLDER holds `.txt` files, or `.jsonl.gz` files with a `lines` list a record (labelled lines of public news pages);
without it the five seed documents are used. Rows:

* the whole path (decode, repair, language, match, policy, article) with the shipped packs, from bytes;
* `ftfy.fix_text` alone on the same texts;
* a loop of compiled `re` patterns over the lines, for the same phrases, beside our scan: at 100 and at 1,000 rules;
* the whole path with 100, 1,000 and 10,000 rules made from words of the texts (four in five a whole line, one in five
  inside a line, one in five with a placeholder), and the time to compile them.

Every round runs all rows one after the other, so that a slow moment of the machine touches all of them; CPU seconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy

from cleaner import Cleaner
from cleaner.model import Document
from cleaner.rulebook.book import RuleBook
from cleaner.rulebook.phrases import PLACEHOLDERS
from cleaner.rulebook.rule import Rule
from cleaner.verbs._view import Lines, Spans
from cleaner.verbs.remove_lines import RemoveLines
from cleaner.verbs.remove_text import RemoveText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SIZES = (100, 1_000, 10_000)
LOOP_SIZES = (100, 1_000)
LOOP_DOCUMENTS = 12
"""A loop of 1,000 patterns manages a fifth of a megabyte a second: it gets a sample."""


def read_texts(folder: Path) -> list[str]:
    """Return the documents of a folder."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            texts += ["\n".join(json.loads(row)["lines"]) for row in rows]
    if not texts:
        raise SystemExit(f"{folder} holds neither .txt nor .jsonl.gz files")
    return texts


def make_phrases(texts: Sequence[str], count: int) -> list[str]:
    """Return phrases of two to eight words of the texts; one in five has a placeholder. The same ones every time."""
    dice = random.Random(7)  # noqa: S311 - no secret
    words = sorted({word for text in texts for word in text.split() if word.isalpha() and len(word) > 3})
    phrases = [" ".join(dice.choices(words, k=dice.randint(2, 8))) for _ in range(count)]
    return [f"{phrase} <any>" if number % 5 == 0 else phrase for number, phrase in enumerate(phrases)]


def make_book(phrases: Sequence[str]) -> RuleBook:
    """Return a book with one rule a phrase."""
    rules = [
        Rule(
            id=f"made.{number}",
            status="live",
            confidence="high",
            verb=RemoveText(phrases=Spans([phrase])) if number % 5 == 1 else RemoveLines(phrases=Lines([phrase])),
        )
        for number, phrase in enumerate(phrases)
    ]
    return RuleBook(rules=tuple(rules))


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def clean_all(cleaner: Cleaner, data: Sequence[bytes]) -> None:
    """Run the whole path over all documents."""
    for each in data:
        cleaner.clean(each).to_dict()


def loop(patterns: Sequence[tuple[re.Pattern[str], bool]], texts: Sequence[str]) -> int:
    """Do what most scripts do: every pattern on every line."""
    hits = 0
    for text in texts:
        for line in text.split("\n"):
            for pattern, whole in patterns:
                hits += (pattern.fullmatch(line) if whole else pattern.search(line)) is not None
    return hits


def as_re(phrase: str) -> re.Pattern[str]:
    """Return a phrase as a pattern of `re`, without our tolerance for typography."""
    parts = [re.escape(part) for part in phrase.split("<any>")]
    return re.compile(PLACEHOLDERS["any"].join(parts), re.IGNORECASE)


def measure(texts: list[str], rounds: int) -> dict[str, float]:
    """Return the figures: megabytes a second and ratios, medians over the rounds."""
    data = [text.encode() for text in texts]
    size = sum(map(len, data)) / 1e6
    sample = texts[:: max(1, len(texts) // LOOP_DOCUMENTS)][:LOOP_DOCUMENTS]
    sample_size = sum(len(text.encode()) for text in sample) / 1e6
    phrases = {count: make_phrases(texts, count) for count in SIZES}
    compile_seconds = []
    cleaners: dict[int, Cleaner] = {}
    for count in SIZES:
        book = make_book(phrases[count])
        compile_seconds.append(seconds(book.matcher.compile))
        cleaners[count] = Cleaner(book)
    loops = {
        count: [(as_re(phrase), number % 5 != 1) for number, phrase in enumerate(phrases[count])]
        for count in LOOP_SIZES
    }
    shipped = Cleaner.default()
    documents = [Document(text=text) for text in sample]
    rows: dict[str, tuple[float, Callable[[], object]]] = {
        "ours, shipped packs": (size, lambda: clean_all(shipped, data)),
        "ftfy.fix_text": (size, lambda: [ftfy.fix_text(text) for text in texts]),
    }
    for count in SIZES:
        rows[f"ours, {count} rules"] = (size, lambda count=count: clean_all(cleaners[count], data))  # type: ignore[misc]
    for count in LOOP_SIZES:
        matcher = cleaners[count].rulebook.matcher
        rows[f"scan, {count} rules"] = (sample_size, lambda m=matcher: [m.scan(each) for each in documents])  # type: ignore[misc]
        rows[f"re loop, {count} rules"] = (sample_size, lambda count=count: loop(loops[count], sample))  # type: ignore[misc]
    for _, work in list(rows.values())[:5]:
        work()
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, (_, work) in rows.items():
            times[name].append(seconds(work))
    figures = {f"{name}, MB/s": megabytes / statistics.median(times[name]) for name, (megabytes, _) in rows.items()}
    return figures | _ratios(times) | {f"compile {n} rules, s": s for n, s in zip(SIZES, compile_seconds, strict=True)}


def _ratios(times: dict[str, list[float]]) -> dict[str, float]:
    """Return the ratios round by round, medians."""

    def ratio(slow: str, fast: str) -> float:
        return statistics.median(a / b for a, b in zip(times[slow], times[fast], strict=True))

    return {
        "times as fast as ftfy alone": ratio("ftfy.fix_text", "ours, shipped packs"),
        "scan against re loop, 100 rules": ratio("re loop, 100 rules", "scan, 100 rules"),
        "scan against re loop, 1000 rules": ratio("re loop, 1000 rules", "scan, 1000 rules"),
        "growth from 100 to 1000 rules": ratio("ours, 1000 rules", "ours, 100 rules"),
        "growth from 100 to 10000 rules": ratio("ours, 10000 rules", "ours, 100 rules"),
        "growth from 1000 to 10000 rules": ratio("ours, 10000 rules", "ours, 1000 rules"),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures")
    options = parser.parse_args()
    texts = read_texts(options.folder)
    print(f"{len(texts)} documents, {sum(len(text.encode()) for text in texts) / 1e6:.1f} MB, {options.rounds} rounds")
    figures = measure(texts, options.rounds)
    for name, value in figures.items():
        print(f"{name:<42}{value:>10.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

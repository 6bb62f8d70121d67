"""What `text.py` sets beside ours: repairing text, and the line and document filters of pipelines for language models.

A peer is imported when it is asked for; one that is not installed raises ImportError, and the table names it as missing.
datatrove's filters split into sentences and words with a tokenizer: their own (spaCy, `pip install datatrove spacy`),
or here also one that calls `str.split`, which they take as `language`: the least that such a filter can cost.
dolma asks for older versions of what others need: give it an environment of its own, or `pip install --no-deps dolma`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.turn_worker import Input, Peer

WARM = "One sentence to load everything before the clock starts.\nAnd, for good measure, it is followed by another one."


def _cleaner() -> Peer:
    from cleaner import Cleaner  # noqa: PLC0415

    cleaner = Cleaner.default()
    return lambda document: cleaner.clean(document.data).to_dict()


def _ftfy() -> Peer:
    from ftfy import fix_text  # noqa: PLC0415

    return lambda document: fix_text(document.text)


def _datatrove(names: tuple[str, ...], **language: Any) -> Peer:  # noqa: ANN401 - a tokenizer, or nothing for their own
    from datatrove.data import Document  # noqa: PLC0415
    from datatrove.pipeline import filters  # noqa: PLC0415

    some = [getattr(filters, name)(**language) for name in names]

    def judge(document: Input) -> None:
        judged = Document(text=document.text, id="")
        for one in some:
            one.filter(judged)

    return judge


def _by_split() -> Any:  # noqa: ANN401 - of another library
    """Return a tokenizer of datatrove's kind that splits at full stops and white space."""
    from datatrove.utils.word_tokenizers import WordTokenizer  # noqa: PLC0415

    class BySplit(WordTokenizer):  # type: ignore[misc] # whoever checks the types has datatrove, or has not
        def word_tokenize(self, text: str) -> list[str]:
            return text.split()

        def sent_tokenize(self, text: str) -> list[str]:
            return text.split(". ")

        def span_tokenize(self, text: str) -> list[tuple[int, int]]:
            spans, start = [], 0
            for sentence in self.sent_tokenize(text):
                spans.append((start, start + len(sentence)))
                start += len(sentence) + 2
            return spans

    return BySplit()


C4 = ("C4QualityFilter",)
GOPHER = ("GopherQualityFilter", "GopherRepetitionFilter")


def _dolma() -> Peer:
    from dolma.core.data_types import Document  # noqa: PLC0415
    from dolma.taggers.c4 import C4Tagger  # noqa: PLC0415
    from dolma.taggers.gopher import GopherTagger  # noqa: PLC0415

    taggers = [C4Tagger(), GopherTagger()]

    def judge(document: Input) -> None:
        judged = Document(source="", id="", text=document.text)
        for one in taggers:
            one.predict(judged)

    return judge


PEERS: Mapping[str, Callable[[], Peer]] = {
    "cleaner": _cleaner,
    "ftfy.fix_text": _ftfy,
    "datatrove: C4, str.split": lambda: _datatrove(C4, language=_by_split()),
    "datatrove: C4, its tokenizer": lambda: _datatrove(C4),
    "datatrove: Gopher, str.split": lambda: _datatrove(GOPHER, language=_by_split()),
    "datatrove: Gopher, its tokenizer": lambda: _datatrove(GOPHER),
    "dolma: C4 and Gopher taggers": _dolma,
}
"""The tools by the names of the table, ours first."""


def load(name: str, _: Mapping[str, Any]) -> Peer:
    """Return a tool, ready for its first document."""
    return PEERS[name]()

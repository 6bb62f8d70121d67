"""What articles look like on disk."""

from __future__ import annotations

import orjson
import pytest
import yaml

from cleaner.io.formats import front_matter
from cleaner.io.writers import FORMATS, body, line, markdown, record
from cleaner.model import Article, Removal

ARTICLE = Article(
    id="story-4",
    title='Mayor: "No" – twice',
    authors=("Jane Doe", "John Roe"),
    published="2025-01-02",
    body="First line.\n\nSecond – 日本 😀.",
    flags=("needs_review:budget",),
    removals=(
        Removal(rule="a.b", category="ads", start=3, end=5, lines=(1, 1), text="x\n"),
    ),
    extra={"score": 3, "nested": {"a": [1, None]}},
)


def test_the_body_is_written_byte_for_byte() -> None:
    assert body(ARTICLE) == ARTICLE.body.encode()


def test_the_record_holds_everything_and_says_its_schema() -> None:
    loaded = orjson.loads(record(ARTICLE))
    assert loaded == ARTICLE.to_dict() | {"removals": [dict(loaded["removals"][0])]}
    assert loaded["schema"] == "cleaner.article/1"
    assert loaded["removals"][0]["rule"] == "a.b"
    assert loaded["input"] == {"score": 3, "nested": {"a": [1, None]}}


def test_a_line_is_one_line_and_says_the_same() -> None:
    data = line(ARTICLE)
    assert data.count(b"\n") == 1
    assert data.endswith(b"\n")
    assert orjson.loads(data) == orjson.loads(record(ARTICLE))


def test_markdown_can_be_read_back() -> None:
    facts, text = front_matter.split(markdown(ARTICLE))
    assert text == body(ARTICLE)
    assert facts["title"] == ARTICLE.title
    assert facts["authors"] == ["Jane Doe", "John Roe"]
    assert "standfirst" not in facts


@pytest.mark.parametrize(
    "value", ("a: b", "# no", "- x", "---", "\u2028", "'", "no", "1e3", "😀", "a\nb")
)
def test_any_fact_survives_front_matter(value: str) -> None:
    data = markdown(Article(id="x", title=value, body="B")).decode()
    assert (
        yaml.safe_load(
            data.split("---\n")[1] if value != "---" else data[4 : data.rindex("---\n")]
        )["title"]
        == value
    )


def test_every_format_goes_to_a_stream_and_has_distinct_suffixes() -> None:
    for form in FORMATS.values():
        assert form.stream(ARTICLE)
        assert len({suffix for suffix, _ in form.files}) == len(form.files)

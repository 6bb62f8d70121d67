"""From a record to a source: text, facts, and what nobody here knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.errors import SourceError
from cleaner.io.records import TEXT_FIELDS, Fields, source_of

if TYPE_CHECKING:
    from cleaner.model import Source


def source(record: dict[str, object], fields: Fields | None = None) -> Source:
    return source_of(
        record, fields=fields or Fields(), fallback="day.jsonl#3", origin="day.jsonl"
    )


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_the_usual_names_of_the_text_are_found(name: str) -> None:
    assert source({name: "A story."}).data == "A story."


def test_the_first_text_field_that_holds_text_counts_and_the_other_is_passed_through() -> (
    None
):
    found = source({"content": "Body", "text": None, "article": "Teaser"})
    assert found.data == "Body"
    assert found.extra == {"text": None, "article": "Teaser"}


def test_facts_come_out_under_the_names_of_the_article() -> None:
    found = source({
        "text": "x", "id": 17, "url": "https://a.example/1", "title": "T", "author": "Jane Doe", "date": "2025-01-02",
        "language": "en", "score": 3,
    })  # fmt: skip
    assert (found.id, found.url) == ("17", "https://a.example/1")
    assert found.facts == {
        "title": "T",
        "authors": "Jane Doe",
        "published": "2025-01-02",
        "language": "en",
    }
    assert found.extra == {"score": 3}


def test_of_two_fields_that_say_the_same_none_is_lost() -> None:
    found = source({"text": "x", "authors": ["A"], "author": "B"})
    assert found.facts == {"authors": ["A"]}
    assert found.extra == {"author": "B"}


def test_an_empty_fact_gives_way_to_another_field() -> None:
    assert source({"text": "x", "title": "", "headline": "H"}).facts == {"title": "H"}


def test_people_of_schema_org_become_names() -> None:
    people = [
        {"@type": "Person", "name": "Jane Doe"},
        {"@type": "Organization", "name": "The Desk"},
    ]
    assert source({"text": "x", "author": people}).facts == {
        "authors": ["Jane Doe", "The Desk"]
    }


@pytest.mark.parametrize("value", (None, "", "  ", True, ["a"], {"a": 1}))
def test_an_id_that_is_none_leaves_the_place_as_id(value: object) -> None:
    found = source({"text": "x", "id": value})
    assert found.id == "day.jsonl#3"
    assert found.extra == {"id": value}


def test_options_name_other_fields() -> None:
    fields = Fields(text="story", id="guid", url="link")
    found = source(
        {
            "story": "x",
            "guid": "g1",
            "link": "https://a.example",
            "text": "teaser",
            "id": 9,
        },
        fields,
    )
    assert (found.data, found.id, found.url) == ("x", "g1", "https://a.example")
    assert found.extra == {"text": "teaser", "id": 9}


MARKUP = "<p>The ferry left at six.</p><p>It came back at nine.</p>"


@pytest.mark.parametrize(
    ("record", "fields", "data", "media_type"),
    (
        ({"html": MARKUP}, Fields(), MARKUP, "text/html"),
        ({"raw_html": "no tag"}, Fields(), "no tag", "text/html"),
        ({"raw_html": "b", "html": "a"}, Fields(), "a", "text/html"),
        ({"text": "Plain.", "html": MARKUP}, Fields(), "Plain.", "application/json"),
        ({"text": "Plain.", "html": MARKUP}, Fields(html="html"), MARKUP, "text/html"),
        ({"text": " \n", "html": MARKUP}, Fields(), MARKUP, "text/html"),
        ({"text": "", "html": None}, Fields(), "", "application/json"),
        ({"text": "", "body": "x", "html": MARKUP}, Fields(), MARKUP, "text/html"),
        ({"page": MARKUP}, Fields(html="page"), MARKUP, "text/html"),
        (
            {"page": MARKUP, "story": "Plain."},
            Fields(html="page", text="story"),
            MARKUP,
            "text/html",
        ),
        (
            {"story": "Plain."},
            Fields(html="page", text="story"),
            "Plain.",
            "application/json",
        ),
        ({"content": MARKUP}, Fields(), MARKUP, "text/html"),
        (
            {"text": "Press <b>start</b>."},
            Fields(),
            "Press <b>start</b>.",
            "application/json",
        ),
        ({"html": "Plain."}, Fields(text="html"), "Plain.", "application/json"),
    ),
)
def test_html_is_found_where_no_text_is(
    record: dict[str, object], fields: Fields, data: str, media_type: str
) -> None:
    found = source(record, fields)
    assert (found.data, found.media_type) == (data, media_type)
    assert set(found.extra.values()) == {
        value for value in record.values() if value != data
    }


@pytest.mark.parametrize(
    ("record", "fields", "says"),
    (
        (
            {"txt": "x", "b": 1},
            Fields(),
            r"no text field .*; the record has b, txt; .*--text-field",
        ),
        (
            {"storry": "x"},
            Fields(text="story"),
            "no field 'story'; the record has storry; did you mean 'storry'",
        ),
        ({"text": 5}, Fields(), "field 'text' holds a number, not text"),
        ({"text": None}, Fields(), "field 'text' holds null, not text"),
        ({"text": ["a"]}, Fields(), "field 'text' holds a list, not text"),
        ({}, Fields(), "the record has no fields at all"),
        ({"raw_html": 5}, Fields(), "field 'raw_html' holds a number, not text"),
        (
            {"b": 1},
            Fields(),
            r"no text field .* and no HTML \(html, raw_html\); the record has b",
        ),
        ({"text": "x"}, Fields(html="page"), "no field 'page'; the record has text"),
        (
            {"pge": "x"},
            Fields(html="page", text="story"),
            "no field 'page' or 'story'; .*did you mean 'pge'",
        ),
    ),
)
def test_a_record_without_text_is_told_what_is_wrong(
    record: dict[str, object], fields: Fields, says: str
) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        source(record, fields)
    assert caught.value.reason == "malformed"


def test_integers_beyond_64_bits_are_passed_on_as_others_read_them() -> None:
    extra = source(
        {"text": "a", "n": 2**70, "list": [-(2**70)], "m": 10**400, "k": 2**64 - 1}
    ).extra
    assert extra == {
        "n": float(2**70),
        "list": [-float(2**70)],
        "m": None,
        "k": 2**64 - 1,
    }

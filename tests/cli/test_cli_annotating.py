"""`sayso.annotate`: findings of one text, its spans offsets into the text as it was given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

import sayso
from sayso.settings import Settings

TEXT = "\n  “We will wait,” Mirela Sovan told the Post on Friday.\r\n\r\nAt least 40 boats sank."


@pytest.mark.language
def test_spans_are_offsets_into_the_text_as_given() -> None:
    found = sayso.annotate(TEXT, published="2024-03-02", outlet="Harbour Post")
    assert found.report.text == TEXT
    assert found.report.outlet == "Harbour Post"
    (statement,) = found.statements
    (span,) = statement.content.spans
    assert TEXT[span[0] : span[1]] == "“We will wait,”"
    assert statement.speaker is not None
    assert statement.speaker.name == "Mirela Sovan"
    (figure,) = found.figures
    assert TEXT[figure.span[0] : figure.span[1]] == "At least 40"
    friday = next(d for d in found.dates if d.text == "Friday")
    assert friday.value == "2024-03-01"


@pytest.mark.language
def test_the_same_text_gives_equal_findings() -> None:
    assert sayso.annotate(TEXT) == sayso.annotate(TEXT)


@pytest.mark.language
@pytest.mark.parametrize("text", ["", " ", "\x00", "…", "”" * 50])
def test_texts_with_nothing_in_them_have_no_statement(text: str) -> None:
    found = sayso.annotate(text)
    assert found.statements == ()
    assert found.failures == ()


@pytest.mark.language
@pytest.mark.parametrize(
    ("published", "precision", "lo", "offset"),
    [
        ("14 April 2024 - 22:03", "minute", datetime(2024, 4, 14, 22, 3, tzinfo=UTC), None),
        ("2024-04", "month", datetime(2024, 4, 1, tzinfo=UTC), None),
        (date(2024, 4, 14), "day", datetime(2024, 4, 14, tzinfo=UTC), None),
        (datetime(2024, 4, 14, 22, 3), "second", datetime(2024, 4, 14, 22, 3, tzinfo=UTC), None),
        (
            datetime(2024, 4, 14, 22, 3, tzinfo=timezone(timedelta(hours=3, minutes=30))),
            "second",
            datetime(2024, 4, 14, 18, 33, tzinfo=UTC),
            "+03:30",
        ),
    ],
)
def test_published_is_taken_as_text_date_or_datetime(
    published: str | date, precision: str, lo: datetime, offset: str | None
) -> None:
    found = sayso.annotate("Nothing.", published=published).report.published
    assert found is not None
    assert (found.precision, found.lo, found.utc_offset) == (precision, lo, offset)
    assert found.evidence == "published"


@pytest.mark.parametrize(
    ("text", "published", "message"),
    [("Nothing.", "soon", "is not a date"), ("half \ud800", None, "lone surrogate")],
)
def test_what_cannot_be_annotated_is_a_usage_error(
    text: str, published: str | None, message: str
) -> None:
    with pytest.raises(sayso.UsageError, match=message):
        sayso.annotate(text, published=published)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": None}, "text is None; give the report's text as a str"),
        ({"text": b"Nothing."}, "text is bytes; decode it first"),
        ({"text": ["Nothing."]}, "text is of type list"),
        ({"text": "Nothing.", "published": 5}, "published is of type int; give a str such as"),
        ({"text": "Nothing.", "published": b"2024"}, "published is of type bytes"),
        ({"text": "Nothing.", "outlet": 5}, "outlet is of type int; give its name as a str"),
    ],
)
def test_an_argument_of_a_wrong_type_is_a_type_error_that_says_what_to_give(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        sayso.annotate(**arguments)


def test_a_text_has_the_limit_of_a_report_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    too_long = "a" * (Settings().max_report_chars + 1)
    with pytest.raises(sayso.UsageError, match="4,000,001 characters, more than max_report_chars"):
        sayso.annotate(too_long)
    monkeypatch.setenv("SAYSO_MAX_REPORT_CHARS", "20")
    with pytest.raises(ValueError, match="max_report_chars \\(20\\); annotate it in parts"):
        sayso.annotate(TEXT)


@pytest.mark.language
def test_the_last_day_that_there_is_can_be_given() -> None:
    found = sayso.annotate("Nothing.", published=date.max).report.published
    assert found is not None
    assert found.hi == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    late = datetime.max.replace(tzinfo=timezone(timedelta(hours=-3)))
    with pytest.raises(sayso.UsageError, match="years 1 to 9999"):
        sayso.annotate("Nothing.", published=late)


@pytest.mark.language
def test_outlets_through_which_it_came_are_told() -> None:
    text = "OSTVIK (Reuters) – The port is shut, Mirela Sovan told the Varsk Times."
    found = sayso.annotate(text, outlet="Harbour Post")
    assert [(r.kind, r.outlet, text[slice(*r.span)]) for r in found.relays] == [
        ("credit", "Reuters", "Reuters"),
        ("told", "Varsk Times", "Varsk Times"),
    ]

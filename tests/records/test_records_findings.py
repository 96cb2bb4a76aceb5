"""The JSON object of one report keeps every key of its schema."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.findings import Findings, format_moment, to_number
from sayso.records.ids import hash_text
from sayso.records.report import Failure, Published, Report
from sayso.records.span import cut_fragments
from sayso.records.statement import Speaker, Statement

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "findings.schema.json").read_text(encoding="utf-8")
)
TEXT = "“We will vote,” said Ana Brel of 12 towns. <b>"


def make_findings() -> Findings:
    moment = datetime(2031, 4, 14, 22, 3, tzinfo=UTC)
    report = Report(
        report_id="r-1",
        text=TEXT,
        text_sha256=hash_text(TEXT),
        body=(0, len(TEXT)),
        published=Published(moment, moment, "+02:00", "minute", (0, 3)),
    )
    content = cut_fragments(TEXT, [(0, 15)])
    assert content is not None
    speaker = Speaker("Ana Brel", "e-1", "name", None, ((21, 29),), ("e-1",), 0.9)
    statement = Statement(
        "s-1", "r-1", "direct", cut_fragments(TEXT, [(21, 29)]), None, content, 0.9, "rules/1",
        speaker=speaker,
    )  # fmt: skip
    figure = Figure(
        "f-1", "r-1", (33, 35), "12", Decimal(12), Decimal(12), None, "at_least", "other:town",
        "towns", "figures/1", as_of=AsOf("2031-04-14", "2031-04-14", "published"),
        place="town", place_span=(36, 40), mode="cumulative", since="Monday",
        since_lo="2031-04-07", since_hi="2031-04-07",
    )  # fmt: skip
    entity = LocalEntity(
        "e-1", "r-1", "Ana Brel", "person", (("Ana Brel", 1),), (Role("x", (0, 1)),)
    )
    return Findings(
        report,
        "1",
        (statement,),
        (figure,),
        (Mention((21, 29), "Ana Brel", "person", "e-1"),),
        (entity,),
        (DateMention((0, 2), "“W", None, None, None, "unresolved"),),
        (Failure("parse", "ValueError", "message"),),
    )


def test_the_object_of_a_report_fits_its_schema() -> None:
    as_json = json.loads(json.dumps(make_findings().to_dict()))
    jsonschema.validate(as_json, SCHEMA)


def test_an_empty_report_has_every_key() -> None:
    report = Report("r-1", "", hash_text(""), (0, 0))
    jsonschema.validate(json.loads(json.dumps(Findings(report, "1").to_dict())), SCHEMA)


def test_a_missing_key_does_not_fit_the_schema() -> None:
    as_json = make_findings().to_dict()
    del as_json["report"]["byline"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_json, SCHEMA)


def test_the_notebook_view_escapes_the_words_of_a_report() -> None:
    findings = make_findings()
    view = findings._repr_html_()
    assert "“We will vote,”" in view
    assert "<b>" not in view


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), (Decimal("33500"), 33500), (Decimal("2.50"), 2.5), (Decimal("8E+8"), 800000000)],
)
def test_a_decimal_becomes_the_plainest_json_number(
    value: Decimal | None, expected: float | None
) -> None:
    assert to_number(value) == expected
    assert type(to_number(value)) is type(expected)


def test_a_moment_is_written_to_the_second_in_utc() -> None:
    assert format_moment(datetime(2031, 4, 14, 22, 3, 9, tzinfo=UTC)) == "2031-04-14T22:03:09Z"

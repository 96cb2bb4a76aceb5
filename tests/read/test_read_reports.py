"""From records to reports. All texts, people and places are invented."""

from __future__ import annotations

import contextlib
import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import ReadError
from sayso.read.reports import get_record_id, read_report
from sayso.records.ids import hash_text, make_id
from sayso.records.report import RawRecord, Report
from sayso.settings import Settings

BODY = (
    "The harbour of Lodrino will close for repairs, the minister said on Monday. Traders objected."
)
DEFAULT = Settings()


def _raw(data: str | bytes, form: str = "text", **given: Any) -> RawRecord:
    data = data.encode() if isinstance(data, str) else data
    return RawRecord(path="a.txt", data=data, form=form, **given)


def _read(data: str | bytes, form: str = "text", **given: Any) -> Report:
    return read_report(_raw(data, form, **given), DEFAULT)


def _row(text: str, **fields: str) -> Report:
    return _read(text, "row", fields=tuple(fields.items()), outlet=fields.get("outlet"))


def test_the_id_is_of_the_bytes_with_the_address_or_else_the_given_outlet() -> None:
    plain = get_record_id(_raw(BODY))
    assert plain == make_id("r", BODY.encode(), "") == _read(BODY).report_id
    assert plain == get_record_id(RawRecord(path="b.txt", data=BODY.encode(), form="text"))
    assert plain != get_record_id(_raw(BODY, outlet="Kavria Post"))
    with_address = get_record_id(_raw(BODY, address="https://kavria.example/1"))
    assert with_address == get_record_id(
        _raw(BODY, address="https://kavria.example/1", outlet="Kavria Post")
    )
    assert with_address != get_record_id(_raw(BODY, address="https://kavria.example/2"))


def test_an_outlet_read_from_the_text_is_not_part_of_the_id() -> None:
    text = "Source: Kavria Post\n\n" + BODY
    assert _read(text).outlet == "Kavria Post"
    assert _read(text).report_id == make_id("r", text.encode(), "")


def test_a_title_column_is_put_before_the_body() -> None:
    report = _row(BODY, title="Harbour to close")
    assert report.text == "Harbour to close\n\n" + BODY
    assert (report.title_span, report.title) == ((0, 16), "Harbour to close")
    assert report.text[slice(*report.body)] == BODY


def test_a_title_that_the_body_prints_is_not_repeated() -> None:
    report = _row("HARBOUR TO CLOSE\n\n" + BODY, title="Harbour to close")
    assert report.text == "HARBOUR TO CLOSE\n\n" + BODY
    assert report.title == "HARBOUR TO CLOSE"
    assert report.text[slice(*report.body)] == BODY


def test_spans_move_along_with_a_title_that_is_put_before() -> None:
    head = "Published: 3 March 2020\nSource: Lodrino Times\nBy Ana Ruiz\n\nLODRINO (KPA) — "
    report = _row(head + BODY, title="Harbour to close")
    assert report.published is not None
    assert isinstance(report.published.evidence, tuple)
    assert isinstance(report.outlet_evidence, tuple)
    assert report.text[slice(*report.published.evidence)] == "3 March 2020"
    assert report.text[slice(*report.outlet_evidence)] == "Lodrino Times"
    assert report.text[slice(*report.body)] == BODY
    assert (report.byline, report.dateline) == ("Ana Ruiz", "LODRINO")


def test_fields_win_over_what_the_text_prints() -> None:
    text = "Published: 3 March 2020\nSource: Lodrino Times\nBy Ana Ruiz\n\n" + BODY
    report = _row(
        text, published="2021-01-01", outlet="Kavria Post", byline="Tom Okello", language="fr"
    )
    assert report.published is not None
    assert report.published.lo.isoformat() == "2021-01-01T00:00:00+00:00"
    assert report.published.evidence == "published"
    assert (report.outlet, report.outlet_evidence) == ("Kavria Post", "outlet")
    assert (report.byline, report.language) == ("Tom Okello", "fr")


def test_a_date_column_that_says_nothing_leaves_the_printed_date() -> None:
    report = _row("Published: 3 March 2020\n\n" + BODY, published="some day in spring")
    assert report.published is not None
    assert isinstance(report.published.evidence, tuple)


def test_only_a_web_address_becomes_the_url() -> None:
    assert _read(BODY, address="https://kavria.example/1").url == "https://kavria.example/1"
    assert _read(BODY, address="a.jsonl#id=7").url is None
    assert _read("URL: https://kavria.example/2\n\n" + BODY).url == "https://kavria.example/2"
    assert _read("URL: javascript:alert(1)\n\n" + BODY).url is None


def test_a_language_column_that_is_no_code_is_ignored() -> None:
    assert _row(BODY, language="klingon script").language == "en"


def test_reports_in_other_languages_are_read_and_marked() -> None:
    text = "Le ministre a déclaré que la récolte était tardive et que les routes fermaient."
    assert _read(text * 3).language == "fr"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n ", "empty"),
        (b"\x00\x00", "binary|empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"News ID: 7\nPublished: 3 March 2020\n", "nothing in it but a header"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (bytes(range(256)) * 30, "binary data"),
        (os.urandom(20_000), "binary data|gzip"),
        (b"a" * 4_000_001, "max_report_chars"),
        (b"a" * 8_000_001, "max_report_bytes"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else None,
)
def test_what_holds_no_report_is_a_read_error(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        _read(data)


HOSTILE = {
    "100,000 quotation marks": b'"' * 100_000,
    "curly quotation marks": "“”".encode() * 50_000,
    "quotation marks in prose": (BODY + ' "').encode() * 10_000,
    "one line": b"word " * 600_000,
    "null bytes": BODY.encode() + b"\x00" + BODY.encode(),
    "right to left": ("\u202e" + BODY + "\u200f\u200b" + BODY).encode(),
    "combining marks": ("a" + "\u0301\u0316" * 300_000).encode(),
    "blank lines": b"\n" * 1_000_000 + BODY.encode(),
    "labels": b"Published: x\n" * 100_000,
    "digits": b"1" * 2_000_000,
    "capitals": b"AB " * 600_000,
    "wrong encoding": ("Le ministre a déclaré que la récolte était tardive. " * 50).encode(
        "cp1252"
    ),
    "control characters": b"\x1b[31m" + BODY.encode() * 30,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_becomes_a_report_in_no_time(name: str) -> None:
    begin = time.process_time()
    report = _read(HOSTILE[name])
    assert time.process_time() - begin < 20
    _check(report)


def test_zero_width_and_bidirectional_characters_stay() -> None:
    text = "The \u200bminister\u202e said\u202c it."
    assert _read(text).text == text


def _check(report: Report) -> None:
    assert unicodedata.is_normalized("NFC", report.text)
    assert report.text_sha256 == hash_text(report.text)
    assert "\r" not in report.text
    assert "\x00" not in report.text
    start, end = report.body
    assert 0 <= start <= end <= len(report.text)
    body = report.text[start:end]
    assert body == body.strip()
    if report.title_span is not None:
        assert 0 <= report.title_span[0] < report.title_span[1] <= start
        assert report.title == " ".join(report.text[slice(*report.title_span)].split())
    if report.published is not None:
        assert report.published.lo <= report.published.hi


PIECES = st.sampled_from(
    ["\n", "\n\n", "By Ana Ruiz", "Published: 3 March 2020", "LODRINO (KPA) — ", BODY, "Harbour",
     " date 2024-02-11 Kavria Post - ", "e\u0301", "\ud800", "\u202e", "\x00", "\r\n",
     "“Yes,” he said."]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=20), max_size=8),
    st.sampled_from(["text", "row", "html"]),
    st.dictionaries(st.sampled_from(["title", "published", "byline", "language"]), st.text()),
)  # fmt: skip
def test_any_record_is_a_sound_report_or_a_read_error(
    parts: list[str], form: str, fields: dict[str, str]
) -> None:
    data = "".join(parts).encode("utf-8", "surrogatepass")
    raw = _raw(data, form, fields=tuple(fields.items()))
    try:
        report = read_report(raw, DEFAULT)
    except ReadError:
        return
    _check(report)
    assert report == read_report(raw, DEFAULT)
    assert report.report_id == get_record_id(raw)


@given(st.binary(max_size=500), st.sampled_from(["text", "html"]))
@settings(deadline=None)
def test_any_bytes_are_a_sound_report_or_a_read_error(data: bytes, form: str) -> None:
    with contextlib.suppress(ReadError):
        _check(_read(data, form))


def test_a_file_and_its_packed_copy_are_one_report(
    find: Callable[..., list[Any]], write: Callable[[str, bytes], Path]
) -> None:
    import gzip

    first = write("a.txt", BODY.encode())
    second = write("b.txt.gz", gzip.compress(BODY.encode()))
    assert len({get_record_id(record) for record in find(first, second)}) == 1

"""A reference series from CSV: what is read, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sayso.errors import NotFoundError, ReadError, UsageError
from sayso.read.reference import MAX_BYTES, load_reference


def load(tmp_path: Path, text: str | bytes, columns: str = "date:killed") -> list[tuple[str, str]]:
    file = tmp_path / "official: counts.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    series = load_reference(f"{file}:{columns}")
    rows = zip(series.days, series.values, strict=True)
    return [(day.isoformat(), str(value)) for day, value in rows]


@pytest.mark.parametrize(
    "text",
    [
        "date,killed\n2031-03-02,1200\n2031-03-01,1100\n",
        "\ufeffdate;source;killed\n2031-03-01;a;1100\n2031-03-02;b;1200\n",
        "Date,Killed\n1/3/2031,1100\n2/3/2031,1200\n13/3/2031,\n14/3/2031,n/a\n1/3/2031,1100\n",
        "date,killed\n03/01/2031,1100\n03/02/2031,1200\n03/13/2031,-\n",
        'date,killed\n2031-03-01T06:00:00Z,"1,100"\n2031-03-02,1\u202f200\n\n2031-03-03\n',
    ],
)
def test_days_come_in_order_with_their_values(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text) == [("2031-03-01", "1100"), ("2031-03-02", "1200")]


def test_numbers_tell_which_is_the_day_if_one_is_above_twelve(tmp_path: Path) -> None:
    assert load(tmp_path, "date,killed\n1/3/2031,5\n13/3/2031,7\n") == [
        ("2031-03-01", "5"),
        ("2031-03-13", "7"),
    ]
    assert load(tmp_path, "date,killed\n3/1/2031,5\n3/13/2031,7.5\n")[1] == ("2031-03-13", "7.5")


@pytest.mark.parametrize(
    ("text", "columns", "match"),
    [
        ("", "date:killed", "no rows"),
        ("date,killed\n", "date:killed", "is empty"),
        ("date,killed\n2031-03-01,\n", "date:killed", "is empty"),
        (
            "date,killed\n2031-03-01,5\n",
            "date:dead",
            "no column 'dead'; there are 'date', 'killed'",
        ),
        ("date,killed\nsoon,5\n", "date:killed", "row 2: 'soon' is not a day"),
        ("date,killed\n2031-02-30,5\n", "date:killed", "row 2: '2031-02-30' is not a day"),
        ("date,killed\n2031-03-01,many\n", "date:killed", "row 2: 'many' is not a number"),
        ("date,killed\n2031-03-01,1e9\n", "date:killed", "is not a number"),
        ("date,killed\n2031-03-01,\u0665\n", "date:killed", "is not a number"),
        ("date,killed\n2031-03-01,5\n2031-03-01,6\n", "date:killed", "two values, in rows 2 and 3"),
        ("date,killed\n13/3/2031,5\n3/13/2031,5\n", "date:killed", "two ways"),
        (b"date,killed\n2031-03-01,5\xff\n", "date:killed", "not UTF-8"),
        ('date,killed\n2031-03-01,"5\n2031-03-02,6\n', "date:killed", "row 2: a quotation mark"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, text: str | bytes, columns: str, match: str
) -> None:
    with pytest.raises(UsageError, match=match):
        load(tmp_path, text, columns)


@pytest.mark.parametrize("given", ["counts.csv", "counts.csv:date", "counts.csv:date:", "::", ""])
def test_another_form_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="FILE:DATE_COLUMN:VALUE_COLUMN"):
        load_reference(given)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such file"):
        load_reference(f"{tmp_path / 'none.csv'}:date:killed")
    with pytest.raises(ReadError):
        load_reference(f"{tmp_path}:date:killed")
    with pytest.raises(ReadError):
        load_reference("nul\0l.csv:date:killed")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UsageError, match="larger than 16 MB"):
        load_reference(f"{huge}:date:killed")


def test_the_series_is_named_by_its_column(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,killed\n2031-03-01,5\n")
    series = load_reference(f"{file}:Date:Killed")
    assert (series.name, series.days, series.values) == (
        "Killed",
        (date(2031, 3, 1),),
        (Decimal(5),),
    )

from __future__ import annotations

import csv
import errno
import io
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from ledger_samples import dated_reports, make_ledger, make_report

from sayso.errors import StorageError, UsageError
from sayso.ledger.export import EXPORT_TABLES, escape_cell, write_csv
from sayso.ledger.ledger import open_ledger


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "news.sayso"
    make_ledger(folder, [*dated_reports(6), make_report(7, outlet="=cmd|' /C calc'!A0")])
    return folder


def read_back(path: Path, kind: str) -> list[dict[str, object]]:
    if kind == "parquet":
        found: list[dict[str, object]] = pq.read_table(path).to_pylist()
        return found
    if kind == "jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
def test_every_table_is_exported_whole(folder: Path, tmp_path: Path, kind: str) -> None:
    with open_ledger(folder) as ledger:
        files = ledger.export(tmp_path / "out", format=kind)
        assert [f.name for f in files] == [f"{t}.{kind}" for t in EXPORT_TABLES]
        for table, file in zip(EXPORT_TABLES, files, strict=True):
            rows = read_back(file, kind)
            wanted = next(iter(ledger.sql(f"SELECT count(*) AS n FROM {table}")))["n"]
            assert len(rows) == wanted, table
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(f.name for f in files)


def test_the_formats_say_the_same(folder: Path, tmp_path: Path) -> None:
    with open_ledger(folder) as ledger:
        for kind in ("parquet", "csv", "jsonl"):
            ledger.export(tmp_path / f"figure.{kind}", format=kind, table="figure")
    parquet = read_back(tmp_path / "figure.parquet", "parquet")
    lines = read_back(tmp_path / "figure.jsonl", "jsonl")
    sheet = read_back(tmp_path / "figure.csv", "csv")
    assert parquet == lines
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in lines] == sheet
    assert sorted(row["value"] for row in lines) == [100, 101, 102, 103, 104, 105, 107]


def test_json_columns_are_values_in_json_lines(folder: Path, tmp_path: Path) -> None:
    with open_ledger(folder) as ledger:
        ledger.export(tmp_path / "s.jsonl", format="jsonl", table="statement")
    row = read_back(tmp_path / "s.jsonl", "jsonl")[0]
    assert row["content_spans"] == [[row["start"], row["end"]]]
    assert row["negated"] is False
    assert "statement_no" not in row and "speaker_key" not in row


def test_one_table_into_a_folder_takes_its_name(folder: Path, tmp_path: Path) -> None:
    with open_ledger(folder) as ledger:
        assert ledger.export(tmp_path, format="csv", table="date") == [tmp_path / "date.csv"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("", ""),
        ("'=1", "'=1"),
        ("\x1b[31mred\x9b\x7f", "␛[31mred\\x9b␡"),
        (
            "\u202eSo\u200bvan\u202c\nshalom \u05e9\u200f",
            "\u202eSo\u200bvan\u202c\nshalom \u05e9\u200f",
        ),
        (-5, -5),
        (-2.5, -2.5),
        (None, None),
    ],
)
def test_text_that_begins_like_a_formula_is_escaped(value: object, cell: object) -> None:
    assert escape_cell(value) == cell


def test_numbers_stay_numbers_and_text_is_escaped_in_csv() -> None:
    file = io.StringIO()
    write_csv(file, ["a", "b"], [(-5, "-5"), (None, [[1, 2]]), (None, ["\x7f"])])
    assert file.getvalue() == 'a,b\r\n-5,\'-5\r\n,"[[1, 2]]"\r\n,"[""␡""]"\r\n'


def test_a_formula_in_a_report_does_not_reach_a_spreadsheet(folder: Path, tmp_path: Path) -> None:
    with open_ledger(folder) as ledger:
        ledger.export(tmp_path / "report.csv", format="csv", table="report")
    outlets = {row["outlet"] for row in read_back(tmp_path / "report.csv", "csv")}
    assert "'=cmd|' /C calc'!A0" in outlets


def test_what_is_not_a_format_or_table_is_wrong_use(folder: Path, tmp_path: Path) -> None:
    with open_ledger(folder) as ledger:
        with pytest.raises(UsageError, match="parquet, csv, jsonl"):
            ledger.export(tmp_path, format="xls")
        with pytest.raises(UsageError, match="statement_speaker"):
            ledger.export(tmp_path, table="meta")


def test_a_full_disk_leaves_no_half_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with open_ledger(folder) as ledger:
        with pytest.raises(StorageError, match="disk is full"):
            ledger.export(tmp_path / "report.csv", format="csv", table="report")
        assert list(tmp_path.iterdir()) == []
        assert len(ledger.reports()) == 7

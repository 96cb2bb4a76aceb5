"""Rows of JSON, CSV and Parquet. All texts are invented."""

from __future__ import annotations

import csv
import gzip
import io
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ReadError
from sayso.read.columns import is_absent
from sayso.read.csv_rows import find_csv_rows
from sayso.read.files import FindOptions, find_records
from sayso.read.json_rows import find_json_rows
from sayso.records.report import Failure, RawRecord
from sayso.settings import Settings

Find = Callable[..., list[Any]]
Write = Callable[[str, bytes], Path]
ROW = {
    "id": "7",
    "text": "The harbour of Lodrino will close.",
    "title": "Harbour to close",
    "published": "2020-03-03",
    "outlet": "Kavria Post",
    "author": "Ana Ruiz",
    "url": "https://kavria.example/1",
    "lang": "en",
    "views": 12,
}
SMALL = Settings(max_report_bytes=100_000)


def _to_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _to_parquet(rows: list[dict[str, Any]], **given: Any) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), out, **given)
    return bytes(out.getvalue())


def _to_lines(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


TABLES: list[tuple[str, Callable[[list[Any]], bytes]]] = [
    ("a.jsonl", _to_lines),
    ("a.ndjson", _to_lines),
    ("a.json", lambda rows: json.dumps(rows).encode()),
    ("b.json", lambda rows: json.dumps(rows, indent=2).encode()),
    ("c.json", lambda rows: b"\n".join(json.dumps(row, indent=1).encode() for row in rows)),
    ("a.csv", _to_csv),
    ("a.tsv", lambda rows: _to_csv(rows, "\t")),
    ("semicolon.csv", lambda rows: _to_csv(rows, ";")),
    ("bar.csv", lambda rows: _to_csv(rows, "|")),
    ("a.parquet", _to_parquet),
    ("a.jsonl.gz", lambda rows: gzip.compress(_to_lines(rows))),
    ("a.jsonl.zst", lambda rows: zstandard.compress(_to_lines(rows))),
    ("a.csv.gz", lambda rows: gzip.compress(_to_csv(rows))),
    ("a.parquet.gz", lambda rows: gzip.compress(_to_parquet(rows))),
    ("utf16.csv", lambda rows: _to_csv(rows).decode().encode("utf-16")),
    ("bom.csv", lambda rows: b"\xef\xbb\xbf" + _to_csv(rows)),
    ("bom.jsonl", lambda rows: b"\xef\xbb\xbf" + _to_lines(rows)),
    ("utf16.jsonl", lambda rows: _to_lines(rows).decode().encode("utf-16")),
]


@pytest.mark.parametrize(("name", "make"), TABLES, ids=[name for name, _ in TABLES])
def test_every_kind_of_table_gives_the_same_rows(
    find: Find, write: Write, name: str, make: Callable[[list[Any]], bytes]
) -> None:
    path = write(name, make([ROW, {**ROW, "text": "Öffnet “bald”,\nsaid Ana.", "url": "None"}]))
    first, second = find(path)
    assert first == RawRecord(
        path=f"{path}#{first.path.rsplit('#')[1]}",
        data=b"The harbour of Lodrino will close.",
        form="row",
        fields=(
            ("title", "Harbour to close"), ("published", "2020-03-03"), ("outlet", "Kavria Post"),
            ("byline", "Ana Ruiz"), ("url", "https://kavria.example/1"), ("language", "en"),
            ("id", "7"),
        ),
        address="https://kavria.example/1",
        outlet="Kavria Post",
    )  # fmt: skip
    assert second.data.decode() == "Öffnet “bald”,\nsaid Ana."
    assert second.address == f"{path}#id=7"
    assert [item.path for item in (first, second)] == [f"{path}#1", f"{path}#2"]


def test_bad_json_rows_are_failures_and_shift_no_number(find: Find, write: Write) -> None:
    lines = [
        b'{"text": "one word"}', b"{broken", b"", b"[1, 2]", b'"text"', b"null", b'{"title": "x"}',
        b'{"text": null}', b'{"text": "N/A"}', b'{"text": ""}', b"[" * 100_000, b'{"a":' * 100_000,
        b'{"text": "x", "n": ' + b"9" * 5000 + b"}", b"\xff\xfe\x00", b'{"text": "last word"}',
    ]  # fmt: skip
    path = write("a.jsonl", b"\n".join(lines))
    found = find(path)
    read = {
        str(item.path).rsplit("#")[1]: item.data for item in found if isinstance(item, RawRecord)
    }
    assert read == {"1": b"one word", "15": b"last word"}
    failed = [str(item.path).rsplit("#")[1] for item in found if isinstance(item, Failure)]
    assert failed == ["2", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"]
    assert all(str(path) in item.message for item in found if isinstance(item, Failure))


def test_bad_elements_of_an_array_shift_no_number(find: Find, write: Write) -> None:
    data = (
        b'[{"text": "a b"}, 5, "x, y]", [{"text": "no"}], null, {"text": 3}, '
        b'{"text": "c \\"}]\\\\ d"}]'
    )
    found = find(write("a.json", data))
    assert [item.path.rsplit("#")[1] for item in found] == ["1", "2", "3", "4", "5", "6", "7"]
    read = [item.data for item in found if isinstance(item, RawRecord)]
    assert read == [b"a b", b'c "}]\\ d']


@pytest.mark.parametrize("cut", [1, 5, 20, 36])
def test_a_truncated_array_is_said_to_be(find: Find, write: Write, cut: int) -> None:
    data = b'[{"text": "a b"}, {"text": "c \\" d"}]'
    found = find(write("a.json", data[:cut]))
    assert isinstance(found[-1], Failure)
    assert "truncated" in found[-1].message


@given(
    rows=st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.lists(st.text())), max_size=6
    ),
    size=st.integers(1, 50),
    indent=st.sampled_from([None, 0, 2]),
)  # fmt: skip
def test_an_array_is_cut_the_same_wherever_its_chunks_end(
    rows: list[Any], size: int, indent: int | None
) -> None:
    class Chunks(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._data = data

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            part, self._data = self._data[:size], self._data[size:]
            buffer[: len(part)] = part
            return len(part)

    data = json.dumps(rows, indent=indent).encode()
    stream: io.BufferedReader[Any] = io.BufferedReader(Chunks(data), size)
    assert [row for _, row in find_json_rows(stream, 10_000)] == rows


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.jsonl", b'{"text": "', b'"}\n{"text": "after it"}\n'),
        ("a.json", b'[{"text": "', b'"}, {"text": "after it"}]'),
        ("a.csv", b"text\n", b"\nafter it\n"),
        ("b.csv", b'text\n"', b'"\nafter it\n'),
    ],
)
def test_a_row_over_the_limit_costs_only_itself(
    find: Find, write: Write, name: str, before: bytes, after: bytes
) -> None:
    path = write(name, before + b"a" * 20_000_000 + after)
    tracemalloc.start()
    long, short = find(path, settings=SMALL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "max_report_bytes" in long.message
    assert long.path == f"{path}#1"
    assert (short.path, short.data) == (f"{path}#2", b"after it")
    assert peak < 10 * SMALL.max_report_bytes


def test_a_table_over_the_limit_gives_its_first_rows_and_a_failure(
    find: Find, write: Write
) -> None:
    path = write("a.jsonl", _to_lines([{"text": "some words"}] * 100_000))
    found = find(path, settings=Settings(max_file_bytes=1_000_000))
    assert isinstance(found[-1], Failure)
    assert "max_file_bytes" in found[-1].message
    assert 1000 < len(found) < 50_000


def test_a_truncated_table_gives_the_rows_before(find: Find, write: Write) -> None:
    packed = gzip.compress(_to_lines([{"text": f"words {n * n}"} for n in range(50_000)]))
    found = find(write("a.jsonl.gz", packed[: len(packed) // 2]))
    assert isinstance(found[-1], Failure)
    assert "truncated" in found[-1].message
    assert len(found) > 10_000


def test_json_surrogates_and_null_bytes_are_replaced(find: Find, write: Write) -> None:
    (record,) = find(write("a.jsonl", b'{"text": "a\\ud800b\\u0000c", "title": "\\udfffT"}'))
    assert record.data.decode() == "a\ufffdbc"
    assert dict(record.fields)["title"] == "\ufffdT"


def test_nested_json_values_become_text(find: Find, write: Write) -> None:
    row = {
        "content": ["First paragraph.", "Second paragraph."],
        "source": {"id": "kp", "name": "Kavria Post"},
        "authors": [{"name": "Ana Ruiz"}, "Tom Okello"],
        "_id": 12,
        "publishedAt": "2020-03-03T10:00:00Z",
    }
    (record,) = find(write("a.jsonl", _to_lines([row])))
    assert record.data == b"First paragraph.\n\nSecond paragraph."
    assert dict(record.fields) == {
        "outlet": "Kavria Post", "byline": "Ana Ruiz, Tom Okello", "id": "12",
        "published": "2020-03-03T10:00:00Z",
    }  # fmt: skip


@pytest.mark.parametrize("value", ["", " ", "None", "none", "N/A", "null", "NaN", "NULL", "-", "—"])
def test_absent_values_give_no_field(find: Find, write: Write, value: str) -> None:
    row = {"text": "some words", "title": value, "outlet": value, "url": value, "id": value}
    (record,) = find(write("a.csv", _to_csv([row])))
    assert (record.fields, record.address, record.outlet) == ((), None, None)
    assert is_absent(value)


def test_a_mapping_wins_over_the_guess(find: Find, write: Write) -> None:
    row = {"text": "wrong words", "b": "right words", "day": "2020-03-03"}
    mapping = {"text": "b", "published": "day"}
    for name, data in (("a.csv", _to_csv([row])), ("a.jsonl", _to_lines([row]))):
        (record,) = find(write(name, data), column_map=mapping)
        assert record.data == b"right words"
        assert dict(record.fields) == {"published": "2020-03-03"}


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", _to_csv([ROW])), ("a.parquet", _to_parquet([ROW]))]
)
def test_a_table_without_a_mapped_column_is_one_failure_and_the_rest_is_read(
    find: Find, write: Write, name: str, data: bytes
) -> None:
    write(f"b/{name}", data)
    write("b/plain.txt", b"The bridge is closed.")
    write("b/z.csv", _to_csv([{"words": "The port was shut."}]))
    failure, *records = find(write(f"b/{name}", data).parent, column_map={"text": "words"})
    assert isinstance(failure, Failure)
    assert failure.message.startswith(f"{failure.path!r}: no column 'words' for --map text=words")
    assert "'views'" in failure.message
    assert [record.data for record in records] == [b"The bridge is closed.", b"The port was shut."]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"a,b\n1,2\n3,4\n"),
        ("a.parquet", _to_parquet([{"a": "1", "b": "2"}])),
        ("a.jsonl", _to_lines([{"a": "1", "b": "2"}])),
    ],
)
def test_without_a_text_column_one_failure_says_what_is_there_and_what_to_do(
    find: Find, write: Write, name: str, data: bytes
) -> None:
    (failure,) = find(write(name, data))
    assert "'a', 'b'" in failure.message
    assert "--map text=" in failure.message


def test_what_the_user_gives_wins_over_columns_but_for_the_address(
    find: Find, write: Write
) -> None:
    given = {"outlet": "Lodrino Times", "published": "2021-01-01", "url": "https://other.example/"}
    (record,) = find(write("a.csv", _to_csv([ROW])), **given)
    fields = dict(record.fields)
    assert (record.outlet, fields["outlet"]) == ("Lodrino Times", "Lodrino Times")
    assert fields["published"] == "2021-01-01"
    assert record.address == "https://kavria.example/1"


def test_a_quotation_mark_that_never_closes_costs_one_row(find: Find, write: Write) -> None:
    data = b'id,text\n1,fine words\n2,"never closed\n3,more words\n4,"quoted, words"\n'
    found = find(write("a.csv", data))
    assert [item.path.rsplit("#")[1] for item in found] == ["1", "2", "3", "4"]
    read = [item.data for item in found if isinstance(item, RawRecord)]
    assert read[0] == b"fine words"
    assert read[-1] == b"quoted, words"


def test_marks_that_never_close_stay_linear() -> None:
    text = io.StringIO("id,text\n" + '1,"x\n' * 100_001, newline="")
    begin = time.process_time()
    rows = list(find_csv_rows(text, ",", 200_000))
    assert time.process_time() - begin < 20
    assert rows


def test_short_and_long_csv_rows(find: Find, write: Write) -> None:
    data = b"id,text,title\n1\n2,some words\n\n3,other words,T,too,many\n"
    found = find(write("a.csv", data))
    assert [item.path.rsplit("#")[1] for item in found] == ["1", "2", "3"]
    assert [type(item) for item in found] == [Failure, RawRecord, RawRecord]
    assert dict(found[2].fields) == {"title": "T", "id": "3"}


def test_csv_in_an_old_encoding_is_decoded(find: Find, write: Write) -> None:
    text = "Le ministre a déclaré que la récolte était tardive et que l'école fermerait. " * 5
    (record,) = find(write("a.csv", f'text\n"{text}"\n'.encode("cp1252")))
    assert record.data.decode() == text


def test_parquet_values_of_other_types_become_fields(find: Find, write: Write) -> None:
    row: dict[str, Any] = {
        "text": b"some words",
        "published": datetime(2020, 3, 3, 10, 0),
        "id": 12,
        "authors": ["Ana Ruiz", "Tom Okello"],
        "source": None,
        "picture": b"\x00" * 10,
    }
    (record,) = find(write("a.parquet", _to_parquet([row])))
    assert dict(record.fields) == {
        "published": "2020-03-03T10:00:00", "id": "12", "byline": "Ana Ruiz, Tom Okello",
    }  # fmt: skip
    (record,) = find(write("b.parquet", _to_parquet([{**row, "published": date(2020, 3, 3)}])))
    assert dict(record.fields)["published"] == "2020-03-03"


def test_parquet_rows_without_text_are_failures_of_their_own(find: Find, write: Write) -> None:
    rows: list[dict[str, Any]] = [{"text": "a b"}, {"text": None}, {"text": "c d"}]
    found = find(write("a.parquet", _to_parquet(rows, row_group_size=2)))
    assert [item.path.rsplit("#")[1] for item in found] == ["1", "2", "3"]
    assert [type(item) for item in found] == [RawRecord, Failure, RawRecord]


def test_damaged_parquet_is_a_failure(find: Find, write: Write) -> None:
    data = _to_parquet([{"text": f"some words {n}"} for n in range(500)], compression="none")
    for start in range(4, len(data) - 8, len(data) // 25):
        broken = data[:start] + b"\xff" * 40 + data[start + 40 :]
        for item in find(write("a.parquet", broken)):
            assert isinstance(item, RawRecord | Failure)


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_errors(data: bytes) -> None:
    stream: io.BufferedReader[Any] = io.BufferedReader(io.BytesIO(data))
    for number, row in find_json_rows(stream, 100):
        assert number >= 1
        assert isinstance(row, dict | ReadError)


def test_lines_swallowed_up_to_the_limit_are_read_again_and_none_is_lost() -> None:
    lines = [f'{n},"words {n}"\n' for n in range(500)]
    text = io.StringIO("id,text\n" + '0,"open\n' + "".join(lines), newline="")
    rows = list(find_csv_rows(text, ",", 1000))
    assert [number for number, _ in rows] == list(range(502))
    assert isinstance(rows[1][1], ReadError)
    assert [cells for _, cells in rows[2:]] == [[str(n), f"words {n}"] for n in range(500)]


def test_lines_that_are_given_up_are_counted() -> None:
    text = io.StringIO("text\n" + '"open\n\n' * 60, newline="")
    messages = [str(cells) for _, cells in find_csv_rows(text, ",", 1000)]
    assert any("lines after it are not read" in message for message in messages)


def test_a_large_text_that_a_parquet_repeats_is_held_once(find: Find, write: Write) -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 300, pa.int32()), ["a" * 900_000])
    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": column}), out, compression="zstd", store_schema=False)
    path = write("a.parquet", bytes(out.getvalue()))
    assert path.stat().st_size < 10_000
    before = pa.total_allocated_bytes()
    records = find_records([str(path)], FindOptions(Settings()))
    next(records)
    assert pa.total_allocated_bytes() - before < 10_000_000
    assert sum(1 for _ in records) == 299


def test_a_column_of_lists_is_one_failure_and_costs_no_other_file(tmp_path: Path) -> None:
    pq.write_table(pa.table({"content": [["a"], ["b"]]}), tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text("“We stay,” said Ana Brel on Monday.")
    found = list(find_records([str(tmp_path)], FindOptions(settings=Settings())))
    assert [type(f) for f in found] == [Failure, RawRecord]
    assert "'content' holds list" in found[0].message


def test_rows_of_a_csv_file_may_be_in_several_encodings(find: Find, write: Write) -> None:
    rows = ["Zoë Muñoz,“We will open it”", "Ana Núñez,“It’s late”", "Åse,“No”"]
    for first, second in (("utf-8", "cp1252"), ("cp1252", "utf-8")):
        data = b"title,text\n" + b"".join(
            f"{row}\n".encode(first if i != 1 else second) for i, row in enumerate(rows)
        )
        found = find(write("mixed.csv", data))
        assert [f"{dict(r.fields)['title']},{r.data.decode()}" for r in found] == rows


def test_a_csv_file_may_hold_its_first_accent_far_below_its_head(find: Find, write: Write) -> None:
    filler = "".join(f"T{n},The minister said it {n} times.\n" for n in range(4_000))
    data = b"title,text\n" + filler.encode() + "Zoë Muñoz,“No”\n".encode("cp1252")
    assert find(write("late.csv", data))[-1].data.decode() == "“No”"


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_table_without_rows_is_a_failure(find: Find, write: Write, name: str) -> None:
    data = {"a.csv": b"title,text\n", "a.jsonl": b"\n\n"}.get(name)
    if data is None:
        out = pa.BufferOutputStream()
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), out)
        data = bytes(out.getvalue())
    (failure,) = find(write(name, data))
    assert "there is no row in it" in failure.message


def test_a_first_line_that_tells_the_delimiter_is_obeyed(find: Find, write: Write) -> None:
    (record,) = find(write("a.csv", b"sep=;\r\ntitle;text\r\nHarbour;One, two, three\r\n"))
    assert record.data == b"One, two, three"


@pytest.mark.parametrize(
    ("kind", "value", "published"),
    [
        (pa.timestamp("ns"), 1_930_000_000_123_456_789, "2031-02-27T23:06:40.123456"),
        (pa.timestamp("ns", tz="UTC"), 1_930_000_000_123_456_789, "2031-02-27T23:06:40.123456+00:00"),
        (pa.timestamp("s", tz="-03:30"), 1_930_000_000, "2031-02-27T19:36:40-03:30"),
        (pa.timestamp("s"), 10**15, None),
        (pa.date32(), 10**8, None),
        (pa.date32(), 22_000, "2030-03-27"),
    ],
)  # fmt: skip
def test_a_moment_of_a_parquet_row_costs_no_other_row(
    find: Find, write: Write, kind: Any, value: int, published: str | None
) -> None:
    width = pa.int32() if kind == pa.date32() else pa.int64()
    table = pa.table({"text": ["One", "Two"], "date": pa.array([value, None], width).cast(kind)})
    out = pa.BufferOutputStream()
    pq.write_table(table, out)
    records = find(write("a.parquet", bytes(out.getvalue())))
    assert [record.data for record in records] == [b"One", b"Two"]
    assert dict(records[0].fields).get("published") == published


def test_bytes_of_a_parquet_column_are_decoded(find: Find, write: Write) -> None:
    texts = ["“We wait,” said Zoë Muñoz.".encode("cp1252"), "Zoë".encode()]
    out = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": texts, "author": texts}), out)
    records = find(write("a.parquet", bytes(out.getvalue())))
    assert [record.data.decode() for record in records] == ["“We wait,” said Zoë Muñoz.", "Zoë"]
    assert dict(records[1].fields)["byline"] == "Zoë"

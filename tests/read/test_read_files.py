"""Files, folders and standard input. All texts are invented."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from sayso.errors import NotFoundError, UsageError
from sayso.read.files import FindOptions, find_records
from sayso.records.report import Failure, RawRecord
from sayso.settings import Settings

Find = Callable[..., list[Any]]
Write = Callable[[str, bytes], Path]
TEXT = b"The harbour of Lodrino will close, the minister said.\n"
SMALL = Settings(max_report_bytes=100_000)


def _names(found: list[Any], root: Path) -> list[str]:
    return [os.path.relpath(item.path, root) for item in found]


def test_a_text_file_is_one_record_of_its_bytes(find: Find, write: Write) -> None:
    path = write("a.txt", TEXT)
    assert find(path) == [RawRecord(path=str(path), data=TEXT, form="text")]


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", TEXT, "text"), ("a", TEXT, "text"), ("a.md", TEXT, "text"), ("a.2024", TEXT,
         "text"),
        ("a.TXT", TEXT, "text"), ("a.html", b"<p>x</p>", "html"), ("a.htm", b"x", "html"),
        ("a.xhtml", b"<?xml version='1.0'?><html/>", "html"), ("a", b"<!DOCTYPE html><p>x", "html"),
        ("a.txt", b"\n <HTML><p>x", "html"), ("a.jsonl", b'{"text":"x y"}', "row"),
        ("a.ndjson", b'{"text":"x y"}', "row"), ("a.json", b'[{"text":"x y"}]', "row"),
        ("a", b'{"text":"x y"}', "row"), ("a.csv", b"text\nx y\n", "row"),
        ("a.tsv", b"id\ttext\n1\tx y\n", "row"),
    ],
)  # fmt: skip
def test_a_files_kind_is_told_by_its_name_and_else_its_content(
    find: Find, write: Write, name: str, data: bytes, form: str
) -> None:
    assert [item.form for item in find(write(name, data))] == [form]


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".gz", lambda data: gzip.compress(data[:20]) + gzip.compress(data[20:])),
        (".zst", zstandard.compress),
        (".zstd", lambda data: zstandard.compress(data[:20]) + zstandard.compress(data[20:])),
        (".zst", lambda data: b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip" + zstandard.compress(data)),
        (".zst", zstandard.ZstdCompressor(write_checksum=True, write_content_size=False).compress),
    ],
)
def test_packed_files_are_unpacked(
    find: Find, write: Write, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    data = TEXT + os.urandom(3000).hex().encode()
    assert [item.data for item in find(write("a.txt" + suffix, pack(data)))] == [data]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_every_truncation_is_a_failure_that_names_the_file(
    find: Find, write: Write, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    packed = pack(os.urandom(200).hex().encode())
    for end in range(5, len(packed) - 1, 7):
        (failure,) = find(write("a.txt" + suffix, packed[:end]))
        assert isinstance(failure, Failure)
        assert "a.txt" + suffix in failure.message
        assert "truncated" in failure.message or "damaged" in failure.message


@pytest.mark.parametrize("zeros", [1, 511, 200_000])
def test_zeros_after_gzip_data_are_padding(find: Find, write: Write, zeros: int) -> None:
    member = gzip.compress(TEXT)
    (record,) = find(write("a.txt.gz", member + bytes(zeros)))
    assert record.data == TEXT
    (record,) = find(write("b.txt.gz", member + bytes(zeros) + member + bytes(zeros)))
    assert record.data == TEXT * 2


@pytest.mark.parametrize("rest", [b"\n", b"\x1f", b"rubbish", bytes(70_000) + b"rubbish"])
def test_what_follows_gzip_data_is_a_failure_beside_what_was_read(
    find: Find, write: Write, rest: bytes
) -> None:
    failure, record = find(write("a.txt.gz", gzip.compress(TEXT) * 2 + rest))
    assert record.data == TEXT * 2
    assert isinstance(failure, Failure)
    assert failure.path == record.path
    assert "what stands before it was read" in failure.message
    rows = b'{"text": "The bridge is closed."}\n'
    record, failure = find(write("b.jsonl.gz", gzip.compress(rows) + rest))
    assert (record.data, type(failure)) == (b"The bridge is closed.", Failure)


@pytest.mark.parametrize("cut", [1, 4, 12, 30])
def test_a_further_member_that_is_cut_off_or_damaged_is_no_rest(
    find: Find, write: Write, cut: int
) -> None:
    member = gzip.compress(os.urandom(200).hex().encode())
    (failure,) = find(write("a.txt.gz", gzip.compress(TEXT) + member[:-cut]))
    assert "truncated" in failure.message
    flipped = member[:-cut] + bytes(255 - byte for byte in member[-cut:])
    (failure,) = find(write("b.txt.gz", gzip.compress(TEXT) + flipped))
    assert "damaged" in failure.message or "truncated" in failure.message


def test_a_name_that_lies_about_packing_is_a_failure(find: Find, write: Write) -> None:
    (failure,) = find(write("a.txt.gz", TEXT))
    assert "not gzip data" in failure.message


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_a_bomb_is_cut_off_while_it_unpacks(
    find: Find, write: Write, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = write("bomb.txt" + suffix, pack(b"a" * 60_000_000))
    tracemalloc.start()
    (failure,) = find(path, settings=SMALL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "max_report_bytes" in failure.message
    assert peak < 10 * SMALL.max_report_bytes


def test_a_report_of_exactly_the_limit_is_read(find: Find, write: Write) -> None:
    path = write("a.txt", b"a" * 1000)
    assert isinstance(find(path, settings=Settings(max_report_bytes=1000))[0], RawRecord)
    assert isinstance(find(path, settings=Settings(max_report_bytes=999))[0], Failure)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"%PDF-1.7", "a PDF document"),
        ("a.docx", b"PK\x03\x04", "a ZIP archive or an office document"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "an image"),
        ("a.txt", bytes(range(256)) * 9, "binary data"),
        ("a.xml", b"<?xml version='1.0'?><rss/>", "XML"),
        ("a.parquet", b"PAR1 no table", "not a Parquet table"),
        ("a.jsonl", b"", "empty"),
        ("a.csv", b"", "empty"),
    ],
)
def test_what_has_no_reader_is_a_failure(
    find: Find, write: Write, name: str, data: bytes, message: str
) -> None:
    (failure,) = find(write(name, data))
    assert (failure.stage, failure.error) == ("find", "ReadError")
    assert message in failure.message


def test_a_folder_is_walked_in_order_and_dot_files_are_skipped(
    find: Find, write: Write, tmp_path: Path
) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c.txt", "a/z/3.txt", ".hidden.txt", ".git/x.txt"):
        write(name, name.encode())
    assert _names(find(tmp_path), tmp_path) == ["b.txt", "c.txt", "a/1.txt", "a/2.txt", "a/z/3.txt"]
    hidden = find(tmp_path, settings=Settings(hidden_files=True))
    assert ".git/x.txt" in _names(hidden, tmp_path)


def test_a_link_that_leaves_the_folder_is_refused_unless_asked(
    find: Find, write: Write, tmp_path: Path
) -> None:
    secret = write("outside/secret.txt", b"secret words")
    write("in/a.txt", TEXT)
    (tmp_path / "in/link.txt").symlink_to(secret)
    (tmp_path / "in/folder").symlink_to(tmp_path / "outside")
    found = find(tmp_path / "in")
    assert [type(item) for item in found] == [RawRecord, Failure, Failure]
    assert all("leaves the folder" in item.message for item in found[1:])
    followed = find(tmp_path / "in", settings=Settings(follow_links=True))
    names = ["a.txt", "link.txt", "folder/secret.txt"]
    assert _names(followed, tmp_path / "in") == names
    assert isinstance(followed[2], RawRecord)


def test_a_folder_whose_name_begins_like_the_given_one_is_outside(
    find: Find, write: Write, tmp_path: Path
) -> None:
    secret = write("in-secret/secret.txt", b"secret words")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.txt").symlink_to(secret)
    (failure,) = find(tmp_path / "in")
    assert "leaves the folder" in failure.message


def test_links_in_a_circle_end(find: Find, write: Write, tmp_path: Path) -> None:
    write("in/a.txt", TEXT)
    (tmp_path / "in/up").symlink_to(tmp_path / "in")
    (tmp_path / "in/self").symlink_to(tmp_path / "in/self")
    (tmp_path / "in/nowhere").symlink_to(tmp_path / "gone")
    for settings in (Settings(), Settings(follow_links=True)):
        found = find(tmp_path / "in", settings=settings)
        assert [type(item) for item in found] == [RawRecord, Failure, Failure]


def test_pipes_are_refused_and_nothing_waits_for_them(
    find: Find, write: Write, tmp_path: Path
) -> None:
    write("in/a.txt", TEXT)
    os.mkfifo(tmp_path / "in/pipe.txt")
    found = find(tmp_path / "in", tmp_path / "in/pipe.txt")
    assert [type(item) for item in found] == [RawRecord, Failure, Failure]
    assert all("pipe" in item.message for item in found[1:])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_rights_is_a_failure(find: Find, write: Write, tmp_path: Path) -> None:
    write("in/a.txt", TEXT)
    write("in/no/b.txt", TEXT)
    (tmp_path / "in/no").chmod(0)
    try:
        found = find(tmp_path / "in")
    finally:
        (tmp_path / "in/no").chmod(0o700)
    assert [type(item) for item in found] == [RawRecord, Failure]
    assert "permission" in found[1].message


def test_no_permission_is_said_plainly(
    find: Find, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("in/a.txt", TEXT)

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    (failure,) = find(tmp_path / "in")
    assert (failure.stage, failure.error) == ("find", "PermissionError")
    assert "no permission" in failure.message


def test_a_path_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="gone"):
        find_records([str(tmp_path / "gone")], FindOptions(Settings()))
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(NotFoundError, match="link to nothing"):
        find_records([str(tmp_path / "link")], FindOptions(Settings()))
    with pytest.raises(NotFoundError):
        find_records(["\x00"], FindOptions(Settings()))


def test_names_that_are_not_utf8_are_shown_escaped(find: Find, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    with open(path, "wb") as file:
        file.write(TEXT)
    (record,) = find(tmp_path)
    assert record.path.endswith("caf\\xe9.txt")
    assert record.path.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "form"),
    [(TEXT, "text"), (b'{"text": "x y"}\n{"text": "z"}', "row"), (gzip.compress(TEXT), "text")],
)
def test_standard_input_is_read(
    find: Find, monkeypatch: pytest.MonkeyPatch, data: bytes, form: str
) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(data))

    monkeypatch.setattr(sys, "stdin", Stdin)
    found = find("-")
    assert {item.form for item in found} == {form}
    assert found[0].path == ("-" if form == "text" else "-#1")


def test_what_the_user_gives_applies_to_every_report(find: Find, write: Write) -> None:
    path = write("a.txt", TEXT)
    (record,) = find(
        path, outlet="Kavria Post", url="https://kavria.example/1", published="2020-03-03"
    )
    assert (record.outlet, record.address) == ("Kavria Post", "https://kavria.example/1")
    assert dict(record.fields)["published"] == "2020-03-03"


@pytest.mark.parametrize(
    "given",
    [{"url": "not an address"}, {"published": "soon"}, {"column_map": {"words": "x"}}],
)
def test_what_cannot_be_used_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        find_records([], FindOptions(Settings(), **given))


def test_nothing_is_opened_before_it_is_asked_for(write: Write, tmp_path: Path) -> None:
    for number in range(5):
        write(f"{number}.txt", TEXT)
    records = find_records([str(tmp_path)], FindOptions(Settings()))
    next(records)
    for number in range(1, 5):
        (tmp_path / f"{number}.txt").unlink()
    assert all(isinstance(item, Failure) for item in records)


def test_reading_imports_nothing_heavy() -> None:
    code = (
        "import sys, sayso.read.files, sayso.read.reports\n"
        "heavy = {'pyarrow', 'trafilatura', 'htmldate', 'lxml', 'py3langid', 'numpy', 'spacy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

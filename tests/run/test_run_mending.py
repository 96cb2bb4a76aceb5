"""A failure row goes once its file is read well, in the ledger and in one that is rebuilt."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from tests.run.ledger_dump import dump_ledger

from sayso.ledger.database import open_reader
from sayso.ledger.health import read_failures
from sayso.ledger.mending import ReadFailure
from sayso.ledger.paths import find_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.read.files import FindOptions
from sayso.records.report import Failure, RawRecord
from sayso.run.mending import Mender
from sayso.run.reading import ReadSummary, read_paths
from sayso.settings import Settings

SETTINGS = Settings(workers=1)
PEOPLE = ("Ilse Marn", "Tovan Reeg", "Oda Kesh", "Piers Lund")


def read(ledger: Path, *sources: Path, **options: object) -> ReadSummary:
    given = FindOptions(settings=SETTINGS, **options)  # type: ignore[arg-type]
    return read_paths(ledger, [str(s) for s in sources], given)


def check_failures(ledger: Path, *expected: str) -> None:
    """Demand these failing paths, now and after a rebuild."""
    for _ in range(2):
        with closing(open_reader(find_ledger(ledger))) as connection:
            found = sorted(Path(row["path"]).name for row in read_failures(connection))
        assert found == sorted(expected)
        before = dump_ledger(ledger)
        rebuild_ledger(find_ledger(ledger))
        assert dump_ledger(ledger) == before


def make_row(number: int) -> str:
    person = PEOPLE[number % 4]
    row = {"text": f"“Plan {number} will wait,” said {person} on Monday.", "outlet": "Norl Daily"}
    return json.dumps(row)


@pytest.mark.language
def test_a_table_that_failed_as_a_whole_is_no_failure_once_it_is_read(tmp_path: Path) -> None:
    table, ledger = tmp_path / "t.csv", tmp_path / "news.sayso"
    table.write_text("story,when\n" + "".join(f"“We go” said {p}.,2031\n" for p in PEOPLE))
    summary = read(ledger, table, column_map={"text": "body"})
    assert (summary.new_reports, summary.failures) == (0, 1)
    check_failures(ledger, "t.csv")
    summary = read(ledger, table, column_map={"text": "story"})
    assert (summary.new_reports, summary.failures) == (4, 0)
    check_failures(ledger)
    # And again, when every row is known already.
    assert read(ledger, table, column_map={"text": "body"}).failures == 1
    check_failures(ledger, "t.csv")
    assert read(ledger, table, column_map={"text": "story"}).seen_before == 4
    check_failures(ledger)


@pytest.mark.language
def test_a_row_that_failed_is_no_failure_once_it_is_read_or_gone(tmp_path: Path) -> None:
    table, ledger = tmp_path / "t.jsonl", tmp_path / "news.sayso"
    rows = [make_row(0), "{broken", make_row(2), '{"text": ', '{"text": "\\u0000"}']
    table.write_text("\n".join(rows) + "\n")
    assert read(ledger, table).failures == 3
    check_failures(ledger, "t.jsonl#2", "t.jsonl#4", "t.jsonl#5")
    # Row 2 is now as row 1, which is known; row 4 stays broken; row 5 is gone.
    table.write_text("\n".join([rows[0], rows[0], rows[2], rows[3]]) + "\n")
    assert read(ledger, table).new_reports == 0
    check_failures(ledger, "t.jsonl#4")
    table.write_text("\n".join([rows[0], rows[2]]) + "\n")
    read(ledger, table)
    check_failures(ledger)


@pytest.mark.language
def test_what_fails_as_it_did_before_it_was_well_is_a_failure_again(tmp_path: Path) -> None:
    text, ledger = tmp_path / "a.txt", tmp_path / "news.sayso"
    # The first is found to be no text, the second only when it is read.
    for bad in (b"\x7fELF\x00\x00\x01", b""):
        for number in (1, 2):
            text.write_bytes(bad)
            for _ in range(2):
                read(ledger, text)
                check_failures(ledger, "a.txt")
            text.write_text(f"“We stay in {number} {len(bad)},” said Ilse Marn on Monday.")
            assert read(ledger, text).new_reports == 1
            check_failures(ledger)


@pytest.mark.language
def test_a_file_that_becomes_what_is_known_is_no_failure_any_more(tmp_path: Path) -> None:
    good, bad, ledger = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "news.sayso"
    good.write_text("“We stay,” said Ilse Marn on Monday.")
    bad.write_bytes(b"")
    read(ledger, good, bad)
    check_failures(ledger, "bad.txt")
    read(ledger, good)
    read(ledger, bad)
    check_failures(ledger, "bad.txt")
    bad.write_bytes(good.read_bytes())
    assert read(ledger, bad).seen_before == 1
    check_failures(ledger)


def failure(path: str, report_id: str | None = None, position: int = 0) -> ReadFailure:
    return ReadFailure((("read", "1", "s-1"), position), path, report_id)


def meet(mender: Mender, *paths: str) -> None:
    """A path for a record, `!path` for a failure, `path=id` for a record of that id."""
    for word in paths:
        if word.startswith("!"):
            mender.meet(Failure("find", "ReadError", "bad", None, word[1:]))
        else:
            path, _, content_id = word.partition("=")
            mender.meet(RawRecord(path, b"x", "row" if "#" in path else "text"), content_id)


@pytest.mark.parametrize(
    ("given", "met", "over"),
    [
        (failure("t.csv"), [], False),
        (failure("t.csv"), ["u.csv#1"], False),
        (failure("t.csv"), ["t.csv#1"], True),
        (failure("t.csv"), ["t.csv#1", "!t.csv"], False),
        (failure("t.csv"), ["!t.csv#1"], True),
        (failure("t.csv#3"), ["t.csv#1", "t.csv#2"], True),
        (failure("t.csv#3"), ["t.csv#1", "!t.csv#3"], False),
        (failure("t.csv#3"), ["t.csv#1", "!t.csv"], False),
        (failure("t.csv#3"), ["t.csv#3", "!t.csv"], True),
        (failure("t.csv#3", "r-1"), ["t.csv#3=r-1"], False),
        (failure("t.csv#3", "r-1"), ["t.csv#3=r-2"], True),
        (failure("t.csv#3", "r-1"), ["t.csv#2=r-1"], False),
        (failure("a.txt", "r-1"), ["a.txt=r-2"], True),
        (failure("a.txt", "r-1"), ["!a.txt"], False),
        (failure("a.txt"), ["a.txt"], True),
        (failure("a.txt"), ["!a.txt", "a.txt"], False),
        (failure("-"), ["-"], False),
        (failure("-#2"), ["-#1"], False),
        (failure("caf\\xe9.txt"), ["caf\udce9.txt"], True),
    ],
)
def test_what_a_run_met_says_which_failures_are_over(
    given: ReadFailure, met: list[str], over: bool
) -> None:
    mender = Mender([given])
    meet(mender, *met)
    assert mender.list_over() == ([given.key] if over else [])


def test_a_file_named_like_a_row_is_a_file(tmp_path: Path) -> None:
    named = tmp_path / "notes#12"
    named.write_bytes(b"")
    mender = Mender([failure(str(named))])
    meet(mender, f"{tmp_path}/notes#1")
    assert mender.list_over() == []
    meet(mender, str(named))
    assert len(mender.list_over()) == 1

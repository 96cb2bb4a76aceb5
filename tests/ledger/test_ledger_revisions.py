from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import (
    READ_AT,
    day,
    make_report,
    write_batch,
)

from sayso.ledger import database
from sayso.ledger.database import list_migrations, open_reader, open_writer
from sayso.ledger.loader import load_pending, load_shard
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.ledger.revisions import find_place
from sayso.ledger.shards import write_read_shard
from sayso.ledger.sightings import add_sightings
from sayso.records.report import Report, Sighting


def chain(connection: sqlite3.Connection) -> dict[str, tuple[str | None, str | None, int]]:
    """revision_of, superseded_by and is_newest of each report."""
    return {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT report_id, revision_of, superseded_by, is_newest FROM report"
        )
    }


def test_a_changed_text_at_the_same_address_is_a_revision(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    a, b, c = (
        make_report(1, path="/r/1.txt", words=words, published=day(2024, 3, number))
        for number, words in ((1, ""), (2, " At once."), (3, " Soon."))
    )
    write_batch(paths, "0001", [a])
    write_batch(paths, "0002", [b])
    load_pending(paths, writer)
    assert chain(writer) == {
        a.report_id: (None, b.report_id, 0),
        b.report_id: (a.report_id, None, 1),
    }
    write_batch(paths, "0003", [c])
    load_pending(paths, writer)
    assert chain(writer) == {
        a.report_id: (None, b.report_id, 0),
        b.report_id: (a.report_id, c.report_id, 0),
        c.report_id: (b.report_id, None, 1),
    }


def test_undated_revisions_are_in_the_order_they_were_read(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    a, b = (make_report(1, path="/r/1.txt", words=words) for words in ("", " At once."))
    for report, read_at in ((b, "2026-01-01T00:00:00Z"), (a, "2026-01-02T00:00:00Z")):
        read, _ = write_batch(paths, report.report_id, [report])
        load_shard(paths, writer, read, read_at=read_at)
    assert chain(writer)[a.report_id] == (b.report_id, None, 1)


def test_a_report_seen_at_two_addresses_stays_newest_where_it_was_not_changed(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    first = make_report(1, path="/r/1.txt", published=day(2024, 3, 1))
    write_batch(paths, "0001", [first])
    load_pending(paths, writer, read_at="2026-01-01T00:00:00Z")
    copy = Sighting(first.report_id, first.report_id, "/r/copy.txt", None, "2026-01-02T00:00:00Z")
    assert add_sightings(paths, writer, [copy, copy]) == 1
    assert add_sightings(paths, writer, [copy]) == 0
    changed = make_report(1, path="/r/copy.txt", words=" At once.", published=day(2024, 3, 2))
    write_batch(paths, "0002", [changed])
    load_pending(paths, writer, read_at="2026-01-03T00:00:00Z")
    assert chain(writer) == {
        first.report_id: (None, None, 1),
        changed.report_id: (first.report_id, None, 1),
    }


def see_again(paths: LedgerPaths, writer: sqlite3.Connection, *reports: Report) -> int:
    """Note that these files were met with these contents, one after the other; return what was
    new."""
    return sum(
        add_sightings(
            paths,
            writer,
            [Sighting(r.report_id, r.report_id, r.path or "", None, f"2026-02-{n:02d}T00:00:00Z")],
        )
        for n, r in enumerate(reports, 1)
    )


@pytest.mark.parametrize(
    "days", [(None, None), (1, 2), (1, 1)], ids=["undated", "dated", "one day"]
)
def test_an_address_that_goes_back_to_an_earlier_text_shows_it_as_the_newest(
    paths: LedgerPaths, writer: sqlite3.Connection, days: tuple[int | None, int | None]
) -> None:
    a, b = (
        make_report(
            1, path="/r/1.txt", words=words, published=None if d is None else day(2024, 3, d)
        )
        for words, d in zip(("", " At once."), days, strict=True)
    )
    for number, report in enumerate((a, b), 1):
        read, _ = write_batch(paths, f"000{number}", [report])
        load_shard(paths, writer, read, read_at=f"2026-01-0{number}T00:00:00Z")
    assert chain(writer)[b.report_id] == (a.report_id, None, 1)
    assert see_again(paths, writer, b, b) == 0
    assert see_again(paths, writer, a, a) == 1
    back = {a.report_id: (b.report_id, None, 1), b.report_id: (None, a.report_id, 0)}
    assert chain(writer) == back
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert chain(reader) == back
    assert see_again(paths, writer, b, a, b) == 3
    assert chain(writer)[b.report_id] == (a.report_id, None, 1)
    c = make_report(1, path="/r/1.txt", words=" Soon.", published=day(2026, 3, 3))
    read, _ = write_batch(paths, "0003", [c])
    load_shard(paths, writer, read, read_at="2026-03-03T00:00:00Z")
    assert chain(writer)[c.report_id] == (b.report_id, None, 1)
    before = chain(writer)
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert chain(reader) == before
    remove_reports(paths, [b.report_id])
    with closing(open_reader(paths)) as reader:
        left = chain(reader)
        assert left[c.report_id] == (a.report_id, None, 1)
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert chain(reader) == left


def test_rows_of_tables_and_standard_input_have_no_address() -> None:
    assert find_place("/a/news.jsonl#12", None) is None
    assert find_place("-", None) is None
    assert find_place(None, None) is None
    assert find_place("/a/news.jsonl#12", "https://x.example/1") == "https://x.example/1"
    assert find_place("/a/1.txt", None) == "/a/1.txt"
    assert find_place("/a/#", None) == "/a/#"


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_revisions_depend_on_reports_and_sightings_alone(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any order of loading gives the same chain, without a circle, one newest at every address."""
    count_of = data.draw(st.integers(2, 5))
    reports = [
        make_report(
            n,
            path=f"/r/{data.draw(st.integers(0, 2))}.txt",
            published=data.draw(st.sampled_from([None, day(2024, 3, 1), day(2024, 3, 2)])),
        )
        for n in range(count_of)
    ]
    chains = []
    for order in (list(range(count_of)), data.draw(st.permutations(range(count_of)))):
        paths = create_ledger(tmp_path_factory.mktemp("ledger") / "x.sayso")
        with closing(open_writer(paths)) as connection:
            for n in order:
                read = write_read_shard(paths, "r1", str(n), [reports[n]], [None], [])
                load_shard(paths, connection, read, read_at=READ_AT)
            chains.append(chain(connection))
    assert chains[0] == chains[1]
    for report in reports:
        seen, at = set(), report.report_id
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = chains[0][at][0]
    for path in {r.path for r in reports}:
        newest = [r for r in reports if r.path == path and chains[0][r.report_id][2]]
        assert len(newest) == 1


def test_a_ledger_of_the_first_version_keeps_the_order_of_its_revisions(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *later = list_migrations()
    assert later
    ages = [
        "\x1f".join(
            ("2024-03-01T00:00:00Z", f"2026-01-0{n}T00:00:00Z", "/r/1.txt", "0" * 18, "r-1")
        )
        for n in (1, 2)
    ]
    monkeypatch.setattr(database, "list_migrations", lambda: [first])
    with closing(open_writer(paths)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executemany(
            "INSERT INTO report_place (place, age, report_id, position) VALUES ('p', ?, 'r', 0)",
            [(age,) for age in ages],
        )
    monkeypatch.undo()
    with closing(open_writer(paths)) as connection:
        found = [row[0] for row in connection.execute("SELECT age FROM report_place ORDER BY age")]
    assert [age.split("\x1f") for age in found] == [
        [age.split("\x1f")[0], "", *age.split("\x1f")[1:]] for age in ages
    ]

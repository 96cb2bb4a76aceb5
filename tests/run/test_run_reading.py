"""`sayso read` over whole runs: nothing is read twice, lost or doubled, whatever happens to the process."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.run.ledger_dump import dump_ledger

from sayso.errors import LedgerBusyError, NotFoundError
from sayso.ledger.database import open_reader
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import create_ledger, find_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.read.files import FindOptions
from sayso.run.reading import ReadSummary, read_paths, refresh_ledger
from sayso.run.supervisor import Supervisor
from sayso.settings import Settings

pytestmark = pytest.mark.language

PEOPLE = ("Ilse Marn", "Tovan Reeg", "Oda Kesh", "Piers Lund", "Runa Veld")
OUTLETS = ("Harbour Post", "Norl Daily")
REPORTS = 24
COPIED = (
    " The ferry pier north of the old town stays closed until the new piles are sunk and the cranes "
    "are back from the yard."
)
SETTINGS = Settings(workers=2, shard_reports=4)


def write_reports(folder: Path) -> Path:
    """Write a table of invented reports, one of them changed later at the same address."""
    path = folder / "reports.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i in range(REPORTS):
            person, day = PEOPLE[i % 5], 1 + i % 9
            row = {
                "outlet": OUTLETS[i % 2],
                "url": f"https://example.org/{i - 1 if i == REPORTS - 1 else i}",
                "published": f"2031-03-0{day}",
                "title": f"Harbour plan {i} put off",
                "text": f"{person} said on Monday that plan {i} would wait. “We need at least "
                f"{i + 3} more weeks,” {person.split()[1]} said." + (COPIED if i % 3 == 0 else ""),
            }
            file.write(json.dumps(row) + "\n")
    return path


def read(ledger: Path, *sources: Path, settings: Settings = SETTINGS) -> ReadSummary:
    return read_paths(ledger, [str(s) for s in sources], FindOptions(settings=settings))


def start_read(ledger: Path, source: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SAYSO_WORKERS": "2", "SAYSO_SHARD_REPORTS": "4"}
    command = [
        sys.executable,
        "-m",
        "sayso",
        "read",
        str(source),
        "--ledger",
        str(ledger),
        "--quiet",
    ]
    return subprocess.Popen(command, env=environment, start_new_session=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = tmp_path_factory.mktemp("whole") / "whole.sayso"
    summary = read(ledger, source)
    assert (summary.new_reports, summary.seen_before, summary.failures) == (REPORTS, 0, 0)
    return ledger


def test_a_second_run_reads_nothing_and_starts_no_worker(
    source: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Supervisor) -> None:
        raise AssertionError("a worker was started")

    before = dump_ledger(whole)
    monkeypatch.setattr(Supervisor, "_start", refuse)
    summary = read(whole, source)
    assert (summary.new_reports, summary.seen_before) == (0, REPORTS)
    assert dump_ledger(whole) == before


def test_the_speaker_and_the_figure_of_every_report_are_there(whole: Path) -> None:
    with closing(open_reader(find_ledger(whole))) as connection:
        speakers = connection.execute(
            "SELECT speaker_name, count(*) FROM statement WHERE kind = 'direct' GROUP BY 1"
        ).fetchall()
        figures = connection.execute(
            "SELECT value FROM figure WHERE bound = 'at_least' ORDER BY value"
        ).fetchall()
    assert {name for name, _ in speakers} == set(PEOPLE)
    assert sum(count for _, count in speakers) == REPORTS
    assert [value for (value,) in figures] == [i + 3 for i in range(REPORTS)]


def test_the_changed_report_is_a_revision_of_the_earlier_one(whole: Path) -> None:
    with closing(open_reader(find_ledger(whole))) as connection:
        [(url, newest)] = connection.execute(
            "SELECT url, is_newest FROM report WHERE revision_of IS NOT NULL"
        ).fetchall()
    assert url == f"https://example.org/{REPORTS - 2}"
    assert newest == 1


def test_the_order_and_size_of_shards_change_nothing(
    source: Path, whole: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sayso"
    read(other, source, settings=Settings(workers=1, shard_reports=7))
    assert dump_ledger(other) == dump_ledger(whole)


def kill_and_compare(
    source: Path, whole: Path, folder: Path, *, delay_s: float, group: bool
) -> None:
    """Kill a read after `delay_s` (with its workers, or leaving them), read again, compare."""
    ledger = folder / "killed.sayso"
    process = start_read(ledger, source)
    time.sleep(delay_s)
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    again = read(ledger, source)
    assert again.new_reports + again.seen_before == REPORTS, "each record is in one count"
    assert dump_ledger(ledger) == dump_ledger(whole), f"killed after {delay_s:.2f} s, {group=}"
    assert not list(ledger.rglob(".tmp*"))


@pytest.mark.parametrize("group", [True, False])
def test_killed_at_a_random_moment_and_run_again_it_loses_and_doubles_nothing(
    source: Path, whole: Path, tmp_path: Path, group: bool
) -> None:
    delay_s = random.SystemRandom().uniform(0.5, 5.0)
    kill_and_compare(source, whole, tmp_path, delay_s=delay_s, group=group)


@pytest.mark.soak
@pytest.mark.parametrize("round_number", range(40))
def test_soak_kills(source: Path, whole: Path, tmp_path: Path, round_number: int) -> None:
    delay_s = 0.15 * (round_number + 1)
    kill_and_compare(source, whole, tmp_path, delay_s=delay_s, group=round_number % 2 == 0)


def test_two_reads_of_one_ledger_are_kept_apart(source: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "held.sayso"
    with run_lock(create_ledger(ledger)), pytest.raises(LedgerBusyError, match=str(os.getpid())):
        read(ledger, source)


def test_a_path_that_is_not_there_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"gone\.txt"):
        read(tmp_path / "none.sayso", tmp_path / "gone.txt")
    assert not (tmp_path / "none.sayso").exists()


def test_a_report_that_fails_is_a_row_and_costs_no_other_report(
    source: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "in"
    bad.mkdir()
    (bad / "empty.txt").write_bytes(b"")
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (bad / "good.txt").write_text("“We stay,” said Ilse Marn on Monday.", encoding="utf-8")
    ledger = tmp_path / "bad.sayso"
    summary = read(ledger, bad)
    assert (summary.new_reports, summary.failures) == (1, 2)
    again = read(ledger, bad)
    assert again.new_reports == 0
    with closing(open_reader(find_ledger(ledger))) as connection:
        paths = connection.execute("SELECT path FROM failure ORDER BY path").fetchall()
    assert [Path(path).name for (path,) in paths] == ["binary.txt", "empty.txt"]


def test_a_report_that_took_too_long_is_annotated_when_it_is_tried_again(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("Ilse Marn said that the plan would wait until May. " * 600)
    short = tmp_path / "short.txt"
    short.write_text("“We stay,” said Ilse Marn on Monday.")
    ledger = tmp_path / "late.sayso"
    hurried = Settings(workers=1, report_timeout_s=0.05)
    assert read(ledger, text, short, settings=hurried).failures >= 1
    both = [str(text), str(short)]
    read_paths(ledger, both, FindOptions(settings=SETTINGS), retry_failed=True)
    with closing(open_reader(find_ledger(ledger))) as connection:
        assert connection.execute("SELECT count(*) FROM failure").fetchone() == (0,)
        [(count,)] = connection.execute(
            "SELECT count(*) FROM statement JOIN report USING (report_id) WHERE path = ?",
            (str(text),),
        ).fetchall()
    assert count > 500


def test_a_file_that_can_be_read_later_is_no_failure_any_more(tmp_path: Path) -> None:
    text = tmp_path / "late.txt"
    text.write_bytes(b"")
    ledger = tmp_path / "late.sayso"
    assert read(ledger, text).failures == 1
    text.write_text("“We stay,” said Ilse Marn on Monday.", encoding="utf-8")
    assert read(ledger, text).new_reports == 1
    with closing(open_reader(find_ledger(ledger))) as connection:
        assert connection.execute("SELECT count(*) FROM failure").fetchone() == (0,)


def test_a_ledger_among_the_reports_is_not_read_as_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We stay,” said Ilse Marn on Monday.")
    ledger = tmp_path / "news.sayso"
    assert read(ledger, tmp_path).new_reports == 1
    again = read(ledger, tmp_path)
    assert (again.new_reports, again.seen_before, again.failures) == (0, 1, 0)
    assert read(ledger, ledger).failures == 1


def test_a_report_in_another_language_is_kept_and_not_annotated(tmp_path: Path) -> None:
    text = tmp_path / "es.txt"
    sentence = "El ministro del puerto dijo el lunes que la obra tendrá que esperar hasta abril. "
    text.write_text(sentence * 4, encoding="utf-8")
    ledger = tmp_path / "es.sayso"
    read(ledger, text)
    with closing(open_reader(find_ledger(ledger))) as connection:
        [(language, version)] = connection.execute(
            "SELECT language, findings_version FROM report"
        ).fetchall()
        assert connection.execute("SELECT count(*) FROM statement").fetchone() == (0,)
    assert language == "es"
    assert version is not None


def test_refresh_makes_older_findings_anew_and_leaves_the_rest(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "old.sayso"
    read(ledger, source)
    for folder in (ledger / "shards").glob("findings-*"):
        folder.rename(folder.with_name("findings-0-older"))
    with closing(open_reader(find_ledger(ledger))) as connection:
        assert connection.execute("SELECT count(*) FROM statement").fetchone() != (0,)
    summary = refresh_ledger(ledger, SETTINGS)
    assert summary.new_reports == REPORTS
    assert dump_ledger(ledger) == dump_ledger(whole)
    assert refresh_ledger(ledger, SETTINGS).new_reports == 0


def test_another_meaning_of_vague_words_is_another_version_there_and_back(tmp_path: Path) -> None:
    source, ledger = tmp_path / "reports.jsonl", tmp_path / "vague.sayso"
    texts = [f"Dozens of boats sank off the port on day {n}." for n in range(6)]
    source.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    shipped = Settings(workers=1, shard_reports=3)
    wider = replace(shipped, vague="dozens=36-99")

    def list_least() -> set[tuple[int, int]]:
        with closing(open_reader(find_ledger(ledger))) as connection:
            return set(
                connection.execute(
                    "SELECT value_lo, count(*) FROM figure WHERE bound = 'vague' GROUP BY value_lo"
                )
            )

    read(ledger, source, settings=shipped)
    before = dump_ledger(ledger)
    assert list_least() == {(24, 6)}
    for settings, least in ((wider, 36), (shipped, 24), (wider, 36), (shipped, 24)):
        assert refresh_ledger(ledger, settings).new_reports == 6
        assert list_least() == {(least, 6)}
        assert refresh_ledger(ledger, settings).new_reports == 0
    assert dump_ledger(ledger)["figure"] == before["figure"]
    rebuild_ledger(find_ledger(ledger))
    assert dump_ledger(ledger)["figure"] == before["figure"]


PAGE = """<html><head><title>Harbour plan put off</title><link rel="canonical" href="{url}">
<meta property="og:site_name" content="{outlet}"></head><body><article><h1>Harbour plan put off</h1>
<p>Ilse Marn said on Monday that the plan for the harbour would wait until {month}, and that the
council of the town would meet again before then to hear the fishermen.</p></article></body></html>"""


def test_a_page_that_states_the_address_of_another_outlet_does_not_replace_its_report(
    tmp_path: Path,
) -> None:
    url = "https://example.org/harbour"
    for name, outlet, month in (
        ("1.html", "Harbour Post", "May"),
        ("2.html", "Harbour Post", "June"),
        ("3.html", "Norl Daily", "July"),
    ):
        (tmp_path / name).write_text(PAGE.format(url=url, outlet=outlet, month=month))
    ledger = tmp_path / "pages.sayso"
    read(ledger, *(tmp_path / f"{n}.html" for n in (1, 2, 3)))
    with closing(open_reader(find_ledger(ledger))) as connection:
        rows = connection.execute(
            "SELECT outlet, url, is_newest, revision_of IS NOT NULL FROM report ORDER BY path"
        ).fetchall()
    read(ledger, *(tmp_path / f"{n}.html" for n in (3, 2, 1)))
    with closing(open_reader(find_ledger(ledger))) as connection:
        assert connection.execute("SELECT count(*) FROM sighting").fetchone() == (3,)
    assert rows == [
        ("Harbour Post", url, 0, 0),
        ("Harbour Post", url, 1, 1),
        ("Norl Daily", url, 1, 0),
    ]


def test_a_path_means_the_same_file_from_whatever_folder_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "paths.sayso"
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        Path("news.txt").write_text(f"“We stay in the {name},” said Ilse Marn on Monday.")
        read_paths(ledger, ["news.txt"], FindOptions(settings=SETTINGS))
    with closing(open_reader(find_ledger(ledger))) as connection:
        newest = connection.execute("SELECT is_newest FROM report").fetchall()
    assert newest == [(1,), (1,)]


def test_what_reports_share_is_a_cluster_of_the_ledger(whole: Path) -> None:
    rows = dump_ledger(whole)
    assert len(rows["copied_passage"]) >= REPORTS // 3
    assert len(rows["copy_cluster"]) == 1


def test_reports_that_a_killed_run_left_unannotated_are_new_and_not_seen_before(
    tmp_path: Path,
) -> None:
    source, ledger = tmp_path / "in", tmp_path / "left.sayso"
    source.mkdir()
    for number, person in enumerate(("Ilse Marn", "Tovan Reeg")):
        (source / f"{number}.txt").write_text(f"“We stay,” said {person} on Monday.")
    assert read(ledger, source).new_reports == 2
    paths = find_ledger(ledger)
    for folder in paths.shards.glob("findings-*"):
        shutil.rmtree(folder)
    for file in ledger.glob("ledger.sqlite*"):
        file.unlink()
    again = read(ledger, source)
    assert (again.new_reports, again.seen_before) == (2, 0)
    assert read(ledger, source).seen_before == 2


def test_a_removed_report_is_counted_as_removed(tmp_path: Path) -> None:
    text, ledger = tmp_path / "a.txt", tmp_path / "gone.sayso"
    text.write_text("“We stay,” said Ilse Marn on Monday.")
    read(ledger, text)
    paths = find_ledger(ledger)
    with closing(open_reader(paths)) as connection:
        [(report_id,)] = connection.execute("SELECT report_id FROM report").fetchall()
    remove_reports(paths, [report_id])
    again = read(ledger, text)
    assert (again.new_reports, again.seen_before, again.removed) == (0, 0, 1)

"""Killed with -9 at any moment and run again, loading loses and doubles nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import READ_AT, check_search, day, dump, make_report, write_batch

from sayso.errors import StorageError
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.journal import append_lines
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.shards import sweep_temporary
from sayso.records.report import Report

LOAD = """
import sys
from contextlib import closing
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ledger_samples import READ_AT
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths
paths = LedgerPaths(Path(sys.argv[1]))
import pyarrow.parquet
print("go", flush=True)
with closing(open_writer(paths)) as connection:
    load_pending(paths, connection, read_at=READ_AT)
"""
HERE = str(Path(__file__).parent)


def batches() -> list[list[Report]]:
    """Twelve batches; revisions and other bytes of one text lie in different ones."""
    found = []
    for number in range(12):
        found.append(
            [
                make_report(number, published=day(2024, 3, 1 + number)),
                make_report(
                    number + 100, path=f"/r/{number % 3}.txt", published=day(2024, 4, 1 + number)
                ),
                make_report(
                    number // 2 + 200, url=f"https://x.example/{number // 2}", salt=str(number)
                ),
            ]
        )
    return found


def fill(folder: Path) -> LedgerPaths:
    paths = create_ledger(folder)
    for number, batch in enumerate(batches()):
        write_batch(paths, f"{number:04d}", batch)
    return paths


def undisturbed(folder: Path) -> dict[str, list[object]]:
    paths = fill(folder)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        return dump(connection)


def run_and_kill(paths: LedgerPaths, delay_s: float) -> bool:
    """Load in a process that is killed `delay_s` after it begins; say whether it was cut off."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(paths.folder), HERE], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        time.sleep(delay_s)
        cut_off = process.poll() is None
        process.kill()
        process.wait()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    return cut_off


def kill_often(folder: Path, seed: int, kills: int, longest_s: float) -> int:
    """Kill loading `kills` times, then let it end; return how often it was cut off."""
    chance = random.Random(seed)
    paths = fill(folder)
    # The first at once: on a quick machine all the others may come after the loading is done.
    delays = [0.0, *(chance.uniform(0, longest_s) for _ in range(kills - 1))]
    cut_off = sum(run_and_kill(paths, delay_s) for delay_s in delays)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        check_search(connection)
        found = dump(connection)
    assert found == undisturbed(folder.with_name("undisturbed"))
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == found
    return cut_off


def test_loading_that_is_killed_and_run_again_ends_the_same(tmp_path: Path) -> None:
    assert kill_often(tmp_path / "killed", seed=20, kills=4, longest_s=0.2) >= 1


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_loading_that_is_killed_many_times_ends_the_same(tmp_path: Path, seed: int) -> None:
    kill_often(tmp_path / "killed", seed=seed, kills=12, longest_s=0.6)


def test_a_torn_line_of_sightings_costs_nothing(tmp_path: Path) -> None:
    """The machine stops while lines are written: a part of one is on the disk, and no commit."""
    expected = undisturbed(tmp_path / "undisturbed")
    paths = fill(tmp_path / "torn")
    append_lines(paths.sightings, [])
    with paths.sightings.open("wb") as file:
        file.write(b'{"content_id": "r-0011')
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        assert dump(connection) == expected
    assert paths.folder.joinpath("sightings.torn.jsonl").read_bytes().startswith(b'{"content_id"')


FULL = """
import resource, signal, sys
from contextlib import closing
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ledger_samples import READ_AT
from sayso.errors import StorageError
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths
paths = LedgerPaths(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
except StorageError as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.parametrize("limit", [0, 40_000, 400_000])
def test_a_disk_that_refuses_while_loading_loses_nothing(tmp_path: Path, limit: int) -> None:
    paths = fill(tmp_path / "full")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(paths.folder), HERE, str(limit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, 7), done.stderr
    assert limit > 40_000 or done.returncode == 7
    assert "Traceback" not in done.stderr
    sweep_temporary(paths)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        check_search(connection)
        assert dump(connection) == undisturbed(tmp_path / "undisturbed")


def test_a_storage_error_has_the_status_of_a_full_disk() -> None:
    assert (StorageError.exit_code, StorageError.http_status) == (1, 507)

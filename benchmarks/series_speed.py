"""Speed of series and of what does not go together in them, over invented figures.

    python benchmarks/series_speed.py [--reports 100000]

Puts ten figures a report straight into the tables of a new ledger: of 24 measures, a thousand
events in 120 places, from eight outlets, over four years; most cumulative ones grow. Prints
CPU-seconds of listing the series, of drawing the rows of one, and of finding what does not go
together, with how many there are, and the peak resident memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sized
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from sayso.compare.inconsistencies import find_conflicts
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.filters import Filters
from sayso.ledger.paths import create_ledger
from sayso.ledger.queries import figures
from sayso.ledger.series import series

FIGURES = 10
PLACES, EVENTS, DAYS = 120, 1_000, 1_460
OUTLETS = tuple(f"Outlet {n}" for n in range(8))
MEASURES = ("killed", "wounded", "displaced", "missing", *(f"other:thing{n}" for n in range(20)))
MODES = ("cumulative", "incident", None, None)


def main() -> None:
    """Print one line for each question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    count = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as folder:
        paths = create_ledger(Path(folder) / "invented.sayso")
        with closing(open_writer(paths)) as connection:
            fill(connection, count)
        with closing(open_reader(paths)) as connection:
            [first] = list(series(connection, Filters(limit=1)))
            chosen = Filters(measure=first["measure"], series=first["series"])
            ask("series", lambda: series(connection))
            ask("figures of the largest", lambda: figures(connection, chosen))
            ask("what does not go together", lambda: find_conflicts(connection, Filters()))
            ask("of it killed", lambda: find_conflicts(connection, Filters(measure="killed")))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} reports, {FIGURES * count:,} figures; peak {peak:,.0f} MB")


def ask(name: str, question: Callable[[], Sized]) -> None:
    begun = time.process_time()
    answer = question()
    print(f"{name:28} {time.process_time() - begun:8.2f} CPU-s {len(answer):10,}")


def fill(connection: sqlite3.Connection, count: int) -> None:
    chance = random.Random(606)
    connection.execute("BEGIN")
    for number in range(count):
        day = date(2031, 1, 1) + timedelta(number * DAYS // count)
        connection.execute(
            "INSERT INTO report (report_id, outlet, published_lo, published_hi, text_sha256, "
            "body_start, body_end, read_version, shard_id) VALUES (?, ?, ?, ?, ?, 0, 0, '', '')",
            (f"r-{number}", chance.choice(OUTLETS), f"{day}T00:00:00Z", f"{day}T23:59:59Z", ""),
        )
        rows = [make_figure(chance, number, place, day) for place in range(FIGURES)]
        connection.executemany(
            "INSERT INTO figure (figure_id, report_id, position, start, end, text, value, value_lo,"
            " value_hi, bound, measure, counted, place, event, mode, as_of_lo, as_of_hi,"
            " as_of_basis, found_by) VALUES"
            " (?, ?, ?, 0, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'published', '')",
            rows,
        )
    connection.execute("COMMIT")


def make_figure(chance: random.Random, number: int, place: int, day: date) -> tuple[object, ...]:
    event = min(int(chance.paretovariate(0.7)), EVENTS)
    mode = MODES[event % len(MODES)]
    age = (day - date(2031, 1, 1)).days
    value = 100 + event % 90 + (age * (1 + event % 7) if mode == "cumulative" else 0)
    if chance.random() < 0.02:
        value = int(value * 0.7)
    bound = chance.choice(("exact", "exact", "at_least"))
    return (
        f"f-{number}-{place}", f"r-{number}", place, str(value), value, value,
        value if bound == "exact" else None, bound, MEASURES[event % len(MEASURES)],
        chance.choice(("people", "soldiers", None)), f"Place {event % PLACES}", f"flood {event}",
        mode, day.isoformat(), day.isoformat(),
    )  # fmt: skip


if __name__ == "__main__":
    main()

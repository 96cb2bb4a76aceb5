"""Time and memory of who is who in an invented ledger of N reports (`invented_ledger`).

    python benchmarks/names_speed.py [--reports N] [--growth G] [--keep DIR] [--only STEP ...]

Makes the ledger, then does each step of STEPS in a process of its own, and prints the CPU-seconds
of the step itself (this process's threads, without the start of Python) and the peak resident
memory of the process. --keep leaves the ledger there; with --only, what was kept is gone on with.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from invented_ledger import GROWTH, MENTIONS, World, add_reports, number_new
from sayso.identify import deciding, linking
from sayso.identify.judging import get_moment, judge, try_out
from sayso.identify.namesakes import find_namesakes
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.doubts import count_doubts, doubts
from sayso.ledger.facets import count_rows, count_speakers, find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.locks import run_lock
from sayso.ledger.names import place_names
from sayso.ledger.paths import LedgerPaths, create_ledger, find_ledger
from sayso.ledger.queries import statements
from sayso.ledger.speaker import get_speaker
from sayso.ledger.who import who
from sayso.records.judgement import Judgement, make_judgement

SEED = 1
CACHE_KIB = 1_000_000  # of the maker, which is not measured


class Steps:
    """What is measured, one method a step, in the order of STEPS."""

    def __init__(self, paths: LedgerPaths, reports: int, world: World) -> None:
        self.paths, self.reports, self.world = paths, reports, world

    def make(self) -> None:
        """The invented ledger."""
        with closing(open_writer(self.paths)) as connection:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            connection.execute("PRAGMA synchronous = OFF")
            add_reports(connection, self.world, range(self.reports), number_new(connection))

    def link(self) -> None:
        """All names counted, compared, grouped."""
        with run_lock(self.paths), closing(open_writer(self.paths)) as connection:
            for name in ("_count", "_compare", "group_names"):
                setattr(linking, name, _timed(name.strip("_"), getattr(linking, name)))
            linking.link_names(self.paths, connection)

    def add(self) -> None:
        """One report in a hundred more, put there as the loader puts names."""
        more = range(self.reports, self.reports + self.reports // 100)
        with closing(open_writer(self.paths)) as connection:
            add_reports(
                connection, self.world, more, lambda id_, names: place_names(connection, id_, names)
            )

    def link_more(self) -> None:
        """The names of those."""
        self.link()

    def try_merge(self) -> None:
        """What a merge of the two who are named most would move."""
        try_out(self.paths, [self._merge(0, 1)])

    def merge_most(self) -> None:
        """A merge of the two who are named most."""
        judge(self.paths, [self._merge(0, 1)])

    def merge_usual(self) -> None:
        """A merge of two who are named in a few reports."""
        judge(self.paths, [self._merge(2_000, 2_001)])

    def undo(self) -> None:
        """Both judgements taken back, in one go."""
        with closing(open_reader(self.paths)) as connection:
            merges = connection.execute(
                "SELECT judgement_id FROM judgement WHERE kind = 'merge' AND is_active = 1"
            ).fetchall()
        bodies = [{"judgement_id": one} for (one,) in merges]
        at = get_moment()
        judge(self.paths, [make_judgement("undo", b, judged_at=at, author="a") for b in bodies])

    def who(self) -> None:
        """`sayso who --limit 20`."""
        self._ask(lambda c: who(c, Filters(limit=20)))

    def who_of_a_month(self) -> None:
        """The same of one month and of direct speech."""
        self._ask(lambda c: who(c, Filters(since="2026-03", until="2026-03", kind="direct")))

    def speaker_statements(self) -> None:
        """`sayso statements --speaker` for who is named most, 20 rows."""
        speaker = self._find_most(0)
        self._ask(lambda c: statements(c, Filters(speaker=speaker, limit=20)))

    def name_statements(self) -> None:
        """The same by exactly this name, as pages ask."""
        name = self._find_most(0)
        self._ask(lambda c: statements(c, Filters(name=name, limit=20)))

    def rare_statements(self) -> None:
        """Statements of somebody who is named in a few reports, as pages ask."""
        name = self._find_most(2_000)
        self._ask(lambda c: statements(c, Filters(name=name, limit=20)))

    def speaker(self) -> None:
        """The page of who is named most."""
        name = self._find_most(0)
        self._ask(lambda c: get_speaker(c, name))

    def rare_speaker(self) -> None:
        """The page of somebody who is named in a few reports."""
        name = self._find_most(2_000)
        self._ask(lambda c: get_speaker(c, name))

    def facets(self) -> None:
        """What narrows the list of all statements."""
        for facet in ("speaker", "outlet", "kind", "voice", "stance", "period"):
            count = partial(find_facet, subject="statements", name=facet, filters=Filters())
            self._ask(count, facet)

    def counts(self) -> None:
        """How many statements and speakers there are."""
        self._ask(lambda c: count_rows(c, "statements", Filters()), "statements")
        self._ask(lambda c: count_speakers(c, Filters()), "speakers")

    def doubtful(self) -> None:
        """`sayso judge doubtful`, its first 20."""
        self._ask(lambda c: doubts(c, 20), "list")
        self._ask(count_doubts, "count")

    def namesakes(self) -> None:
        """One name, perhaps two people."""
        self._ask(find_namesakes)

    def _ask(self, question: Callable[[Any], object], part: str | None = None) -> None:
        with closing(open_reader(self.paths)) as connection:
            _timed(part, question)(connection) if part else question(connection)

    def _merge(self, first: int, second: int) -> Judgement:
        names = [self._find_most(first), self._find_most(second)]
        with closing(open_reader(self.paths)) as connection:
            body = deciding.decide_merge(connection, names)
        return make_judgement("merge", body, judged_at=get_moment(), author="a")

    def _find_most(self, rank: int) -> str:
        """The name of the person who is named so often."""
        with closing(open_reader(self.paths)) as connection:
            row = connection.execute(
                "SELECT name_key FROM name WHERE type = 'person' AND instr(name_key, ' ') > 0"
                " ORDER BY reports DESC, name_no LIMIT 1 OFFSET ?",
                (rank,),
            ).fetchone()
        return str(row[0])


STEPS = [name for name in vars(Steps) if not name.startswith("_")]


def _timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that adds up the time it takes under a name."""

    def run(*given: Any) -> Any:
        begun = time.process_time()
        try:
            return function(*given)
        finally:
            _spent[name] = _spent.get(name, 0.0) + time.process_time() - begun

    return run


_spent: dict[str, float] = {}


@contextmanager
def measuring(name: str) -> Iterator[None]:
    """Print what the block takes."""
    begun, on_clock = time.process_time(), time.monotonic()
    yield
    seconds, waited = time.process_time() - begun, time.monotonic() - on_clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    parts = ", ".join(f"{part} {spent:.2f}" for part, spent in _spent.items())
    line = f"{name:<20}{seconds:>9.2f} CPU-s {waited:>9.2f} s {peak:>7} MB"
    print(f"{line}  {parts}", flush=True)


def print_size(paths: LedgerPaths) -> None:
    """Print what is in the ledger."""
    with closing(open_reader(paths)) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("report", "statement", "name", "name_pair", "name_block")
        }
    listed = ", ".join(f"{count:,} {table}" for table, count in counts.items())
    megabytes = paths.database.stat().st_size / 1e6
    print(f"{listed}; {megabytes:,.0f} MB; of {counts['report'] * MENTIONS:,} mentions")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=2_640)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--growth", type=float, default=GROWTH, help="of names: see World")
    parser.add_argument("--keep", type=Path, help="leave the ledger here")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--here", action="store_true", help="one step, in this process")
    given = parser.parse_args()
    if given.here:
        world = World(given.reports, given.seed, given.growth)
        steps = Steps(find_ledger(given.keep), given.reports, world)
        with measuring(given.only[0]):
            getattr(steps, given.only[0])()
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = create_ledger(given.keep or Path(folder, "names.sayso"))
        command = [sys.executable, __file__, "--here", "--keep", str(paths.folder)]
        for option in ("reports", "seed", "growth"):
            command += [f"--{option}", str(getattr(given, option))]
        for step in given.only:
            subprocess.run([*command, "--only", step], check=True)
        print_size(paths)


if __name__ == "__main__":
    main()

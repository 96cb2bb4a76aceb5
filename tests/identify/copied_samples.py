"""Reports that share passages: invented sentences between words drawn by seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sayso.identify.copying import link_copies
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.shards import write_read_shard
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Published, RawRecord, Report
from sayso.settings import Settings

PIER = (
    "The harbour board of Kestrin closed the northern pier on Tuesday after divers found cracks in "
    "four of its piles, and ferries to the Oller islands leave from the fish market."
)
PIER_EDITED = PIER.replace("divers found", "engineers had found").replace(" northern", "")
SPEECH = (
    "“We have mended every pump in the valley and nobody will be without water this winter,” the "
    "engineer said."
)
ASKED = (
    "Asked by farmers, she promised: “We have mended every pump in the valley and nobody will be "
    "without water this winter.”"
)
FOOTER = (
    "The Harbour Post is read in eleven towns along the coast and is printed on paper from the "
    "mills of Mossa."
)


@dataclass(frozen=True)
class Sample:
    """A report: its passages, between words of its own."""

    name: str
    passages: tuple[str, ...]
    outlet: str | None = "Harbour Post"
    day: str | None = "2031-02-11"
    url: str | None = None

    def make(self) -> Report:
        words = random.Random(self.name)
        own = [
            " ".join(f"{self.name}{words.randrange(10**6)}" for _ in range(30)) + "."
            for _ in range(len(self.passages) + 1)
        ]
        pieces = [own[0]]
        for passage, after in zip(self.passages, own[1:], strict=True):
            pieces += [passage, after]
        text = "\n\n".join(pieces) + "\n"
        return Report(
            report_id=make_id("r", text, self.outlet, self.url),
            text=text,
            text_sha256=hash_text(text),
            body=(0, len(text)),
            path=f"/reports/{self.name}.txt",
            url=self.url,
            address=self.url,
            outlet=self.outlet,
            language="en",
            published=None if self.day is None else _make_day(self.day),
        )

    @property
    def report_id(self) -> str:
        return self.make().report_id


def _make_day(day: str) -> Published:
    lo = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Published(lo, lo.replace(hour=23, minute=59, second=59), None, "day", "field")


def load(paths: LedgerPaths, samples: Sequence[Sample]) -> None:
    """Read reports in one shard."""
    reports = [sample.make() for sample in samples]
    shard = make_id("x", *(report.report_id for report in reports))
    raws = [RawRecord(report.path or "-", report.text.encode(), "text") for report in reports]
    write_read_shard(paths, "r1", shard, reports, raws, [])
    with run_lock(paths), closing(open_writer(paths)) as connection:
        load_pending(paths, connection)


def link(paths: LedgerPaths, settings: Settings | None = None) -> int:
    """Bring copied passages up to date."""
    with run_lock(paths), closing(open_writer(paths)) as connection:
        return link_copies(paths, connection, settings or Settings())


def dump(paths: LedgerPaths) -> list[tuple[object, ...]]:
    """Return every cluster with its passages."""
    with closing(open_reader(paths)) as connection:
        return connection.execute(
            "SELECT * FROM copy_cluster JOIN copied_passage USING (cluster_id) "
            "ORDER BY cluster_id, position"
        ).fetchall()


def list_clusters(paths: LedgerPaths) -> list[tuple[str, list[str]]]:
    """Return the kind of each cluster, and its passages, by kind and passages."""
    with closing(open_reader(paths)) as connection:
        rows = connection.execute(
            """
            SELECT c.cluster_id, c.kind, substr(t.text, p.start + 1, p.end - p.start)
            FROM copy_cluster c JOIN copied_passage p USING (cluster_id)
              JOIN report_text t USING (report_id)
            ORDER BY c.cluster_id, p.position
            """
        ).fetchall()
    found = [
        (kind, [text for *_, text in passages])
        for (_, kind), passages in groupby(rows, key=lambda row: row[:2])
    ]
    return sorted(found)

"""Reports in which invented people say things, and a reader that needs no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

import numpy as np

from sayso.identify.claiming import link_claims
from sayso.identify.copying import link_copies
from sayso.identify.linking import link_names
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.assertion import Assertion
from sayso.records.claim import PairReading
from sayso.records.entity import LocalEntity, Mention
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.proposition import Proposition, Word
from sayso.records.report import Published, RawRecord, Report
from sayso.records.span import Fragments
from sayso.records.statement import Speaker, Statement
from sayso.settings import Settings

PIER = "the northern pier of Kestrin harbour closed after divers found cracks in four piles"
PIER_TOLD = PIER.replace("closed after", "closed yesterday after")
GRANT = "the Oller council granted nine farms money to mend the pumps of the lower valley"
VOTE = "members of the river assembly voted against a toll on barges from upstream towns"
WE = "we have mended every pump in the lower valley and nobody there lacks water"


@dataclass(frozen=True)
class Told:
    """A report: what it has somebody say, as (speaker, stance, content), and says itself."""

    name: str
    said: tuple[tuple[str, str, str], ...] = ()
    own: tuple[str, ...] = ()
    outlet: str | None = "Harbour Post"
    day: str | None = "2031-02-11"
    url: str | None = None

    def make(self) -> Findings:
        """Its findings."""
        lines = [f"{who} {stance} that {what}." for who, stance, what in self.said]
        lines += [f"{what[0].upper()}{what[1:]}." for what in self.own]
        text = "\n\n".join([*lines, f"{self.name} ends here."]) + "\n"
        report = Report(
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
        statements, entities, mentions, start = [], {}, [], 0
        for (who, stance, what), line in zip(self.said, lines, strict=False):
            entity = entities.setdefault(
                who,
                LocalEntity(
                    make_id("e", report.report_id, who),
                    report.report_id,
                    who,
                    "person",
                    ((who, 1),),
                ),
            )
            source = (start, start + len(who))
            content = (start + line.index(what), start + line.index(what) + len(what))
            mentions.append(Mention(source, who, "person", entity.entity_id))
            statements.append(
                Statement(
                    make_id("s", report.report_id, start),
                    report.report_id,
                    "indirect",
                    Fragments((source,), who),
                    None,
                    Fragments((content,), what),
                    0.9,
                    "rules",
                    stance=stance,
                    speaker=Speaker(
                        who, entity.entity_id, "name", None, (source,), (entity.entity_id,), 0.9
                    ),
                )
            )
            start += len(line) + 2
        assertions = []
        for line in lines[len(self.said) :]:
            span = (start, start + len(line) - 1)
            assertions.append(
                Assertion(make_id("a", report.report_id, start), report.report_id, span, line[:-1])
            )
            start += len(line) + 2
        return Findings(
            report,
            "f1",
            tuple(statements),
            assertions=tuple(assertions),
            mentions=tuple(mentions),
            entities=tuple(entities.values()),
        )

    @property
    def report_id(self) -> str:
        """The id of the report."""
        return self.make().report.report_id


def _make_day(day: str) -> Published:
    lo = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Published(lo, lo.replace(hour=23, minute=59, second=59), None, "day", "field")


class WordReader:
    """Reads words alone; counts what it was asked."""

    version: str | None = "words"

    def __init__(self) -> None:
        self.embedded: list[str] = []
        self.read_texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """A bag of words."""
        self.embedded += texts
        vectors = []
        for text in texts:
            vector = np.zeros(384, np.int8)
            for word in re.findall(r"\w+", text.lower()):
                vector[crc32(word.encode()) % 384] += 30
            vectors.append(vector.tobytes())
        return vectors

    def compare(self, a: str, b: str) -> PairReading:
        """What has three of four words of the other says all of it, but for its number or "not"."""
        one, other = (set(re.findall(r"\w{4,}", text.lower())) for text in (a, b))
        shared = len(one & other)
        forward, back = (3.0 if shared >= 0.75 * len(side) else -3.0 for side in (other, one))
        return PairReading(forward, back, max(forward, back), max(forward, back) - 2)

    def read(self, texts: Sequence[str]) -> list[Proposition]:
        """Every word a noun, numbers apart, "not" and "no" a denial."""
        self.read_texts += texts
        found = []
        for text in texts:
            words = re.findall(r"\w+", text.lower())
            found.append(
                Proposition(
                    words=tuple(Word(w, "other", "", "noun") for w in words if len(w) > 3),
                    denied=frozenset([""]) if {"not", "no"} & set(words) else frozenset(),
                    modals=frozenset(),
                    names=(),
                    quantities=(),
                    days=(),
                    numbers=tuple(w for w in words if w.isdigit()),
                )
            )
        return found


def load(paths: LedgerPaths, samples: Sequence[Told]) -> None:
    """Read reports in one shard."""
    found = [sample.make() for sample in samples]
    shard = make_id("x", *(f.report.report_id for f in found))
    raws = [RawRecord(f.report.path or "-", f.report.text.encode(), "text") for f in found]
    write_read_shard(paths, "r1", shard, [f.report for f in found], raws, [])
    write_findings_shard(paths, "f1", shard, found)
    with run_lock(paths), closing(open_writer(paths)) as connection:
        load_pending(paths, connection)


def link(
    paths: LedgerPaths, settings: Settings | None = None, reader: WordReader | None = None
) -> int:
    """Bring names, copied passages and claims up to date; return how many claims changed."""
    settings = settings or Settings()
    with run_lock(paths), closing(open_writer(paths)) as connection:
        link_names(paths, connection)
        link_copies(paths, connection, settings)
        return link_claims(paths, connection, settings, reader or WordReader())


def dump(paths: LedgerPaths) -> list[tuple[object, ...]]:
    """Return every claim with its members, and every pair."""
    with closing(open_reader(paths)) as connection:
        members = connection.execute(
            "SELECT * FROM claim JOIN claim_member USING (claim_id) ORDER BY claim_id, position"
        ).fetchall()
        return [*members, *connection.execute("SELECT * FROM claim_pair ORDER BY 1, 2").fetchall()]


def list_claims(paths: LedgerPaths) -> list[list[str]]:
    """Return the texts of the sayings of each claim, in their order."""
    with closing(open_reader(paths)) as connection:
        rows = connection.execute(
            """
            SELECT m.claim_id, coalesce(s.content_text, a.text) FROM claim_member m
              LEFT JOIN statement s ON s.statement_id = m.record_id
              LEFT JOIN assertion a ON a.assertion_id = m.record_id
            ORDER BY m.claim_id, m.position
            """
        ).fetchall()
    claims: dict[str, list[str]] = {}
    for claim_id, text in rows:
        claims.setdefault(claim_id, []).append(text)
    return sorted(claims.values())


def get_reports(paths: LedgerPaths) -> list[list[str]]:
    """Return the reports of each claim, in the order of its sayings."""
    with closing(open_reader(paths)) as connection:
        rows = connection.execute(
            "SELECT claim_id, report_id FROM claim_member ORDER BY claim_id, position"
        ).fetchall()
    claims: dict[str, list[str]] = {}
    for claim_id, report_id in rows:
        claims.setdefault(claim_id, []).append(report_id)
    return list(claims.values())

"""Invented reports and findings, and the dump that tests compare ledgers by."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.relay import Relay
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

READ_AT = "2026-01-02T03:04:05Z"
OUTLETS = ("Harbour Gazette", "Upland Post", "Río Verde Tribune")
PEOPLE = (
    ("Ana Kovel", "Kovel", "harbour minister"),
    ("Tomás al-Berin", "al-Berin", "union chairman"),
    ("Ida Marsh", "Marsh", "ferry captain"),
)


def day(year: int, month: int, number: int) -> Published:
    """A date printed to the day."""
    lo = datetime(year, month, number, tzinfo=UTC)
    return Published(lo, lo + timedelta(seconds=86_399), None, "day", (0, 10))


def make_report(
    number: int,
    *,
    words: str = "",
    path: str | None = None,
    url: str | None = None,
    published: Published | None = None,
    outlet: str | None = None,
    salt: str = "",
) -> Report:
    """Report `number`; `words` change its text, `salt` only its bytes."""
    person, short, role = PEOPLE[number % len(PEOPLE)]
    title = f"Ferry line {number} to reopen"
    body = (
        f"The {role}, {person}, said on Monday that ferry line {number} would reopen.{words}\n\n"
        f"“At least {100 + number} crates wait on the quay,” {short} added.\n"
    )
    text = f"{title}\n\n{body}"
    return Report(
        report_id=make_id("r", text, salt, url or "", path or number),
        text=text,
        text_sha256=hash_text(text),
        body=(len(title) + 2, len(text)),
        title_span=(0, len(title)),
        title=title,
        path=f"/reports/{number}.txt" if path is None else path,
        url=url,
        address=url,
        outlet=OUTLETS[number % len(OUTLETS)] if outlet is None else outlet,
        outlet_evidence="outlet",
        byline="By R. Lund",
        published=published,
        dateline="PORT HELDER",
        language="en",
    )


def find(text: str, words: str) -> Span:
    """The span of `words` in `text`."""
    start = text.index(words)
    return (start, start + len(words))


def make_findings(report: Report, version: str = "f1") -> Findings:
    """Two statements by one speaker, a figure inside the second, and what belongs to them."""
    text = report.text
    person, short, role = next(p for p in PEOPLE if p[0] in text)
    entity = LocalEntity(
        entity_id=make_id("e", report.report_id, person),
        report_id=report.report_id,
        name=person,
        type="person",
        spellings=((person, 1), (short, 1)),
        roles=(Role(role, find(text, role)),),
    )

    def fragments(words: str) -> Fragments:
        return Fragments((find(text, words),), words)

    def statement(
        kind: str, source: str, cue: str, content: str, chain: tuple[Span, ...]
    ) -> Statement:
        span = find(text, content)
        return Statement(
            statement_id=make_id("s", report.report_id, span, version),
            report_id=report.report_id,
            kind=kind,
            source=fragments(source),
            cue=fragments(cue),
            content=fragments(content),
            confidence=0.9 if kind == "direct" else 0.6,
            found_by=f"rules {version}",
            stance="says" if kind == "indirect" else "promises",
            negated=False,
            hypothetical=False,
            speaker=Speaker(
                person, entity.entity_id, "name", "official", chain, (entity.entity_id,), 0.8
            ),
        )

    quote = text[text.index("“") : text.index("”") + 1]
    first = text[text.index("that ferry") : text.index(" would reopen") + len(" would reopen")]
    second = statement(
        "direct", short, "added", quote, (find(text, f"{short} added"), find(text, person))
    )
    indirect = statement("indirect", person, "said", first, (find(text, person),))
    number = quote.split()[2]
    figure = Figure(
        figure_id=make_id("f", report.report_id, number, version),
        report_id=report.report_id,
        span=find(text, f"At least {number}"),
        text=f"At least {number}",
        value=Decimal(number),
        value_lo=Decimal(number),
        value_hi=None,
        bound="at_least",
        measure=None,
        counted="crates",
        found_by=f"rules {version}",
        place="the quay",
        as_of=AsOf("2024-03-04", "2024-03-04", "resolved"),
        statement_id=second.statement_id,
        place_span=(0, 8),
        event=report.text[3:9],
        event_span=(3, 9),
        mode="cumulative",
        since="Monday",
        since_lo="2024-03-04",
        since_hi="2024-03-05",
    )
    return Findings(
        report=report,
        version=version,
        statements=(indirect, second),
        figures=(figure,),
        mentions=(
            Mention(find(text, person), person, "person", entity.entity_id),
            Mention(find(text, role), role, "person", entity.entity_id, "description"),
        ),
        entities=(entity,),
        dates=(DateMention(find(text, "Monday"), "Monday", None, None, None, "unresolved"),),
        failures=(Failure("dates", "Unresolved", "no day", report.report_id, report.path),),
        assertions=(
            Assertion(
                make_id("a", report.report_id, report.title_span, version),
                report.report_id,
                (0, len(report.title or "")),
                report.title or "",
            ),
        ),
        relays=(
            Relay(
                make_id("l", report.report_id, short, version),
                report.report_id,
                "told",
                short,
                find(text, short),
                second.statement_id,
            ),
            Relay(
                make_id("l", report.report_id, version),
                report.report_id,
                "credit",
                "Ferry Post",
                (0, 3),
            ),
        ),
    )


def write_batch(
    paths: LedgerPaths,
    shard_id: str,
    reports: list[Report],
    *,
    read_version: str = "r1",
    version: str = "f1",
    failures: tuple[Failure, ...] = (),
) -> tuple[Path, Path]:
    """Both shards of one batch."""
    raws = [RawRecord(r.path or "-", r.text.encode(), "text") for r in reports]
    return (
        write_read_shard(paths, read_version, shard_id, reports, raws, failures),
        write_findings_shard(
            paths, version, shard_id, [make_findings(r, version) for r in reports]
        ),
    )


def make_ledger(folder: Path, *batches: list[Report]) -> LedgerPaths:
    """A ledger with these batches loaded."""
    paths = create_ledger(folder)
    for number, batch in enumerate(batches):
        write_batch(paths, f"{number:04d}", batch)
    connection = open_writer(paths)
    load_pending(paths, connection, read_at=READ_AT)
    connection.close()
    return paths


def dated_reports(count: int) -> list[Report]:
    """Reports 0 … count-1, one a day from 1 March 2024; every fifth has no date."""
    return [
        make_report(n, published=None if n % 5 == 4 else day(2024, 3, 1 + n % 28))
        for n in range(count)
    ]


_INTERNAL = {"statement_no", "assertion_no", "passage_id", "name_no"}
_TABLES = (
    "shard",
    "report",
    "report_text",
    "sighting",
    "report_place",
    "tombstone",
    "statement",
    "statement_speaker",
    "assertion",
    "figure",
    "date",
    "local_entity",
    "mention",
    "relay",
    "failure",
    "passage",
)


def dump(connection: sqlite3.Connection, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Every row of every table, sorted, without numbers that mean something in one file only."""
    found = {}
    for table in _TABLES:
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        kept = [i for i, name in enumerate(names) if name not in _INTERNAL | set(without)]
        found[table] = sorted((tuple(row[i] for i in kept) for row in cursor), key=repr)
    found["search"] = connection.execute(
        "SELECT report_id, start FROM passage_search s JOIN passage p ON p.passage_id = s.rowid "
        "WHERE passage_search MATCH 'ferry' ORDER BY 1, 2"
    ).fetchall()
    return found


def check_search(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError if a search index disagrees with its table."""
    for index in ("passage_search", "statement_search", "assertion_search"):
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")

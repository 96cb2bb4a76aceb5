"""Reports in which invented people say something, one statement a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import replace

from sayso.identify.linking import link_names
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Published, RawRecord, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

ORGANISATIONS = (
    *("Ministry", "Council", "UNICE", "United Nations", "Centre", "CARE"),
    *("TV", "HSC"),
)


def make_report(names: Sequence[str]) -> Findings:
    """A report in which each of these says something; "A = B": A, which it also calls B."""
    spellings = [name.split(" = ") for name in names]
    names = [name for name, *_ in spellings]
    text = "\n\n".join(f"{name} said that the ferry was late." for name in names) + "\n"
    report = Report(
        report_id=make_id("r", text),
        text=text,
        text_sha256=hash_text(text),
        body=(0, len(text)),
        path=f"/reports/{make_id('p', text)}.txt",
        outlet="Harbour Gazette",
        language="en",
    )
    statements, entities, mentions, start = [], [], [], 0
    for name, *others in spellings:
        entity = LocalEntity(
            make_id("e", report.report_id, name),
            report.report_id,
            name,
            "organisation" if any(o in name for o in ORGANISATIONS) else "person",
            tuple((one, 1) for one in (name, *others)),
        )
        entities.append(entity)
        span = (start, start + len(name))
        mentions.append(Mention(span, name, entity.type, entity.entity_id))
        said = start + len(name) + len(" said ")
        end = text.index(".", said)
        statements.append(
            Statement(
                make_id("s", report.report_id, start),
                report.report_id,
                "indirect",
                Fragments(((start, start + len(name)),), name),
                None,
                Fragments(((said, end),), text[said:end]),
                0.9,
                "rules",
                speaker=Speaker(name, entity.entity_id, "name", None, (), (entity.entity_id,), 0.9),
            )
        )
        start = text.index("\n\n", start) + 2 if "\n\n" in text[start:] else len(text)
    return Findings(
        report, "f1", tuple(statements), mentions=tuple(mentions), entities=tuple(entities)
    )


def make_titled(name: str, titles: str, published: Published | None, salt: int) -> Findings:
    """A report that calls somebody by a title."""
    found = make_report([name, f"Clerk {salt}"])
    first, *others = found.entities
    span: Span = (0, len(name))
    roles = tuple(Role(title, span) for title in titles.split("|") if title)
    return replace(
        found,
        report=replace(found.report, published=published),
        entities=(replace(first, roles=roles), *others),
    )


def load(paths: LedgerPaths, *reports: Sequence[str], link: bool = True) -> None:
    """Read reports with these speakers, in one shard, and link their names."""
    load_findings(paths, *map(make_report, reports), link=link)


def load_findings(paths: LedgerPaths, *found: Findings, link: bool = True) -> None:
    """Load the findings of reports, in one shard, and link their names."""
    shard = make_id("x", *(f.report.report_id for f in found))
    raws = [RawRecord(f.report.path or "-", f.report.text.encode(), "text") for f in found]
    write_read_shard(paths, "r1", shard, [f.report for f in found], raws, [])
    write_findings_shard(paths, "f1", shard, found)
    with run_lock(paths), closing(open_writer(paths)) as connection:
        load_pending(paths, connection)
        if link:
            link_names(paths, connection)


def relink(paths: LedgerPaths) -> None:
    """Link the names that are marked."""
    with run_lock(paths), closing(open_writer(paths)) as connection:
        link_names(paths, connection)


def list_groups(paths: LedgerPaths) -> set[frozenset[str]]:
    """Which names that stand in reports are one."""
    with closing(open_reader(paths)) as connection:
        rows = connection.execute(
            "SELECT identity_id, spelling || iif(label = '', '', ' (' || label || ')') FROM name"
            " WHERE reports > 0"
        ).fetchall()
    groups: dict[str, set[str]] = {}
    for identity, spelling in rows:
        groups.setdefault(identity, set()).add(spelling)
    return {frozenset(group) for group in groups.values()}


def get_identity(paths: LedgerPaths, name: str) -> str:
    """The identity of a name."""
    with closing(open_reader(paths)) as connection:
        row = connection.execute(
            "SELECT identity_id FROM name WHERE spelling = ?", (name,)
        ).fetchone()
    return str(row[0])


def make_groups(*groups: Iterable[str]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def joined(groups: Collection[frozenset[str]]) -> set[frozenset[str]]:
    """Those of more than one name."""
    return {group for group in groups if len(group) > 1}

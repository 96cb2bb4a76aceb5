"""What is perhaps no name stays in the ledger and joins nobody until a report shows that it is."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from identify_samples import joined, list_groups, load, load_findings, make_groups, make_report

from sayso.ledger.database import open_reader
from sayso.ledger.paths import LedgerPaths
from sayso.records.entity import LocalEntity, Mention
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id


def make_headline(name: str, text: str) -> Findings:
    """A report that has a name in its first line only."""
    found = make_report(["Odo Brandt"])
    text = f"{text}\n\n{found.report.text}"
    report = replace(
        found.report,
        report_id=make_id("r", text),
        text=text,
        text_sha256=hash_text(text),
        body=(0, len(text)),
        path=f"/reports/{make_id('p', text)}.txt",
    )
    start = text.index(name)
    entity = LocalEntity(make_id("e", text, name), report.report_id, name, "person", ((name, 1),))
    mention = Mention((start, start + len(name)), name, "person", entity.entity_id)
    return Findings(report, "f1", (), mentions=(mention,), entities=(entity,))


def get_type(paths: LedgerPaths, name: str) -> str | None:
    with closing(open_reader(paths)) as connection:
        rows = connection.execute("SELECT type FROM name WHERE spelling = ?", (name,)).fetchall()
    assert len(rows) == 1
    found: str | None = rows[0][0]
    return found


def test_what_no_report_shows_to_be_a_name_joins_nobody(paths: LedgerPaths) -> None:
    load(paths, ["Mira Sovan"], ["Mirah Sovann"])
    load_findings(paths, make_headline("Mira Ferry Sovan", "Port Shut As Mira Ferry Sovan Turns"))
    assert get_type(paths, "Mira Ferry Sovan") is None
    assert joined(list_groups(paths)) == make_groups(["Mira Sovan", "Mirah Sovann"])
    load(paths, ["Mira Ferry Sovan"])
    assert get_type(paths, "Mira Ferry Sovan") == "person"
    assert joined(list_groups(paths)) == make_groups(
        ["Mira Sovan", "Mirah Sovann", "Mira Ferry Sovan"]
    )


def test_a_name_without_plain_words_is_one_wherever_it_stands(paths: LedgerPaths) -> None:
    load(paths, ["Mira Sovan"])
    load_findings(paths, make_headline("Mira Ruel Sovan", "Port Shut As Mira Ruel Sovan Turns"))
    assert get_type(paths, "Mira Ruel Sovan") == "person"
    assert joined(list_groups(paths)) == make_groups(["Mira Sovan", "Mira Ruel Sovan"])
